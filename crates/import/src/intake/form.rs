//! The form for the mapping of a file of tickets: filled, and read again.

use i18n::T;
use kernel::{Lang, OrganisationId};
use ticket::KindDef;
use ticket::fields::{IMPACTS, PRIORITIES, URGENCIES};
use ui::Choice;

use super::propose::Offered;
use super::views::{FieldRow, TicketsView, WordRow, WordsView};
use crate::tickets::columns::Column;
use crate::tickets::draft::{Draft, NOTHING};
use crate::tickets::guess::FORMATS;

/// What was posted, in its order.
pub type Fields = Vec<(String, String)>;

/// One of the posted values; empty when it is not there.
pub fn field<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// The draft that a form says, and the columns whose words it could not know.
pub fn posted(sent: &Fields, lang: &str) -> (Draft, Vec<Column>) {
    let flag = |name: &str| !field(sent, name).is_empty();
    let mut draft = Draft {
        source: field(sent, "source").trim().to_owned(),
        kind: field(sent, "kind").to_owned(),
        lang: lang.to_owned(),
        format: field(sent, "format").to_owned(),
        zone: field(sent, "zone").trim().to_owned(),
        create: flag("create"),
        continues: flag("continues"),
        restores: flag("restores"),
        public: flag("public"),
        ..Draft::default()
    };
    let mut anew = Vec::new();
    for column in Column::ALL {
        let name = field(sent, &format!("f-{}", column.key()));
        if name.is_empty() {
            continue;
        }
        draft.columns.insert(*column, name.to_owned());
        if !column.has_values() {
            continue;
        }
        if field(sent, &format!("c-{}", column.key())) != name {
            anew.push(*column);
            continue;
        }
        let word = |at: usize| {
            let word = sent.iter().find(|(key, _)| *key == format!("w-{}-{at}", column.key()))?;
            Some((word.1.clone(), field(sent, &format!("m-{}-{at}", column.key())).trim().to_owned()))
        };
        let mut words: Vec<(String, String)> = (0..).map_while(word).collect();
        words.sort();
        draft.words.insert(*column, words);
    }
    if draft.columns.contains_key(&Column::AssigneeMail) {
        draft.words.remove(&Column::Assignee);
        anew.retain(|column| *column != Column::Assignee);
    }
    (draft, anew)
}

/// The words for a field of a ticket.
pub fn label(t: &T, field: &str) -> String {
    t.msg(&format!("import-ticket-{}", field.replace('_', "-"))).into_owned()
}

/// The form for a mapping that is text alone: it says more than the form can.
pub fn text_view(text: &str) -> TicketsView {
    TicketsView {
        text: Some(text.to_owned()),
        fields: Vec::new(),
        kinds: Vec::new(),
        formats: Vec::new(),
        zone: String::new(),
        words: Vec::new(),
        continues: false,
        restores: false,
        public: false,
    }
}

/// The form for a draft.
pub fn view(t: &T, draft: &Draft, header: &[String], offered: &Offered, tenant: OrganisationId) -> TicketsView {
    let kinds = offered.catalogue.kinds(tenant);
    let kind = kinds.iter().find(|kind| kind.key == draft.kind).copied();
    let row = |column: &Column| FieldRow {
        key: column.key(),
        label: label(t, column.key()),
        columns: header
            .iter()
            .filter(|name| !name.is_empty())
            .map(|name| Choice::new(name.clone(), name.clone(), draft.column(*column) == Some(name.as_str())))
            .collect(),
    };
    let words = Column::ALL.iter().filter_map(|column| Some((*column, draft.words.get(column)?)));
    let words = words.filter(|(_, words)| !words.is_empty());
    TicketsView {
        text: None,
        fields: Column::ALL.iter().map(row).collect(),
        kinds: kinds.iter().map(|kind| Choice::new(kind.key.clone(), kind.names.get(t.lang()), kind.key == draft.kind)).collect(),
        formats: formats(t, &draft.format),
        zone: draft.zone.clone(),
        words: words.map(|(column, words)| words_view(t, column, words, draft, kind, offered)).collect(),
        continues: draft.continues,
        restores: draft.restores,
        public: draft.public,
    }
}

fn formats(t: &T, chosen: &str) -> Vec<Choice> {
    let shown = |format: &str| match format {
        "rfc3339" => t.msg("import-format-rfc3339").into_owned(),
        "unix" => t.msg("import-format-unix").into_owned(),
        // A moment that shows which part stands where.
        pattern => [("%Y", "2026"), ("%m", "12"), ("%d", "31"), ("%H", "23"), ("%M", "59"), ("%S", "58"), ("%b", "Dec")]
            .iter()
            .fold(pattern.to_owned(), |text, (part, example)| text.replace(part, example)),
    };
    let own = Some(chosen).filter(|chosen| !chosen.is_empty() && !FORMATS.contains(chosen));
    FORMATS.into_iter().chain(own).map(|format| Choice::new(format, shown(format), format == chosen)).collect()
}

fn words_view(t: &T, column: Column, words: &[(String, String)], draft: &Draft, kind: Option<&KindDef>, offered: &Offered) -> WordsView {
    let targets = targets(t, column, kind, offered);
    let nothing = !matches!(column, Column::State | Column::Team | Column::Service | Column::Assignee);
    let row = |(word, meant): &(String, String)| {
        let mut choices: Vec<Choice> = targets.iter().map(|(key, label)| Choice::new(key.clone(), label.clone(), key == meant)).collect();
        if nothing {
            choices.push(Choice::new(NOTHING, t.msg("import-word-nothing"), meant == NOTHING));
        }
        WordRow { word: word.clone(), meant: meant.clone(), choices }
    };
    let (help, unsaid) = match column {
        Column::State => ("import-words-state-help", "import-word-refuse"),
        Column::Team | Column::Service => ("import-words-name-help", "import-word-keep"),
        Column::Assignee => ("import-words-person-help", "import-word-keep"),
        _ => ("import-words-help", "import-word-refuse"),
    };
    WordsView {
        key: column.key(),
        label: label(t, column.key()),
        column: draft.column(column).unwrap_or_default().to_owned(),
        help: t.msg(help).into_owned(),
        unsaid: t.msg(unsaid).into_owned(),
        typed: column == Column::Assignee,
        rows: words.iter().map(row).collect(),
    }
}

/// What a word of a column may mean.
fn targets(t: &T, column: Column, kind: Option<&KindDef>, offered: &Offered) -> Vec<(String, String)> {
    let lang: Lang = t.lang();
    let graded = |name: &str, keys: [&str; 4]| {
        keys.iter().map(|key| ((*key).to_owned(), t.msg(&format!("{name}-{key}")).into_owned())).collect::<Vec<_>>()
    };
    let same = |names: &[String]| names.iter().map(|name| (name.clone(), name.clone())).collect();
    match column {
        Column::State => {
            let states = kind.map_or(&[][..], |kind| kind.states.as_slice());
            states.iter().map(|state| (state.key.clone(), state.names.get(lang).to_owned())).collect()
        }
        Column::Impact => graded("impact", IMPACTS),
        Column::Urgency => graded("urgency", URGENCIES),
        Column::Priority => graded("priority", PRIORITIES),
        Column::Code => offered.catalogue.codes().iter().map(|code| (code.key.clone(), code.names.get(lang).to_owned())).collect(),
        Column::Team => same(&offered.teams),
        Column::Service => same(&offered.services),
        _ => Vec::new(),
    }
}
