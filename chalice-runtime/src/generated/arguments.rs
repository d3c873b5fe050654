//! From a request to a handler's arguments, and from what it returns to a response.
//!
//! Generated code names where each argument comes from, and the function; all
//! else is here, so that rustc checks it once and not beside every handler.

use std::{
    future::{Future, ready},
    marker::PhantomData,
};

use crate::{
    FromRequest, HttpError, IntoResponse, PathParameter, Payload, Request, Response,
    dispatch::{Event, Outcome, OutcomeFuture},
};

/// Where the value of one argument comes from.
pub trait Argument<'r, S: 'static>: Send {
    /// The argument's type.
    type Value: Send;

    /// Makes the value, or the answer to a request that has none.
    fn get(
        self,
        request: &'r Request,
        state: &'static S,
    ) -> impl Future<Output = Result<Self::Value, HttpError>> + Send;
}

/// An argument that a placeholder of the path fills.
#[derive(Debug)]
pub struct Placeholder<T> {
    name: &'static str,
    parse: fn(&str, &Request) -> Result<T, HttpError>,
}

/// The argument that the placeholder `name` fills.
pub fn placeholder<T: PathParameter>(name: &'static str) -> Placeholder<T> {
    Placeholder {
        name,
        parse: T::parse,
    }
}

impl<'r, T: Send, S: 'static> Argument<'r, S> for Placeholder<T> {
    type Value = T;

    fn get(
        self,
        request: &'r Request,
        _: &'static S,
    ) -> impl Future<Output = Result<T, HttpError>> + Send {
        ready((self.parse)(self.name, request))
    }
}

impl<T> Payload for Placeholder<T> {
    type Value = T;
}

/// An argument that an extractor makes.
#[derive(Debug)]
pub struct Extractor<T>(PhantomData<fn() -> T>);

/// The argument that the extractor `T` makes.
pub fn extractor<T>() -> Extractor<T> {
    Extractor(PhantomData)
}

impl<'r, T: FromRequest<S> + Send, S: Sync + 'static> Argument<'r, S> for Extractor<T> {
    type Value = T;

    fn get(
        self,
        request: &'r Request,
        state: &'static S,
    ) -> impl Future<Output = Result<T, HttpError>> + Send {
        T::from_request(request, state)
    }
}

/// An argument that is the request itself.
#[derive(Debug)]
pub struct TheRequest;

impl<'r, S: 'static> Argument<'r, S> for TheRequest {
    type Value = &'r Request;

    fn get(
        self,
        request: &'r Request,
        _: &'static S,
    ) -> impl Future<Output = Result<&'r Request, HttpError>> + Send {
        ready(Ok(request))
    }
}

/// How what a handler returns becomes a response.
#[derive(Debug)]
pub struct Returns<T>(fn(T) -> Response);

/// A handler returns a `T`.
pub fn returns<T: IntoResponse>() -> Returns<T> {
    Returns(T::into_response)
}

// A function per number of arguments: rustc judges the bounds anew for every
// handler, and traits of tuples make that more work.
macro_rules! runners {
    ($([$run:ident $run_async:ident $($argument:ident $value:ident,)*])*) => {$(
        /// Runs a handler.
        #[allow(clippy::too_many_arguments, reason = "as many as the handler has")]
        pub fn $run<'r, S, Run, T, $($argument),*>(
            function: Run,
            Returns(into_response): Returns<T>,
            $($value: $argument,)*
            event: &'r Event,
            _state: &'static S,
        ) -> OutcomeFuture<'r>
        where
            S: Sync + 'static,
            $($argument: Argument<'r, S> + 'r,)*
            Run: FnOnce($($argument::Value),*) -> T + Send + 'r,
            T: 'r,
        {
            Box::pin(async move {
                let _request = event.request();
                $(let $value = argument!($value, _request, _state);)*
                Outcome::Http(into_response(function($($value),*)))
            })
        }

        /// Runs a handler that is an `async fn`.
        #[allow(clippy::too_many_arguments, reason = "as many as the handler has")]
        pub fn $run_async<'r, S, Run, Running, T, $($argument),*>(
            function: Run,
            Returns(into_response): Returns<T>,
            $($value: $argument,)*
            event: &'r Event,
            _state: &'static S,
        ) -> OutcomeFuture<'r>
        where
            S: Sync + 'static,
            $($argument: Argument<'r, S> + 'r,)*
            Run: FnOnce($($argument::Value),*) -> Running + Send + 'r,
            Running: Future<Output = T> + Send + 'r,
            T: 'r,
        {
            Box::pin(async move {
                let _request = event.request();
                $(let $value = argument!($value, _request, _state);)*
                Outcome::Http(into_response(function($($value),*).await))
            })
        }
    )*};
}

/// The argument's value; without one, the error is the answer.
macro_rules! argument {
    ($value:ident, $request:ident, $state:ident) => {
        match $value.get($request, $state).await {
            Ok(value) => value,
            Err(error) => return Outcome::Http(error.respond()),
        }
    };
}

runners! {
    [run0 run_async0]
    [run1 run_async1 A a,]
    [run2 run_async2 A a, B b,]
    [run3 run_async3 A a, B b, C c,]
    [run4 run_async4 A a, B b, C c, D d,]
    [run5 run_async5 A a, B b, C c, D d, E e,]
    [run6 run_async6 A a, B b, C c, D d, E e, F f,]
    [run7 run_async7 A a, B b, C c, D d, E e, F f, G g,]
    [run8 run_async8 A a, B b, C c, D d, E e, F f, G g, H h,]
    [run9 run_async9 A a, B b, C c, D d, E e, F f, G g, H h, I i,]
    [run10 run_async10 A a, B b, C c, D d, E e, F f, G g, H h, I i, J j,]
    [run11 run_async11 A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k,]
    [run12 run_async12 A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l,]
    [run13 run_async13 A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m,]
    [run14 run_async14 A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n,]
    [run15 run_async15 A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n, O o,]
    [run16 run_async16 A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n, O o, P p,]
}
