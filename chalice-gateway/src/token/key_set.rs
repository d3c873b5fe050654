//! The public keys of who issues tokens: RFC 7517.

use std::collections::BTreeMap;

use jsonwebtoken::DecodingKey;
use serde_json::Value;

/// The most bytes that a key set may have: API Gateway reads no more than 150 KB
/// ("Control access to HTTP APIs with JWT authorizers").
pub const MAX_KEY_SET: usize = 150 * 1024;

/// The RSA keys of a JSON Web Key Set, by their ids.
#[derive(Clone)]
pub struct KeySet(BTreeMap<String, DecodingKey>);

/// Why a text is no key set to check tokens with.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeySetError {
    /// Longer than [`MAX_KEY_SET`].
    #[error("it has {bytes} bytes, and API Gateway reads at most {MAX_KEY_SET}")]
    TooLarge {
        /// How long it is.
        bytes: usize,
    },
    /// Not JSON of a key set.
    #[error(
        "it is not a JSON Web Key Set, an object whose member `keys` is a list of objects: {0}"
    )]
    Malformed(String),
    /// Two keys have one id, so that a token's `kid` names none of them.
    #[error("two of its RSA keys have the `kid` \"{kid}\"")]
    Duplicate {
        /// The id.
        kid: String,
    },
    /// A key's numbers cannot be read.
    #[error("its key \"{kid}\" has an `n` or `e` that is not base64url")]
    Key {
        /// The id.
        kid: String,
    },
    /// No key could have signed a token.
    #[error(
        "it has no RSA key for signatures that has a `kid`: API Gateway supports RSA-based algorithms only"
    )]
    Empty,
}

impl KeySet {
    /// Reads the text of a JSON Web Key Set. Keys of other kinds than RSA, for
    /// encryption, or without an id are left out, as no token can name them.
    ///
    /// ```
    /// use chalice_gateway::KeySet;
    /// let error = KeySet::read(br#"{"keys": []}"#).unwrap_err();
    /// assert!(error.to_string().starts_with("it has no RSA key"));
    /// ```
    ///
    /// # Errors
    ///
    /// When the text is no key set, or leaves open which key an id means.
    pub fn read(text: &[u8]) -> Result<KeySet, KeySetError> {
        if text.len() > MAX_KEY_SET {
            return Err(KeySetError::TooLarge { bytes: text.len() });
        }
        let set: Value = serde_json::from_slice(text)
            .map_err(|error| KeySetError::Malformed(error.to_string()))?;
        let malformed = |what: &str| KeySetError::Malformed(what.to_owned());
        let listed = set
            .get("keys")
            .and_then(Value::as_array)
            .ok_or_else(|| malformed("it has no such member"))?;
        let mut keys = BTreeMap::new();
        for key in listed {
            let key = key
                .as_object()
                .ok_or_else(|| malformed("one of the keys is no object"))?;
            let text = |name: &str| key.get(name).and_then(Value::as_str);
            let is = |name: &str, expected: &str| match key.get(name) {
                None | Some(Value::Null) => true,
                Some(value) => value == expected,
            };
            let (Some("RSA"), true, Some(kid), Some(n), Some(e)) = (
                text("kty"),
                is("use", "sig"),
                text("kid"),
                text("n"),
                text("e"),
            ) else {
                continue;
            };
            let invalid = |_| KeySetError::Key {
                kid: kid.to_owned(),
            };
            let public = DecodingKey::from_rsa_components(n, e).map_err(invalid)?;
            if keys.insert(kid.to_owned(), public).is_some() {
                return Err(KeySetError::Duplicate {
                    kid: kid.to_owned(),
                });
            }
        }
        match keys.is_empty() {
            true => Err(KeySetError::Empty),
            false => Ok(KeySet(keys)),
        }
    }

    /// The key with that id.
    pub(super) fn get(&self, kid: &str) -> Option<&DecodingKey> {
        self.0.get(kid)
    }
}

impl std::fmt::Debug for KeySet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}
