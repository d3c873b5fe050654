//! The router against the definition of matching, on tries that are built at
//! run time by the very functions that const evaluation runs.

use proptest::prelude::*;

use super::*;
use crate::{
    conflict::{Conflict, ConflictKind, Conflicts, PER_HANDLER},
    cors::CorsSetting,
    definition::{HandlerDef, HandlerKind, RouteDef, SegmentDef},
    flatten::{FlatHandler, PathPrefix},
    path::{PathPattern, best_match, without_trailing_slash},
};

const MAX: usize = 24;
const NODES: usize = MAX * 8;
const EDGES: usize = edge_slots(NODES);

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn route(path: &str, methods: &[Method], line: u32) -> FlatHandler {
    let pattern = PathPattern::parse(path).expect("a valid path");
    let path: &'static str = leak(pattern.to_string());
    let def = HandlerDef {
        name: "handler",
        function: "handler",
        module: "app",
        file: "src/main.rs",
        line,
        kind: HandlerKind::Route(RouteDef {
            path,
            path_hash: hash(SEED, path.as_bytes()),
            segments: leak(
                pattern
                    .definitions()
                    .into_iter()
                    .map(SegmentDef::parts)
                    .collect::<Vec<_>>(),
            ),
            methods: methods.iter().copied().collect(),
            declared_methods: methods.iter().copied().collect(),
            cors: CorsSetting::Inherit,
            authorizer: None,
            content_types: &[],
            stream: false,
        }),
        entry: "",
        unchanging: 0,
    };
    FlatHandler {
        def: leak(def),
        name: "handler",
        is_renamed: false,
        path,
        prefix: PathPrefix::NONE,
        authorizer: crate::flatten::AuthorizerReference::None,
    }
}

fn router_of(handlers: &[FlatHandler]) -> (Router, Vec<Conflict>) {
    let mut padded = handlers.to_vec();
    assert!(handlers.len() <= MAX);
    padded.truncate(MAX);
    let mut conflicts = Conflicts::<{ MAX * PER_HANDLER }>::new();
    let built = build::<NODES, EDGES, MAX, { MAX * PER_HANDLER }>(&padded, &None, &mut conflicts);
    let tables: Tables<NODES, EDGES, MAX, { power_of_two(2 * MAX) }, { MAX * 8 }, 4096> =
        pack(&padded, &built);
    let list = conflicts.list::<{ MAX * PER_HANDLER }>();
    (leak(tables).router(), list[..conflicts.count()].to_vec())
}

fn find(router: &Router, path: &str) -> Option<(Resource, Captures)> {
    let mut captures = Captures::NONE;
    let resource = router.find(path, &mut captures)?;
    Some((resource, captures))
}

fn routes(paths: &[&str]) -> Vec<FlatHandler> {
    paths
        .iter()
        .enumerate()
        .map(|(at, path)| route(path, &[Method::Get], at as u32))
        .collect()
}

#[test]
fn both_tables_find_every_route() {
    let handlers = routes(&[
        "/",
        "/users",
        "/users/<id>",
        "/users/<id>/files/<path..>",
        "/users/me",
        "/v1/x.y",
    ]);
    let (router, conflicts) = router_of(&handlers);
    assert!(conflicts.is_empty());
    for (at, handler) in handlers.iter().enumerate() {
        let resource = router.resource(handler.path).expect(handler.path);
        assert_eq!(router.template(resource), handler.path);
        assert_eq!(router.handler(resource, Some(Method::Get)), Some(at));
        assert_eq!(router.handler(resource, Some(Method::Post)), None);
        assert_eq!(router.handler(resource, None), None);
    }
    assert!(router.resource("/nope").is_none());
    assert!(router.resource("").is_none());
    let (resource, captures) = find(&router, "/users/7/files/a/b%20c").unwrap();
    assert_eq!(router.template(resource), "/users/{id}/files/{path+}");
    assert!(captures.iter("/users/7/files/a/b%20c").eq(["7", "a/b%20c"]));
    assert_eq!(
        router.template(find(&router, "/users/me").unwrap().0),
        "/users/me"
    );
    assert_eq!(router.template(find(&router, "/").unwrap().0), "/");
    for path in [
        "",
        "users",
        "/users/",
        "/users/7/files",
        "/users/7/files/",
        "//",
        "/nope",
    ] {
        assert!(find(&router, path).is_none(), "{path}");
    }
}

