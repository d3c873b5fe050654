//! The paths of an API, as a tree of segments: a search looks at the segments of the path that is asked
//! for, and not at all paths that there are.

use std::collections::HashMap;

use chalice_core::path::{Match, PathPattern, Segment, best_match};

/// The paths of an API.
#[derive(Clone, Debug)]
pub(crate) struct PathTree {
    patterns: Vec<PathPattern>,
    /// The first is the root.
    nodes: Vec<Node>,
}

/// Where the segments of a path lead to.
#[derive(Clone, Debug, Default)]
struct Node {
    literals: HashMap<String, usize>,
    placeholder: Option<usize>,
    /// The pattern whose greedy placeholder takes what is left.
    greedy: Option<usize>,
    /// The pattern that ends here.
    end: Option<usize>,
}

impl Default for PathTree {
    fn default() -> PathTree {
        PathTree {
            patterns: Vec::new(),
            nodes: vec![Node::default()],
        }
    }
}

impl PathTree {
    /// Adds a path. Its number is how many there were before.
    pub(crate) fn add(&mut self, pattern: PathPattern) {
        let index = self.patterns.len();
        let mut at = 0;
        let mut is_greedy = false;
        for segment in pattern.segments() {
            let next = self.nodes.len();
            let node = &mut self.nodes[at];
            at = match segment {
                Segment::Literal(text) => *node.literals.entry(text.clone()).or_insert(next),
                Segment::Parameter(_) => *node.placeholder.get_or_insert(next),
                // It is the last one.
                Segment::Greedy(_) => {
                    is_greedy = true;
                    break;
                }
            };
            if at == next {
                self.nodes.push(Node::default());
            }
        }
        let node = &mut self.nodes[at];
        let place = match is_greedy {
            true => &mut node.greedy,
            false => &mut node.end,
        };
        // Of equals, the first.
        place.get_or_insert(index);
        self.patterns.push(pattern);
    }

    /// The path that API Gateway chooses, as [`best_match`] defines it.
    pub(crate) fn best_match(&self, path: &str) -> Option<Match> {
        let rest = path.strip_prefix('/')?;
        let index = self.find(0, Some(rest).filter(|rest| !rest.is_empty()))?;
        let found = best_match(self.patterns.get(index), path)?;
        Some(Match { index, ..found })
    }

    /// What matches below a node; `rest` is nothing behind the last segment. Each node is reached by one
    /// way only, so a search looks at each of them once at most.
    fn find(&self, node: usize, rest: Option<&str>) -> Option<usize> {
        let node = &self.nodes[node];
        let Some(rest) = rest else {
            return node.end;
        };
        let (segment, after) = match rest.split_once('/') {
            Some((segment, after)) => (segment, Some(after)),
            None => (rest, None),
        };
        let literal = node.literals.get(segment);
        let placeholder = node.placeholder.filter(|_| !segment.is_empty());
        literal
            .and_then(|node| self.find(*node, after))
            .or_else(|| placeholder.and_then(|node| self.find(node, after)))
            .or_else(|| node.greedy.filter(|_| !rest.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn path() -> impl Strategy<Value = String> {
        let segment = prop_oneof![Just("a"), Just("b"), Just("<x>"), Just("<y>")];
        let end = prop_oneof![Just(""), Just("/<rest..>")];
        (prop::collection::vec(segment, 0..4), end).prop_map(|(segments, end)| {
            match segments.join("/") + end {
                path if path.starts_with('/') => path,
                path => format!("/{path}"),
            }
        })
    }

    proptest! {
        #[test]
        fn finds_what_matching_by_definition_finds(
            paths in prop::collection::vec(path(), 0..12),
            wanted in prop::collection::vec("(/[ab]{0,2}){0,6}/?", 1..40),
        ) {
            let parsed = paths.iter().filter_map(|path| PathPattern::parse(path).ok());
            let patterns: Vec<PathPattern> = parsed.collect();
            let mut tree = PathTree::default();
            for pattern in &patterns {
                tree.add(pattern.clone());
            }
            for path in &wanted {
                prop_assert_eq!(tree.best_match(path), best_match(&patterns, path), "{} among {:?}", path, patterns);
            }
        }
    }

    #[test]
    fn nothing_matches_without_paths() {
        assert_eq!(PathTree::default().best_match("/"), None);
        assert_eq!(PathTree::default().best_match(""), None);
    }
}
