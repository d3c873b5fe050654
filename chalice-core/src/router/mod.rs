//! The router: two tables, built in const evaluation, that live in the binary
//! as they are searched.
//!
//! - An exact table for what API Gateway has already matched: the resource's
//!   path template is looked up as a whole, in one probe.
//! - A trie of segments for raw paths. At each segment a literal is tried
//!   before a placeholder and a placeholder before a greedy one; where a
//!   choice leads nowhere, the search goes back and takes the next.
//!
//! Tables hold offsets, never pointers: they are read-only data without
//! relocations, and a cold start does nothing for them.

mod build;
mod find;
mod prefix;
mod segment;
mod tables;

pub use build::{Build, build, edge_slots, max_nodes};
pub use find::Captures;
pub use segment::segment_hash;
pub use tables::{Edge, Exact, Leaf, Node, Tables, pack, power_of_two};

use crate::{
    bytes::{SEED, equal, hash},
    method::{Method, MethodSet},
};

/// Marks the absence of an index in the tables.
pub(crate) const NONE: u16 = u16::MAX;

/// The routes of an app, ready to be searched.
#[derive(Clone, Copy, Debug)]
pub struct Router {
    /// The trie's nodes; the first is the root.
    pub nodes: &'static [Node],
    /// The trie's literal segments: an open-addressed table, keyed by node and segment.
    pub edges: &'static [Edge],
    /// The resources that have at least one method.
    pub leaves: &'static [Leaf],
    /// The exact table: open-addressed, keyed by path template.
    pub exact: &'static [Exact],
    /// Dispatch ids: one per method of each resource, in the order of [`Method::ALL`].
    pub slots: &'static [u16],
    /// The path templates, one after the other.
    pub pool: &'static [u8],
}

/// A path of the API, with the methods it answers.
#[derive(Clone, Copy, Debug)]
pub struct Resource {
    leaf: Leaf,
}

impl Resource {
    /// The methods that the resource answers.
    pub const fn methods(self) -> MethodSet {
        self.leaf.methods
    }
}

impl Router {
    /// The resource whose path template is `template`, such as `/users/{id}`:
    /// for events of gateways that have matched the path already.
    #[inline(always)]
    pub fn resource(&self, template: &str) -> Option<Resource> {
        if self.exact.is_empty() {
            return None;
        }
        let hash = hash(SEED, template.as_bytes());
        let mask = self.exact.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let entry = &self.exact[at];
            if entry.leaf == NONE {
                return None;
            }
            if entry.fingerprint == fingerprint(hash) {
                let leaf = self.leaves[entry.leaf as usize];
                if equal(
                    self.pool_at(leaf.template, leaf.template_length),
                    template.as_bytes(),
                ) {
                    return Some(Resource { leaf });
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// The dispatch id of `method` at `resource`, that of `ANY` if the method
    /// has no route of its own. `None` as method stands for one that
    /// [`Method`] does not know; only `ANY` answers it.
    #[inline]
    pub fn handler(&self, resource: Resource, method: Option<Method>) -> Option<usize> {
        let leaf = resource.leaf;
        let method = match method {
            Some(method) if leaf.methods.contains(method) => method,
            _ if leaf.methods.contains(Method::Any) => Method::Any,
            _ => return None,
        };
        let rank = match leaf.methods.bits() == 1 << method as u8 {
            // Most resources have one method.
            true => 0,
            false => leaf.methods.rank(method),
        };
        Some(self.slots[leaf.first_slot as usize + rank] as usize)
    }

    /// The path template of `resource`.
    #[inline]
    pub fn template(&self, resource: Resource) -> &'static str {
        let leaf = resource.leaf;
        // Templates are checked to be ASCII when they are parsed.
        str::from_utf8(self.pool_at(leaf.template, leaf.template_length)).unwrap_or_default()
    }

    #[inline]
    fn pool_at(&self, offset: u32, length: u16) -> &'static [u8] {
        &self.pool[offset as usize..offset as usize + length as usize]
    }
}

/// The part of a hash that tells entries of one slot apart.
#[inline]
pub(crate) const fn fingerprint(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests;
