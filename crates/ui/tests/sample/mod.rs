//! The sample data of the specimen pages.

use askama::Template;
use i18n::T;
use kernel::{Lang, PersonId};
use ui::{Choice, Chrome, FormErrors, HelpContact, NavItem, Person, PinnedView, Tab, Theme};

pub struct Row {
    pub id: i64,
    pub subject: &'static str,
    pub preview: &'static str,
    pub category: &'static str,
    pub state: &'static str,
    pub priority: &'static str,
    pub requester: Person,
    pub vip: bool,
    pub assignee: Option<Person>,
    pub sla: &'static str,
    pub due: &'static str,
    pub due_at: &'static str,
    pub updated: &'static str,
    pub updated_at: &'static str,
    pub unread: bool,
}

fn who(id: i64, name: &str) -> Person {
    Person::new(PersonId::new(id), name)
}

/// id | subject | last words | category | state | priority | requester | clock | what is left
const ROWS: &str = include_str!("rows.txt");

fn rows() -> Vec<Row> {
    ROWS.lines().enumerate().map(|(n, line)| row(n, line)).collect()
}

fn row(n: usize, line: &'static str) -> Row {
    let cells: Vec<&'static str> = line.split(" | ").map(str::trim).collect();
    let [id, subject, preview, category, state, priority, requester, sla, due] = cells[..] else { panic!("nine cells in {line}") };
    let id = id.parse().unwrap();
    Row {
        id,
        subject,
        preview,
        category,
        state,
        priority,
        requester: who(id, requester).at("#"),
        vip: n == 3,
        assignee: (n % 3 != 1).then(|| who(id + 3, "Olga Petrova")),
        sla,
        due,
        due_at: "",
        updated: "3 h ago",
        updated_at: "2026-11-22T09:12:00Z",
        unread: n < 2,
    }
}

pub fn chrome(lang: Lang, theme: Theme) -> Chrome {
    let nav = |icon, label: &str, key, current, count| NavItem { icon, label: label.into(), href: "#".into(), key, current, count };
    let view = |key: &str, label: &str, count: &str, current, urgent| PinnedView {
        key: key.into(),
        label: label.into(),
        href: "#".into(),
        current,
        count: count.into(),
        urgent,
    };
    Chrome {
        lang,
        theme,
        title: "My open".into(),
        desk: "Aurora Service Desk".into(),
        letters: true,
        viewer: Some(who(6, "Olga Petrova")),
        nav: vec![
            nav("inbox", "Inbox", "g i", false, Some(3)),
            nav("ticket", "Tickets", "g t", true, None),
            nav("users", "People", "g p", false, None),
            nav("building-2", "Organisations", "g o", false, None),
            nav("settings", "Settings", "g ,", false, None),
        ],
        views: vec![
            view("mine", "My open", "7", true, true),
            view("unassigned", "Unassigned in my teams", "23", false, false),
            view("vip", "VIP and major incidents", "999+", false, false),
        ],
        path: "/desk/tickets?v=mine".into(),
        live: Some("/events".into()),
        search: Some("/desk/tickets".into()),
        create: Some("/desk/new".into()),
        help: Some(HelpContact { text: "Service desk, 1200".into(), href: "/new".into() }),
        ..Chrome::default()
    }
}

fn tabs() -> Vec<Tab> {
    let tab = |label: &str, current, count: &str| Tab { label: label.into(), href: "#".into(), current, count: count.into() };
    vec![tab("All", true, ""), tab("Conversation", false, "4"), tab("Notes", false, "1"), tab("Events", false, "")]
}

fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    pairs.iter().enumerate().map(|(n, (value, label))| Choice::new(*value, *label, n == 1)).collect()
}

#[derive(Template)]
#[template(path = "specimen/list.html", blocks = ["main"])]
pub struct List {
    pub t: T,
    pub chrome: Chrome,
    pub rows: Vec<Row>,
    pub tabs: Vec<Tab>,
}

impl List {
    pub fn new(lang: Lang, theme: Theme) -> Self {
        Self { t: T::utc(lang), chrome: chrome(lang, theme), rows: rows(), tabs: tabs() }
    }
}

