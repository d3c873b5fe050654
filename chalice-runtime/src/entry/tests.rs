mod runtime_api;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;
use crate::{
    Application,
    sample::{APP, App},
};
use runtime_api::RuntimeApi;

/// Other tests run this one as a program of its own, in Lambda's environment:
/// there it is the sample app, and does not get to the assertion.
#[test]
fn outside_of_lambda_the_program_explains_itself() {
    if std::env::var_os("SAMPLE_SUBSCRIBER").is_some() {
        use tracing_subscriber::layer::SubscriberExt;
        tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Targets))
            .unwrap();
    }
    assert_eq!(run(&APP), ExitCode::from(2));
}

#[test]
fn the_explanation_names_the_app_and_what_to_run() {
    let text = StartError::NotLambda { name: "sample" }.to_string();
    assert!(text.starts_with("`sample` is an app for AWS Lambda"));
    for command in [
        "cargo chalice local",
        "cargo test",
        "cargo chalice manifest",
    ] {
        assert!(text.contains(&format!("\n    {command} ")), "{text}");
    }
}

/// The log of an app that has its own: the targets of its lines.
struct Targets;

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Targets {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if *event.metadata().level() == tracing::Level::ERROR {
            eprintln!("the app's own: {}", event.metadata().target());
        }
    }
}

fn event(resource: &str) -> String {
    json!({ "resource": resource, "path": resource, "httpMethod": "GET" }).to_string()
}

#[test]
fn on_lambda_it_answers_one_event_after_the_other() {
    let api = RuntimeApi::start([
        ("a".to_owned(), event("/")),
        ("b".to_owned(), event("/panics")),
        ("c".to_owned(), "[17]".to_owned()),
        ("d".to_owned(), event("/fails")),
        ("e".to_owned(), event("/echo")),
        ("f".to_owned(), event("/counter")),
    ]);
    let program = api.program(&[("_HANDLER", Some("api_handler"))]);
    let post = api.post();
    assert_eq!(post.path, "/invocation/a/response");
    assert_eq!(post.body["body"], "hello");
    let post = api.post();
    assert_eq!(
        (post.path.as_str(), &post.body["statusCode"]),
        ("/invocation/b/response", &json!(500))
    );
    let post = api.post();
    assert_eq!(post.path, "/invocation/c/error");
    assert_eq!(post.body["errorType"], "Chalice.MalformedEvent");
    let post = api.post();
    assert_eq!(
        (post.path.as_str(), &post.body["statusCode"]),
        ("/invocation/d/response", &json!(500))
    );
    assert!(!post.body.to_string().contains("secret"));
    assert_eq!(api.post().path, "/invocation/e/response");
    let post = api.post();
    assert_eq!(
        (post.path.as_str(), &post.body["body"]),
        ("/invocation/f/response", &json!("1"))
    );

    let log = program.end();
    assert_eq!(log.stderr, "");
    let [panic, malformed, fails, echo, ..] = &log.json[..] else {
        panic!("{log:?}")
    };
    for (line, id, message) in [
        (panic, "b", "panicked: out of coffee"),
        (malformed, "c", "the invocation failed"),
        (fails, "d", "the handler returned an error"),
    ] {
        assert_eq!(line["level"], "ERROR");
        assert_eq!(line["requestId"], id);
        assert_eq!(line["message"], message);
        assert_eq!(line["functionName"], "sample-test");
        assert_eq!(line["coldStart"], false);
    }
    assert_eq!(panic["route"], "GET /panics");
    let location = panic["location"].as_str().unwrap();
    assert!(location.contains("sample/routes.rs:"), "{location}");
    assert_eq!(malformed.get("route"), None);
    assert_eq!(
        malformed["error"],
        json!(["the event is not a JSON object, as every event of an API is"])
    );
    assert_eq!(fails["route"], "GET /fails");
    assert_eq!(fails["error"], json!(["secret"]));
    assert_eq!(fails["status"], 500);
    assert_eq!(echo["requestId"], "e");
    assert_eq!(log.json.len(), 5, "{log:?}");
}

