//! An app that has something of everything that a client has to do with.

use chalice::prelude::*;

use crate::shapes::Shapes;

const LOGIN: JwtAuthorizer =
    JwtAuthorizer::new("login", "https://login.example.com/", &["my-client"]);
const POOL: CognitoUserPoolAuthorizer = CognitoUserPoolAuthorizer::new(
    "My Pool",
    &["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc"],
);
const IAM: IamAuthorizer = IamAuthorizer::new();

/// An article.
///
/// It may consist of others.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Article {
    /// Its number.
    id: u64,
    title: String,
    /// How large it is, if anybody knows. Not the end: */
    size: Option<Size>,
    #[serde(default)]
    parts: Vec<Article>,
}

/// A size.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Size {
    /// Up to one metre.
    Small,
    /// Everything else.
    Large,
}

impl std::str::FromStr for Size {
    type Err = std::fmt::Error;

    fn from_str(text: &str) -> Result<Size, std::fmt::Error> {
        match text {
            "small" => Ok(Size::Small),
            "large" => Ok(Size::Large),
            _ => Err(std::fmt::Error),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
struct Paging {
    /// From 0 on.
    #[serde(default)]
    page: u32,
    /// Only of that size.
    size: Option<Size>,
    #[serde(default)]
    tag: Vec<String>,
    shop: String,
}

#[derive(Deserialize, JsonSchema)]
struct Login {
    name: String,
    #[serde(default)]
    remember: bool,
}

/// Without a schema.
#[derive(Serialize, Deserialize)]
struct Secret;

#[derive(Deserialize, JsonSchema)]
struct ById {
    id: Option<String>,
    #[serde(rename = "it's-\"hostile\"")]
    hostile: Option<bool>,
}

/// Who may order.
#[authorizer(identity_sources = [header("X-Key"), query("tenant")], ttl_seconds = 0)]
fn key(_request: AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

#[authorizer(header = "X-Token")]
fn token(_request: AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

/// The catalogue.
#[route("/")]
fn index() -> &'static str {
    "the catalogue"
}

/// Lists articles.
///
/// The cheapest first.
#[route("/articles", methods = [GET, HEAD])]
fn articles(paging: Query<Paging>) -> Json<Vec<Article>> {
    let _ = (&paging.page, &paging.size, &paging.tag, &paging.shop);
    Json(Vec::new())
}

/// Adds an article.
#[route("/articles", methods = [POST], authorizer = token, api_key_required)]
fn add(article: Json<Article>) -> Result<(StatusCode, Json<Article>)> {
    Ok((StatusCode::CREATED, article))
}

#[route("/articles/<id>", authorizer = LOGIN.scopes(["articles"]))]
fn article(id: u64) -> Option<Json<Article>> {
    let _ = id;
    None
}

#[route("/articles/<id>", methods = [ANY], cors, authorizer = key)]
fn change(id: u64, article: Option<Json<Article>>) -> Response {
    let _ = (id, article);
    Response::text("changed")
}

#[route("/sizes/<size>/<name>", authorizer = POOL)]
fn size(size: Size, name: String) -> Html<String> {
    let _ = size;
    Html(name)
}

#[route("/files/<path..>", authorizer = IAM)]
fn file(path: String) -> Bytes {
    Bytes::from(path)
}

#[route("/files/<path..>", methods = [PUT], content_types = ["image/png"], name = "upload")]
fn put_file(path: String, body: Bytes) -> StatusCode {
    let _ = (path, body);
    StatusCode::NO_CONTENT
}

#[route("/login", methods = [POST], content_types = ["application/x-www-form-urlencoded"])]
fn log_in(login: Form<Login>) -> Redirect {
    let _ = login.remember;
    Redirect::to(format!("/{}", login.name))
}

#[route("/hook", methods = [POST], content_types = ["application/json", "text/plain"])]
fn hook(request: &Request) {
    let _ = request;
}

#[route("/secret", methods = [PUT])]
fn secret(secret: Json<Secret>) -> Json<Secret> {
    secret
}

/// Rows, while they are made.
#[route("/export/<rows>", stream)]
fn export(rows: u64) -> StreamingBody {
    StreamingBody::written_by(async move |chunks: chalice::StreamSender| {
        Ok(chunks.send(rows.to_string()).await?)
    })
}

/// Every shape that a type can have.
#[route("/shapes", methods = [GET, PATCH])]
fn shapes(shapes: Option<Json<Shapes>>) -> Option<Json<Shapes>> {
    shapes
}

/// Two parameters of one name.
#[route("/orders/<id>")]
fn orders(id: String, query: Query<ById>) -> Json<Option<String>> {
    let _ = (&query.hostile, id);
    Json(query.into_inner().id)
}

#[route("/a/b")]
fn a_then_b() -> Json<u8> {
    Json(1)
}

/// Its name is that of the other route.
#[route("/a-b")]
fn a_hyphen_b() -> Json<u8> {
    Json(2)
}

/// Filters of any names.
#[route("/filters")]
fn filters(
    filter: Query<std::collections::BTreeMap<String, String>>,
) -> Json<std::collections::BTreeMap<String, String>> {
    Json(filter.into_inner())
}

#[app]
pub(crate) static APP: App = App {
    name: "catalogue",
    handlers: [
        key, token, index, articles, add, article, change, size, file, put_file, log_in, hook,
        secret, export, shapes, orders, a_then_b, a_hyphen_b, filters,
    ],
};
