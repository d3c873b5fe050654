//! Tokens through the gateway.

mod key_sets;
mod signatures;

use std::time::{Duration, SystemTime};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use chalice_core::manifest::model::{Authorizer, Manifest};
use http::Request;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::sample::{self, CLIENT};
use crate::{Gateway, Outcome, Settings};

const JWKS: &[u8] = include_bytes!("../../../tests/keys/jwks.json");
const SIGNING: &[u8] = include_bytes!("../../../tests/keys/signing.der");
const STRANGER: &[u8] = include_bytes!("../../../tests/keys/stranger.der");
const NOW: u64 = 1_800_000_000;
const POOL: &str = "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_abc";
const ISSUER: &str = "https://login.example.com";

/// The sample app, whose route `/` wants an identity token, and others more.
fn manifest(scopes: &[&str]) -> Manifest {
    let mut manifest = sample::manifest();
    let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    for route in &mut manifest.routes {
        match route.name.as_str() {
            "index" => {
                route.authorizer = Some(Authorizer::CognitoUserPools {
                    name: "Pool".to_owned(),
                    provider_arns: vec![
                        "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc"
                            .to_owned(),
                    ],
                    header: "Authorization".to_owned(),
                    scopes: scopes.clone(),
                });
            }
            "city" => {
                route.authorizer = Some(Authorizer::Jwt {
                    name: "login".to_owned(),
                    issuer: ISSUER.to_owned(),
                    audiences: vec!["my-client".to_owned()],
                    header: "X-Login".to_owned(),
                    scopes: scopes.clone(),
                });
            }
            _ => {}
        }
    }
    manifest
}

fn gateway(scopes: &[&str]) -> Gateway {
    Gateway::new(&manifest(scopes), Settings::default())
        .unwrap()
        .with_key_set(None, KeySet::read(JWKS).unwrap())
        .unwrap()
}

fn sign(key: &[u8], algorithm: Algorithm, kid: Option<&str>, claims: &Value) -> String {
    let mut header = Header::new(algorithm);
    header.kid = kid.map(str::to_owned);
    encode(&header, claims, &EncodingKey::from_rsa_der(key)).unwrap()
}

fn token(claims: &Value) -> String {
    sign(SIGNING, Algorithm::RS256, Some("signing"), claims)
}

/// An identity token of the pool, with changes.
fn identity(changes: Value) -> Value {
    changed(
        json!({
            "iss": POOL, "token_use": "id", "sub": "user-1", "aud": "my-client", "exp": NOW + 60,
            "iat": NOW, "auth_time": NOW, "email_verified": true, "cognito:groups": ["a", "b"],
        }),
        changes,
    )
}

/// A token of the issuer, with changes.
fn login(changes: Value) -> Value {
    changed(
        json!({
            "iss": ISSUER, "sub": "user-1", "aud": ["other", "my-client"], "exp": NOW + 60,
            "nbf": NOW, "iat": NOW, "scope": "read write", "admin": true,
        }),
        changes,
    )
}

fn changed(mut claims: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            value => claims[name] = value.clone(),
        }
    }
    claims
}

/// `requestContext.authorizer`, or status, body and reason of the refusal.
fn send(
    gateway: &Gateway,
    path: &str,
    headers: &[(&str, &str)],
) -> Result<Value, (u16, String, Option<TokenRefusal>)> {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    match gateway.accept_at(request.body(Bytes::new()).unwrap(), CLIENT, now) {
        Outcome::Invoke(invocation) => {
            let event: Value = serde_json::from_slice(&invocation.event).unwrap();
            Ok(event["requestContext"]["authorizer"].clone())
        }
        Outcome::Respond(response) => Err((
            response.status().as_u16(),
            String::from_utf8(response.body().to_vec()).unwrap(),
            response.extensions().get().cloned(),
        )),
        Outcome::Authorize(asked) => panic!("nobody is to be asked: {asked:?}"),
    }
}

fn to_pool(gateway: &Gateway, token: &str) -> Result<Value, (u16, String, Option<TokenRefusal>)> {
    send(gateway, "/", &[("authorization", token)])
}

fn to_issuer(gateway: &Gateway, token: &str) -> Result<Value, (u16, String, Option<TokenRefusal>)> {
    send(
        gateway,
        "/cities/x",
        &[("x-login", &format!("Bearer {token}"))],
    )
}

#[track_caller]
fn refused(
    result: Result<Value, (u16, String, Option<TokenRefusal>)>,
    status: u16,
    body: &str,
    reason: &str,
) {
    let (found_status, found_body, refusal) = result.unwrap_err();
    assert_eq!((found_status, found_body.as_str()), (status, body));
    let refusal = refusal.expect("the response says why").to_string();
    assert!(refusal.contains(reason), "{refusal}");
}

const UNAUTHORIZED: &str = r#"{"message":"Unauthorized"}"#;
const EXPIRED: &str = r#"{"message":"The incoming token has expired"}"#;
const FORBIDDEN: &str = r#"{"message":"Forbidden"}"#;

