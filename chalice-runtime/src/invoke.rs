//! One invocation: an event in, a reply out.

use chalice_core::{
    binary_types::{BinaryTypes, binary_types},
    cors::CorsDef,
    method::{Method, MethodSet},
    router::Captures,
};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ALLOW, ORIGIN},
};

use crate::{
    Application, HttpError, LambdaContext, Request, Response, cors, debug,
    dispatch::{Called, Event, Outcome, WRONG_EVENT},
    event::{self, EventError, EventText, Kind, Parts, Target},
    log, middleware,
    response::{
        compression::{Compression, compress},
        streaming::transfer::{Transfer, has_streaming_route},
        wire::Reply,
    },
    route_rules::RouteRules,
    rules,
};

/// The app's binary content types: the default ones and its own.
const fn binary_types_of<A: Application>() -> BinaryTypes {
    binary_types(Some(A::API.binary_types))
}

/// Answers an event of the API.
///
/// An error is a failed invocation: the event is none that API Gateway makes.
pub(crate) async fn invoke<A: Application>(
    event: impl Into<EventText>,
    context: LambdaContext,
    state: &'static A::State,
) -> Result<Reply, EventError> {
    let event = event.into();
    let Some(parts) = event::read(event.get())? else {
        let response = unknown_request().respond();
        return Ok(Reply {
            kind: Kind::RestApi,
            response,
            binary_types: binary_types_of::<A>(),
            transfer: Transfer::Buffered,
        });
    };
    let kind = parts.kind;
    let (response, transfer) = match find::<A>(event, parts, context, state) {
        Ok((found, event)) => {
            let transfer = found.transfer::<A>(&event, state);
            let compression = Compression::for_request(event.request(), A::API.compression);
            let origins = Origins::of::<A>(&found, &event, state);
            let mut response = layered::<A>(found, event, state).await;
            if let Some(origins) = origins {
                origins.add_headers(&mut response);
            }
            // Outside of middleware and layers: they see bodies as they are, and add cookies.
            rules::report_lost_cookies(kind, &response);
            let response = rules::check_header_size(kind, response);
            let response = match compression {
                // Known at compile time, so that other apps carry no code for it.
                Some(compression) if const { A::API.compression.is_some() } => {
                    compress(response, compression)
                }
                _ => response,
            };
            (response, transfer)
        }
        Err(answer) => (*answer, Transfer::of::<A>(kind, None)),
    };
    Ok(Reply {
        kind,
        response,
        binary_types: binary_types_of::<A>(),
        transfer,
    })
}

/// What the router says about a request.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    /// It is for the handler with this dispatch id.
    Handler(usize),
    /// No route has its path.
    NoRoute,
    /// Its path has routes, but none for its method.
    NoMethod {
        allowed: MethodSet,
        /// The settings of the path's routes.
        cors: Option<&'static CorsDef>,
    },
}

impl Found {
    /// The dispatch id; one that no handler has, where there is no handler.
    pub(crate) fn id(&self) -> usize {
        match self {
            Found::Handler(id) => *id,
            Found::NoRoute | Found::NoMethod { .. } => usize::MAX,
        }
    }

    /// How the answer has to travel, whoever makes it.
    pub(crate) fn transfer<A: Application>(
        &self,
        event: &Event,
        state: &'static A::State,
    ) -> Transfer {
        // The rules are asked for only where there is something to find.
        let rules = has_streaming_route::<A>().then(|| self.rules::<A>(event, state));
        Transfer::of::<A>(event.request().kind(), rules.flatten().as_ref())
    }

    /// The rules of the route that answers.
    fn rules<A: Application>(&self, event: &Event, state: &'static A::State) -> Option<RouteRules> {
        let Found::Handler(id) = self else {
            return None;
        };
        // A handler that has been called has not done anything yet.
        A::dispatch(*id, event, state).rules
    }

    /// Answers the request: by the handler, under the rules of its route
    /// (content types, CORS), or by an error that says what there is.
    pub(crate) async fn call<A: Application>(
        &self,
        event: &Event,
        state: &'static A::State,
    ) -> Outcome {
        let Event::Http(request) = event else {
            let error = HttpError::internal_because(WRONG_EVENT.into());
            return Outcome::Http(error.respond());
        };
        let error = match self {
            Found::Handler(id) => {
                return settle::<A>(A::dispatch(*id, event, state), request).await;
            }
            Found::NoRoute => HttpError::not_found("Not Found"),
            Found::NoMethod { allowed, .. } => {
                let method = request.method();
                let error = HttpError::method_not_allowed(format!("Unsupported method: {method}"));
                match HeaderValue::try_from(allowed.to_string()) {
                    Ok(allowed) => error.with_header(ALLOW, allowed),
                    Err(_) => error,
                }
            }
        };
        let mut response = error.respond();
        if let Some(cors) = self.cors::<A>(event, state) {
            cors::add_headers(cors, request.headers(), &mut response);
        }
        Outcome::Http(response)
    }

    /// The CORS settings that hold for the answer, whoever makes it.
    pub(crate) fn cors<A: Application>(
        &self,
        event: &Event,
        state: &'static A::State,
    ) -> Option<&'static CorsDef> {
        match self {
            Found::Handler(_) => self.rules::<A>(event, state)?.cors::<A>(),
            Found::NoRoute => None,
            Found::NoMethod { cors, .. } => *cors,
        }
    }
}

