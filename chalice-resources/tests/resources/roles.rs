//! The execution roles, and what they permit.

use chalice_resources::{FunctionRole, PolicyDocument, Resources, Statement};

use super::of;

/// The actions of a role's generated policy, with what they are allowed on.
pub(crate) fn actions(resources: &Resources, role: &str) -> Vec<String> {
    let role = resources.roles.iter().find(|it| it.name == role).unwrap();
    let PolicyDocument::Generated(statements) = &role.policy else {
        panic!("{role:?}");
    };
    let texts = statements.iter().flat_map(
        |Statement {
             actions, resources, ..
         }| {
            let on = resources
                .iter()
                .map(|arn| arn.text("aws", "eu-west-1", "123456789012", "wsid"));
            let on = on.collect::<Vec<_>>().join(" ");
            actions.iter().map(move |action| format!("{action} {on}"))
        },
    );
    texts.collect()
}

#[test]
fn functions_share_a_role_that_permits_what_one_of_them_needs() {
    let resources = of("");
    assert_eq!(resources.roles.len(), 1);
    let role = resources.roles.iter().next().unwrap();
    assert_eq!(
        (&*role.name, &*role.role_name),
        ("default-role", "shop-dev")
    );
    assert_eq!(
        actions(&resources, "default-role"),
        [
            "logs:CreateLogGroup arn:*:logs:*:*:*",
            "logs:CreateLogStream arn:*:logs:*:*:*",
            "logs:PutLogEvents arn:*:logs:*:*:*",
            "sqs:ReceiveMessage *",
            "sqs:DeleteMessage *",
            "sqs:GetQueueAttributes *",
            "kinesis:GetRecords *",
            "kinesis:GetShardIterator *",
            "kinesis:DescribeStream *",
            "kinesis:ListStreams *",
            "execute-api:ManageConnections arn:*:execute-api:*:*:*/@connections/*",
            "s3:PutObject arn:aws:s3:::lost-clicks/*",
            "s3:ListBucket arn:aws:s3:::lost-clicks",
            "sqs:SendMessage arn:aws:sqs:eu-west-1:123456789012:lost",
        ]
    );
}

#[test]
fn a_function_whose_role_differs_has_its_own() {
    let boundary = "arn:aws:iam::123456789012:policy/limit";
    let existing = "arn:aws:iam::123456789012:role/mine";
    let resources = of(&format!(
        r#", "lambda_functions": {{
            "pure": {{"permissions_boundary": {boundary:?}}},
            "click": {{"manage_iam_role": false, "iam_role_arn": {existing:?}}}
        }}"#
    ));
    let names = resources
        .roles
        .iter()
        .map(|role| (&*role.name, &*role.role_name));
    assert_eq!(
        names.collect::<Vec<_>>(),
        [("pure_role", "shop-dev-pure"), ("default-role", "shop-dev")]
    );
    assert_eq!(
        actions(&resources, "pure_role").last().unwrap(),
        "sqs:SendMessage arn:aws:sqs:eu-west-1:123456789012:lost"
    );
    let of_default_role = actions(&resources, "default-role").join("\n");
    assert!(!of_default_role.contains("kinesis:"), "{of_default_role}");
    let click = resources
        .functions
        .iter()
        .find(|it| it.name == "click")
        .unwrap();
    let FunctionRole::Existing(arn) = &click.role else {
        panic!("{click:?}");
    };
    assert_eq!(arn.as_str(), existing);
}

/// The roles of functions that each have their own, with all that they permit but to write logs.
fn own_roles(settings: &str) -> Vec<(String, Vec<String>)> {
    let resources = of(&format!(r#", "execution_roles": "per_function"{settings}"#));
    assert_eq!(resources.roles.len(), resources.functions.len());
    let functions = resources.functions.iter();
    functions
        .map(|function| {
            let FunctionRole::Managed(role) = &function.role else {
                panic!("{function:?}");
            };
            let role = &resources.roles[*role];
            assert_eq!(role.name, format!("{}_role", function.name));
            assert_eq!(role.role_name, format!("shop-dev-{}", function.name));
            let group = format!(
                "arn:aws:logs:eu-west-1:123456789012:log-group:{}",
                function.log_group_name()
            );
            let mut expected = vec![
                format!("logs:CreateLogStream {group}:*"),
                format!("logs:PutLogEvents {group}:*"),
            ];
            if function.log_group.is_none() {
                expected.insert(0, format!("logs:CreateLogGroup {group} {group}:*"));
            }
            let mut actions = actions(&resources, &role.name);
            let rest = actions.split_off(expected.len());
            assert_eq!(actions, expected);
            (function.name.clone(), rest)
        })
        .collect()
}

#[test]
fn a_role_of_one_function_permits_what_that_one_needs_on_what_it_needs_it() {
    let of_streams = |stream: &str, actions: &[&str]| -> Vec<String> {
        actions
            .iter()
            .map(|action| format!("kinesis:{action} {stream}"))
            .collect()
    };
    let connections = "execute-api:ManageConnections \
                       arn:aws:execute-api:eu-west-1:123456789012:wsid/api/*/@connections/*";
    for (function, permitted) in own_roles("") {
        let expected: Vec<String> = match &*function {
            "pure" => vec!["sqs:SendMessage arn:aws:sqs:eu-west-1:123456789012:lost".to_owned()],
            "order" => ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"]
                .map(|action| format!("sqs:{action} arn:aws:sqs:eu-west-1:123456789012:orders"))
                .to_vec(),
            "click" => {
                let mut expected = of_streams(
                    "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks",
                    &[
                        "GetRecords",
                        "GetShardIterator",
                        "DescribeStream",
                        "DescribeStreamSummary",
                        "ListShards",
                    ],
                );
                expected.extend(of_streams("*", &["ListStreams"]));
                expected.push("s3:PutObject arn:aws:s3:::lost-clicks/*".to_owned());
                expected.push("s3:ListBucket arn:aws:s3:::lost-clicks".to_owned());
                expected
            }
            "cheer" | "websocket_connect" | "websocket_message" | "websocket_disconnect" => {
                vec![connections.to_owned()]
            }
            // What invokes these does so with permissions of its own.
            "sweep" | "resize" | "notify" | "key" | "api_handler" => Vec::new(),
            other => panic!("{other}"),
        };
        assert_eq!(permitted, expected, "{function}");
    }
}

#[test]
fn settings_of_a_function_are_matters_of_its_role_alone() {
    let roles = own_roles(
        r#", "lambda_functions": {"sweep": {
            "log_retention_in_days": 7, "xray": true,
            "subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"],
            "dead_letter": "arn:aws:sns:eu-west-1:123456789012:dead"
        }}"#,
    );
    let permitted = |name: &str| &roles.iter().find(|(it, _)| it == name).unwrap().1;
    assert_eq!(
        permitted("sweep")[..],
        [
            "ec2:CreateNetworkInterface *",
            "ec2:DescribeNetworkInterfaces *",
            "ec2:DescribeSubnets *",
            "ec2:DeleteNetworkInterface *",
            "ec2:AssignPrivateIpAddresses *",
            "ec2:UnassignPrivateIpAddresses *",
            "xray:PutTraceSegments *",
            "xray:PutTelemetryRecords *",
            "sns:Publish arn:aws:sns:eu-west-1:123456789012:dead",
        ]
    );
    assert!(permitted("resize").is_empty());
}
