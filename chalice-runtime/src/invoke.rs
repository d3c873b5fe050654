//! One invocation: an event in, a reply out.

use std::panic::AssertUnwindSafe;

use chalice_core::{
    definition::HandlerKind,
    method::{Method, MethodSet},
};
use futures_util::FutureExt;
use http::{HeaderValue, StatusCode, header::ALLOW};
use serde_json::value::RawValue;

use crate::{
    Application, HttpError, LambdaContext, Request, Response, cors, debug,
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
        Found::Handler(handler, event) => call::<A>(handler, &event, state).await,
        Found::Answer(response) => response,
    };
    Ok(Reply { kind, response })
}

/// What a request comes to by its path and method.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly always the large one, and an allocation would cost more than the room"
)]
enum Found {
    /// A handler, by its dispatch id, and what it is called with.
    Handler(usize, Event),
    /// An answer that needs no handler.
    Answer(Response),
}

/// Finds the handler of an event, by what the gateway matched.
fn find<A: Application>(event: Box<RawValue>, parts: Parts, context: LambdaContext) -> Found {
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
        return Found::Answer(HttpError::not_found("Not Found").respond());
    };
    let name = parts.method.get(json);
    let Ok(method) = http::Method::from_bytes(name.as_bytes()) else {
        return Found::Answer(unknown_request().respond());
    };
    let handler = router.handler(resource, Method::from_name(name));
    let route = router.template(resource);
    let request = Request::new(event, parts, method, route, captures, context);
    let cors = || cors::of_path::<A>(&router, resource);
    if cors::is_preflight(resource.methods(), request.method())
        && let Some(cors) = cors()
    {
        let response = cors::preflight::<A>(cors, &router, resource, &request);
        return Found::Answer(response);
    }
    match handler {
        Some(handler) => Found::Handler(handler, Event::Http(request)),
        None => {
            let mut response = method_not_allowed(&request, resource.methods());
            if let Some(cors) = cors() {
                cors::add_headers(cors, &request, &mut response);
            }
            Found::Answer(response)
        }
    }
}

fn method_not_allowed(request: &Request, methods: MethodSet) -> Response {
    let message = format!("Unsupported method: {}", request.method());
    let mut response = HttpError::method_not_allowed(message).respond();
    // Names of methods are valid header values.
    if let Ok(allow) = HeaderValue::try_from(methods.to_string()) {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
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
        Ok(()) => contained::<A>(request, outcome).await,
        Err(error) => error.respond(),
    };
    let unexpected = response.is_unexpected();
    let (mut response, cause) = response.checked();
    if let Some(cause) = cause {
        log::error(request, log::Chain(&*cause));
        if unexpected
            && let Some(shown) =
                debug::response::<A>(request.lambda_context(), debug::Causes(&*cause))
        {
            response = shown;
        }
    }
    if let Some(cors) = cors::of_route::<A>(route) {
        cors::add_headers(cors, request, &mut response);
    }
    response
}

async fn contained<A: Application>(request: &Request, outcome: OutcomeFuture<'_>) -> Response {
    // A request that panics leaves nothing behind that another one could see
    // in two minds: each has its own `Request`, and the state is shared by `&`.
    match AssertUnwindSafe(outcome).catch_unwind().await {
        Ok(Outcome::Http(response)) => response,
        Err(panic) => {
            let failure = format_args!("the handler panicked: {}", panic_message(&*panic));
            log::error(request, failure);
            debug::response::<A>(request.lambda_context(), failure)
                .unwrap_or_else(|| HttpError::internal().respond())
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
