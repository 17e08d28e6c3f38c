//! Errors for programs: RFC 9457.

use i18n::T;
use kernel::Error;
use serde::Serialize;

/// The body of a problem. `request_id` is absent on 404, so that what is missing and what is
/// invisible answer the same bytes.
#[derive(Debug, Serialize)]
struct Problem<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Wrong>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<&'a str>,
}

/// One field that is wrong.
#[derive(Debug, Serialize)]
struct Wrong {
    pointer: String,
    code: &'static str,
    detail: String,
}

pub(super) fn write(t: &T, error: &Error, status: u16, id: &str) -> Vec<u8> {
    let title = t.msg(super::status::title(error.kind()));
    let problem = Problem {
        r#type: format!("/problems/{}", bare(error.code())),
        title: &title,
        status,
        detail: t.error(error),
        errors: error
            .fields()
            .iter()
            .map(|field| Wrong { pointer: pointer(&field.field), code: bare(field.code), detail: t.field_error(field) })
            .collect(),
        request_id: (status != 404).then_some(id),
        incident: (status == 500).then_some(id),
    };
    serde_json::to_vec(&problem).unwrap_or_default()
}

/// The code without the prefix of its message key.
fn bare(code: &'static str) -> &'static str {
    code.strip_prefix("error-").unwrap_or(code)
}

/// A field's path as a JSON pointer (RFC 6901): `tags.0` is `/tags/0`.
fn pointer(field: &str) -> String {
    if field.starts_with('/') {
        return field.to_owned();
    }
    let mut out = String::with_capacity(field.len() + 1);
    for part in field.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
        out.push('/');
        out.push_str(&part.replace('~', "~0").replace('/', "~1"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;

    #[test]
    fn a_problem_says_what_and_where() {
        let error = Error::invalid("tags[0].name", "error-too-long").field_arg("max", 1);
        let json: serde_json::Value = serde_json::from_slice(&write(&T::utc(Lang::En), &error, 422, "7F3A")).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "type": "/problems/invalid",
                "title": "Something is not right yet",
                "status": 422,
                "detail": "Check the marked fields: the rest is kept on the page",
                "errors": [{"pointer": "/tags/0/name", "code": "too-long", "detail": "At most 1 character"}],
                "request_id": "7F3A",
            })
        );
    }

    #[test]
    fn missing_things_answer_the_same_bytes_each_time() {
        let t = T::utc(Lang::Ru);
        assert_eq!(write(&t, &Error::not_found(), 404, "A"), write(&t, &Error::not_found(), 404, "B"));
        assert!(String::from_utf8(write(&t, &Error::internal("x"), 500, "A")).unwrap().contains("\"incident\":\"A\""));
    }
}
