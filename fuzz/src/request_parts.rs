//! Query, form, cookies, headers and path parameters: read without a panic, and
//! decoded exactly once, by whichever gateway they come.
//!
//! An input is lines: the number of the gateway, the query string, the `Cookie`
//! header, the form in the body, the path's value as the client sent it, and
//! then headers as `name: value`.

use std::{cell::LazyCell, collections::BTreeMap};

use base64::{Engine, engine::general_purpose::STANDARD};
use chalice::{
    App, HeaderMap, HeaderName, HeaderValue, HttpError, Json, Request, app, route, test::Client,
};
use cookie::Cookie;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::served::Served;

type Pairs = Vec<(String, String)>;

/// What the handler has seen.
#[derive(Debug, Serialize, Deserialize)]
struct Seen {
    query: Pairs,
    cookies: Pairs,
    headers: Vec<(String, Vec<u8>)>,
    form: Option<Pairs>,
    form_status: u16,
    body: Vec<u8>,
    value: Option<String>,
    raw_value: Option<String>,
}

fn owned<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Pairs {
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[route("/parts/<value..>", methods = [POST], content_types = ["*/*"])]
fn parts(value: String, request: &Request) -> Result<Json<Seen>, HttpError> {
    // Whatever can be asked is asked: nothing may panic.
    let _ = (request.text(), request.json::<Value>(), request.json_body());
    let _ = (request.client_address(), request.view(), request.context());
    let _ = (
        request.authorizer_context(),
        request.stage_variables().count(),
    );
    let form = request.form::<Pairs>();
    let form_status = form
        .as_ref()
        .map_or_else(|error| error.status().as_u16(), |_| 200);
    let headers = request.headers().iter();
    Ok(Json(Seen {
        query: owned(request.query().iter()),
        cookies: owned(request.cookies().iter()),
        headers: headers
            .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
            .collect(),
        form: form.ok(),
        form_status,
        body: request.body()?.to_vec(),
        value: request
            .path_parameter("value")
            .filter(|other| *other == value)
            .map(|value| value.into_owned()),
        raw_value: request
            .raw_path_parameter("value")
            .map(|value| value.into_owned()),
    }))
}

#[app]
static APP: App = App {
    name: "parts",
    handlers: [parts],
};

thread_local! {
    static SERVED: LazyCell<Served<APP>> = LazyCell::new(|| Served::new(&APP));
}

/// What a client sends.
struct Sent<'a> {
    query: &'a str,
    cookies: &'a str,
    form: &'a str,
    value: &'a str,
    headers: Vec<(&'a str, &'a str)>,
}

/// Checks one input.
pub fn check(input: &str) {
    let mut lines = input.split('\n');
    let mut next = || lines.next().unwrap_or_default();
    let gateway = next().bytes().next().unwrap_or_default() % 6;
    let sent = Sent {
        query: next(),
        cookies: next(),
        form: next(),
        value: next(),
        headers: lines
            .filter_map(|line| line.split_once(':'))
            .filter(|(name, _)| {
                !["cookie", "content-type"].contains(&name.to_ascii_lowercase().as_str())
            })
            .collect(),
    };
    // An empty greedy placeholder is another path.
    if sent.value.is_empty() || sent.value.starts_with('/') {
        return;
    }
    let event = event(gateway, &sent).to_string();
    let reply = SERVED
        .with(|served| {
            served.ask(async |client: &Client<APP>| {
                client.lambda("api_handler").invoke_json(&event).await
            })
        })
        .expect("the event is an object");
    let searched = matches!(gateway, 3..=5);
    if searched && sent.value.ends_with('/') {
        return;
    }
    if matches!(gateway, 0 | 3..=5) && percent_decode_str(sent.value).decode_utf8().is_err() {
        return assert_eq!(reply["statusCode"], 400, "{event}: {reply}");
    }
    assert_eq!(reply["statusCode"], 200, "{event}: {reply}");
    let body = reply["body"].as_str().expect("a reply has a body");
    let seen: Seen = serde_json::from_str(body).expect("the handler's answer");
    query(gateway, &sent, &seen);
    cookies(&sent, &seen);
    headers(&sent, &seen);
    form(&sent, &seen);
    path(gateway, &sent, &seen);
}

