//! Conflicts between the handlers of an app, found in const evaluation and
//! reported as compile errors at the offending handler's attribute.

use crate::{
    authorizer::AuthorizerKind,
    bytes::{equal, hash, position, slice},
    definition::{HandlerDef, HandlerKind, RouteDef},
    flatten::{AuthorizerReference, FlatHandler},
    method::Method,
    name::API_HANDLER,
    text::Text,
};

/// The longest message that a compile error gets, in bytes.
const MAX_MESSAGE: usize = 4096;

/// How many conflicts are kept per handler: one about its path, one about its
/// CORS settings, one about its name, one about its authorizer.
pub const PER_HANDLER: usize = 4;

/// Two handlers that cannot be in one app; or one, twice, that cannot be in any.
#[derive(Clone, Copy, Debug)]
pub struct Conflict {
    /// The handler that comes first in the app.
    pub first: u16,
    /// The handler that comes second.
    pub second: u16,
    /// What they contend for.
    pub kind: ConflictKind,
}

/// What two handlers contend for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictKind {
    /// Both answer one method of one path.
    SameRoute,
    /// At one place of a path, their placeholders have different names.
    PlaceholderName,
    /// At one place of a path, one has a placeholder and the other a greedy one.
    GreedyBesidePlaceholder,
    /// On one path, their CORS settings differ.
    Cors,
    /// They would be Lambda functions of one name.
    FunctionName,
    /// The handler would be a Lambda function with a name that the framework uses.
    ReservedName,
    /// They answer one route of the WebSocket API.
    WebsocketRoute,
    /// A placeholder of the handler's path occurs in a prefix as well.
    RepeatedPlaceholder,
    /// The handler's path, prefixes included, is longer than the router takes.
    PathTooLong,
    /// The route's authorizer is a function that the app does not list.
    UnlistedAuthorizer,
    /// The route's authorizer is in the app more than once, and none of its places is the route's.
    AmbiguousAuthorizer,
}

/// Conflicts, as many as fit.
pub struct Conflicts<const CAPACITY: usize> {
    found: [Conflict; CAPACITY],
    count: usize,
}

impl<const CAPACITY: usize> Conflicts<CAPACITY> {
    /// No conflict.
    pub const fn new() -> Self {
        const NONE: Conflict = Conflict {
            first: 0,
            second: 0,
            kind: ConflictKind::SameRoute,
        };
        Conflicts {
            found: [NONE; CAPACITY],
            count: 0,
        }
    }

    /// Adds a conflict.
    pub const fn push(&mut self, first: usize, second: usize, kind: ConflictKind) {
        if self.count < CAPACITY {
            self.found[self.count] = Conflict {
                first: first as u16,
                second: second as u16,
                kind,
            };
            self.count += 1;
        }
    }

    /// How many there are.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The conflicts; `COUNT` is [`count`](Self::count).
    pub const fn list<const COUNT: usize>(&self) -> [Conflict; COUNT] {
        let mut list = [Conflict {
            first: 0,
            second: 0,
            kind: ConflictKind::SameRoute,
        }; COUNT];
        list.copy_from_slice(slice_of(&self.found, COUNT));
        list
    }
}

impl<const CAPACITY: usize> Default for Conflicts<CAPACITY> {
    fn default() -> Self {
        Self::new()
    }
}

const fn slice_of(all: &[Conflict], count: usize) -> &[Conflict] {
    all.split_at(count).0
}

