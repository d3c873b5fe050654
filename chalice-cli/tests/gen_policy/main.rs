//! `cargo chalice gen-policy`, and what `cargo chalice package` makes of an app without grants.
//!
//! The app of the fixture uses a stand-in for the AWS SDK with the names of its crates, modules and symbols, which is
//! built in a moment; `websocket-chat` uses the SDK itself.
#![cfg(all(target_os = "linux", target_env = "gnu"))]

mod project;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use self::project::{Project, said};

const PER_FUNCTION: &str =
    r#"{ "version": "2.0", "app_name": "fixture", "execution_roles": "per_function" }"#;

fn grant(line: u32, kind: &str, name: &str, arn: &str, actions: &[&str]) -> Value {
    json!({
        "actions": actions, "source": { "file": "src/main.rs", "line": line },
        "resources": [{ "kind": kind, "name": name, "variable": null, "arn": arn }],
    })
}

const TABLE: &str = "arn:{partition}:dynamodb:{region}:{account}:table/{name}";

fn write_orders() -> Value {
    let actions = [
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
    ];
    json!([grant(11, "table", "orders", TABLE, &actions)])
}

fn get_orders() -> Value {
    let actions = ["dynamodb:BatchGetItem", "dynamodb:GetItem"];
    json!([grant(15, "table", "orders", TABLE, &actions)])
}

fn get_photos() -> Value {
    let arn = "arn:{partition}:s3:::{name}/*";
    json!([grant(23, "bucket", "photos", arn, &["s3:GetObject"])])
}

const WARNING: &str = "\
warning: the app declares no grants, so its roles allow what the program uses of AWS on all resources: \
`dynamodb:GetItem` and `dynamodb:PutItem`; declare on which of them, in attributes of functions or in the app, and the \
roles allow nothing else:
    grants = [Table::named(\"..\").get(), Table::named(\"..\").write()]
";

#[test]
fn without_grants_all_that_the_program_uses_is_allowed_everywhere() {
    let project = Project::new();
    let output = project.run("gen-policy", &[]);
    assert_eq!(said(&output), WARNING);
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage"
      ],
      "Resource": "*"
    },
    {
      "Effect": "Allow",
      "Action": [
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:PutLogEvents"
      ],
      "Resource": "arn:*:logs:*:*:*"
    }
  ]
}
"#
    );
    assert_eq!(
        project.printed(&["--explain"]),
        "\
ACTION                  RESOURCE          BECAUSE                               FUNCTIONS  SOURCE
dynamodb:GetItem        *                 used, and no grants                   all
dynamodb:GetItem        *                 used: aws-sdk-dynamodb get_item                  src/main.rs:20
dynamodb:PutItem        *                 used, and no grants                   all
dynamodb:PutItem        *                 used: aws-sdk-dynamodb put_item                  src/main.rs:12
logs:CreateLogGroup     arn:*:logs:*:*:*  log                                   all
logs:CreateLogStream    arn:*:logs:*:*:*  log                                   all
logs:PutLogEvents       arn:*:logs:*:*:*  log                                   all
sqs:DeleteMessage       *                 event source report-sqs-event-source  report     src/main.rs:15
sqs:GetQueueAttributes  *                 event source report-sqs-event-source  report     src/main.rs:15
sqs:ReceiveMessage      *                 event source report-sqs-event-source  report     src/main.rs:15
"
    );
    // What is used is granted.
    let checked = project.run("gen-policy", &["--check"]);
    assert!(checked.status.success());
    assert_eq!(checked.stdout, b"");
    assert_eq!(
        said(&checked),
        format!("{WARNING}what the program uses of AWS and what is granted agree\n")
    );

    // The same is in the package.
    let output = project.package();
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains(WARNING), "{}", said(&output));
    let template = project.read("out/sam.json");
    let policy =
        &template["Resources"]["DefaultRole"]["Properties"]["Policies"][0]["PolicyDocument"];
    let statements = policy["Statement"].as_array().unwrap();
    assert_eq!(
        statements.last().unwrap(),
        &json!({ "Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:PutItem"], "Resource": "*" })
    );
}

