//! The OpenAPI document: the slices' descriptions joined, with what all operations share.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::{Tag, TagBuilder};
use utoipa::openapi::{
    ContactBuilder, ContentBuilder, InfoBuilder, LicenseBuilder, ObjectBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, Type,
};
use utoipa::{PartialSchema, ToSchema};

/// A field of a problem.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// JSON pointer of the field, or its name in the query.
    pub pointer: String,
    /// Stable code of the mistake.
    pub code: String,
    /// In the reader's language.
    pub detail: String,
}

/// An error (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Stable: `/problems/` and the code.
    pub r#type: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// Each field that is wrong.
    pub errors: Option<Vec<ProblemField>>,
    /// The request, as the log has it; absent when nothing was found.
    pub request_id: Option<String>,
    /// The code of a fault of ours, for the administrator.
    pub incident: Option<String>,
}

/// The errors that operations share: status, code, English text.
const SHARED: &[(u16, &str, &str)] = &[
    (400, "malformed", "The request could not be read"),
    (401, "unauthenticated", "Sign in to continue"),
    (403, "forbidden", "Your role does not include this. Ask an administrator for access"),
    (404, "not-found", "There is nothing here that you can see"),
    (409, "conflict", "This clashes with what is stored now. Reload the page and try again"),
    (412, "stale", "Somebody changed this after you opened it. Compare and choose what to keep"),
    (413, "too-large", "This is larger than the limit"),
    (415, "media-type", "Send JSON with the type application/json"),
    (422, "invalid", "Check the marked fields: the rest is kept on the page"),
    (429, "too-many", "Too many requests. Try again in 3 s"),
    (500, "internal", "The desk could not finish this, and nothing was changed by it. Give the code to an administrator"),
    (503, "busy", "The desk is busy. Nothing was changed; try again in a moment"),
    (507, "disk-full", "The disk is full. Nothing was changed; tell an administrator"),
];

/// Request Header Fields Too Large.
const TOO_LONG: u16 = 431;

/// Names that two descriptions give to different schemas: in the document one would replace the other
/// without a word.
pub fn clashes(parts: &[OpenApi]) -> Vec<String> {
    let mut seen: BTreeMap<&str, serde_json::Value> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for (name, schema) in parts.iter().filter_map(|part| part.components.as_ref()).flat_map(|components| &components.schemas) {
        let schema = serde_json::to_value(schema).unwrap_or_default();
        if seen.insert(name, schema.clone()).is_some_and(|other| other != schema) {
            found.insert(name.clone());
        }
    }
    found.into_iter().collect()
}

/// The document of these descriptions.
pub fn document(parts: impl IntoIterator<Item = OpenApi>) -> OpenApi {
    let mut api = OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Spoc")
                .version("1")
                .description(Some(
                    "Everything that the pages can do. Requests carry a bearer token or the session's cookie. Lists are read by cursor: \
                     pass `next` as `cursor`. A POST with an `Idempotency-Key` has its effect once within 24 hours. Records carry their \
                     version as `ETag`; `If-Match` refuses a change of another version. Rate limits are told by `RateLimit-*` headers.",
                ))
                .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
                .contact(Some(ContactBuilder::new().name(Some("The operator of this desk")).url(Some("https://desk.example")).build()))
                .build(),
        )
        .servers(Some([utoipa::openapi::ServerBuilder::new().url("/").build()]))
        .build();
    for part in parts {
        api.merge(part);
    }
    let components = api.components.get_or_insert_default();
    components.schemas.insert("Problem".to_owned(), Problem::schema());
    components.schemas.insert("ProblemField".to_owned(), ProblemField::schema());
    for (status, code, detail) in SHARED {
        components.responses.insert(name_of(*status), problem(*status, code, detail).into());
    }
    // Answered before any of our code runs, without a body.
    components
        .responses
        .insert(name_of(TOO_LONG), ResponseBuilder::new().description("The address or a header is too long").build().into());
    let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A token from /me")).build());
    components.add_security_scheme("token", scheme);
    for item in api.paths.paths.values_mut() {
        if let Some(post) = &mut item.post {
            let key = ParameterBuilder::new()
                .name("Idempotency-Key")
                .parameter_in(ParameterIn::Header)
                .required(Required::False)
                .description(Some("The effect happens once per key"))
                .schema(Some(ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(200)).build()))
                .build();
            post.parameters.get_or_insert_default().push(key.into());
        }
        let all = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        all.into_iter().flatten().for_each(share);
    }
    api.tags = Some(tags(&api));
    api
}

/// The tags that operations carry, by name.
fn tags(api: &OpenApi) -> Vec<Tag> {
    let items = api.paths.paths.values();
    let operations = items.flat_map(|item| [&item.get, &item.post, &item.put, &item.patch, &item.delete].into_iter().flatten());
    let names: BTreeSet<&str> = operations.flat_map(|operation| operation.tags.iter().flatten()).map(String::as_str).collect();
    names.into_iter().map(|name| TagBuilder::new().name(name).build()).collect()
}

/// Adds what is usual to an operation: the words of a success, and the shared errors.
fn share(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            let usual = match status.as_str() {
                "201" => "What was made",
                "204" => "Done",
                _ => "What was asked for, as it is now",
            };
            usual.clone_into(&mut response.description);
        }
    }
    if operation.security.is_none() {
        operation.security = Some(vec![SecurityRequirement::new("token", Vec::<String>::new())]);
    }
    for status in SHARED.iter().map(|(status, ..)| *status).chain([TOO_LONG]) {
        let key = status.to_string();
        operation.responses.responses.entry(key).or_insert_with(|| Ref::from_response_name(name_of(status)).into());
    }
}

/// The name of a shared error among the components.
fn name_of(status: u16) -> String {
    format!("Error{status}")
}

/// A shared error, typed and with an example.
fn problem(status: u16, code: &str, detail: &str) -> Response {
    let example = serde_json::json!({
        "type": format!("/problems/{code}"), "title": detail, "status": status, "detail": detail, "request_id": "4K7Q2M9X0TBC"
    });
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).example(Some(example)).build();
    ResponseBuilder::new().description(detail).content("application/problem+json", content).build()
}

#[cfg(test)]
mod tests {
    use utoipa::openapi::{ComponentsBuilder, ObjectBuilder, OpenApi, OpenApiBuilder, Type};

    fn part(name: &str, kind: Type) -> OpenApi {
        let components = ComponentsBuilder::new().schema(name, ObjectBuilder::new().schema_type(kind).build()).build();
        OpenApiBuilder::new().components(Some(components)).build()
    }

    #[test]
    fn two_schemas_of_one_name_are_told() {
        let parts = [part("Out", Type::String), part("Out", Type::String), part("In", Type::String)];
        assert!(super::clashes(&parts).is_empty(), "the same schema twice is one");
        let parts = [part("Out", Type::String), part("In", Type::String), part("Out", Type::Integer)];
        assert_eq!(super::clashes(&parts), ["Out"]);
    }
}
