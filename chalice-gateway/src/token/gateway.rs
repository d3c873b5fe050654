//! Tokens at the gateway.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{KeySet, TokenRule};
use crate::accepted::Accepted;
use crate::authorizer::Protection;
use crate::{Gateway, GatewayError, Outcome};

/// Which keys tokens are checked with.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeySets {
    /// By the authorizer's name.
    of: BTreeMap<String, Arc<KeySet>>,
    /// For every other authorizer.
    default: Option<Arc<KeySet>>,
}

impl KeySets {
    fn get(&self, authorizer: &str) -> Option<&KeySet> {
        self.of
            .get(authorizer)
            .or(self.default.as_ref())
            .map(Arc::as_ref)
    }
}

impl Gateway {
    /// The gateway, with the public keys of those who issue tokens: for the
    /// authorizer of that name, or, without a name, for every authorizer that has
    /// no key set of its own. Without keys, tokens of user pools only have to be tokens,
    /// and those of other authorizers are not looked at.
    ///
    /// # Errors
    ///
    /// When no route has such an authorizer: the keys would check nothing.
    pub fn with_key_set(
        mut self,
        authorizer: Option<&str>,
        keys: KeySet,
    ) -> Result<Gateway, GatewayError> {
        let known: Vec<&str> = self
            .resources
            .iter()
            .flat_map(|resource| resource.protections())
            .filter_map(|protection| match protection {
                Protection::Token(rule) => Some(rule.authorizer.as_str()),
                Protection::Function(_) => None,
            })
            .collect();
        let checks = authorizer.map_or(!known.is_empty(), |name| known.contains(&name));
        if !checks {
            return Err(GatewayError::NoTokens {
                authorizer: authorizer.map(str::to_owned),
            });
        }
        let keys = Arc::new(keys);
        match authorizer {
            Some(name) => drop(self.key_sets.of.insert(name.to_owned(), keys)),
            None => self.key_sets.default = Some(keys),
        }
        Ok(self)
    }

    /// Whether the tokens of that authorizer are checked.
    pub fn has_keys_for(&self, authorizer: &str) -> bool {
        self.key_sets.get(authorizer).is_some()
    }

    /// Checks the token of a request, if there are keys for that.
    pub(crate) fn check_token(&self, accepted: &Accepted, rule: &TokenRule) -> Outcome {
        let Some(keys) = self.key_sets.get(&rule.authorizer) else {
            return match &rule.unverified {
                Some(pool) => self.admit(accepted, pool),
                None => self.invoke(accepted, None),
            };
        };
        match rule.judge(&accepted.head.headers, keys, accepted.time) {
            Ok(context) => self.invoke(accepted, Some(&context)),
            Err(refusal) => {
                let mut response = rule.response(&refusal).to_response(&accepted.request_id);
                response.extensions_mut().insert(refusal);
                Outcome::Respond(response)
            }
        }
    }
}
