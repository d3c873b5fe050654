//! The definition of a plain route as a tuple of literals.
//!
//! A struct of twenty fields beside every handler is most of what a route costs
//! rustc: paths to resolve, expressions to check, a body to build. Literals
//! cost a fraction of that. What they say is read once, when an app lists the handler, and
//! in few steps: nothing is cut or searched there, since each call is work for const evaluation.
//!
//! A route is plain if it names no authorizer and no content types, and of CORS no
//! settings but the default ones: those refer to further values.

use crate::{
    content_type::DEFAULT_CONTENT_TYPES,
    cors::CorsSetting,
    definition::{HandlerDef, HandlerKind, RouteDef},
    method::{MethodList, MethodSet},
};

/// The definition of a plain route: its texts, its [`Numbers`], and its path's segments as
/// [`SegmentDef::parts`](crate::definition::SegmentDef::parts).
pub type PackedRoute = (Texts, Numbers, &'static [[u64; 2]]);

/// The handler's name, the function's, the module's path, the file, the path in API
/// Gateway's form, and the manifest entry.
pub type Texts = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// [`RouteDef::path_hash`], the declared methods, [`HandlerDef::unchanging`], and what [`facts`] makes.
pub type Numbers = (u64, u32, usize, u64);

/// What is packed where no route is: `unpack` makes a handler of it that is none.
pub const NOTHING: PackedRoute = (("", "", "", "", "", ""), (0, 0, 0, 0), &[]);

// Where the facts stand, behind the line's 32 bits.
const METHODS: u32 = 32;
const CORS: u32 = 40;
const STREAM: u32 = 48;

const INHERIT: u8 = 0;
const OFF: u8 = 1;
const DEFAULT: u8 = 2;

/// What a plain route says about CORS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum PlainCors {
    /// Nothing.
    Inherit = INHERIT,
    /// `cors = false`
    Off = OFF,
    /// `cors`
    Default = DEFAULT,
}

/// The line of the file, the methods, CORS, and whether responses are streamed, as one number.
pub const fn facts(line: u32, methods: MethodSet, cors: PlainCors, stream: bool) -> u64 {
    line as u64
        | (methods.bits() as u64) << METHODS
        | (cors as u64) << CORS
        | (stream as u64) << STREAM
}

/// The definition of a packed route.
pub const fn unpack(packed: PackedRoute) -> HandlerDef {
    let ((name, function, module, file, path, entry), numbers, segments) = packed;
    let (path_hash, declared_methods, unchanging, facts) = numbers;
    HandlerDef {
        name,
        function,
        module,
        file,
        line: facts as u32,
        kind: HandlerKind::Route(RouteDef {
            path,
            path_hash,
            segments,
            methods: MethodSet((facts >> METHODS) as u8),
            declared_methods: MethodList(declared_methods),
            cors: match (facts >> CORS) as u8 {
                INHERIT => CorsSetting::Inherit,
                OFF => CorsSetting::Off,
                _ => CorsSetting::DEFAULT,
            },
            authorizer: None,
            content_types: DEFAULT_CONTENT_TYPES,
            stream: (facts >> STREAM) != 0,
        }),
        entry,
        unchanging,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(cors: PlainCors, stream: bool) -> (HandlerDef, RouteDef) {
        let texts = ("all", "list", "app::lists", "src/lists.rs", "/a/{b}", "{}");
        let facts = facts(u32::MAX, MethodSet(0x81), cors, stream);
        let def = unpack((
            texts,
            (u64::MAX, u32::MAX, 7, facts),
            &[[1, 2], [3, u64::MAX]],
        ));
        match def.kind {
            HandlerKind::Route(route) => (def, route),
            other => panic!("a route: {other:?}"),
        }
    }

    #[test]
    fn what_is_packed_comes_out() {
        let (def, route) = round_trip(PlainCors::Inherit, false);
        assert_eq!((def.name, def.function), ("all", "list"));
        assert_eq!((def.module, def.file), ("app::lists", "src/lists.rs"));
        assert_eq!((def.line, def.entry, def.unchanging), (u32::MAX, "{}", 7));
        assert_eq!((route.path, route.path_hash), ("/a/{b}", u64::MAX));
        assert_eq!(route.segments, [[1, 2], [3, u64::MAX]]);
        assert_eq!(route.methods.bits(), 0x81);
        assert_eq!(route.declared_methods.0, u32::MAX);
        assert_eq!(route.content_types, DEFAULT_CONTENT_TYPES);
        assert!(route.authorizer.is_none());
    }

    #[test]
    fn cors_and_streams() {
        for stream in [false, true] {
            let cors = |cors| {
                let (_, route) = round_trip(cors, stream);
                assert_eq!(route.stream, stream);
                route.cors
            };
            assert!(matches!(cors(PlainCors::Inherit), CorsSetting::Inherit));
            assert!(matches!(cors(PlainCors::Off), CorsSetting::Off));
            assert!(matches!(cors(PlainCors::Default), CorsSetting::Own(_)));
        }
    }
}
