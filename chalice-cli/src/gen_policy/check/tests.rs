//! Which grants and operations agree.

use std::path::Path;

use chalice_config::{CommandLine, Config};
use chalice_resources::resources;
use serde_json::{Value, json};

use super::*;

fn grant(line: u32, resource: (&str, &str), actions: &[&str]) -> Value {
    let (kind, name) = resource;
    let arn = format!("arn:{{partition}}:x:::{kind}/{{name}}");
    json!({
        "actions": actions, "source": {"file": "src/main.rs", "line": line},
        "resources": [{"kind": kind, "name": name, "variable": null, "arn": arn}],
    })
}

/// An app with a route `store` and a function `report`, which have these grants.
fn manifest(of_route: &[Value], of_function: &[Value]) -> Manifest {
    let source = |item: &str, line| json!({"module": "app", "item": item, "file": "src/main.rs", "line": line});
    let manifest = json!({
        "manifest_version": 1, "framework": {"name": "chalice", "version": "0"},
        "app": {"name": "app", "source": source("APP", 1), "api": {"cors": null, "binary_types": [],
            "compression": null, "debug": false}},
        "functions": [
            {"name": "api_handler", "type": "rest_api"},
            {"name": "report", "type": "pure_lambda", "description": null, "on_failure": null,
                "source": source("report", 20), "grants": of_function},
        ],
        "routes": [{
            "name": "store", "path": "/", "methods": ["PUT"], "parameters": [], "arguments": [], "returns": "()",
            "cors": null, "authorizer": null, "api_key_required": false, "content_types": [], "stream": false,
            "summary": null, "description": null, "source": source("store", 10), "grants": of_route,
        }],
    });
    Manifest::from_json(manifest.to_string().as_bytes()).unwrap()
}

/// An operation that is called in a line of a function.
fn operation(title: &str, line: usize, function: &str) -> UsedOperation {
    let (sdk_crate, name) = title.split_once(' ').unwrap();
    UsedOperation {
        sdk_crate: sdk_crate.to_owned(),
        name: name.to_owned(),
        is_of_framework: false,
        takes: Takes::of(sdk_crate, name),
        places: vec![Place {
            file: "src/main.rs".to_owned(),
            line,
            function: Some(function.to_owned()),
        }],
    }
}

