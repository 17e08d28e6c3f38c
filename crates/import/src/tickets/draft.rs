//! A mapping of tickets as a form has it: which column is what, and what the words in them mean.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ticket::{Category, KindDef};
use toml::Value;

use super::columns::Column;
use crate::mapping::FileRule;
use crate::records::quoted;

/// Leaves a property empty, in a form.
pub const NOTHING: &str = "-";

/// What somebody may say of a file of tickets without writing a mapping by hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    pub source: String,
    pub kind: String,
    pub lang: String,
    pub columns: BTreeMap<Column, String>,
    /// How moments are written, and the zone of those that name none.
    pub format: String,
    pub zone: String,
    /// The words of a column with what they mean; an empty meaning is not said yet, [`NOTHING`] none at all.
    pub words: BTreeMap<Column, Vec<(String, String)>>,
    /// Make teams, organisations, services and locations that the desk lacks.
    pub create: bool,
    /// Go on with tickets that earlier imports brought.
    pub continues: bool,
    /// Bring those back first that are in the trash.
    pub restores: bool,
    /// Comments are read by the requester.
    pub public: bool,
}

impl Draft {
    pub fn column(&self, column: Column) -> Option<&str> {
        self.columns.get(&column).map(String::as_str).filter(|name| !name.is_empty())
    }

    /// As a mapping file has it.
    pub fn written(&self, rule: &FileRule, kind: &KindDef) -> String {
        let mut out = format!("source = {}\nkind = {}\n", quoted(&self.source), quoted(&self.kind));
        let plain = FileRule::default();
        if rule.delimiter != plain.delimiter || rule.encoding != plain.encoding {
            let _ = write!(out, "\n[file]\ndelimiter = {}\n", quoted(&char::from(rule.delimiter).to_string()));
            let _ = writeln!(out, "encoding = {}", quoted(&rule.encoding.name().to_ascii_lowercase()));
        }
        self.case(&mut out);
        let _ = write!(out, "\n[time]\ncolumn = {}\n", quoted(self.column(Column::Time).unwrap_or_default()));
        let _ = writeln!(out, "format = {}\nzone = {}", quoted(&self.format), quoted(&self.zone));
        for (column, category) in [(Column::Solved, Category::Resolved), (Column::Closed, Category::Closed)] {
            if let (Some(name), Some(state)) = (self.column(column), kind.first_of(category)) {
                let _ = write!(out, "\n[[later]]\ncolumn = {}\nstate = {}\n", quoted(name), quoted(&state.key));
            }
        }
        if self.column(Column::Actor).is_some() {
            out.push_str("\n[actor]\nperson = \"actor\"\n");
        }
        self.people(&mut out);
        for sort in ["teams", "organisations", "services", "locations"] {
            let _ = write!(out, "\n[{sort}]\ncreate = {}\n", self.create);
        }
        self.fields(&mut out);
        if let Some(name) = self.column(Column::Comment) {
            let kind = if self.public { "reply" } else { "note" };
            let _ = write!(out, "\n[[messages]]\ntext = {}\nkind = \"{kind}\"\npublic = {}\n", quoted(name), self.public);
        }
        out
    }

    fn case(&self, out: &mut String) {
        let _ = write!(out, "\n[case]\nnumber = {}\n", quoted(self.column(Column::Number).unwrap_or_default()));
        let title = self.column(Column::Title).or_else(|| self.column(Column::Number)).unwrap_or_default();
        let _ = writeln!(out, "title = {}", quoted(title));
        if let Some(name) = self.column(Column::Description) {
            let _ = writeln!(out, "description = {}", quoted(name));
        }
        let known = if self.continues { "continue" } else { "refuse" };
        let trashed = if self.restores { "restore" } else { "refuse" };
        let _ = writeln!(out, "lang = {}\nblank = \"keep\"\nknown = \"{known}\"\ntrashed = \"{trashed}\"", quoted(&self.lang));
    }

    fn people(&self, out: &mut String) {
        let all = [
            ("requester", Column::Requester, Some(Column::RequesterMail)),
            ("assignee", Column::Assignee, Some(Column::AssigneeMail)),
            ("actor", Column::Actor, None),
        ];
        for (rule, name, mail) in all {
            let mail = mail.and_then(|mail| self.column(mail));
            let Some(column) = self.column(name).or(mail) else { continue };
            let _ = write!(out, "\n[persons.{rule}]\nname = {}\n", quoted(column));
            match mail {
                Some(mail) => drop(writeln!(out, "email = {}", quoted(mail))),
                // Somebody of the desk may be named by the mail address that the desk knows.
                None if self.words.contains_key(&name) => {
                    let _ = write!(out, "\n[persons.{rule}.email]\n");
                    self.value(out, name, column, "otherwise = \"empty\"\n");
                }
                None => {}
            }
        }
    }

