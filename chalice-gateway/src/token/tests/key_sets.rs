//! Key sets, and the authorizers that they are for.

use super::*;

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
