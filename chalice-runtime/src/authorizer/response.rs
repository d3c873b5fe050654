//! What an authorizer decides.

use serde_json::{Map, Value, json};

use super::{AuthRoute, MethodArn};
use crate::{HttpError, IntoHttpError};

/// What an authorizer decides: who the caller is, and what the caller may do.
///
/// ```
/// use chalice_runtime::{AuthRequest, AuthResponse};
///
/// async fn demo_auth(request: AuthRequest) -> AuthResponse {
///     match request.token() {
///         "allow" => AuthResponse::allow(["/", "/users/<id>"], "user").context("plan", "pro"),
///         _ => AuthResponse::deny("user"),
///     }
/// }
/// ```
///
/// API Gateway keeps the decision and applies it to further requests of the
/// same caller, for other paths too: allow everything that the caller may do,
/// not only what this request asks for; or switch that off by `ttl_seconds = 0`.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthResponse {
    principal_id: String,
    policy: Policy,
    context: Map<String, Value>,
    usage_identifier_key: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Policy {
    /// `<method>/<path>`, none for nothing at all.
    Allow(Vec<String>),
    Raw(Value),
}

impl AuthResponse {
    /// Allows the routes. Without routes, this is [`deny`](Self::deny).
    ///
    /// `principal_id` identifies the caller: `requestContext.authorizer.principalId`.
    pub fn allow<R: Into<AuthRoute>>(
        routes: impl IntoIterator<Item = R>,
        principal_id: impl Into<String>,
    ) -> AuthResponse {
        let routes = routes.into_iter();
        AuthResponse::new(
            principal_id.into(),
            Policy::Allow(routes.flat_map(|route| route.into().resources()).collect()),
        )
    }

    /// Allows nothing: API Gateway answers by 403.
    pub fn deny(principal_id: impl Into<String>) -> AuthResponse {
        AuthResponse::new(principal_id.into(), Policy::Allow(Vec::new()))
    }

    /// Decides by an IAM policy, passed on to API Gateway as it is: AWS,
    /// "Output from an API Gateway Lambda authorizer".
    pub fn policy(policy_document: Value, principal_id: impl Into<String>) -> AuthResponse {
        AuthResponse::new(principal_id.into(), Policy::Raw(policy_document))
    }

    fn new(principal_id: String, policy: Policy) -> AuthResponse {
        AuthResponse {
            principal_id,
            policy,
            context: Map::new(),
            usage_identifier_key: None,
        }
    }

    /// Tells the routes something about the caller: a member of
    /// `requestContext.authorizer`, which handlers get by
    /// [`Authorized`](crate::Authorized). REST APIs pass numbers and booleans on as text.
    #[must_use]
    pub fn context(mut self, key: impl Into<String>, value: impl Into<AuthContext>) -> Self {
        self.context.insert(key.into(), value.into().0);
        self
    }

    /// The API key whose usage plan applies to the request, for an API that
    /// takes the key from its authorizers (`apiKeySource`: `AUTHORIZER`).
    #[must_use]
    pub fn usage_identifier_key(mut self, key: impl Into<String>) -> Self {
        self.usage_identifier_key = Some(key.into());
        self
    }

    /// The decision about a request for `method`, as API Gateway takes it.
    pub(crate) fn to_json(&self, method: &MethodArn) -> Value {
        let document = match &self.policy {
            Policy::Raw(document) => document.clone(),
            Policy::Allow(routes) => {
                let (effect, resources) = if routes.is_empty() {
                    // A statement without resources is no valid policy, and would be a 500.
                    ("Deny", vec![method.sibling("*")])
                } else {
                    let resources = routes.iter().map(|route| method.sibling(route));
                    ("Allow", resources.collect())
                };
                json!({
                    "Version": "2012-10-17",
                    "Statement": [{
                        "Action": "execute-api:Invoke",
                        "Effect": effect,
                        "Resource": resources,
                    }],
                })
            }
        };
        let mut answer = json!({
            "context": self.context,
            "principalId": self.principal_id,
            "policyDocument": document,
        });
        if let Some(key) = &self.usage_identifier_key {
            answer["usageIdentifierKey"] = key.as_str().into();
        }
        answer
    }
}

