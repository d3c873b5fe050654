//! The router's tables in their final form: exactly as large as the app needs.

use super::{
    Build, NONE, Router,
    build::methods_of,
    segment::{edge_key_of_hash, edge_slot},
};
use crate::{
    bytes::{SEED, copy, hash},
    definition::HandlerKind,
    flatten::FlatHandler,
    method::MethodSet,
};

/// A node of the trie: a place in a path.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Node {
    /// Where the placeholder and the greedy placeholder lead to.
    pub(super) others: [u16; 2],
    pub(super) leaf: u16,
    /// How many literal segments begin here.
    pub(super) literals: u16,
}

/// A literal segment: an edge of the trie.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Edge {
    /// The segment's hash, made different for every node.
    pub(super) key: u64,
    /// Where the segment is in the pool; 0 if it has less than eight bytes, which its key tells.
    pub(super) text: u32,
    pub(super) parent: u16,
    pub(super) child: u16,
}

/// A resource with at least one method.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Leaf {
    pub(super) template: u32,
    pub(super) template_length: u16,
    pub(super) first_slot: u16,
    pub(super) methods: MethodSet,
}

/// An entry of the exact table.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Exact {
    pub(super) fingerprint: u32,
    pub(super) leaf: u16,
}

/// The tables of one app, to be kept in a `static`.
pub struct Tables<
    const NODES: usize,
    const EDGES: usize,
    const LEAVES: usize,
    const EXACT: usize,
    const SLOTS: usize,
    const POOL: usize,
> {
    nodes: [Node; NODES],
    edges: [Edge; EDGES],
    leaves: [Leaf; LEAVES],
    exact: [Exact; EXACT],
    slots: [u16; SLOTS],
    pool: [u8; POOL],
}

/// The least power of two that is at least `n`, and at least 2.
pub const fn power_of_two(n: usize) -> usize {
    if n < 2 { 2 } else { n.next_power_of_two() }
}

/// Packs a finished trie into tables.
pub const fn pack<
    const BUILD_NODES: usize,
    const BUILD_EDGES: usize,
    const HANDLERS: usize,
    const NODES: usize,
    const EDGES: usize,
    const LEAVES: usize,
    const EXACT: usize,
    const SLOTS: usize,
    const POOL: usize,
>(
    handlers: &[FlatHandler],
    build: &Build<BUILD_NODES, BUILD_EDGES, HANDLERS>,
) -> Tables<NODES, EDGES, LEAVES, EXACT, SLOTS, POOL> {
    let mut tables = Tables {
        nodes: [Node {
            others: [NONE; 2],
            leaf: NONE,
            literals: 0,
        }; NODES],
        edges: [Edge {
            key: 0,
            text: 0,
            parent: NONE,
            child: NONE,
        }; EDGES],
        leaves: [Leaf {
            template: 0,
            template_length: 0,
            first_slot: 0,
            methods: MethodSet::EMPTY,
        }; LEAVES],
        exact: [Exact {
            fingerprint: 0,
            leaf: NONE,
        }; EXACT],
        slots: [NONE; SLOTS],
        pool: [0; POOL],
    };
    // Where in the pool the path of a handler is, for those that opened a leaf:
    // they are also the ones that opened an edge.
    let mut offsets = [0u32; HANDLERS];
    let (mut leaves, mut slots, mut pool) = (0, 0, 0);
    // As in `build`, the loops call as little as can be.
    let mut at = 0;
    while at < NODES {
        let node = &build.nodes[at];
        tables.nodes[at] = Node {
            others: [node.placeholder, node.greedy],
            leaf: NONE,
            literals: node.literals,
        };
        if node.methods.0 != 0 {
            let first = &handlers[node.oldest as usize];
            let path = first.path.as_bytes();
            copy(&mut tables.pool, pool, path);
            offsets[node.oldest as usize] = pool as u32;
            tables.nodes[at].leaf = leaves as u16;
            tables.leaves[leaves] = Leaf {
                template: pool as u32,
                template_length: path.len() as u16,
                first_slot: slots as u16,
                methods: node.methods,
            };
            let hash = match &first.def.kind {
                HandlerKind::Route(route) if first.prefix.bytes == 0 => route.path_hash,
                _ => hash(SEED, path),
            };
            let mut slot = hash as usize & (EXACT - 1);
            while tables.exact[slot].leaf != NONE {
                slot = (slot + 1) & (EXACT - 1);
            }
            tables.exact[slot] = Exact {
                fingerprint: (hash >> 32) as u32,
                leaf: leaves as u16,
            };
            pool += path.len();
            leaves += 1;
            slots = fill_slots(
                &mut tables.slots,
                slots,
                handlers,
                &build.next,
                node.newest,
                node.methods,
            );
        }
        at += 1;
    }
    at = 0;
    while at < BUILD_EDGES {
        let edge = &build.edges[at];
        if edge.child != NONE {
            let key = edge_key_of_hash(edge.parent as usize, edge.segment.hash);
            let mut slot = edge_slot(key, EDGES);
            while tables.edges[slot].child != NONE {
                slot = (slot + 1) & (EDGES - 1);
            }
            let place = edge.segment.place;
            let (start, end) = (place as u16, (place >> 16) as u16);
            tables.edges[slot] = Edge {
                key,
                text: if end - start < 8 {
                    0
                } else {
                    offsets[edge.handler as usize] + start as u32
                },
                parent: edge.parent,
                child: edge.child,
            };
        }
        at += 1;
    }
    tables
}

const fn fill_slots(
    slots: &mut [u16],
    first: usize,
    handlers: &[FlatHandler],
    next: &[u16],
    newest: u16,
    methods: MethodSet,
) -> usize {
    let mut end = first;
    let mut rest = methods.0;
    // Usually one handler answers all methods of its path.
    let only = next[newest as usize] == NONE;
    while rest != 0 {
        let method = rest & (!rest + 1);
        rest &= rest - 1;
        let mut handler = newest;
        while !only && methods_of(handlers, handler).0 & method == 0 {
            handler = next[handler as usize];
        }
        slots[end] = handler;
        end += 1;
    }
    end
}

impl<
    const NODES: usize,
    const EDGES: usize,
    const LEAVES: usize,
    const EXACT: usize,
    const SLOTS: usize,
    const POOL: usize,
> Tables<NODES, EDGES, LEAVES, EXACT, SLOTS, POOL>
{
    /// The router that searches these tables.
    pub const fn router(&'static self) -> Router {
        Router {
            nodes: &self.nodes,
            edges: &self.edges,
            leaves: &self.leaves,
            exact: &self.exact,
            slots: &self.slots,
            pool: &self.pool,
        }
    }
}