/// Finds the handlers that contend for the name of a Lambda function or for a
/// route of the WebSocket API, and the routes whose authorizer is not to be found. `SLOTS` is a power of two, at least twice the
/// number of handlers.
pub const fn find_name_conflicts<const SLOTS: usize, const CAPACITY: usize>(
    handlers: &[FlatHandler],
    conflicts: &mut Conflicts<CAPACITY>,
) {
    const FREE: u16 = u16::MAX;
    let mut taken = [FREE; SLOTS];
    let mut at = 0;
    let count = handlers.len();
    while at < count {
        match handlers[at].authorizer {
            AuthorizerReference::Unlisted => {
                conflicts.push(at, at, ConflictKind::UnlistedAuthorizer);
            }
            AuthorizerReference::Ambiguous => {
                conflicts.push(at, at, ConflictKind::AmbiguousAuthorizer);
            }
            AuthorizerReference::None | AuthorizerReference::Handler(_) => {}
        }
        if let HandlerKind::Route(_) = handlers[at].def.kind {
            at += 1;
            continue;
        }
        let name = handlers[at].name;
        if equal(name.as_bytes(), API_HANDLER.as_bytes()) {
            conflicts.push(at, at, ConflictKind::ReservedName);
        }
        // Handlers of one websocket route have one name unless the user chose others: one mistake.
        let mut conflict = rival(handlers, at, ConflictKind::WebsocketRoute);
        let mut slot = hash(1, name.as_bytes()) as usize & (SLOTS - 1);
        loop {
            if taken[slot] == FREE {
                taken[slot] = at as u16;
                break;
            }
            let earlier = taken[slot] as usize;
            if equal(handlers[earlier].name.as_bytes(), name.as_bytes()) {
                if conflict.is_none() {
                    conflict = Some((earlier, ConflictKind::FunctionName));
                }
                break;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        if let Some((earlier, kind)) = conflict {
            conflicts.push(earlier, at, kind);
        }
        at += 1;
    }
}

/// The handler before `at` that answers the same route of the WebSocket API, if `at` answers one.
/// An app has a handful of those, so each is compared with all before it.
const fn rival(
    handlers: &[FlatHandler],
    at: usize,
    kind: ConflictKind,
) -> Option<(usize, ConflictKind)> {
    let HandlerKind::Websocket { route_key } = handlers[at].def.kind else {
        return None;
    };
    let mut earlier = 0;
    while earlier < at {
        if let HandlerKind::Websocket { route_key: other } = handlers[earlier].def.kind
            && equal(other.as_bytes(), route_key.as_bytes())
        {
            return Some((earlier, kind));
        }
        earlier += 1;
    }
    None
}

/// What every handler of an app is checked against: the app's handlers and the
/// conflicts among them. Implemented by `#[app]`.
pub trait Conflicting {
    /// The app's crate, as in `module_path!()`.
    const MODULE: &'static str;
    /// The app's handlers.
    const HANDLERS: &'static [FlatHandler];
    /// The conflicts among them.
    const CONFLICTS: &'static [Conflict];
}

/// How many conflicts of an app are reported in one build.
///
/// Each needs a constant of its own, evaluated whether there is a conflict or
/// not, because rustc ends the evaluation of a constant at its first error.
pub const MAX_REPORTED: usize = 64;

/// Hands the app's conflict number `NTH` down to the entries of a blueprint, each of
/// which raises it, at its own attribute, if it is the one to mend it. Implemented for
/// apps and blueprints.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a blueprint",
    label = "`blueprints` lists blueprints; a handler belongs in `handlers`"
)]
pub trait Checked<A: Conflicting, const NTH: usize> {
    /// Evaluates to nothing, or to a compile error.
    const OK: ();
}

/// `nth`, or the one number that stands for every conflict an app does not
/// have: the constants that check for those are the same one, evaluated once.
pub const fn number<A: Conflicting>(nth: usize) -> usize {
    if nth < A::CONFLICTS.len() {
        nth
    } else {
        usize::MAX
    }
}

/// Raises the app's conflict number `NTH` if it is `handler`'s to mend.
///
/// # Panics
///
/// When it is: a compile error at the caller.
#[track_caller]
pub const fn check<A: Conflicting, const NTH: usize>(handler: &'static HandlerDef) {
    // The usual case costs one step per handler.
    if NTH == usize::MAX {
        return;
    }
    let conflict = &A::CONFLICTS[NTH];
    if same(A::HANDLERS[offender::<A>(conflict)].def, handler) {
        let mut text = Text::<MAX_MESSAGE>::new();
        describe(&mut text, A::HANDLERS, conflict);
        if NTH + 1 == MAX_REPORTED && A::CONFLICTS.len() > MAX_REPORTED {
            text.push("\n    note: ");
            text.push_number((A::CONFLICTS.len() - MAX_REPORTED) as u32);
            text.push(" more conflicts are not shown: mend these first");
        }
        panic!("{}", text.as_str());
    }
}

/// Which of the two handlers a conflict is reported at: the second, unless it
/// is in another crate and the first is in the app's own, where its author can
/// mend it.
const fn offender<A: Conflicting>(conflict: &Conflict) -> usize {
    let first = A::HANDLERS[conflict.first as usize].def.module;
    let second = A::HANDLERS[conflict.second as usize].def.module;
    if same_crate(first, A::MODULE) && !same_crate(second, A::MODULE) {
        conflict.first as usize
    } else {
        conflict.second as usize
    }
}

const fn same_crate(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    equal(
        slice(a, 0, position(a, b':', 0)),
        slice(b, 0, position(b, b':', 0)),
    )
}

pub(crate) const fn same(a: &HandlerDef, b: &HandlerDef) -> bool {
    a.line == b.line
        && equal(a.function.as_bytes(), b.function.as_bytes())
        && equal(a.module.as_bytes(), b.module.as_bytes())
        && equal(a.file.as_bytes(), b.file.as_bytes())
}

const fn describe(text: &mut Text<MAX_MESSAGE>, handlers: &[FlatHandler], conflict: &Conflict) {
    let first = &handlers[conflict.first as usize];
    let second = &handlers[conflict.second as usize];
    if same(first.def, second.def) && conflict.first != conflict.second {
        describe_repetition(text, first, second);
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
            "`api_handler` is the name of the Lambda function that answers the routes",
            "give the handler a `name = \"..\"` of its own",
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
    text.push("\n    help: ");
    text.push(fix);
}

/// One handler that contends with itself: listed twice, or its blueprint mounted twice.
const fn describe_repetition(
    text: &mut Text<MAX_MESSAGE>,
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
    text.push(
        "\n    help: list it once, or mount its blueprint under different prefixes: `.at(\"/..\").prefix(\"..\")`",
    );
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

#[cfg(test)]
mod tests {
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
        assert_eq!(
            found(&[function("api_handler", 1)]),
            [(0, 0, ConflictKind::ReservedName)]
        );
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
    fn crates_are_told_apart() {
        assert!(same_crate("app", "app::users::admin"));
        assert!(!same_crate("app", "app2::users"));
    }
}
