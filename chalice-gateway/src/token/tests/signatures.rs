//! Who has signed a token, and how.

use super::*;

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
