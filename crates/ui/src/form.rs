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
