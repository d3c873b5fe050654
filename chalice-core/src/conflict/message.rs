//! What a compile error says about a conflict: what contends, where both are, and what to do.

use super::{Conflict, ConflictKind, max_name, same};
use crate::{
    authorizer::AuthorizerKind,
    bytes::equal,
    definition::{HandlerDef, HandlerKind, NotificationDef, RouteDef},
    flatten::FlatHandler,
    method::Method,
    text::Text,
};

/// The longest message that a compile error gets, in bytes.
pub(super) const MAX_MESSAGE: usize = 4096;

/// Writes the message about a conflict between two of `handlers`.
pub(super) const fn describe(
    text: &mut Text<MAX_MESSAGE>,
    app: &str,
    handlers: &[FlatHandler],
    conflict: &Conflict,
) {
    let first = &handlers[conflict.first as usize];
    let second = &handlers[conflict.second as usize];
    if same(first.def, second.def) && conflict.first != conflict.second {
        describe_repetition(text, conflict.kind, first, second);
        return;
    }
    let (what, fix) = match conflict.kind {
        ConflictKind::SameRoute => (
            "two routes answer the same method and path, so API Gateway could not tell them apart",
            "give one of them another path or other `methods`, or leave one out of the app",
        ),
        ConflictKind::PlaceholderName => (
            "two routes name the placeholder at the same place of their paths differently, and API Gateway \
             refuses sibling resources with different placeholders",
            "use one name for that placeholder in both paths and in the arguments of both functions",
        ),
        ConflictKind::GreedyBesidePlaceholder => (
            "two routes have a placeholder and a greedy placeholder at the same place of their paths, and API \
             Gateway refuses both as siblings",
            "keep one of them, or put a literal segment before one of them",
        ),
        ConflictKind::Cors => (
            "two routes of one path have different `cors` settings, and a browser asks once per path which \
             ones apply",
            "use the same `cors(..)` for both; a route without any has the app's, `api: Api { cors: .. }`",
        ),
        ConflictKind::FunctionName => (
            "two handlers would be Lambda functions of the same name",
            "give one of them a `name = \"..\"` of its own, or mount its blueprint with `.prefix(\"..\")`",
        ),
        ConflictKind::ReservedName => (
            "`api_handler` and `bootstrap` are names of the Lambda function that answers the routes",
            "give the handler a `name = \"..\"` of its own",
        ),
        ConflictKind::NameTooLong => (
            "the name of a Lambda function, `<app>-<stage>-<handler>`, has at most 64 characters, and this handler's \
             has more with any stage",
            "give the handler a shorter `name = \"..\"`, or mount its blueprint with a shorter `.prefix(\"..\")`",
        ),
        ConflictKind::Notification => (
            "two handlers are notified of the same events of a bucket, which Amazon S3 refuses: their events, \
             prefixes and suffixes overlap",
            "give both a `prefix` or a `suffix` that no key has together with the other's, or other `events`; or call \
             both from one handler",
        ),
        ConflictKind::Queue => (
            "two handlers get the messages of one queue, and each message would reach one of the two, by chance",
            "call both from one handler, or give each a queue of its own and subscribe both queues to an SNS topic",
        ),
        ConflictKind::WebsocketRoute => (
            "two handlers answer the same route of the WebSocket API",
            "keep one of them and call the other from it",
        ),
        ConflictKind::RepeatedPlaceholder => (
            "a placeholder occurs twice in the path of a route, once in the prefix of its blueprint",
            "use another name in the prefix or in the route",
        ),
        ConflictKind::PathTooLong => (
            "the path of a route, the prefixes of its blueprints included, has more than 32 segments or more \
             than 16 placeholders",
            "mount its blueprint under a shorter prefix",
        ),
        ConflictKind::UnlistedAuthorizer => (
            "the app does not list the authorizer of a route, so there would be no Lambda function that API \
             Gateway could ask",
            "add the authorizer to `handlers` of the app or of one of its blueprints",
        ),
        ConflictKind::AmbiguousAuthorizer => (
            "the authorizer of a route is in the app several times, and none of its places is the route's",
            "list the authorizer beside the route, or mount its blueprint once",
        ),
    };
    text.push(what);
    if conflict.first == conflict.second {
        text.push("\n handler: ");
        describe_handler(text, first);
    } else {
        text.push("\n   first: ");
        describe_handler(text, first);
        text.push("\n  second: ");
        describe_handler(text, second);
    }
    if let HandlerKind::Route(RouteDef {
        authorizer: Some(authorizer),
        ..
    }) = &first.def.kind
        && let AuthorizerKind::Function { handler } = &authorizer.kind
        && matches!(
            conflict.kind,
            ConflictKind::UnlistedAuthorizer | ConflictKind::AmbiguousAuthorizer
        )
    {
        text.push("\n   names: ");
        describe_definition(text, handler);
    }
    if matches!(conflict.kind, ConflictKind::NameTooLong) {
        describe_name(text, app, first);
    }
    text.push("\n    help: ");
    text.push(fix);
}

