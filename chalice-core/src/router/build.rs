//! Builds the trie in const evaluation, and finds the conflicts between routes
//! on the way.
//!
//! What happens for each segment of each route is written out, even where a method has a name
//! for it: a call costs const evaluation a frame, which is far more than what it does.

use super::{NONE, segment::segment_hash};
use crate::{
    bytes::{equal, position, slice},
    conflict::{ConflictKind, Conflicts},
    cors::{CorsDef, CorsSetting},
    definition::{HandlerKind, RouteDef, SegmentDef, SegmentKind},
    flatten::FlatHandler,
    method::MethodSet,
    path::{MAX_PLACEHOLDERS, MAX_SEGMENTS},
};

/// The trie while it grows, with what its final tables need to know. It never
/// reaches the binary.
#[derive(Clone, Copy)]
pub struct Build<const NODES: usize, const EDGES: usize, const HANDLERS: usize> {
    pub(super) nodes: [BuildNode; NODES],
    pub(super) edges: [BuildEdge; EDGES],
    /// Links the handlers of one leaf.
    pub(super) next: [u16; HANDLERS],
    /// The segments of the last path without a prefix, as far as they led to nodes without a
    /// conflict, and those nodes. Neighbours in a list of handlers share most of their path, and
    /// comparing a segment takes const evaluation far fewer steps than looking it up.
    trail: &'static [[u64; 2]],
    trail_nodes: [u16; MAX_SEGMENTS],
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
    /// The first of them with CORS settings.
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

const NO_SEGMENT: SegmentDef = SegmentDef::new(SegmentKind::Literal, 0, 0, 0);

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
    let mut build = Build {
        nodes: [NODE; NODES],
        edges: [EDGE; EDGES],
        next: [NONE; HANDLERS],
        trail: &[],
        trail_nodes: [NONE; MAX_SEGMENTS],
        node_count: 1,
        edge_count: 0,
        leaf_count: 0,
        slot_count: 0,
        pool_bytes: 0,
    };
    let count = handlers.len();
    let mut at = 0;
    while at < count {
        if let HandlerKind::Route(route) = &handlers[at].def.kind {
            build.insert(handlers, at, route, cors, conflicts);
        }
        at += 1;
    }
    assert_numbered(NODES, HANDLERS, build.slot_count);
    build
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

impl<const NODES: usize, const EDGES: usize, const HANDLERS: usize> Build<NODES, EDGES, HANDLERS> {
    const fn insert<const CAPACITY: usize>(
        &mut self,
        handlers: &[FlatHandler],
        at: usize,
        route: &RouteDef,
        cors: &Option<CorsDef>,
        conflicts: &mut Conflicts<CAPACITY>,
    ) {
        let handler = &handlers[at];
        let mut node = 0;
        if handler.prefix.bytes > 0 {
            if let Some(kind) = prefix_conflict(handler, route) {
                conflicts.push(at, at, kind);
                return;
            }
            let path = handler.path.as_bytes();
            let mut start = 1;
            while start < handler.prefix.bytes {
                let end = position(path, b'/', start);
                match self.child(node, at, prefix_segment(path, start, end), conflicts) {
                    Some(child) => node = child,
                    None => return,
                }
                start = end + 1;
            }
        }
        let segments = route.segments;
        let count = segments.len();
        let mut depth = 0;
        if handler.prefix.bytes == 0 {
            let trail = self.trail;
            let shared = if trail.len() < count {
                trail.len()
            } else {
                count
            };
            while depth < shared
                && segments[depth][0] == trail[depth][0]
                && segments[depth][1] == trail[depth][1]
            {
                depth += 1;
            }
            if depth > 0 {
                node = self.trail_nodes[depth - 1] as usize;
            }
        }
        let shift = handler.prefix.bytes as u16;
        let known = conflicts.count;
        while depth < count {
            let mut own = SegmentDef::of_parts(segments[depth]);
            if shift > 0 {
                own = own.shifted(shift);
            }
            match self.child(node, at, own, conflicts) {
                Some(child) => node = child,
                None => break,
            }
            if shift == 0 {
                self.trail_nodes[depth] = node as u16;
            }
            depth += 1;
        }
        if shift == 0 {
            self.trail = if conflicts.count == known {
                segments
            } else {
                &[]
            };
        }
        if depth == count {
            self.add_methods(handlers, node, at, route, cors, conflicts);
        }
    }

    /// The node that `segment` of handler `at` leads to, or `None` where the
    /// handler is in conflict and its path is not followed further: what
    /// follows would be told again as other conflicts.
    const fn child<const CAPACITY: usize>(
        &mut self,
        node: usize,
        at: usize,
        segment: SegmentDef,
        conflicts: &mut Conflicts<CAPACITY>,
    ) -> Option<usize> {
        let kind = segment.place >> 32;
        if kind == SegmentDef::LITERAL {
            return Some(self.literal_child(node, at, segment));
        }
        if let Some((other, kind)) = self.name_placeholder(node, at, segment) {
            conflicts.push(other, at, kind);
            if let ConflictKind::PlaceholderName = kind {
                return None;
            }
        }
        let below = &mut self.nodes[node];
        let child = if kind == SegmentDef::GREEDY {
            &mut below.greedy
        } else {
            &mut below.placeholder
        };
        if *child == NONE {
            *child = self.node_count as u16;
            self.node_count += 1;
        }
        Some(*child as usize)
    }

