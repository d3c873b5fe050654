//! What AWS's own translator and cfn-lint say of templates.

use std::fs;

use chalice_config::{CommandLine, Config};
use serde_json::{Value, json};
use verifiers::sam_mistakes;

use crate::{http, policies, request_validation, rich, roles, s3_events};

fn judged(templates: &[Value]) -> Vec<Vec<String>> {
    sam_mistakes(templates).unwrap_or_else(|error| panic!("{error}"))
}

/// With ids as AWS has them: those in the golden configurations are too short.
fn with_whole_ids(template: &Value) -> Value {
    let mut text = template.to_string();
    for (id, whole) in [
        ("\"sg-1\"", "\"sg-0123456789abcdef0\""),
        ("\"sg-9\"", "\"sg-0123456789abcdef9\""),
        (":us-west-2:1:layer:", ":us-west-2:123456789012:layer:"),
    ] {
        text = text.replace(id, whole);
    }
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_golden_apps_and_the_rich_one_have_no_mistakes() {
    let mut names = [
        "rich",
        "rich by EventBridge",
        "http",
        "request validation",
        "buckets by EventBridge",
        "many policies",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut templates = vec![
        rich::template(),
        rich::by_eventbridge(),
        http::template(),
        request_validation::template(),
        s3_events::template(),
        policies::with_tables(150),
    ];
    for template in roles::templates() {
        names.push("own roles".to_owned());
        templates.push(with_whole_ids(&template));
    }
    for app in golden::apps().unwrap() {
        for stage in app.stages {
            let configured =
                Config::load_stage(&app.directory(), stage, CommandLine::default(), None).unwrap();
            let resources = chalice_resources::resources(&app.manifest, &configured).unwrap();
            let template = chalice_sam::template(&resources).unwrap();
            names.push(format!("{} {stage}", app.name));
            templates.push(with_whole_ids(&template.into()));
        }
    }
    assert_eq!(names.len(), 27);
    let verdicts = judged(&templates);
    let bad: Vec<_> = names
        .iter()
        .zip(verdicts)
        .filter(|(_, mistakes)| !mistakes.is_empty())
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

/// A mistake: where, what stands there, and what has to be said of it.
type Mistake = (&'static str, Value, &'static str);

/// Mistakes in what SAM has, of which its translator says one per resource, and ends.
fn of_sam() -> Vec<Mistake> {
    let destination = "/Pure/Properties/EventInvokeConfig/DestinationConfig/OnFailure/Type";
    let event = "/Queued/Properties/Events/QueuedSqsEventSource/Type";
    vec![
        (destination, json!("Queue"), "[Pure]"),
        (event, json!("Queue"), "[Queued"),
        ("/Sweep/Properties/Memory", json!(128), "[Sweep]"),
        (
            "/Ordered/Properties/DeadLetterQueue",
            json!({ "Type": "S3", "TargetArn": "a" }),
            "[Ordered]",
        ),
        ("/RestAPI/Properties/Stage", json!("v1"), "[RestAPI]"),
    ]
}

/// Mistakes in what SAM passes on, which cfn-lint finds in the translation.
fn of_cloudformation() -> Vec<Mistake> {
    let sqs = "/Queued/Properties/Events/QueuedSqsEventSource/Properties/BatchSize";
    let kinesis =
        "/Clicked/Properties/Events/ClickedKinesisEventSource/Properties/StartingPosition";
    let statement =
        "/BucketNotificationsRole/Properties/Policies/0/PolicyDocument/Statement/0/Effect";
    vec![
        (
            "/Pure/Properties/Runtime",
            json!("provided.al2027"),
            "/Resources/Pure/Properties/Runtime",
        ),
        ("/Pure/Properties/MemorySize", json!(64), "MemorySize"),
        ("/Pure/Properties/Timeout", json!(901), "Timeout"),
        (
            "/Pure/Properties/Role",
            json!({ "Fn::GetAtt": ["NoRole", "Arn"] }),
            "NoRole",
        ),
        (
            "/Pure/Properties/FileSystemConfigs/0/LocalMountPath",
            json!("/data"),
            "LocalMountPath",
        ),
        (
            "/Pure/Properties/LoggingConfig/LogFormat",
            json!("XML"),
            "LogFormat",
        ),
        (
            "/Sweep/Properties/Events/SweepEvent/Properties/Schedule",
            json!("rate(5 minute)"),
            "E3027",
        ),
        (sqs, json!(0), "BatchSize"),
        (kinesis, json!("FIRST"), "StartingPosition"),
        (
            "/APIHandlerInvokePermission/Properties/FunctionName",
            json!({ "Ref": "ApiHandler" }),
            "ApiHandler",
        ),
        (
            "/PureLogGroup/Properties/RetentionInDays",
            json!(8),
            "RetentionInDays",
        ),
        (
            "/SweepLogGroup/Properties/LogGroupName",
            json!({ "Fn::Sub": "/aws/lambda/${Sweeep}" }),
            "Sweeep",
        ),
        (
            "/WebsocketAPIStage/Properties/DeploymentId",
            json!({ "Ref": "NoDeployment" }),
            "NoDeployment",
        ),
        (
            "/WebsocketConnectRoute/Properties/RouteKey",
            Value::Null,
            "RouteKey",
        ),
        (
            "/WebsocketMessageRoute/Properties/RouteKeys",
            json!("r"),
            "RouteKeys",
        ),
        (statement, json!("Permit"), "Permit"),
        (
            "/BucketNotifications/Properties/Handler",
            Value::Null,
            "Handler",
        ),
    ]
}

/// Puts a value where the pointer leads, or takes away what is there if it is `null`.
fn plant(template: &mut Value, pointer: &str, value: &Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = template["Resources"].pointer_mut(parent);
    let parent = parent.unwrap_or_else(|| panic!("nothing at {pointer}"));
    match (parent, value) {
        (Value::Object(members), Value::Null) => assert!(members.remove(name).is_some()),
        (Value::Object(members), value) => {
            members.insert(name.to_owned(), value.clone());
        }
        (Value::Array(elements), value) => elements[name.parse::<usize>().unwrap()] = value.clone(),
        _ => panic!("{pointer} leads nowhere"),
    }
}

#[test]
fn planted_mistakes_are_found() {
    let with = |mistakes: &[Mistake]| {
        let mut template = rich::template();
        for (pointer, value, _) in mistakes {
            plant(&mut template, pointer, value);
        }
        template
    };
    let apps = golden::apps().unwrap();
    let full = apps
        .iter()
        .find(|app| app.name == "06-config-full")
        .unwrap();
    let chalices = fs::read_to_string(full.output("sam-dev.json")).unwrap();
    let chalices: Value = serde_json::from_str(&chalices).unwrap();
    // AWS Chalice's log group for a function that is not there.
    let of_chalice = vec![("", Value::Null, "ApiHandler")];
    let verdicts = judged(&[
        with(&of_sam()),
        with(&of_cloudformation()),
        with_whole_ids(&chalices),
    ]);
    for (mistakes, verdict) in [of_sam(), of_cloudformation(), of_chalice]
        .iter()
        .zip(&verdicts)
    {
        for (place, _, said) in mistakes {
            assert!(
                verdict.iter().any(|mistake| mistake.contains(said)),
                "{place} is overlooked: {verdict:#?}"
            );
        }
    }
}
