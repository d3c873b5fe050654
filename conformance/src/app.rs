//! The counterpart of `app.py`: the same routes, written as one writes them here.

use std::{collections::BTreeMap, io};

use chalice::{AuthPath, Method, prelude::*};

/// Refuses to become JSON, as an object does in Python.
struct Opaque;

impl Serialize for Opaque {
    fn serialize<S: serde::Serializer>(&self, _: S) -> std::result::Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("an object is no JSON"))
    }
}

#[authorizer]
fn auth(request: AuthRequest) -> Result<AuthResponse> {
    let wildcards = |pattern| AuthRoute::any(AuthPath::wildcards(pattern));
    match request.token() {
        "allow" => {
            let routes = [wildcards("/authed/*"), AuthRoute::new("/m", [Method::GET])];
            Ok(AuthResponse::allow(routes, "user").context("k", "v"))
        }
        "all" => Ok(AuthResponse::allow(["*"], "user")),
        "deny" => Ok(AuthResponse::deny("nobody")),
        "none" => Err(HttpError::view_error("the authorizer does not decide")),
        "raw" => {
            let policy = json!({
                "Version": "2012-10-17",
                "Statement": [{ "Action": ["execute-api:Invoke"], "Effect": "Allow", "Resource": ["arn:*"] }],
            });
            Ok(AuthResponse::policy(policy, "p"))
        }
        _ => Ok(AuthResponse::allow([wildcards("/authed/?")], "q")),
    }
}

const POOL: CognitoUserPoolAuthorizer = CognitoUserPoolAuthorizer::new(
    "C",
    &["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc"],
);
const IAM: IamAuthorizer = IamAuthorizer::new();

#[route("/")]
fn index() -> Json<Value> {
    Json(json!({ "hello": "world" }))
}

#[route("/echo/<a>/x/<b>", methods = [GET, POST, PUT])]
fn echo(a: String, b: String, request: &Request) -> Result<Json<Value>> {
    let raw = String::from_utf8_lossy(request.body()?);
    Ok(Json(
        json!({ "a": a, "b": b, "d": request.view(), "raw": raw }),
    ))
}

#[route("/json", methods = [POST])]
fn json_body(request: &Request) -> Result<Json<Value>> {
    Ok(Json(json!({ "json": request.json_body()? })))
}

#[route("/form", methods = [POST], content_types = ["application/x-www-form-urlencoded", "Text/Plain"])]
fn form(request: &Request) -> Result<Json<Value>> {
    Ok(Json(json!({ "raw": request.text()? })))
}

#[route("/anytype", methods = [POST], content_types = ["*/*"])]
fn any_type(request: &Request) -> Result<Json<Value>> {
    Ok(Json(json!({ "ok": 1, "json": request.json_body()? })))
}

#[route("/noctypes", methods = [POST], content_types = [])]
fn no_content_types() -> &'static str {
    "plain-string"
}

#[route("/ret/<kind>")]
fn returned(kind: String) -> Result<Response> {
    let value = match kind.as_str() {
        "none" => Value::Null,
        "list" => json!([1, 2.5, "x"]),
        "int" => json!(3),
        "true" => json!(true),
        "str" => return Ok(Response::text("raw string")),
        "unicode" => json!({ "u": "é☃😀" }),
        "ustr" => return Ok(Response::text("é☃")),
        "decimal" => json!({ "d": 1.50, "i": 3.0 }),
        "nan" => json!({ "n": f64::NAN }),
        "nested" => json!({ "a": { "b": [1, { "c": null }] } }),
        "intkey" => json!({ "1": 4, "null": 3 }),
        "tuple" => json!([1, 2]),
        "slash" => json!({ "s": "a/b<>&\"\u{2028}" }),
        "float" => json!([1e100, 0.1, 1e-7, 1.0, -0.0]),
        _ => return Err(io::Error::other("no such kind").into()),
    };
    Ok(Response::json(&value))
}

#[route("/unserializable")]
fn unserializable() -> Json<BTreeMap<&'static str, Opaque>> {
    Json(BTreeMap::from([("o", Opaque)]))
}

#[route("/multiquery")]
fn multi_query(request: &Request) -> Json<Value> {
    if json!(request.view())["query_params"].is_null() {
        return Json(Value::Null);
    }
    let query = request.query();
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in query.iter() {
        lists.entry(name).or_default().push(value);
    }
    let last: BTreeMap<_, _> = lists
        .iter()
        .map(|(name, values)| (name, values.last()))
        .collect();
    Json(json!({ "d": last, "l": lists, "len": lists.len(), "asjson": last }))
}

