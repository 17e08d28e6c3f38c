//! Files of tickets as people bring them in: what is proposed for a file, and a mapping as a form has it.

pub(crate) mod columns;
pub(crate) mod draft;
pub(crate) mod guess;
pub(crate) mod join;
pub(crate) mod scan;

use kernel::{Id, Lang};
use ticket::{Catalogue, KindDef};

use crate::error::Result;
use crate::input::Input;
use crate::mapping::FileRule;
use columns::Column;
use draft::Draft;
use scan::Scan;

/// How intakes and the command call files of tickets.
pub const TICKETS: &str = "tickets";
/// What a file is taken for when nobody says more.
const KIND: &str = "incident";

/// For whom a file is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    pub source: &'a str,
    pub lang: Lang,
    pub zone: &'a str,
    pub kind: &'a KindDef,
    pub catalogue: &'a Catalogue,
}

/// What the names of the columns and the words in them tell.
pub(crate) fn drafted(scan: &Scan, about: About<'_>) -> Draft {
    let columns: std::collections::BTreeMap<Column, String> = columns::proposed(Column::ALL, &scan.columns).into_iter().collect();
    let time = columns.get(&Column::Time).map(String::as_str).unwrap_or_default();
    let mut draft = Draft {
        source: about.source.to_owned(),
        kind: about.kind.key.clone(),
        lang: about.lang.tag().to_owned(),
        format: guess::format(scan.first(time)).to_owned(),
        zone: about.zone.to_owned(),
        continues: true,
        ..Draft::default()
    };
    for (column, name) in &columns {
        if column.has_values() {
            draft.words.insert(*column, words(scan, *column, name, about.kind, about.catalogue));
        }
    }
    if columns.contains_key(&Column::AssigneeMail) {
        draft.words.remove(&Column::Assignee);
    }
    draft.columns = columns;
    draft
}

/// The words of a column with what they may mean.
pub(crate) fn words(scan: &Scan, column: Column, name: &str, kind: &KindDef, catalogue: &Catalogue) -> Vec<(String, String)> {
    let meant = |word: &str| guess::meant(column, word, kind, catalogue).unwrap_or_default();
    scan.words(name).into_iter().map(|word| (word.clone(), meant(&word))).collect()
}

/// A mapping for a file of tickets, as far as its columns and their words tell: to be looked over and corrected.
///
/// # Errors
/// The file cannot be read.
pub fn propose(input: &Input, source: &str, delimiter: u8) -> Result<String> {
    let rule = FileRule { delimiter, ..FileRule::default() };
    let scan = Scan::of(input, &rule)?;
    let catalogue = Catalogue::delivered()?;
    let kind = catalogue.kind(Id::new(0), KIND).ok_or_else(|| kernel::Error::internal("no kind is delivered"))?;
    Ok(drafted(&scan, About { source, lang: Lang::En, zone: "UTC", kind, catalogue: &catalogue }).written(&rule, kind))
}

/// The kind that is proposed of those that a tenant has.
pub(crate) fn usual<'k>(kinds: &[&'k KindDef]) -> Option<&'k KindDef> {
    kinds.iter().find(|kind| kind.key == KIND).or_else(|| kinds.first()).copied()
}
