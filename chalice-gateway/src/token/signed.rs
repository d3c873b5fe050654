//! The signature of a token: RFC 7515.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, crypto::aws_lc};
use serde_json::{Map, Value};

use super::{KeySet, TokenRefusal};

/// The longest token: API Gateway takes no more than 10,240 bytes of headers.
pub(super) const MAX_TOKEN: usize = 10_240;

/// The claims of a token, if it is signed by a key of the set. Which key is what
/// the token says, which algorithms are allowed is not.
pub(super) fn claims(
    token: &str,
    keys: &KeySet,
    allowed: &[(&str, Algorithm)],
) -> Result<Map<String, Value>, TokenRefusal> {
    if token.len() > MAX_TOKEN {
        return Err(TokenRefusal::Malformed("it is longer than 10,240 bytes"));
    }
    let malformed = TokenRefusal::Malformed("it is not three parts between two dots");
    let Some((message, signature)) = token.rsplit_once('.') else {
        return Err(malformed);
    };
    let Some((header, claims)) = message.split_once('.') else {
        return Err(malformed);
    };
    if claims.contains('.') {
        return Err(malformed);
    }
    let header = object(header, "its first part is not a JSON object in base64url")?;
    let name = header.get("alg").and_then(Value::as_str);
    let algorithm = allowed
        .iter()
        .find_map(|(known, algorithm)| (name == Some(*known)).then_some(*algorithm));
    let Some(algorithm) = algorithm else {
        let allowed: Vec<&str> = allowed.iter().map(|(name, _)| *name).collect();
        return Err(TokenRefusal::Algorithm {
            allowed: allowed.join(", "),
        });
    };
    if header.contains_key("crit") {
        return Err(TokenRefusal::Malformed(
            "its header has `crit`, extensions that API Gateway does not know",
        ));
    }
    let kid = header.get("kid").and_then(Value::as_str);
    let Some((kid, key)) = kid.and_then(|kid| Some((kid, keys.get(kid)?))) else {
        return Err(TokenRefusal::UnknownKey {
            kid: kid.map(str::to_owned),
        });
    };
    let signature = decoded(signature, "its signature is not base64url")?;
    // The provider by its name: what the process has installed is for others to say.
    let verified = (aws_lc::DEFAULT_PROVIDER.verifier_factory)(&algorithm, key)
        .is_ok_and(|verifier| verifier.verify(message.as_bytes(), &signature).is_ok());
    if !verified {
        return Err(TokenRefusal::Signature {
            kid: kid.to_owned(),
        });
    }
    object(claims, "its claims are not a JSON object in base64url")
}

fn object(part: &str, problem: &'static str) -> Result<Map<String, Value>, TokenRefusal> {
    serde_json::from_slice(&decoded(part, problem)?).map_err(|_| TokenRefusal::Malformed(problem))
}

fn decoded(part: &str, problem: &'static str) -> Result<Vec<u8>, TokenRefusal> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| TokenRefusal::Malformed(problem))
}
