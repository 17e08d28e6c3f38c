//! What people wrote, as HTML that does nothing but show it.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, format_html, parse_document};

/// The elements that can come out.
const TAGS: [&str; 23] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    // A line that somebody ended is a line.
    options.render.hardbreaks = true;
    // Tags that somebody typed are text: people paste configuration files.
    options.render.escape = true;
    options
});

static SAFE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .generic_attributes(HashSet::new())
        .tag_attributes(
            [
                ("a", HashSet::from(["href"])),
                ("ol", HashSet::from(["start"])),
                ("td", HashSet::from(["align"])),
                ("th", HashSet::from(["align"])),
            ]
            .into(),
        )
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// Quotes and lists within each other on one line at most: parsing costs the square of the depth.
const DEEPEST: usize = 50;

/// How many quotes and lists a line opens.
fn depth(line: &str) -> usize {
    let opening = line.bytes().take_while(|b| b" \t>-*+.)0123456789".contains(b)).count();
    let opening = line.as_bytes().get(..opening).unwrap_or_default();
    let quotes = opening.iter().filter(|b| **b == b'>').count();
    quotes + opening.windows(2).filter(|pair| b"-*+.)".contains(&pair[0]) && pair[1].is_ascii_whitespace()).count()
}

/// Markdown as safe HTML. Pictures become links, so that nothing is fetched from elsewhere by reading;
/// headings begin below those of the page.
pub fn markdown(text: &str) -> String {
    if text.lines().any(|line| depth(line) > DEEPEST) {
        return format!("<pre>{}</pre>", ammonia::clean_text(text));
    }
    let arena = Arena::new();
    let root = parse_document(&arena, text, &OPTIONS);
    for node in root.descendants() {
        let mut data = node.data_mut();
        let changed = match &mut data.value {
            NodeValue::Image(link) => Some(NodeValue::Link(std::mem::take(link))),
            NodeValue::Heading(heading) => {
                heading.level = (heading.level + 2).min(6);
                None
            }
            _ => None,
        };
        if let Some(value) = changed {
            data.value = value;
        }
    }
    let mut html = String::with_capacity(text.len() * 2);
    match format_html(root, &OPTIONS, &mut html) {
        Ok(()) => SAFE.clean(&html).to_string(),
        // Writing to a String fails only when memory does; the words are still shown.
        Err(_) => ammonia::clean_text(text),
    }
}

/// The first words of a message on one line, without its markup.
pub fn excerpt(text: &str, letters: usize) -> String {
    let plain = |line: &str| line.trim_start_matches(['#', '>', '-', '*', ' ', '\t']).replace(['*', '`', '_'], "");
    let words = text.lines().map(plain).collect::<Vec<_>>().join(" ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_with_marks_and_lines() {
        assert_eq!(markdown("**VPN** drops\nagain").trim(), "<p><strong>VPN</strong> drops<br>\nagain</p>");
        assert!(markdown("# Big\n\n- one").contains("<h3>Big</h3>"));
        assert!(markdown("| a | b |\n|---|--:|\n| 1 | 2 |").contains("<td align=\"right\">2</td>"));
        let link = markdown("see https://desk.example/kb");
        assert!(link.contains("<a href=\"https://desk.example/kb\" rel=\"noopener noreferrer nofollow\">"), "{link}");
    }

    #[test]
    fn nothing_that_acts_comes_through() {
        let nasty = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[a](javascript:alert(1))",
            "[a](data:text/html;base64,PHNjcmlwdD4=)",
            "![p](https://spy.example/p.png)",
            "<a href=\"x\" style=\"position:fixed\" onclick=\"x\">y</a>",
            "[a](https://x.example \"t\" onclick=\"x\")",
            "```\"><script>\n</script>\n```",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
        ];
        for text in nasty {
            let html = markdown(text);
            for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
                let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
                assert!(TAGS.contains(&name), "{text} gave {html}");
                assert!(!["style=", "onclick=", "javascript:", "data:"].iter().any(|bad| tag.contains(bad)), "{text} gave {html}");
            }
        }
        assert!(markdown("<b>router.conf</b>").contains("&lt;b&gt;"), "tags are shown as they were typed");
        assert!(markdown("![plan](https://spy.example/p.png)").contains(">plan</a>"), "a picture is a link");
    }

    #[test]
    fn hostile_nesting_costs_little() {
        for part in [">", "> ", "- ", "1. ", "[", "**a ", "![a](", "`", "|a", "<a ", "\\"] {
            let text = part.repeat(100_000 / part.len());
            let begin = std::time::Instant::now();
            markdown(&format!("{text}x"));
            assert!(begin.elapsed().as_secs() < 5, "{part}: {:?}", begin.elapsed());
        }
        assert!(markdown(&"-".repeat(200)).contains("<hr>"), "a long line is a line");
        assert_eq!(markdown(&format!("{}x", ">".repeat(51))), format!("<pre>{}x</pre>", "&gt;".repeat(51)));
    }

    #[test]
    fn an_excerpt_is_one_line_of_words() {
        assert_eq!(excerpt("## Hello\n\n> **which** floor?\n", 40), "Hello which floor?");
        assert_eq!(excerpt("абвгдежз", 3), "абв…");
    }
}
