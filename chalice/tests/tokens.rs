//! Tokens of Cognito user pools and of JWT authorizers, from the attribute to the
//! handler, through the emulated gateway.

use std::time::{SystemTime, UNIX_EPOCH};

use chalice::{
    CognitoUserPoolAuthorizer, JwtAuthorizer,
    prelude::*,
    test::{Client, HttpResponse},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

const JWKS: &str = include_str!("../../chalice-gateway/tests/keys/jwks.json");
const SIGNING: &[u8] = include_bytes!("../../chalice-gateway/tests/keys/signing.der");
const STRANGER: &[u8] = include_bytes!("../../chalice-gateway/tests/keys/stranger.der");

const POOL: CognitoUserPoolAuthorizer = CognitoUserPoolAuthorizer::new(
    "MyPool",
    &["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc"],
);
const LOGIN: JwtAuthorizer = JwtAuthorizer::new("login", "https://login.example.com", &["me"]);

#[derive(Deserialize)]
struct Profile {
    email: String,
    email_verified: bool,
}

#[route("/profile", authorizer = POOL)]
fn profile(caller: Authorized<Profile>) -> String {
    let Profile {
        email,
        email_verified,
    } = &*caller;
    format!("{:?} {email} {email_verified}", caller.principal_id())
}

#[route("/orders", authorizer = POOL.scopes(&["orders/read"]))]
fn orders(caller: Authorized) -> String {
    format!("{:?}", caller.scopes())
}

#[route("/account", authorizer = LOGIN.scopes(&["account"]))]
fn account(caller: Authorized) -> String {
    format!("{:?} {:?}", caller.principal_id(), caller.scopes())
}

#[route("/open")]
fn open() -> &'static str {
    "open"
}

#[app]
static APP: App = App {
    name: "tokens",
    handlers: [profile, orders, account, open],
};

fn sign(key: &[u8], claims: Value) -> String {
    let header = Header {
        kid: Some("signing".to_owned()),
        ..Header::new(Algorithm::RS256)
    };
    encode(&header, &claims, &EncodingKey::from_rsa_der(key)).unwrap()
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    since.as_secs()
}

fn of_pool(changes: Value) -> Value {
    let mut claims = json!({
        "iss": "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_abc", "token_use": "id",
        "sub": "user-1", "exp": now() + 600, "iat": now(), "email": "zoe@example.com",
        "email_verified": true,
    });
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

async fn client() -> Client<APP> {
    let client = Client::new(&APP).await.unwrap();
    client.with_jwks(None, JWKS).unwrap()
}

async fn get(path: &str, token: &str) -> HttpResponse {
    client()
        .await
        .http()
        .get(path)
        .header("authorization", &format!("Bearer {token}"))
        .await
}

#[tokio::test]
async fn claims_reach_the_handler() {
    let response = get("/profile", &sign(SIGNING, of_pool(json!({})))).await;
    assert_eq!(response.text(), "Some(\"user-1\") zoe@example.com true");
    let access = of_pool(json!({ "token_use": "access", "scope": "openid orders/read" }));
    let response = get("/orders", &sign(SIGNING, access)).await;
    assert_eq!(response.text(), r#"["openid", "orders/read"]"#);
    let login = json!({
        "iss": "https://login.example.com", "aud": "me", "sub": "user-2", "exp": now() + 600,
        "scope": "account other",
    });
    let response = get("/account", &sign(SIGNING, login)).await;
    assert_eq!(response.text(), r#"Some("user-2") ["account"]"#);
}

#[tokio::test]
async fn other_tokens_end_at_the_gateway() {
    let unauthorized = r#"{"message":"Unauthorized"}"#;
    for (path, key, changes, status, body) in [
        ("/profile", STRANGER, json!({}), 401, unauthorized),
        ("/orders", SIGNING, json!({}), 401, unauthorized),
        (
            "/profile",
            SIGNING,
            json!({ "token_use": "access" }),
            401,
            unauthorized,
        ),
        ("/account", SIGNING, json!({}), 401, unauthorized),
        (
            "/account",
            SIGNING,
            json!({ "iss": "https://login.example.com", "aud": "me", "scope": "accounts" }),
            403,
            r#"{"message":"Forbidden"}"#,
        ),
        (
            "/profile",
            SIGNING,
            json!({ "exp": now() - 1 }),
            401,
            r#"{"message":"The incoming token has expired"}"#,
        ),
    ] {
        let response = get(path, &sign(key, of_pool(changes))).await;
        assert_eq!(
            (response.status().as_u16(), response.text()),
            (status, body),
            "{path}"
        );
    }
    assert_eq!(get("/open", "nonsense").await.text(), "open");
}

#[tokio::test]
async fn keys_have_to_be_keys() {
    let client = async || Client::new(&APP).await.unwrap();
    assert!(client().await.with_jwks(None, "{}").is_err());
    assert!(client().await.with_jwks(Some("nobody"), JWKS).is_err());
    // Keys of one authorizer: whose tokens the other one gets is not checked.
    let client = client().await.with_jwks(Some("login"), JWKS).unwrap();
    assert_eq!(client.http().get("/account").await.status(), 401);
    assert_eq!(client.http().get("/orders").await.status(), 401);
    let token = sign(STRANGER, of_pool(json!({})));
    let orders = client.http().get("/orders").header("authorization", &token);
    assert_eq!(orders.await.status(), 200);
}