#[route("/resp/<kind>")]
fn respond(kind: String) -> Response {
    let octets = || Response::binary(b"\x00\xff".as_slice());
    match kind.as_str() {
        "created" => Response::json(&json!({ "x": 1 }))
            .with_status(StatusCode::CREATED)
            .with_header("X-A", "b"),
        "text" => Response::text("hi").with_content_type("text/plain"),
        "multi" => Response::new(StatusCode::OK)
            .with_appended_header("Set-Cookie", "a=1")
            .with_appended_header("Set-Cookie", "b=2")
            .with_header("X", "y"),
        "badheader" => Response::new(StatusCode::OK).with_header("X", "a\nb"),
        "binary" => octets(),
        "binary-lc" => octets().with_content_type("IMAGE/PNG; charset=x"),
        "binstr" => Response::text("notbytes").with_content_type("image/png"),
        "redirect" => Response::new(StatusCode::FOUND).with_header("Location", "/x"),
        "empty204" => Response::new(StatusCode::NO_CONTENT),
        "jsonstr" => Response::text(r#"{"already": "json"}"#).with_content_type("application/json"),
        "bytes-text" => Response::binary(b"abc".as_slice()).with_content_type("text/plain"),
        _ => Response::json(&Value::Null),
    }
}

#[route("/err/<name>")]
fn fail(name: String) -> Result<()> {
    let message = format!("msg for {name}");
    Err(match name.as_str() {
        "BadRequestError" => HttpError::bad_request(message),
        "UnauthorizedError" => HttpError::unauthorized(message),
        "ForbiddenError" => HttpError::forbidden(message),
        "NotFoundError" => HttpError::not_found(message),
        "ConflictError" => HttpError::conflict(message),
        "TooManyRequestsError" => HttpError::too_many_requests(message),
        "UnprocessableEntityError" => HttpError::unprocessable_entity(message),
        "ChaliceViewError" => HttpError::view_error(message),
        "MethodNotAllowedError" => HttpError::method_not_allowed(message),
        "RequestTimeoutError" => HttpError::request_timeout(message),
        _ => io::Error::other("no such error").into(),
    })
}

#[route("/err2/<name>", cors)]
fn fail_otherwise(name: String) -> Result<()> {
    Err(match name.as_str() {
        "my" => HttpError::new(StatusCode::IM_A_TEAPOT, "MyErr", "teapot"),
        "empty" => HttpError::not_found(""),
        other => io::Error::other(other.to_owned()).into(),
    })
}

#[route("/cors", methods = [GET, POST], cors)]
fn cors() -> Json<Value> {
    Json(json!({}))
}

#[route(
    "/cors2",
    methods = [PUT],
    cors(
        allow_origin = "https://foo.example.com",
        allow_headers = ["X-Special"],
        expose_headers = ["A", "B"],
        max_age = 600,
        allow_credentials
    )
)]
fn cors_of_its_own() -> Response {
    Response::json(&json!({}))
        .with_header("Access-Control-Allow-Origin", "override")
        .with_header("access-control-max-age", "1")
}

#[route("/corsbin", cors)]
fn cors_and_binary() -> Response {
    Response::binary(b"x".as_slice()).with_content_type("image/png")
}

/// What the authorizer says about the caller, as the event has it.
fn caller(request: &Request) -> Result<Json<Value>> {
    let context: Option<Value> = match request.request_context() {
        Some(context) => serde_json::from_str(context.get())?,
        None => None,
    };
    let authorizer = context.and_then(|mut context| context.get_mut("authorizer").map(Value::take));
    Ok(Json(json!({ "ctx": authorizer })))
}

#[route("/authed/<x>", authorizer = auth, methods = [GET, POST], cors)]
fn authed(x: String, request: &Request) -> Result<Json<Value>> {
    let _ = x;
    caller(request)
}

#[route("/m", authorizer = auth, methods = [GET, POST])]
fn m(request: &Request) -> Result<Json<Value>> {
    caller(request)
}

#[route("/cog", authorizer = POOL)]
fn pooled(request: &Request) -> Result<Json<Value>> {
    caller(request)
}

#[route("/iam", authorizer = IAM)]
fn signed() -> Json<Value> {
    Json(json!({}))
}

#[route("/foo/bar")]
fn literal() -> Json<Value> {
    Json(json!({ "r": "foo/bar" }))
}

#[route("/foo/<p>")]
fn placeholder(p: String) -> Json<Value> {
    Json(json!({ "r": "foo/p", "p": p }))
}

#[route("/greedy/<proxy..>")]
fn greedy(proxy: String) -> Json<Value> {
    Json(json!({ "p": { "proxy": proxy } }))
}

#[route("/opts", methods = [OPTIONS, GET])]
fn options(request: &Request) -> Json<Value> {
    Json(json!({ "m": request.method().as_str() }))
}

#[route("/ctx")]
fn context(request: &Request) -> Json<Value> {
    let context = request.lambda_context();
    let view = json!(request.view());
    Json(json!({
        "fn": context.env_config.function_name,
        "mem": context.env_config.memory,
        "sv": view["stage_vars"],
        "path": request.route(),
        "method": request.method().as_str(),
        // There is no other way to the context.
        "same": true,
    }))
}

#[route("/headers")]
fn headers(request: &Request) -> Json<Value> {
    Json(json!(request.view())["headers"].take())
}

#[blueprint]
static ROUTES: Blueprint = Blueprint {
    handlers: [
        auth,
        index,
        echo,
        json_body,
        form,
        any_type,
        no_content_types,
        returned,
        unserializable,
        multi_query,
        respond,
        fail,
        fail_otherwise,
        cors,
        cors_of_its_own,
        cors_and_binary,
        authed,
        m,
        pooled,
        signed,
        literal,
        placeholder,
        greedy,
        options,
        context,
        headers,
    ],
};

/// The app.
#[app]
pub static APP: App = App {
    name: "rt",
    blueprints: [ROUTES],
};

/// The app in debug mode.
#[app]
pub static DEBUG_APP: App = App {
    name: "rt",
    blueprints: [ROUTES],
    debug: true,
};
