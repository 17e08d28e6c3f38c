//! Pages that are made from code: a test holds the committed page against what the code says, and
//! writes it when `UPDATE_REFERENCE` is set (`make reference`).

use std::path::Path;

/// Compares the page at `path`, from the root of the repository, with `text`.
pub fn hold(path: &Path, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::create_dir_all(file.parent().expect("the page is in a folder")).expect("the folder can be made");
        std::fs::write(&file, text).expect("the page can be written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == text, "{} is not what the code says; run `make reference` and commit it", path.display());
}
