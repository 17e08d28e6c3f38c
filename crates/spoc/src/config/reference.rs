//! The page `docs/reference/configuration.md`, made from the table and held against it.

use std::fmt::Write as _;
use std::path::Path;

use super::environment::variable_of;
use super::settings::SETTINGS;
use super::table::Setting;

const INTRODUCTION: &str = "# Configuration

<!-- Made from the table in crates/spoc/src/config/settings.rs by `make reference`; edit that. -->

A desk needs no configuration: `spoc serve` in an empty folder starts one. Every setting can be given
in four ways; the first that is given wins:

1. a flag of the command: `--log-level debug`
2. an environment variable: `SPOC_LOG_LEVEL=debug`
3. the file `spoc.toml` in the current folder, or the one named by `--config` or `SPOC_CONFIG`
4. the default

```toml
# spoc.toml
public_url = \"https://desk.example.org\"
behind_proxy = true

[log]
level = \"debug\"
```

Relative paths in the file start from its folder. A list is an array in the file and separated by commas
elsewhere. A secret can stand in a file of its own, named by the same setting with `_file` at its end; that
file, `spoc.toml` when it holds a secret, and the key of the certificate must not be readable by everyone on
the machine. A name that is not on this page is an error, and so is an environment variable that begins
with `SPOC_`; those that Kubernetes sets for a service called spoc are passed over. `spoc check-config` reads
everything, says where each value comes from and starts nothing.
";

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    let mut group = "";
    for setting in SETTINGS {
        if setting.group != group {
            group = setting.group;
            let _ = write!(page, "\n## {group}\n");
        }
        describe(&mut page, setting);
    }
    page
}

fn describe(page: &mut String, setting: &Setting) {
    let _ = write!(page, "\n### `{}`\n\n{}\n\n", setting.key, setting.help);
    let default = if setting.default.is_empty() { "none".to_owned() } else { format!("`{}`", setting.default) };
    let _ = writeln!(page, "- value: {}", setting.kind);
    let _ = writeln!(page, "- default: {default}");
    let _ = writeln!(page, "- flag `{}`, environment `{}`", setting.flag(), variable_of(setting.key));
    if setting.secret {
        let _ = writeln!(page, "- secret: `{}_file`, `{}_FILE`, never printed", setting.key, variable_of(setting.key));
    }
}

#[test]
fn the_reference_page_is_made_from_the_table() {
    crate::reference::hold(Path::new("docs/reference/configuration.md"), &page());
}

#[test]
fn every_default_is_a_value_of_its_type_and_names_are_unique() {
    let (config, _) =
        super::load(&super::Sources { file: None, flags: Vec::new(), environment: Vec::new() }).expect("the defaults are fine");
    config.check().expect("the defaults agree");
    let mut names: Vec<String> = SETTINGS.iter().map(|setting| variable_of(setting.key)).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "two settings share an environment variable");
}
