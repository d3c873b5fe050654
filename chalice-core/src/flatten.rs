//! From an app's tree of blueprints to the list of its handlers, in const evaluation.
//!
//! The list's order is the order of dispatch ids: a group's own handlers
//! first, then its blueprints, each in the order in which they are listed.

pub use crate::authorizer::AuthorizerReference;
use crate::{
    authorizer::resolve,
    bytes::{copy, slice},
    definition::{GroupDef, HandlerDef, HandlerKind, Item, STUB},
    text::Text,
};

/// The longest prefix that nested blueprints can add up to, in bytes.
const MAX_PREFIX: usize = 1024;

/// A handler at its place in an app.
#[derive(Clone, Copy, Debug)]
pub struct FlatHandler {
    /// What its attribute said.
    pub def: &'static HandlerDef,
    /// Its name, prefixes included.
    pub name: &'static str,
    /// Whether the name has a prefix.
    pub is_renamed: bool,
    /// Its path in API Gateway's form, prefixes included; empty unless it is a route.
    pub path: &'static str,
    /// How many bytes of the path, and how many of its segments, are prefixes.
    pub prefix: PathPrefix,
    /// Which handler its authorizer is, if it is a route with an authorizer of the app.
    pub authorizer: AuthorizerReference,
}

/// The part of a handler's path that its blueprints' prefixes make.
#[derive(Clone, Copy, Debug)]
pub struct PathPrefix {
    /// Its length in bytes.
    pub bytes: usize,
    /// How many segments it has.
    pub segments: usize,
}

impl PathPrefix {
    /// The prefix of a handler that the app itself lists.
    pub const NONE: PathPrefix = PathPrefix {
        bytes: 0,
        segments: 0,
    };
}

/// How many handlers a group has, those of its blueprints included.
pub const fn handler_count(group: &GroupDef) -> usize {
    let (mut count, mut at) = (0, 0);
    let items = group.items.len();
    while at < items {
        count += match &group.items[at] {
            Item::Handler(_) => 1,
            Item::Mount(mount) => handler_count(mount.group),
            Item::Grants(_) => 0,
        };
        at += 1;
    }
    count
}

/// Something for which an app has code only if one of its handlers needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Responses that are streamed.
    Streaming,
    /// Decisions about requests.
    Authorizers,
    /// Events, and functions that are invoked by their names.
    Functions,
}

/// Whether a handler of the group needs that.
pub const fn needs(group: &GroupDef, need: Need) -> bool {
    let mut at = 0;
    while at < group.items.len() {
        let found = match &group.items[at] {
            Item::Handler(handler) => match (&handler.kind, need) {
                (HandlerKind::Route(route), Need::Streaming) => route.stream,
                (HandlerKind::Authorizer(_), Need::Authorizers) => true,
                (
                    HandlerKind::Function
                    | HandlerKind::Websocket { .. }
                    | HandlerKind::S3(_)
                    | HandlerKind::Sqs { .. },
                    Need::Functions,
                ) => true,
                _ => false,
            },
            Item::Mount(mount) => needs(mount.group, need),
            Item::Grants(_) => false,
        };
        if found {
            return true;
        }
        at += 1;
    }
    false
}

/// How many bytes the names and paths take that prefixes change.
pub const fn text_bytes(group: &GroupDef) -> usize {
    text_bytes_below(group, 0, 0)
}

const fn text_bytes_below(group: &GroupDef, path_prefix: usize, name_prefix: usize) -> usize {
    let (mut bytes, mut at) = (0, 0);
    let items = group.items.len();
    while at < items {
        bytes += match &group.items[at] {
            Item::Handler(def) => {
                let path = match &def.kind {
                    HandlerKind::Route(route) if path_prefix > 0 => {
                        path_prefix + path_below_prefix(route.path).len()
                    }
                    _ => 0,
                };
                path + if name_prefix > 0 {
                    name_prefix + def.name.len()
                } else {
                    0
                }
            }
            Item::Mount(mount) => text_bytes_below(
                mount.group,
                path_prefix + mount.path_prefix.len(),
                name_prefix + mount.name_prefix.len(),
            ),
            Item::Grants(_) => 0,
        };
        at += 1;
    }
    bytes
}

/// What of a route's path follows a prefix: a blueprint's own root is the prefix itself.
const fn path_below_prefix(path: &str) -> &str {
    if path.len() == 1 { "" } else { path }
}

/// The handlers of an app, their changed names and paths still in one buffer.
#[derive(Clone, Copy)]
pub struct Flattened<const HANDLERS: usize, const BYTES: usize> {
    entries: [Entry; HANDLERS],
    text: [u8; BYTES],
    handlers: usize,
    bytes: usize,
}

