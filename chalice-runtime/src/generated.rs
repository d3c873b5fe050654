//! What the code that the attributes generate calls: not part of the public API.

use std::{any::Any, future::Future, panic::AssertUnwindSafe};

pub use chalice_core as core;
use futures_util::FutureExt;

use crate::{AnyState, Call, Dispatch, FromRequest, HttpError, Request, Response, log, rules};

/// A type that is an extractor in some app: a field of this type is where a
/// handler's argument that is none is reported.
#[derive(Debug)]
pub struct Is<T: FromRequest<AnyState>>(T);

/// Calls a handler under the rules of its route: content types, CORS. A panic
/// is a logged 500 of this one request.
#[expect(
    clippy::manual_async_fn,
    reason = "says `Send`, so that no caller has to find out"
)]
pub fn call<H: Call<S>, S: Sync + 'static>(
    request: &Request,
    state: &'static S,
) -> impl Future<Output = Response> + Send {
    async move {
        let route = const { rules::route::<H>() };
        let refused = route.and_then(|route| rules::check_content_type(route, request).err());
        let response = match refused {
            Some(error) => error.respond(),
            None => run::<H, S>(request, state).await,
        };
        let (mut response, cause) = response.checked();
        if let Some(cause) = cause {
            log::error(request, log::Chain(&*cause));
        }
        if let Some(cors) = route.and_then(|route| route.cors.as_ref()) {
            rules::add_cors_headers(cors, &mut response);
        }
        response
    }
}

async fn run<H: Call<S>, S: Sync + 'static>(request: &Request, state: &'static S) -> Response {
    // A request that panics leaves nothing behind that another one could see
    // in two minds: each has its own `Request`, and the state is shared by `&`.
    let handler = AssertUnwindSafe(async { H::call(request, state).await });
    handler.catch_unwind().await.unwrap_or_else(|panic| {
        log::error(
            request,
            format_args!("the handler panicked: {}", panic_message(&*panic)),
        );
        HttpError::internal().respond()
    })
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
pub fn dispatch<G: Dispatch<S>, S: Sync + 'static>(
    id: usize,
    request: &Request,
    state: &'static S,
) -> impl Future<Output = Response> + Send {
    G::dispatch(id, request, state)
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