#[test]
fn methods_share_a_resource() {
    let handlers = [
        route("/a", &[Method::Put, Method::Get], 1),
        route("/a", &[Method::Any], 2),
        route("/a", &[Method::Post], 3),
    ];
    let (router, conflicts) = router_of(&handlers);
    assert!(conflicts.is_empty());
    let resource = router.resource("/a").unwrap();
    assert_eq!(resource.methods().to_string(), "GET, POST, PUT, ANY");
    assert_eq!(router.handler(resource, Some(Method::Get)), Some(0));
    assert_eq!(router.handler(resource, Some(Method::Put)), Some(0));
    assert_eq!(router.handler(resource, Some(Method::Post)), Some(2));
    assert_eq!(router.handler(resource, Some(Method::Delete)), Some(1));
    assert_eq!(router.handler(resource, None), Some(1));
}

#[test]
fn an_app_without_routes_finds_nothing() {
    let (router, _) = router_of(&[]);
    assert!(find(&router, "/").is_none());
    assert!(router.resource("/").is_none());
}

#[test]
fn conflicts_between_routes() {
    let kinds = |paths: &[&str]| -> Vec<(u16, u16, ConflictKind)> {
        router_of(&routes(paths))
            .1
            .iter()
            .map(|found| (found.first, found.second, found.kind))
            .collect()
    };
    assert_eq!(
        kinds(&["/a", "/b", "/a"]),
        [(0, 2, ConflictKind::SameRoute)]
    );
    assert_eq!(
        kinds(&["/a/<x>", "/a/<y>/z"]),
        [(0, 1, ConflictKind::PlaceholderName)]
    );
    assert_eq!(kinds(&["/a/<x>", "/b/<y>"]), []);
    assert_eq!(
        kinds(&["/a/<x..>", "/a/<x>"]),
        [(0, 1, ConflictKind::GreedyBesidePlaceholder)]
    );
    assert_eq!(
        kinds(&["/a/<x..>", "/a/<y..>"]),
        [(0, 1, ConflictKind::PlaceholderName)]
    );
    assert_eq!(
        kinds(&["/a", "/a", "/<x>", "/<y>", "/a"]),
        [
            (0, 1, ConflictKind::SameRoute),
            (2, 3, ConflictKind::PlaceholderName),
            (0, 4, ConflictKind::SameRoute)
        ]
    );
}

fn segment() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[ab]{1,2}", 2 => Just("<p>".to_owned())]
}

fn path() -> impl Strategy<Value = String> {
    (
        prop::collection::vec(segment(), 0..6),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(segments, greedy)| {
            let mut path = String::new();
            for (at, segment) in segments.iter().enumerate() {
                path.push('/');
                // One name per depth, since a path cannot repeat a name.
                path.push_str(&segment.replace("<p>", &format!("<p{at}>")));
            }
            if greedy {
                path.push_str(&format!("/<p{}..>", segments.len()));
            }
            if path.is_empty() {
                "/".to_owned()
            } else {
                path
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Also for tries with greedy placeholders beside others, which REST APIs
    /// refuse and HTTP APIs do not.
    #[test]
    fn finds_what_matching_by_definition_finds(
        paths in prop::collection::hash_set(path(), 1..MAX),
        wanted in prop::collection::vec("(/[ab]{0,2}){0,7}/?", 1..40),
    ) {
        let mut kept = routes(&paths.iter().map(String::as_str).collect::<Vec<_>>());
        // Leave out what conflicts, except what HTTP APIs allow.
        let router = loop {
            let (router, conflicts) = router_of(&kept);
            let lost = conflicts.iter().find(|found| found.kind != ConflictKind::GreedyBesidePlaceholder);
            match lost {
                Some(lost) => kept.remove(lost.second as usize),
                None => break router,
            };
        };
        let patterns: Vec<PathPattern> = kept.iter().map(|route| PathPattern::parse(route.path).unwrap()).collect();
        for path in &wanted {
            let expected = best_match(&patterns, path);
            let found = find(&router, path);
            prop_assert_eq!(
                found.map(|(resource, _)| router.handler(resource, Some(Method::Get)).unwrap()),
                expected.as_ref().map(|expected| expected.index),
                "{} among {:?}", path, patterns
            );
            if let (Some((_, captures)), Some(expected)) = (found, expected) {
                prop_assert!(captures.iter(path).eq(expected.parameters.iter().map(|(_, value)| value.as_str())));
            }
        }
    }

    #[test]
    fn searching_never_panics(path in "\\PC{0,60}") {
        let (router, _) = router_of(&routes(&["/", "/a/<b>/<c..>", "/a/b/c", "/<x>/y"]));
        let _ = find(&router, &path);
        let _ = find(&router, without_trailing_slash(&path));
        let _ = router.resource(&path);
    }
}