#[derive(Clone, Copy)]
struct Entry {
    def: &'static HandlerDef,
    /// Where the name is in the buffer; without a prefix it is the definition's own.
    name: Option<Span>,
    /// Where the path is in the buffer; without a prefix it is the definition's own.
    path: Option<Span>,
    prefix: PathPrefix,
}

#[derive(Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
}

/// Collects the handlers of `group`; `HANDLERS` is [`handler_count`] and `BYTES` is [`text_bytes`] of it.
pub const fn flatten<const HANDLERS: usize, const BYTES: usize>(
    group: &'static GroupDef,
) -> Flattened<HANDLERS, BYTES> {
    let mut flattened = Flattened {
        entries: [Entry {
            def: &STUB,
            name: None,
            path: None,
            prefix: PathPrefix::NONE,
        }; HANDLERS],
        text: [0; BYTES],
        handlers: 0,
        bytes: 0,
    };
    collect(group, &mut flattened, Text::new(), Text::new(), 0);
    flattened
}

const fn collect<const HANDLERS: usize, const BYTES: usize>(
    group: &'static GroupDef,
    out: &mut Flattened<HANDLERS, BYTES>,
    path_prefix: Text<MAX_PREFIX>,
    name_prefix: Text<MAX_PREFIX>,
    prefix_segments: usize,
) {
    // Every call costs const evaluation a frame: none of them is repeated per handler.
    let items = group.items.len();
    let (is_renamed, is_moved) = (!name_prefix.is_empty(), !path_prefix.is_empty());
    let mut at = 0;
    while at < items {
        match &group.items[at] {
            Item::Handler(def) => {
                let mut entry = Entry {
                    def,
                    name: None,
                    path: None,
                    prefix: PathPrefix::NONE,
                };
                if is_renamed {
                    entry.name = Some(join(out, name_prefix.as_str(), def.name));
                }
                if let HandlerKind::Route(route) = &def.kind
                    && is_moved
                {
                    let path = path_below_prefix(route.path);
                    entry.path = Some(join(out, path_prefix.as_str(), path));
                    entry.prefix = PathPrefix {
                        bytes: path_prefix.len(),
                        segments: prefix_segments,
                    };
                }
                out.entries[out.handlers] = entry;
                out.handlers += 1;
            }
            Item::Mount(mount) => {
                let mut path = path_prefix;
                let segments = push_prefix(&mut path, mount.path_prefix);
                let mut name = name_prefix;
                name.push(mount.name_prefix);
                collect(mount.group, out, path, name, prefix_segments + segments);
            }
            Item::Grants(_) => {}
        }
        at += 1;
    }
}

/// Appends a mount's prefix in API Gateway's form; returns the number of its segments.
const fn push_prefix(path: &mut Text<MAX_PREFIX>, prefix: &str) -> usize {
    assert!(
        path.len() + prefix.len() <= MAX_PREFIX,
        "the path prefixes of nested blueprints add up to more than 1024 bytes"
    );
    let mut segments = 0;
    let (mut start, mut at) = (0, 0);
    let bytes = prefix.as_bytes();
    while at < bytes.len() {
        let bracket = match bytes[at] {
            b'/' => {
                segments += 1;
                None
            }
            b'<' => Some("{"),
            b'>' => Some("}"),
            _ => None,
        };
        if let Some(bracket) = bracket {
            path.push(prefix.split_at(at).0.split_at(start).1);
            path.push(bracket);
            start = at + 1;
        }
        at += 1;
    }
    path.push(prefix.split_at(start).1);
    segments
}

const fn join<const HANDLERS: usize, const BYTES: usize>(
    out: &mut Flattened<HANDLERS, BYTES>,
    prefix: &str,
    own: &str,
) -> Span {
    let start = out.bytes;
    copy(&mut out.text, start, prefix.as_bytes());
    copy(&mut out.text, start + prefix.len(), own.as_bytes());
    out.bytes = start + prefix.len() + own.len();
    Span {
        start,
        end: out.bytes,
    }
}

