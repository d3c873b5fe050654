//! What an authorizer found out about the caller, for handlers.

use std::ops::Deref;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{FromRequest, HttpError, Request, Result};

/// The caller, as the route's authorizer knows it.
///
/// `T` is what the authorizer tells about the caller, a map unless you name a
/// type of your own: the claims of a token (Amazon Cognito, JWT), the context
/// that an authorizer function set, or the IAM identity.
///
/// ```
/// use chalice_runtime::Authorized;
///
/// #[derive(serde::Deserialize)]
/// struct Caller {
///     plan: String,
///     age: u32,
/// }
///
/// async fn account(caller: Authorized<Caller>) -> String {
///     let name = caller.principal_id().unwrap_or("somebody");
///     format!("{name} is {} and on the plan {}", caller.age, caller.plan)
/// }
/// ```
///
/// REST APIs pass every value of a context on as text; a field of type `u32`
/// reads that text.
///
/// A request that no authorizer has seen is answered by 401 `UnauthorizedError`;
/// `Option<Authorized>` is `None` then. A `T` that does not fit what the
/// authorizer said is a logged 500.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorized<T = Map<String, Value>> {
    principal_id: Option<String>,
    scopes: Vec<String>,
    details: T,
}

impl<T> Authorized<T> {
    /// Who the caller is: the authorizer function's principal, the claim `sub`
    /// of a token, the ARN of an IAM identity. `None` where an HTTP API does
    /// not pass a function's principal on.
    pub fn principal_id(&self) -> Option<&str> {
        self.principal_id.as_deref()
    }

    /// The OAuth scopes of the caller's token.
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// What the authorizer tells about the caller.
    pub fn into_inner(this: Authorized<T>) -> T {
        this.details
    }
}

impl<T> Deref for Authorized<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.details
    }
}

impl<S: Sync + 'static, T: DeserializeOwned + Send> FromRequest<S> for Authorized<T> {
    async fn from_request(request: &Request, _: &'static S) -> Result<Authorized<T>> {
        let caller = caller(request)
            .ok_or_else(|| HttpError::unauthorized("the request has not passed an authorizer"))?;
        Ok(Authorized {
            principal_id: caller.principal_id,
            scopes: caller.scopes,
            details: details(caller.details)?,
        })
    }

    fn is_absent(request: &Request) -> bool {
        caller(request).is_none()
    }
}

/// The members of `requestContext` that say who calls.
#[derive(Deserialize)]
struct RequestContext {
    #[serde(default)]
    authorizer: Option<Map<String, Value>>,
    #[serde(default)]
    identity: Option<Map<String, Value>>,
}

struct Caller {
    principal_id: Option<String>,
    scopes: Vec<String>,
    details: Map<String, Value>,
}

/// The caller; `None` when no authorizer has seen the request.
fn caller(request: &Request) -> Option<Caller> {
    let context: RequestContext = serde_json::from_str(request.request_context()?.get()).ok()?;
    let Some(mut authorizer) = context.authorizer.filter(|members| !members.is_empty()) else {
        // A REST API tells of IAM's judgement here and nowhere else.
        let identity = context.identity?;
        let principal_id = text(identity.get("userArn")?)?;
        return Some(Caller {
            principal_id: Some(principal_id),
            scopes: Vec::new(),
            details: identity,
        });
    };
    // An HTTP API, payload format 2.0.
    if let Some(Value::Object(mut jwt)) = authorizer.remove("jwt") {
        let scopes = match jwt.get("scopes") {
            Some(Value::Array(scopes)) => scopes.iter().filter_map(text).collect(),
            _ => Vec::new(),
        };
        let Some(Value::Object(claims)) = jwt.remove("claims") else {
            return None;
        };
        return Some(Caller::of_token(None, claims, Some(scopes)));
    }
    if let Some(Value::Object(context)) = authorizer.remove("lambda") {
        return Some(Caller {
            principal_id: context.get("principalId").and_then(text),
            scopes: Vec::new(),
            details: context,
        });
    }
    if let Some(Value::Object(iam)) = authorizer.remove("iam") {
        return Some(Caller {
            principal_id: iam.get("userArn").and_then(text),
            scopes: Vec::new(),
            details: iam,
        });
    }
    // A REST API, or an HTTP API with payload format 1.0.
    let principal_id = authorizer.remove("principalId").as_ref().and_then(text);
    if let Some(Value::Object(claims)) = authorizer.remove("claims") {
        return Some(Caller::of_token(principal_id, claims, None));
    }
    // How long the authorizer took is nothing about the caller.
    authorizer.remove("integrationLatency");
    Some(Caller {
        principal_id,
        scopes: Vec::new(),
        details: authorizer,
    })
}

