//! Words of three languages by how often they are used: those of the product's own texts by rank, then
//! made-up ones, drawn by Zipf's law.

use std::collections::HashMap;

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

/// Of 100 texts so many are written in each: English, Spanish, Russian.
pub const SHARES: [u32; 3] = [50, 30, 20];
pub const LANGS: [&str; 3] = ["en", "es", "ru"];
/// Made-up words for the long tail of each language.
const TAIL: usize = 30_000;

pub struct Words {
    by_lang: [Vec<String>; 3],
}

impl Words {
    pub fn load() -> Self {
        let mut dice = StdRng::seed_from_u64(7);
        Self { by_lang: LANGS.map(|lang| vocabulary(lang, &mut dice)) }
    }

    /// One word; rank r comes up about 1/r times as often as the first.
    fn word(&self, lang: usize, dice: &mut StdRng) -> &str {
        let words = &self.by_lang[lang];
        let rank = (words.len() as f64).powf(dice.random_range(0.0_f64..1.0)) as usize - 1;
        &words[rank.min(words.len() - 1)]
    }

    /// So many words in sentences of about twelve.
    pub fn text(&self, lang: usize, count: usize, dice: &mut StdRng) -> String {
        let mut out = String::with_capacity(count * 8);
        for n in 0..count {
            if n > 0 {
                out.push_str(if n % 12 == 0 { ". " } else { " " });
            }
            out.push_str(self.word(lang, dice));
        }
        out
    }

    /// A word that stands in a large part of the texts of its language.
    pub fn common(&self, n: u64) -> &str {
        let lang = (n % 3) as usize;
        self.by_lang[lang].iter().skip(10).filter(|word| word.chars().count() > 4).nth((n / 3 % 5) as usize).map_or("ticket", |word| word)
    }
}

/// The host of a ticket: each name stands in about eight of them.
pub fn host(id: i64) -> String {
    format!("srv-{:05}.corp.example", id / 8)
}

fn vocabulary(lang: &str, dice: &mut StdRng) -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales").join(lang);
    let mut often: HashMap<String, u32> = HashMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let values = text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_once(" = ").map_or(line, |(_, value)| value));
        for word in values.flat_map(|line| line.split(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty()) {
            *often.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    let mut words: Vec<(String, u32)> = often.into_iter().collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut words: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
    let known = words.len();
    for _ in 0..TAIL {
        // Two halves of known words, so that letters and endings are those of the language.
        let (a, b) = (&words[dice.random_range(0..known)], &words[dice.random_range(0..known)]);
        let half = |word: &str, first: bool| {
            let letters: Vec<char> = word.chars().collect();
            let (left, right) = letters.split_at(letters.len() / 2);
            if first { left.iter().collect::<String>() } else { right.iter().collect() }
        };
        words.push(half(a, true) + &half(b, false));
    }
    words
}
