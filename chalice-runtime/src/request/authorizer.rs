//! What an authorizer has found out about the caller.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Request;
use crate::{Result, event::text::members};

impl Request {
    /// What the route's authorizer has found out, as the event has it; `None`
    /// for a route without one. AWS decides the shape:
    ///
    /// | API | authorizer | members |
    /// |---|---|---|
    /// | REST | Lambda | `principalId`, and those of the authorizer's context, every value a string |
    /// | REST | Cognito user pool | `claims` |
    /// | HTTP | Lambda | `lambda`, which has those of the authorizer's context |
    /// | HTTP | JWT | `jwt`, which has `claims` and `scopes` |
    /// | HTTP, function URL | IAM | `iam` |
    ///
    /// A load balancer has none; what its own authentication finds is in the
    /// headers `x-amzn-oidc-identity` and `x-amzn-oidc-data`.
    pub fn authorizer_context(&self) -> Option<Value> {
        serde_json::from_str(self.authorizer()?).ok()
    }

    /// What the route's authorizer has found out, as a type of yours; `None`
    /// for a route without one.
    ///
    /// ```
    /// use chalice_runtime::{Request, Result};
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// #[serde(rename_all = "camelCase")]
    /// struct Caller {
    ///     principal_id: String,
    /// }
    ///
    /// fn who_am_i(request: &Request) -> Result<Option<String>> {
    ///     let caller: Option<Caller> = request.deserialize_authorizer_context()?;
    ///     Ok(caller.map(|caller| caller.principal_id))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// 500, with the reason in the log, when it is not a `T`: the authorizer and
    /// the handler disagree, and the client can do nothing about it.
    pub fn deserialize_authorizer_context<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        match self.authorizer() {
            Some(json) => Ok(Some(serde_json::from_str(json)?)),
            None => Ok(None),
        }
    }

    /// `requestContext.authorizer`, as JSON.
    pub(crate) fn authorizer(&self) -> Option<&str> {
        let context = self.json_of(&self.spans.request_context)?;
        members(context)
            .find(|(name, _)| name == "authorizer")
            .map(|(_, value)| value.get())
            .filter(|json| *json != "null")
    }
}
