//! What the words of another desk mean here, and how it writes moments.

use kernel::{Lang, fold};
use ticket::fields::{IMPACTS, PRIORITIES, URGENCIES};
use ticket::{Catalogue, Category, KindDef};

use super::columns::Column;
use crate::mapping::MomentFormat;

/// Ways of writing moments, the likely ones first: a day before its month, unless the file says otherwise.
pub const FORMATS: [&str; 20] = [
    "rfc3339",
    "unix",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%d %b %Y %H:%M",
];

/// The way in which most of these moments are written.
pub fn format(cells: &[String]) -> &'static str {
    let read = |format: &&str| {
        let format = MomentFormat::of(format, "UTC");
        cells.iter().filter(|cell| format.parse(cell).is_some()).count()
    };
    let mut best = ("rfc3339", 0);
    for format in &FORMATS {
        let count = read(format);
        if count > best.1 {
            best = (format, count);
        }
    }
    best.0
}

const CATEGORIES: &[(Category, &[&str])] = &[
    (
        Category::New,
        &["new", "created", "registered", "nuevo", "nueva", "registrado", "registrada", "новая", "новый", "создана", "зарегистрирована"],
    ),
    (
        Category::Active,
        &[
            "open",
            "opened",
            "active",
            "in progress",
            "work in progress",
            "working",
            "assigned",
            "accepted",
            "reopened",
            "abierto",
            "abierta",
            "en curso",
            "en progreso",
            "en proceso",
            "asignado",
            "asignada",
            "открыта",
            "открыт",
            "в работе",
            "назначена",
            "назначен",
            "выполняется",
            "принята",
        ],
    ),
    (
        Category::Waiting,
        &[
            "waiting",
            "pending",
            "waiting for customer",
            "waiting for user",
            "awaiting user info",
            "pendiente",
            "en espera",
            "esperando al cliente",
            "ожидание",
            "ожидает",
            "ожидает ответа",
            "ждет ответа",
        ],
    ),
    (
        Category::Held,
        &[
            "on hold",
            "held",
            "hold",
            "suspended",
            "suspendido",
            "suspendida",
            "parado",
            "detenido",
            "отложена",
            "отложен",
            "приостановлена",
        ],
    ),
    (
        Category::Resolved,
        &[
            "solved",
            "resolved",
            "completed",
            "complete",
            "done",
            "fixed",
            "finished",
            "resuelto",
            "resuelta",
            "solucionado",
            "solucionada",
            "terminado",
            "hecho",
            "решена",
            "решен",
            "выполнена",
            "выполнен",
            "готово",
            "завершена",
        ],
    ),
    (Category::Closed, &["closed", "cerrado", "cerrada", "закрыта", "закрыт"]),
    (
        Category::Cancelled,
        &[
            "cancelled",
            "canceled",
            "rejected",
            "withdrawn",
            "cancelado",
            "cancelada",
            "anulado",
            "rechazado",
            "отменена",
            "отменен",
            "отклонена",
        ],
    ),
];

const GRADES: [&[&str]; 4] = [
    &["low", "minor", "4", "p4", "bajo", "baja", "leve", "низкий", "низкая", "низкое"],
    &["medium", "normal", "moderate", "3", "p3", "medio", "media", "средний", "средняя", "среднее", "обычный"],
    &["high", "major", "2", "p2", "alto", "alta", "высокий", "высокая", "высокое"],
    &[
        "urgent",
        "critical",
        "extensive",
        "blocker",
        "highest",
        "1",
        "p1",
        "urgente",
        "critico",
        "critica",
        "срочный",
        "критический",
        "критичный",
        "критическая",
    ],
];

/// What a word of a column means here; nothing when that cannot be told.
pub fn meant(column: Column, word: &str, kind: &KindDef, catalogue: &Catalogue) -> Option<String> {
    let folded = fold(word);
    let named =
        |key: &str, names: &settings::Texts| fold(key) == folded || Lang::ALL.into_iter().any(|lang| fold(names.get(lang)) == folded);
    match column {
        Column::State => {
            let own = kind.states.iter().find(|state| named(&state.key, &state.names)).or_else(|| {
                let category = CATEGORIES.iter().find(|(_, words)| words.contains(&folded.as_str()))?.0;
                kind.first_of(category)
            });
            own.map(|state| state.key.clone())
        }
        Column::Impact => grade(&folded, &IMPACTS),
        Column::Urgency => grade(&folded, &URGENCIES),
        Column::Priority => grade(&folded, &PRIORITIES),
        Column::Code => catalogue.codes().iter().find(|code| named(&code.key, &code.names)).map(|code| code.key.clone()),
        _ => None,
    }
}

fn grade(folded: &str, keys: &[&str; 4]) -> Option<String> {
    let own = keys.iter().position(|key| *key == folded);
    // "1 - High" and "P2 (high)" are what their words say.
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let whole = || GRADES.iter().position(|grade| grade.contains(&folded));
    let by_word = || {
        let spoken = words.iter().filter(|word| word.chars().all(char::is_alphabetic));
        spoken.into_iter().find_map(|word| GRADES.iter().position(|grade| grade.contains(word)))
    };
    own.or_else(whole).or_else(by_word).map(|at| keys[at].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_as_they_are_compared() {
        for word in CATEGORIES.iter().flat_map(|(_, words)| words.iter()).chain(GRADES.iter().flat_map(|words| words.iter())) {
            assert_eq!(&fold(word), word);
        }
    }

    #[test]
    fn states_and_grades_are_understood_in_three_languages() {
        let catalogue = Catalogue::delivered().expect("readable");
        let kind = catalogue.kind(kernel::Id::new(0), "incident").expect("delivered");
        let state = |word: &str| meant(Column::State, word, kind, &catalogue).and_then(|key| Some(kind.state(&key)?.category));
        for (word, category) in [
            ("In Progress", Category::Active),
            ("En espera", Category::Waiting),
            ("Решена", Category::Resolved),
            ("CLOSED", Category::Closed),
            ("Nueva", Category::New),
        ] {
            assert_eq!(state(word), Some(category), "{word}");
        }
        assert_eq!(state("Quantum"), None);
        let priority = |word: &str| meant(Column::Priority, word, kind, &catalogue);
        assert_eq!(priority("1 - Critical").as_deref(), Some("urgent"));
        assert_eq!((priority("Низкий").as_deref(), priority("P2").as_deref(), priority("whatever")), (Some("low"), Some("high"), None));
    }

    #[test]
    fn the_way_of_writing_moments_is_found_out() {
        let of = |cells: &[&str]| format(&cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["2025-03-01T08:00:00Z"]), "rfc3339");
        assert_eq!(of(&["05/12/2025 09:30", "13/12/2025 10:00"]), "%d/%m/%Y %H:%M");
        assert_eq!(of(&["05/12/2025 09:30", "12/13/2025 10:00"]), "%m/%d/%Y %H:%M");
        assert_eq!(of(&["12/13/2025", "12/14/2025", "01/02/2025"]), "%m/%d/%Y");
        assert_eq!(of(&["05.12.2025"]), "%d.%m.%Y");
        assert_eq!(of(&["1764923400"]), "unix");
    }
}
