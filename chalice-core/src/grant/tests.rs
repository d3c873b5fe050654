//! What each operation allows, exactly; that all of it is in IAM's own table; and what is refused.

use serde_json::{Value, json};

use super::{
    action::{find, list_has},
    declared::What,
    *,
};
use crate::json::Json;

const PHOTOS: Bucket = Bucket::named("photos");
const ORDERS: Table = Table::from_env("ORDERS_TABLE").index("by_customer");
const STOCK: Table = Table::named("stock");

fn manifest(grants: &[Grant]) -> Value {
    let mut measured = Json::new(&mut []);
    measured.grants(grants);
    let mut bytes = vec![0; measured.length];
    Json::new(&mut bytes).grants(grants);
    serde_json::from_slice(&bytes).unwrap()
}

/// What a grant allows: actions and ARNs.
fn allowed(grant: Grant) -> Vec<(Vec<String>, Vec<String>)> {
    let texts = |value: &Value| -> Vec<String> {
        let items = value.as_array().unwrap().iter();
        items
            .map(|item| {
                item.as_str()
                    .unwrap_or_else(|| item["arn"].as_str().unwrap())
            })
            .map(str::to_owned)
            .collect()
    };
    let grants = manifest(&[grant]);
    let grants = grants.as_array().unwrap().iter();
    grants
        .map(|grant| (texts(&grant["actions"]), texts(&grant["resources"])))
        .collect()
}

#[track_caller]
fn assert_allowed(grant: Grant, expected: &[(&[&str], &[&str])]) {
    let expected: Vec<(Vec<String>, Vec<String>)> = expected
        .iter()
        .map(|(actions, arns)| {
            let own = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
            (own(actions), own(arns))
        })
        .collect();
    assert_eq!(allowed(grant), expected);
}

const BUCKET: &str = "arn:{partition}:s3:::{name}";
const OBJECTS: &str = "arn:{partition}:s3:::{name}/*";
const TABLE: &str = "arn:{partition}:dynamodb:{region}:{account}:table/{name}";
const INDEXES: &str = "arn:{partition}:dynamodb:{region}:{account}:table/{name}/index/*";
const BY_CUSTOMER: &str =
    "arn:{partition}:dynamodb:{region}:{account}:table/{name}/index/by_customer";

