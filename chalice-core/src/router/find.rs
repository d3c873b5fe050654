//! The search for the resource of a raw path.

use std::ops::ControlFlow;

use super::{
    NONE, Node, Resource, Router,
    segment::{Path, Segment, edge_key, edge_slot},
};
use crate::{bytes::equal, path::MAX_PLACEHOLDERS};

/// The parts of a path that placeholders matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Captures {
    spans: [(u16, u16); MAX_PLACEHOLDERS],
    count: u8,
}

impl Captures {
    /// No part.
    pub const NONE: Captures = Captures {
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

    #[inline(always)]
    fn push(&mut self, start: usize, length: usize) {
        self.spans[self.count as usize] = (start as u16, (start + length) as u16);
        self.count += 1;
    }
}

impl Router {
    /// The resource that answers `path`. What its placeholders match is added to `captures`,
    /// which have to be [`Captures::NONE`] before; without a resource they mean nothing.
    ///
    /// `path` is matched as it is, neither decoded nor normalised; whoever
    /// wants `/users/` to be `/users` strips the slash before
    /// ([`without_trailing_slash`](crate::path::without_trailing_slash)).
    // Inlined where the tables are known, so that their places and sizes are constants. An app
    // has one such place.
    #[inline(always)]
    pub fn find(&self, path: &str, captures: &mut Captures) -> Option<Resource> {
        let bytes = path.as_bytes();
        // API Gateway takes URLs of up to 10,240 bytes; spans are `u16`. One comparison for what is too long and
        // for what has no segment.
        if bytes.len().wrapping_sub(2) >= u16::MAX as usize - 2 {
            return match bytes {
                b"/" => self.at(self.nodes[0].leaf),
                _ => None,
            };
        }
        let (b'/', rest) = bytes.split_first()? else {
            return None;
        };
        let path = Path::new(bytes);
        // Of the root, it is known here what leads away from it.
        let leaf = match self.step(path, 0, rest, captures) {
            ControlFlow::Continue((node, rest)) => self.descend(path, node, rest, captures),
            ControlFlow::Break(leaf) => leaf,
        };
        self.at(leaf)
    }

    /// The resource of a leaf, or of `NONE`.
    #[inline(always)]
    fn at(&self, leaf: u16) -> Option<Resource> {
        match leaf {
            NONE => None,
            leaf => Some(Resource {
                leaf: self.leaves[leaf as usize],
            }),
        }
    }

    /// The leaf that `rest`, the end of `path`, leads to from `node`, or `NONE`.
    #[inline(always)]
    fn descend(
        &self,
        path: Path<'_>,
        mut node: usize,
        mut rest: &[u8],
        captures: &mut Captures,
    ) -> u16 {
        loop {
            match self.step(path, node, rest, captures) {
                ControlFlow::Continue(next) => (node, rest) = next,
                ControlFlow::Break(leaf) => return leaf,
            }
        }
    }

    /// Takes the segment at the start of `rest`, the end of `path`: the node to which it leads from `node`, and what is
    /// left of the path; or the leaf where the search ends, or `NONE`.
    #[inline(always)]
    fn step<'p>(
        &self,
        path: Path<'_>,
        node: usize,
        rest: &'p [u8],
        captures: &mut Captures,
    ) -> ControlFlow<u16, (usize, &'p [u8])> {
        let here = &self.nodes[node];
        let (segment, literal) = match path.segment(rest) {
            Ok(segment) => (segment, self.literal::<false>(here, node, segment, rest)),
            Err(word) => {
                let segment = path.long_segment(rest, word);
                (segment, self.literal::<true>(here, node, segment, rest))
            }
        };
        let next = match literal {
            Some(literal) if here.others == [NONE; 2] => literal,
            None if here.others == [NONE; 2] => return ControlFlow::Break(NONE),
            None if here.others[1] == NONE && segment.length > 0 => {
                captures.push(path.bytes.len() - rest.len(), segment.length);
                here.others[0]
            }
            literal => {
                // A router of its own, so that the other is not needed in memory.
                let router = Router {
                    nodes: self.nodes,
                    edges: self.edges,
                    leaves: self.leaves,
                    exact: self.exact,
                    slots: self.slots,
                    pool: self.pool,
                };
                let ways = [literal.unwrap_or(NONE), here.others[0], here.others[1]];
                let leaf = router.choose(path, ways, rest, segment.length, captures);
                return ControlFlow::Break(leaf);
            }
        };
        match rest.get(segment.length + 1..) {
            None => ControlFlow::Break(self.nodes[next as usize].leaf),
            Some(after) => ControlFlow::Continue((next as usize, after)),
        }
    }

    /// The same at a node with several ways on: the nodes to which the literal, the placeholder
    /// and the greedy placeholder lead, `NONE` for those that are missing. `length` is that of the
    /// segment at the start of `rest`.
    #[inline(never)]
    fn choose(
        &self,
        path: Path<'_>,
        [literal, placeholder, greedy]: [u16; 3],
        rest: &[u8],
        length: usize,
        captures: &mut Captures,
    ) -> u16 {
        let start = path.bytes.len() - rest.len();
        let count = captures.count;
        for next in [literal, placeholder] {
            if next == NONE || length == 0 {
                continue;
            }
            if next == placeholder {
                captures.push(start, length);
            }
            let leaf = match rest.get(length + 1..) {
                None => self.nodes[next as usize].leaf,
                Some(after) => self.descend(path, next as usize, after, captures),
            };
            if leaf != NONE {
                return leaf;
            }
            captures.count = count;
        }
        if greedy == NONE || rest.is_empty() {
            return NONE;
        }
        captures.push(start, rest.len());
        self.nodes[greedy as usize].leaf
    }

    /// The node to which the literal at the start of `rest` leads from `here`, whose number is
    /// `node`.
    #[inline(always)]
    fn literal<const IS_LONG: bool>(
        &self,
        here: &Node,
        node: usize,
        segment: Segment,
        rest: &[u8],
    ) -> Option<u16> {
        if here.literals == 0 {
            return None;
        }
        let key = edge_key(node, segment.word);
        let mask = self.edges.len() - 1;
        let mut at = edge_slot(key, self.edges.len());
        loop {
            let edge = &self.edges[at];
            // No two short segments have the same hash, nor have a short and a long one.
            if edge.key == key
                && edge.parent == node as u16
                && (!IS_LONG || self.is_literal(edge.text, &rest[..segment.length]))
            {
                return Some(edge.child);
            }
            if edge.child == NONE {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    /// Whether the literal at `start` of the pool is `segment`.
    #[inline(always)]
    fn is_literal(&self, start: u32, segment: &[u8]) -> bool {
        let start = start as usize;
        let end = start + segment.len();
        // Templates, which stand one after the other, begin with a slash.
        matches!(self.pool.get(end), None | Some(b'/'))
            && self
                .pool
                .get(start..end)
                .is_some_and(|text| equal(text, segment))
    }
}
