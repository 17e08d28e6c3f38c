//! The mappings in the guide are sound and suit the desk as it is delivered.

use import::Mapping;
use import::mapping::extended;
use ticket::Catalogue;

#[test]
fn every_example_is_a_mapping_of_its_kind() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples"));
    let catalogue = Catalogue::delivered().unwrap();
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let mapping = Mapping::read(&path.display().to_string(), &text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let kind = catalogue.kind(kernel::Id::new(1), &mapping.kind.text).unwrap();
        mapping.suits(&catalogue, 1, kind).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        extended(kind, &mapping.states).check().unwrap();
        seen += 1;
    }
    assert!(seen >= 2, "{seen}");
}