#[test]
fn buckets() {
    assert_allowed(PHOTOS.get(), &[(&["s3:GetObject"], &[OBJECTS])]);
    assert_allowed(PHOTOS.put(), &[(&["s3:PutObject"], &[OBJECTS])]);
    assert_allowed(PHOTOS.delete(), &[(&["s3:DeleteObject"], &[OBJECTS])]);
    assert_allowed(PHOTOS.list(), &[(&["s3:ListBucket"], &[BUCKET])]);
    assert_allowed(
        PHOTOS.read_write(),
        &[
            (
                &["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                &[OBJECTS],
            ),
            (&["s3:ListBucket"], &[BUCKET]),
        ],
    );
    assert_allowed(
        PHOTOS.allow(&["s3:GetObjectTagging", "s3:GetBucketLocation"]),
        &[
            (&["s3:GetBucketLocation"], &[BUCKET]),
            (&["s3:GetObjectTagging"], &[OBJECTS]),
        ],
    );
}

#[test]
fn tables() {
    assert_allowed(
        ORDERS.get(),
        &[(&["dynamodb:BatchGetItem", "dynamodb:GetItem"], &[TABLE])],
    );
    assert_allowed(
        ORDERS.query(),
        &[(&["dynamodb:Query"], &[TABLE, BY_CUSTOMER])],
    );
    assert_allowed(STOCK.scan(), &[(&["dynamodb:Scan"], &[TABLE, INDEXES])]);
    assert_allowed(
        STOCK.read(),
        &[
            (
                &[
                    "dynamodb:BatchGetItem",
                    "dynamodb:ConditionCheckItem",
                    "dynamodb:GetItem",
                ],
                &[TABLE],
            ),
            (&["dynamodb:Query", "dynamodb:Scan"], &[TABLE, INDEXES]),
        ],
    );
    let write = [
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
    ];
    assert_allowed(STOCK.write(), &[(&write, &[TABLE])]);
    assert_allowed(
        ORDERS.read_write(),
        &[
            (
                &[
                    "dynamodb:BatchGetItem",
                    "dynamodb:BatchWriteItem",
                    "dynamodb:ConditionCheckItem",
                    "dynamodb:DeleteItem",
                    "dynamodb:GetItem",
                    "dynamodb:PutItem",
                    "dynamodb:UpdateItem",
                ],
                &[TABLE],
            ),
            (&["dynamodb:Query", "dynamodb:Scan"], &[TABLE, BY_CUSTOMER]),
        ],
    );
}

#[test]
fn indexes_of_tables() {
    let index = |name: &str| format!("{TABLE}/index/{name}");
    const TWO: Table = Table::named("orders").indexes(&["by_day", "by_customer"]);
    assert_allowed(
        TWO.query(),
        &[(
            &["dynamodb:Query"],
            &[TABLE, &index("by_day"), &index("by_customer")],
        )],
    );
    const NONE: Table = Table::named("orders").indexes(&[]);
    assert_allowed(NONE.query(), &[(&["dynamodb:Query"], &[TABLE])]);
    assert_allowed(
        NONE.allow(&["dynamodb:Scan"]),
        &[(&["dynamodb:Scan"], &[TABLE])],
    );
}

#[test]
fn messages_and_events() {
    const QUEUE: Queue = Queue::named("orders.fifo");
    let queue = "arn:{partition}:sqs:{region}:{account}:{name}";
    assert_allowed(
        QUEUE.send(),
        &[(&["sqs:GetQueueUrl", "sqs:SendMessage"], &[queue])],
    );
    assert_allowed(
        QUEUE.receive(),
        &[(
            &[
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueUrl",
                "sqs:ReceiveMessage",
            ],
            &[queue],
        )],
    );
    assert_allowed(
        Topic::named("news").publish(),
        &[(
            &["sns:Publish"],
            &["arn:{partition}:sns:{region}:{account}:{name}"],
        )],
    );
    assert_allowed(
        EventBus::named("default").put_events(),
        &[(
            &["events:PutEvents"],
            &["arn:{partition}:events:{region}:{account}:event-bus/{name}"],
        )],
    );
}

#[test]
fn configuration() {
    assert_allowed(
        Secret::named("app/database").read(),
        &[(
            &["secretsmanager:GetSecretValue"],
            &["arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-??????"],
        )],
    );
    const LIMITS: Parameter = Parameter::named("/app/limits");
    let parameter = "arn:{partition}:ssm:{region}:{account}:parameter/{name}";
    assert_allowed(
        LIMITS.read(),
        &[(&["ssm:GetParameter", "ssm:GetParameters"], &[parameter])],
    );
    assert_allowed(LIMITS.write(), &[(&["ssm:PutParameter"], &[parameter])]);
    assert_allowed(
        LIMITS.read_by_path(),
        &[(
            &["ssm:GetParametersByPath"],
            &[parameter, &format!("{parameter}/*")],
        )],
    );
}

#[test]
fn functions_and_state_machines() {
    assert_allowed(
        Function::named("resize:live").invoke(),
        &[(
            &["lambda:InvokeFunction"],
            &["arn:{partition}:lambda:{region}:{account}:function:{name}"],
        )],
    );
    const CHECKOUT: StateMachine = StateMachine::named("checkout");
    let machine = "arn:{partition}:states:{region}:{account}:stateMachine:{name}";
    assert_allowed(
        CHECKOUT.start(),
        &[(&["states:StartExecution"], &[machine])],
    );
    assert_allowed(
        CHECKOUT.start_sync(),
        &[(&["states:StartSyncExecution"], &[machine])],
    );
}

#[test]
fn every_operation_is_in_the_table_of_actions() {
    let queue = Queue::named("q");
    let parameter = Parameter::named("p");
    let machine = StateMachine::named("m");
    for grant in [
        PHOTOS.read_write(),
        STOCK.get(),
        STOCK.query(),
        STOCK.scan(),
        STOCK.read(),
        STOCK.write(),
        STOCK.read_write(),
        queue.send(),
        queue.receive(),
        Topic::named("t").publish(),
        Secret::named("s").read(),
        parameter.read(),
        parameter.write(),
        parameter.read_by_path(),
        Function::named("f").invoke(),
        EventBus::named("b").put_events(),
        machine.start(),
        machine.start_sync(),
    ] {
        let What::Operation { parts, .. } = grant.what else {
            panic!("an operation: {grant:?}");
        };
        for part in parts {
            assert!(part.actions.is_sorted(), "{:?}", part.actions);
            for action in part.actions {
                let found = find(action).unwrap_or_else(|| panic!("{action}"));
                assert!(action.ends_with(found.name), "{action}");
                for form in part.forms {
                    assert!(
                        list_has(found.types, b',', form.resource_type),
                        "{action} on {}",
                        form.resource_type
                    );
                }
            }
        }
    }
}

#[test]
fn the_manifest() {
    const FIRST: u32 = line!() + 2;
    #[rustfmt::skip]
    const GRANTS: &[Grant] = &[ORDERS.write(), PHOTOS.get(),
        Grant::allow(&["ses:SendEmail"]).on(&["arn:aws:ses:*:*:identity/example.com"])];
    let grants = manifest(GRANTS);
    assert_eq!(
        grants[0]["resources"],
        json!([{"kind": "table", "name": null, "variable": "ORDERS_TABLE", "arn": TABLE}])
    );
    assert_eq!(
        grants[1],
        json!({
            "actions": ["s3:GetObject"],
            "resources": [{"kind": "bucket", "name": "photos", "variable": null, "arn": OBJECTS}],
            "source": {"file": file!(), "line": FIRST},
        })
    );
    assert_eq!(
        grants[2],
        json!({
            "actions": ["ses:SendEmail"],
            "resources": [{
                "kind": "arn", "name": null, "variable": null,
                "arn": "arn:aws:ses:*:*:identity/example.com",
            }],
            "source": {"file": file!(), "line": FIRST + 1},
        })
    );
    assert_eq!(manifest(&[]), json!([]));
}

#[test]
fn an_entry_with_grants() {
    const GRANTS: &[Grant] = &[PHOTOS.list()];
    const ENTRY: &str = r#"{"name":"list","source":{"line":1}}"#;
    const TEXT: &[u8] = &entry::<{ entry_length(ENTRY, GRANTS) }>(ENTRY, GRANTS);
    let value: Value = serde_json::from_str(text(TEXT)).unwrap();
    assert_eq!(value["source"]["line"], 1);
    assert_eq!(value["grants"], manifest(GRANTS));
}

/// What a panic said.
fn message(panics: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let panic = std::panic::catch_unwind(panics).expect_err("it is refused");
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(other) => (*other.downcast::<&str>().unwrap()).to_owned(),
    }
}