/// The event that the gateway makes of it.
fn event(gateway: u8, sent: &Sent<'_>) -> Value {
    let decoded: Pairs = form_urlencoded::parse(sent.query.as_bytes())
        .into_owned()
        .collect();
    let undecoded: Pairs = sent
        .query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut headers: Vec<(String, String)> = sent
        .headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    headers.push((
        "content-type".to_owned(),
        "application/x-www-form-urlencoded".to_owned(),
    ));
    let cookies = ("Cookie".to_owned(), sent.cookies.to_owned());
    let template = "/parts/{value+}";
    let path = format!("/parts/{}", sent.value);
    let body = STANDARD.encode(sent.form);
    match gateway {
        // A REST API, and an HTTP API with payload format 1.0.
        0 | 1 => json!({
            "version": (gateway == 1).then_some("1.0"),
            "resource": template, "path": path, "httpMethod": "POST",
            "multiValueHeaders": grouped(headers.into_iter().chain([cookies])),
            "multiValueQueryStringParameters": grouped(decoded),
            "pathParameters": { "value": sent.value },
            "requestContext": { "resourcePath": template, "httpMethod": "POST", "stage": "$default" },
            "body": body, "isBase64Encoded": true,
        }),
        // An HTTP API with payload format 2.0, and a function URL.
        2 | 3 => json!({
            "version": "2.0",
            "routeKey": if gateway == 2 { "POST /parts/{value+}" } else { "$default" },
            "rawPath": path, "rawQueryString": sent.query,
            "cookies": sent.cookies.split(';').map(str::trim).collect::<Vec<_>>(),
            "headers": joined(headers),
            "pathParameters": { "value": sent.value },
            "requestContext": {
                "http": { "method": "POST", "path": path }, "stage": "$default",
                "domainName": if gateway == 2 { "a.execute-api.b.amazonaws.com" } else { "a.lambda-url.b.on.aws" },
            },
            "body": sent.form, "isBase64Encoded": false,
        }),
        // A load balancer, with and without all values.
        4 => json!({
            "requestContext": { "elb": { "targetGroupArn": "arn:aws:x" } },
            "path": path, "httpMethod": "POST",
            "multiValueHeaders": grouped(headers.into_iter().chain([cookies])),
            "multiValueQueryStringParameters": grouped(undecoded),
            "body": body, "isBase64Encoded": true,
        }),
        _ => json!({
            "requestContext": { "elb": { "targetGroupArn": "arn:aws:x" } },
            "path": path, "httpMethod": "POST",
            "headers": joined(headers.into_iter().chain([cookies])),
            "queryStringParameters": undecoded.into_iter().collect::<BTreeMap<_, _>>(),
            "body": body, "isBase64Encoded": true,
        }),
    }
}

fn grouped(pairs: impl IntoIterator<Item = (String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut groups = BTreeMap::<String, Vec<String>>::new();
    for (name, value) in pairs {
        groups.entry(name).or_default().push(value);
    }
    groups
}

fn joined(pairs: impl IntoIterator<Item = (String, String)>) -> BTreeMap<String, String> {
    pairs.into_iter().collect()
}

fn query(gateway: u8, sent: &Sent<'_>, seen: &Seen) {
    let decoded: Pairs = form_urlencoded::parse(sent.query.as_bytes())
        .into_owned()
        .collect();
    match gateway {
        2 | 3 => assert_eq!(seen.query, decoded, "{:?}", sent.query),
        0 | 1 | 4 => {
            // The values of each name are in order, the names are not. A load
            // balancer's names are the same only once they are decoded.
            let (mut seen, mut sent) = (seen.query.clone(), decoded);
            seen.sort();
            sent.sort();
            assert_eq!(seen, sent);
        }
        _ => {
            for pair in &seen.query {
                assert!(decoded.contains(pair), "{pair:?} of {:?}", sent.query);
            }
            assert_eq!(seen.query.is_empty(), decoded.is_empty());
        }
    }
}

/// The `cookie` crate reads a header as browsers write it. It trims what Unicode
/// counts as white space, and HTTP does not.
fn cookies(sent: &Sent<'_>, seen: &Seen) {
    let valid = |text: &str| HeaderValue::from_str(text).is_ok();
    if !sent.cookies.is_ascii() || !valid(sent.cookies) {
        return;
    }
    let expected: Pairs = Cookie::split_parse(sent.cookies)
        .filter_map(Result::ok)
        .map(|cookie| (cookie.name().to_owned(), cookie.value_trimmed().to_owned()))
        .collect();
    assert_eq!(seen.cookies, expected, "{:?}", sent.cookies);
}

fn headers(sent: &Sent<'_>, seen: &Seen) {
    // What is seen has been sent, and is no header but to HTTP.
    let seen: HeaderMap = seen
        .headers
        .iter()
        .map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
            (
                name,
                HeaderValue::from_bytes(value).expect("a header's value"),
            )
        })
        .collect();
    let valid: Vec<(HeaderName, HeaderValue)> = sent
        .headers
        .iter()
        .filter_map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            Some((
                name,
                HeaderValue::from_str(value)
                    .or(HeaderValue::from_bytes(value.as_bytes()))
                    .ok()?,
            ))
        })
        .collect();
    for (name, value) in seen.iter() {
        if name == "cookie" || name == "content-type" {
            continue;
        }
        assert!(
            valid.contains(&(name.clone(), value.clone())),
            "{name}: {value:?}"
        );
    }
    for (name, _) in &valid {
        assert!(
            seen.contains_key(name) || has_invalid(sent, name),
            "{name} is lost"
        );
    }
}

/// Whether the name has been sent with a value that HTTP does not allow, too:
/// where a gateway keeps the last value only, nothing is left of it.
fn has_invalid(sent: &Sent<'_>, name: &HeaderName) -> bool {
    sent.headers
        .iter()
        .filter(|(sent, _)| sent.eq_ignore_ascii_case(name.as_str()))
        .any(|(_, value)| HeaderValue::from_bytes(value.as_bytes()).is_err())
}

fn form(sent: &Sent<'_>, seen: &Seen) {
    assert_eq!(seen.body, sent.form.as_bytes());
    let expected: Pairs = form_urlencoded::parse(sent.form.as_bytes())
        .into_owned()
        .collect();
    match &seen.form {
        Some(form) => assert_eq!(*form, expected, "{:?}", sent.form),
        None => assert_eq!(seen.form_status, 400, "{:?}", sent.form),
    }
}

fn path(gateway: u8, sent: &Sent<'_>, seen: &Seen) {
    assert_eq!(seen.raw_value.as_deref(), Some(sent.value));
    let decoded = match gateway {
        1 | 2 => Some(sent.value.to_owned()),
        _ => percent_decode_str(sent.value)
            .decode_utf8()
            .ok()
            .map(|value| value.into_owned()),
    };
    assert_eq!(seen.value, decoded, "{:?}", sent.value);
}
