//! What an authorizer that is no function demands of a token.

use std::time::{SystemTime, UNIX_EPOCH};

use chalice_core::manifest::model::Authorizer;
use http::{HeaderMap, header::AsHeaderName};
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value, json};

use super::{KeySet, TokenRefusal, claims, signed};
use crate::authorizer::{UserPool, bearer_token};
use crate::gateway_response::GatewayResponse;

/// User pools sign by this one alone: Amazon Cognito, "Verifying JSON web tokens".
const OF_USER_POOLS: [(&str, Algorithm); 1] = [("RS256", Algorithm::RS256)];
/// "Currently, only RSA-based algorithms are supported": Amazon API Gateway,
/// "Control access to HTTP APIs with JWT authorizers".
const OF_HTTP_APIS: [(&str, Algorithm); 3] = [
    ("RS256", Algorithm::RS256),
    ("RS384", Algorithm::RS384),
    ("RS512", Algorithm::RS512),
];

/// What an authorizer demands of a token.
#[derive(Clone, Debug)]
pub(crate) struct TokenRule {
    /// The authorizer's name.
    pub(crate) authorizer: String,
    header: String,
    scopes: Vec<String>,
    kind: Kind,
    /// What the gateway looks at while it has no keys.
    pub(super) unverified: Option<UserPool>,
}

#[derive(Clone, Debug)]
enum Kind {
    UserPools {
        issuers: Vec<String>,
    },
    Jwt {
        issuer: String,
        audiences: Vec<String>,
    },
}

impl TokenRule {
    /// The rule of an authorizer, if it is of such a kind.
    pub(crate) fn of(authorizer: &Authorizer) -> Option<TokenRule> {
        let (name, header, scopes, kind) = match authorizer {
            Authorizer::CognitoUserPools {
                name,
                provider_arns,
                header,
                scopes,
            } => {
                let issuers = provider_arns.iter().filter_map(|arn| issuer(arn)).collect();
                (name, header, scopes, Kind::UserPools { issuers })
            }
            Authorizer::Jwt {
                name,
                issuer,
                audiences,
                header,
                scopes,
            } => {
                let kind = Kind::Jwt {
                    issuer: issuer.clone(),
                    audiences: audiences.clone(),
                };
                (name, header, scopes, kind)
            }
            Authorizer::AwsIam { .. } | Authorizer::Custom { .. } | Authorizer::Function { .. } => {
                return None;
            }
        };
        let unverified = matches!(kind, Kind::UserPools { .. }).then(|| UserPool::new(header));
        Some(TokenRule {
            unverified,
            authorizer: name.clone(),
            header: header.clone(),
            scopes: scopes.clone(),
            kind,
        })
    }

    /// `requestContext.authorizer` for a request that may pass at the time `now`.
    pub(crate) fn judge(
        &self,
        headers: &HeaderMap,
        keys: &KeySet,
        now: SystemTime,
    ) -> Result<Map<String, Value>, TokenRefusal> {
        let token = token(headers, self.header.as_str())?;
        let claims = signed::claims(token, keys, self.algorithms())?;
        let seconds = now
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs_f64();
        match &self.kind {
            Kind::UserPools { issuers } => self.of_user_pool(&claims, issuers, seconds),
            Kind::Jwt { issuer, audiences } => self.of_issuer(&claims, issuer, audiences, seconds),
        }
    }

    /// The response of API Gateway for that reason.
    pub(crate) fn response(&self, refusal: &TokenRefusal) -> GatewayResponse {
        match (&self.kind, refusal) {
            (Kind::UserPools { .. }, TokenRefusal::Expired) => GatewayResponse::ExpiredToken,
            (Kind::Jwt { .. }, TokenRefusal::Scopes { .. }) => GatewayResponse::Forbidden,
            _ => GatewayResponse::Unauthorized,
        }
    }

