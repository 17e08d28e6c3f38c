//! A small client: what a browser without scripts would send.

use std::time::Duration;

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    /// Name and value of the cookies that were set.
    pub cookies: Vec<String>,
    pub body: String,
}

pub fn get(address: &str, path: &str) -> Answer {
    send(ureq::http::Request::get(format!("http://{address}{path}")), "")
}

/// Sends a form, as from a page of the desk itself.
pub fn post(address: &str, path: &str, form: &str) -> Answer {
    let request = ureq::http::Request::post(format!("http://{address}{path}"))
        .header("origin", format!("http://{address}"))
        .header("content-type", "application/x-www-form-urlencoded");
    send(request, form)
}

fn send(request: ureq::http::request::Builder, body: &str) -> Answer {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(Some(Duration::from_secs(30)));
    let agent = ureq::Agent::new_with_config(config.build());
    let mut answer = agent.run(request.body(body.to_owned()).expect("a request")).expect("the desk answers");
    let header = |name: &str| -> Vec<String> {
        answer.headers().get_all(name).iter().filter_map(|value| value.to_str().ok()).map(str::to_owned).collect()
    };
    let cookies = header("set-cookie").iter().filter_map(|line| line.split(';').next()).map(str::to_owned).collect();
    let location = header("location").pop().unwrap_or_default();
    Answer { status: answer.status().as_u16(), location, cookies, body: answer.body_mut().read_to_string().unwrap_or_default() }
}
