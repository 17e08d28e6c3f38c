//! Settings from the environment: `SPOC_` and the key in capitals.

use std::ffi::OsString;

use super::error::{ConfigError, Place, proposal};
use super::resolve::{Given, Name, find, known_keys};

/// Names the configuration file; not a setting itself.
pub const CONFIG: &str = "SPOC_CONFIG";

/// The settings among the variables.
///
/// # Errors
/// A variable begins with `SPOC_` and is no setting, or is not text.
pub fn read(variables: &[(OsString, OsString)]) -> Result<Vec<(Name, Given)>, ConfigError> {
    let mut found = Vec::new();
    for (variable, value) in variables {
        let Some(variable) = variable.to_str().filter(|name| ours(name)) else { continue };
        let fail = |message: String| ConfigError::new(Place::Environment(variable.to_owned()), message);
        let Some(name) = known_keys().find(|key| variable_of(key) == variable).and_then(|key| find(&key)) else {
            let known: Vec<String> = known_keys().map(|key| variable_of(&key)).collect();
            return Err(fail(format!("unknown setting{}", proposal(variable, known.iter().map(String::as_str)))));
        };
        let text = value.to_str().ok_or_else(|| fail("the value is not UTF-8".into()))?.to_owned();
        found.push((name, Given { text, place: Place::Environment(variable.to_owned()), base: None }));
    }
    Ok(found)
}

/// `log.level` is `SPOC_LOG_LEVEL`.
pub fn variable_of(key: &str) -> String {
    format!("SPOC_{}", key.replace('.', "_").to_uppercase())
}

/// Kubernetes sets `SPOC_SERVICE_HOST`, `SPOC_PORT_8080_TCP` and the like in every container when a
/// service is called spoc: they are nobody's typing errors.
fn ours(variable: &str) -> bool {
    let injected = variable.starts_with("SPOC_SERVICE_") || variable == "SPOC_PORT" || variable.starts_with("SPOC_PORT_");
    variable.starts_with("SPOC_") && variable != CONFIG && !injected
}
