//! What the code that the attributes generate calls: not part of the public API.

mod arguments;
mod authorizer;
mod function;

use std::any::Any;

pub use crate::entry::in_process::*;
pub use arguments::*;
pub use authorizer::*;
pub use chalice_core as core;
pub use function::*;

use crate::{
    AnyState, Call, Dispatch, FromRequest,
    dispatch::{Called, Event},
    route_rules::RouteRules,
};

/// A type that is an extractor in some app: a field of this type is where a
/// handler's argument that is none is reported.
#[derive(Debug)]
pub struct Is<T: FromRequest<AnyState>>(T);

/// Calls a handler.
pub fn call<'r, H: Call<S>, S: Sync + 'static>(event: &'r Event, state: &'static S) -> Called<'r> {
    Called {
        rules: const { RouteRules::of(H::DEF) },
        outcome: H::call(event, state),
    }
}

/// What a panic says.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    if let Some(message) = panic.downcast_ref::<&'static str>() {
        return message;
    }
    panic
        .downcast_ref::<String>()
        .map_or("no message", String::as_str)
}

/// Calls a handler of a mounted blueprint.
pub fn dispatch<'r, G: Dispatch<S>, S: Sync + 'static>(
    id: usize,
    event: &'r Event,
    state: &'static S,
) -> Called<'r> {
    G::dispatch(id, event, state)
}

/// Checks that the argument `at` is not the second one that reads the body.
///
/// # Panics
///
/// In const evaluation, hence as a compile error, when it is.
#[track_caller]
pub const fn one_body(flags: &[bool], at: usize) {
    let mut earlier = 0;
    while earlier < at {
        if flags[earlier] && flags[at] {
            panic!(
                "a second argument reads the request body: a handler takes at most one of `Json`, `Form`, `Bytes`"
            );
        }
        earlier += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bytes, HeaderMap, Json, Query, State};

    const fn flags<A, B>() -> [bool; 2]
    where
        A: FromRequest<AnyState>,
        B: FromRequest<AnyState>,
    {
        [A::BODY, B::BODY]
    }

    #[test]
    fn one_argument_may_read_the_body() {
        const {
            let flags = flags::<Json<u8>, Query<u8>>();
            one_body(&flags, 0);
            one_body(&flags, 1);
            one_body(&self::flags::<HeaderMap, State<u8>>(), 1);
        }
        let flags = flags::<Option<Json<u8>>, crate::Result<Option<Bytes>>>();
        one_body(&flags, 0);
        let panic = std::panic::catch_unwind(|| one_body(&flags, 1)).unwrap_err();
        assert_eq!(
            panic_message(&*panic),
            "a second argument reads the request body: a handler takes at most one of `Json`, `Form`, `Bytes`"
        );
    }

    #[test]
    fn panics_of_every_kind_have_a_message() {
        let message = |panic: Box<dyn Any + Send>| panic_message(&*panic).to_owned();
        assert_eq!(message(Box::new("text")), "text");
        assert_eq!(message(Box::new("text".to_owned())), "text");
        assert_eq!(message(Box::new(17)), "no message");
    }
}
