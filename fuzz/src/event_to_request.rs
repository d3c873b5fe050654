//! From an event to the handler: never a panic, and the handler that runs is the
//! one that the gateway has named, or that matching by definition finds.
//!
//! An input is an event's JSON, or `#` with the number of a [sample](SAMPLES),
//! followed by lines that change it: `/requestContext/http/method="PUT"`.

use std::{cell::LazyCell, collections::BTreeMap};

use chalice::{App, Json, Request, app, route, test::Client};
use chalice_core::path::{PathPattern, best_match, without_trailing_slash};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{json::has_duplicates, served::Served};

/// An event of every kind, as AWS documents them.
pub const SAMPLES: [&str; 6] = [
    include_str!("../../chalice-runtime/src/event/samples/rest_api.json"),
    include_str!("../../chalice-runtime/src/event/samples/http_api_v1.json"),
    include_str!("../../chalice-runtime/src/event/samples/http_api_v2.json"),
    include_str!("../../chalice-runtime/src/event/samples/function_url.json"),
    include_str!("../../chalice-runtime/src/event/samples/load_balancer.json"),
    include_str!("../../chalice-runtime/src/event/samples/load_balancer_multi_value.json"),
];

/// What a handler has seen.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    handler: String,
    route: String,
    method: String,
    parameters: BTreeMap<String, String>,
}

/// What the handler with these arguments has seen.
fn seen<const COUNT: usize>(
    handler: &str,
    request: &Request,
    arguments: [(&str, String); COUNT],
) -> Json<Seen> {
    for (name, argument) in &arguments {
        let value = request.path_parameter(name);
        assert_eq!(value.as_deref(), Some(argument.as_str()));
    }
    Json(Seen {
        handler: handler.to_owned(),
        route: request.route().to_owned(),
        method: request.method().to_string(),
        parameters: arguments
            .map(|(name, value)| (name.to_owned(), value))
            .into(),
    })
}

#[route("/", methods = [GET])]
fn index(request: &Request) -> Json<Seen> {
    seen("index", request, [])
}

#[route("/users", methods = [GET, POST])]
fn users(request: &Request) -> Json<Seen> {
    seen("users", request, [])
}

#[route("/users/<id>", methods = [GET])]
fn user(request: &Request, id: String) -> Json<Seen> {
    seen("user", request, [("id", id)])
}

#[route("/users/<id>", methods = [DELETE])]
fn delete_user(request: &Request, id: String) -> Json<Seen> {
    seen("delete_user", request, [("id", id)])
}

#[route("/users/me", methods = [GET, PUT])]
fn me(request: &Request) -> Json<Seen> {
    seen("me", request, [])
}

#[route("/users/<id>/files/<path..>", methods = [GET])]
fn file(request: &Request, id: String, path: String) -> Json<Seen> {
    seen("file", request, [("id", id), ("path", path)])
}

#[route("/any/<rest..>", methods = [ANY])]
fn any(request: &Request, rest: String) -> Json<Seen> {
    seen("any", request, [("rest", rest)])
}

#[route("/any/<rest..>", methods = [PUT])]
fn any_put(request: &Request, rest: String) -> Json<Seen> {
    seen("any_put", request, [("rest", rest)])
}

#[route("/admin", methods = [POST])]
fn admin(request: &Request) -> Json<Seen> {
    seen("admin", request, [])
}

#[app]
static APP: App = App {
    name: "fuzzed",
    handlers: [
        index,
        users,
        user,
        delete_user,
        me,
        file,
        any,
        any_put,
        admin,
    ],
};

/// Name, path, template and methods of each handler.
const ROUTES: [(&str, &str, &str, &[&str]); 9] = [
    ("index", "/", "/", &["GET"]),
    ("users", "/users", "/users", &["GET", "POST"]),
    ("user", "/users/<id>", "/users/{id}", &["GET"]),
    ("delete_user", "/users/<id>", "/users/{id}", &["DELETE"]),
    ("me", "/users/me", "/users/me", &["GET", "PUT"]),
    (
        "file",
        "/users/<id>/files/<path..>",
        "/users/{id}/files/{path+}",
        &["GET"],
    ),
    ("any", "/any/<rest..>", "/any/{rest+}", &["ANY"]),
    ("any_put", "/any/<rest..>", "/any/{rest+}", &["PUT"]),
    ("admin", "/admin", "/admin", &["POST"]),
];

