//! Builds the trie in const evaluation, and finds the conflicts between routes
//! on the way.

use super::{NONE, fingerprint};
use crate::{
    bytes::{equal, hash, position, slice},
    conflict::{ConflictKind, Conflicts},
    definition::{HandlerKind, RouteDef},
    flatten::FlatHandler,
    method::MethodSet,
    path::{MAX_PLACEHOLDERS, MAX_SEGMENTS},
};

/// The trie while it grows, with what its final tables need to know. It never
/// reaches the binary.
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
    /// The handler that named the placeholder below this node, and where in its path.
    named_by: u16,
    name_start: u16,
    name_end: u16,
}

#[derive(Clone, Copy)]
pub(super) struct BuildEdge {
    pub(super) fingerprint: u32,
    pub(super) parent: u16,
    pub(super) child: u16,
    /// The handler whose path has the segment, and where.
    pub(super) handler: u16,
    pub(super) start: u16,
    pub(super) end: u16,
}

const NODE: BuildNode = BuildNode {
    placeholder: NONE,
    greedy: NONE,
    literals: 0,
    methods: MethodSet::EMPTY,
    newest: NONE,
    oldest: NONE,
    cors: NONE,
    named_by: NONE,
    name_start: 0,
    name_end: 0,
};

const EDGE: BuildEdge = BuildEdge {
    fingerprint: 0,
    parent: NONE,
    child: NONE,
    handler: NONE,
    start: 0,
    end: 0,
};

/// How many nodes the trie of `handlers` has at most.
pub const fn max_nodes(handlers: &[FlatHandler]) -> usize {
    let (mut nodes, mut at) = (1, 0);
    while at < handlers.len() {
        nodes += handlers[at].segments as usize;
        at += 1;
    }
    nodes
}

/// How many slots the growing trie's table of literal segments has, for at most `nodes` nodes.
pub const fn edge_slots(nodes: usize) -> usize {
    super::power_of_two(nodes * 2)
}

/// Builds the trie of `handlers` and adds the conflicts between them to `conflicts`.
///
/// # Panics
///
/// When the app has more routes than the tables can number: about 65,000 segments.
pub const fn build<
    const NODES: usize,
    const EDGES: usize,
    const HANDLERS: usize,
    const CAPACITY: usize,
>(
    handlers: &[FlatHandler],
    conflicts: &mut Conflicts<CAPACITY>,
) -> Build<NODES, EDGES, HANDLERS> {
    assert!(
        NODES < NONE as usize && HANDLERS < NONE as usize,
        "an app has at most 65,534 handlers and as many path segments in total"
    );
    let mut build = Build {
        nodes: [NODE; NODES],
        edges: [EDGE; EDGES],
        next: [NONE; HANDLERS],
        node_count: 1,
        edge_count: 0,
        leaf_count: 0,
        slot_count: 0,
        pool_bytes: 0,
    };
    let mut at = 0;
    while at < handlers.len() {
        if let HandlerKind::Route(route) = &handlers[at].def.kind {
            build.insert(handlers, at, route, conflicts);
        }
        at += 1;
    }
    build
}

impl<const NODES: usize, const EDGES: usize, const HANDLERS: usize> Build<NODES, EDGES, HANDLERS> {
    const fn insert<const CAPACITY: usize>(
        &mut self,
        handlers: &[FlatHandler],
        at: usize,
        route: &RouteDef,
        conflicts: &mut Conflicts<CAPACITY>,
    ) {
        let handler = &handlers[at];
        let path = handler.path.as_bytes();
        let prefixed = path.len() != route.path.len();
        if prefixed && let Some(kind) = prefix_conflict(handler) {
            conflicts.push(at, at, kind);
            return;
        }
        let mut node = 0;
        let mut start = 1;
        while start < path.len() {
            let end = position(path, b'/', start);
            node = if path[start] == b'{' {
                let greedy = path[end - 2] == b'+';
                let (name_start, name_end) = (start + 1, if greedy { end - 2 } else { end - 1 });
                if let Some((other, kind)) =
                    self.name_placeholder(handlers, node, at, name_start, name_end, greedy)
                {
                    conflicts.push(other, at, kind);
                    // What follows would be told again as other conflicts.
                    if let ConflictKind::PlaceholderName = kind {
                        return;
                    }
                }
                self.placeholder_child(node, greedy)
            } else {
                self.literal_child(handlers, node, at, start, end)
            };
            start = end + 1;
        }
        self.add_methods(handlers, node, at, route, conflicts);
    }

