//! An app that has something of everything that a document describes.

use chalice::prelude::*;

const LOGIN: JwtAuthorizer =
    JwtAuthorizer::new("login", "https://login.example.com/", &["my-client"]);
const POOL: CognitoUserPoolAuthorizer = CognitoUserPoolAuthorizer::new(
    "My Pool",
    &["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc"],
);
const IAM: IamAuthorizer = IamAuthorizer::new();

/// An article.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Article {
    id: u64,
    title: String,
    size: Option<Size>,
    parts: Vec<Article>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Size {
    Small,
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

/// Its name is that of a schema of the document's own.
#[derive(Serialize, JsonSchema)]
struct ErrorResponse {
    reason: String,
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
}

/// Without a schema.
#[derive(Serialize, Deserialize)]
struct Secret;

/// Who may order.
#[authorizer(identity_sources = [header("X-Key"), query("tenant")], ttl_seconds = 0)]
fn key(_request: AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

#[authorizer(header = "X-Token")]
fn token(_request: AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

/// The shop.
#[route("/")]
fn index() -> &'static str {
    "the shop"
}

/// Lists articles.
///
/// The cheapest first.
#[route("/articles", methods = [GET, HEAD])]
fn articles(paging: Query<Paging>) -> Json<Vec<Article>> {
    let _ = (&paging.page, &paging.size, &paging.tag, &paging.shop);
    Json(Vec::new())
}

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

#[route("/failure")]
fn failure() -> Json<ErrorResponse> {
    Json(ErrorResponse {
        reason: String::new(),
    })
}

/// A blueprint with a handler of a name that the app has already.
mod stock {
    use chalice::prelude::*;

    #[route("/")]
    fn index(filter: Query<std::collections::BTreeMap<String, String>>) -> Json<u32> {
        let _ = filter;
        Json(0)
    }

    #[blueprint]
    pub(super) static BLUEPRINT: Blueprint = Blueprint { handlers: [index] };
}

#[app]
pub(crate) static APP: App = App {
    name: "shop",
    handlers: [
        key, token, index, articles, add, article, change, size, file, put_file, log_in, hook,
        secret, failure,
    ],
    blueprints: [stock::BLUEPRINT.at("/shops/<shop>/stock")],
};
