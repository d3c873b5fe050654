//! The crates in which an app's handlers are written.

use crate::{
    bytes::equal,
    definition::{GroupDef, Item},
};

/// How many crates an app's handlers may be written in.
const MAX: usize = 64;

/// Names of crates, each once, in the order of the handlers.
#[derive(Clone, Copy, Debug)]
pub struct CrateNames {
    names: [&'static str; MAX],
    count: usize,
}

impl CrateNames {
    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.names.iter().copied().take(self.count)
    }

    const fn add_group(&mut self, group: &GroupDef) {
        let mut at = 0;
        while at < group.items.len() {
            match &group.items[at] {
                Item::Handler(handler) => self.add(handler.module),
                Item::Mount(mount) => self.add_group(mount.group),
                Item::Grants(_) => {}
            }
            at += 1;
        }
    }

    /// Adds the crate of that module. Neighbours are mostly of one crate, the last one.
    const fn add(&mut self, module: &'static str) {
        let bytes = module.as_bytes();
        let mut end = 0;
        while end < bytes.len() && bytes[end] != b':' {
            end += 1;
        }
        let name = module.split_at(end).0;
        let mut at = self.count;
        while at > 0 {
            at -= 1;
            if equal(self.names[at].as_bytes(), name.as_bytes()) {
                return;
            }
        }
        assert!(
            self.count < MAX,
            "the handlers of an app are written in at most 64 crates"
        );
        self.names[self.count] = name;
        self.count += 1;
    }
}

/// The crates in which the handlers of a group and of its blueprints are written.
///
/// # Panics
///
/// When there are more than 64: a compile error, where it is evaluated for an app.
pub const fn crate_names(group: &GroupDef) -> CrateNames {
    let mut names = CrateNames {
        names: [""; MAX],
        count: 0,
    };
    names.add_group(group);
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::{HandlerDef, Mount, STUB};

    const fn of(module: &'static str) -> HandlerDef {
        HandlerDef { module, ..STUB }
    }

    const USERS: &GroupDef = &GroupDef {
        items: &[
            Item::Handler(&of("users_api::list")),
            Item::Handler(&of("shop")),
        ],
    };

    const SHOP: &GroupDef = &GroupDef {
        items: &[
            Item::Handler(&of("shop::cart")),
            Item::Handler(&of("shop::cart::items")),
            Item::Mount(Mount::of(USERS)),
            Item::Handler(&of("shopping")),
        ],
    };

    #[test]
    fn every_crate_is_named_once() {
        const NAMES: CrateNames = crate_names(SHOP);
        assert!(NAMES.iter().eq(["shop", "users_api", "shopping"]));
        assert_eq!(crate_names(&GroupDef { items: &[] }).iter().count(), 0);
    }
}