#[test]
fn names_that_aws_refuses() {
    type Refused = (fn(&'static str), &'static str, &'static str);
    let cases: &[Refused] = &[
        (|it| _ = Bucket::named(it), "Photos", "`P` is not allowed"),
        (|it| _ = Bucket::named(it), "ab", "it has 2 characters"),
        (|it| _ = Bucket::named(it), "s3://photos", "it is a URL"),
        (|it| _ = Bucket::named(it), "photos-", "begins and ends"),
        (|it| _ = Bucket::named(it), "a..b", "two periods"),
        (|it| _ = Bucket::named(it), "192.168.5.4", "IP address"),
        (
            |it| _ = Bucket::named(it),
            "photos--x-s3",
            "directory bucket",
        ),
        (|it| _ = Bucket::named(it), "xn--photos", "for itself"),
        (
            |it| _ = Bucket::named(it),
            "arn:aws:s3:::photos",
            "is an ARN",
        ),
        (|it| _ = Table::named(it), "or", "takes 3 to 255"),
        (|it| _ = Table::named(it), "bestände", "`ä` is not allowed"),
        (
            |it| _ = Queue::named(it),
            "orders.fif",
            "`.` is not allowed",
        ),
        (|it| _ = Queue::named(it), ".fifo", "it has 5 characters"),
        (|it| _ = Topic::named(it), "", "it has 0 characters"),
        (|it| _ = Secret::named(it), "a b", "` ` is not allowed"),
        (
            |it| _ = Parameter::named(it),
            "app/limits",
            "begins with `/`",
        ),
        (|it| _ = Parameter::named(it), "/aws/service/x", "AWS's own"),
        (|it| _ = Parameter::named(it), "/app/", "ends with `/`"),
        (|it| _ = Function::named(it), "f:", "an alias or a version"),
        (
            |it| _ = Function::named(it),
            "f:a.b",
            "an alias or a version",
        ),
        (|it| _ = EventBus::named(it), "a/b", "partners' event buses"),
        (|it| _ = StateMachine::named(it), "a*", "`*` is not allowed"),
        (
            |it| _ = Bucket::from_env(it),
            "PHOTOS-BUCKET",
            "environment variable",
        ),
        (|it| _ = Bucket::from_env(it), "1A", "environment variable"),
        (|it| _ = STOCK.index(it), "by day", "` ` is not allowed"),
        (|it| _ = ORDERS.index(it), "by_day", "are named already"),
    ];
    for &(named, name, expected) in cases {
        let message = message(move || named(name));
        assert!(message.contains(expected), "{name}: {message}");
    }
}

#[test]
fn names_that_aws_takes() {
    for name in ["photos", "a.b-c", "192.168.5.4.x"] {
        _ = Bucket::named(name);
    }
    for name in ["orders", "orders.fifo"] {
        _ = (Queue::named(name), Topic::named(name));
    }
    for name in ["limits", "/app/limits"] {
        _ = Parameter::named(name);
    }
    _ = Secret::named("app/data_base+=.@-");
    for name in ["resize", "resize:$LATEST", "resize:7"] {
        _ = Function::named(name);
    }
    for name in ["default", "aws.partner/example.com/x"] {
        _ = EventBus::named(name);
    }
    _ = StateMachine::named("Bestände!");
}

#[test]
fn actions_that_are_refused() {
    type Refused = (&'static [&'static str], &'static str);
    let of_bucket: &[Refused] = &[
        (&[], "no action is listed"),
        (
            &["s3:GetObjct"],
            "`s3:GetObjct` is no action of IAM; did you mean `s3:GetObject`?",
        ),
        (&["s3:getobject"], "did you mean `s3:GetObject`?"),
        (&["S3:GetObject"], "did you mean `s3:GetObject`?"),
        (&["s33:GetObject"], "did you mean `s3:GetObject`?"),
        (
            &["dynamodbs:Frobnicate"],
            "no service has the prefix `dynamodbs`; did you mean `dynamodb`?",
        ),
        (
            &["qqqqqqqqqqq:Get"],
            "no service has the prefix `qqqqqqqqqqq`",
        ),
        (&["GetObject"], "it has the form `<prefix>:<action>`"),
        (&["s3:Get*"], "names each action by itself"),
        (
            &["s3:ListAllMyBuckets"],
            "`s3:ListAllMyBuckets` cannot be allowed on a bucket: IAM applies it to all resources at once, `*`\nhelp: \
             `Grant::allow(&[\"s3:ListAllMyBuckets\"]).on(&[\"*\"])`",
        ),
        (
            &["sqs:SendMessage"],
            "`sqs:SendMessage` cannot be allowed on a bucket: IAM applies it to `queue`\nhelp: \
             `Grant::allow(&[\"sqs:SendMessage\"]).on(&[\"arn:aws:sqs:*:*:<QueueName>\"])`",
        ),
    ];
    for &(actions, expected) in of_bucket {
        let message = message(move || _ = PHOTOS.allow(actions));
        assert!(message.contains(expected), "{actions:?}: {message}");
    }
    let on: &[(&[&str], &[&str], &str)] = &[
        (&[], &["*"], "no action is listed"),
        (&["s3:GetObject"], &[], "no resource is listed"),
        (&["s3:GetObject"], &["photos"], "\"photos\" is no ARN"),
        (
            &["s3:GetObject"],
            &["arn:aws:s3:::photos"],
            "`s3:GetObject` cannot be allowed on \"arn:aws:s3:::photos\": IAM applies it to",
        ),
        (
            &["s3:ListBucket"],
            &["arn:aws:s3:::photos", "arn:aws:s3:::photos/*"],
            "none of the actions applies to \"arn:aws:s3:::photos/*\"",
        ),
        (
            &["s3:ListAllMyBuckets"],
            &["arn:aws:s3:::photos"],
            "help: `.on(&[\"*\"])`",
        ),
        (
            &["ses:SendMail"],
            &["*"],
            "`ses:SendMail` is no action of IAM; did you mean `ses:SendEmail`?",
        ),
    ];
    for &(actions, arns, expected) in on {
        let message = message(move || _ = Grant::allow(actions).on(arns));
        assert!(
            message.contains(expected),
            "{actions:?} {arns:?}: {message}"
        );
    }
}
