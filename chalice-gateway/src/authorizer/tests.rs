use std::time::{Duration, SystemTime};

use bytes::Bytes;
use chalice_core::manifest::model::{
    Authorizer, AuthorizerFunction, Function, FunctionKind, Identity, IdentityPlace,
    IdentitySource, Manifest,
};
use http::{Request, Response};
use serde_json::{Value, json};

use crate::sample::{self, CLIENT};
use crate::{Authorization, Gateway, Invocation, Outcome, Settings};

const POLICY_OF: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/api";

/// The sample app, whose routes `index` and `city` have an authorizer.
fn manifest(identity: Identity, ttl_seconds: Option<u32>) -> Manifest {
    let mut manifest = sample::manifest();
    let source = manifest.app.source.clone();
    manifest.functions.push(Function {
        name: "auth".to_owned(),
        grants: Vec::new(),
        kind: FunctionKind::Authorizer(AuthorizerFunction {
            identity,
            ttl_seconds,
            execution_role: None,
            summary: None,
            description: None,
            source,
        }),
    });
    for route in &mut manifest.routes {
        if ["index", "city"].contains(&route.name.as_str()) {
            route.authorizer = Some(Authorizer::Function {
                name: "auth".to_owned(),
                scopes: Vec::new(),
            });
        }
    }
    manifest
}

fn gateway(ttl_seconds: Option<u32>) -> Gateway {
    let identity = Identity::Token {
        header: "X-Token".to_owned(),
    };
    Gateway::new(&manifest(identity, ttl_seconds), Settings::default()).unwrap()
}

fn time(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
}

fn send(gateway: &Gateway, target: &str, token: Option<&str>, seconds: u64) -> Outcome {
    let mut request = Request::get(target);
    if let Some(token) = token {
        request = request.header("x-token", token);
    }
    let request = request.body(Bytes::new()).unwrap();
    gateway.accept_at(request, CLIENT, time(seconds))
}

fn question(outcome: Outcome) -> Authorization {
    match outcome {
        Outcome::Authorize(authorization) => authorization,
        other => panic!("expected a question, got {other:?}"),
    }
}

fn invocation(outcome: Outcome) -> Invocation {
    match outcome {
        Outcome::Invoke(invocation) => invocation,
        other => panic!("expected an invocation, got {other:?}"),
    }
}

fn response(outcome: Outcome) -> Response<Bytes> {
    match outcome {
        Outcome::Respond(response) => response,
        other => panic!("expected a response, got {other:?}"),
    }
}

fn decision(effect: &str, resource: &str) -> Vec<u8> {
    json!({
        "principalId": "me",
        "context": { "age": 7 },
        "policyDocument": { "Version": "2012-10-17", "Statement": [{
            "Action": "execute-api:Invoke", "Effect": effect, "Resource": [resource],
        }]},
    })
    .to_string()
    .into_bytes()
}

#[test]
fn an_allowed_request_is_passed_on_with_the_context() {
    let gateway = gateway(None);
    let asked = question(send(&gateway, "/cities/seattle?q", Some("t"), 0));
    assert_eq!(asked.function, "auth");
    assert_eq!(
        serde_json::from_slice::<Value>(&asked.event).unwrap(),
        json!({
            "type": "TOKEN",
            "authorizationToken": "t",
            "methodArn": format!("{POLICY_OF}/GET/cities/seattle"),
        })
    );
    let payload = decision("Allow", &format!("{POLICY_OF}/*/cities/*"));
    let passed = invocation(gateway.authorized(&asked, &payload, time(0)).unwrap());
    assert_eq!(passed.function, "api_handler");
    assert_eq!(passed.request_id, asked.request_id);
    let event: Value = serde_json::from_slice(&passed.event).unwrap();
    assert_eq!(
        event["requestContext"]["authorizer"],
        json!({ "age": "7", "principalId": "me" })
    );
    assert_eq!(event["pathParameters"]["city"], "seattle");
}