#[test]
fn an_authorizer_decides_about_one_event_after_the_other() {
    let event = |token: &str| {
        json!({
            "type": "TOKEN",
            "authorizationToken": token,
            "methodArn": "arn:aws-cn:execute-api:cn-north-1:123:rid/dev/GET/guarded",
        })
        .to_string()
    };
    let api = RuntimeApi::start([
        ("a".to_owned(), event("allow")),
        ("b".to_owned(), event("deny")),
        ("c".to_owned(), event("who")),
        ("d".to_owned(), event("panic")),
        ("e".to_owned(), event("fail")),
        ("f".to_owned(), "{}".to_owned()),
    ]);
    let program = api.program(&[("_HANDLER", Some("guard"))]);
    let statement = |effect: &str, resource: &str| {
        json!([{
            "Action": "execute-api:Invoke",
            "Effect": effect,
            "Resource": [format!("arn:aws-cn:execute-api:cn-north-1:123:rid/dev/{resource}")],
        }])
    };
    let post = api.post();
    assert_eq!(post.path, "/invocation/a/response");
    assert_eq!(
        post.body,
        json!({
            "context": { "age": 7 },
            "principalId": "user",
            "policyDocument": { "Version": "2012-10-17", "Statement": statement("Allow", "*/guarded") },
        })
    );
    let post = api.post();
    assert_eq!(post.path, "/invocation/b/response");
    assert_eq!(
        post.body["policyDocument"]["Statement"],
        statement("Deny", "*")
    );
    for (id, kind, message) in [
        ("c", "Unauthorized", "Unauthorized"),
        (
            "d",
            "Chalice.Panic",
            "the authorizer panicked: out of locks",
        ),
        ("e", "Chalice.AuthorizerFailed", "secret"),
        (
            "f",
            "Chalice.MalformedEvent",
            "the event is none that API Gateway sends to an authorizer: it has no member `methodArn`, the ARN of the \
             method that the request is for",
        ),
    ] {
        let post = api.post();
        assert_eq!(post.path, format!("/invocation/{id}/error"));
        assert_eq!(
            post.body,
            json!({ "errorType": kind, "errorMessage": message })
        );
    }
    let log = program.end();
    let panic = log.json.iter().find(|line| line["requestId"] == "d");
    let panic = panic.unwrap_or_else(|| panic!("{log:?}"));
    assert_eq!(panic["level"], "ERROR");
    assert_eq!(panic["message"], "panicked: out of locks");
}

#[test]
fn a_function_answers_with_what_it_returns() {
    let api = RuntimeApi::start([
        ("a".to_owned(), "[1, null]".to_owned()),
        ("b".to_owned(), "\"fail\"".to_owned()),
        ("c".to_owned(), "\"break\"".to_owned()),
        ("d".to_owned(), "\"panic\"".to_owned()),
        ("e".to_owned(), "2".to_owned()),
    ]);
    let program = api.program(&[("_HANDLER", Some("work"))]);
    let post = api.post();
    assert_eq!(post.path, "/invocation/a/response");
    assert_eq!(post.body, json!([1, null]));
    for (id, kind, message) in [
        ("b", "ConflictError", "sold out"),
        ("c", "std::io::error::Error", "no disk"),
        ("d", "Chalice.Panic", "the handler panicked: out of locks"),
    ] {
        let post = api.post();
        assert_eq!(post.path, format!("/invocation/{id}/error"));
        assert_eq!(
            post.body,
            json!({ "errorType": kind, "errorMessage": message })
        );
    }
    assert_eq!(api.post().body, json!(2));
    let log = program.end();
    let failed = log.json.iter().find(|line| line["requestId"] == "b");
    let failed = failed.unwrap_or_else(|| panic!("{log:?}"));
    assert_eq!(failed["message"], "the invocation failed");
    assert_eq!(failed["error"], json!(["sold out", "count is 0"]));
    let panic = log.json.iter().find(|line| line["requestId"] == "d");
    let panic = panic.unwrap_or_else(|| panic!("{log:?}"));
    assert_eq!(panic["message"], "panicked: out of locks");
}

