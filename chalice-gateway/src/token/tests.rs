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

const JWKS: &[u8] = include_bytes!("../../tests/keys/jwks.json");
const SIGNING: &[u8] = include_bytes!("../../tests/keys/signing.der");
const STRANGER: &[u8] = include_bytes!("../../tests/keys/stranger.der");
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

/// A token of these two parts, with that signature.
fn forged(header: Value, claims: &Value, signature: &[u8]) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signature = URL_SAFE_NO_PAD.encode(signature);
    format!("{}.{}.{signature}", part(&header), part(claims))
}

#[test]
fn what_is_not_signed_by_the_key_is_refused() {
    let gateway = gateway(&[]);
    let claims = identity(json!({}));
    let good = token(&claims);
    let (message, _) = good.rsplit_once('.').unwrap();
    let others = token(&identity(json!({ "sub": "user-2" })));
    let (_, other_signature) = others.rsplit_once('.').unwrap();
    // HS256 with the public key as the secret: whoever takes `alg` at its word accepts it.
    let confused = encode(
        &Header {
            kid: Some("signing".to_owned()),
            ..Header::new(Algorithm::HS256)
        },
        &claims,
        &EncodingKey::from_secret(JWKS),
    )
    .unwrap();
    for (token, reason) in [
        (format!("{message}."), "signature is not of the key"),
        (
            format!("{message}.{other_signature}"),
            "signature is not of the key",
        ),
        (
            sign(STRANGER, Algorithm::RS256, Some("signing"), &claims),
            "signature is not of the key",
        ),
        (
            sign(STRANGER, Algorithm::RS256, Some("stranger"), &claims),
            "Some(\"stranger\")",
        ),
        (
            sign(SIGNING, Algorithm::RS256, None, &claims),
            "no key of the `kid`",
        ),
        (
            sign(SIGNING, Algorithm::RS256, Some("of-another-kind"), &claims),
            "no key of the `kid`",
        ),
        (
            sign(SIGNING, Algorithm::PS256, Some("signing"), &claims),
            "`alg` is none of RS256",
        ),
        (confused, "`alg` is none of RS256"),
        (
            forged(json!({ "alg": "none", "kid": "signing" }), &claims, b""),
            "`alg` is none of",
        ),
        (
            forged(json!({ "alg": "NONE", "kid": "signing" }), &claims, b""),
            "`alg` is none of",
        ),
        (
            forged(json!({ "kid": "signing" }), &claims, b""),
            "`alg` is none of",
        ),
        (
            forged(
                json!({ "alg": "RS256", "kid": "signing", "crit": ["b64"] }),
                &claims,
                b"",
            ),
            "`crit`",
        ),
        (
            forged(json!(["RS256", "signing"]), &claims, b""),
            "first part is not a JSON object",
        ),
        ("a.b".to_owned(), "not three parts"),
        ("a.b.c.d".to_owned(), "not three parts"),
        (format!("{good}="), "signature is not base64url"),
        (
            format!("{good}{}", "A".repeat(11_000)),
            "longer than 10,240 bytes",
        ),
        ("Basic dXNlcjpwYXNz".to_owned(), "not three parts"),
    ] {
        refused(to_pool(&gateway, &token), 401, UNAUTHORIZED, reason);
    }
    // A list reads as a struct, and would be claims with the right values.
    let list = sign(
        SIGNING,
        Algorithm::RS256,
        Some("signing"),
        &json!([POOL, "id"]),
    );
    refused(
        to_pool(&gateway, &list),
        401,
        UNAUTHORIZED,
        "claims are not a JSON object",
    );
}

#[test]
fn keys_are_for_one_authorizer_or_all() {
    let keys = || KeySet::read(JWKS).unwrap();
    let plain = || Gateway::new(&manifest(&[]), Settings::default()).unwrap();
    // Without keys, a pool's token only has to be one, and a route of another issuer is open:
    // whoever runs the gateway has to say so.
    let anyones = ("authorization", "e30.eyJzdWIiOiIxIn0.c2ln");
    let claims = json!({ "claims": { "sub": "1" } });
    assert!(send(&plain(), "/", &[]).is_err());
    assert_eq!(send(&plain(), "/", &[anyones]), Ok(claims.clone()));
    assert_eq!(send(&plain(), "/cities/x", &[]), Ok(Value::Null));
    let one = plain().with_key_set(Some("login"), keys()).unwrap();
    assert_eq!(
        (one.has_keys_for("login"), one.has_keys_for("Pool")),
        (true, false)
    );
    assert_eq!(send(&one, "/", &[anyones]), Ok(claims));
    assert!(send(&one, "/cities/x", &[]).is_err());
    let error = plain().with_key_set(Some("logni"), keys()).unwrap_err();
    assert!(error.to_string().contains("`logni`"), "{error}");
    let open = Gateway::new(&sample::manifest(), Settings::default()).unwrap();
    let error = open.with_key_set(None, keys()).unwrap_err();
    assert!(
        error.to_string().starts_with("no route has an authorizer"),
        "{error}"
    );
}

#[test]
fn key_sets_that_are_none() {
    let key = |kid: &str, n: &str| json!({ "kty": "RSA", "kid": kid, "n": n, "e": "AQAB" });
    for (text, problem) in [
        ("".to_owned(), "not a JSON Web Key Set"),
        ("[]".to_owned(), "it has no such member"),
        (
            json!({ "keys": [1] }).to_string(),
            "one of the keys is no object",
        ),
        (json!({ "keys": [] }).to_string(), "it has no RSA key"),
        (
            json!({ "keys": [{ "kty": "oct", "kid": "a", "k": "AA" }] }).to_string(),
            "no RSA key",
        ),
        (
            json!({ "keys": [key("a", "AQAB"), key("a", "AQAB")] }).to_string(),
            "have the `kid` \"a\"",
        ),
        (
            json!({ "keys": [key("a", "?")] }).to_string(),
            "not base64url",
        ),
        (" ".repeat(MAX_KEY_SET + 1), "it has 153601 bytes"),
    ] {
        let error = KeySet::read(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(problem), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_token_with_one_changed_character_is_refused(at in any::<prop::sample::Index>(), to in "[A-Za-z0-9_.-]") {
        let gateway = gateway(&[]);
        let good = token(&identity(json!({})));
        let at = at.index(good.len());
        let mut changed = good.clone();
        changed.replace_range(at..=at, &to);
        prop_assume!(changed != good);
        prop_assert!(to_pool(&gateway, &changed).is_err());
    }

    #[test]
    fn any_text_is_read_or_refused(token in "\\PC{0,80}", set in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = KeySet::read(&set);
        if http::HeaderValue::from_str(&token).is_ok() {
            prop_assert!(to_pool(&gateway(&[]), &token).is_err());
        }
    }
}
