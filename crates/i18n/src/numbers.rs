//! Numbers and plural categories by ICU: its CLDR data knows Spanish `many` and the grouping that
//! begins with five digits.

use std::sync::LazyLock;

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::{Locale, locale};
use icu_plurals::{PluralCategory, PluralRules};
use kernel::Lang;

struct Rules {
    plural: Option<PluralRules>,
    number: Option<DecimalFormatter>,
}

static RULES: LazyLock<[Rules; Lang::ALL.len()]> = LazyLock::new(|| {
    Lang::ALL.map(|lang| {
        let locale = locale_of(lang);
        Rules {
            plural: PluralRules::try_new(locale.clone().into(), Default::default()).ok(),
            number: DecimalFormatter::try_new(locale.into(), Default::default()).ok(),
        }
    })
});

fn locale_of(lang: Lang) -> Locale {
    match lang {
        Lang::En => locale!("en"),
        Lang::Es => locale!("es"),
        Lang::Ru => locale!("ru"),
    }
}

fn of(lang: Lang) -> &'static Rules {
    let [en, es, ru] = &*RULES;
    match lang {
        Lang::En => en,
        Lang::Es => es,
        Lang::Ru => ru,
    }
}

/// The CLDR plural category of a whole number.
pub(crate) fn category(lang: Lang, n: i64) -> &'static str {
    let category = of(lang).plural.as_ref().map_or(PluralCategory::Other, |rules| rules.category_for(n));
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

pub(crate) fn whole(lang: Lang, n: i64) -> String {
    // Below a thousand no language here groups: the common case needs no formatter.
    if (0..1_000).contains(&n) {
        return n.to_string();
    }
    written(lang, &Decimal::from(n))
}

pub(crate) fn scaled(lang: Lang, scaled: i64, digits: u8) -> String {
    let mut value = Decimal::from(scaled);
    value.multiply_pow10(-i16::from(digits));
    written(lang, &value)
}

fn written(lang: Lang, value: &Decimal) -> String {
    match &of(lang).number {
        Some(formatter) => formatter.format(value).to_string(),
        None => value.to_string(),
    }
}