    fn fields(&self, out: &mut String) {
        out.push_str("\n[fields]\n");
        for (field, column) in
            [("organisation", Column::Organisation), ("location", Column::Location), ("resolution_report", Column::Report)]
        {
            if let Some(name) = self.column(column) {
                let _ = writeln!(out, "{field} = {}", quoted(name));
            }
        }
        for (rule, name, mail) in
            [("requester", Column::Requester, Column::RequesterMail), ("assignee", Column::Assignee, Column::AssigneeMail)]
        {
            if self.column(name).or_else(|| self.column(mail)).is_some() {
                let _ = writeln!(out, "{rule} = \"{rule}\"");
            }
        }
        let keeps = "otherwise = \"keep\"\n";
        for (column, more) in [
            (Column::State, ""),
            (Column::Impact, ""),
            (Column::Urgency, ""),
            (Column::Priority, ""),
            (Column::Code, ""),
            (Column::Team, keeps),
            (Column::Service, keeps),
        ] {
            if let Some(name) = self.column(column) {
                let _ = write!(out, "\n[fields.{}]\n", column.key());
                self.value(out, column, name, more);
            }
        }
    }

    fn value(&self, out: &mut String, column: Column, name: &str, more: &str) {
        let _ = write!(out, "column = {}\n{more}", quoted(name));
        let words: &[(String, String)] = self.words.get(&column).map_or(&[], Vec::as_slice);
        let unsaid: Vec<String> = words.iter().filter(|(_, meant)| meant.is_empty()).map(|(word, _)| quoted(word)).collect();
        if !unsaid.is_empty() {
            let _ = writeln!(out, "unsaid = [{}]", unsaid.join(", "));
        }
        let said = words.iter().filter(|(_, meant)| !meant.is_empty());
        let said: Vec<String> =
            said.map(|(word, meant)| format!("{} = {}", quoted(word), quoted(if meant == NOTHING { "" } else { meant }))).collect();
        let _ = writeln!(out, "values = {{ {} }}", said.join(", "));
    }

    /// The draft of a mapping, when it is one that a form has written: what a form cannot say must not be lost in it.
    pub fn of(text: &str, rule: &FileRule, kinds: &[&KindDef]) -> Option<Self> {
        let table: Value = text.parse::<toml::Table>().ok().map(Value::Table)?;
        let draft = Self::read(&table);
        let kind = kinds.iter().find(|kind| kind.key == draft.kind)?;
        (draft.written(rule, kind) == text).then_some(draft)
    }

