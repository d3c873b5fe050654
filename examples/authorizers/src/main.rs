//! An API whose routes only some callers may use.
//!
//! `cargo chalice local --package authorizers`, then
//! `curl -H "Authorization: Bearer alice" http://127.0.0.1:8000/notes/alice`.

use chalice::prelude::*;

/// What the authorizer tells the routes about the caller.
#[derive(Deserialize)]
struct Caller {
    admin: bool,
}

/// Who the caller is, by a bearer token.
///
/// The decision speaks of everything that the caller may do, because API
/// Gateway applies it to every route for as long as it keeps it.
#[authorizer(ttl_seconds = 60)]
async fn bearer(request: AuthRequest) -> Result<AuthResponse> {
    match request.token().strip_prefix("Bearer ") {
        Some("root") => Ok(AuthResponse::allow(["*"], "root").context("admin", true)),
        Some(name) if name.chars().all(char::is_alphabetic) => {
            let own = [
                AuthRoute::from("/whoami"),
                // A `String` stands for itself: no name opens another one's notes.
                AuthRoute::any(format!("/notes/{name}")),
            ];
            Ok(AuthResponse::allow(own, name).context("admin", false))
        }
        Some(_) => Ok(AuthResponse::deny("somebody")),
        None => Err(HttpError::unauthorized("no bearer token")),
    }
}

/// Who the caller is, by a key in the header or in the query string.
#[authorizer(identity_sources = [query("key"), context("identity.sourceIp")], ttl_seconds = 0)]
fn key(request: &AuthRequest) -> AuthResponse {
    match request.query().get("key") {
        Some("secret") => AuthResponse::allow(["/reports/<name>"], "partner"),
        _ => AuthResponse::deny("stranger"),
    }
}

#[route("/")]
fn index(caller: Option<Authorized>) -> String {
    match caller {
        Some(_) => "an authorizer has seen this request".to_owned(),
        None => "anybody is welcome here".to_owned(),
    }
}

#[route("/whoami", authorizer = bearer)]
fn whoami(caller: Authorized<Caller>) -> Json<Value> {
    Json(json!({ "name": caller.principal_id(), "admin": caller.admin }))
}

#[route("/notes/<owner>", authorizer = bearer)]
fn notes(owner: String) -> String {
    format!("the notes of {owner}")
}

#[route("/reports/<name>", authorizer = key)]
fn report(name: String, caller: Authorized) -> String {
    format!("{name} for {}", caller.principal_id().unwrap_or_default())
}

/// The app.
#[app]
pub static APP: App = App {
    name: "authorizers",
    handlers: [bearer, key, index, whoami, notes, report],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}

#[cfg(test)]
mod tests {
    use chalice::test::Client;

    use super::*;

    async fn get(path: &str, token: Option<&str>) -> (u16, String) {
        let client = Client::new(&APP).await.unwrap();
        let mut request = client.http().get(path);
        if let Some(token) = token {
            request = request.header("Authorization", token);
        }
        let response = request.await;
        (response.status().as_u16(), response.text().to_owned())
    }

    #[tokio::test]
    async fn callers_get_what_is_theirs() {
        assert_eq!(
            get("/whoami", Some("Bearer alice")).await,
            (200, r#"{"admin":false,"name":"alice"}"#.to_owned())
        );
        for (path, token, status) in [
            ("/notes/alice", "Bearer alice", 200),
            ("/notes/bob", "Bearer alice", 403),
            ("/notes/bob", "Bearer root", 200),
            ("/notes/bob", "Bearer *", 403),
            ("/notes/bob", "Basic bob", 401),
        ] {
            let (found, body) = get(path, Some(token)).await;
            assert_eq!(found, status, "{path} {token} {body}");
        }
    }

    #[tokio::test]
    async fn callers_without_a_token() {
        let unauthorized = (401, r#"{"message":"Unauthorized"}"#.to_owned());
        assert_eq!(get("/whoami", None).await, unauthorized);
        assert_eq!(get("/", None).await.1, "anybody is welcome here");
    }

    #[tokio::test]
    async fn keys_in_the_query_string() {
        assert_eq!(
            get("/reports/sales?key=secret", None).await,
            (200, "sales for partner".to_owned())
        );
        assert_eq!(get("/reports/sales?key=guess", None).await.0, 403);
        assert_eq!(get("/reports/sales", None).await.0, 401);
    }

    #[tokio::test]
    async fn a_decision_is_kept_for_every_route() {
        let client = Client::new(&APP).await.unwrap();
        let get = async |path: &str| {
            let request = client.http().get(path);
            request
                .header("Authorization", "Bearer alice")
                .await
                .status()
                .as_u16()
        };
        assert_eq!(get("/notes/alice").await, 200);
        assert_eq!(get("/whoami").await, 200);
        assert_eq!(get("/notes/bob").await, 403);
    }
}
