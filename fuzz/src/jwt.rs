//! Tokens and key sets: never a panic, and no token passes but those that were
//! signed by the key, as they were signed.
//!
//! An input is a key set if it starts with `{`. Anything else is a value of the
//! header `Authorization`.

use std::{
    collections::BTreeSet,
    sync::LazyLock,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use chalice_core::manifest::model::Manifest;
use chalice_gateway::{Gateway, KeySet, MAX_KEY_SET, Outcome, Settings, TokenRefusal};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

const JWKS: &[u8] = include_bytes!("../../chalice-gateway/tests/keys/jwks.json");
const SIGNING: &[u8] = include_bytes!("../../chalice-gateway/tests/keys/signing.der");
const STRANGER: &[u8] = include_bytes!("../../chalice-gateway/tests/keys/stranger.der");
const MANIFEST: &[u8] = include_bytes!("../../chalice-gateway/tests/manifest.json");
/// When every request arrives, in seconds since 1970.
const NOW: u64 = 1_800_000_000;
const ISSUER: &str = "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_abc";

static GATEWAY: LazyLock<Gateway> = LazyLock::new(|| {
    let mut manifest: Value = serde_json::from_slice(MANIFEST).expect("a manifest");
    let index = &mut manifest["routes"][0];
    index["authorizer"] = json!({
        "type": "cognito_user_pools", "name": "Pool", "header": "Authorization", "scopes": [],
        "provider_arns": ["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc"],
    });
    let manifest = Manifest::from_json(manifest.to_string().as_bytes()).expect("a manifest");
    Gateway::new(&manifest, Settings::default())
        .expect("an API")
        .with_key_set(None, KeySet::read(JWKS).expect("keys"))
        .expect("a route whose tokens are checked")
});

/// The tokens that may pass.
static GOOD: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let good = json!({ "iss": ISSUER, "token_use": "id", "sub": "a", "exp": NOW + 60 });
    BTreeSet::from([sign(SIGNING, "signing", &good)])
});

fn sign(key: &[u8], kid: &str, claims: &Value) -> String {
    let header = Header {
        kid: Some(kid.to_owned()),
        ..Header::new(Algorithm::RS256)
    };
    encode(&header, claims, &EncodingKey::from_rsa_der(key)).expect("a key of this project")
}

/// Checks one input.
pub fn check(input: &[u8]) {
    if input.starts_with(b"{") {
        match KeySet::read(input) {
            Ok(_) => assert!(input.len() <= MAX_KEY_SET),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        return;
    }
    let mut request = http::Request::get("/");
    match http::HeaderValue::from_bytes(input) {
        Ok(value) => request = request.header("authorization", value),
        Err(_) => return,
    }
    let request = request.body(Bytes::new()).expect("a request");
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    match GATEWAY.accept_at(request, [127, 0, 0, 1].into(), now) {
        Outcome::Invoke(_) => {
            let token = std::str::from_utf8(input).expect("a token is ASCII").trim();
            let token = match token.get(..7) {
                Some(scheme) if scheme.eq_ignore_ascii_case("bearer ") => token[7..].trim(),
                _ => token,
            };
            assert!(GOOD.contains(token), "{token} passes");
        }
        Outcome::Respond(response) => {
            assert_eq!(response.status(), 401);
            let refusal = response.extensions().get::<TokenRefusal>();
            assert!(!refusal.expect("a reason").to_string().is_empty());
        }
        Outcome::Authorize(asked) => panic!("no function is to be asked: {asked:?}"),
    }
}

/// Inputs to start from.
pub fn seeds() -> Vec<Vec<u8>> {
    let claims = |changes: &[(&str, Value)]| {
        let mut claims = json!({ "iss": ISSUER, "token_use": "id", "sub": "a", "exp": NOW + 60 });
        for (name, value) in changes {
            claims[*name] = value.clone();
        }
        claims
    };
    let mut seeds = vec![
        JWKS.to_vec(),
        b"{\"keys\":[]}".to_vec(),
        b"Bearer ".to_vec(),
    ];
    for good in GOOD.iter() {
        seeds.push(good.clone().into_bytes());
        seeds.push(format!("Bearer {good}").into_bytes());
        // `{"alg":"none","kid":"signing"}`
        let (_, rest) = good.split_once('.').expect("a token has dots");
        seeds.push(format!("eyJhbGciOiJub25lIiwia2lkIjoic2lnbmluZyJ9.{rest}").into_bytes());
        let (message, _) = good.rsplit_once('.').expect("a token has dots");
        seeds.push(format!("{message}.").into_bytes());
    }
    for claims in [
        claims(&[("exp", json!(NOW))]),
        claims(&[("token_use", json!("access"))]),
        json!([ISSUER, "id"]),
    ] {
        seeds.push(sign(SIGNING, "signing", &claims).into_bytes());
    }
    seeds.push(sign(STRANGER, "signing", &claims(&[])).into_bytes());
    seeds
}
