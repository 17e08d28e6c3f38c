//! Every mistake has words in every language.

use kernel::Lang;

#[test]
fn every_code_has_a_message_in_every_language() {
    for lang in Lang::ALL {
        let path = format!("{}/../../locales/{lang}/query.ftl", env!("CARGO_MANIFEST_DIR"));
        let messages = std::fs::read_to_string(&path).unwrap();
        for code in query::CODES {
            assert!(messages.lines().any(|line| line.starts_with(&format!("{code} = "))), "{code} in {lang}");
        }
    }
}
