//! One invocation: an event in, a reply out.

use std::panic::AssertUnwindSafe;

use chalice_core::{definition::HandlerKind, method::Method};
use futures_util::FutureExt;
use http::{HeaderValue, StatusCode, header::ALLOW};
use serde_json::value::RawValue;

use crate::{
    Application, HttpError, LambdaContext, Request, Response,
    dispatch::{Called, Event, Outcome, OutcomeFuture},
    event::{self, EventError, Kind, Parts, Target},
    generated::panic_message,
    log,
    response::wire::Reply,
    rules,
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
        Ok(Found { handler, event }) => call::<A>(handler, &event, state).await,
        Err(error) => error.respond(),
    };
    Ok(Reply { kind, response })
}

/// A request, and the dispatch id of its handler.
struct Found {
    handler: usize,
    event: Event,
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
        event: Event::Http(Request::new(event, parts, method, route, captures, context)),
    })
}

/// Runs the handler under the rules of its route: content types, CORS. A panic
/// is a logged 500 of this one request.
async fn call<A: Application>(handler: usize, event: &Event, state: &'static A::State) -> Response {
    let Called {
        definition,
        outcome,
    } = A::dispatch(handler, event, state);
    let request = event.request();
    let HandlerKind::Route(route) = &definition.kind else {
        unreachable!("the router knows only routes");
    };
    let response = match rules::check_content_type(route, request) {
        Ok(()) => contained(request, outcome).await,
        Err(error) => error.respond(),
    };
    let (mut response, cause) = response.checked();
    if let Some(cause) = cause {
        log::error(request, log::Chain(&*cause));
    }
    if let Some(cors) = &route.cors {
        rules::add_cors_headers(cors, &mut response);
    }
    response
}

async fn contained(request: &Request, outcome: OutcomeFuture<'_>) -> Response {
    // A request that panics leaves nothing behind that another one could see
    // in two minds: each has its own `Request`, and the state is shared by `&`.
    match AssertUnwindSafe(outcome).catch_unwind().await {
        Ok(Outcome::Http(response)) => response,
        Ok(Outcome::Authorizer(_)) => unreachable!("a route comes to a response"),
        Err(panic) => {
            log::error(
                request,
                format_args!("the handler panicked: {}", panic_message(&*panic)),
            );
            HttpError::internal().respond()
        }
    }
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
