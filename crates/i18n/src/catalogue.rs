//! The parsed message files, once per process.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use kernel::Lang;
use parking_lot::Mutex;

/// Where the texts come from: in the binary, or in the working tree (debug builds).
#[expect(dead_code, reason = "each build makes one of the two, see build.rs")]
pub(crate) enum Source {
    Embedded(&'static [(&'static str, &'static str)]),
    Folder(&'static str),
}

include!(concat!(env!("OUT_DIR"), "/source.rs"));

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; Lang::ALL.len()]> = LazyLock::new(|| Lang::ALL.map(bundle));
static FAULTS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Keys that were asked for and are missing or lack an argument, since the process began. A test
/// that renders pages asserts that there are none.
pub fn faults() -> Vec<String> {
    FAULTS.lock().iter().cloned().collect()
}

fn fault(what: String) {
    // Bounded: an endless page of faults must not fill the memory.
    let mut faults = FAULTS.lock();
    if faults.len() < 1_000 && faults.insert(what.clone()) {
        tracing::error!(fault = %what, "message");
    }
}

fn bundle(lang: Lang) -> Bundle {
    let id = lang.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    for text in texts(lang) {
        let resource = FluentResource::try_new(text).unwrap_or_else(|(usable, errors)| {
            fault(format!("{lang}: {errors:?}"));
            usable
        });
        if let Err(errors) = bundle.add_resource(resource) {
            fault(format!("{lang}: {errors:?}"));
        }
    }
    bundle
}

fn texts(lang: Lang) -> Vec<String> {
    match SOURCE {
        Source::Embedded(files) => files.iter().filter(|(tag, _)| *tag == lang.tag()).map(|(_, text)| (*text).to_owned()).collect(),
        Source::Folder(folder) => {
            let files = crate::check::ftl_files(&Path::new(folder).join(lang.tag()));
            files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect()
        }
    }
}

fn of(lang: Lang) -> &'static Bundle {
    let [en, es, ru] = &*BUNDLES;
    match lang {
        Lang::En => en,
        Lang::Es => es,
        Lang::Ru => ru,
    }
}

pub(crate) fn has(lang: Lang, key: &str) -> bool {
    of(lang).has_message(key)
}

/// The message in the language, else in English, else the key itself: a missing text is a fault
/// that tests catch, never a broken page.
pub(crate) fn format(lang: Lang, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
    for candidate in [lang, Lang::En] {
        let bundle = of(candidate);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            fault(format!("{candidate}: {key} is missing"));
            continue;
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            fault(format!("{candidate}: {key}: {errors:?}"));
        }
        return match (args, text) {
            (None, Cow::Borrowed(text)) => Cow::Borrowed(text),
            (_, text) => Cow::Owned(text.into_owned()),
        };
    }
    Cow::Owned(key.to_owned())
}