#[test]
fn who_does_not_say_who_they_are() {
    for token in [None, Some("")] {
        let response = response(send(&gateway(None), "/", token, 0));
        assert_eq!(response.status(), 401);
        assert_eq!(response.body(), r#"{"message":"Unauthorized"}"#);
        assert_eq!(
            response.headers()["x-amzn-errortype"],
            "UnauthorizedException"
        );
    }
}

#[test]
fn denied_and_not_allowed() {
    for (effect, resource, message) in [
        (
            "Deny",
            "*",
            "User is not authorized to access this resource with an explicit deny in an identity-based policy",
        ),
        (
            "Allow",
            "*/POST/*",
            "User is not authorized to access this resource",
        ),
    ] {
        let gateway = gateway(None);
        let asked = question(send(&gateway, "/", Some("t"), 0));
        let outcome = gateway.authorized(&asked, &decision(effect, resource), time(0));
        let response = response(outcome.unwrap());
        assert_eq!(response.status(), 403);
        assert_eq!(
            serde_json::from_slice::<Value>(response.body()).unwrap(),
            json!({ "Message": message })
        );
    }
}

#[test]
fn a_decision_is_kept_for_every_route_of_the_caller() {
    let gateway = gateway(Some(30));
    let asked = question(send(&gateway, "/", Some("t"), 0));
    let payload = decision("Allow", &format!("{POLICY_OF}/GET/"));
    invocation(gateway.authorized(&asked, &payload, time(0)).unwrap());
    // The decision allows the first route only, and is applied to the second.
    invocation(send(&gateway, "/", Some("t"), 29));
    let refused = response(send(&gateway, "/cities/seattle", Some("t"), 29));
    assert_eq!(refused.status(), 403);
    // Another caller, and the same one later, are asked about.
    question(send(&gateway, "/", Some("u"), 1));
    question(send(&gateway, "/", Some("t"), 30));
}

#[test]
fn how_long_decisions_are_kept() {
    for (ttl_seconds, kept) in [(None, Some(299)), (Some(0), None), (Some(3600), Some(3599))] {
        let gateway = gateway(ttl_seconds);
        let asked = question(send(&gateway, "/", Some("t"), 0));
        gateway
            .authorized(&asked, &decision("Allow", "*"), time(0))
            .unwrap();
        if let Some(kept) = kept {
            invocation(send(&gateway, "/", Some("t"), kept));
        }
        let after = kept.map_or(0, |kept| kept + 1);
        question(send(&gateway, "/", Some("t"), after));
    }
}

#[test]
fn an_authorizer_that_fails_is_asked_again() {
    let gateway = gateway(None);
    let asked = question(send(&gateway, "/", Some("t"), 0));
    gateway.authorized(&asked, b"null", time(0)).unwrap_err();
    for response in [asked.function_error("oh no"), asked.timed_out()] {
        assert_eq!(response.status(), 500);
        assert_eq!(response.body(), r#"{"message":null}"#);
        assert_eq!(
            response.headers()["x-amzn-errortype"],
            "AuthorizerConfigurationException"
        );
    }
    assert_eq!(asked.function_error("Unauthorized").status(), 401);
    question(send(&gateway, "/", Some("t"), 1));
}

#[test]
fn several_identity_sources() {
    let source = |place, name: &str| IdentitySource {
        place,
        name: name.to_owned(),
    };
    let identity = Identity::Request {
        sources: vec![
            source(IdentityPlace::Header, "X-Token"),
            source(IdentityPlace::Query, "key"),
            source(IdentityPlace::Context, "identity.sourceIp"),
        ],
    };
    let gateway = Gateway::new(&manifest(identity, None), Settings::default()).unwrap();
    assert_eq!(response(send(&gateway, "/", Some("t"), 0)).status(), 401);
    assert_eq!(response(send(&gateway, "/?key=k", None, 0)).status(), 401);
    let asked = question(send(&gateway, "/cities/x?key=k", Some("t"), 0));
    let event: Value = serde_json::from_slice(&asked.event).unwrap();
    assert_eq!(event["type"], "REQUEST");
    assert_eq!(event["methodArn"], format!("{POLICY_OF}/GET/cities/x"));
    assert_eq!(event["pathParameters"]["city"], "x");
    assert_eq!(event["headers"]["x-token"], "t");
    assert!(event.get("body").is_none());
    gateway
        .authorized(&asked, &decision("Allow", "*"), time(0))
        .unwrap();
    invocation(send(&gateway, "/?key=k", Some("t"), 1));
    question(send(&gateway, "/?key=other", Some("t"), 1));
}

#[test]
fn a_path_that_is_too_long_for_an_authorizer() {
    let target = format!("/cities/{}", "a".repeat(1600));
    assert_eq!(
        response(send(&gateway(None), &target, Some("t"), 0)).status(),
        414
    );
}

#[test]
fn routes_without_an_authorizer_and_preflights_pass() {
    let gateway = gateway(None);
    invocation(send(&gateway, "/files/list", None, 0));
    let request = Request::options("/cities/x").body(Bytes::new()).unwrap();
    assert_eq!(response(gateway.accept(request, CLIENT)).status(), 200);
}

#[test]
fn an_authorizer_that_is_no_function() {
    let identity = Identity::Token {
        header: "X-Token".to_owned(),
    };
    let mut manifest = manifest(identity, None);
    manifest.functions.pop();
    let error = Gateway::new(&manifest, Settings::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("route `index` has the authorizer `auth`"),
        "{error}"
    );
}

#[test]
fn a_user_pool_lets_tokens_in() {
    let mut manifest = sample::manifest();
    manifest.routes[0].authorizer = Some(Authorizer::CognitoUserPools {
        name: "pool".to_owned(),
        provider_arns: vec!["arn:aws:cognito-idp:us-east-1:123456789012:userpool/p".to_owned()],
        header: "X-Token".to_owned(),
        scopes: Vec::new(),
    });
    let gateway = Gateway::new(&manifest, Settings::default()).unwrap();
    for token in [None, Some("nonsense")] {
        match send(&gateway, "/", token, 0) {
            Outcome::Respond(response) => {
                assert_eq!(response.status(), 401);
                assert_eq!(response.body(), r#"{"message":"Unauthorized"}"#);
            }
            outcome => panic!("expected a response, got {outcome:?}"),
        }
    }
    // {"sub":"1"}
    match send(&gateway, "/", Some("e30.eyJzdWIiOiIxIn0.c2ln"), 0) {
        Outcome::Invoke(invocation) => {
            let event: Value = serde_json::from_slice(&invocation.event).unwrap();
            assert_eq!(
                event["requestContext"]["authorizer"],
                json!({ "claims": { "sub": "1" } })
            );
        }
        outcome => panic!("expected an invocation, got {outcome:?}"),
    }
}
