//! Builds the trie in const evaluation, and finds the conflicts between routes
//! on the way.
//!
//! What happens for each segment of each route is written out in one loop, even where a method
//! has a name for it, and its numbers are variables instead of fields: a call costs const
//! evaluation a frame, and a field a look-up in memory, which is far more than what they do. And
//! the loop has no const generics, whose values rustc would put into the types of all its variables,
//! in each frame again: it gets slices.

use super::{
    NONE,
    prefix::{moved_segments, prefix_conflict},
};
use crate::{
    conflict::{ConflictKind, Conflicts, Found},
    cors::CorsDef,
    definition::{HandlerKind, SegmentDef, SegmentKind},
    flatten::FlatHandler,
    method::MethodSet,
    path::MAX_SEGMENTS,
};

/// The trie while it grows, with what its final tables need to know. It never
/// reaches the binary.
#[derive(Clone, Copy)]
pub struct Build<const NODES: usize, const EDGES: usize, const HANDLERS: usize> {
    pub(super) nodes: [BuildNode; NODES],
    pub(super) edges: [BuildEdge; EDGES],
    /// Links the handlers of one leaf.
    pub(super) next: [u16; HANDLERS],
    /// How many nodes there are.
    pub node_count: usize,
    /// How many literal segments there are.
    pub edge_count: usize,
    /// How many resources there are.
    pub leaf_count: usize,
    /// How many pairs of resource and method there are.
    pub slot_count: usize,
    /// How many bytes the resources' path templates have.
    pub pool_bytes: usize,
}

/// [`Build`]'s numbers.
struct Counts {
    nodes: usize,
    edges: usize,
    leaves: usize,
    slots: usize,
    pool_bytes: usize,
}

#[derive(Clone, Copy)]
pub(super) struct BuildNode {
    pub(super) placeholder: u16,
    pub(super) greedy: u16,
    /// How many literal segments begin here.
    pub(super) literals: u16,
    pub(super) methods: MethodSet,
    /// The handlers of this leaf, linked by `Build::next`, the newest first.
    pub(super) newest: u16,
    /// The first of them, whose path stands for all.
    pub(super) oldest: u16,
    /// The first of them with CORS settings, once there are two.
    cors: u16,
    /// The handler that named the placeholder below this node, and its segment.
    named_by: u16,
    name: SegmentDef,
}

#[derive(Clone, Copy)]
pub(super) struct BuildEdge {
    pub(super) key: u64,
    pub(super) parent: u16,
    pub(super) child: u16,
    /// The handler whose path has the segment.
    pub(super) handler: u16,
    pub(super) segment: SegmentDef,
}

pub(super) const NO_SEGMENT: SegmentDef = SegmentDef::new(SegmentKind::Literal, 0, 0, 0);

const NODE: BuildNode = BuildNode {
    placeholder: NONE,
    greedy: NONE,
    literals: 0,
    methods: MethodSet::EMPTY,
    newest: NONE,
    oldest: NONE,
    cors: NONE,
    named_by: NONE,
    name: NO_SEGMENT,
};

const EDGE: BuildEdge = BuildEdge {
    key: 0,
    parent: NONE,
    child: NONE,
    handler: NONE,
    segment: NO_SEGMENT,
};

/// How many nodes the trie of `handlers` has at most.
pub const fn max_nodes(handlers: &[FlatHandler]) -> usize {
    let (mut nodes, mut at) = (1, 0);
    let count = handlers.len();
    while at < count {
        let handler = &handlers[at];
        if let HandlerKind::Route(route) = &handler.def.kind {
            nodes += handler.prefix.segments + route.segments.len();
        }
        at += 1;
    }
    nodes
}

/// How many slots the growing trie's table of literal segments has, for at most `nodes` nodes.
pub const fn edge_slots(nodes: usize) -> usize {
    super::power_of_two(nodes * 2)
}

/// Builds the trie of `handlers` and adds the conflicts between them to
/// `conflicts`. `cors` are the settings of the routes that have none of their own.
///
/// # Panics
///
/// When the app has more handlers, path segments or pairs of path and method
/// than the tables can number: a compile error at the app.
pub const fn build<
    const NODES: usize,
    const EDGES: usize,
    const HANDLERS: usize,
    const CAPACITY: usize,