    /// Records the name of the placeholder below `node`; returns the handler
    /// that disagrees, if one does.
    const fn name_placeholder(
        &mut self,
        handlers: &[FlatHandler],
        node: usize,
        at: usize,
        start: usize,
        end: usize,
        greedy: bool,
    ) -> Option<(usize, ConflictKind)> {
        let known = &mut self.nodes[node];
        if known.named_by == NONE {
            known.named_by = at as u16;
            known.name_start = start as u16;
            known.name_end = end as u16;
            return None;
        }
        let other = known.named_by as usize;
        let beside = if greedy {
            known.placeholder
        } else {
            known.greedy
        };
        if beside != NONE {
            return Some((other, ConflictKind::GreedyBesidePlaceholder));
        }
        let name = slice(
            handlers[other].path.as_bytes(),
            known.name_start as usize,
            known.name_end as usize,
        );
        if equal(name, slice(handlers[at].path.as_bytes(), start, end)) {
            return None;
        }
        Some((other, ConflictKind::PlaceholderName))
    }

    const fn placeholder_child(&mut self, node: usize, greedy: bool) -> usize {
        let child = if greedy {
            self.nodes[node].greedy
        } else {
            self.nodes[node].placeholder
        };
        if child != NONE {
            return child as usize;
        }
        let child = self.node_count;
        self.node_count += 1;
        if greedy {
            self.nodes[node].greedy = child as u16;
        } else {
            self.nodes[node].placeholder = child as u16;
        }
        child
    }

    const fn literal_child(
        &mut self,
        handlers: &[FlatHandler],
        node: usize,
        at: usize,
        start: usize,
        end: usize,
    ) -> usize {
        let segment = slice(handlers[at].path.as_bytes(), start, end);
        let hash = hash(node as u64, segment);
        let mut slot = hash as usize & (EDGES - 1);
        loop {
            let edge = &self.edges[slot];
            if edge.child == NONE {
                break;
            }
            if edge.fingerprint == fingerprint(hash) && edge.parent == node as u16 {
                let known = handlers[edge.handler as usize].path.as_bytes();
                if equal(
                    slice(known, edge.start as usize, edge.end as usize),
                    segment,
                ) {
                    return edge.child as usize;
                }
            }
            slot = (slot + 1) & (EDGES - 1);
        }
        let child = self.node_count;
        self.edges[slot] = BuildEdge {
            fingerprint: fingerprint(hash),
            parent: node as u16,
            child: child as u16,
            handler: at as u16,
            start: start as u16,
            end: end as u16,
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
        conflicts: &mut Conflicts<CAPACITY>,
    ) {
        let leaf = &mut self.nodes[node];
        if leaf.methods.intersects(route.methods) {
            let mut other = leaf.newest;
            while !methods_of(handlers, other).intersects(route.methods) {
                other = self.next[other as usize];
            }
            conflicts.push(other as usize, at, ConflictKind::SameRoute);
            return;
        }
        if leaf.methods.is_empty() {
            leaf.oldest = at as u16;
            self.leaf_count += 1;
            self.pool_bytes += handlers[at].path.len();
        }
        if let Some(cors) = &route.cors {
            if leaf.cors == NONE {
                leaf.cors = at as u16;
            } else if let HandlerKind::Route(RouteDef {
                cors: Some(other), ..
            }) = &handlers[leaf.cors as usize].def.kind
                && !cors.same_as(other)
            {
                conflicts.push(leaf.cors as usize, at, ConflictKind::Cors);
            }
        }
        self.slot_count += route.methods.len();
        leaf.methods = leaf.methods.union(route.methods);
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

/// What the prefixes of a handler's blueprints spoil: its attribute has checked
/// the rest of its path.
const fn prefix_conflict(handler: &FlatHandler) -> Option<ConflictKind> {
    let path = handler.path.as_bytes();
    let mut names = [(0usize, 0usize); MAX_PLACEHOLDERS];
    let mut count = 0;
    let mut start = 1;
    while start < path.len() {
        let end = position(path, b'/', start);
        if path[start] == b'{' {
            let name_end = if path[end - 2] == b'+' {
                end - 2
            } else {
                end - 1
            };
            let name = slice(path, start + 1, name_end);
            let mut earlier = 0;
            while earlier < count {
                if equal(slice(path, names[earlier].0, names[earlier].1), name) {
                    return Some(ConflictKind::RepeatedPlaceholder);
                }
                earlier += 1;
            }
            if count == MAX_PLACEHOLDERS {
                return Some(ConflictKind::PathTooLong);
            }
            names[count] = (start + 1, name_end);
            count += 1;
        }
        start = end + 1;
    }
    if handler.segments as usize > MAX_SEGMENTS {
        Some(ConflictKind::PathTooLong)
    } else {
        None
    }
}
