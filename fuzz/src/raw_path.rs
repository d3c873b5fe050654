//! Searching the resource of a raw path: the router finds what matching by
//! definition finds, with the same values of placeholders.

use std::sync::LazyLock;

use chalice_core::{
    bytes::{SEED, hash},
    conflict::{Conflicts, PER_HANDLER},
    cors::CorsSetting,
    definition::{HandlerDef, HandlerKind, RouteDef, SegmentDef},
    flatten::{AuthorizerReference, FlatHandler, PathPrefix},
    method::{Method, MethodList},
    path::{PathPattern, best_match, without_trailing_slash},
    router::{Captures, Router, Tables, build, edge_slots, pack, power_of_two},
};

/// APIs whose routes overlap in every way in which they can: literals beside
/// placeholders, greedy placeholders beside both, branches that lead nowhere.
const APIS: [&[&str]; 4] = [
    &["/"],
    &[
        "/",
        "/users",
        "/users/<id>",
        "/users/me",
        "/users/<id>/files/<path..>",
        "/users/me/files",
        "/v1.0/a_b-c:d",
    ],
    &[
        "/a/b/c",
        "/a/b/<x>/d",
        "/a/<y>/c/d",
        "/<z>/b/c/e",
        "/<z>/<y>/<x>/<w>/f",
    ],
    &[
        "/<all..>",
        "/a",
        "/a/<rest..>",
        "/a/<one>",
        "/a/b/<tail..>",
        "/<p>/b",
        "/<p>/<q>/<end..>",
        "/a/<one>/b/<two>/c",
    ],
];

const MAX: usize = 8;
const NODES: usize = 64;
const EDGES: usize = edge_slots(NODES);

struct Api {
    router: Router,
    handlers: Vec<FlatHandler>,
    patterns: Vec<PathPattern>,
}

static BUILT: LazyLock<Vec<Api>> = LazyLock::new(|| APIS.iter().map(|paths| api(paths)).collect());

/// Checks one input.
pub fn check(path: &str) {
    // The spans of captures are shorter, and API Gateway's URLs are by far.
    if path.len() >= usize::from(u16::MAX) {
        return;
    }
    for api in BUILT.iter() {
        check_in(api, path);
        check_in(api, without_trailing_slash(path));
    }
}

fn check_in(api: &Api, path: &str) {
    let expected = best_match(&api.patterns, path);
    let mut captures = Captures::NONE;
    let found = api.router.find(path, &mut captures);
    assert_eq!(
        found.map(|resource| api.router.handler(resource, Some(Method::Get))),
        expected.as_ref().map(|expected| Some(expected.index)),
        "{path:?} among {:?}",
        api.patterns
    );
    if let (Some(_), Some(expected)) = (found, expected) {
        let values = expected.parameters.iter().map(|(_, value)| value.as_str());
        assert!(captures.iter(path).eq(values), "{path:?}");
    }
    let known = api.handlers.iter().any(|handler| handler.path == path);
    assert_eq!(api.router.resource(path).is_some(), known, "{path:?}");
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn api(paths: &[&str]) -> Api {
    let patterns: Vec<PathPattern> = paths
        .iter()
        .map(|path| PathPattern::parse(path).expect("a path of this file"))
        .collect();
    let handlers: Vec<FlatHandler> = patterns.iter().map(handler).collect();
    assert!(handlers.len() <= MAX, "the tables have room for {MAX}");
    let mut conflicts = Conflicts::<{ MAX * PER_HANDLER }>::new();
    let built = build::<NODES, EDGES, MAX, { MAX * PER_HANDLER }>(&handlers, &None, &mut conflicts);
    let tables: Tables<NODES, EDGES, MAX, { power_of_two(2 * MAX) }, { MAX * 8 }, 4096> =
        pack(&handlers, &built);
    Api {
        router: leak(tables).router(),
        handlers,
        patterns,
    }
}

fn handler(pattern: &PathPattern) -> FlatHandler {
    let path: &'static str = pattern.to_string().leak();
    let def = leak(HandlerDef {
        name: "handler",
        function: "handler",
        module: "app",
        file: "src/main.rs",
        line: 1,
        kind: HandlerKind::Route(RouteDef {
            path,
            path_hash: hash(SEED, path.as_bytes()),
            segments: pattern
                .definitions()
                .into_iter()
                .map(SegmentDef::parts)
                .collect::<Vec<_>>()
                .leak(),
            methods: [Method::Get].into_iter().collect(),
            declared_methods: MethodList::EMPTY.with(Method::Get),
            cors: CorsSetting::Inherit,
            authorizer: None,
            content_types: &[],
            stream: false,
        }),
        entry: "",
        unchanging: 0,
    });
    FlatHandler {
        def,
        name: def.name,
        is_renamed: false,
        path,
        prefix: PathPrefix::NONE,
        authorizer: AuthorizerReference::None,
    }
}
