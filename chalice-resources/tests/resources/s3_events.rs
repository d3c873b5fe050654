//! Events of buckets, by way of Amazon EventBridge.

use chalice_core::{
    event_source::{
        event_pattern::EventPattern,
        s3::{
            COUNTERPARTS, Counterpart, EVENTS, counterparts, events, events_overlap, key_matches,
        },
    },
    manifest::model::{CloudwatchFunction, FunctionKind, Manifest, S3Function},
};
use chalice_resources::{
    EventRule, EventSource, EventSourceKind, Principal, Resources, RuleTrigger, resources,
};
use proptest::{prelude::*, sample};
use serde_json::{Map, Value, json};

use crate::{manifest, of, refused, stage};

const EVENTBRIDGE: &str = r#", "s3_events": "eventbridge""#;

/// What there is to say of a handler.
#[derive(Clone, Debug, Default)]
struct Handler<'a> {
    events: &'a [&'a str],
    prefix: Option<&'a str>,
    suffix: Option<&'a str>,
}

/// The app with nothing but handlers of the bucket `photos`, named `resize`, `resize1`, `resize2` and so on.
fn app(handlers: &[Handler<'_>]) -> Manifest {
    let mut manifest = manifest();
    manifest.routes.clear();
    manifest
        .functions
        .retain(|function| function.name == "resize");
    let resize = manifest.functions[0].clone();
    manifest.functions = handlers
        .iter()
        .enumerate()
        .map(|(number, handler)| {
            let mut function = resize.clone();
            if number > 0 {
                function.name = format!("resize{number}");
            }
            let FunctionKind::S3(s3) = &mut function.kind else {
                panic!("{function:?}");
            };
            *s3 = S3Function {
                events: handler.events.iter().map(ToString::to_string).collect(),
                prefix: handler.prefix.map(str::to_owned),
                suffix: handler.suffix.map(str::to_owned),
                ..s3.clone()
            };
            function
        })
        .collect();
    manifest
}

fn rule(source: &EventSource) -> &EventRule {
    match &source.kind {
        EventSourceKind::Rule(rule) => rule,
        other => panic!("{other:?}"),
    }
}

fn pattern_of(rule: &EventRule) -> &Map<String, Value> {
    match &rule.trigger {
        RuleTrigger::Pattern { pattern, event_bus } => {
            assert_eq!(*event_bus, None);
            pattern
        }
        RuleTrigger::Schedule(_) => panic!("{rule:?}"),
    }
}

/// The pattern of a handler's rule, which Amazon EventBridge takes.
fn pattern(handler: Handler<'_>) -> Value {
    let resources = resources(&app(&[handler]), &stage(EVENTBRIDGE)).unwrap();
    let rule = rule(resources.event_sources.iter().next().unwrap());
    let pattern = Value::Object(pattern_of(rule).clone());
    EventPattern::parse(&pattern.to_string()).unwrap();
    pattern
}

/// The pattern for those events, whatever the keys.
fn pattern_for(events: &[&str]) -> Value {
    let handler = Handler {
        events,
        ..Handler::default()
    };
    pattern(handler)
}

/// The keys that the pattern takes.
fn keys(prefix: Option<&str>, suffix: Option<&str>) -> Value {
    let handler = Handler {
        events: &["s3:ObjectCreated:*"],
        prefix,
        suffix,
    };
    pattern(handler)["detail"]["object"]["key"].take()
}

/// Why the handlers cannot have rules.
fn refusals(handlers: &[Handler<'_>]) -> Vec<String> {
    let problems = refused(&app(handlers), EVENTBRIDGE).problems;
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn a_handler_has_a_rule_that_may_invoke_it() {
    let resources = of(EVENTBRIDGE);
    let sources = resources.event_sources.iter();
    let names: Vec<&str> = sources.map(|source| &*source.name).collect();
    assert_eq!(names[..2], ["sweep-event", "resize-event"]);
    let source = resources.event_sources.iter().nth(1).unwrap();
    let rule = rule(source);
    assert_eq!(rule.rule_name, "shop-dev-resize-event");
    assert_eq!(rule.bucket.as_deref(), Some("photos"));
    assert_eq!(
        Value::Object(pattern_of(rule).clone()),
        json!({
            "source": ["aws.s3"],
            "detail-type": ["Object Created"],
            "detail": {
                "bucket": { "name": ["photos"] },
                "object": { "key": [{ "prefix": "in/" }] },
            },
        })
    );
    let permission = &resources.permissions[1];
    assert_eq!(permission.name, "resize-event");
    assert_eq!(permission.principal, Principal::EventBridge);
    // It takes nothing that the function's role would have to permit.
    assert_eq!(of("").roles, resources.roles);
}

#[test]
fn notifications_are_the_default() {
    let is_notified = |resources: &Resources| {
        let mut sources = resources.event_sources.iter();
        sources.any(|source| matches!(source.kind, EventSourceKind::S3(_)))
    };
    assert!(is_notified(&of("")));
    assert_eq!(of(""), of(r#", "s3_events": "notification""#));
    assert!(!is_notified(&of(EVENTBRIDGE)));
}

#[test]
fn rules_ask_for_what_events_are_there() {
    let condition = |events: &[&str]| {
        let mut pattern = pattern_for(events);
        let detail = pattern["detail"].as_object_mut().unwrap();
        assert_eq!(detail.remove("bucket"), Some(json!({ "name": ["photos"] })));
        if detail.is_empty() {
            pattern.as_object_mut().unwrap().remove("detail");
        }
        let source = pattern.as_object_mut().unwrap().remove("source");
        assert_eq!(source, Some(json!(["aws.s3"])));
        pattern
    };
    assert_eq!(
        condition(&["s3:ObjectCreated:Put", "s3:ObjectCreated:Post"]),
        json!({ "detail-type": ["Object Created"], "detail": { "reason": ["PutObject", "POST Object"] } })
    );
    assert_eq!(
        condition(&["s3:ObjectRemoved:*"]),
        json!({ "detail-type": ["Object Deleted"], "detail": { "reason": ["DeleteObject"] } })
    );
    assert_eq!(
        condition(&["s3:LifecycleExpiration:DeleteMarkerCreated"]),
        json!({
            "detail-type": ["Object Deleted"],
            "detail": { "reason": ["Lifecycle Expiration"], "deletion-type": ["Delete Marker Created"] },
        })
    );
    assert_eq!(
        condition(&["s3:ObjectRemoved:*", "s3:LifecycleExpiration:*"]),
        json!({ "detail-type": ["Object Deleted"], "detail": { "reason": ["DeleteObject", "Lifecycle Expiration"] } })
    );
    assert_eq!(
        condition(&["s3:ObjectRestore:*", "s3:ObjectAcl:Put"]),
        json!({ "detail-type": [
            "Object Restore Initiated", "Object Restore Completed", "Object Restore Expired", "Object ACL Updated",
        ] })
    );
    assert_eq!(
        condition(&[
            "s3:ObjectCreated:*",
            "s3:ObjectRemoved:*",
            "s3:ObjectTagging:*"
        ]),
        json!({ "$or": [
            { "detail-type": ["Object Created", "Object Tags Added", "Object Tags Deleted"] },
            { "detail-type": ["Object Deleted"], "detail": { "reason": ["DeleteObject"] } },
        ] })
    );
}

#[test]
fn keys_are_compared_as_they_are() {
    assert_eq!(keys(None, None), Value::Null);
    assert_eq!(keys(Some(""), Some("")), Value::Null);
    assert_eq!(
        keys(Some("my+photos/%C3%A9"), None),
        json!([{ "prefix": "my photos/é" }])
    );
    assert_eq!(keys(None, Some(".jpg")), json!([{ "suffix": ".jpg" }]));
    assert_eq!(
        keys(Some("in/"), Some(".jpg")),
        json!([{ "wildcard": "in/*.jpg" }])
    );
    assert_eq!(
        keys(Some("a%2A%5C"), Some("%5Cb")),
        json!([{ "wildcard": "a\\*\\\\*\\\\b" }, "a*\\b"])
    );
    assert_eq!(
        keys(Some("abab"), Some("abab/")),
        json!([{ "wildcard": "abab*abab/" }, "ababab/", "abab/"])
    );
}

#[test]
fn what_eventbridge_does_not_have_is_refused() {
    let handlers = [
        Handler {
            events: &[
                "s3:ObjectCreated:*",
                "s3:Replication:*",
                "s3:ReducedRedundancyLostObject",
            ],
            prefix: Some("caf%C3"),
            suffix: None,
        },
        Handler {
            events: &["s3:ObjectAnnotation:Put"],
            prefix: None,
            suffix: None,
        },
    ];
    assert_eq!(
        refusals(&handlers),
        [
            "the function `resize`: Amazon S3 does not send `s3:Replication:*` and `s3:ReducedRedundancyLostObject` to \
             Amazon EventBridge, and the stage has its events of buckets from there (`\"s3_events\": \"eventbridge\"`): \
             leave this out of the handler's `events`, or have notifications (`\"s3_events\": \"notification\"`)",
            "the function `resize`: its `prefix` \"caf%C3\" has a part of a character, and Amazon EventBridge compares \
             keys that are not URL-encoded, so that there is no such text: write all bytes of the character, or none",
            "the function `resize1`: Amazon S3 does not send `s3:ObjectAnnotation:Put` to Amazon EventBridge, and the \
             stage has its events of buckets from there (`\"s3_events\": \"eventbridge\"`): leave this out of the \
             handler's `events`, or have notifications (`\"s3_events\": \"notification\"`)",
        ]
    );
    // By notifications, all of that is fine.
    resources(&app(&handlers), &stage("")).unwrap();
}

#[test]
fn rules_stay_within_what_eventbridge_takes() {
    let long = "a".repeat(1000);
    let too_long = Handler {
        events: &["s3:ObjectCreated:*"],
        prefix: Some(&long),
        suffix: Some("aaaaaa"),
    };
    assert_eq!(
        refusals(&[too_long]),
        [
            "the rule `shop-dev-resize-event`: its pattern has 7169 characters, and Amazon EventBridge takes 4096 at \
             most: choose a shorter `prefix` or `suffix`"
        ]
    );
    let number = |number: usize| format!("{number}/");
    let prefixes: Vec<String> = (0..31).map(number).collect();
    let handlers: Vec<Handler<'_>> = prefixes
        .iter()
        .map(|prefix| Handler {
            events: &["s3:ObjectCreated:*"],
            prefix: Some(prefix),
            suffix: Some(".jpg"),
        })
        .collect();
    assert_eq!(
        refusals(&handlers),
        [
            "the event bus `default`: 31 rules of the app have wildcards, as those of buckets have with `prefix` and \
             `suffix` together, and an event bus has at most 30 of these: filter by one of the two, and by the other in \
             the handler"
        ]
    );
    resources(&app(&handlers[..30]), &stage(EVENTBRIDGE)).unwrap();
}

#[test]
fn wildcards_of_other_rules_count() {
    let mut manifest = app(&[Handler {
        events: &["s3:ObjectCreated:*"],
        ..Handler::default()
    }]);
    let resize = manifest.functions[0].clone();
    let FunctionKind::S3(s3) = &resize.kind else {
        panic!("{resize:?}");
    };
    let mut with = |pattern: Value, event_bus: Option<&str>| {
        manifest.functions = (0..31)
            .map(|number| {
                let mut function = resize.clone();
                function.name = format!("f{number}");
                function.kind = FunctionKind::Cloudwatch(CloudwatchFunction {
                    pattern: pattern.as_object().unwrap().clone(),
                    event_bus: event_bus.map(str::to_owned),
                    on_failure: None,
                    description: None,
                    source: s3.source.clone(),
                });
                function
            })
            .collect();
        resources(&manifest, &stage("")).err().map(|it| it.problems)
    };
    for wildcards in [
        json!([{ "wildcard": "a*b" }]),
        json!(["x", { "anything-but": { "wildcard": ["a*b"] } }]),
    ] {
        let problems = with(json!({ "detail": { "file": wildcards } }), Some("files")).unwrap();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].subject, "the event bus `files`");
    }
    for none in [
        json!({ "detail": { "wildcard": ["a*b"] } }),
        json!({ "$or": [{ "detail": { "wildcard": ["a"] } }, { "source": [{ "prefix": "wildcard" }] }] }),
    ] {
        assert_eq!(with(none, None), None);
    }
}

#[test]
fn what_buckets_and_quotas_need_is_said_once() {
    let notices = |handlers: &[Handler<'_>], members: &str| -> Vec<String> {
        let resources = resources(&app(handlers), &stage(members)).unwrap();
        resources
            .notices()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    let created = Handler {
        events: &["s3:ObjectCreated:*"],
        prefix: Some("in/"),
        suffix: None,
    };
    let removed = Handler {
        events: &["s3:ObjectRemoved:*"],
        ..created.clone()
    };
    let both = [created.clone(), removed];
    assert_eq!(
        notices(&both, EVENTBRIDGE),
        [
            "the bucket `photos`: it has to send its events to Amazon EventBridge, where the app has them from \
             (`\"s3_events\": \"eventbridge\"`); unless it does so already, turn that on once: `aws s3api \
             put-bucket-notification-configuration --bucket photos --notification-configuration \
             '{\"EventBridgeConfiguration\": {}}'`, which replaces all notifications that the bucket has, so write beside \
             it what `aws s3api get-bucket-notification-configuration --bucket photos` shows"
        ]
    );
    assert_eq!(notices(&both, ""), [""; 0]);

    let long = "x".repeat(1024);
    let end = "y".repeat(1000);
    let long = Handler {
        prefix: Some(&long),
        suffix: Some(&end),
        ..created.clone()
    };
    let said = notices(&[long], EVENTBRIDGE);
    assert_eq!(
        said[1..],
        [
            "the rule `shop-dev-resize-event`: its pattern has 2154 characters, and Amazon EventBridge takes 2048 until AWS \
             raises the account's quota"
        ]
    );

    let prefixes: Vec<String> = (0..301).map(|number| format!("{number}/")).collect();
    let many: Vec<Handler<'_>> = prefixes
        .iter()
        .map(|prefix| Handler {
            prefix: Some(prefix),
            ..created.clone()
        })
        .collect();
    let said = notices(&many, EVENTBRIDGE);
    assert_eq!(
        said[1..],
        [
            "the event bus `default`: the app has 301 rules there, and an event bus has 300 at most until AWS raises the \
             account's quota"
        ]
    );
    assert_eq!(notices(&many[..300], EVENTBRIDGE).len(), 1);
}

/// What Amazon S3 sends to Amazon EventBridge.
fn sent(event: &Counterpart, bucket: &str, key: &str) -> Value {
    let mut detail = json!({
        "version": "0", "bucket": { "name": bucket },
        "object": { "key": key, "sequencer": "617f08299329d189" },
        "request-id": "N4N7GDK58NMKJ12R", "requester": "123456789012",
    });
    if let Some(reason) = event.reason {
        detail["reason"] = reason.into();
    }
    if let Some(deletion_type) = event.deletion_type {
        detail["deletion-type"] = deletion_type.into();
    }
    json!({
        "version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103", "detail-type": event.detail_type,
        "source": "aws.s3", "account": "111122223333", "time": "2021-11-12T00:00:00Z", "region": "ca-central-1",
        "resources": [format!("arn:aws:s3:::{bucket}")], "detail": detail,
    })
}

/// The events of notifications that Amazon EventBridge gets, too.
fn sendable() -> Vec<&'static str> {
    let events = EVENTS.into_iter();
    events
        .filter(|event| counterparts(event).next().is_some())
        .collect()
}

/// The events that Amazon EventBridge gets.
fn documented() -> Vec<Counterpart> {
    let events = COUNTERPARTS.into_iter();
    events.filter(|it| !it.event.ends_with('*')).collect()
}

/// A key as notifications have it, and filters.
fn url_encoded(key: &str) -> String {
    key.bytes()
        .map(|byte| match byte {
            b' ' => "+".to_owned(),
            b'a'..=b'z' | b'/' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

/// A prefix, a suffix, and a key that has much in common with them.
fn filters_and_key() -> impl Strategy<Value = (String, String, String)> {
    let text = || "[ab/ *\\\\é%+]{0,4}";
    (text(), text(), text(), any::<sample::Index>(), 0..7).prop_map(
        |(prefix, suffix, middle, at, form)| {
            // The end of the suffix, so that the two may have something in common in the key.
            let ends: Vec<usize> = suffix
                .char_indices()
                .map(|(end, _)| end)
                .chain([suffix.len()])
                .collect();
            let end = &suffix[ends[at.index(ends.len())]..];
            let key = match form {
                0 => middle,
                1 | 2 => format!("{prefix}{middle}{suffix}"),
                _ => format!("{prefix}{end}"),
            };
            (prefix, suffix, key)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// The pattern, as `EventPattern` understands it, takes the events that a notification would be sent for, and no others.
    #[test]
    fn rules_pass_on_what_would_be_notified(
        (prefix, suffix, key) in filters_and_key(),
        asked in sample::subsequence(sendable(), 1..4),
        event in sample::select(documented()),
        bucket in sample::select(vec!["photos", "photos2"]),
    ) {
        prop_assume!(events(&asked).is_ok());
        let encoded = [&prefix, &suffix, &key].map(|text| url_encoded(text));
        let pattern = pattern(Handler {
            events: &asked,
            prefix: Some(&encoded[0]),
            suffix: Some(&encoded[1]),
        });
        let pattern = EventPattern::parse(&pattern.to_string()).unwrap();
        let is_notified = bucket == "photos"
            && asked.iter().any(|asked| events_overlap(asked, event.event))
            && key_matches(&encoded[0], &encoded[1], &encoded[2]);
        prop_assert_eq!(pattern.matches(&sent(&event, bucket, &key)), is_notified);
    }
}