/// Finds the handler of an event, by what the gateway matched. An error is the
/// answer to a request that no handler and no middleware sees.
fn find<A: Application>(
    event: EventText,
    parts: Parts,
    context: LambdaContext,
    state: &'static A::State,
) -> Result<(Found, Box<Event>), Box<Response>> {
    let router = A::router();
    let json = event.get();
    let (resource, captures) = match &parts.target {
        Target::Template(template) => (router.resource(template.get(json)), None),
        Target::Path => {
            let path = chalice_core::path::without_trailing_slash(parts.path.get(json));
            let mut captures = Captures::NONE;
            let resource = router.find(path, &mut captures);
            (resource, resource.is_some().then_some(captures))
        }
    };
    let name = parts.method.get(json);
    let Ok(method) = http::Method::from_bytes(name.as_bytes()) else {
        return Err(Box::new(unknown_request().respond()));
    };
    let route = resource.map_or("", |resource| router.template(resource));
    log::answered_by(name, route);
    let request = Request::new(event, parts, method, route, captures, context);
    // Boxed, because it is handed on several times, and every future on its way would have room for it.
    let event = Box::new(Event::Http(request));
    let Some(resource) = resource else {
        return Ok((Found::NoRoute, event));
    };
    let cors = || cors::of_path::<A>(resource, &event, state);
    let method = event.request().method();
    if cors::is_preflight(resource.methods(), method)
        && let Some(cors) = cors()
    {
        let answer = cors::preflight::<A>(cors, resource, &event, state);
        return Err(Box::new(answer));
    }
    let found = match router.handler(resource, Method::from_name(method.as_str())) {
        Some(id) => Found::Handler(id),
        None => Found::NoMethod {
            allowed: resource.methods(),
            cors: cors(),
        },
    };
    Ok((found, event))
}

/// Runs a handler under the rules of its route. A panic is a logged 500 of this one request.
async fn settle<A: Application>(called: Called<'_>, request: &Request) -> Outcome {
    let Called { rules, outcome } = called;
    let Some(rules) = rules else {
        unreachable!("the router knows only routes");
    };
    let transfer = Transfer::of::<A>(request.kind(), Some(&rules));
    let answered = async { whole(outcome.await.response(), transfer).await };
    let response = match rules::check_content_type(&rules, request) {
        Ok(()) => match log::panic::caught(answered).await {
            Ok(response) => response,
            Err(panic) => {
                panic.log();
                let failure = format_args!("the handler panicked: {}", panic.message());
                debug::response::<A>(request.lambda_context(), failure)
                    .unwrap_or_else(|| HttpError::internal().respond())
            }
        },
        Err(error) => error.respond(),
    };
    let unexpected = response.is_unexpected();
    let (mut response, cause) = response.checked();
    if let Some(cause) = cause {
        log::handler_error(&*cause, response.status());
        if unexpected
            && let Some(shown) =
                debug::response::<A>(request.lambda_context(), debug::Causes(&*cause))
        {
            response = shown;
        }
    }
    // What is streamed arrives as it is, whatever the client accepts.
    if transfer == Transfer::Buffered
        && let Err(error) = rules::check_accept(request, &response, binary_types_of::<A>())
    {
        response = error.respond();
    }
    if let Some(cors) = rules.cors::<A>() {
        cors::add_headers(cors, request.headers(), &mut response);
    }
    Outcome::Http(response)
}

/// The response as the service takes it: a stream is collected for one that does not stream.
async fn whole(response: Response, transfer: Transfer) -> Response {
    if transfer == Transfer::Buffered && response.is_streaming() {
        // Boxed, so that requests without it have no room for it.
        return Box::pin(response.collected()).await;
    }
    response
}

/// What makes an answer readable across origins that no handler has given: that of a
/// middleware or a layer, or the 500 in place of one that has panicked.
struct Origins {
    cors: &'static CorsDef,
    /// The request's headers `Origin`.
    headers: HeaderMap,
}

impl Origins {
    /// Nothing where only the handler answers: its answers have the headers.
    fn of<A: Application>(
        found: &Found,
        event: &Event,
        state: &'static A::State,
    ) -> Option<Origins> {
        if A::layered().is_none() && A::middleware(found.id(), 0).is_none() {
            return None;
        }
        let cors = found.cors::<A>(event, state)?;
        let mut headers = HeaderMap::new();
        for origin in event.request().headers().get_all(ORIGIN) {
            headers.append(ORIGIN, origin.clone());
        }
        Some(Origins { cors, headers })
    }

    /// Adds the headers that the answer does not have.
    fn add_headers(&self, response: &mut Response) {
        cors::add_headers(self.cors, &self.headers, response);
    }
}

/// Takes a request through the app's layers. Here ends what goes wrong in them.
async fn layered<A: Application>(
    found: Found,
    event: Box<Event>,
    state: &'static A::State,
) -> Response {
    let transfer = found.transfer::<A>(&event, state);
    let through = async {
        let response = match A::layered() {
            Some(layered) => layered.run::<A>(found, *event, state).await,
            None => contained::<A>(found, event, state).await,
        };
        // Middleware may have made a stream of it.
        whole(response, transfer).await
    };
    match log::panic::caught(through).await {
        Ok(response) => logged(response),
        Err(panic) => {
            panic.log();
            HttpError::internal().respond()
        }
    }
}

/// Runs middleware and handler. Here ends what goes wrong in middleware.
pub(crate) async fn contained<A: Application>(
    found: Found,
    event: Box<Event>,
    state: &'static A::State,
) -> Response {
    // A request that panics leaves nothing behind that another one could see
    // in two minds: each has its own `Request`, and the state is shared by `&`.
    let outcome = middleware::through::<A>(found, event, state);
    let response = match log::panic::caught(outcome).await {
        Ok(outcome) => outcome.response(),
        Err(panic) => {
            panic.log();
            HttpError::internal().respond()
        }
    };
    logged(response)
}

/// The response, its headers checked, once the error behind it is in the log.
pub(crate) fn logged(response: Response) -> Response {
    let (response, cause) = response.checked();
    if let Some(cause) = cause {
        log::middleware_error(&*cause, response.status());
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
