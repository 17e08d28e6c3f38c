//! Files that hold secrets are not for everyone on the machine.

use std::path::Path;

/// Refuses a file that every user of the machine may read or change.
///
/// # Errors
/// What to do about it; also when the file is not there.
pub fn private(path: &Path) -> Result<(), String> {
    let about = std::fs::metadata(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    if !about.is_file() {
        return Err(format!("{} is not a file", path.display()));
    }
    if open_to_all(&about) {
        return Err(format!(
            "{path} holds a secret and everyone on this machine may read it; run: chmod 640 {path}",
            path = path.display()
        ));
    }
    Ok(())
}

#[cfg(unix)]
fn open_to_all(about: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    about.permissions().mode() & 0o007 != 0
}

#[cfg(not(unix))]
fn open_to_all(_about: &std::fs::Metadata) -> bool {
    false
}
