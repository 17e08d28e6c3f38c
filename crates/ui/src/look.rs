//! How things look by their kind: theme, density, and the icon of each state, priority and clock.
//! Colour never stands alone: every badge has an icon and a word.

use kernel::{Id, Lang};

/// The colours a person chose; `System` follows the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The value of `data-theme`, of the cookie and of the form field.
    pub const fn key(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
    pub fn from_key(key: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.key() == key)
    }
}

/// The height of rows in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Density {
    Comfortable,
    #[default]
    Compact,
    Dense,
}

impl Density {
    pub const ALL: [Density; 3] = [Density::Comfortable, Density::Compact, Density::Dense];

    /// The value of `data-density`, of the cookie and of the form field.
    pub const fn key(self) -> &'static str {
        match self {
            Density::Comfortable => "comfortable",
            Density::Compact => "compact",
            Density::Dense => "dense",
        }
    }
    pub fn from_key(key: &str) -> Option<Density> {
        Density::ALL.into_iter().find(|density| density.key() == key)
    }
}

/// Where somebody goes after an answer was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum After {
    #[default]
    Stay,
    Next,
    List,
}

impl After {
    pub const ALL: [After; 3] = [After::Stay, After::Next, After::List];

    /// The value of the cookie and of the form field.
    pub const fn key(self) -> &'static str {
        match self {
            After::Stay => "stay",
            After::Next => "next",
            After::List => "list",
        }
    }
    pub fn from_key(key: &str) -> Option<After> {
        After::ALL.into_iter().find(|after| after.key() == key)
    }
}

/// Which of our letters somebody presses by other ones: pairs of ours and theirs; theirs may be off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyMap(Vec<(u8, Option<u8>)>);

impl KeyMap {
    /// More than there are keys is nonsense.
    const MOST: usize = 64;

    /// Reads pairs of code points in hex, such as `65_71~44_0`; what is no pair of printable signs, or
    /// gives a letter twice, is passed over.
    pub fn read(written: &str) -> Self {
        let sign = |hex: &str| u8::from_str_radix(hex, 16).ok().filter(u8::is_ascii_graphic);
        let mut pairs: Vec<(u8, Option<u8>)> = Vec::new();
        for pair in written.split('~').take(Self::MOST) {
            let Some((ours, theirs)) = pair.split_once('_') else { continue };
            let own = if theirs == "0" { Some(None) } else { sign(theirs).map(Some) };
            let (Some(ours), Some(own)) = (sign(ours), own) else { continue };
            if !pairs.iter().any(|(known, taken)| *known == ours || (own.is_some() && *taken == own)) {
                pairs.push((ours, own));
            }
        }
        Self(pairs)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As it is read: letters, digits and `_~`, which a cookie can hold.
    pub fn written(&self) -> String {
        let pair =
            |(ours, theirs): &(u8, Option<u8>)| theirs.map_or_else(|| format!("{ours:02x}_0"), |own| format!("{ours:02x}_{own:02x}"));
        self.0.iter().map(pair).collect::<Vec<_>>().join("~")
    }
}

/// One of eight avatar colours, always the same for the same person.
pub fn tone_of<K>(id: Id<K>) -> u8 {
    // The remainder of eight is 0 to 7.
    u8::try_from(id.raw().rem_euclid(8)).unwrap_or(0)
}

/// The icon of a state category: `new active waiting held resolved closed cancelled`.
pub fn state_icon(category: impl AsRef<str>) -> &'static str {
    match category.as_ref() {
        "new" => "circle-dashed",
        "waiting" => "circle-pause",
        "held" => "clock",
        "resolved" => "circle-check",
        "closed" => "square-check",
        "cancelled" => "circle-x",
        _ => "circle-dot",
    }
}

/// The icon of a priority: `urgent high medium low`.
pub fn priority_icon(level: impl AsRef<str>) -> &'static str {
    match level.as_ref() {
        "urgent" | "critical" => "octagon-alert",
        "high" => "signal-high",
        "low" => "signal-low",
        _ => "signal-medium",
    }
}

/// The icon of a clock: `safe` has none, the others are `soon breached paused`.
pub fn sla_icon(state: impl AsRef<str>) -> &'static str {
    match state.as_ref() {
        "soon" => "timer",
        "breached" => "alarm-clock",
        "paused" => "circle-pause",
        "met" => "check",
        _ => "",
    }
}

/// The icon of a timeline entry: `request reply note call event`.
pub fn entry_icon(kind: impl AsRef<str>) -> &'static str {
    match kind.as_ref() {
        "request" => "message-square",
        "reply" => "reply",
        "note" => "lock",
        "call" => "phone",
        _ => "history",
    }
}

/// The icon of a notice: `info ok warning danger`.
pub fn notice_icon(kind: impl AsRef<str>) -> &'static str {
    match kind.as_ref() {
        "ok" => "circle-check",
        "warning" => "triangle-alert",
        "danger" => "circle-alert",
        _ => "info",
    }
}

/// The name of a language in itself, for language switches.
pub const fn own_name(lang: &Lang) -> &'static str {
    match lang {
        Lang::En => "English",
        Lang::Es => "Español",
        Lang::Ru => "Русский",
    }
}
