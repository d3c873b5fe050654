//! What generated code implements: one trait per kind of thing that an
//! attribute turns into a value of the framework.

use std::future::Future;

use chalice_core::{
    definition::{ApiDef, GroupDef, HandlerDef},
    function_table::LambdaFunction,
    opaque::Opaque,
    packed::{self, PackedRoute},
    router::Router,
};

use crate::{
    Result,
    dispatch::{Called, Event, OutcomeFuture},
    layer::Layered,
    middleware::Run,
};

/// A function that carries one of the framework's attributes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a handler",
    label = "not a handler: `handlers` lists annotated functions, `blueprints` lists blueprints",
    note = "annotate the function with `#[route(\"/path\")]`"
)]
pub trait Handler {
    /// What the attribute of a plain route said, in the form that costs rustc the least.
    #[doc(hidden)]
    const PACKED: PackedRoute = packed::NOTHING;

    /// What the attribute said.
    const DEF: &'static HandlerDef = &packed::unpack(Self::PACKED);
}

/// A handler that can run in an app whose state is `S`.
///
/// The implementation beside a handler is generic over `S` and bounded by what
/// the handler's arguments ask of the state; an app that lists the handler
/// fixes `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot run in an app whose state is `{S}`",
    label = "not a handler, or asks for something that the app's state does not provide"
)]
pub trait Call<S: 'static>: Handler {
    /// Extracts the arguments, runs the function, converts what it returns.
    fn call<'r>(event: &'r Event, state: &'static S) -> OutcomeFuture<'r>;
}

/// An app or a blueprint: a list of handlers and mounted blueprints.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither an app nor a blueprint",
    label = "not a group of handlers",
    note = "put `#[blueprint]` on a static: `#[blueprint] pub static BLUEPRINT: Blueprint = Blueprint {{ handlers: [..] }};`"
)]
pub trait Group {
    /// The entries, in the order in which they are listed.
    const DEF: Opaque<&'static GroupDef>;
}

/// A group whose handlers can run in an app whose state is `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a blueprint, or asks for something that the state `{S}` does not provide",
    label = "cannot be mounted here"
)]
pub trait Dispatch<S: 'static> {
    /// Calls the handler with that number: handlers are counted in the order
    /// in which they are listed, each blueprint's in the place where it is listed.
    fn dispatch<'r>(id: usize, event: &'r Event, state: &'static S) -> Called<'r>;

    /// The middleware around the handler with that number: the outermost has
    /// position 0. Of a number that no handler has, that of the group itself.
    fn middleware(id: usize, position: usize) -> Option<Run<S>> {
        let _ = (id, position);
        None
    }
}

/// An app: what `#[app]` makes of a static.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an app",
    label = "no `#[app]` on this",
    note = "put `#[app]` on a static: `#[app] pub static APP: App = App {{ name: \"..\", handlers: [..] }};`"
)]
pub trait Application: Group + Dispatch<Self::State> + Send + Sync + 'static {
    /// What handlers get parts of through [`State`](crate::State).
    type State: Send + Sync + 'static;

    /// The app's name: the prefix of every AWS resource made for it.
    const NAME: &'static str;

    /// Settings of the whole API: the app's fields `api` and `debug`.
    const API: &'static ApiDef;

    /// The tables of the app's routes.
    fn router() -> Router;

    /// The app's Lambda functions beside the one that answers its routes.
    #[doc(hidden)]
    fn functions() -> &'static [LambdaFunction];

    /// The app's manifest, as JSON in UTF-8.
    fn manifest() -> &'static [u8];

    /// The layers around the app's HTTP service; none, unless the app has the field `layer`.
    fn layered() -> Option<&'static Layered> {
        None
    }

    /// Builds the state, once per execution environment (AWS: "cold start").
    fn connect() -> impl Future<Output = Result<Self::State>> + Send;
}
