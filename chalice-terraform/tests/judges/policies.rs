//! Policies of roles: those that are too large for an inline one, and what parliament says of all.

use chalice::{
    Application,
    grant::{
        Bucket, EventBus, Function, Grant, Parameter, Queue, Secret, StateMachine, Table, Topic,
    },
    prelude::*,
};
use chalice_config::Config;
use chalice_core::manifest::model::{
    Grant as Granted, GrantSource, GrantedResource, Manifest, ResourceKind,
};
use serde_json::Value;
use verifiers::{Roles, policy_mistakes};

use crate::{apps, mistakes, rich, terraform};

const PHOTOS: Bucket = Bucket::named("photos");
const ORDERS: Table = Table::named("orders").indexes(&["by_customer", "by_day"]);
const CARTS: Table = Table::named("carts");
const FLAGS: Table = Table::named("flags").indexes(&[]);
const WORK: Queue = Queue::named("work");
const LIMITS: Parameter = Parameter::named("/app/limits");
const CHECKOUT: StateMachine = StateMachine::named("checkout");
const MAIL: Grant =
    Grant::allow(&["ses:SendEmail"]).on(&["arn:aws:ses:*:123456789012:identity/example.com"]);
const KEY: Grant = Grant::allow(&["kms:Decrypt", "kms:GenerateDataKey"])
    .on(&["arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012"]);

#[lambda_function(grants = [
    PHOTOS.get(), PHOTOS.put(), PHOTOS.delete(), PHOTOS.list(), PHOTOS.read_write(), PHOTOS.allow(&["s3:GetObjectTagging"]),
])]
fn buckets() {}

#[lambda_function(grants = [
    ORDERS.get(), ORDERS.query(), ORDERS.scan(), ORDERS.read(), ORDERS.write(), ORDERS.read_write(), CARTS.read_write(),
    FLAGS.read_write(), CARTS.allow(&["dynamodb:DescribeTable"]),
])]
fn tables() {}

#[lambda_function(grants = [WORK.send(), WORK.receive(), Topic::named("news").publish()])]
fn messages() {}

#[lambda_function(grants = [
    Secret::named("app/tokens").read(), LIMITS.read(), LIMITS.write(), LIMITS.read_by_path(), KEY, MAIL,
])]
fn settings() {}

#[lambda_function(grants = [
    Function::named("resize").invoke(), Function::named("resize:live").invoke(), EventBus::named("default").put_events(),
    CHECKOUT.start(), CHECKOUT.start_sync(),
])]
fn calls() {}

#[app]
static APP: App = App {
    name: "grants",
    handlers: [buckets, tables, messages, settings, calls],
};

fn manifest() -> Manifest {
    Manifest::from_json(APP::manifest()).unwrap()
}

fn template(manifest: &Manifest, settings: &str) -> Value {
    let name = &manifest.app.name;
    let config = format!(r#"{{"version": "2.0", "app_name": "{name}"{settings}}}"#);
    let config = Config::parse(chalice_config::PATH.as_ref(), &config).unwrap();
    let resources = chalice_resources::resources(manifest, &config.stage("dev").unwrap()).unwrap();
    chalice_terraform::template(&resources).unwrap()
}

/// The app with WebSockets and everything, each of whose functions may do something with so many buckets.
fn with_buckets(count: usize, settings: &str) -> Value {
    let apps = golden::apps().unwrap();
    let app = apps.into_iter().find(|app| app.name == "05-websockets");
    let mut manifest = app.unwrap().manifest;
    let grants = (0..count).map(|number| Granted {
        actions: vec!["s3:GetObject".to_owned(), "s3:PutObject".to_owned()],
        resources: vec![GrantedResource {
            kind: ResourceKind::Bucket,
            name: Some(format!("photos-{number}")),
            variable: None,
            arn: "arn:{partition}:s3:::{name}/*".to_owned(),
        }],
        source: GrantSource {
            file: "src/main.rs".to_owned(),
            line: 1,
        },
    });
    manifest.app.grants = grants.collect();
    template(&manifest, settings)
}

/// A policy as Terraform makes it, in one region and account.
fn evaluated(policy: &Value) -> Value {
    let text = policy
        .as_str()
        .unwrap()
        .replace("${data.aws_partition.chalice.partition}", "aws")
        .replace(
            "${data.aws_caller_identity.chalice.account_id}",
            "123456789012",
        )
        .replace("${local.chalice_region}", "eu-west-1")
        .replace("${aws_apigatewayv2_api.websocket_api.id}", "a1b2c3d4e5")
        .replace("$${", "${")
        .replace("%%{", "%{");
    serde_json::from_str(&text).unwrap()
}

/// The policies of a configuration, with their addresses.
fn policies(template: &Value) -> Vec<(String, Value)> {
    let kinds = ["aws_iam_role_policy", "aws_iam_policy"];
    let policies = kinds.iter().flat_map(|kind| {
        let of_kind = template["resource"][kind].as_object().into_iter().flatten();
        of_kind.map(move |(name, policy)| (format!("{kind}.{name}"), evaluated(&policy["policy"])))
    });
    policies.collect()
}

#[test]
fn a_policy_that_is_too_large_becomes_managed_policies_of_the_role() {
    let few = with_buckets(3, "");
    assert_eq!(few["resource"].get("aws_iam_policy"), None);
    assert_eq!(few["resource"].get("aws_iam_role_policy_attachment"), None);

    let settings = r#", "role_path": "/apps/", "lambda_functions": {"websocket_message": {
        "dead_letter": "arn:aws:sqs:eu-west-1:123456789012:dead"
    }}"#;
    let many = with_buckets(250, settings);
    assert_eq!(many["resource"].get("aws_iam_role_policy"), None);
    let managed = many["resource"]["aws_iam_policy"].as_object().unwrap();
    let attachments = many["resource"]["aws_iam_role_policy_attachment"]
        .as_object()
        .unwrap();
    assert!((4..=10).contains(&managed.len()), "{}", managed.len());
    assert_eq!(
        Vec::from_iter(managed.keys()),
        Vec::from_iter(attachments.keys())
    );
    for (name, policy) in managed {
        assert!(name.starts_with("default-role-policy"), "{name}");
        let keys: Vec<&String> = policy.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["name_prefix", "path", "policy"]);
        assert_eq!(policy["path"], "/apps/");
        let prefix = policy["name_prefix"].as_str().unwrap();
        assert!(prefix.ends_with("-dev-"), "{prefix}");
        assert!(evaluated(&policy["policy"]).to_string().len() <= 6_144);
        let attachment = &attachments[name];
        assert_eq!(attachment["role"], "${aws_iam_role.default-role.name}");
        assert_eq!(
            attachment["policy_arn"],
            format!("${{aws_iam_policy.{name}.arn}}")
        );
    }
    // A function whose settings need the role's permissions waits for all of them.
    let function = &many["resource"]["aws_lambda_function"]["websocket_message"];
    let needed: Vec<String> = attachments
        .keys()
        .map(|name| format!("aws_iam_role_policy_attachment.{name}"))
        .collect();
    let mut depends_on: Vec<&str> = function["depends_on"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap())
        .collect();
    depends_on.sort_unstable();
    assert_eq!(depends_on, needed);

    let own = with_buckets(250, r#", "execution_roles": "per_function""#);
    let templates = [("many".to_owned(), many), ("own".to_owned(), own)];
    for (name, template) in &templates {
        assert_eq!(mistakes(template), [""; 0], "{name}");
    }
    if let Some(terraform) = terraform::find() {
        assert_eq!(terraform.diagnostics(&templates), [""; 0]);
    }
}