#[test]
fn events_side_by_side_do_not_mix() {
    let ids: Vec<String> = (0..200).map(|number| format!("request-{number}")).collect();
    let api = RuntimeApi::start(ids.iter().map(|id| (id.clone(), event("/echo"))));
    let program = api.program(&[("AWS_LAMBDA_MAX_CONCURRENCY", Some("4"))]);
    let answers: BTreeMap<String, String> = ids
        .iter()
        .map(|_| {
            let post = api.post();
            let body: Value = serde_json::from_str(post.body["body"].as_str().unwrap()).unwrap();
            (post.path, body["request_id"].as_str().unwrap().to_owned())
        })
        .collect();
    assert_eq!(answers.len(), ids.len());
    for id in &ids {
        assert_eq!(&answers[&format!("/invocation/{id}/response")], id);
    }
    let log = program.end();
    assert_eq!(log.json.len(), 2 * ids.len());
    for line in &log.json {
        assert_eq!(line["requestId"], line["of"]);
        assert_eq!(line["route"], "GET /echo");
    }
    let cold = log.json.iter().filter(|line| line["coldStart"] == true);
    let cold: std::collections::BTreeSet<&str> =
        cold.map(|line| line["of"].as_str().unwrap()).collect();
    assert_eq!(cold.len(), 1, "one invocation is the first one");
}

#[test]
fn the_log_is_text_where_the_function_is_configured_so() {
    let api = RuntimeApi::start([
        ("a".to_owned(), event("/panics")),
        ("b".to_owned(), event("/fails")),
    ]);
    let program = api.program(&[
        ("AWS_LAMBDA_LOG_FORMAT", Some("Text")),
        ("RUST_LOG", Some("h2=loud")),
    ]);
    assert_eq!(api.post().path, "/invocation/a/response");
    assert_eq!(api.post().path, "/invocation/b/response");
    let log = program.end();
    assert_eq!(log.json, [Value::Null; 0]);
    let lines: Vec<&str> = log.stderr.lines().collect();
    for (line, part) in lines.iter().zip([
        " WARN chalice: `h2=loud` in the environment variable RUST_LOG is ignored",
        " ERROR [a GET /panics] chalice: panicked: out of coffee location=",
        r#" ERROR [b GET /fails] chalice: the handler returned an error error="secret" status=500"#,
    ]) {
        assert!(line.contains(part), "{line}");
    }
    assert_eq!(lines.len(), 3, "{log:?}");
}

#[test]
fn a_panic_is_told_by_the_hook_where_the_log_takes_no_errors() {
    let api = RuntimeApi::start([("a".to_owned(), event("/panics"))]);
    let program = api.program(&[("RUST_LOG", Some("off"))]);
    assert_eq!(api.post().path, "/invocation/a/response");
    let log = program.end();
    assert_eq!(log.json, [Value::Null; 0]);
    assert_eq!(log.stderr.matches("out of coffee").count(), 1, "{log:?}");
}

#[test]
fn an_app_may_have_a_log_of_its_own() {
    let api = RuntimeApi::start([
        ("a".to_owned(), event("/fails")),
        ("b".to_owned(), event("/panics")),
    ]);
    let program = api.program(&[("SAMPLE_SUBSCRIBER", Some("its own"))]);
    assert_eq!(api.post().path, "/invocation/a/response");
    assert_eq!(api.post().path, "/invocation/b/response");
    let log = program.end();
    assert_eq!(log.json, [Value::Null; 0]);
    assert_eq!(log.stderr, "the app's own: chalice\n".repeat(2));
}

/// Starts the sample app in an environment that it cannot start in; the reported error.
fn initialisation_error(variables: &[(&str, Option<&str>)]) -> (String, String) {
    let api = RuntimeApi::start([]);
    let program = api.program(variables);
    let post = api.post();
    assert_eq!(post.path, "/init/error");
    let kind = post.body["errorType"].as_str().unwrap().to_owned();
    assert_eq!(post.error_type, Some(kind.clone()));
    let message = post.body["errorMessage"].as_str().unwrap().to_owned();
    let log = program.failed();
    assert_eq!(log.stderr, "");
    let mut lines = log.json.iter();
    let line = lines.find(|line| line["message"] == message).unwrap();
    assert_eq!(line["level"], "ERROR");
    (kind, message)
}

