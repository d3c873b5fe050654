//! Authorizers of Amazon Cognito user pools: AWS, "Control access to REST APIs
//! using Amazon Cognito user pools as an authorizer".

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use serde_json::{Map, Value};

/// A user pool, as far as it can be emulated without its keys: there has to be a token,
/// and its claims reach the function. Who made the token, and whether it is still valid,
/// only the keys could tell; any JSON Web Token will do.
#[derive(Clone, Debug)]
pub(crate) struct UserPool {
    /// The header that carries the token.
    header: String,
}

impl UserPool {
    pub(crate) fn new(header: &str) -> UserPool {
        UserPool {
            header: header.to_owned(),
        }
    }

    /// `requestContext.authorizer` for the caller of a request with these
    /// headers; `None` when the request has no token.
    pub(crate) fn caller(&self, headers: &HeaderMap) -> Option<Map<String, Value>> {
        let token = bearer_token(headers.get(self.header.as_str())?.to_str().ok()?);
        let claims = claims(token)?.into_iter().map(|(name, value)| {
            let text = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            (name, Value::String(text))
        });
        Some(Map::from_iter([(
            "claims".to_owned(),
            Value::Object(claims.collect()),
        )]))
    }
}

/// The token in the value of a header, with `Bearer` before it or without.
pub(crate) fn bearer_token(value: &str) -> &str {
    let value = value.trim();
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim_start(),
        _ => value,
    }
}

/// The claims of a JSON Web Token in compact form (RFC 7519): its second of three parts.
fn claims(token: &str) -> Option<Map<String, Value>> {
    let parts: Vec<&str> = token.split('.').collect();
    let [_, payload, _] = parts[..] else {
        return None;
    };
    let payload = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&payload).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn caller(token: &str) -> Option<Value> {
        let mut headers = HeaderMap::new();
        headers.insert("x-token", HeaderValue::from_str(token).unwrap());
        UserPool::new("X-Token").caller(&headers).map(Value::Object)
    }

    fn token(claims: &Value) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()))
    }

    #[test]
    fn claims_reach_the_function_as_text() {
        let token = token(&json!({ "sub": "1", "exp": 17, "groups": ["a"] }));
        let expected = json!({ "claims": { "sub": "1", "exp": "17", "groups": "[\"a\"]" } });
        assert_eq!(caller(&token), Some(expected.clone()));
        assert_eq!(caller(&format!("Bearer {token}")), Some(expected));
    }

    #[test]
    fn what_is_no_token() {
        let no_object = token(&json!([1]));
        for text in [
            "",
            "x",
            "a.b",
            "a.b.c",
            "a.e30.c.d",
            "Bearer",
            "a.e30",
            no_object.as_str(),
        ] {
            assert_eq!(caller(text), None, "{text}");
        }
        assert_eq!(UserPool::new("X-Token").caller(&HeaderMap::new()), None);
    }

    proptest! {
        #[test]
        fn any_header_is_a_token_or_none(text in "[ -~]{0,60}") {
            let _ = caller(&text);
        }
    }
}