/// A value that an authorizer passes on to the routes: text, a whole number or
/// a boolean, since API Gateway refuses objects and lists.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthContext(Value);

macro_rules! contexts {
    ($($type:ty),*) => {$(
        impl From<$type> for AuthContext {
            fn from(value: $type) -> AuthContext {
                AuthContext(Value::from(value))
            }
        }
    )*};
}

contexts!(&str, String, bool, i32, i64, u32, u64);

/// What an authorizer function returns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be returned from an authorizer",
    label = "not a decision about a request",
    note = "return `AuthResponse` or `Result<AuthResponse>`; an error is a failed invocation, which API Gateway \
            answers by 500, and `Err(HttpError::unauthorized(\"..\"))` by 401"
)]
pub trait IntoAuthResponse {
    /// The decision, or why there is none.
    fn into_auth_response(self) -> Result<AuthResponse, HttpError>;
}

impl IntoAuthResponse for AuthResponse {
    fn into_auth_response(self) -> Result<AuthResponse, HttpError> {
        Ok(self)
    }
}

impl<E: IntoHttpError> IntoAuthResponse for Result<AuthResponse, E> {
    fn into_auth_response(self) -> Result<AuthResponse, HttpError> {
        self.map_err(E::into_http_error)
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;

    const METHOD: &str = "arn:aws:execute-api:us-west-2:123:rid/dev/GET/authed/1";

    fn answer(response: &AuthResponse) -> Value {
        response.to_json(&MethodArn::parse(METHOD).unwrap())
    }

    #[test]
    fn routes_become_arns() {
        let response = AuthResponse::allow(
            [
                AuthRoute::from("/authed/<id>"),
                AuthRoute::new("/m", [Method::GET]),
            ],
            "user",
        )
        .context("k", "v");
        assert_eq!(
            answer(&response),
            json!({
                "context": { "k": "v" },
                "principalId": "user",
                "policyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [{
                        "Action": "execute-api:Invoke",
                        "Effect": "Allow",
                        "Resource": [
                            "arn:aws:execute-api:us-west-2:123:rid/dev/*/authed/*",
                            "arn:aws:execute-api:us-west-2:123:rid/dev/GET/m",
                        ],
                    }],
                },
            })
        );
    }

    #[test]
    fn everything_in_another_partition() {
        let method = "arn:aws-cn:execute-api:cn-north-1:123:rid/dev/GET//";
        let answer = AuthResponse::allow(["*"], "user").to_json(&MethodArn::parse(method).unwrap());
        assert_eq!(
            answer["policyDocument"]["Statement"][0]["Resource"],
            json!(["arn:aws-cn:execute-api:cn-north-1:123:rid/dev/*/*"])
        );
    }

    #[test]
    fn nothing_allowed_is_an_explicit_deny() {
        let none: [AuthRoute; 0] = [];
        for response in [
            AuthResponse::deny("nobody"),
            AuthResponse::allow(none, "nobody"),
            AuthResponse::allow([AuthRoute::new("/m", [])], "nobody"),
        ] {
            let statement = &answer(&response)["policyDocument"]["Statement"][0];
            assert_eq!(statement["Effect"], "Deny");
            assert_eq!(
                statement["Resource"],
                json!(["arn:aws:execute-api:us-west-2:123:rid/dev/*"])
            );
        }
    }

    #[test]
    fn a_policy_is_passed_on() {
        let policy = json!({ "Version": "2012-10-17", "Statement": [] });
        let response = AuthResponse::policy(policy.clone(), "p")
            .context("age", 7)
            .context("admin", true)
            .usage_identifier_key("key");
        assert_eq!(
            answer(&response),
            json!({
                "context": { "age": 7, "admin": true },
                "principalId": "p",
                "policyDocument": policy,
                "usageIdentifierKey": "key",
            })
        );
    }
}
