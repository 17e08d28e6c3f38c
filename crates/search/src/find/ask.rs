//! What is asked for: words, phrases and filters as one condition.

use access::Object;
use db::Rd;
use kernel::{Error, Result, fold};
use query::{Context, Expr, FieldTerm, Node, Plan, Query, Span};
use ticket::Frame;
use ticket::fields::INNER;

use crate::store::tree;
use crate::text::layout;
use crate::text::leaf::Leaf;
use crate::{Kind, scope};

/// Words of a question of which one may be left out.
const MANY_WORDS: std::ops::RangeInclusive<usize> = 3..=10;

/// A question.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// As typed: words, `"a phrase"`, `-without`, and filters such as `team:l1`.
    pub text: String,
    /// None: all kinds.
    pub kinds: Vec<Kind>,
    /// Hits of a page.
    pub limit: usize,
    /// Of the page before.
    pub cursor: Option<String>,
    /// It is still being typed: the last word may go on.
    pub prefix: bool,
    /// Numbers are wanted. They are given when the index has seen everything; see
    /// [`crate::Search::settle`].
    pub counts: bool,
}

/// A condition on records; a leaf is a term by its place in the list of terms.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    All(Vec<Wanted>),
    Any(Vec<Wanted>),
    Not(Box<Wanted>),
    Leaf(usize),
    Filter(Box<Filter>),
}

/// A condition on the fields of a ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// For the database.
    pub node: Node,
    /// The same for the index: branches of trees are resolved.
    pub resolved: Node,
}

/// A question that is understood.
#[derive(Debug, Clone)]
pub struct Question {
    pub wanted: Wanted,
    pub leaves: Vec<Leaf>,
    /// Kinds that are looked for: filters are of tickets only.
    pub kinds: Vec<Kind>,
    /// Columns, from most weight; the second says whether the greatest comes first. Empty: by rank.
    pub sort: Vec<(String, bool)>,
    pub filters: bool,
    /// It asks for fields that only the desk reads: it finds tickets whose inner side the actor sees.
    pub inner_only: bool,
}

/// Terms of a question: each is looked for in every field of every record.
const MOST_TERMS: usize = 24;

/// Understands a question.
///
/// # Errors
/// Invalid in field `q`, with each place that is wrong, or when it has too many words; a question that
/// is still being typed is forgiven.
pub fn understand(rd: &mut Rd<'_>, frame: Frame<'_>, ask: &Ask) -> Result<Question> {
    let table = frame.desk.fields(rd)?;
    let hidden = frame.actor.hidden(Object::Ticket);
    let outer = table.visible(hidden.iter().copied().chain(INNER.iter().copied()));
    let fields = if scope::inner(frame.actor).is_nothing() { outer.clone() } else { table.visible(hidden) };
    let parsed = match fields.parse_search(&ask.text) {
        Ok(query) if terms(&query.filter) <= MOST_TERMS => query,
        Ok(_) | Err(_) if ask.prefix => words_only(&ask.text),
        Ok(_) => return Err(Error::invalid("q", "error-search-many-words").field_arg("max", MOST_TERMS)),
        Err(error) => return Err(query::into_kernel("q", vec![error])),
    };
    let refs = ticket::list::look_up(rd, frame.actor, fields.references(&parsed))?;
    let mut context = Context::new(frame.act.now, &frame.actor.time_zone, &refs);
    if let Some(person) = frame.actor.person {
        context = context.actor(person, &frame.actor.who.teams);
    }
    let plan = |query: &Query| -> Result<Plan> { fields.compile(query, &context).map_err(|errors| query::into_kernel("q", errors)) };
    // A filter that only fields of everybody make needs no more than the right to see.
    let inner_only = !scope::sees_inner_everywhere(frame.actor) && outer.compile(&parsed, &context).is_err();
    let end = ask.text.trim_end().len();
    let typing = ask.prefix && end == ask.text.len();
    let mut reading = Reading { rd, plan: &plan, leaves: Vec::new(), filters: false, last: typing.then_some(end) };
    let wanted = reading.condition(&parsed.filter)?;
    let mut sort = Vec::new();
    if !parsed.sort.is_empty() {
        let sorted = plan(&Query { filter: Expr::everything(), sort: parsed.sort.clone() })?;
        sort = sorted.sort.into_iter().map(|key| (key.column.into_owned(), key.descending)).collect();
    }
    let asked = if ask.kinds.is_empty() { Kind::ALL.to_vec() } else { ask.kinds.clone() };
    let of_tickets = reading.filters || !sort.is_empty();
    let kinds = asked.into_iter().filter(|kind| !of_tickets || *kind == Kind::Ticket).collect();
    Ok(Question { wanted, leaves: reading.leaves, kinds, sort, filters: reading.filters, inner_only })
}