>(
    handlers: &[FlatHandler],
    cors: &Option<CorsDef>,
    conflicts: &mut Conflicts<CAPACITY>,
) -> Build<NODES, EDGES, HANDLERS> {
    assert_numbered(NODES, HANDLERS, 0);
    let mut nodes = [NODE; NODES];
    let mut edges = [EDGE; EDGES];
    let mut next = [NONE; HANDLERS];
    let found = &mut conflicts.found();
    let counts = grow(&mut nodes, &mut edges, &mut next, handlers, cors, found);
    assert_numbered(NODES, HANDLERS, counts.slots);
    Build {
        nodes,
        edges,
        next,
        node_count: counts.nodes,
        edge_count: counts.edges,
        leaf_count: counts.leaves,
        slot_count: counts.slots,
        pool_bytes: counts.pool_bytes,
    }
}

/// Tables number everything by 16 bits; a number that does not fit would
/// silently become that of another handler.
const fn assert_numbered(nodes: usize, handlers: usize, slots: usize) {
    const MAX: usize = NONE as usize;
    assert!(
        nodes < MAX && handlers < MAX && slots < MAX,
        "an app has at most 65,534 handlers, as many path segments in total, and as many pairs of path and method"
    );
}

/// Adds the routes of `handlers` to the empty trie that is `nodes`, `edges` and `next`.
const fn grow(
    nodes: &mut [BuildNode],
    edges: &mut [BuildEdge],
    next: &mut [u16],
    handlers: &[FlatHandler],
    cors: &Option<CorsDef>,
    conflicts: &mut Found<'_>,
) -> Counts {
    let mask = edges.len() - 1;
    let (mut node_count, mut edge_count) = (1, 0);
    let (mut leaf_count, mut slot_count, mut pool_bytes) = (0, 0, 0);
    // The segments of the last path without a prefix, if they led to nodes without a conflict,
    // and those nodes. Neighbours in a list of handlers share most of their path, and comparing
    // a segment takes const evaluation far fewer steps than looking it up.
    let mut trail: &[[u64; 2]] = &[];
    let mut trail_nodes = [0u16; MAX_SEGMENTS];
    let mut with_prefix = [[0; 2]; MAX_SEGMENTS];
    let count = handlers.len();
    let mut at = 0;
    while at < count {
        let handler = &handlers[at];
        let HandlerKind::Route(route) = &handler.def.kind else {
            at += 1;
            continue;
        };
        let is_moved = handler.prefix.bytes > 0;
        let mut rest = route.segments;
        let (mut node, mut depth) = (0, 0);
        // The place of the last segment.
        let mut last = 0;
        if is_moved {
            if let Some(kind) = prefix_conflict(handler, route) {
                conflicts.push(at, at, kind);
                at += 1;
                continue;
            }
            rest = moved_segments(handler, route, &mut with_prefix);
        } else {
            let mut known = trail;
            while let [[hash, place], ref after @ ..] = *rest
                && let [[known_hash, known_place], ref known_after @ ..] = *known
                && hash == known_hash
                && place == known_place
            {
                (rest, known) = (after, known_after);
                last = place;
                depth += 1;
            }
            if depth > 0 {
                node = trail_nodes[depth - 1] as usize;
            }
            trail = route.segments;
        }
        let mut is_followed = true;
        while let [[hash, place], ref after @ ..] = *rest {
            last = place;
            rest = after;
            let kind = place >> 32;
            if kind == SegmentDef::LITERAL {
                // An odd factor: nodes with the same segment have different places in the table.
                let key = hash ^ (node as u64 * 9);
                let mut slot = key as usize & mask;
                loop {
                    let edge = &mut edges[slot];
                    if edge.child == NONE {
                        *edge = BuildEdge {
                            key,
                            parent: node as u16,
                            child: node_count as u16,
                            handler: at as u16,
                            segment: SegmentDef { hash, place },
                        };
                        nodes[node].literals += 1;
                        edge_count += 1;
                        node = node_count;
                        node_count += 1;
                        break;
                    }
                    if edge.key == key
                        && edge.parent == node as u16
                        && same(edge.segment, SegmentDef { hash, place })
                    {
                        node = edge.child as usize;
                        break;
                    }
                    slot = (slot + 1) & mask;
                }
            } else {
                let below = &mut nodes[node];
                if below.named_by == NONE {
                    below.named_by = at as u16;
                    below.name = SegmentDef { hash, place };
                } else if let Some(kind) = disagreement(below, SegmentDef { hash, place }) {
                    conflicts.push(below.named_by as usize, at, kind);
                    trail = &[];
                    // What follows would be told again as other conflicts.
                    if let ConflictKind::PlaceholderName = kind {
                        is_followed = false;
                        break;
                    }
                }
                let child = if kind == SegmentDef::GREEDY {
                    &mut below.greedy
                } else {
                    &mut below.placeholder
                };
                if *child == NONE {
                    *child = node_count as u16;
                    node_count += 1;
                }
                node = *child as usize;
            }
            if !is_moved {
                trail_nodes[depth] = node as u16;
                depth += 1;
            }
        }
        if is_followed {
            let leaf = &mut nodes[node];
            let (known, methods) = (leaf.methods.0, route.methods.0);
            if known == 0 {
                leaf.oldest = at as u16;
                leaf_count += 1;
                // The path's length: where its last segment ends, and a placeholder's bracket or
                // `+}` behind it, whose length is what the kind's number is. `/` has no segment.
                pool_bytes += if last == 0 {
                    1
                } else {
                    (last >> 16 & 0xFFFF) as usize + (last >> 32) as usize
                };
            } else if known & methods != 0 {
                let other = handler_of(handlers, next, leaf.newest, route.methods);
                conflicts.push(other, at, ConflictKind::SameRoute);
                at += 1;
                continue;
            } else {
                compare_cors(leaf, handlers, at, cors, conflicts);
            }
            let mut rest = methods;
            while rest != 0 {
                rest &= rest - 1;
                slot_count += 1;
            }
            leaf.methods = MethodSet(known | methods);
            next[at] = leaf.newest;
            leaf.newest = at as u16;
        }
        at += 1;
    }
    Counts {
        nodes: node_count,
        edges: edge_count,
        leaves: leaf_count,
        slots: slot_count,
        pool_bytes,
    }
}