thread_local! {
    static SERVED: LazyCell<Served<APP>> = LazyCell::new(|| Served::new(&APP));
}

/// What has to become of an event.
#[derive(Debug)]
enum Expected {
    /// This handler runs.
    Handler(Seen),
    /// This status, and no handler.
    Status(u64),
    /// The handler is not called, because the event lacks a placeholder's value,
    /// or has one that is not UTF-8.
    BadParameter,
}

/// Checks one input.
pub fn check(input: &str) {
    let event = match input.strip_prefix('#') {
        Some(changes) => match changed_sample(changes) {
            Some(event) => event.to_string(),
            None => return,
        },
        None => input.to_owned(),
    };
    let answer = SERVED.with(|served| {
        served.ask(async |client: &Client<APP>| {
            client.lambda("api_handler").invoke_json(&event).await
        })
    });
    let value: Value = match serde_json::from_str(&event) {
        Ok(value) => value,
        Err(_) => return assert!(answer.is_err(), "{event} is no JSON: {answer:?}"),
    };
    if !value.is_object() {
        return assert!(answer.is_err(), "{event} is no object: {answer:?}");
    }
    if has_duplicates(&event) {
        return;
    }
    let reply = answer.expect("an object is an event, of whatever kind");
    let status = reply["statusCode"].as_u64().expect("a reply has a status");
    let body = reply["body"].as_str().expect("a reply has a body");
    match expected(&value) {
        Expected::Handler(expected) => {
            assert_eq!(status, 200, "{event}: {reply}");
            let seen: Seen = serde_json::from_str(body).expect("the handler's answer");
            assert_eq!(seen, expected, "{event}");
        }
        Expected::BadParameter => assert!([400, 500].contains(&status), "{event}: {reply}"),
        Expected::Status(expected) => {
            assert_eq!(status, expected, "{event}: {reply}");
            assert!(serde_json::from_str::<Seen>(body).is_err(), "{event}");
        }
    }
}

/// A sample with changes.
fn changed_sample(changes: &str) -> Option<Value> {
    let mut lines = changes.lines();
    let number: usize = lines.next()?.trim().parse().ok()?;
    let mut event: Value = serde_json::from_str(SAMPLES[number % SAMPLES.len()]).ok()?;
    for change in lines {
        let Some((place, value)) = change.split_once('=') else {
            continue;
        };
        let Some((parent, name)) = place.rsplit_once('/') else {
            continue;
        };
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        match event.pointer_mut(parent) {
            Some(Value::Object(members)) => {
                members.insert(name.to_owned(), value);
            }
            Some(other) => *other = value,
            None => {}
        }
    }
    Some(event)
}

/// A member that is there, and is not `null`.
fn member<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.get(name).filter(|value| !value.is_null())
}