    /// Records the name of the placeholder below `node`; returns the handler
    /// that disagrees, if one does.
    const fn name_placeholder(
        &mut self,
        node: usize,
        at: usize,
        segment: SegmentDef,
    ) -> Option<(usize, ConflictKind)> {
        let known = &mut self.nodes[node];
        if known.named_by == NONE {
            known.named_by = at as u16;
            known.name = segment;
            return None;
        }
        let other = known.named_by as usize;
        let beside = match segment.kind() {
            SegmentKind::Greedy => known.placeholder,
            _ => known.greedy,
        };
        if beside != NONE {
            return Some((other, ConflictKind::GreedyBesidePlaceholder));
        }
        if same(known.name, segment) {
            return None;
        }
        Some((other, ConflictKind::PlaceholderName))
    }

    const fn literal_child(&mut self, node: usize, at: usize, segment: SegmentDef) -> usize {
        // An odd factor: nodes with the same segment have different places in the table.
        let key = segment.hash ^ (node as u64 * 9);
        let mut slot = key as usize & (EDGES - 1);
        loop {
            let edge = &self.edges[slot];
            if edge.child == NONE {
                break;
            }
            if edge.key == key && edge.parent == node as u16 && same(edge.segment, segment) {
                return edge.child as usize;
            }
            slot = (slot + 1) & (EDGES - 1);
        }
        let child = self.node_count;
        self.edges[slot] = BuildEdge {
            key,
            parent: node as u16,
            child: child as u16,
            handler: at as u16,
            segment,
        };
        self.nodes[node].literals += 1;
        self.node_count += 1;
        self.edge_count += 1;
        child
    }

    const fn add_methods<const CAPACITY: usize>(
        &mut self,
        handlers: &[FlatHandler],
        node: usize,
        at: usize,
        route: &RouteDef,
        app_cors: &Option<CorsDef>,
        conflicts: &mut Conflicts<CAPACITY>,
    ) {
        let leaf = &mut self.nodes[node];
        let (known, methods) = (leaf.methods.0, route.methods.0);
        if known & methods != 0 {
            let mut other = leaf.newest;
            while !methods_of(handlers, other).intersects(route.methods) {
                other = self.next[other as usize];
            }
            conflicts.push(other as usize, at, ConflictKind::SameRoute);
            return;
        }
        if known == 0 {
            leaf.oldest = at as u16;
            self.leaf_count += 1;
            self.pool_bytes += handlers[at].path.len();
        }
        let cors = match &route.cors {
            CorsSetting::Own(cors) => Some(*cors),
            inherited => inherited.effective(app_cors),
        };
        if let Some(cors) = cors {
            if leaf.cors == NONE {
                leaf.cors = at as u16;
            } else if let HandlerKind::Route(first) = &handlers[leaf.cors as usize].def.kind
                && let Some(other) = first.cors.effective(app_cors)
                && !cors.same_as(other)
            {
                conflicts.push(leaf.cors as usize, at, ConflictKind::Cors);
            }
        }
        let mut rest = methods;
        while rest != 0 {
            rest &= rest - 1;
            self.slot_count += 1;
        }
        leaf.methods = MethodSet(known | methods);
        self.next[at] = leaf.newest;
        leaf.newest = at as u16;
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

const fn text(path: &'static str, segment: SegmentDef) -> &'static [u8] {
    slice(
        path.as_bytes(),
        segment.start() as usize,
        segment.end() as usize,
    )
}

/// A segment of a blueprint's prefix: prefixes are any constant expression, so
/// no attribute has seen them.
const fn prefix_segment(path: &[u8], start: usize, end: usize) -> SegmentDef {
    let (kind, start, end) = if path[start] == b'{' {
        (SegmentKind::Placeholder, start + 1, end - 1)
    } else {
        (SegmentKind::Literal, start, end)
    };
    SegmentDef::new(
        kind,
        segment_hash(slice(path, start, end)),
        start as u16,
        end as u16,
    )
}

/// What the prefixes of a handler's blueprints spoil: its attribute has checked
/// the rest of its path.
const fn prefix_conflict(handler: &FlatHandler, route: &RouteDef) -> Option<ConflictKind> {
    let path = handler.path;
    let mut names = [NO_SEGMENT; MAX_PLACEHOLDERS];
    let mut count = 0;
    let mut start = 1;
    let mut own = 0;
    while start < handler.prefix.bytes || own < route.segments.len() {
        let segment = if start < handler.prefix.bytes {
            let end = position(path.as_bytes(), b'/', start);
            let segment = prefix_segment(path.as_bytes(), start, end);
            start = end + 1;
            segment
        } else {
            own += 1;
            SegmentDef::of_parts(route.segments[own - 1]).shifted(handler.prefix.bytes as u16)
        };
        if let SegmentKind::Literal = segment.kind() {
            continue;
        }
        let mut earlier = 0;
        while earlier < count {
            if equal(text(path, names[earlier]), text(path, segment)) {
                return Some(ConflictKind::RepeatedPlaceholder);
            }
            earlier += 1;
        }
        if count == MAX_PLACEHOLDERS {
            return Some(ConflictKind::PathTooLong);
        }
        names[count] = segment;
        count += 1;
    }
    if handler.prefix.segments + route.segments.len() > MAX_SEGMENTS {
        return Some(ConflictKind::PathTooLong);
    }
    None
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
