//! Who may pass.

use serde_json::{Map, Value, json};

use super::{Pair, Question};
use crate::{case::Driver, output::Output};

/// Nobody is let in by an explicit deny.
pub(super) fn explicit_deny(question: &Question, pair: &mut Pair) -> bool {
    if question.driver == Driver::Local {
        let is_denied = question.header("authorization") == Some("deny")
            && (question.is_for("/authed/{x}") || question.is_for("/m"));
        return match pair.answer(403) {
            Some(answer)
                if is_denied
                    && answer.header("x-amzn-errortype") == Some("AccessDeniedException") =>
            {
                let message = "User is not authorized to access this resource with an explicit deny in an \
                               identity-based policy";
                answer.change(|body| body["Message"] = message.into())
            }
            _ => false,
        };
    }
    let Output::Policy(policy) = &mut pair.chalice else {
        return false;
    };
    let Some(statement) = policy.pointer_mut("/policyDocument/Statement/0") else {
        return false;
    };
    let nothing = statement["Resource"].as_array().is_some_and(Vec::is_empty);
    if nothing {
        let arn = question.input["methodArn"].as_str().unwrap_or_default();
        // All that comes before the method.
        let stage: Vec<&str> = arn.splitn(3, '/').take(2).collect();
        statement["Effect"] = "Deny".into();
        statement["Resource"] = json!([format!("{}/*", stage.join("/"))]);
    }
    nothing
}

/// What is not the ARN of a method is not answered by ARNs made of it.
pub(super) fn method_arn(question: &Question, pair: &mut Pair) -> bool {
    let is_it = question.driver == Driver::Authorizer
        && matches!(pair.chalice, Output::Policy(_))
        && question.input["methodArn"]
            .as_str()
            .is_some_and(|arn| !arn.starts_with("arn:"));
    if is_it {
        pair.chalice = Output::Failure {
            kind: "ARN".to_owned(),
            message: "the event has no method".to_owned(),
        };
    }
    is_it
}

/// An authorizer decides, or fails.
pub(super) fn undecided(_: &Question, pair: &mut Pair) -> bool {
    let is_it = matches!(&pair.chalice, Output::Policy(Value::Null));
    if is_it {
        pair.chalice = Output::Failure {
            kind: "null".to_owned(),
            message: "no decision".to_owned(),
        };
    }
    is_it
}

/// A user pool lets in who brings a token, and tells its claims.
pub(super) fn user_pool(question: &Question, pair: &mut Pair) -> bool {
    let is_it = question.driver == Driver::Local
        && question.is_for("/cog")
        && match &pair.chalice {
            // The handler runs, or Chalice has failed to read the token.
            Output::Answer(answer) => {
                answer.status == 200 && question.method() == "GET" || answer.status == 415
            }
            Output::Failure { .. } => true,
            Output::Policy(_) => false,
        };
    if !is_it {
        return false;
    }
    let Some(claims) = question.claims() else {
        let headers = [("x-amzn-errortype", "UnauthorizedException")];
        return pair.expect(401, &headers, r#"{"message":"Unauthorized"}"#);
    };
    let claims = claims.into_iter().map(|(name, value)| {
        let text = match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        (name, Value::String(text))
    });
    let claims: Map<String, Value> = claims.collect();
    match pair.answer(200) {
        Some(answer) => answer.change(|body| *body = json!({ "ctx": { "claims": claims } })),
        None => false,
    }
}
