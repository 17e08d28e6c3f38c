//! A client of the desk, as a program would be one.

use serde_json::Value;

/// What was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// # Panics
    /// The body is no JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e} in {self:?}"))
    }
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
    /// The answer with this status.
    ///
    /// # Panics
    /// It has another one.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }
    /// The answer with one of these statuses.
    ///
    /// # Panics
    /// It has another one.
    pub fn expect_any(self, statuses: &[u16]) -> Self {
        assert!(statuses.contains(&self.status), "{self:?}");
        self
    }
    /// A number in a JSON body, by pointer.
    ///
    /// # Panics
    /// There is none.
    pub fn number(&self, pointer: &str) -> i64 {
        self.json().pointer(pointer).and_then(Value::as_i64).unwrap_or_else(|| panic!("no number at {pointer} in {}", self.body))
    }
    /// A text in a JSON body, by pointer.
    ///
    /// # Panics
    /// There is none.
    pub fn text(&self, pointer: &str) -> String {
        self.json().pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no text at {pointer} in {}", self.body)).to_owned()
    }
}

/// Somebody who asks, perhaps with a token.
#[derive(Debug, Clone)]
pub struct Client {
    pub base: String,
    pub token: Option<String>,
    pub cookie: Option<String>,
}

impl Client {
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, &[])
    }
    pub fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, Some(body), &[])
    }
    pub fn patch(&self, path: &str, body: Value) -> Answer {
        self.send("PATCH", path, Some(body), &[])
    }
    pub fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, None, &[])
    }

    /// A file, byte for byte.
    ///
    /// # Panics
    /// It is not answered.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        let mut request = ureq::get(format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        request.call().unwrap().body_mut().read_to_vec().unwrap()
    }

    /// Any request.
    ///
    /// # Panics
    /// The server does not answer.
    pub fn send(&self, method: &str, path: &str, body: Option<Value>, headers: &[(&str, &str)]) -> Answer {
        let agent = ureq::Agent::new_with_config(
            ureq::Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .timeout_global(Some(std::time::Duration::from_secs(30)))
                .build(),
        );
        let mut request = http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie).header("origin", &self.base);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let typed = headers.iter().any(|(name, _)| *name == "content-type");
        let answer = match body {
            Some(Value::String(form)) if typed => agent.run(request.body(form).unwrap()),
            Some(Value::String(form)) => {
                let request = request.header("content-type", "application/x-www-form-urlencoded").body(form).unwrap();
                agent.run(request)
            }
            Some(json) => agent.run(request.header("content-type", "application/json").body(json.to_string()).unwrap()),
            None => agent.run(request.body(()).unwrap()),
        };
        let mut answer = answer.unwrap_or_else(|e| panic!("{method} {path}: {e}"));
        let headers = answer.headers().iter().map(|(n, v)| (n.to_string(), v.to_str().unwrap_or_default().to_owned())).collect();
        Answer { status: answer.status().as_u16(), headers, body: answer.body_mut().read_to_string().unwrap_or_default() }
    }

    /// Signs in by the form, as a browser would.
    ///
    /// # Panics
    /// It is refused.
    #[must_use]
    pub fn signed_in(&self, email: &str) -> Self {
        let form = format!("email={}&password={}", email.replace('@', "%40"), crate::PASSWORD);
        let visitor = Self { base: self.base.clone(), token: None, cookie: None };
        let answer = visitor.send("POST", "/login", Some(Value::String(form)), &[("origin", &self.base)]);
        let cookies: Vec<&str> =
            answer.headers.iter().filter(|(n, _)| n == "set-cookie").filter_map(|(_, v)| v.split(';').next()).collect();
        assert!(answer.status == 303 && !cookies.is_empty(), "{answer:?}");
        Self { base: self.base.clone(), token: None, cookie: Some(cookies.join("; ")) }
    }
}
