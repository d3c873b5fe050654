use std::{
    fmt, io,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json, value::RawValue};
use tokio::task::yield_now;
use tracing::{Instrument, Span, subscriber::with_default};

use super::*;
use crate::{LambdaContext, Method, Request};

/// What a log of these settings writes while `work` runs.
fn logged(variables: &[(&str, &str)], format: Format, work: impl FnOnce()) -> Vec<String> {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let get = |name: &str| {
        let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
        Some((*value).to_owned())
    };
    let (settings, problems) = Settings::new(get, format, crates::<crate::sample::App>);
    assert_eq!(problems, [""; 0]);
    let sink = Arc::clone(&lines);
    let write = move |line: &str| sink.lock().unwrap().push(line.to_owned());
    with_default(Log::new(settings, write), work);
    let lines = lines.lock().unwrap();
    for line in &*lines {
        let inner = line.strip_suffix('\n').expect("a line ends with its break");
        assert!(!inner.contains(char::is_control), "{line}");
    }
    lines.clone()
}

fn json_lines(variables: &[(&str, &str)], work: impl FnOnce()) -> Vec<Value> {
    logged(variables, Format::Json, work)
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn context(id: &str, trace: Option<&str>) -> LambdaContext {
    let mut context = lambda_runtime::Context::default();
    context.request_id = id.to_owned();
    context.xray_trace_id = trace.map(str::to_owned);
    context.into()
}

#[derive(Debug, thiserror::Error)]
#[error("no user")]
struct NoUser(#[source] io::Error);

#[test]
fn a_line_of_json_has_the_keys_of_lambda() {
    let variables = [("AWS_LAMBDA_FUNCTION_NAME", "shop-dev")];
    let lines = logged(&variables, Format::Json, || {
        invocation(&context("a", Some("Root=1"))).in_scope(|| {
            answered_by("GET", "/users/{id}");
            let error: &(dyn Error + 'static) = &NoUser(io::Error::other("refused"));
            tracing::warn!(
                user = 17,
                ratio = f64::NAN,
                wide = u128::MAX,
                error,
                "a \"message\" of {}",
                1
            );
        });
    });
    let [line] = &lines[..] else {
        panic!("{lines:?}")
    };
    // The order is part of the format: people read it, too.
    let (start, rest) = line.split_at(r#"{"timestamp":"2026-11-21T09:49:03.017Z""#.len());
    assert!(start.starts_with(r#"{"timestamp":""#) && start.ends_with("Z\""));
    let cold = match rest.contains("true") {
        true => "true",
        false => "false",
    };
    assert_eq!(
        rest,
        format!(
            r#","level":"WARN","message":"a \"message\" of 1","requestId":"a","functionName":"shop-dev","coldStart":{cold},"xrayTraceId":"Root=1","route":"GET /users/{{id}}","target":"chalice_runtime::log::tests","user":17,"ratio":"NaN","wide":"340282366920938463463374607431768211455","error":["no user","refused"]}}
"#
        )
    );
}

#[test]
fn outside_of_an_invocation_there_is_none_to_name() {
    let lines = json_lines(&[], || tracing::info!("started"));
    let [Value::Object(line)] = &lines[..] else {
        panic!("{lines:?}")
    };
    let keys: Vec<&String> = line.keys().collect();
    assert_eq!(keys, ["level", "message", "target", "timestamp"]);
}

#[test]
fn a_line_for_people() {
    let lines = logged(&[], Format::Text, || {
        invocation(&context("a", None)).in_scope(|| {
            answered_by("GET", "/users/{id}");
            let error: &(dyn Error + 'static) = &NoUser(io::Error::other("refused"));
            tracing::warn!(user = "Zoë Q", id = 17, path = %"/a", error, "not found");
        });
        tracing::info!("started");
    });
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.trim_end().split_once(' ').unwrap().1)
        .collect();
    assert_eq!(
        lines,
        [
            r#" WARN [a GET /users/{id}] chalice_runtime::log::tests: not found user="Zoë Q" id=17 path=/a error="no user: refused""#,
            " INFO chalice_runtime::log::tests: started",
        ]
    );
}

#[test]
fn no_text_can_forge_a_line_or_a_key() {
    let forged = "x\r\n{\"level\":\"ERROR\"}\n2026 ERROR y\u{1b}[2J\u{85}\u{2028}";
    let work = || {
        let span = tracing::info_span!("work", requestId = "b", message = "spans have none");
        let _entered = span.enter();
        invocation(&context(forged, Some(forged))).in_scope(|| {
            answered_by("GET\n", forged);
            tracing::error!(
                target: "a\nb",
                level = "INFO",
                timestamp = forged,
                route = %forged,
                functionName = ?forged,
                error = &io::Error::other(forged) as &(dyn Error + 'static),
                "{forged}"
            );
        });
    };
    assert_eq!(logged(&[], Format::Text, work).len(), 1);
    let lines = json_lines(&[], work);
    let [line] = &lines[..] else {
        panic!("{lines:?}")
    };
    assert_eq!(line["level"], "ERROR");
    assert_eq!(line["message"], forged);
    assert_eq!(line["requestId"], forged);
    assert_eq!(line["fields.requestId"], "b");
    assert_eq!(line["fields.level"], "INFO");
    assert_eq!(line["fields.timestamp"], forged);
    assert_eq!(line["fields.message"], "spans have none");
    assert_eq!(line["error"], json!([forged]));
    assert!(line.get("functionName").is_none());
}

#[test]
fn spans_of_the_app_add_their_fields() {
    let lines = json_lines(&[], || {
        let outer = tracing::info_span!("outer", user = "a", depth = 1);
        let _outer = outer.enter();
        let inner = tracing::debug_span!("inner", unwanted = true);
        let _inner = inner.enter();
        outer.record("depth", 2);
        tracing::info!(user = "b", r#type = "c", "done");
    });
    assert_eq!(lines[0]["user"], "b");
    assert_eq!(lines[0]["depth"], 2);
    assert_eq!(lines[0]["type"], "c");
    assert!(lines[0].get("unwanted").is_none());
}

#[test]
fn levels_are_kept() {
    let work = || {
        tracing::error!("error");
        tracing::info!("info");
        tracing::debug!("debug");
        tracing::error!(target: "aws_config", "their error");
        tracing::debug!(target: "aws_config", "their credentials");
    };
    let messages = |variables: &[(&str, &str)]| -> Vec<String> {
        json_lines(variables, work)
            .iter()
            .map(|line| line["message"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(messages(&[]), ["error", "info", "their error"]);
    assert_eq!(
        messages(&[("AWS_LAMBDA_LOG_LEVEL", "TRACE")]),
        ["error", "info", "debug", "their error"]
    );
    assert_eq!(
        messages(&[
            ("AWS_LAMBDA_LOG_LEVEL", "ERROR"),
            ("RUST_LOG", "aws_config=debug")
        ]),
        ["error", "their error", "their credentials"]
    );
    assert_eq!(messages(&[("RUST_LOG", "off")]), [""; 0]);
}

/// One invocation, which gives way to the other one before each line.
async fn invocation_of(id: &'static str) {
    let work = async move {
        yield_now().await;
        answered_by("GET", id);
        for number in 0..50 {
            yield_now().await;
            tracing::error!(id, number, "working");
            async {
                yield_now().await;
                tracing::error!(id, "deeper");
            }
            .instrument(tracing::info_span!("deeper"))
            .await;
        }
    };
    work.instrument(invocation(&context(id, Some(id)))).await;
}

#[test]
fn interleaved_invocations_keep_their_own_fields() {
    // Also where only errors are wanted, and the framework is silenced.
    for directives in ["info", "error,chalice=off"] {
        let lines = json_lines(&[("RUST_LOG", directives)], || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap();
            runtime.block_on(async {
                tokio::join!(invocation_of("a"), invocation_of("b"));
            });
        });
        assert_eq!(lines.len(), 200);
        let (first, second) = (&lines[0]["id"], &lines[1]["id"]);
        assert_ne!(first, second, "they are not interleaved");
        for line in lines {
            assert_eq!(line["requestId"], line["id"]);
            assert_eq!(line["xrayTraceId"], line["id"]);
            let route = format!("GET {}", line["id"].as_str().unwrap());
            assert_eq!(line["route"], route);
        }
    }
}

fn request(event: &Value) -> Request {
    let event = RawValue::from_string(event.to_string()).unwrap();
    let parts = crate::event::read(event.get()).unwrap().unwrap();
    Request::new(event, parts, Method::GET, "/echo", None, context("a", None))
}

#[test]
fn secrets_in_headers_are_not_written() {
    let event = json!({
        "resource": "/echo",
        "path": "/echo",
        "httpMethod": "GET",
        "multiValueHeaders": {
            "AUTHORIZATION": ["Bearer secret"],
            "cookie": ["a=secret"],
            "X-Api-Key": ["secret"],
            "Proxy-Authorization": ["secret"],
            "Set-Cookie": ["secret"],
            "X-Amz-Security-Token": ["secret"],
            "X-Shown": ["shown"],
        },
    });
    let http_api = json!({
        "version": "2.0",
        "routeKey": "ANY /echo",
        "rawPath": "/echo",
        "cookies": ["a=secret"],
        "headers": { "x-shown": "shown", "authorization": "secret" },
        "requestContext": { "http": { "method": "GET" }, "stage": "$default" },
    });
    for event in [event, http_api] {
        let request = request(&event);
        for format in [Format::Json, Format::Text] {
            let lines = logged(&[], format, || {
                tracing::info!(?request, headers = ?request.headers(), "received");
            });
            assert!(lines[0].contains("shown"), "{lines:?}");
            assert!(lines[0].contains("Sensitive"), "{lines:?}");
            assert!(!lines[0].contains("secret"), "{lines:?}");
        }
    }
}

#[test]
fn a_value_that_panics_while_it_is_recorded_locks_nothing() {
    struct Panics;
    impl fmt::Display for Panics {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("no display")
        }
    }
    let lines = json_lines(&[], || {
        let span = invocation(&context("a", None));
        let _entered = span.enter();
        let result = std::panic::catch_unwind(|| {
            Span::current().record("route", tracing::field::display(Panics));
        });
        assert!(result.is_err());
        tracing::info!("still here");
    });
    assert_eq!(lines[0]["requestId"], "a");
}

#[test]
fn a_span_lasts_as_long_as_those_inside_of_it() {
    let lines = json_lines(&[], || {
        let inner = tracing::info_span!("outer", a = 1).in_scope(|| {
            let middle = tracing::info_span!("middle", b = 2, c = "middle");
            tracing::info_span!(parent: &middle, "inner", c = "inner")
        });
        let other = inner.clone();
        drop(inner);
        other.in_scope(|| tracing::info!("in all"));
        tracing::info!(parent: &other, "beside");
        tracing::info!("outside");
        other.in_scope(|| tracing::info!(parent: None, "nowhere"));
    });
    let fields: Vec<[&Value; 3]> = lines
        .iter()
        .map(|line| ["a", "b", "c"].map(|key| &line[key]))
        .collect();
    let (one, two, inner) = (json!(1), json!(2), json!("inner"));
    let all = [&one, &two, &inner];
    assert_eq!(fields, [all, all, [&Value::Null; 3], [&Value::Null; 3]]);
}

#[test]
fn a_thread_may_leave_spans_in_any_order() {
    let lines = json_lines(&[], || {
        let spans = ["a", "b"].map(|name| tracing::info_span!("span", name));
        let [first, second] = spans;
        let first = first.entered();
        let second = second.entered();
        drop(first);
        tracing::info!("in the second");
        std::thread::spawn(|| assert!(Span::current().is_none()))
            .join()
            .unwrap();
        drop(second);
        tracing::info!("in none");
    });
    assert_eq!(lines[0]["name"], "b");
    assert_eq!(lines[1].get("name"), None);
}