fn check(manifest: &Manifest, settings: &str, operations: Vec<UsedOperation>) -> Report {
    let text = format!(r#"{{"version": "2.0", "app_name": "app"{settings}}}"#);
    let path = Path::new("config.json");
    let stage = Config::parse_stage(path, &text, "dev", CommandLine::default(), None).unwrap();
    let resources = resources(manifest, &stage).unwrap();
    let used = SdkUse {
        operations,
        notes: Vec::new(),
    };
    super::check(manifest, &resources, &stage, &used, false).unwrap()
}

/// Both lists, shortly: `+` for what is not granted, `-` for what is not used.
fn lists(report: &Report) -> Vec<String> {
    let missing = report.missing.iter();
    let missing = missing.flat_map(|it| it.actions.iter().map(|action| format!("+ {action}")));
    let unused = report.unused.iter().map(|it| format!("- {}", it.action));
    missing.chain(unused).collect()
}

const ORDERS: (&str, &str) = ("table", "orders");

#[test]
fn used_and_granted_agree() {
    let get = ["dynamodb:BatchGetItem", "dynamodb:GetItem"];
    let manifest = manifest(&[grant(10, ORDERS, &get)], &[]);
    let report = check(
        &manifest,
        "",
        vec![operation("aws-sdk-dynamodb get_item", 12, "store")],
    );
    assert_eq!(lists(&report), [""; 0]);
    report.verdict().unwrap();
    assert_eq!(report.table(), "");
    assert_eq!(report.notes(), [""; 0]);
}

#[test]
fn used_and_granted_disagree() {
    let read = [
        "dynamodb:BatchGetItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:GetItem",
    ];
    let scans = ["dynamodb:Query", "dynamodb:Scan"];
    let manifest = manifest(
        &[],
        // The two parts of `Table::read`.
        &[grant(20, ORDERS, &read), grant(20, ORDERS, &scans)],
    );
    let report = check(
        &manifest,
        "",
        vec![
            operation("aws-sdk-dynamodb get_item", 22, "report"),
            operation("aws-sdk-dynamodb put_item", 12, "store"),
            operation("aws-sdk-sns publish", 30, "Notes::tell"),
        ],
    );
    assert_eq!(
        report.table(),
        "\
Used but not granted:
ACTION            OPERATION                  FUNCTIONS    SOURCE
dynamodb:PutItem  aws-sdk-dynamodb put_item  api_handler  src/main.rs:12
sns:Publish       aws-sdk-sns publish                     src/main.rs:30

Granted but not used:
ACTION          FUNCTIONS  SOURCE
dynamodb:Query  report     src/main.rs:20
dynamodb:Scan   report     src/main.rs:20
"
    );
    assert_eq!(
        report.json(),
        json!({
            "stage": "dev",
            "agree": false,
            "used_but_not_granted": [
                {"actions": ["dynamodb:PutItem"], "one_of": false, "operation": "aws-sdk-dynamodb put_item",
                    "functions": ["api_handler"], "sources": ["src/main.rs:12"]},
                {"actions": ["sns:Publish"], "one_of": false, "operation": "aws-sdk-sns publish",
                    "functions": [], "sources": ["src/main.rs:30"]},
            ],
            "granted_but_not_used": [
                {"action": "dynamodb:Query", "functions": ["report"], "source": "src/main.rs:20"},
                {"action": "dynamodb:Scan", "functions": ["report"], "source": "src/main.rs:20"},
            ],
            "unknown": [],
        })
    );
    assert_eq!(
        report.verdict().unwrap_err().to_string(),
        "the program and its permissions in the stage `dev` disagree: 2 actions are used and not granted, 2 actions \
         are granted and not used; declare what is used in `grants`, and leave out what is not"
    );
    assert_eq!(
        report.notes(),
        [
            "what is not granted could be declared so:\n    grants = [Table::named(\"..\").write()]\n    \
          grants = [Topic::named(\"..\").publish()]"
        ]
    );
}

#[test]
fn what_an_operation_may_take_besides_is_used() {
    let actions = ["s3:GetObject", "s3:GetObjectVersion"];
    let manifest = manifest(&[grant(10, ("bucket", "photos"), &actions)], &[]);
    let get = || vec![operation("aws-sdk-s3 get_object", 12, "store")];
    assert_eq!(lists(&check(&manifest, "", get())), [""; 0]);
    // By itself, it is not used.
    assert_eq!(
        lists(&check(&manifest, "", Vec::new())),
        ["- s3:GetObject", "- s3:GetObjectVersion"]
    );
}

#[test]
fn what_actions_depend_on_is_used() {
    let actions = ["lambda:CreateFunction", "iam:PassRole"];
    let manifest = manifest(&[grant(10, ("arn", "*"), &actions)], &[]);
    let create = vec![operation("aws-sdk-lambda create_function", 12, "store")];
    assert_eq!(lists(&check(&manifest, "", create)), [""; 0]);
}

#[test]
fn one_of_several_actions_is_enough_if_the_request_decides() {
    let transaction = || {
        vec![operation(
            "aws-sdk-dynamodb transact_write_items",
            12,
            "store",
        )]
    };
    let granted = manifest(&[grant(10, ORDERS, &["dynamodb:UpdateItem"])], &[]);
    assert_eq!(lists(&check(&granted, "", transaction())), [""; 0]);
    let none = manifest(&[grant(10, ORDERS, &["dynamodb:Scan"])], &[]);
    let report = check(&none, "", transaction());
    assert!(report.missing[0].is_one_of);
    assert!(
        report
            .table()
            .contains("\nsome of dynamodb:ConditionCheckItem, dynamodb:DeleteItem, "),
        "{}",
        report.table()
    );
}

#[test]
fn what_the_framework_sends_is_used_and_need_not_be_granted() {
    let post = || {
        let post = operation("aws-sdk-apigatewaymanagement post_to_connection", 1, "x");
        vec![UsedOperation {
            is_of_framework: true,
            places: Vec::new(),
            ..post
        }]
    };
    let none = manifest(&[], &[]);
    assert_eq!(lists(&check(&none, "", post())), [""; 0]);
    let granted = manifest(
        &[grant(10, ("arn", "*"), &["execute-api:ManageConnections"])],
        &[],
    );
    assert_eq!(lists(&check(&granted, "", post())), [""; 0]);
}

#[test]
fn what_is_unknown_is_neither() {
    let manifest = manifest(
        &[grant(10, ("bucket", "photos"), &["s3:GetObjectAcl"])],
        &[],
    );
    let operations = vec![
        operation("aws-sdk-nowhere fly", 13, "store"),
        operation("aws-sdk-s3 fly_object", 12, "store"),
    ];
    let report = check(&manifest, "", operations);
    assert_eq!(lists(&report), [""; 0]);
    report.verdict().unwrap();
    assert_eq!(
        report.table(),
        "\
Used, and not known what it takes:
OPERATION              GRANTED, MAY BE FOR IT  SOURCE
aws-sdk-nowhere fly                            src/main.rs:13
aws-sdk-s3 fly_object  s3:GetObjectAcl         src/main.rs:12
"
    );
}

#[test]
fn roles_that_exist_are_not_known() {
    let existing =
        r#", "manage_iam_role": false, "iam_role_arn": "arn:aws:iam::123456789012:role/mine""#;
    let none = manifest(&[], &[]);
    let put = || vec![operation("aws-sdk-dynamodb put_item", 12, "store")];
    let report = check(&none, existing, put());
    assert_eq!(lists(&report), [""; 0]);
    assert_eq!(
        report.notes(),
        [
            "what `report` and `api_handler` may do is not known here, since the role exists and is not made of the app"
        ]
    );
    // Of one function alone: the others' roles allow nothing of it.
    let one = format!(
        r#", "lambda_functions": {{"report": {{{}}}}}"#,
        &existing[2..]
    );
    assert_eq!(lists(&check(&none, &one, put())), ["+ dynamodb:PutItem"]);
}

#[test]
fn a_policy_of_a_file_grants_what_it_says() {
    let project = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = project.path().join(".chalice").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let config =
        r#"{"version": "2.0", "app_name": "app", "stages": {"dev": {"autogen_policy": false}}}"#;
    write("config.json", config);
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["dynamodb:*Item", "logs:*", "sns:CreateTopic"], "Resource": "*"},
    ]});
    write("policy-dev.json", &policy.to_string());
    let stage = Config::load_stage(project.path(), "dev", CommandLine::default(), None).unwrap();
    let manifest = manifest(&[], &[]);
    let resources = resources(&manifest, &stage).unwrap();
    let used = SdkUse {
        operations: vec![
            operation("aws-sdk-dynamodb put_item", 12, "store"),
            operation("aws-sdk-dynamodb query", 13, "store"),
        ],
        notes: Vec::new(),
    };
    let report = super::check(&manifest, &resources, &stage, &used, false).unwrap();
    assert_eq!(lists(&report), ["+ dynamodb:Query", "- sns:CreateTopic"]);
    assert_eq!(report.unused[0].source, ".chalice/policy-dev.json");
    assert_eq!(report.unused[0].functions.len(), 2);
}

#[test]
fn lines_are_of_handlers_by_their_names_and_modules() {
    let source = |module: &str, item: &str| Source {
        module: module.to_owned(),
        item: item.to_owned(),
        file: "src/main.rs".to_owned(),
        line: 1,
    };
    let place = |function: &str| Place {
        file: "src/main.rs".to_owned(),
        line: 3,
        function: Some(function.to_owned()),
    };
    assert!(is_within(&place("store"), &source("app::items", "store")));
    assert!(is_within(
        &place("inner::store"),
        &source("app::inner", "store")
    ));
    assert!(!is_within(&place("Shop::store"), &source("app", "store")));
    assert!(!is_within(&place("other"), &source("app", "store")));
    let elsewhere = Place {
        file: "src/other.rs".to_owned(),
        ..place("store")
    };
    assert!(!is_within(&elsewhere, &source("app", "store")));
}
