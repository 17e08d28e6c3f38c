//! A graph of states as a drawing: columns by category, an arrow for each step. Pure: kinds in, places
//! out.

use ticket::{Category, KindDef};

const WIDTH: i64 = 168;
const HEIGHT: i64 = 48;
const GAP_X: i64 = 96;
const GAP_Y: i64 = 40;
const EDGE: i64 = 24;
/// Letters of a label that fit into a box.
const LETTERS: usize = 20;

/// A state as a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub key: String,
    /// As it fits; the whole name is `name`.
    pub label: String,
    pub name: String,
    pub category: &'static str,
    pub x: i64,
    pub y: i64,
    /// New tickets begin here.
    pub initial: bool,
}

/// A step as a line with an arrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    pub name: String,
    /// The `d` of an SVG path.
    pub path: String,
}

/// The drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    pub width: i64,
    pub height: i64,
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
}

impl Node {
    pub const WIDTH: i64 = WIDTH;
    pub const HEIGHT: i64 = HEIGHT;
    pub fn middle_x(&self) -> i64 {
        self.x + WIDTH / 2
    }
    pub fn text_y(&self) -> i64 {
        self.y + HEIGHT / 2 + 5
    }
}

const fn column(category: Category) -> i64 {
    match category {
        Category::New => 0,
        Category::Active => 1,
        Category::Waiting | Category::Held => 2,
        Category::Resolved => 3,
        Category::Closed | Category::Cancelled => 4,
    }
}

/// Draws a kind in the reader's language.
pub fn draw(kind: &KindDef, lang: kernel::Lang) -> Drawing {
    let mut used: Vec<i64> = kind.states.iter().map(|s| column(s.category)).collect();
    used.sort_unstable();
    used.dedup();
    let mut filled = vec![0_i64; used.len()];
    let mut nodes = Vec::with_capacity(kind.states.len());
    for state in &kind.states {
        let place = used.iter().position(|c| *c == column(state.category)).unwrap_or(0);
        let row = filled[place];
        filled[place] += 1;
        let name = state.names.get(lang).to_owned();
        nodes.push(Node {
            key: state.key.clone(),
            label: short(&name),
            name,
            category: state.category.key(),
            x: EDGE + i64::try_from(place).unwrap_or(0) * (WIDTH + GAP_X),
            y: EDGE + row * (HEIGHT + GAP_Y),
            initial: state.key == kind.initial,
        });
    }
    let columns = i64::try_from(used.len()).unwrap_or(0);
    let rows = filled.iter().copied().max().unwrap_or(0);
    let at = |key: &str| nodes.iter().find(|n| n.key == key);
    let edge = |t: &ticket::TransitionDef| {
        let (from, to) = (at(&t.from)?, at(&t.to)?);
        Some(Edge { name: format!("{} → {}", from.name, to.name), path: path(from, to) })
    };
    Drawing {
        width: 2 * EDGE + columns * WIDTH + (columns - 1).max(0) * GAP_X + GAP_X / 2,
        height: 2 * EDGE + rows * HEIGHT + (rows - 1).max(0) * GAP_Y,
        edges: distinct(kind).into_iter().filter_map(edge).collect(),
        nodes,
    }
}

/// The steps, those that desk and requester take differently once.
fn distinct(kind: &KindDef) -> Vec<&ticket::TransitionDef> {
    let mut steps: Vec<&ticket::TransitionDef> = Vec::new();
    for step in &kind.transitions {
        if !steps.iter().any(|known| known.from == step.from && known.to == step.to) {
            steps.push(step);
        }
    }
    steps
}

fn short(name: &str) -> String {
    if name.chars().count() <= LETTERS { name.to_owned() } else { name.chars().take(LETTERS - 1).chain(['…']).collect() }
}

/// Forward from the right side to the left one, back the other way a little lower, within a column around
/// the right side: a step and its way back are two lines.
fn path(from: &Node, to: &Node) -> String {
    let (y1, y2) = (from.y + HEIGHT / 2, to.y + HEIGHT / 2);
    if from.x < to.x {
        let (x1, x2) = (from.x + WIDTH, to.x);
        format!("M {x1} {} C {} {} {} {} {x2} {}", y1 - 8, x1 + GAP_X / 2, y1 - 8, x2 - GAP_X / 2, y2 - 8, y2 - 8)
    } else if from.x > to.x {
        let (x1, x2) = (from.x, to.x + WIDTH);
        format!("M {x1} {} C {} {} {} {} {x2} {}", y1 + 8, x1 - GAP_X / 2, y1 + 8, x2 + GAP_X / 2, y2 + 8, y2 + 8)
    } else {
        let (x, bow) = (from.x + WIDTH, if from.y < to.y { GAP_X / 2 } else { GAP_X / 3 });
        format!("M {x} {y1} C {} {y1} {} {y2} {x} {y2}", x + bow, x + bow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;

    #[test]
    fn every_state_has_a_box_of_its_own_and_every_step_a_line() {
        let catalogue = ticket::Catalogue::delivered().expect("readable");
        for kind in catalogue.all_kinds() {
            let drawing = draw(kind, Lang::Ru);
            assert_eq!((drawing.nodes.len(), drawing.edges.len()), (kind.states.len(), distinct(kind).len()), "{}", kind.key);
            for (place, node) in drawing.nodes.iter().enumerate() {
                assert!(node.x >= 0 && node.x + WIDTH <= drawing.width && node.y + HEIGHT <= drawing.height, "{node:?}");
                assert!(!drawing.nodes[..place].iter().any(|n| (n.x, n.y) == (node.x, node.y)), "{node:?}");
            }
            assert_eq!(drawing.nodes.iter().filter(|n| n.initial).count(), 1);
        }
    }

    #[test]
    fn a_way_and_its_way_back_are_two_lines() {
        let catalogue = ticket::Catalogue::delivered().expect("readable");
        let drawing = draw(catalogue.kind(kernel::Id::new(0), "incident").expect("delivered"), Lang::En);
        let mut paths: Vec<&str> = drawing.edges.iter().map(|e| e.path.as_str()).collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), drawing.edges.len());
    }
}
