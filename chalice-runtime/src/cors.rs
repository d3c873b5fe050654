//! Cross-origin requests (the Fetch standard's CORS protocol): the headers of
//! responses, and the answers to preflights that reach the function.

use chalice_core::{
    cors::{AllowOrigin, CorsDef, allow_methods},
    method::{Method, MethodSet},
    router::Resource,
};
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
        ACCESS_CONTROL_MAX_AGE, ORIGIN, VARY,
    },
};

use crate::{Application, Response, dispatch::Event, route_rules::RouteRules};

/// The settings that hold for a path: they are the same for all of its routes
/// that have CORS, or the app would not compile.
pub(crate) fn of_path<A: Application>(
    resource: Resource,
    event: &Event,
    state: &'static A::State,
) -> Option<&'static CorsDef> {
    routes::<A>(resource, event, state)
        .iter()
        .find_map(|route| route.cors::<A>())
}

/// The rules of a path's routes, in the order of declaration.
fn routes<A: Application>(
    resource: Resource,
    event: &Event,
    state: &'static A::State,
) -> Vec<RouteRules> {
    let router = A::router();
    let mut ids: Vec<usize> = Method::ALL
        .into_iter()
        .filter(|method| resource.methods().contains(*method))
        .filter_map(|method| router.handler(resource, Some(method)))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    // A handler that has been called has not done anything yet.
    ids.into_iter()
        .filter_map(|id| A::dispatch(id, event, state).rules)
        .collect()
}

/// Adds the headers that the handler has not set itself.
///
/// Where several origins are allowed, the request's own is named only if it is
/// exactly one of them; to all others, no header allows anything. The response
/// varies by `Origin` in either case, so that no cache gives the one answer to
/// the other origin.
pub(crate) fn add_headers(
    cors: &'static CorsDef,
    request_headers: &HeaderMap,
    response: &mut Response,
) {
    let origin = match cors.allow_origin {
        AllowOrigin::One(origin) => Some(origin),
        AllowOrigin::Several(origins) => {
            vary_by_origin(response);
            let mut sent = request_headers.get_all(ORIGIN).iter();
            match (sent.next(), sent.next()) {
                (Some(sent), None) => origins.iter().copied().find(|known| sent == known),
                _ => None,
            }
        }
    };
    let Some(origin) = origin else {
        return;
    };
    add(response, ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    add(response, ACCESS_CONTROL_ALLOW_HEADERS, cors.allow_headers);
    if !cors.expose_headers.is_empty() {
        add(response, ACCESS_CONTROL_EXPOSE_HEADERS, cors.expose_headers);
    }
    if let Some(max_age) = cors.max_age
        && !response.headers().contains_key(ACCESS_CONTROL_MAX_AGE)
    {
        response
            .headers_mut()
            .insert(ACCESS_CONTROL_MAX_AGE, max_age.into());
    }
    if cors.allow_credentials {
        add(response, ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
}

fn add(response: &mut Response, name: HeaderName, value: &str) {
    // The attribute has checked the settings; a value that is none is not worth a panic.
    if !response.headers().contains_key(&name)
        && let Ok(value) = HeaderValue::from_str(value)
    {
        response.headers_mut().insert(name, value);
    }
}

fn vary_by_origin(response: &mut Response) {
    let names_origin = |value: &HeaderValue| {
        value.as_bytes().split(|&byte| byte == b',').any(|name| {
            let name = name.trim_ascii();
            name == b"*" || name.eq_ignore_ascii_case(b"origin")
        })
    };
    if !response.headers().get_all(VARY).iter().any(names_origin) {
        response
            .headers_mut()
            .append(VARY, HeaderValue::from_static("Origin"));
    }
}

/// Whether the framework answers a request of that method itself: `OPTIONS`
/// where no route names it. A route for `ANY` does not get it, as it would not
/// on API Gateway, where the preflight is a method of its own.
pub(crate) fn is_preflight(methods: MethodSet, method: &http::Method) -> bool {
    method == http::Method::OPTIONS && !methods.contains(Method::Options)
}

/// The answer to a preflight of a path with these settings.
///
/// The status is 200, as that of API Gateway's mock integration: a path answers
/// the same whoever answers, and there are clients that refuse a 204.
pub(crate) fn preflight<A: Application>(
    cors: &'static CorsDef,
    resource: Resource,
    event: &Event,
    state: &'static A::State,
) -> Response {
    let mut response = Response::new(StatusCode::OK);
    add_headers(cors, event.request().headers(), &mut response);
    if response.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN) {
        let routes = routes::<A>(resource, event, state);
        let methods = routes
            .iter()
            .filter(|route| route.cors::<A>().is_some())
            .flat_map(|route| route.declared_methods.iter());
        add(
            &mut response,
            ACCESS_CONTROL_ALLOW_METHODS,
            &allow_methods(methods),
        );
    }
    response
}

#[cfg(test)]
mod tests;
