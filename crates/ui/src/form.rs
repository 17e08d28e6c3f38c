//! What forms and tabs hand to the component macros.

/// A refused field with a message in the reader's language.
#[derive(Debug, Clone)]
pub struct FormError {
    /// The name and id of the field; empty for the form as a whole.
    pub field: String,
    pub message: String,
}

/// All refusals of a form: the summary on top links to the fields.
#[derive(Debug, Clone, Default)]
pub struct FormErrors(pub Vec<FormError>);

impl FormErrors {
    pub fn new() -> Self {
        Self::default()
    }
    pub fn push(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FormError { field: field.into(), message: message.into() });
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The message of a field, or nothing: `error = errors.of("title")`.
    pub fn of(&self, field: &str) -> &str {
        self.0.iter().find(|e| e.field == field).map_or("", |e| e.message.as_str())
    }
}

/// An option of a select, a group of radio buttons or a segmented switch.
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub selected: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>, selected: bool) -> Self {
        Self { value: value.into(), label: label.into(), selected }
    }
}

/// A tab that is a link: every tab is a URL.
#[derive(Debug, Clone)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub current: bool,
    /// Already in words of the language; empty for none.
    pub count: String,
}

/// How a control is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// One line; with the `type` of the input as in HTML.
    Line(&'static str),
    Lines,
    /// One of the choices.
    Choice,
    /// Any of the choices.
    Several,
    /// Yes or no.
    Tick,
    /// Found while typing, at this address.
    Search(&'static str),
}

/// Controls below a title; both texts may be empty.
#[derive(Debug, Clone, Default)]
pub struct Group {
    pub title: String,
    pub help: String,
    pub controls: Vec<Control>,
}

/// A control of a field that administrators made.
#[derive(Debug, Clone)]
pub struct Control {
    /// Name and id.
    pub name: String,
    pub label: String,
    pub help: String,
    pub fill: Fill,
    /// As it is sent.
    pub value: String,
    /// The words for an id.
    pub shown: String,
    pub choices: Vec<Choice>,
    pub required: bool,
}

impl Control {
    /// The type of an input of one line.
    pub fn line(&self) -> &'static str {
        if let Fill::Line(ty) = self.fill { ty } else { "" }
    }
    /// Where a search asks.
    pub fn source(&self) -> &'static str {
        if let Fill::Search(source) = self.fill { source } else { "" }
    }
    pub fn is_lines(&self) -> bool {
        self.fill == Fill::Lines
    }
    pub fn is_choice(&self) -> bool {
        self.fill == Fill::Choice
    }
    pub fn is_several(&self) -> bool {
        self.fill == Fill::Several
    }
    pub fn is_tick(&self) -> bool {
        self.fill == Fill::Tick
    }
}