#[derive(Template)]
#[template(path = "specimen/ticket.html")]
pub struct Ticket {
    pub t: T,
    pub chrome: Chrome,
    pub tabs: Vec<Tab>,
    pub requester: Person,
    pub agent: Person,
    pub kind: &'static str,
    pub thens: Vec<Choice>,
}

impl Ticket {
    pub fn new(lang: Lang, theme: Theme, kind: &'static str) -> Self {
        let thens = choices(&[("waiting", "Send and set Pending"), ("resolved", "Send and solve"), ("active", "Send and keep open")]);
        let (requester, agent) = (who(3, "Maria Ortega Fernández"), who(6, "Olga Petrova"));
        Self { t: T::utc(lang), chrome: chrome(lang, theme), tabs: tabs(), requester, agent, kind, thens }
    }
}

#[derive(Template)]
#[template(path = "specimen/forms.html")]
pub struct Forms {
    pub t: T,
    pub chrome: Chrome,
    pub errors: FormErrors,
    pub kinds: Vec<Choice>,
    pub choices: Vec<Choice>,
    pub states: Vec<Choice>,
    pub priorities: Vec<Choice>,
}

impl Forms {
    pub fn new(lang: Lang, theme: Theme) -> Self {
        let mut errors = FormErrors::new();
        errors.push("requester", "Choose a requester, so that we know whom to answer");
        Self {
            t: T::utc(lang),
            chrome: Chrome { title: "New ticket".into(), rail_wide: true, views: Vec::new(), ..chrome(lang, theme) },
            errors,
            kinds: choices(&[("request", "Request"), ("incident", "Incident"), ("question", "Question")]),
            choices: choices(&[("one", "One person"), ("department", "Department"), ("all", "Everybody")]),
            states: choices(&[
                ("new", "New"),
                ("active", "Open"),
                ("waiting", "Pending"),
                ("held", "On hold"),
                ("resolved", "Solved"),
                ("closed", "Closed"),
                ("cancelled", "Cancelled"),
            ]),
            priorities: choices(&[("urgent", "Urgent"), ("high", "High"), ("medium", "Medium"), ("low", "Low")]),
        }
    }
}

#[derive(Template)]
#[template(path = "specimen/portal.html")]
pub struct Portal {
    pub t: T,
    pub chrome: Chrome,
    pub rows: Vec<Row>,
}

impl Portal {
    pub fn new(lang: Lang, theme: Theme) -> Self {
        let rows = rows().into_iter().take(3).collect();
        Self { t: T::utc(lang), chrome: portal_chrome(lang, theme), rows }
    }
}

fn portal_chrome(lang: Lang, theme: Theme) -> Chrome {
    let nav = |icon, label: &str, current| NavItem { icon, label: label.into(), href: "#".into(), key: "", current, count: None };
    Chrome {
        nav: vec![nav("house", "Home", true), nav("message-square", "My requests", false), nav("book-open", "Knowledge", false)],
        title: "Home".into(),
        views: Vec::new(),
        ..chrome(lang, theme)
    }
}

#[derive(Template)]
#[template(path = "specimen/request.html")]
pub struct Request {
    pub t: T,
    pub chrome: Chrome,
    pub requester: Person,
    pub agent: Person,
}

impl Request {
    pub fn new(lang: Lang, theme: Theme) -> Self {
        let (requester, agent) = (who(3, "Maria Ortega Fernández"), who(6, "Olga Petrova"));
        Self { t: T::utc(lang), chrome: portal_chrome(lang, theme), requester, agent }
    }
}

#[derive(Template)]
#[template(path = "specimen/bare.html")]
pub struct Page {
    pub t: T,
    pub chrome: Chrome,
}

impl Page {
    pub fn new(lang: Lang, theme: Theme) -> Self {
        let chrome = Chrome { viewer: None, help: None, title: "Sign in".into(), ..chrome(lang, theme) };
        Self { t: T::utc(lang), chrome }
    }
}