    fn algorithms(&self) -> &'static [(&'static str, Algorithm)] {
        match self.kind {
            Kind::UserPools { .. } => &OF_USER_POOLS,
            Kind::Jwt { .. } => &OF_HTTP_APIS,
        }
    }

    /// Amazon API Gateway, "Control access to REST APIs using Amazon Cognito user
    /// pools as an authorizer": an identity token, or, where the route has
    /// scopes, an access token with one of them.
    fn of_user_pool(
        &self,
        claims: &Map<String, Value>,
        issuers: &[String],
        now: f64,
    ) -> Result<Map<String, Value>, TokenRefusal> {
        is_of(claims, issuers)?;
        expires(claims, now)?;
        let (expected, why) = match self.scopes.is_empty() {
            true => ("id", "without scopes, API Gateway takes identity tokens"),
            false => ("access", "scopes are in access tokens"),
        };
        let found = claims.get("token_use").unwrap_or(&Value::Null);
        if found != expected {
            return Err(TokenRefusal::Use {
                found: found.to_string(),
                expected,
                why,
            });
        }
        self.has_scope(claims)?;
        Ok(members(json!({ "claims": claims::of_user_pool(claims) })))
    }

    /// Amazon API Gateway, "Control access to HTTP APIs with JWT authorizers".
    fn of_issuer(
        &self,
        claims: &Map<String, Value>,
        issuer: &String,
        audiences: &[String],
        now: f64,
    ) -> Result<Map<String, Value>, TokenRefusal> {
        is_of(claims, std::slice::from_ref(issuer))?;
        // `client_id` counts only where there is no `aud`.
        let audience = claims.get("aud").or_else(|| claims.get("client_id"));
        let known = |value: &Value| {
            value
                .as_str()
                .is_some_and(|value| audiences.iter().any(|audience| audience == value))
        };
        let is_for = match audience {
            Some(Value::Array(list)) => list.iter().any(known),
            Some(value) => known(value),
            None => false,
        };
        if !is_for {
            return Err(TokenRefusal::Audience {
                expected: audiences.join(", "),
            });
        }
        expires(claims, now)?;
        for claim in ["nbf", "iat"] {
            match claims.get(claim).map(Value::as_f64) {
                None => {}
                Some(Some(time)) if time <= now => {}
                Some(_) => return Err(TokenRefusal::Time { claim }),
            }
        }
        self.has_scope(claims)?;
        let scopes: Vec<String> = claims::scopes(claims)
            .into_iter()
            .filter(|scope| self.scopes.contains(scope))
            .collect();
        let scopes = (!scopes.is_empty()).then_some(scopes);
        Ok(members(
            json!({ "jwt": { "claims": claims::of_http_api(claims), "scopes": scopes } }),
        ))
    }

    fn has_scope(&self, claims: &Map<String, Value>) -> Result<(), TokenRefusal> {
        let scopes = claims::scopes(claims);
        match self.scopes.is_empty() || scopes.iter().any(|scope| self.scopes.contains(scope)) {
            true => Ok(()),
            false => Err(TokenRefusal::Scopes {
                wanted: self.scopes.join(", "),
            }),
        }
    }
}

/// The token of a request.
fn token<'a>(headers: &'a HeaderMap, header: &str) -> Result<&'a str, TokenRefusal> {
    let mut values = values(headers, header);
    let header = header.to_owned();
    let value = match (values.next(), values.next()) {
        (Some(_), Some(_)) => return Err(TokenRefusal::Several { header }),
        (value, _) => value.unwrap_or_default(),
    };
    let token = bearer_token(std::str::from_utf8(value).unwrap_or_default());
    match token.is_empty() {
        true => Err(TokenRefusal::Missing { header }),
        false => Ok(token),
    }
}

fn values(headers: &HeaderMap, name: impl AsHeaderName) -> impl Iterator<Item = &[u8]> {
    headers
        .get_all(name)
        .into_iter()
        .map(|value| value.as_bytes())
}

/// Whether one of them has issued the token.
fn is_of(claims: &Map<String, Value>, issuers: &[String]) -> Result<(), TokenRefusal> {
    let found = claims.get("iss").unwrap_or(&Value::Null);
    match issuers.iter().any(|issuer| found == issuer) {
        true => Ok(()),
        false => Err(TokenRefusal::Issuer {
            found: found.to_string(),
            expected: match issuers {
                [] => "nobody: none of its provider ARNs is the ARN of a user pool".to_owned(),
                issuers => issuers.join(", "),
            },
        }),
    }
}

fn expires(claims: &Map<String, Value>, now: f64) -> Result<(), TokenRefusal> {
    match claims.get("exp").and_then(Value::as_f64) {
        Some(time) if now < time => Ok(()),
        Some(_) => Err(TokenRefusal::Expired),
        None => Err(TokenRefusal::Time { claim: "exp" }),
    }
}

/// Who issues the tokens of the user pool with this ARN.
fn issuer(arn: &str) -> Option<String> {
    let mut parts = arn.splitn(6, ':');
    let ("arn", partition, "cognito-idp", region, _, pool) = (
        parts.next()?,
        parts.next()?,
        parts.next()?,
        parts.next()?,
        parts.next()?,
        parts.next()?.strip_prefix("userpool/")?,
    ) else {
        return None;
    };
    let suffix = match partition {
        "aws-cn" => "amazonaws.com.cn",
        _ => "amazonaws.com",
    };
    Some(format!("https://cognito-idp.{region}.{suffix}/{pool}"))
}

fn members(object: Value) -> Map<String, Value> {
    match object {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
