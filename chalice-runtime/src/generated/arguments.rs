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

/// Where the values of all arguments come from, in their order.
pub trait Arguments<'r, S: 'static>: Send {
    /// The arguments.
    type Values: Send;

    /// Makes the values; the first error is the answer.
    fn get(
        self,
        request: &'r Request,
        state: &'static S,
    ) -> impl Future<Output = Result<Self::Values, HttpError>> + Send;
}

/// A function that takes its arguments as one tuple.
pub trait Function<Values>: Send {
    /// What it returns.
    type Output;

    /// Calls the function.
    fn call(self, values: Values) -> Self::Output;
}

macro_rules! tuples {
    ($([$($argument:ident $value:ident),*])*) => {$(
        impl<'r, S: Sync + 'static, $($argument: Argument<'r, S>),*> Arguments<'r, S> for ($($argument,)*) {
            type Values = ($($argument::Value,)*);

            async fn get(self, _request: &'r Request, _state: &'static S) -> Result<Self::Values, HttpError> {
                let ($($value,)*) = self;
                $(let $value = $value.get(_request, _state).await?;)*
                Ok(($($value,)*))
            }
        }

        impl<T: FnOnce($($argument),*) -> Output + Send, Output, $($argument),*> Function<($($argument,)*)> for T {
            type Output = Output;

            fn call(self, ($($value,)*): ($($argument,)*)) -> Output {
                self($($value),*)
            }
        }
    )*};
}

tuples! {
    []
    [A a]
    [A a, B b]
    [A a, B b, C c]
    [A a, B b, C c, D d]
    [A a, B b, C c, D d, E e]
    [A a, B b, C c, D d, E e, F f]
    [A a, B b, C c, D d, E e, F f, G g]
    [A a, B b, C c, D d, E e, F f, G g, H h]
    [A a, B b, C c, D d, E e, F f, G g, H h, I i]
    [A a, B b, C c, D d, E e, F f, G g, H h, I i, J j]
    [A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k]
    [A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l]
    [A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m]
    [A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n]
    [A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n, O o]
    [A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n, O o, P p]
}

/// How what a handler returns becomes a response.
#[derive(Debug)]
pub struct Returns<T>(fn(T) -> Response);

/// A handler returns a `T`.
pub fn returns<T: IntoResponse>() -> Returns<T> {
    Returns(T::into_response)
}

/// Runs a handler.
pub fn run<'r, S, A, F, T>(
    function: F,
    Returns(into_response): Returns<T>,
    arguments: A,
    event: &'r Event,
    state: &'static S,
) -> OutcomeFuture<'r>
where
    S: Sync + 'static,
    A: Arguments<'r, S> + 'r,
    F: Function<A::Values, Output = T> + 'r,
    T: 'r,
{
    Box::pin(async move {
        Outcome::Http(match arguments.get(event.request(), state).await {
            Ok(values) => into_response(function.call(values)),
            Err(error) => error.respond(),
        })
    })
}

/// Runs a handler that is an `async fn`.
pub fn run_async<'r, S, A, F, O, T>(
    function: F,
    Returns(into_response): Returns<T>,
    arguments: A,
    event: &'r Event,
    state: &'static S,
) -> OutcomeFuture<'r>
where
    S: Sync + 'static,
    A: Arguments<'r, S> + 'r,
    F: Function<A::Values, Output = O> + 'r,
    O: Future<Output = T> + Send + 'r,
    T: 'r,
{
    Box::pin(async move {
        Outcome::Http(match arguments.get(event.request(), state).await {
            Ok(values) => into_response(function.call(values).await),
            Err(error) => error.respond(),
        })
    })
}
