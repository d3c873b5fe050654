//! The invocation of an authorizer function, and what follows from it.

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use chalice_core::authorizer::MAX_METHOD_ARN;
use http::Response;

use super::cache::Key;
use super::decision::{Decision, MalformedDecision};
use super::guard::{FunctionGuard, Guard};
use super::policy::Verdict;
use crate::accepted::Accepted;
use crate::gateway_response::GatewayResponse;
use crate::{Gateway, Outcome};

/// The message of a function's error that API Gateway answers by 401.
const UNAUTHORIZED: &str = "Unauthorized";

/// An invocation of an authorizer function on behalf of one request.
///
/// Whoever carries the event to the function goes on with
/// [`Gateway::authorized`] when the function returned, and otherwise ends the
/// request with [`function_error`](Self::function_error) or
/// [`timed_out`](Self::timed_out).
#[derive(Clone, Debug)]
pub struct Authorization {
    /// The authorizer function's name within the app.
    pub function: String,
    /// The event, as JSON.
    pub event: Vec<u8>,
    /// API Gateway's id of the request.
    pub request_id: String,
    guard: FunctionGuard,
    key: Key,
    method_arn: String,
    accepted: Box<Accepted>,
}

impl Authorization {
    /// The response to the client when the function failed with this message:
    /// `Unauthorized` is 401, everything else 500.
    pub fn function_error(&self, message: &str) -> Response<Bytes> {
        let response = match message {
            UNAUTHORIZED => GatewayResponse::Unauthorized,
            _ => GatewayResponse::AuthorizerFailure,
        };
        response.to_response(&self.request_id)
    }

    /// The response to the client when the function did not answer in time.
    pub fn timed_out(&self) -> Response<Bytes> {
        GatewayResponse::AuthorizerFailure.to_response(&self.request_id)
    }
}

impl Gateway {
    /// Goes on with a request whose authorizer function returned `payload`, at
    /// the time `now`, from which on the decision is kept.
    ///
    /// # Errors
    ///
    /// Why API Gateway does not accept the payload; the client then gets
    /// [`Authorization::function_error`].
    pub fn authorized(
        &self,
        authorization: &Authorization,
        payload: &[u8],
        now: SystemTime,
    ) -> Result<Outcome, MalformedDecision> {
        let decision = Arc::new(Decision::read(payload)?);
        self.decisions.keep(
            authorization.key.clone(),
            decision.clone(),
            authorization.guard.lifetime,
            now,
        );
        let Authorization {
            accepted,
            method_arn,
            ..
        } = authorization;
        Ok(self.judged(accepted, method_arn, &decision))
    }

    /// Asks the authorizer, or what it is known to have decided.
    pub(crate) fn authorize(&self, accepted: Accepted, guard: &Guard, now: SystemTime) -> Outcome {
        match guard {
            Guard::Function(guard) => self.ask(accepted, guard, now),
            Guard::UserPool(pool) => match pool.caller(&accepted.head.headers) {
                Some(caller) => self.invoke(&accepted, Some(&caller)),
                None => {
                    let response = GatewayResponse::Unauthorized;
                    Outcome::Respond(response.to_response(&accepted.request_id))
                }
            },
        }
    }

    /// Asks a function, or what it is known to have decided.
    fn ask(&self, accepted: Accepted, guard: &FunctionGuard, now: SystemTime) -> Outcome {
        let method_arn = self.method_arn(&accepted);
        let respond = |response: GatewayResponse| {
            Outcome::Respond(response.to_response(&accepted.request_id))
        };
        if method_arn.len() > MAX_METHOD_ARN {
            return respond(GatewayResponse::UriTooLong);
        }
        let event = || self.event(&accepted, None);
        let Some(question) = guard.question(&method_arn, &accepted.head, event) else {
            return respond(GatewayResponse::Unauthorized);
        };
        let key = Key {
            authorizer: guard.function.clone(),
            identity: question.identity,
        };
        if let Some(decision) = self.decisions.get(&key, now) {
            return self.judged(&accepted, &method_arn, &decision);
        }
        Outcome::Authorize(Authorization {
            function: guard.function.clone(),
            event: question.event,
            request_id: accepted.request_id.clone(),
            guard: guard.clone(),
            key,
            method_arn,
            accepted: Box::new(accepted),
        })
    }

    fn judged(&self, accepted: &Accepted, method_arn: &str, decision: &Decision) -> Outcome {
        let response = match decision.judge(method_arn) {
            Verdict::Allowed => return self.invoke(accepted, Some(&decision.context)),
            Verdict::Denied => GatewayResponse::ExplicitlyDenied,
            Verdict::NotAllowed => GatewayResponse::AccessDenied,
        };
        Outcome::Respond(response.to_response(&accepted.request_id))
    }

    /// The ARN of the method that a request is for.
    fn method_arn(&self, accepted: &Accepted) -> String {
        let settings = &self.settings;
        let path = accepted.head.uri.path();
        format!(
            "arn:aws:execute-api:{}:{}:{}/{}/{}/{}",
            settings.region,
            settings.account_id,
            settings.api_id,
            settings.stage,
            accepted.head.method,
            path.strip_prefix('/').unwrap_or(path),
        )
    }
}
