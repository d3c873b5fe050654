//! Which conflicts are found, and what is said about them.

use super::*;
use crate::{
    definition::{NotificationDef, STUB},
    flatten::PathPrefix,
};

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
    find_name_conflicts::<16, 16>("shop", handlers, &mut conflicts);
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
        "shop",
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

fn notified(
    bucket: &'static str,
    events: &'static [&'static str],
    prefix: &'static str,
    suffix: &'static str,
    line: u32,
) -> FlatHandler {
    let name: &'static str = Box::leak(format!("n{line}").into_boxed_str());
    handler(
        name,
        HandlerKind::S3(NotificationDef {
            bucket,
            events,
            prefix,
            suffix,
        }),
        line,
    )
}

#[test]
fn notifications_of_a_bucket() {
    const CREATED: &[&str] = &["s3:ObjectCreated:*"];
    const PUT: &[&str] = &["s3:ObjectRemoved:Delete", "s3:ObjectCreated:Put"];
    const REMOVED: &[&str] = &["s3:ObjectRemoved:*"];
    let overlap = [(0, 1, ConflictKind::Notification)];
    for (first, second, expected) in [
        (
            notified("a", CREATED, "", "", 1),
            notified("a", PUT, "", "", 2),
            &overlap[..],
        ),
        (
            notified("a", CREATED, "images/", "", 1),
            notified("a", CREATED, "images/2026/", ".jpg", 2),
            &overlap,
        ),
        (
            notified("a", CREATED, "", "", 1),
            notified("b", CREATED, "", "", 2),
            &[],
        ),
        (
            notified("a", CREATED, "", "", 1),
            notified("a", REMOVED, "", "", 2),
            &[],
        ),
        (
            notified("a", CREATED, "images/", ".jpg", 1),
            notified("a", CREATED, "texts/", ".jpg", 2),
            &[],
        ),
        (
            notified("a", CREATED, "images/", ".jpg", 1),
            notified("a", CREATED, "images/", ".png", 2),
            &[],
        ),
    ] {
        assert_eq!(found(&[first, second]), expected);
        // Which of them comes first does not matter.
        assert_eq!(found(&[second, first]), expected);
    }
    let handlers = [
        notified("a", CREATED, "", "", 1),
        notified("a", PUT, "", ".jpg", 2),
    ];
    let text = message(&handlers, ConflictKind::Notification, 0, 1);
    assert!(
        text.contains(
            "second: function n2 for s3:ObjectRemoved:Delete, s3:ObjectCreated:Put in bucket a, suffix .jpg is \
             `app::events::n2` (src/events.rs:2)"
        ),
        "{text}"
    );
}

#[test]
fn a_queue_has_one_handler() {
    let queue = |name, queue, line| handler(name, HandlerKind::Sqs { queue }, line);
    let handlers = [
        queue("a", "orders", 1),
        queue("b", "returns", 2),
        queue("c", "orders", 3),
        // A bucket may be called like a queue.
        notified("orders", &["s3:ObjectCreated:*"], "", "", 4),
        queue("d", "orders", 5),
    ];
    assert_eq!(
        found(&handlers),
        [(0, 2, ConflictKind::Queue), (0, 4, ConflictKind::Queue)]
    );
    let text = message(&handlers, ConflictKind::Queue, 0, 2);
    assert!(text.contains("function a for queue orders is"), "{text}");
}

#[test]
fn names_that_fit_no_stage() {
    // 64 characters less those of `shop-x-`.
    let longest: &'static str = Box::leak("x".repeat(57).into_boxed_str());
    assert_eq!(found(&[function(longest, 1)]), []);
    let prefixed = FlatHandler {
        name: Box::leak(format!("v2_{longest}").into_boxed_str()),
        is_renamed: true,
        ..function(longest, 1)
    };
    assert_eq!(found(&[prefixed]), [(0, 0, ConflictKind::NameTooLong)]);
    let text = message(&[prefixed], ConflictKind::NameTooLong, 0, 0);
    assert!(
        text.contains("app `shop` (4), prefix `v2_` (3), handler `xxx"),
        "{text}"
    );
    assert!(text.contains("57 characters are left"), "{text}");
}

#[test]
fn crates_are_told_apart() {
    assert!(same_crate("app", "app::users::admin"));
    assert!(!same_crate("app", "app2::users"));
}
