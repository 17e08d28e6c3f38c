//! Trees as paths: `/1/5/` holds the ids from the root down, so a subtree is one range of an index.

use kernel::{Error, Result};

/// Levels of a tree at most.
pub const MAX_DEPTH: usize = 32;

/// Nodes that one move may carry: one statement, yet it holds the writer.
pub const MAX_MOVE: usize = 2000;

/// The path of a new node below `parent` (none: a root).
///
/// # Errors
/// The tree would be deeper than [`MAX_DEPTH`].
pub fn path_below(parent: Option<&str>, id: i64) -> Result<String> {
    let path = format!("{}{id}/", parent.unwrap_or("/"));
    if depth(&path) > MAX_DEPTH {
        return Err(Error::invalid("parent", "error-tree-deep").field_arg("max", MAX_DEPTH));
    }
    Ok(path)
}

/// Levels from the root: 1 for a root.
pub fn depth(path: &str) -> usize {
    ids(path).count()
}

/// The ids from the root down to the node itself.
pub fn ids(path: &str) -> impl Iterator<Item = i64> + '_ {
    path.split('/').filter_map(|part| part.parse().ok())
}

/// Whether `path` is `ancestor` or lies below it.
pub fn is_within(path: &str, ancestor: &str) -> bool {
    path.starts_with(ancestor)
}

/// The range `[from, to)` of all paths of a subtree.
pub fn range(path: &str) -> (String, String) {
    let stem = path.strip_suffix('/').unwrap_or(path);
    // '0' is the letter after '/', and ids are digits and slashes only.
    (format!("{stem}/"), format!("{stem}0"))
}

/// The new path of a node that moves below another.
///
/// # Errors
/// It would stand below itself, in another tenant, or too deep.
pub fn moved(path: &str, id: i64, tenant: i64, parent: Option<(&str, i64)>) -> Result<String> {
    if let Some((parent_path, parent_tenant)) = parent {
        if parent_tenant != tenant {
            return Err(Error::invalid("parent", "error-tree-tenant"));
        }
        if is_within(parent_path, path) {
            return Err(Error::invalid("parent", "error-tree-cycle"));
        }
    }
    path_below(parent.map(|(path, _)| path), id)
}

/// # Errors
/// More than [`MAX_MOVE`] nodes would move at once.
pub fn movable(nodes: usize) -> Result<()> {
    if nodes > MAX_MOVE {
        return Err(Error::invalid("parent", "error-tree-large").field_arg("max", MAX_MOVE));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subtree_is_one_range_and_nothing_else_is_in_it() {
        let (from, to) = range("/1/5/");
        for inside in ["/1/5/", "/1/5/9/", "/1/5/999999/3/"] {
            assert!((from.as_str()..to.as_str()).contains(&inside), "{inside}");
        }
        for outside in ["/1/", "/1/50/", "/1/6/", "/1/4/5/", "/5/"] {
            assert!(!(from.as_str()..to.as_str()).contains(&outside), "{outside}");
        }
    }

    #[test]
    fn a_node_moves_neither_below_itself_nor_to_another_tenant() {
        assert_eq!(moved("/1/5/", 5, 1, Some(("/1/7/", 1))).unwrap(), "/1/7/5/");
        assert_eq!(moved("/1/5/", 5, 1, Some(("/1/5/9/", 1))).unwrap_err().fields()[0].code, "error-tree-cycle");
        assert_eq!(moved("/1/5/", 5, 1, Some(("/2/", 2))).unwrap_err().fields()[0].code, "error-tree-tenant");
        assert_eq!(ids("/1/50/7/").collect::<Vec<_>>(), [1, 50, 7]);
    }
}
