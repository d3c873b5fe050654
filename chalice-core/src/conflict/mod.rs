//! Conflicts between the handlers of an app, found in const evaluation and
//! reported as compile errors at the offending handler's attribute.

mod message;
mod source;
#[cfg(test)]
mod tests;

use crate::{
    bytes::{equal, hash, position, slice},
    definition::{HandlerDef, HandlerKind},
    flatten::{AuthorizerReference, FlatHandler},
    name::{API_HANDLER, BOOTSTRAP, MAX_FUNCTION_NAME},
    opaque::Opaque,
    text::Text,
};

use message::{MAX_MESSAGE, describe};
use source::Sources;

/// How many conflicts are kept per handler: one about its path, one about its CORS settings,
/// one about its authorizer; or three about its name and its event source.
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
    /// The name that the handler's Lambda function would have is longer than AWS Lambda takes.
    NameTooLong,
    /// They answer one route of the WebSocket API.
    WebsocketRoute,
    /// They are notified of the same events of a bucket.
    Notification,
    /// They get the messages of one queue.
    Queue,
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
#[derive(Clone, Copy)]
pub struct Conflicts<const CAPACITY: usize> {
    found: [Conflict; CAPACITY],
    pub(crate) count: usize,
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
        self.found().push(first, second, kind);
    }

    /// The conflicts, for code that does not know how many fit.
    pub(crate) const fn found(&mut self) -> Found<'_> {
        Found {
            list: &mut self.found,
            count: &mut self.count,
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

/// [`Conflicts`] without their capacity in the type.
pub(crate) struct Found<'c> {
    list: &'c mut [Conflict],
    count: &'c mut usize,
}

impl Found<'_> {
    /// Adds a conflict, if it fits.
    pub(crate) const fn push(&mut self, first: usize, second: usize, kind: ConflictKind) {
        let count = *self.count;
        if count < self.list.len() {
            self.list[count] = Conflict {
                first: first as u16,
                second: second as u16,
                kind,
            };
            *self.count = count + 1;
        }
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

/// Finds the handlers that contend for the name of a Lambda function or for the events
/// of a source, those whose name is too long in the app of the name `app`, and the
/// routes whose authorizer is not to be found. `SLOTS` is a power of two, at least twice the number of handlers.
pub const fn find_name_conflicts<const SLOTS: usize, const CAPACITY: usize>(
    app: &str,
    handlers: &[FlatHandler],
    conflicts: &mut Conflicts<CAPACITY>,
) {
    const FREE: u16 = u16::MAX;
    let mut taken = [FREE; SLOTS];
    let mut sources = Sources::<SLOTS>::new();
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
        if equal(name.as_bytes(), API_HANDLER.as_bytes())
            || equal(name.as_bytes(), BOOTSTRAP.as_bytes())
        {
            conflicts.push(at, at, ConflictKind::ReservedName);
        }
        if name.len() > max_name(app) {
            conflicts.push(at, at, ConflictKind::NameTooLong);
        }
        // Handlers of one websocket route have one name unless the user chose others: one mistake.
        let mut conflict = sources.add(handlers, at);
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

/// The longest name that a handler's function can have in an app of that name,
/// where the stage's has one letter: on AWS it is `<app>-<stage>-<handler>`.
pub(crate) const fn max_name(app: &str) -> usize {
    MAX_FUNCTION_NAME.saturating_sub(app.len() + 3)
}

/// What every handler of an app is checked against: the app's handlers and the
/// conflicts among them. Implemented by `#[app]`.
pub trait Conflicting {
    /// The app's crate, as in `module_path!()`.
    const MODULE: &'static str;
    /// The app's name.
    const NAME: &'static str;
    /// The app's handlers.
    const HANDLERS: Opaque<&'static [FlatHandler]>;
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
        NO_CONFLICT
    }
}

/// The number that stands for every conflict that an app does not have.
const NO_CONFLICT: usize = usize::MAX;

/// Whether `nth`, a [`number`], is that of a conflict.
pub const fn is_one(nth: usize) -> bool {
    nth != NO_CONFLICT
}

/// Raises the app's conflict number `NTH` if it is `handler`'s to mend.
///
/// # Panics
///
/// When it is: a compile error at the caller.
#[track_caller]
pub const fn check<A: Conflicting, const NTH: usize>(handler: &'static HandlerDef) {
    if !is_one(NTH) {
        return;
    }
    let conflict = &A::CONFLICTS[NTH];
    if same(A::HANDLERS.get()[offender::<A>(conflict)].def, handler) {
        let mut text = Text::<MAX_MESSAGE>::new();
        describe(&mut text, A::NAME, A::HANDLERS.get(), conflict);
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
    let first = A::HANDLERS.get()[conflict.first as usize].def.module;
    let second = A::HANDLERS.get()[conflict.second as usize].def.module;
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
