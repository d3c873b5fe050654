//! Grants in the manifest entries of handlers, and of apps and blueprints.

use super::declared::Grant;
use crate::{
    definition::{GroupDef, HandlerKind, Item},
    flatten::{FlatHandler, handler_count},
    json::Json,
};

/// The length of [`entry`].
pub const fn entry_length(entry: &str, grants: &[Grant]) -> usize {
    let mut json = Json::new(&mut []);
    write_entry(&mut json, entry, grants);
    json.length
}

/// A handler's manifest entry, a JSON object, with the member `grants` at its end.
pub const fn entry<const LENGTH: usize>(entry: &str, grants: &[Grant]) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    write_entry(&mut Json::new(&mut bytes), entry, grants);
    bytes
}

const fn write_entry(json: &mut Json<'_>, entry: &str, grants: &[Grant]) {
    // Before the brace that ends it.
    json.raw(entry.split_at(entry.len() - 1).0);
    json.raw(",\"grants\":");
    json.grants(grants);
    json.raw("}");
}

/// What all handlers of an app or a blueprint may do besides what their own attributes say.
#[derive(Clone, Copy, Debug)]
pub struct GroupGrants {
    /// The name of the item that declares the group.
    pub item: &'static str,
    /// Its module.
    pub module: &'static str,
    /// Its file.
    pub file: &'static str,
    /// Its line.
    pub line: u32,
    /// The grants; never empty.
    pub grants: &'static [Grant],
}

/// The length of [`app_members`].
pub const fn app_members_length(group: &GroupDef, handlers: &[FlatHandler]) -> usize {
    let mut json = Json::new(&mut []);
    write_app_members(&mut json, group, handlers);
    json.length
}

/// What the manifest's object of the app has about grants, behind its other members: `grants`
/// and `blueprint_grants`, or nothing.
pub const fn app_members<const LENGTH: usize>(
    group: &GroupDef,
    handlers: &[FlatHandler],
) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    write_app_members(&mut Json::new(&mut bytes), group, handlers);
    bytes
}

const fn write_app_members(json: &mut Json<'_>, group: &GroupDef, handlers: &[FlatHandler]) {
    if let Some(Item::Grants(own)) = group.items.last() {
        json.raw(",\"grants\":");
        json.grants(own.grants);
    }
    let mut is_first = true;
    write_mounted(json, group, handlers, 0, &mut is_first);
    if !is_first {
        json.raw("]");
    }
}

/// The grants of mounted blueprints; `start` is the dispatch id of the group's first handler.
const fn write_mounted(
    json: &mut Json<'_>,
    group: &GroupDef,
    handlers: &[FlatHandler],
    start: usize,
    is_first: &mut bool,
) {
    // A group's mounts are behind its handlers: of large groups, most is not looked at.
    let mut end = start + handler_count(group);
    let mut at = group.items.len();
    while at > 0 {
        at -= 1;
        match &group.items[at] {
            Item::Grants(_) => {}
            Item::Handler(_) => break,
            Item::Mount(mount) => {
                let first = end - handler_count(mount.group);
                if let Some(Item::Grants(own)) = mount.group.items.last() {
                    json.raw(if *is_first {
                        ",\"blueprint_grants\":["
                    } else {
                        ","
                    });
                    *is_first = false;
                    json.group(own, handlers, first, end);
                }
                write_mounted(json, mount.group, handlers, first, is_first);
                end = first;
            }
        }
    }
}

impl Json<'_> {
    /// The grants of a blueprint, and the handlers from `first` to before `end`, to which they apply.
    const fn group(
        &mut self,
        own: &GroupGrants,
        handlers: &[FlatHandler],
        first: usize,
        end: usize,
    ) {
        self.raw("{\"source\":{\"module\":");
        self.string(own.module);
        self.raw(",\"item\":");
        self.string(own.item);
        self.raw(",\"file\":");
        self.string(own.file);
        self.raw(",\"line\":");
        self.number(own.line);
        self.raw("},\"functions\":[");
        let (mut before, mut routes, mut at) = (0, 0, 0);
        let mut any = false;
        while at < end {
            match (&handlers[at].def.kind, at < first) {
                (HandlerKind::Route(_), true) => before += 1,
                (HandlerKind::Route(_), false) => routes += 1,
                (_, true) => {}
                (_, false) => {
                    if any {
                        self.raw(",");
                    }
                    any = true;
                    self.string(handlers[at].name);
                }
            }
            at += 1;
        }
        self.raw("],\"routes\":{\"start\":");
        self.number(before);
        self.raw(",\"end\":");
        self.number(before + routes);
        self.raw("},\"grants\":");
        self.grants(own.grants);
        self.raw("}");
    }
}

/// JSON as text.
///
/// # Panics
///
/// When it is no UTF-8, which JSON of texts is.
pub const fn text(json: &'static [u8]) -> &'static str {
    match str::from_utf8(json) {
        Ok(text) => text,
        Err(_) => panic!("JSON that is made of texts is text"),
    }
}
