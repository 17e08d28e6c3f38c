//! How common a word is, as far as anybody needs to know: a fixed answer, the same on every desk, so
//! that records nobody may see cannot move a rank.

/// Records of an imagined desk: what frequencies are parts of.
pub const RECORDS: u64 = 1_000_000;

/// Words that stand in a large part of all texts, folded.
const COMMON: &[&str] = &[
    // English
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been", "but", "by",
    "can", "could", "did", "do", "does", "for", "from", "get", "had", "has", "have", "he", "hello", "her", "hi", "his", "how", "i", "if",
    "in", "is", "it", "just", "know", "me", "my", "need", "new", "no", "not", "now", "of", "on", "one", "or", "our", "out", "please", "re",
    "regards", "so", "some", "still", "t", "s", "thank", "thanks", "that", "the", "their", "them", "then", "there", "they", "this",
    "time", "to", "today", "up", "us", "was", "we", "were", "what", "when", "which", "who", "will", "with", "work", "working", "would",
    "you", "your",
    // Spanish
    "al", "algo", "antes", "asi", "aun", "buenas", "buenos", "cada", "como", "con", "cual", "cuando", "de", "del", "desde", "dia", "dias",
    "donde", "el", "ella", "en", "entre", "era", "es", "esa", "ese", "eso", "esta", "estan", "este", "esto", "favor", "fue", "gracias",
    "ha", "han", "hasta", "hay", "hola", "hoy", "la", "las", "le", "les", "lo", "los", "mas", "mi", "mis", "muy", "nada", "ni", "nos",
    "nuestro", "o", "otra", "otro", "para", "pero", "poder", "por", "porque", "puede", "puedo", "que", "saludo", "saludos", "se", "ser",
    "si", "sin", "sobre", "su", "sus", "tambien", "tengo", "tiene", "todo", "todos", "tu", "un", "una", "uno", "usted", "y", "ya", "yo",
    // Russian
    "а", "без", "был", "была", "были", "было", "быть", "в", "вам", "вас", "все", "всем", "вы", "где", "да", "день", "для", "до", "добрый",
    "его", "ее", "если", "есть", "еще", "же", "за", "здравствуйте", "и", "из", "или", "им", "их", "к", "как", "когда", "кто", "ли",
    "меня", "мне", "можно", "мой", "мы", "на", "надо", "нам", "нас", "не", "нет", "ни", "но", "ну", "о", "об", "он", "она", "они", "от",
    "по", "пожалуйста", "после", "при", "просьба", "работает", "с", "свой", "себя", "со", "спасибо", "так", "также", "там", "то", "только",
    "тут", "у", "уже", "уважением", "что", "чтобы", "это", "этот", "я",
];

/// In how many of [`RECORDS`] a word is taken to stand.
pub fn frequency(word: &str) -> u64 {
    if is_common(word) {
        return 300_000;
    }
    if word.chars().any(|c| !c.is_alphabetic()) {
        return 300;
    }
    match word.chars().count() {
        0..=2 => 60_000,
        3 => 30_000,
        4 => 15_000,
        5 | 6 => 6_000,
        7 | 8 => 3_000,
        _ => 1_500,
    }
}

/// Whether a folded word tells nothing by itself.
pub fn is_common(word: &str) -> bool {
    static SORTED: std::sync::OnceLock<Vec<&'static str>> = std::sync::OnceLock::new();
    let sorted = SORTED.get_or_init(|| {
        let mut words = COMMON.to_vec();
        words.sort_unstable();
        words
    });
    sorted.binary_search(&word).is_ok()
}
