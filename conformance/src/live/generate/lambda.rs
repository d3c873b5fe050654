//! Events of a REST API.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{KnownRoute, body, headers, one, path, rarely, text};

const METHODS: &[&str] = &[
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "get", "TRACE", "X-Y",
];

/// An event for some route, or for none.
pub(super) fn event(random: &mut Rng, routes: &[KnownRoute]) -> Value {
    let route = &routes[random.usize(..routes.len())];
    let method = if random.u8(..20) < 17 {
        route.methods[random.usize(..route.methods.len())].clone()
    } else {
        one(random, METHODS).to_owned()
    };
    let mut parameters = path::parameters(random, route);
    let known = !rarely(random, 40);
    let template = match known {
        true => route.path.clone(),
        false => format!("/nope{}", route.path),
    };
    let mut headers = headers::headers(random, true);
    let (body, is_base64) = body::of_event(random);
    // Bodies are looked at only where the route takes their type.
    match route.path.as_str() {
        "/json" | "/anytype" if random.bool() => {
            headers::set_content_type(&mut headers, "application/json");
        }
        "/form" if random.bool() => headers::set_content_type(&mut headers, "text/plain"),
        _ => {}
    }
    // API Gateway never leaves a parameter out; the function has to hold, however.
    if known && route.path.starts_with("/echo") && rarely(random, 40) {
        parameters.truncate(1);
        parameters[0].1 = "1".to_owned();
        headers.clear();
    }
    let path = path::filled(route, &parameters);
    let mut context = json!({
        "httpMethod": method,
        "resourcePath": template,
        "path": format!("/api{path}"),
        "stage": "api",
        "requestId": format!("id-{}", random.u32(..)),
        "identity": { "sourceIp": "192.0.2.7", "userAgent": text::text(random) },
    });
    if rarely(random, 3) {
        context["authorizer"] = authorizer(random);
    }
    let path_parameters: Map<String, Value> = parameters
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().into()))
        .collect();
    let mut event = json!({
        "requestContext": context,
        "pathParameters": if path_parameters.is_empty() && !rarely(random, 10) { Value::Null } else { path_parameters.into() },
        "multiValueQueryStringParameters": query(random),
        "headers": headers,
        "body": body,
        "stageVariables": text::variables(random),
        "isBase64Encoded": is_base64,
    });
    if rarely(random, 20) {
        event["headers"] = Value::Null;
    } else if random.bool() && !differ_in_case(&headers) {
        event["multiValueHeaders"] = headers::multi_value(random, &headers).into();
    }
    if random.bool() {
        event["resource"] = template.into();
        event["path"] = path.into();
        event["httpMethod"] = event["requestContext"]["httpMethod"].clone();
    }
    event
}

/// Whether two headers have the same name: then one of them is lost in either map.
fn differ_in_case(headers: &Map<String, Value>) -> bool {
    let mut names: Vec<String> = headers
        .keys()
        .map(|name| name.to_ascii_lowercase())
        .collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

fn query(random: &mut Rng) -> Value {
    if random.bool() {
        return Value::Null;
    }
    let members = (0..random.usize(..4)).map(|_| {
        let values: Vec<String> = (0..random.usize(1..4))
            .map(|_| text::text(random))
            .collect();
        (text::text(random), json!(values))
    });
    Value::Object(members.collect::<Vec<_>>().into_iter().collect())
}

/// What authorizers say about a caller.
fn authorizer(random: &mut Rng) -> Value {
    match random.u8(..4) {
        0 => {
            json!({ "principalId": "user", "k": text::text(random), "integrationLatency": random.u8(..) })
        }
        1 => json!({ "claims": { "sub": text::text(random), "cognito:username": "bob" } }),
        2 => json!({}),
        _ => Value::Null,
    }
}
