//! One invocation: an event in, a reply out.

use std::panic::AssertUnwindSafe;

use chalice_core::method::Method;
use futures_util::FutureExt;
use http::{HeaderValue, StatusCode, header::ALLOW};
use serde_json::value::RawValue;

use crate::{
    Application, HttpError, LambdaContext, Request, Response,
    event::{self, EventError, Kind, Parts, Target},
    generated::panic_message,
    log,
    response::wire::Reply,
};

/// Answers an event of the API.
///
/// An error is a failed invocation: the event is none that API Gateway makes.
pub(crate) async fn invoke<A: Application>(
    event: Box<RawValue>,
    context: LambdaContext,
    state: &'static A::State,
) -> Result<Reply, EventError> {
    let Some(parts) = event::read(&event)? else {
        let response = unknown_request().respond();
        return Ok(Reply {
            kind: Kind::RestApi,
            response,
        });
    };
    let kind = parts.kind;
    let response = match find::<A>(event, parts, context) {
        Ok(Found { handler, request }) => call::<A>(handler, &request, state).await,
        Err(error) => error.respond(),
    };
    Ok(Reply { kind, response })
}

/// A request, and the dispatch id of its handler.
struct Found {
    handler: usize,
    request: Request,
}

/// Finds the handler of an event, by what the gateway matched.
fn find<A: Application>(
    event: Box<RawValue>,
    parts: Parts,
    context: LambdaContext,
) -> Result<Found, HttpError> {
    let router = A::router();
    let json = event.get();
    let (resource, captures) = match &parts.target {
        Target::Template(template) => (router.resource(template.get(json)), None),
        Target::Path => {
            let path = chalice_core::path::without_trailing_slash(parts.path.get(json));
            match router.find(path) {
                Some((resource, captures)) => (Some(resource), Some(captures)),
                None => (None, None),
            }
        }
    };
    let Some(resource) = resource else {
        return Err(HttpError::not_found("Not Found"));
    };
    let name = parts.method.get(json);
    let Ok(method) = http::Method::from_bytes(name.as_bytes()) else {
        return Err(unknown_request());
    };
    let Some(handler) = router.handler(resource, Method::from_name(name)) else {
        let error = HttpError::method_not_allowed(format!("Unsupported method: {name}"));
        let allow = HeaderValue::try_from(resource.methods().to_string())?;
        return Err(error.with_header(ALLOW, allow));
    };
    let route = router.template(resource);
    Ok(Found {
        handler,
        request: Request::new(event, parts, method, route, captures, context),
    })
}

/// Runs the handler. A panic outside of it, in what surrounds it, is contained as well.
async fn call<A: Application>(
    handler: usize,
    request: &Request,
    state: &'static A::State,
) -> Response {
    let dispatch = AssertUnwindSafe(async { A::dispatch(handler, request, state).await });
    let response = dispatch.catch_unwind().await.unwrap_or_else(|panic| {
        log::error(
            request,
            format_args!("the app panicked: {}", panic_message(&*panic)),
        );
        HttpError::internal().respond()
    });
    let (response, cause) = response.checked();
    if let Some(cause) = cause {
        log::error(request, log::Chain(&*cause));
    }
    response
}

/// The answer to an event that does not say which route it is for.
fn unknown_request() -> HttpError {
    HttpError::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalServerError",
        "Unknown request.",
    )
}

#[cfg(test)]
pub(crate) mod tests;
