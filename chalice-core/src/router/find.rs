//! The search for the resource of a raw path.

use super::{NONE, Resource, Router, fingerprint};
use crate::{
    bytes::{SEED, edge_key, equal, hash, position},
    path::{MAX_PLACEHOLDERS, MAX_SEGMENTS},
};

/// The parts of a path that placeholders matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Captures {
    spans: [(u16, u16); MAX_PLACEHOLDERS],
    count: u8,
}

impl Captures {
    const NONE: Captures = Captures {
        spans: [(0, 0); MAX_PLACEHOLDERS],
        count: 0,
    };

    /// The captured parts of `path`, the one that was searched, in the order
    /// of the template's placeholders; as they stand in the path, not decoded.
    pub fn iter<'p>(&self, path: &'p str) -> impl Iterator<Item = &'p str> {
        self.spans[..self.count as usize]
            .iter()
            .map(move |&(start, end)| path.get(start as usize..end as usize).unwrap_or_default())
    }

    fn push(&mut self, start: usize, end: usize) {
        self.spans[self.count as usize] = (start as u16, end as u16);
        self.count += 1;
    }
}

/// A place where the search can go on when what it tried first leads nowhere.
#[derive(Clone, Copy)]
struct Choice {
    node: u16,
    start: u16,
    captures: u8,
    /// Whether the node's placeholder has been tried as well, not only its literals.
    placeholder_tried: bool,
}

impl Router {
    /// The resource that answers `path`, and what its placeholders match.
    ///
    /// `path` is matched as it is, neither decoded nor normalised; whoever
    /// wants `/users/` to be `/users` strips the slash before
    /// ([`without_trailing_slash`](crate::path::without_trailing_slash)).
    pub fn find(&self, path: &str) -> Option<(Resource, Captures)> {
        let bytes = path.as_bytes();
        // API Gateway takes URLs of up to 10,240 bytes; spans are `u16`.
        if bytes.first() != Some(&b'/') || bytes.len() >= u16::MAX as usize {
            return None;
        }
        let mut captures = Captures::NONE;
        // A path through the trie passes a node once per segment, so this is enough.
        let mut choices = [Choice {
            node: 0,
            start: 0,
            captures: 0,
            placeholder_tried: false,
        }; MAX_SEGMENTS];
        let mut open = 0;
        let mut node = 0u16;
        // Where the segment at hand starts; past the end when there is none left.
        let mut start = if bytes.len() == 1 { 2 } else { 1 };
        let mut literals = true;
        let mut placeholder = true;
        loop {
            let here = &self.nodes[node as usize];
            let mut stuck = true;
            if start > bytes.len() {
                if here.leaf != NONE {
                    return Some((self.at_leaf(here.leaf), captures));
                }
            } else {
                let end = position(bytes, b'/', start);
                let can_take_placeholder = placeholder && here.placeholder != NONE && end > start;
                let can_take_greedy = here.greedy != NONE && start < bytes.len();
                let literal = if literals && here.literals > 0 {
                    self.edge(node, &bytes[start..end])
                } else {
                    NONE
                };
                if literal != NONE {
                    if can_take_placeholder || can_take_greedy {
                        choices[open] = Choice {
                            node,
                            start: start as u16,
                            captures: captures.count,
                            placeholder_tried: false,
                        };
                        open += 1;
                    }
                    (node, start, stuck) = (literal, end + 1, false);
                } else if can_take_placeholder {
                    if can_take_greedy {
                        choices[open] = Choice {
                            node,
                            start: start as u16,
                            captures: captures.count,
                            placeholder_tried: true,
                        };
                        open += 1;
                    }
                    captures.push(start, end);
                    (node, start, stuck) = (here.placeholder, end + 1, false);
                } else if can_take_greedy {
                    captures.push(start, bytes.len());
                    let leaf = self.nodes[here.greedy as usize].leaf;
                    return Some((self.at_leaf(leaf), captures));
                }
            }
            (literals, placeholder) = (true, true);
            if stuck {
                open = open.checked_sub(1)?;
                let choice = choices[open];
                (node, start, captures.count) =
                    (choice.node, choice.start as usize, choice.captures);
                (literals, placeholder) = (false, !choice.placeholder_tried);
            }
        }
    }

    fn at_leaf(&self, leaf: u16) -> Resource {
        Resource {
            leaf: self.leaves[leaf as usize],
        }
    }

    /// The node that the literal `segment` leads to from `node`.
    fn edge(&self, node: u16, segment: &[u8]) -> u16 {
        let key = edge_key(node, hash(SEED, segment));
        let mask = self.edges.len() - 1;
        let mut at = key as usize & mask;
        loop {
            let edge = &self.edges[at];
            if edge.child == NONE {
                return NONE;
            }
            if edge.fingerprint == fingerprint(key)
                && edge.parent == node
                && equal(self.pool_at(edge.offset, edge.length), segment)
            {
                return edge.child;
            }
            at = (at + 1) & mask;
        }
    }
}