#[test]
fn what_keeps_an_app_from_starting_is_reported() {
    let (kind, message) = initialisation_error(&[("SAMPLE_CONNECT", Some("fails"))]);
    assert_eq!(kind, "Chalice.Connect");
    assert_eq!(
        message,
        "the state of the app `sample` could not be built: the database is asleep"
    );

    let (kind, message) = initialisation_error(&[("SAMPLE_CONNECT", Some("panics"))]);
    assert_eq!(kind, "Chalice.Connect");
    assert_eq!(
        message,
        "the state of the app `sample` could not be built: it panicked: the database is on fire"
    );

    let (kind, message) = initialisation_error(&[("_HANDLER", Some("app.handler"))]);
    assert_eq!(kind, "Chalice.UnknownFunction");
    assert_eq!(
        message,
        "this function's handler is configured as `app.handler`, and the app `sample` has no function of that name; \
         set the handler of the Lambda function to one of: `api_handler`, `guard`, `work`"
    );

    let (kind, message) = initialisation_error(&[("AWS_LAMBDA_FUNCTION_NAME", None)]);
    assert_eq!(kind, "Chalice.Environment");
    assert!(
        message.starts_with(
            "the environment variable AWS_LAMBDA_FUNCTION_NAME is not set; AWS Lambda sets it"
        ),
        "{message}"
    );
}

/// An environment of these variables.
fn environment(variables: &[(&str, &str)]) -> Environment {
    Environment::new(|name| {
        variables
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    })
}

const LAMBDA: [(&str, &str); 4] = [
    ("AWS_LAMBDA_FUNCTION_NAME", "sample"),
    ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
    ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"),
    ("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001"),
];

#[test]
fn every_variable_that_the_runtime_needs_is_checked() {
    environment(&LAMBDA).check().unwrap();
    for (variable, _) in LAMBDA {
        let without: Vec<_> = LAMBDA
            .into_iter()
            .filter(|(name, _)| *name != variable)
            .collect();
        let mut empty = without.clone();
        empty.push((variable, ""));
        for variables in [without, empty] {
            let message = environment(&variables).check().unwrap_err().to_string();
            let expected = format!("the environment variable {variable} is not set; ");
            assert!(message.starts_with(&expected), "{message}");
        }
    }
    for (variable, value, problem) in [
        (
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "much",
            "is `much`, which is not a number of megabytes",
        ),
        (
            "AWS_LAMBDA_RUNTIME_API",
            "a b",
            "is `a b`, which is not of the form `host:port`",
        ),
    ] {
        let mut variables: Vec<_> = vec![(variable, value)];
        variables.extend(LAMBDA);
        let message = environment(&variables).check().unwrap_err().to_string();
        let expected = format!("the environment variable {variable} {problem}; ");
        assert!(message.starts_with(&expected), "{message}");
    }
}

#[test]
fn one_thread_unless_lambda_sends_several_events_at_a_time() {
    assert_eq!(environment(&[]).concurrency(), 1);
    assert_eq!(
        environment(&[("AWS_LAMBDA_MAX_CONCURRENCY", "many")]).concurrency(),
        1
    );
    assert_eq!(
        environment(&[("AWS_LAMBDA_MAX_CONCURRENCY", "16")]).concurrency(),
        16
    );
}

#[test]
fn the_handler_selects_the_function() {
    for handler in [None, Some("api_handler"), Some("bootstrap")] {
        let function = Function::select(handler, "sample", App::functions()).unwrap();
        assert!(matches!(function, Function::Api));
    }
    let function = Function::select(Some("guard"), "sample", App::functions()).unwrap();
    assert!(matches!(function, Function::Authorizer(function) if function.id == 10));
    let function = Function::select(Some("work"), "sample", App::functions()).unwrap();
    assert!(matches!(function, Function::Other(function) if function.id == 12));
    for handler in ["Api_Handler", "index"] {
        Function::select(Some(handler), "sample", App::functions()).unwrap_err();
    }
}

#[cfg(feature = "export")]
#[test]
fn schemas_are_printed_on_demand() {
    let output = runtime_api::command()
        .env("CHALICE_EXPORT", "schemas")
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    // Around the document is what a test executable prints.
    let document = &stdout[stdout.find('{').unwrap()..];
    let mut documents = serde_json::Deserializer::from_str(document).into_iter::<Value>();
    let document = documents.next().unwrap().unwrap();
    assert_eq!(
        document,
        crate::schema::Collector::document::<crate::sample::App>()
    );

    let output = runtime_api::command()
        .env("CHALICE_EXPORT", "routes")
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let expected = "CHALICE_EXPORT=routes is not known; expected CHALICE_EXPORT=schemas\n";
    assert!(stderr.starts_with(expected), "{stderr}");
}