/// How many texts are looked for.
fn terms(expr: &Expr) -> usize {
    match expr {
        Expr::And { of, .. } | Expr::Or { of, .. } => of.iter().map(terms).sum(),
        Expr::Not { of, .. } => terms(of),
        Expr::Text { .. } => 1,
        Expr::Field(_) => 0,
    }
}

/// The first words of a text that breaks the grammar or is too long.
fn words_only(text: &str) -> Query {
    let plain = text.replace(['"', '(', ')', '|'], " ");
    let mut at = 0;
    let mut items = Vec::new();
    for word in plain.split_whitespace().take(MOST_TERMS) {
        let start = plain.get(at..).and_then(|rest| rest.find(word)).map_or(at, |found| at + found);
        at = start + word.len();
        items.push(Expr::Text { text: word.to_owned(), span: Span::new(start, at) });
    }
    Query { filter: Expr::and(items, Span::default()), sort: Vec::new() }
}

struct Reading<'a, 'c> {
    rd: &'a mut Rd<'c>,
    plan: &'a dyn Fn(&Query) -> Result<Plan>,
    leaves: Vec<Leaf>,
    filters: bool,
    /// Where the word ends that is still being typed.
    last: Option<usize>,
}

impl Reading<'_, '_> {
    fn condition(&mut self, expr: &Expr) -> Result<Wanted> {
        Ok(match expr {
            Expr::And { of, .. } => self.all(of)?,
            Expr::Or { of, .. } => Wanted::Any(of.iter().map(|item| self.condition(item)).collect::<Result<_>>()?),
            Expr::Not { of, .. } => Wanted::Not(Box::new(self.condition(of)?)),
            Expr::Text { text, span } => self.leaf(text, *span),
            Expr::Field(term) => self.filter(term)?,
        })
    }

    /// Groups of digits one after the other are also read as one phone number.
    fn all(&mut self, of: &[Expr]) -> Result<Wanted> {
        let mut all = Vec::new();
        let mut rest = of;
        while let Some((first, others)) = rest.split_first() {
            let run = rest.iter().take_while(|item| is_digits(item)).count();
            if run > 1 {
                let (digits, after) = rest.split_at(run);
                rest = after;
                all.push(self.digits(digits)?);
                continue;
            }
            all.push(self.condition(first)?);
            rest = others;
        }
        // A term that holds nothing to look for is no condition.
        all.retain(|wanted| *wanted != Wanted::All(Vec::new()));
        Ok(if all.len() == 1 { all.remove(0) } else { Wanted::All(all) })
    }

    fn digits(&mut self, of: &[Expr]) -> Result<Wanted> {
        let text: Vec<&str> =
            of.iter().filter_map(|item| if let Expr::Text { text, .. } = item { Some(text.as_str()) } else { None }).collect();
        let whole = Leaf::phone(text.join(" "));
        let each = Wanted::All(of.iter().map(|item| self.condition(item)).collect::<Result<_>>()?);
        Ok(match whole {
            Some(leaf) => {
                self.leaves.push(leaf);
                Wanted::Any(vec![Wanted::Leaf(self.leaves.len() - 1), each])
            }
            None => each,
        })
    }

    fn leaf(&mut self, text: &str, span: Span) -> Wanted {
        match Leaf::of(text, self.last == Some(span.end)) {
            Some(leaf) => {
                self.leaves.push(leaf);
                Wanted::Leaf(self.leaves.len() - 1)
            }
            None => Wanted::All(Vec::new()),
        }
    }

    fn filter(&mut self, term: &FieldTerm) -> Result<Wanted> {
        self.filters = true;
        let plan = (self.plan)(&Query { filter: Expr::Field(term.clone()), sort: Vec::new() })?;
        let resolved = tree::resolved(self.rd, &plan.filter)?;
        Ok(Wanted::Filter(Box::new(Filter { node: plan.filter, resolved })))
    }
}

fn is_digits(item: &Expr) -> bool {
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '/');
    matches!(item, Expr::Text { text, .. } if text.chars().all(of_number) && text.contains(|c: char| c.is_ascii_digit()))
}

impl Question {
    /// Whether it holds no word: a list, not a search.
    pub fn is_wordless(&self) -> bool {
        self.leaves.is_empty()
    }