/// What a name that is too long consists of, and how long it may be.
const fn describe_name(text: &mut Text<MAX_MESSAGE>, app: &str, handler: &FlatHandler) {
    let prefix = handler.name.len() - handler.def.name.len();
    text.push("\n   parts: app `");
    text.push(app);
    text.push("` (");
    text.push_number(app.len() as u32);
    text.push(")");
    if prefix > 0 {
        text.push(", prefix `");
        text.push(handler.name.split_at(prefix).0);
        text.push("` (");
        text.push_number(prefix as u32);
        text.push(")");
    }
    text.push(", handler `");
    text.push(handler.def.name);
    text.push("` (");
    text.push_number(handler.def.name.len() as u32);
    text.push("); with a stage of one letter, ");
    text.push_number(max_name(app) as u32);
    text.push(if prefix > 0 {
        " characters are left for prefix and handler"
    } else {
        " characters are left for the handler"
    });
}

/// One handler that contends with itself: listed twice, or its blueprint mounted twice.
const fn describe_repetition(
    text: &mut Text<MAX_MESSAGE>,
    kind: ConflictKind,
    first: &FlatHandler,
    second: &FlatHandler,
) {
    text.push("a handler is in the app twice");
    text.push("\n handler: ");
    describe_handler(text, first);
    if !equal(first.path.as_bytes(), second.path.as_bytes()) {
        text.push("\n   again: ");
        describe_handler(text, second);
    }
    text.push(match kind {
        // A prefix would change the function's name, and not the route.
        ConflictKind::WebsocketRoute => {
            "\n    help: list it once: a route of the WebSocket API has one function"
        }
        ConflictKind::Notification => {
            "\n    help: list it once: Amazon S3 refuses to notify two functions of the same events"
        }
        ConflictKind::Queue => {
            "\n    help: list it once: each message of its queue would reach one of two functions, by chance"
        }
        _ => {
            "\n    help: list it once, or mount its blueprint under different prefixes: `.at(\"/..\").prefix(\"..\")`"
        }
    });
}

const fn describe_handler(text: &mut Text<MAX_MESSAGE>, handler: &FlatHandler) {
    match &handler.def.kind {
        HandlerKind::Route(route) => {
            let mut at = 0;
            let mut separator = "";
            while at < Method::ALL.len() {
                if route.methods.contains(Method::ALL[at]) {
                    text.push(separator);
                    text.push(Method::ALL[at].name());
                    separator = "|";
                }
                at += 1;
            }
            text.push(" ");
            text.push(handler.path);
        }
        HandlerKind::Function => {
            text.push("function ");
            text.push(handler.name);
        }
        HandlerKind::Sqs { queue } => {
            text.push("function ");
            text.push(handler.name);
            text.push(" for queue ");
            text.push(queue);
        }
        HandlerKind::S3(notification) => {
            text.push("function ");
            text.push(handler.name);
            text.push(" for ");
            describe_notification(text, notification);
        }
        HandlerKind::Authorizer(_) => {
            text.push("authorizer ");
            text.push(handler.name);
        }
        HandlerKind::Websocket { route_key } => {
            text.push("websocket route ");
            text.push(route_key);
        }
    }
    text.push(" is ");
    describe_definition(text, handler.def);
}

const fn describe_notification(text: &mut Text<MAX_MESSAGE>, notification: &NotificationDef) {
    let mut at = 0;
    while at < notification.events.len() {
        if at > 0 {
            text.push(", ");
        }
        text.push(notification.events[at]);
        at += 1;
    }
    text.push(" in bucket ");
    text.push(notification.bucket);
    if !notification.prefix.is_empty() {
        text.push(", prefix ");
        text.push(notification.prefix);
    }
    if !notification.suffix.is_empty() {
        text.push(", suffix ");
        text.push(notification.suffix);
    }
}

const fn describe_definition(text: &mut Text<MAX_MESSAGE>, def: &HandlerDef) {
    text.push("`");
    text.push(def.module);
    text.push("::");
    text.push(def.function);
    text.push("` (");
    text.push(def.file);
    text.push(":");
    text.push_number(def.line);
    text.push(")");
}
