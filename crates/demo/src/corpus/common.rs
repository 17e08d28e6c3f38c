//! Phrases that fit any matter: greetings, hand-overs, reminders, thanks.

use kernel::Lang;
use serde::Deserialize;

macro_rules! phrases {
    ($($name:ident)*) => {
        /// The common phrases of one language.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct Phrases {
            $(pub $name: Vec<String>,)*
        }

        #[cfg(test)]
        impl Phrases {
            pub(crate) fn all(&self) -> Vec<(&'static str, &[String])> {
                vec![$((stringify!($name), &self.$name),)*]
            }
        }
    };
}

phrases! {
    hello hello_morning hello_later bye hello_agent bye_agent ack
    handover_note handover_reply bounce_note take_note chase chase_reply remind
    no_answer no_answer_report thanks
    vendor_note vendor_hold vendor_reply vendor_back
    call_out call_in phone_intro walk_intro behalf
    duplicate_note duplicate_reply duplicate_report
    child_reply child_note child_done child_report
    withdrawn withdrawn_reason reopen_reason reopen_note reopen_reply
    cowork_note relates_note caused_note
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Common {
    en: Phrases,
    es: Phrases,
    ru: Phrases,
}

impl Common {
    pub(crate) fn get(&self, lang: Lang) -> &Phrases {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
            Lang::Ru => &self.ru,
        }
    }
}
