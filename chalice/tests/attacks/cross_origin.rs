//! CORS: no origin that is not listed reads anything, and preflights, which carry
//! no credentials, ask no authorizer.

use chalice::{Method, prelude::*, test::Client};

#[authorizer]
fn guard(request: AuthRequest) -> AuthResponse {
    match request.token() {
        "good" => AuthResponse::allow(["*"], "user"),
        _ => panic!("a preflight must not get here"),
    }
}

#[route("/account", methods = [GET, PUT], authorizer = guard)]
fn account() -> &'static str {
    "private"
}

#[route("/fails", methods = [GET])]
fn fails() -> Result<()> {
    Err(HttpError::bad_request("no"))
}

#[app]
static APP: App = App {
    name: "origins",
    handlers: [guard, account, fails],
    api: Api {
        cors: Cors {
            allow_origin: ["https://a.example.com", "https://b.example.com"],
            allow_credentials: true,
        },
    },
};

const UNLISTED: [&str; 7] = [
    "https://evil.example",
    "https://a.example.com.evil.example",
    "https://evil.a.example.com",
    "http://a.example.com",
    "https://a.example.com:8443",
    "null",
    "https://a.example.com, https://b.example.com",
];

#[tokio::test]
async fn unlisted_origins_read_nothing() {
    let client = Client::new(&APP).await.unwrap();
    for origin in UNLISTED {
        for path in ["/account", "/fails"] {
            let request = client.http().get(path).header("origin", origin);
            let response = request.header("authorization", "good").await;
            assert_eq!(
                response.header("access-control-allow-origin"),
                None,
                "{origin}"
            );
            assert_eq!(
                response.header("access-control-allow-credentials"),
                None,
                "{origin}"
            );
            assert!(
                response
                    .header("vary")
                    .unwrap()
                    .to_ascii_lowercase()
                    .contains("origin")
            );
        }
    }
}

#[tokio::test]
async fn listed_origins_read_and_no_answer_is_for_all() {
    let client = Client::new(&APP).await.unwrap();
    for origin in ["https://a.example.com", "https://b.example.com"] {
        let request = client.http().get("/account").header("origin", origin);
        let response = request.header("authorization", "good").await;
        assert_eq!(response.header("access-control-allow-origin"), Some(origin));
        assert_eq!(
            response.header("access-control-allow-credentials"),
            Some("true")
        );
    }
}

#[tokio::test]
async fn preflights_ask_no_authorizer() {
    let client = Client::new(&APP).await.unwrap();
    for origin in UNLISTED.into_iter().chain(["https://b.example.com"]) {
        let response = client
            .http()
            .request(Method::OPTIONS, "/account")
            .header("origin", origin)
            .header("access-control-request-method", "PUT")
            .await;
        assert!(response.status().is_success(), "{}", response.status());
        let listed = !UNLISTED.contains(&origin);
        let allowed = response.header("access-control-allow-origin");
        assert_eq!(allowed, listed.then_some(origin));
    }
}