impl Caller {
    fn of_token(
        principal_id: Option<String>,
        claims: Map<String, Value>,
        scopes: Option<Vec<String>>,
    ) -> Caller {
        let listed = scopes.filter(|scopes| !scopes.is_empty());
        // RFC 8693, 4.2: one text, with spaces between the scopes.
        let claimed = || match claims.get("scope") {
            Some(Value::String(scopes)) => scopes.split(' ').map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        Caller {
            principal_id: principal_id.or_else(|| claims.get("sub").and_then(text)),
            scopes: listed.unwrap_or_else(claimed),
            details: claims,
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The details as a `T`: as they are, or, where a number or a boolean has
/// become text on its way, from that text.
fn details<T: DeserializeOwned>(details: Map<String, Value>) -> Result<T> {
    let error = match T::deserialize(Value::Object(details.clone())) {
        Ok(details) => return Ok(details),
        Err(error) => error,
    };
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in &details {
        match value {
            Value::String(value) => form.append_pair(name, value),
            Value::Number(_) | Value::Bool(_) => form.append_pair(name, &value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => continue,
        };
    }
    // The first error speaks of what the authorizer said, the second of the form.
    serde_html_form::from_str(&form.finish()).map_err(|_| HttpError::from(Mismatch(error)))
}

/// What the handler expects of the authorizer is not what the authorizer says.
#[derive(Debug, thiserror::Error)]
#[error("what the authorizer tells about the caller does not fit the type of `Authorized`: {0}")]
struct Mismatch(#[source] serde_json::Error);

#[cfg(test)]
mod tests {
    use serde_json::{json, value::RawValue};

    use super::*;
    use crate::{LambdaContext, event};

    #[derive(Debug, PartialEq, Deserialize)]
    struct Details {
        plan: String,
        age: u32,
        admin: bool,
    }

    fn request(context: Value) -> Request {
        let event = json!({
            "resource": "/", "path": "/", "httpMethod": "GET", "requestContext": context,
        });
        let event = RawValue::from_string(event.to_string()).unwrap();
        let parts = event::read(event.get()).unwrap().unwrap();
        Request::new(
            event,
            parts,
            http::Method::GET,
            "/",
            None,
            LambdaContext::default(),
        )
    }

    fn authorized<T: DeserializeOwned + Send>(context: Value) -> Result<Authorized<T>> {
        let request = request(context);
        let future = <Authorized<T> as FromRequest<()>>::from_request(&request, &());
        futures_util::FutureExt::now_or_never(future).expect("nothing to wait for")
    }

    #[test]
    fn a_function_s_context_has_become_text() {
        let authorized: Authorized<Details> = authorized(json!({ "authorizer": {
            "principalId": "user", "plan": "17", "age": "7", "admin": "true", "integrationLatency": 3,
        }}))
        .unwrap();
        assert_eq!(authorized.principal_id(), Some("user"));
        assert_eq!(
            Authorized::into_inner(authorized),
            Details {
                plan: "17".to_owned(),
                age: 7,
                admin: true
            }
        );
    }

    #[test]
    fn claims_of_a_token() {
        for context in [
            json!({ "authorizer": { "claims": { "sub": "abc", "scope": "a b" } } }),
            json!({ "authorizer": { "jwt": { "claims": { "sub": "abc", "scope": "a b" }, "scopes": null } } }),
        ] {
            let authorized: Authorized = authorized(context).unwrap();
            assert_eq!(authorized.principal_id(), Some("abc"));
            assert_eq!(authorized.scopes(), ["a", "b"]);
            assert_eq!(authorized["sub"], "abc");
        }
    }

    #[test]
    fn iam_and_functions_of_an_http_api() {
        let arn = "arn:aws:iam::123456789012:user/me";
        for context in [
            json!({ "authorizer": { "iam": { "userArn": arn } } }),
            json!({ "identity": { "userArn": arn } }),
        ] {
            let authorized: Authorized = authorized(context).unwrap();
            assert_eq!(authorized.principal_id(), Some(arn));
        }
        let details = json!({ "plan": "p", "age": 7, "admin": false });
        let authorized: Authorized<Details> =
            authorized(json!({ "authorizer": { "lambda": details } })).unwrap();
        assert_eq!((authorized.principal_id(), authorized.age), (None, 7));
    }

    #[test]
    fn without_an_authorizer() {
        for context in [
            json!({}),
            json!({ "authorizer": null, "identity": { "userArn": null } }),
            json!({ "authorizer": {} }),
        ] {
            assert!(<Authorized as FromRequest<()>>::is_absent(&request(
                context.clone()
            )));
            let error = authorized::<Map<String, Value>>(context).unwrap_err();
            assert_eq!(error.status(), 401);
        }
    }

    #[test]
    fn details_that_do_not_fit() {
        let context = json!({ "authorizer": { "principalId": "p", "plan": "x" } });
        let error = authorized::<Details>(context).unwrap_err();
        assert_eq!(error.status(), 500);
        let cause = error.cause().unwrap().to_string();
        assert!(cause.contains("missing field `age`"), "{cause}");
    }
}
