//! The definition of a custom field.

use serde::{Deserialize, Serialize};

use crate::Texts;

macro_rules! keyed {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident $key:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $key)] $variant),* }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The key as stored and in the API.
            pub const fn key(self) -> &'static str {
                match self { $($name::$variant => $key),* }
            }
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some($name::$variant),)* _ => None }
            }
        }
    };
}

pub(super) use keyed;

keyed! {
    /// What a field is added to.
    Object {
        Ticket "ticket",
        Person "person",
        Organisation "organisation",
        Service "service",
    }
}

keyed! {
    /// What a field holds.
    FieldType {
        /// One line.
        Text "text",
        LongText "long_text",
        /// With as many decimals as the field says.
        Number "number",
        /// An amount in the currency of the field.
        Money "money",
        /// A day.
        Date "date",
        /// A moment.
        Moment "time",
        /// One of a list.
        Choice "choice",
        /// Any of a list.
        Several "several",
        /// One of a list in branches.
        Tree "tree",
        Person "person",
        /// A file of the same ticket.
        File "file",
        Checkbox "checkbox",
        /// Several lines: street, town, country.
        Address "address",
    }
}

keyed! {
    /// What the requester of a ticket has of a field.
    Audience {
        /// Nothing: it is the desk's own.
        Desk "desk",
        /// Reads it.
        Reads "reads",
        /// Fills it when they ask, and reads it.
        Fills "fills",
    }
}

/// A value that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub key: String,
    pub names: Texts,
    /// Of a tree: the key of the one above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// No longer offered; records that have it keep it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// A custom field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldDef {
    pub object: Object,
    /// Of lower case letters, digits, `-` and `_`; never changes.
    pub key: String,
    #[serde(rename = "type")]
    pub ty: FieldType,
    pub names: Texts,
    #[serde(default)]
    pub help: Texts,
    pub audience: Audience,
    /// Of tickets: only of these kinds; empty: of all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Of tickets: only for these services; empty: for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<i64>,
    /// Of numbers and amounts.
    #[serde(default)]
    pub decimals: u8,
    /// Of amounts, such as `EUR`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub currency: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// Of tickets: whoever registers one and may fill it must.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Fields stand in this order, then by key.
    #[serde(default)]
    pub place: i64,
    /// One that is not active is neither shown nor filled; its values stay.
    pub active: bool,
}

impl FieldType {
    /// Whether it has a list of values.
    pub const fn chooses(self) -> bool {
        matches!(self, FieldType::Choice | FieldType::Several | FieldType::Tree)
    }
    /// Whether its value is what somebody wrote.
    pub const fn is_text(self) -> bool {
        matches!(self, FieldType::Text | FieldType::LongText | FieldType::Address)
    }
    /// Whether it has decimals.
    pub const fn counts(self) -> bool {
        matches!(self, FieldType::Number | FieldType::Money)
    }
}

impl FieldDef {
    /// The key of its setting: one key may be used for several objects.
    pub fn setting_key(&self) -> String {
        setting_key(self.object, &self.key)
    }
    /// The name among the properties of a record.
    pub fn property(&self) -> String {
        super::property(&self.key)
    }
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }
    /// Whether a ticket of this kind and service has it.
    pub fn is_of(&self, kind: &str, service: Option<i64>) -> bool {
        let kinds = self.kinds.is_empty() || self.kinds.iter().any(|k| k == kind);
        let services = self.services.is_empty() || service.is_some_and(|s| self.services.contains(&s));
        kinds && services
    }
    /// The keys at and below an item of a tree.
    pub fn branch<'a>(&'a self, key: &'a str) -> Vec<&'a str> {
        let mut keys = vec![key];
        let mut next = 0;
        while let Some(&above) = keys.get(next) {
            next += 1;
            for item in self.items.iter().filter(|item| item.parent.as_deref() == Some(above)) {
                if !keys.contains(&item.key.as_str()) {
                    keys.push(&item.key);
                }
            }
        }
        keys
    }
    /// The items from the root of a tree down to this one.
    pub fn path<'a>(&'a self, key: &str) -> Vec<&'a Item> {
        let mut path = Vec::new();
        let mut at = self.item(key);
        while let Some(item) = at.filter(|_| path.len() < 20) {
            path.insert(0, item);
            at = item.parent.as_deref().and_then(|above| self.item(above));
        }
        path
    }
}

/// The key of the setting of a field.
pub(super) fn setting_key(object: Object, key: &str) -> String {
    format!("{}.{key}", object.key())
}