/// In what a placeholder and the one that has named the place below `node` disagree.
const fn disagreement(node: &BuildNode, placeholder: SegmentDef) -> Option<ConflictKind> {
    let beside = match placeholder.kind() {
        SegmentKind::Greedy => node.placeholder,
        _ => node.greedy,
    };
    if beside != NONE {
        return Some(ConflictKind::GreedyBesidePlaceholder);
    }
    if same(node.name, placeholder) {
        return None;
    }
    Some(ConflictKind::PlaceholderName)
}

/// The newest handler that answers one of the methods, among those that `next` links from `newest` on.
const fn handler_of(
    handlers: &[FlatHandler],
    next: &[u16],
    newest: u16,
    methods: MethodSet,
) -> usize {
    let mut handler = newest;
    while !methods_of(handlers, handler).intersects(methods) {
        handler = next[handler as usize];
    }
    handler as usize
}

/// Finds the conflict between the CORS settings of handler `at` and the earlier ones of the leaf,
/// which has one at least.
const fn compare_cors(
    leaf: &mut BuildNode,
    handlers: &[FlatHandler],
    at: usize,
    app: &Option<CorsDef>,
    conflicts: &mut Found<'_>,
) {
    if leaf.newest == leaf.oldest && cors_of(handlers, leaf.oldest, app).is_some() {
        leaf.cors = leaf.oldest;
    }
    let Some(cors) = cors_of(handlers, at as u16, app) else {
        return;
    };
    if leaf.cors == NONE {
        leaf.cors = at as u16;
    } else if let Some(first) = cors_of(handlers, leaf.cors, app)
        && !cors.same_as(first)
    {
        conflicts.push(leaf.cors as usize, at, ConflictKind::Cors);
    }
}

const fn cors_of<'a>(
    handlers: &'a [FlatHandler],
    at: u16,
    app: &'a Option<CorsDef>,
) -> Option<&'a CorsDef> {
    match &handlers[at as usize].def.kind {
        HandlerKind::Route(route) => route.cors.effective(app),
        _ => None,
    }
}

pub(super) const fn methods_of(handlers: &[FlatHandler], at: u16) -> MethodSet {
    match &handlers[at as usize].def.kind {
        HandlerKind::Route(route) => route.methods,
        _ => MethodSet::EMPTY,
    }
}

/// Whether two segments, or the names of two placeholders, are the same: by
/// their lengths and 64-bit hashes, because comparing texts would be most of
/// the work of const evaluation. That two different ones agree in both has a
/// probability of one in 10^13 for an app of a thousand different segments.
const fn same(one: SegmentDef, other: SegmentDef) -> bool {
    one.hash == other.hash && one.end() - one.start() == other.end() - other.start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tables_can_number() {
        assert_numbered(65_534, 65_534, 65_534);
    }

    #[test]
    #[should_panic(expected = "as many pairs of path and method")]
    fn more_methods_than_tables_can_number() {
        assert_numbered(10_000, 10_000, 70_000);
    }
}
