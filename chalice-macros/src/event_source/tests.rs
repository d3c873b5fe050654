use quote::quote;

use super::*;
use crate::golden::{assert_golden, messages};

#[test]
fn golden_lambda_function() {
    assert_golden(
        "lambda_function",
        expand(
            &LAMBDA_FUNCTION,
            quote!(name = "MyFunction", description = "Resizes"),
            quote! {
                /// Not this.
                async fn custom(event: MyInput, context: LambdaContext) -> Result<MyOutput> {
                    context.work(event).await
                }
            },
        ),
    );
}

#[test]
fn golden_lambda_function_without_an_event() {
    assert_golden(
        "lambda_function_without_an_event",
        expand(
            &LAMBDA_FUNCTION,
            quote!(),
            quote! {
                pub(crate) fn ping(db: State<Db>) {}
            },
        ),
    );
}

fn errors(attribute: &Attribute, arguments: TokenStream, item: TokenStream) -> Vec<String> {
    messages(expand(attribute, arguments, item))
}

fn starts(found: &[String], starts: &[&str]) {
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    for (message, start) in found.iter().zip(starts) {
        assert!(message.starts_with(start), "{message}");
    }
}

#[test]
fn every_mistake_is_reported() {
    let long = "x".repeat(257);
    let found = errors(
        &LAMBDA_FUNCTION,
        quote!(nam = "x", name = "a b", description = #long, on_failure = "arn:aws:ec2:::x", name = "b"),
        quote! {
            extern "C" fn f(event: &Event, other: impl Clone) -> impl Clone {}
        },
    );
    starts(
        &found,
        &[
            "`name` is set twice",
            "`#[lambda_function]` has no setting `nam`; did you mean `name`?",
            "\"arn:aws:ec2:::x\" cannot be a destination",
            "\"a b\" cannot be the name of a handler",
            "the description has 257 characters",
            "a handler is called by the framework",
            "what a function returns has one type",
            "a handler owns its event",
            "an argument has one type",
        ],
    );
}

#[test]
fn golden_sqs_message() {
    assert_golden(
        "on_sqs_message",
        expand(
            &ON_SQS_MESSAGE,
            quote!(
                queue = "orders",
                batch_size = 100,
                maximum_batching_window_in_seconds = 5,
                maximum_concurrency = 10,
                concurrency = 4,
                filters = [{ "body": { "kind": ["order"] } }],
            ),
            quote! {
                /// Orders, one at a time.
                #[cfg(feature = "orders")]
                pub async fn order(record: SqsRecord<Json<Order>>, db: State<Db>) -> Result<()> {
                    db.save(record.body()).await
                }
            },
        ),
    );
}

#[test]
fn golden_ws_message() {
    assert_golden(
        "on_ws_message",
        expand(
            &ON_WS_MESSAGE,
            quote!("subscribe"),
            quote!(
                fn subscribe(event: WebsocketEvent) {}
            ),
        ),
    );
}

/// The messages about these settings, of a function that is right.
fn of(attribute: &Attribute, arguments: TokenStream) -> Vec<String> {
    errors(
        attribute,
        arguments,
        quote!(
            fn f(event: E) {}
        ),
    )
}

/// The manifest entry, as JSON.
fn entry(attribute: &Attribute, arguments: TokenStream) -> String {
    let function: crate::route::function::Function = syn::parse_quote!(
        fn f(event: E) {}
    );
    let mut errors = Errors::new();
    let handler = check::check(attribute, arguments, Some(&function), &mut errors);
    assert!(errors.into_tokens().is_empty());
    let entry = manifest_entry::manifest_entry(&handler.unwrap());
    let end = entry.head.find(",\"description\"").unwrap();
    entry.head[..end].to_owned()
}

#[test]
fn every_source_says_what_it_is_about() {
    for (attribute, start) in [
        (&ON_S3_EVENT, "`#[on_s3_event]` does not say which bucket"),
        (
            &ON_SNS_MESSAGE,
            "`#[on_sns_message]` does not say which topic",
        ),
        (
            &ON_SQS_MESSAGE,
            "`#[on_sqs_message]` does not say which queue",
        ),
        (
            &ON_KINESIS_RECORD,
            "`#[on_kinesis_record]` does not say which stream",
        ),
        (
            &ON_DYNAMODB_RECORD,
            "`#[on_dynamodb_record]` does not say which table",
        ),
        (&ON_CW_EVENT, "`#[on_cw_event]` does not say which events"),
        (&SCHEDULE, "`#[schedule]` takes an expression"),
    ] {
        starts(&of(attribute, quote!()), &[start]);
        // What is misspelt is not missing as well.
        let misspelt = of(attribute, quote!(qeue = "x"));
        assert_eq!(misspelt.len(), 1, "{misspelt:#?}");
        assert!(misspelt[0].contains("has no setting `qeue`"));
    }
}

#[test]
fn an_event_is_taken() {
    for attribute in [
        &ON_S3_EVENT,
        &ON_SNS_MESSAGE,
        &ON_SQS_MESSAGE,
        &ON_KINESIS_RECORD,
        &ON_DYNAMODB_RECORD,
        &ON_WS_CONNECT,
        &ON_WS_MESSAGE,
        &ON_WS_DISCONNECT,
    ] {
        let found = errors(
            attribute,
            quote!(),
            quote!(
                fn f(db: State<Db>) {}
            ),
        );
        assert!(
            found
                .iter()
                .any(|message| message.starts_with("`f` does not take the event")),
            "{found:#?}"
        );
    }
    // The app's own type, which happens to be called like the framework's.
    let state: crate::route::function::Function = syn::parse_quote!(
        fn f(state: State, context: LambdaContext) {}
    );
    let handler = check::check(&LAMBDA_FUNCTION, quote!(), Some(&state), &mut Errors::new());
    assert!(handler.is_some_and(|handler| handler.event.is_some() && handler.arguments.len() == 1));
    let optional = errors(
        &SCHEDULE,
        quote!("rate(1 hour)"),
        quote!(
            fn f(db: State<Db>) {}
        ),
    );
    assert!(optional.is_empty(), "{optional:#?}");
}

#[test]
fn buckets_events_and_filters_of_keys() {
    let found = of(
        &ON_S3_EVENT,
        quote!(
            bucket = "My_Bucket",
            events = ["s3:ObjectCreate:*"],
            prefix = 1,
            suffix = [".jpg"],
            on_failure = "x"
        ),
    );
    assert_eq!(found.len(), 5, "{found:#?}");
    starts(
        &of(&ON_S3_EVENT, quote!(bucket = "b-1", events = [])),
        &["no event is given"],
    );
    assert_eq!(
        entry(&ON_S3_EVENT, quote!(bucket = "b-1", suffix = ".jpg")),
        r#"{"name":"f","type":"s3","bucket":"b-1","events":["s3:ObjectCreated:*"],"prefix":null,"suffix":".jpg","on_failure":null"#
    );
}

#[test]
fn topics() {
    for arguments in [
        quote!(topic = "t", filter_policy = { "store": "a" }),
        quote!(topic = "t", filter_policy = { "store": [{ "prefx": "a" }] }),
        quote!(topic = "t", filter_policy = { "order": { "kind": ["a"] } }),
        quote!(topic = "t", filter_policy = { store: ["a"] }),
        quote!(topic = "t", filter_policy = "{}"),
        quote!(topic = "t", filter_policy),
        quote!(topic = "t", filter_policy_scope = "MessageBody"),
        quote!(topic = "t", filter_policy = { "store": ["a"] }, filter_policy_scope = "Body"),
    ] {
        let found = of(&ON_SNS_MESSAGE, arguments.clone());
        assert_eq!(found.len(), 1, "{arguments}: {found:#?}");
    }
    assert!(
        entry(&ON_SNS_MESSAGE, quote!(topic = "t"))
            .contains(r#""filter_policy":null,"filter_policy_scope":"MessageAttributes""#)
    );
    let filtered = entry(
        &ON_SNS_MESSAGE,
        quote!(topic = "t", filter_policy = { "order": { "kind": ["a"] } }, filter_policy_scope = "MessageBody"),
    );
    assert!(
        filtered.contains(
            r#""filter_policy":{"order":{"kind":["a"]}},"filter_policy_scope":"MessageBody""#
        ),
        "{filtered}"
    );
    assert!(
        entry(&ON_SNS_MESSAGE, quote!(topic = "t")).contains(r#""topic":"t","topic_arn":null"#)
    );
    let arn = "arn:aws:sns:us-east-1:123456789012:t";
    let found = entry(&ON_SNS_MESSAGE, quote!(topic = #arn));
    assert!(
        found.contains(r#""topic":null,"topic_arn":"arn:aws:sns:"#),
        "{found}"
    );
    for topic in ["a b", "arn:aws:sqs:us-east-1:123456789012:t", "t.fifo"] {
        assert_eq!(
            of(&ON_SNS_MESSAGE, quote!(topic = #topic)).len(),
            1,
            "{topic}"
        );
    }
}

#[test]
fn queues_and_their_batches() {
    let arn = "arn:aws:sqs:us-east-1:123456789012:orders.fifo";
    for arguments in [
        quote!(queue = "https://sqs.us-east-1.amazonaws.com/123456789012/q"),
        quote!(queue_arn = "orders"),
        quote!(queue = "q", queue_arn = #arn),
        quote!(queue = "q", batch_size = 100),
        quote!(queue = "q", batch_size = 0),
        quote!(queue = "q", batch_size = "10"),
        quote!(queue = "q", maximum_concurrency = 1),
        quote!(queue = "q", concurrency = 0),
        quote!(queue = "q", concurrency = 101),
        quote!(queue = "q.fifo", concurrency = 2),
        quote!(queue = "q.fifo", batch_size = 11),
        quote!(queue_arn = #arn, maximum_batching_window_in_seconds = 1),
        quote!(queue = "q", report_batch_item_failures = 1),
        quote!(queue = "q", starting_position = "LATEST"),
        quote!(queue = "q", parallelization_factor = 2),
        quote!(queue = "q", filters = { "body": [1] }),
        quote!(queue = "q", filters = [{ "data": [1] }]),
        quote!(queue = "q", filters = [{ "body": 1 }]),
        quote!(queue = "q", filters = [{ body: [1] }]),
    ] {
        let found = of(&ON_SQS_MESSAGE, arguments.clone());
        assert_eq!(found.len(), 1, "{arguments}: {found:#?}");
    }
    let found = entry(
        &ON_SQS_MESSAGE,
        quote!(queue_arn = #arn, batch_size = 10, maximum_concurrency = 2, filters = ["{\"body\": {\"a\": [1]}}"],
               report_batch_item_failures = false),
    );
    let settings = concat!(
        r#""batch_size":10,"maximum_batching_window_in_seconds":0,"maximum_concurrency":2,"#,
        r#""filters":[{"body":{"a":[1]}}],"report_batch_item_failures":false"#
    );
    assert!(found.ends_with(settings), "{found}");
}

#[test]
fn streams() {
    let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Music/stream/2026-01-01T00:00:00.000";
    for arguments in [
        quote!(stream = "arn:aws:kinesis:us-east-1:123456789012:stream/s"),
        quote!(stream = "s", batch_size = 10_001),
        quote!(stream = "s", starting_position = "LATST"),
        quote!(stream = "s", starting_position = "AT_TIMESTAMP"),
        quote!(stream = "s", starting_position_timestamp = 1),
        quote!(stream = "s", maximum_batching_window_in_seconds = 301),
        quote!(
            stream = "s",
            on_failure = "arn:aws:lambda:us-east-1:123456789012:function:f"
        ),
        quote!(stream = "s", parallelization_factor = 11),
        quote!(stream = "s", maximum_retry_attempts = -2),
        quote!(stream = "s", maximum_record_age_in_seconds = 59),
        quote!(stream = "s", bisect_batch_on_function_error = 1),
        quote!(stream = "s", maximum_concurrency = 2),
        quote!(stream = "s", bisect_batch_on_error),
        quote!(stream = "s", tumbling_window_in_seconds = 901),
        quote!(
            stream = "s",
            tumbling_window_in_seconds = 60,
            report_batch_item_failures = false
        ),
        quote!(stream_arn = "arn:aws:kinesis:us-east-1:123456789012:s"),
        quote!(
            stream = "s",
            stream_arn = "arn:aws:kinesis:us-east-1:123456789012:stream/s"
        ),
    ] {
        let found = of(&ON_KINESIS_RECORD, arguments.clone());
        assert_eq!(found.len(), 1, "{arguments}: {found:#?}");
    }
    let at = quote!(
        stream = "s",
        starting_position = "AT_TIMESTAMP",
        starting_position_timestamp = 1_700_000_000
    );
    let at = entry(&ON_KINESIS_RECORD, at);
    assert!(
        at.contains(
            r#""starting_position":"AT_TIMESTAMP","starting_position_timestamp":1700000000"#
        ),
        "{at}"
    );
    let consumer = "arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1700000000";
    let tuned = entry(
        &ON_KINESIS_RECORD,
        quote!(
            stream_arn = #consumer,
            parallelization_factor = 10,
            maximum_retry_attempts = 0,
            maximum_record_age_in_seconds = 60,
            bisect_batch_on_function_error,
            tumbling_window_in_seconds = 60
        ),
    );
    let settings = concat!(
        r#""parallelization_factor":10,"maximum_retry_attempts":0,"#,
        r#""maximum_record_age_in_seconds":60,"bisect_batch_on_function_error":true,"#,
        r#""tumbling_window_in_seconds":60"#
    );
    assert!(tuned.contains(settings), "{tuned}");
    assert!(
        tuned.contains(&format!(r#""stream":null,"stream_arn":"{consumer}""#)),
        "{tuned}"
    );
    assert_eq!(
        of(&ON_DYNAMODB_RECORD, quote!(stream_arn = "Music")).len(),
        1
    );
    assert_eq!(
        of(
            &ON_DYNAMODB_RECORD,
            quote!(stream_arn = #arn, maximum_record_age_in_seconds = 604_801)
        )
        .len(),
        1
    );
    let changes = entry(&ON_DYNAMODB_RECORD, quote!(stream_arn = #arn));
    assert!(
        changes.contains(r#""batch_size":100,"maximum_batching"#)
            && changes.contains(r#""LATEST""#),
        "{changes}"
    );
}

#[test]
fn patterns_and_buses() {
    for arguments in [
        quote!(pattern = { "source": "aws.ec2" }),
        quote!(pattern = "not JSON"),
        quote!(pattern = 1),
        quote!(pattern),
        quote!({ "source": [x] }),
        quote!(pattern = { "source": ["x"] }, event_bus = "a b"),
        quote!(pattern = { "source": ["x"] }, event_bus = "arn:aws:sqs:us-east-1:123456789012:t"),
    ] {
        let found = of(&ON_CW_EVENT, arguments.clone());
        assert_eq!(found.len(), 1, "{arguments}: {found:#?}");
    }
    let pattern = r#""pattern":{"source":["aws.ec2"]},"event_bus":null"#;
    for arguments in [
        quote!({ "source": ["aws.ec2"] }),
        quote!(pattern = { "source": ["aws.ec2"] }),
        quote!(r#"{"source": ["aws.ec2"]}"#),
    ] {
        let found = entry(&ON_CW_EVENT, arguments);
        assert!(found.contains(pattern), "{found}");
    }
}

#[test]
fn schedules() {
    for arguments in [
        quote!("rate(1 hours)"),
        quote!("cron(0 25 * * ? *)"),
        quote!(Rate::minutes(0)),
        quote!(Rate::minuts(5)),
        quote!(Cron::new("0", "18", "*", "*", "MON-FRI", "*")),
        quote!(Cron::new("0")),
        quote!(5),
        quote!(expression),
        quote!("rate(1 hour)" "rate(1 hour)"),
    ] {
        let found = of(&SCHEDULE, arguments.clone());
        assert_eq!(found.len(), 1, "{arguments}: {found:#?}");
    }
    for (arguments, expression) in [
        (quote!("rate(5 minutes)"), "rate(5 minutes)"),
        (
            quote!(expression = "rate(5 minutes)", name = "g"),
            "rate(5 minutes)",
        ),
        (quote!(chalice::Rate::hours(1)), "rate(1 hour)"),
        (
            quote!(Cron::new(0, 18, "?", "*", "MON-FRI", "*")),
            "cron(0 18 ? * MON-FRI *)",
        ),
    ] {
        let found = entry(&SCHEDULE, arguments);
        assert!(
            found.contains(&format!("\"schedule\":\"{expression}\"")),
            "{found}"
        );
    }
}

#[test]
fn routes_of_the_websocket_api() {
    for key in ["", "$connect", "$disconnect", "$x", &*"k".repeat(129)] {
        assert_eq!(of(&ON_WS_MESSAGE, quote!(#key)).len(), 1, "{key}");
    }
    let start = |name: &str, key: &str| {
        format!(r#"{{"name":"{name}","type":"websocket","route_key":"{key}""#)
    };
    assert_eq!(
        entry(&ON_WS_CONNECT, quote!()),
        start("websocket_connect", "$connect")
    );
    assert_eq!(
        entry(&ON_WS_MESSAGE, quote!()),
        start("websocket_message", "$default")
    );
    assert_eq!(
        entry(&ON_WS_MESSAGE, quote!("$default")),
        start("websocket_message", "$default")
    );
    assert_eq!(
        entry(&ON_WS_MESSAGE, quote!(route_key = "chat")),
        start("f", "chat")
    );
    assert_eq!(
        entry(&ON_WS_DISCONNECT, quote!(name = "bye")),
        start("bye", "$disconnect")
    );
}