    fn read(table: &Value) -> Self {
        let at = |path: &[&str]| path.iter().try_fold(table, |value, key| value.get(key));
        let text = |path: &[&str]| at(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut draft = Self {
            source: text(&["source"]),
            kind: text(&["kind"]),
            lang: text(&["case", "lang"]),
            format: text(&["time", "format"]),
            zone: text(&["time", "zone"]),
            create: at(&["teams", "create"]).and_then(Value::as_bool).unwrap_or_default(),
            continues: text(&["case", "known"]) == "continue",
            restores: text(&["case", "trashed"]) == "restore",
            ..Self::default()
        };
        let mut put = |column: Column, name: String| {
            if !name.is_empty() {
                draft.columns.insert(column, name);
            }
        };
        let plain: [(Column, &[&str]); 10] = [
            (Column::Number, &["case", "number"]),
            (Column::Title, &["case", "title"]),
            (Column::Description, &["case", "description"]),
            (Column::Time, &["time", "column"]),
            (Column::Organisation, &["fields", "organisation"]),
            (Column::Location, &["fields", "location"]),
            (Column::Report, &["fields", "resolution_report"]),
            (Column::Actor, &["persons", "actor", "name"]),
            (Column::RequesterMail, &["persons", "requester", "email"]),
            (Column::AssigneeMail, &["persons", "assignee", "email"]),
        ];
        for (column, path) in plain {
            put(column, text(path));
        }
        for (rule, name, mail) in
            [("requester", Column::Requester, Column::RequesterMail), ("assignee", Column::Assignee, Column::AssigneeMail)]
        {
            let (named, mailed) = (text(&["persons", rule, "name"]), text(&["persons", rule, "email"]));
            if named != mailed || mailed.is_empty() {
                put(name, named);
            }
            put(mail, mailed);
        }
        let later = at(&["later"]).and_then(Value::as_array).cloned().unwrap_or_default();
        let message = at(&["messages"]).and_then(Value::as_array).and_then(|all| all.first()).cloned();
        let named = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        // The one that is solved stands before the one that is closed; which one a single one is, its state tells.
        match later.as_slice() {
            [solved, closed] => {
                put(Column::Solved, named(solved, "column"));
                put(Column::Closed, named(closed, "column"));
            }
            [one] if named(one, "state") == "closed" => put(Column::Closed, named(one, "column")),
            [one] => put(Column::Solved, named(one, "column")),
            _ => {}
        }
        if let Some(message) = &message {
            put(Column::Comment, named(message, "text"));
        }
        for column in [Column::State, Column::Impact, Column::Urgency, Column::Priority, Column::Code, Column::Team, Column::Service] {
            put(column, text(&["fields", column.key(), "column"]));
        }
        draft.public = message.and_then(|message| message.get("public").and_then(Value::as_bool)).unwrap_or_default();
        let values = Column::ALL.iter().filter(|column| column.has_values() && **column != Column::Assignee);
        for column in values {
            draft.words_of(*column, at(&["fields", column.key()]));
        }
        draft.words_of(Column::Assignee, at(&["persons", "assignee", "email"]));
        draft
    }

    fn words_of(&mut self, column: Column, value: Option<&Value>) {
        let Some(value) = value.filter(|value| value.get("values").is_some()) else { return };
        let unsaid = value.get("unsaid").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let mut words: Vec<(String, String)> = unsaid.map(|word| (word.to_owned(), String::new())).collect();
        let said = value.get("values").and_then(Value::as_table).into_iter().flatten();
        words.extend(said.filter_map(|(word, meant)| {
            let meant = meant.as_str()?;
            Some((word.clone(), if meant.is_empty() { NOTHING } else { meant }.to_owned()))
        }));
        words.sort();
        self.words.insert(column, words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_writes_it_reads_again() {
        let catalogue = ticket::Catalogue::delivered().expect("readable");
        let kind = catalogue.kind(kernel::Id::new(0), "incident").expect("delivered");
        let columns = Column::ALL.iter().map(|column| (*column, format!("The \"{}\"", column.key()))).collect();
        let word = |word: &str, meant: &str| (word.to_owned(), meant.to_owned());
        let mut draft = Draft {
            source: "old".into(),
            kind: "incident".into(),
            lang: "es".into(),
            columns,
            format: "%d/%m/%Y".into(),
            zone: "Europe/Madrid".into(),
            words: BTreeMap::new(),
            create: true,
            continues: true,
            restores: true,
            public: true,
        };
        for column in Column::ALL.iter().filter(|column| column.has_values() && **column != Column::Assignee) {
            let meant = if *column == Column::State { "open" } else { "low" };
            draft.words.insert(*column, vec![word("Ábierto", ""), word("a", meant), word("b = \"c\"", NOTHING)]);
            draft.words.get_mut(column).expect("just put").sort();
        }
        let rule = FileRule { delimiter: b';', ..FileRule::default() };
        let text = draft.written(&rule, kind);
        assert_eq!(Draft::of(&text, &rule, &[kind]), Some(draft.clone()), "{text}");
        crate::Mapping::read("map.toml", &text).unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"));
        // Fewer columns, and somebody known by the desk's own mail address.
        draft.columns.retain(|column, _| {
            matches!(column, Column::Number | Column::Time | Column::Closed | Column::Assignee | Column::RequesterMail)
        });
        draft.words = BTreeMap::from([(Column::Assignee, vec![word("Ana", "ana@acme.example"), word("Bo", "")])]);
        draft.public = false;
        let text = draft.written(&rule, kind);
        draft.columns.insert(Column::Title, draft.columns[&Column::Number].clone());
        assert_eq!(Draft::of(&text, &rule, &[kind]), Some(draft), "{text}");
        crate::Mapping::read("map.toml", &text).unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"));
        assert_eq!(Draft::of(&format!("{text}# more\n"), &rule, &[kind]), None);
    }
}
