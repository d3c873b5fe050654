//! The app's state: built once, lent to handlers for as long as the process lives.

use std::ops::Deref;

/// A state that holds a `T`.
///
/// `#[derive(AppState)]` implements it once per field, and once for the struct
/// itself. The supertraits are what every state has to be; they let an
/// extractor say `impl<S: Provide<Db>> FromRequest<S>` and nothing more.
#[diagnostic::on_unimplemented(
    message = "the app's state `{Self}` does not provide `{T}`",
    label = "asked for by a handler or a middleware of this app",
    note = "add a field of type `{T}` to the struct that derives `AppState`, or implement `Provide<{T}>` for it",
    note = "an app without the field `state` has the state `()`, which provides nothing"
)]
pub trait Provide<T>: Send + Sync + 'static {
    /// The `T`.
    fn provide(&self) -> &T;
}

/// Stands for "some state" where a handler's arguments are checked before any
/// app lists it. It has no value.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum AnyState {}

impl<T> Provide<T> for AnyState {
    fn provide(&self) -> &T {
        match *self {}
    }
}

/// A part of the app's state, as a handler's argument.
///
/// ```
/// use chalice_runtime::State;
///
/// struct Greeting(String);
///
/// async fn index(greeting: State<Greeting>) -> String {
///     greeting.0.clone()
/// }
/// ```
#[derive(Debug)]
pub struct State<T: 'static>(&'static T);

impl<T> State<T> {
    /// The part of that state.
    pub fn of<S: Provide<T>>(state: &'static S) -> State<T> {
        State(state.provide())
    }

    /// The part, borrowed for as long as the process lives; what `*state` borrows
    /// lives as long as the `State` itself. An associated function, so that it
    /// hides no method of `T`: `State::into_inner(store)`.
    pub fn into_inner(this: State<T>) -> &'static T {
        this.0
    }
}

impl<T> Clone for State<T> {
    fn clone(&self) -> State<T> {
        *self
    }
}

impl<T> Copy for State<T> {}

impl<T> Deref for State<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
    }
}
