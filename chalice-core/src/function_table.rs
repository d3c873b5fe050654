//! The Lambda functions of an app beside the one that answers its routes, by name.

use crate::{
    definition::{HandlerDef, HandlerKind, STUB},
    flatten::FlatHandler,
};

/// A Lambda function of an app.
#[derive(Clone, Copy, Debug)]
pub struct LambdaFunction {
    /// Its name within the app, blueprint prefixes included: its configured
    /// handler, which Lambda passes on as `_HANDLER`.
    pub name: &'static str,
    /// The handler's dispatch id.
    pub id: usize,
    /// What the handler's attribute said.
    pub def: &'static HandlerDef,
}

/// How many functions [`functions`] lists.
pub const fn function_count(handlers: &[FlatHandler]) -> usize {
    let (mut count, mut at) = (0, 0);
    let all = handlers.len();
    while at < all {
        if is_function(&handlers[at].def.kind) {
            count += 1;
        }
        at += 1;
    }
    count
}

/// The handlers that are Lambda functions of their own; `COUNT` is their [`function_count`].
pub const fn functions<const COUNT: usize>(handlers: &[FlatHandler]) -> [LambdaFunction; COUNT] {
    let mut functions = [LambdaFunction {
        name: "",
        id: 0,
        def: &STUB,
    }; COUNT];
    let (mut count, mut at) = (0, 0);
    // Most apps have no functions or few: when all are found, the search ends.
    while count < COUNT {
        if is_function(&handlers[at].def.kind) {
            functions[count] = LambdaFunction {
                name: handlers[at].name,
                id: at,
                def: handlers[at].def,
            };
            count += 1;
        }
        at += 1;
    }
    functions
}

const fn is_function(kind: &HandlerKind) -> bool {
    !matches!(kind, HandlerKind::Route(_))
}