    /// The same question typed on the other keyboard, with what it then reads.
    pub fn on_other_keyboard(&self) -> Option<(Self, String)> {
        let mut changed = false;
        let moved: Vec<Leaf> = self
            .leaves
            .iter()
            .map(|leaf| match layout::other(&leaf.text).and_then(|text| Leaf::of(&text, leaf.prefix)) {
                Some(other) => {
                    changed = true;
                    other
                }
                None => leaf.clone(),
            })
            .collect();
        let text = moved.iter().map(|leaf| leaf.text.as_str()).collect::<Vec<_>>().join(" ");
        changed.then(|| (Self { leaves: moved, ..self.clone() }, text))
    }

    /// The same question with one of its words left out, whichever it is: what is asked in a sentence rarely
    /// stands in a ticket word by word. None when it has too few words for that, or too many.
    pub fn mostly(&self) -> Option<Self> {
        let Wanted::All(of) = &self.wanted else { return None };
        let (words, rest): (Vec<&Wanted>, Vec<&Wanted>) = of.iter().partition(|wanted| matches!(wanted, Wanted::Leaf(_)));
        if !MANY_WORDS.contains(&words.len()) {
            return None;
        }
        let without = |left: usize| {
            let others = words.iter().enumerate().filter(|(at, _)| *at != left).map(|(_, wanted)| (*wanted).clone());
            Wanted::All(others.collect())
        };
        let most = Wanted::Any((0..words.len()).map(without).collect());
        Some(Self { wanted: Wanted::All(rest.into_iter().cloned().chain([most]).collect()), ..self.clone() })
    }

    /// Whether a record answers, by which terms were found in it; filters were decided before.
    pub fn holds(&self, found: &dyn Fn(usize) -> bool) -> bool {
        holds(&self.wanted, found, true)
    }

    /// Whether it leaves out records by their words: then all texts of one must be read to know.
    pub fn excludes(&self) -> bool {
        negates(&self.wanted, false)
    }

    /// The filters as a condition for the database; terms let everything through.
    pub fn condition(&self) -> Option<Node> {
        open(&self.wanted, true)
    }
}

fn negates(wanted: &Wanted, under: bool) -> bool {
    match wanted {
        Wanted::All(of) | Wanted::Any(of) => of.iter().any(|w| negates(w, under)),
        Wanted::Not(of) => negates(of, true),
        Wanted::Leaf(_) => under,
        Wanted::Filter(_) => false,
    }
}

/// What is not known here lets through.
fn holds(wanted: &Wanted, found: &dyn Fn(usize) -> bool, unknown: bool) -> bool {
    match wanted {
        Wanted::All(of) => of.iter().all(|w| holds(w, found, unknown)),
        Wanted::Any(of) => of.iter().any(|w| holds(w, found, unknown)),
        Wanted::Not(of) => !holds(of, found, !unknown),
        Wanted::Leaf(leaf) => found(*leaf),
        Wanted::Filter(_) => unknown,
    }
}

/// A condition that every answer meets; none when that is no condition.
fn open(wanted: &Wanted, positive: bool) -> Option<Node> {
    match wanted {
        Wanted::Leaf(_) => None,
        Wanted::Filter(filter) => Some(filter.node.clone()),
        Wanted::Not(of) => open(of, !positive).map(negated),
        Wanted::All(of) if positive => grouped(of.iter().filter_map(|w| open(w, positive)).collect(), Node::All),
        Wanted::Any(of) if !positive => grouped(of.iter().filter_map(|w| open(w, positive)).collect(), Node::Any),
        Wanted::All(of) | Wanted::Any(of) => {
            let all: Option<Vec<Node>> = of.iter().map(|w| open(w, positive)).collect();
            let group = if matches!(wanted, Wanted::All(_)) { Node::All } else { Node::Any };
            all.and_then(|nodes| grouped(nodes, group))
        }
    }
}

fn negated(node: Node) -> Node {
    match node {
        Node::Not(inner) => *inner,
        Node::Literal(truth) => Node::Literal(!truth),
        other => Node::Not(Box::new(other)),
    }
}

fn grouped(mut nodes: Vec<Node>, group: impl FnOnce(Vec<Node>) -> Node) -> Option<Node> {
    match nodes.len() {
        0 => None,
        1 => nodes.pop(),
        _ => Some(group(nodes)),
    }
}

/// The text with a word of it replaced: what was meant instead of a typing error.
pub fn replaced(text: &str, wrong: &str, right: &str) -> String {
    let fits = |word: &str| fold(word) == fold(wrong);
    text.split(' ').map(|word| if fits(word) { right } else { word }).collect::<Vec<_>>().join(" ")
}