/// The policies of files that AWS Chalice's app has, which are not generated: all actions of two services on everything.
const OF_FILES: [&str; 2] = [
    include_str!("../../../golden/06-config-full/.chalice/custom-policy.json"),
    include_str!("../../../golden/06-config-full/.chalice/policy-prod.json"),
];

fn is_of_a_file(policy: &Value) -> bool {
    let mut files = OF_FILES.iter().map(|it| serde_json::from_str::<Value>(it));
    files.any(|it| it.unwrap() == *policy)
}

/// That parliament has nothing to say of at least so many policies.
#[track_caller]
pub(crate) fn assert_good(templates: &[(String, Value)], roles: Roles, at_least: usize) {
    let policies: Vec<(String, Value)> = templates
        .iter()
        .flat_map(|(name, template)| {
            let policies = policies(template).into_iter();
            policies.map(move |(address, policy)| (format!("{name}: {address}"), policy))
        })
        .filter(|(_, policy)| !is_of_a_file(policy))
        .collect();
    assert!(policies.len() >= at_least, "{}", policies.len());
    let documents: Vec<Value> = policies.iter().map(|(_, it)| it.clone()).collect();
    let verdicts = policy_mistakes(&documents, roles).unwrap_or_else(|error| panic!("{error}"));
    let bad: Vec<_> = policies
        .iter()
        .zip(verdicts)
        .filter(|(_, mistakes)| !mistakes.is_empty())
        .map(|((address, policy), mistakes)| (address, policy.to_string(), mistakes))
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn parliament_finds_no_mistakes_in_grants_of_every_kind() {
    let manifest = manifest();
    let own = template(&manifest, r#", "execution_roles": "per_function""#);
    let shared = template(&manifest, "");
    let many = with_buckets(250, "");
    let templates = [("own", own), ("shared", shared), ("many", many)];
    let templates = templates.map(|(name, template)| (name.to_owned(), template));
    let kinds: Vec<String> = templates[0].1["resource"]["aws_iam_role_policy"]
        .as_object()
        .unwrap()
        .values()
        .map(|policy| policy["policy"].as_str().unwrap().to_owned())
        .collect();
    for service in [
        "s3:",
        "dynamodb:",
        "sqs:",
        "sns:",
        "secretsmanager:",
        "ssm:",
        "lambda:",
        "events:",
        "states:",
        "kms:",
        "ses:",
    ] {
        let action = format!("\"{service}");
        assert!(kinds.iter().any(|it| it.contains(&action)), "{service}");
    }
    assert_good(&templates, Roles::Own, 10);
}

#[test]
fn parliament_finds_no_mistakes_in_policies_of_the_golden_apps_and_the_rich_one() {
    let mut templates = apps::golden();
    templates.push(("rich".to_owned(), rich::template()));
    assert_good(&templates, Roles::Shared, 20);
}