#[test]
fn identity_tokens_of_a_pool_pass_with_their_claims_as_text() {
    let gateway = gateway(&[]);
    let claims = json!({ "claims": {
        "iss": POOL, "token_use": "id", "sub": "user-1", "aud": "my-client",
        "exp": "Fri Jan 15 08:01:00 UTC 2027", "iat": "Fri Jan 15 08:00:00 UTC 2027",
        "auth_time": NOW.to_string(), "email_verified": "true", "cognito:groups": "a,b",
    }});
    let token = token(&identity(json!({})));
    assert_eq!(to_pool(&gateway, &token), Ok(claims.clone()));
    assert_eq!(to_pool(&gateway, &format!("Bearer {token}")), Ok(claims));
}

#[test]
fn what_a_pool_has_not_said_is_refused() {
    let gateway = gateway(&[]);
    let other = "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_other";
    for (changes, body, reason) in [
        (json!({ "exp": NOW }), EXPIRED, "has expired"),
        (json!({ "exp": null }), UNAUTHORIZED, "`exp` is missing"),
        (
            json!({ "exp": "never" }),
            UNAUTHORIZED,
            "`exp` is missing, no number",
        ),
        (
            json!({ "iss": other }),
            UNAUTHORIZED,
            "the authorizer trusts https://cognito",
        ),
        (json!({ "iss": [POOL] }), UNAUTHORIZED, "`iss` is ["),
        (
            json!({ "token_use": "access" }),
            UNAUTHORIZED,
            "wants \"id\"",
        ),
        (
            json!({ "token_use": null }),
            UNAUTHORIZED,
            "`token_use` is null",
        ),
    ] {
        let token = token(&identity(changes));
        refused(to_pool(&gateway, &token), 401, body, reason);
    }
    refused(
        send(&gateway, "/", &[]),
        401,
        UNAUTHORIZED,
        "no token in the header",
    );
    let token = token(&identity(json!({})));
    let twice = [
        ("authorization", token.as_str()),
        ("authorization", "other"),
    ];
    refused(
        send(&gateway, "/", &twice),
        401,
        UNAUTHORIZED,
        "several headers",
    );
}

#[test]
fn scopes_are_in_access_tokens() {
    let gateway = gateway(&["profile", "orders/read"]);
    let access = |scope: &str| token(&identity(json!({ "token_use": "access", "scope": scope })));
    assert_eq!(
        to_pool(&gateway, &access("openid orders/read")).unwrap()["claims"]["scope"],
        "openid orders/read"
    );
    refused(
        to_pool(&gateway, &access("openid profile2")),
        401,
        UNAUTHORIZED,
        "none of the scopes",
    );
    let identity = token(&identity(json!({ "scope": "profile" })));
    refused(
        to_pool(&gateway, &identity),
        401,
        UNAUTHORIZED,
        "wants \"access\"",
    );
}

#[test]
fn tokens_of_an_issuer_pass_with_claims_and_scopes() {
    let gateway = gateway(&["write", "delete"]);
    assert_eq!(
        to_issuer(&gateway, &token(&login(json!({})))),
        Ok(json!({ "jwt": {
            "claims": {
                "iss": ISSUER, "sub": "user-1", "aud": "[other my-client]", "exp": (NOW + 60).to_string(),
                "nbf": NOW.to_string(), "iat": NOW.to_string(), "scope": "read write", "admin": "true",
            },
            "scopes": ["write"],
        }}))
    );
    for changes in [
        json!({ "aud": null, "client_id": "my-client" }),
        json!({ "aud": "my-client", "client_id": "other" }),
        json!({ "scope": null, "scp": ["delete"] }),
        json!({ "nbf": null, "iat": null }),
    ] {
        let token = token(&login(changes));
        assert!(to_issuer(&gateway, &token).is_ok());
    }
    for algorithm in [Algorithm::RS384, Algorithm::RS512] {
        let token = sign(SIGNING, algorithm, Some("signing"), &login(json!({})));
        assert!(to_issuer(&gateway, &token).is_ok());
        refused(
            to_pool(&gateway, &token),
            401,
            UNAUTHORIZED,
            "`alg` is none of RS256,",
        );
    }
}

#[test]
fn what_an_issuer_has_not_said_is_refused() {
    let gateway = gateway(&["write"]);
    for (changes, status, body, reason) in [
        (json!({ "exp": NOW }), 401, UNAUTHORIZED, "has expired"),
        (json!({ "nbf": NOW + 1 }), 401, UNAUTHORIZED, "`nbf`"),
        (json!({ "iat": NOW + 1 }), 401, UNAUTHORIZED, "`iat`"),
        (json!({ "iat": "now" }), 401, UNAUTHORIZED, "`iat`"),
        (
            json!({ "iss": POOL }),
            401,
            UNAUTHORIZED,
            "trusts https://login.example.com",
        ),
        (
            json!({ "aud": "other" }),
            401,
            UNAUTHORIZED,
            "none of the authorizer's audiences",
        ),
        (
            json!({ "aud": "other", "client_id": "my-client" }),
            401,
            UNAUTHORIZED,
            "audiences",
        ),
        (json!({ "aud": null }), 401, UNAUTHORIZED, "audiences"),
        (
            json!({ "scope": "read" }),
            403,
            FORBIDDEN,
            "none of the scopes",
        ),
        (
            json!({ "scope": "read", "scp": "write" }),
            403,
            FORBIDDEN,
            "none of the scopes",
        ),
    ] {
        let token = token(&login(changes));
        refused(to_issuer(&gateway, &token), status, body, reason);
    }
}
