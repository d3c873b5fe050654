//! Every extractor, patterns as arguments, and extractors of the user's own.

use std::str::FromStr;

use chalice::{http::Method, prelude::*};

#[derive(Deserialize)]
struct User {
    name: String,
}

#[derive(Deserialize)]
struct Paging {
    page: Option<u32>,
}

struct UserId(u64);

impl FromStr for UserId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        text.parse().map(UserId)
    }
}

/// An extractor that works in every app.
struct UserAgent(Option<String>);

impl<S: Sync + 'static> FromRequest<S> for UserAgent {
    async fn from_request(request: &Request, _: &'static S) -> Result<UserAgent> {
        Ok(UserAgent(request.header("user-agent").map(str::to_owned)))
    }
}

#[route("/json", methods = [POST])]
async fn json(user: Json<User>) -> String {
    user.name.clone()
}

#[route("/form", methods = [POST], content_types = ["application/x-www-form-urlencoded"])]
async fn form(user: Form<User>) -> String {
    user.name.clone()
}

#[route("/query")]
fn query(paging: Query<Paging>) -> String {
    format!("{:?}", paging.page)
}

#[route("/bytes", methods = [POST], content_types = ["application/octet-stream"])]
async fn bytes(body: Bytes) -> Bytes {
    body
}

#[route("/headers")]
async fn headers(headers: HeaderMap, context: LambdaContext) -> String {
    format!("{} {}", headers.len(), context.request_id)
}

#[route("/optional", methods = [POST])]
async fn optional(
    user: Option<Json<User>>,
    paging: Result<Query<Paging>>,
    text: Option<UserAgent>,
) -> StatusCode {
    if user.is_some() && paging.is_ok() && text.is_some_and(|agent| agent.0.is_some()) {
        StatusCode::OK
    } else {
        StatusCode::NO_CONTENT
    }
}

#[route("/users/<id>", methods = [GET, DELETE])]
async fn everything(
    request: &Request,
    mut id: u64,
    agent: UserAgent,
    Query(paging): Query<Paging>,
) -> String {
    id += 1;
    let is_delete = request.method() == Method::DELETE;
    std::future::ready(()).await;
    format!(
        "{id} {is_delete} {:?} {:?} {}",
        agent.0,
        paging.page,
        request.path()
    )
}

#[route("/own/<id>", methods = [PUT])]
async fn own_types(id: UserId, Json(user): Json<User>, _: HeaderMap) -> String {
    format!("{} {}", id.0, user.name)
}

#[route("/struct_pattern", methods = [PUT])]
async fn struct_pattern(Json(User { name }): Json<User>) -> String {
    name
}

#[route("/kinds/<type>")]
fn raw_argument(r#type: String) -> String {
    r#type
}

#[route("/sync")]
fn sync_with_request(request: &Request) -> Result<String> {
    Ok(request.text()?.to_owned())
}

#[route("/lifetime")]
#[expect(clippy::needless_lifetimes, reason = "allowed all the same")]
async fn named_lifetime<'r>(request: &'r Request) -> String {
    request.path().to_owned()
}

#[route("/<a>/<b>/<c>/<d>/scalars")]
fn scalars(a: bool, b: char, c: f64, d: i128) -> String {
    format!("{a} {b} {c} {d}")
}

#[app]
static APP: App = App {
    name: "arguments",
    handlers: [
        json,
        form,
        query,
        bytes,
        headers,
        optional,
        everything,
        own_types,
        struct_pattern,
        raw_argument,
        sync_with_request,
        named_lifetime,
        scalars,
    ],
};

#[test]
fn arguments() {
    assert_eq!(crate::routes(&APP).len(), 13);
}