/// The handlers of an app with their names and paths as text.
#[expect(
    clippy::redundant_pattern_matching,
    reason = "`is_some` would be a call per route for const evaluation"
)]
pub const fn handlers<const HANDLERS: usize, const BYTES: usize>(
    flattened: &'static Flattened<HANDLERS, BYTES>,
) -> [FlatHandler; HANDLERS] {
    // Validated once for all names and paths, since each byte costs a step.
    let Ok(text) = str::from_utf8(slice(&flattened.text, 0, flattened.bytes)) else {
        panic!("names and paths are joined from text, so they are text");
    };
    let mut handlers = [FlatHandler {
        def: &STUB,
        name: "",
        is_renamed: false,
        path: "",
        prefix: PathPrefix::NONE,
        authorizer: AuthorizerReference::None,
    }; HANDLERS];
    let mut authorizers = false;
    let mut at = 0;
    while at < HANDLERS {
        let entry = &flattened.entries[at];
        let path = match &entry.def.kind {
            HandlerKind::Route(route) => {
                authorizers |= matches!(route.authorizer, Some(_));
                match entry.path {
                    Some(span) => part(text, span),
                    None => route.path,
                }
            }
            _ => "",
        };
        let (name, is_renamed) = match entry.name {
            Some(span) => (part(text, span), true),
            None => (entry.def.name, false),
        };
        handlers[at] = FlatHandler {
            def: entry.def,
            name,
            is_renamed,
            path,
            prefix: entry.prefix,
            authorizer: AuthorizerReference::None,
        };
        at += 1;
    }
    if authorizers {
        resolve(&mut handlers);
    }
    handlers
}

const fn part(text: &'static str, span: Span) -> &'static str {
    text.split_at(span.end).0.split_at(span.start).1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cors::CorsSetting,
        definition::{Mount, RouteDef},
        method::MethodSet,
    };

    const fn route(name: &'static str, path: &'static str) -> HandlerDef {
        HandlerDef {
            name,
            kind: HandlerKind::Route(RouteDef {
                path,
                path_hash: 0,
                segments: &[],
                methods: MethodSet::EMPTY,
                declared_methods: crate::method::MethodList::EMPTY,
                cors: CorsSetting::Inherit,
                authorizer: None,
                content_types: &[],
                stream: false,
            }),
            ..STUB
        }
    }

    const LIST: &HandlerDef = &route("list", "/");
    const SHOW: &HandlerDef = &route("show", "/{id}");
    const EVENT: &HandlerDef = &HandlerDef {
        name: "event",
        ..STUB
    };

    const ITEMS: &GroupDef = &GroupDef {
        items: &[Item::Handler(LIST), Item::Handler(SHOW)],
    };
    const SHOP: &GroupDef = &GroupDef {
        items: &[
            Item::Handler(EVENT),
            Item::Mount(Mount::of(ITEMS).at("/items").prefix("items_")),
        ],
    };
    const APP: &GroupDef = &GroupDef {
        items: &[
            Item::Handler(LIST),
            Item::Mount(Mount::of(ITEMS)),
            Item::Mount(Mount::of(SHOP).at("/v1/<shop>").prefix("shop_")),
        ],
    };

    const FLATTENED: &Flattened<{ handler_count(APP) }, { text_bytes(APP) }> = &flatten(APP);
    const HANDLERS: [FlatHandler; handler_count(APP)] = handlers(FLATTENED);

    #[test]
    fn names_and_paths_with_nested_prefixes() {
        let flat: Vec<(&str, &str, usize)> = HANDLERS
            .iter()
            .map(|handler| (handler.name, handler.path, handler.prefix.segments))
            .collect();
        assert_eq!(
            flat,
            [
                ("list", "/", 0),
                ("list", "/", 0),
                ("show", "/{id}", 0),
                ("shop_event", "", 0),
                ("shop_items_list", "/v1/{shop}/items", 3),
                ("shop_items_show", "/v1/{shop}/items/{id}", 3),
            ]
        );
        // Nothing was reserved that is not used.
        assert_eq!(FLATTENED.bytes, FLATTENED.text.len());
    }

    #[test]
    fn what_handlers_need() {
        const STREAMING: &HandlerDef = &HandlerDef {
            kind: HandlerKind::Route(RouteDef {
                stream: true,
                ..PLAIN
            }),
            ..*LIST
        };
        const PLAIN: RouteDef = match &LIST.kind {
            HandlerKind::Route(route) => *route,
            _ => panic!("a route"),
        };
        const FUNCTION: &HandlerDef = &HandlerDef {
            kind: HandlerKind::Function,
            ..*EVENT
        };
        const INNER: &GroupDef = &GroupDef {
            items: &[Item::Handler(STREAMING), Item::Handler(FUNCTION)],
        };
        const OUTER: &GroupDef = &GroupDef {
            items: &[Item::Handler(LIST), Item::Mount(Mount::of(INNER))],
        };
        for need in [Need::Streaming, Need::Authorizers, Need::Functions] {
            assert!(!needs(ITEMS, need), "{need:?}");
            assert_eq!(needs(OUTER, need), need != Need::Authorizers, "{need:?}");
        }
    }
}
