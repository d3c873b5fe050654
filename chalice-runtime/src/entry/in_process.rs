//! The services that answer events, without the loop that fetches them: for
//! measurements of what one invocation costs.

use std::fmt::Debug;

use chalice_core::definition::HandlerKind;
use lambda_runtime::{LambdaEvent, Service};
use serde::Serialize;

pub use super::hand_over::{Delivered, hand_over};
use super::serve;
use crate::{Application, log};

/// What [`run`](crate::run) gives to `lambda_runtime` for events of the API: the same service, with
/// the same log and state around it. Its events have been given to [`hand_over`], which
/// is a layer's work there.
///
/// # Errors
///
/// When the app's state cannot be built.
pub async fn api_service<A: Application>(
    app: &'static A,
) -> Result<
    impl Service<LambdaEvent<Delivered>, Response = impl Serialize, Error = impl Debug>,
    String,
> {
    let _ = app;
    log::start::<A>();
    let state = serve::connect::<A>()
        .await
        .map_err(|error| error.to_string())?;
    Ok(serve::api_service::<A>(state))
}

/// What [`run`](crate::run) gives to `lambda_runtime` for events of the function of that name. They have been given to
/// [`hand_over`], too.
///
/// # Errors
///
/// When the app's state cannot be built, or the app has no such function.
pub async fn function_service<A: Application>(
    app: &'static A,
    name: &str,
) -> Result<
    impl Service<LambdaEvent<Delivered>, Response = impl Serialize, Error = impl Debug>,
    String,
> {
    let _ = app;
    log::start::<A>();
    let state = serve::connect::<A>()
        .await
        .map_err(|error| error.to_string())?;
    let known = A::functions().iter().find(|function| {
        function.name == name && !matches!(function.def.kind, HandlerKind::Authorizer(_))
    });
    let function =
        known.ok_or_else(|| format!("the app `{}` has no function `{name}`", A::NAME))?;
    Ok(serve::function_service::<A>(function, state))
}
