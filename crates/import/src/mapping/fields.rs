//! The fields of a ticket and its messages.

use ticket::MessageKind;

use super::node::{Node, Said};
use super::person::PersonField;
use super::value::Value;

/// Where the properties of a ticket come from. Each row says how they are from its moment on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    pub state: Option<Value>,
    pub impact: Option<Value>,
    pub urgency: Option<Value>,
    /// Nothing: by impact and urgency.
    pub priority: Option<Value>,
    pub organisation: Option<Value>,
    pub location: Option<Value>,
    pub service: Option<Value>,
    pub team: Option<Value>,
    pub resolution_code: Option<Value>,
    pub resolution_report: Option<Value>,
    pub requester: Option<PersonField>,
    pub beneficiary: Option<PersonField>,
    pub assignee: Option<PersonField>,
}

const KEYS: [&str; 13] = [
    "state",
    "impact",
    "urgency",
    "priority",
    "organisation",
    "location",
    "service",
    "team",
    "resolution_code",
    "resolution_report",
    "requester",
    "beneficiary",
    "assignee",
];

impl Fields {
    pub(super) fn read(root: Node<'_>) -> Self {
        let Some(node) = root.has("fields").then(|| root.table("fields")).flatten() else {
            root.wrong(1, "[fields] is missing");
            return Self::default();
        };
        node.only(&KEYS);
        // Where rows say only what they name, a ticket may go on as it began.
        let keeps = root.table("case").and_then(|case| case.text("blank")).is_some_and(|said| said.text == "keep");
        if !node.has("state") && !keeps {
            node.wrong(node.line, "state is missing");
        }
        let value = |key: &str| Value::read(node, key, &[]);
        let person = |key: &str| PersonField::read(node, key);
        Self {
            state: value("state"),
            impact: value("impact"),
            urgency: value("urgency"),
            priority: value("priority"),
            organisation: value("organisation"),
            location: value("location"),
            service: value("service"),
            team: value("team"),
            resolution_code: value("resolution_code"),
            resolution_report: value("resolution_report"),
            requester: person("requester"),
            beneficiary: person("beneficiary"),
            assignee: person("assignee"),
        }
    }

    /// The fields that are values, with their names.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let all = [
            ("state", &self.state),
            ("impact", &self.impact),
            ("urgency", &self.urgency),
            ("priority", &self.priority),
            ("organisation", &self.organisation),
            ("location", &self.location),
            ("service", &self.service),
            ("team", &self.team),
            ("resolution_code", &self.resolution_code),
            ("resolution_report", &self.resolution_report),
        ];
        all.into_iter().filter_map(|(name, value)| value.as_ref().map(|value| (name, value)))
    }

    /// The fields that are people, with their names.
    pub fn people(&self) -> impl Iterator<Item = (&'static str, &PersonField)> {
        let all = [("requester", &self.requester), ("beneficiary", &self.beneficiary), ("assignee", &self.assignee)];
        all.into_iter().filter_map(|(name, field)| field.as_ref().map(|field| (name, field)))
    }
}

/// Whether a message may be read by the requester.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Public {
    Always(bool),
    /// "true" by way of its table.
    By(Value),
}

/// A column whose text is a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRule {
    pub text: Value,
    /// The rule of its author; nothing: whoever did the row.
    pub author: Option<Said>,
    pub kind: MessageKind,
    pub public: Public,
    pub from_requester: bool,
}

impl MessageRule {
    pub(super) fn read(node: Node<'_>) -> Self {
        node.only(&["text", "author", "kind", "public", "from_requester"]);
        let kinds = [("reply", MessageKind::Reply), ("note", MessageKind::Note), ("call", MessageKind::Call)];
        let public = match node.is_table("public") {
            true => Value::read(node, "public", &[]).map_or(Public::Always(false), Public::By),
            false => Public::Always(node.flag("public", false)),
        };
        Self {
            text: Value::read(node, "text", &[]).unwrap_or_else(|| Value::column(node.needed("text"))),
            author: node.text("author"),
            kind: node.choice("kind", &kinds).unwrap_or(MessageKind::Note),
            public,
            from_requester: node.flag("from_requester", false),
        }
    }
}
