//! Which conflicts are found, and what is said about them.

use super::*;
use crate::{definition::STUB, flatten::PathPrefix};

fn handler(name: &'static str, kind: HandlerKind, line: u32) -> FlatHandler {
    let def = HandlerDef {
        name,
        function: name,
        module: "app::events",
        file: "src/events.rs",
        line,
        kind,
        ..STUB
    };
    FlatHandler {
        def: Box::leak(Box::new(def)),
        name,
        is_renamed: false,
        path: "",
        prefix: PathPrefix::NONE,
        authorizer: AuthorizerReference::None,
    }
}

fn function(name: &'static str, line: u32) -> FlatHandler {
    handler(name, HandlerKind::Function, line)
}

fn websocket(name: &'static str, route_key: &'static str, line: u32) -> FlatHandler {
    handler(name, HandlerKind::Websocket { route_key }, line)
}

fn found(handlers: &[FlatHandler]) -> Vec<(u16, u16, ConflictKind)> {
    let mut conflicts = Conflicts::<16>::new();
    find_name_conflicts::<16, 16>(handlers, &mut conflicts);
    conflicts.found[..conflicts.count()]
        .iter()
        .map(|conflict| (conflict.first, conflict.second, conflict.kind))
        .collect()
}

#[test]
fn names_of_functions() {
    assert_eq!(found(&[function("a", 1), function("b", 2)]), []);
    assert_eq!(
        found(&[function("a", 1), function("b", 2), function("a", 3)]),
        [(0, 2, ConflictKind::FunctionName)]
    );
    // AWS Lambda would be told to run the routes.
    for reserved in ["api_handler", "bootstrap"] {
        assert_eq!(
            found(&[function(reserved, 1)]),
            [(0, 0, ConflictKind::ReservedName)]
        );
    }
}

#[test]
fn routes_of_the_websocket_api() {
    assert_eq!(
        found(&[
            websocket("a", "$connect", 1),
            websocket("b", "$default", 2),
            websocket("c", "$connect", 3),
            // A function may be called like a route key.
            function("$connect", 4),
        ]),
        [(0, 2, ConflictKind::WebsocketRoute)]
    );
}

#[test]
fn a_route_and_its_name_are_one_conflict() {
    let name = "websocket_connect";
    assert_eq!(
        found(&[
            websocket(name, "$connect", 1),
            websocket(name, "$connect", 2)
        ]),
        [(0, 1, ConflictKind::WebsocketRoute)]
    );
    assert_eq!(
        found(&[websocket(name, "$connect", 1), function(name, 2)]),
        [(0, 1, ConflictKind::FunctionName)]
    );
}

fn message(handlers: &[FlatHandler], kind: ConflictKind, first: u16, second: u16) -> String {
    let mut text = Text::new();
    describe(
        &mut text,
        handlers,
        &Conflict {
            first,
            second,
            kind,
        },
    );
    text.as_str().to_owned()
}

#[test]
fn messages_name_both_places() {
    let handlers = [
        function("a", 1),
        function("a", 2),
        websocket("w", "$connect", 3),
    ];
    let text = message(&handlers, ConflictKind::FunctionName, 0, 1);
    assert!(
        text.contains("first: function a is `app::events::a` (src/events.rs:1)"),
        "{text}"
    );
    assert!(
        text.contains("second: function a is `app::events::a` (src/events.rs:2)"),
        "{text}"
    );
    assert!(text.contains("help: "), "{text}");
    let text = message(&handlers, ConflictKind::WebsocketRoute, 0, 2);
    assert!(
        text.contains("websocket route $connect is `app::events::w`"),
        "{text}"
    );
    let text = message(&handlers, ConflictKind::FunctionName, 0, 0);
    assert!(text.contains("handler: function a"), "{text}");
}

#[test]
fn prefixes_are_no_help_to_a_websocket_route() {
    let once = websocket("connect", "$connect", 1);
    let again = FlatHandler {
        name: "v2_connect",
        is_renamed: true,
        ..once
    };
    let handlers = [once, again];
    assert_eq!(found(&handlers), [(0, 1, ConflictKind::WebsocketRoute)]);
    let text = message(&handlers, ConflictKind::WebsocketRoute, 0, 1);
    assert!(text.contains("in the app twice"), "{text}");
    assert!(text.contains("has one function"), "{text}");
    assert!(!text.contains(".prefix"), "{text}");
}

#[test]
fn crates_are_told_apart() {
    assert!(same_crate("app", "app::users::admin"));
    assert!(!same_crate("app", "app2::users"));
}