/// What the documentation of the services says about an event.
fn expected(event: &Value) -> Expected {
    let unknown = Expected::Status(500);
    let empty = Value::Object(serde_json::Map::new());
    let context = match member(event, "requestContext") {
        None => &empty,
        Some(context) if context.is_object() => context,
        Some(_) => return unknown,
    };
    let domain = context["domainName"].as_str().unwrap_or_default();
    let stage = context["stage"].as_str();
    let version = event["version"].as_str();
    let http_method = || member(context, "httpMethod").or(member(event, "httpMethod"));
    let resource = || member(context, "resourcePath").or(member(event, "resource"));
    // Method, template if the gateway has matched one, path, and whether that is encoded.
    let (method, template, path, encoded) = match version {
        Some("2.0") => {
            let function_url = domain.contains(".lambda-url.");
            let template = match event["routeKey"].as_str() {
                Some("$default") => Some(None),
                Some(key) => key.split_once(' ').map(|(_, template)| Some(template)),
                None => None,
            };
            let path = within_stage(event["rawPath"].as_str().unwrap_or_default(), stage);
            (
                context["http"]["method"].as_str(),
                template,
                path,
                function_url,
            )
        }
        Some("1.0") => {
            let template = resource()
                .and_then(Value::as_str)
                .map(|template| (template != "$default").then_some(template));
            let path = within_stage(event["path"].as_str().unwrap_or_default(), stage);
            (http_method().and_then(Value::as_str), template, path, false)
        }
        _ if member(context, "elb").is_some() => match event["path"].as_str() {
            Some(path) => (event["httpMethod"].as_str(), Some(None), path, true),
            None => return unknown,
        },
        _ => {
            let template = resource().and_then(Value::as_str).map(Some);
            let path = event["path"].as_str().unwrap_or_default();
            (http_method().and_then(Value::as_str), template, path, true)
        }
    };
    let (Some(method), Some(template)) = (method, template) else {
        return unknown;
    };
    if chalice::Method::from_bytes(method.as_bytes()).is_err() {
        return unknown;
    }
    let decode = |value: &str| match encoded {
        true => percent_decode_str(value)
            .decode_utf8()
            .ok()
            .map(|value| value.into_owned()),
        false => Some(value.to_owned()),
    };
    let (template, parameters) = match template {
        Some(template) => {
            let values = event["pathParameters"].as_object();
            let values = values.into_iter().flatten();
            let texts =
                values.filter_map(|(name, value)| Some((name.clone(), decode(value.as_str()?))));
            (template, texts.collect())
        }
        None => match search(without_trailing_slash(path)) {
            Some((template, values)) => {
                let values = values.into_iter();
                (
                    template,
                    values.map(|(name, value)| (name, decode(&value))).collect(),
                )
            }
            None => return Expected::Status(404),
        },
    };
    handler(template, method, parameters)
}

/// The path without the stage, if it starts with that as a segment.
fn within_stage<'a>(path: &'a str, stage: Option<&str>) -> &'a str {
    let Some(stage) = stage.filter(|stage| !["", "$default"].contains(stage)) else {
        return path;
    };
    if path == format!("/{stage}") {
        return "/";
    }
    match path.starts_with(&format!("/{stage}/")) {
        true => &path[stage.len() + 1..],
        false => path,
    }
}

/// The template and the values of the placeholders, by trying every route.
fn search(path: &str) -> Option<(&'static str, Vec<(String, String)>)> {
    let patterns: Vec<PathPattern> = ROUTES
        .iter()
        .map(|(_, path, ..)| PathPattern::parse(path).expect("a path of this file"))
        .collect();
    let found = best_match(&patterns, path)?;
    Some((ROUTES[found.index].2, found.parameters))
}

fn handler(template: &str, method: &str, parameters: BTreeMap<String, Option<String>>) -> Expected {
    let mut of_path = ROUTES.iter().filter(|route| route.2 == template).peekable();
    if of_path.peek().is_none() {
        return Expected::Status(404);
    }
    let of_path: Vec<_> = of_path.collect();
    // `ANY` is what a route declares, and not a method that a client can ask for.
    let by_name = of_path
        .iter()
        .find(|route| method != "ANY" && route.3.contains(&method));
    let by_any = || of_path.iter().find(|route| route.3.contains(&"ANY"));
    let Some((name, ..)) = by_name.or_else(by_any) else {
        return Expected::Status(405);
    };
    let placeholders = template
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
        .map(|placeholder| placeholder.trim_end_matches('+'));
    let mut values = BTreeMap::new();
    for placeholder in placeholders {
        match parameters.get(placeholder) {
            Some(Some(value)) => values.insert(placeholder.to_owned(), value.clone()),
            _ => return Expected::BadParameter,
        };
    }
    Expected::Handler(Seen {
        handler: (*name).to_owned(),
        route: template.to_owned(),
        method: method.to_owned(),
        parameters: values,
    })
}