/// Neither symbols nor paths tell what it uses; the debug build does.
#[test]
fn an_executable_that_tells_nothing_is_not_taken_for_one_that_uses_nothing() {
    let project = Project::new();
    let append = |path: &str, text: &str| {
        let path = project.0.path().join(path);
        let before = fs::read_to_string(&path).unwrap();
        fs::write(path, before + text).unwrap();
    };
    append("Cargo.toml", "\n[profile.release]\nstrip = true\n");
    let runtime = "\n#[used]\nstatic RUNTIME: &str = \"aws_smithy_runtime::client\";\n";
    append("src/main.rs", runtime);
    let output = project.package();
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains(WARNING), "{}", said(&output));
    assert!(project.0.path().join("target/debug").exists());
}

#[test]
fn the_policy_of_an_app_and_of_a_function() {
    let project = Project::with_grants(&write_orders(), &json!([]), &get_photos());
    project.write(".chalice/config.json", PER_FUNCTION);
    let group = "arn:*:logs:*:*:log-group:/aws/lambda/fixture-dev";
    let statement = |actions: &[&str], resource: Value| json!({ "Effect": "Allow", "Action": actions, "Resource": resource });
    let orders = statement(
        &[
            "dynamodb:BatchWriteItem",
            "dynamodb:DeleteItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
        ],
        json!("arn:*:dynamodb:*:*:table/orders"),
    );
    let photos = statement(&["s3:GetObject"], json!("arn:*:s3:::photos/*"));
    let output = project.run("gen-policy", &[]);
    assert_eq!(said(&output), "");
    let policy: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        policy,
        json!({ "Version": "2012-10-17", "Statement": [
            orders,
            statement(&["logs:CreateLogGroup"], json!([
                group, format!("{group}-report"), format!("{group}-report:*"), format!("{group}:*"),
            ])),
            statement(&["logs:CreateLogStream", "logs:PutLogEvents"], json!([
                format!("{group}-report:*"), format!("{group}:*"),
            ])),
            photos,
            statement(
                &["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
                json!("arn:*:sqs:*:*:reports"),
            ),
        ] })
    );
    let of_function = project.json(&["--function", "api_handler", "--stage", "prod"]);
    let group = "arn:*:logs:*:*:log-group:/aws/lambda/fixture-prod";
    assert_eq!(
        of_function["Statement"],
        json!([
            orders,
            statement(
                &["logs:CreateLogGroup"],
                json!([group, format!("{group}:*")])
            ),
            statement(
                &["logs:CreateLogStream", "logs:PutLogEvents"],
                json!(format!("{group}:*"))
            ),
            photos,
        ])
    );
    assert_eq!(
        project.printed(&["--function", "api_handler", "--explain"]),
        "\
ACTION                   RESOURCE                                            BECAUSE                          FUNCTIONS    SOURCE
dynamodb:BatchWriteItem  arn:*:dynamodb:*:*:table/orders                     grant                            api_handler  src/main.rs:11
dynamodb:DeleteItem      arn:*:dynamodb:*:*:table/orders                     grant                            api_handler  src/main.rs:11
dynamodb:PutItem         arn:*:dynamodb:*:*:table/orders                     grant                            api_handler  src/main.rs:11
dynamodb:PutItem         arn:*:dynamodb:*:*:table/orders                     used: aws-sdk-dynamodb put_item               src/main.rs:12
dynamodb:UpdateItem      arn:*:dynamodb:*:*:table/orders                     grant                            api_handler  src/main.rs:11
logs:CreateLogGroup      arn:*:logs:*:*:log-group:/aws/lambda/fixture-dev    log                              api_handler
logs:CreateLogGroup      arn:*:logs:*:*:log-group:/aws/lambda/fixture-dev:*  log                              api_handler
logs:CreateLogStream     arn:*:logs:*:*:log-group:/aws/lambda/fixture-dev:*  log                              api_handler
logs:PutLogEvents        arn:*:logs:*:*:log-group:/aws/lambda/fixture-dev:*  log                              api_handler
s3:GetObject             arn:*:s3:::photos/*                                 grant                            api_handler  src/main.rs:23
"
    );
    let explained = project.json(&["--function", "report", "--explain", "--format", "json"]);
    assert_eq!(
        explained["permissions"].as_array().unwrap().last().unwrap(),
        &json!({
            "effect": "Allow", "action": "sqs:ReceiveMessage", "resource": "arn:*:sqs:*:*:reports",
            "reasons": [{ "reason": "event_source", "event_source": "report-sqs-event-source",
                "functions": ["report"], "sources": ["src/main.rs:15"] }],
            "used_by": [],
        })
    );
    assert_eq!(
        project
            .printed(&["--function", "report", "--format", "table"])
            .lines()
            .last()
            .unwrap(),
        "sqs:ReceiveMessage      arn:*:sqs:*:*:reports"
    );
    assert_eq!(
        project.refused(&["--function", "reports"]),
        "the app `fixture` has no function `reports`; did you mean `report`?"
    );
    assert_eq!(
        project.refused(&["--function", "sweep"]),
        "the app `fixture` has no function `sweep`: it has `report` and `api_handler`"
    );

    // What a change brings.
    fs::write(project.0.path().join("policy.json"), policy.to_string()).unwrap();
    let same = project.run("gen-policy", &["--diff", "policy.json"]);
    assert!(same.status.success() && same.stdout.is_empty());
    assert_eq!(said(&same), "nothing has changed\n");
    let later = Project::with_grants(&write_orders(), &get_orders(), &json!([]));
    later.write(".chalice/config.json", PER_FUNCTION);
    later.write("policy.json", &policy.to_string());
    assert_eq!(
        later.printed(&["--diff", "policy.json"]),
        "   \
         ACTION                 RESOURCE\n\
         +  dynamodb:BatchGetItem  arn:*:dynamodb:*:*:table/orders\n\
         +  dynamodb:GetItem       arn:*:dynamodb:*:*:table/orders\n\
         -  s3:GetObject           arn:*:s3:::photos/*\n"
    );
    assert_eq!(
        later.json(&["--diff", "policy.json", "--format", "json"]),
        json!({
            "gained": [statement(
                &["dynamodb:BatchGetItem", "dynamodb:GetItem"],
                json!("arn:*:dynamodb:*:*:table/orders"),
            )],
            "lost": [photos],
        })
    );
    let error = later.refused(&["--diff", "missing.json"]);
    assert!(
        error.starts_with("cannot read missing.json, which `--diff` compares with: "),
        "{error}"
    );
}

#[test]
fn used_and_granted_are_compared() {
    let project = Project::with_grants(&write_orders(), &json!([]), &get_photos());
    project.write(".chalice/config.json", PER_FUNCTION);
    let output = project.run("gen-policy", &["--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stdout.clone()).unwrap(),
        "\
Used but not granted:
ACTION            OPERATION                  SOURCE
dynamodb:GetItem  aws-sdk-dynamodb get_item  src/main.rs:20

Granted but not used:
ACTION        FUNCTIONS            SOURCE
s3:GetObject  api_handler, report  src/main.rs:23
"
    );
    assert_eq!(
        said(&output),
        "note: what is not granted could be declared so:\n    grants = [Table::named(\"..\").get()]\n\
         error: the program and its permissions in the stage `dev` disagree: 1 action is used and not granted, 1 action \
         is granted and not used; declare what is used in `grants`, and leave out what is not\n"
    );
    let output = project.run("gen-policy", &["--check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["agree"], false);
    assert_eq!(
        report["granted_but_not_used"],
        json!([{ "action": "s3:GetObject", "functions": ["api_handler", "report"], "source": "src/main.rs:23" }])
    );

    let mended = Project::with_grants(&write_orders(), &get_orders(), &json!([]));
    mended.write(".chalice/config.json", PER_FUNCTION);
    assert_eq!(mended.printed(&["--check"]), "");
    assert_eq!(mended.json(&["--check", "--format", "json"])["agree"], true);
}

#[test]
fn roles_that_are_not_made_of_the_app() {
    let project = Project::new();
    let own_policy = r#"{ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": ["dynamodb:*Item", "logs:*"], "Resource": "*" }] }"#;
    project.write(".chalice/policy-dev.json", own_policy);
    let existing =
        r#""manage_iam_role": false, "iam_role_arn": "arn:aws:iam::123456789012:role/mine""#;
    project.write(
        ".chalice/config.json",
        &format!(
            r#"{{ "version": "2.0", "app_name": "fixture", "stages": {{
                "dev": {{ "autogen_policy": false }},
                "mixed": {{ "lambda_functions": {{ "report": {{ {existing} }} }} }},
                "other": {{ {existing} }},
                "two": {{ "autogen_policy": false, "iam_policy_file": "policy-dev.json", "lambda_functions": {{
                    "report": {{ "iam_policy_file": "policy-report.json" }} }} }} }} }}"#
        ),
    );
    let of_report = own_policy.replace("dynamodb:*Item", "dynamodb:Scan");
    project.write(".chalice/policy-report.json", &of_report);
    // The file is all functions' policy.
    assert_eq!(
        project.json(&[]),
        serde_json::from_str::<Value>(own_policy).unwrap()
    );
    assert_eq!(
        project.printed(&["--explain"]),
        "\
ACTION          RESOURCE  BECAUSE      SOURCE
dynamodb:*Item  *         policy file  .chalice/policy-dev.json
logs:*          *         policy file  .chalice/policy-dev.json
"
    );
    assert_eq!(project.printed(&["--check"]), "");
    // One function has a role that exists, the others one that is made of the app.
    let mixed = project.run("gen-policy", &["--stage", "mixed"]);
    assert_eq!(
        said(&mixed),
        format!(
            "{WARNING}note: the function `report` has the role arn:aws:iam::123456789012:role/mine, which exists: what it \
             allows is not made of the app\n"
        )
    );
    let text = String::from_utf8(mixed.stdout).unwrap();
    assert!(
        text.contains("dynamodb:PutItem") && !text.contains("sqs:"),
        "{text}"
    );
    let refused = project.refused(&["--stage", "mixed", "--function", "report"]);
    assert_eq!(
        refused,
        "the function `report` has the role arn:aws:iam::123456789012:role/mine, which exists: what it allows is in AWS \
         IAM and not made of the app"
    );
    assert_eq!(
        project.refused(&["--stage", "other"]),
        "the roles of all functions exist: what they allow is in AWS IAM and not made of the app"
    );
    // Each has a file of its own.
    assert_eq!(
        project.refused(&["--stage", "two"]),
        "no policy of the stage is made of the app: name a function, `--function NAME`, of `report` and `api_handler`"
    );
    let policy = project.json(&["--stage", "two", "--function", "report"]);
    assert_eq!(policy["Statement"][0]["Action"][0], "dynamodb:Scan");
}

#[test]
fn options_that_exclude_each_other() {
    let project = Project::new();
    for arguments in [
        ["--check", "--explain"],
        ["--check", "--function=report"],
        ["--explain", "--diff=policy.json"],
        ["--check", "--diff=policy.json"],
    ] {
        let output = project.run("gen-policy", &arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            said(&output).contains("cannot be used with"),
            "{}",
            said(&output)
        );
    }
}

/// The SDK itself: what the program uses of it, and neither what gets credentials nor what the framework sends.
#[test]
fn an_example_that_uses_the_sdk() {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-chalice"))
        .args(["chalice", "gen-policy", "--package", "websocket-chat"])
        .args(["--function", "websocket_connect"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap())
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap(),
        )
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let policy: Value = serde_json::from_slice(&output.stdout).unwrap();
    let used = json!([
        "dynamodb:BatchWriteItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:DeleteItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:UpdateItem",
    ]);
    assert_eq!(
        policy["Statement"][0],
        json!({ "Effect": "Allow", "Action": used, "Resource": "*" })
    );
    let actions: Vec<&Value> = policy["Statement"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|statement| statement["Action"].as_array().unwrap())
        .collect();
    assert!(actions.contains(&&json!("execute-api:ManageConnections")));
    assert!(!actions.contains(&&json!("sts:AssumeRole")));
}
