//! What settings mean for each other.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{framed, shown, stage};
use crate::*;

/// What is wrong between the settings of the stage `dev`.
fn findings(config: Value) -> Vec<String> {
    match stage(config, "dev").check(None) {
        Ok(()) => Vec::new(),
        Err(error) => shown(error),
    }
}

fn finds(config: Value, expected: &[&str]) {
    let findings = findings(config.clone());
    assert_eq!(findings.len(), expected.len(), "{config}: {findings:#?}");
    for (finding, expected) in findings.iter().zip(expected) {
        assert!(finding.starts_with(expected), "{finding}");
    }
}

#[test]
fn half_a_vpc() {
    finds(
        json!({ "subnet_ids": ["subnet-1"] }),
        &[
            "`security_group_ids` is missing: AWS Lambda connects a function to a VPC by both, and `subnet_ids` is there; ",
        ],
    );
    finds(
        json!({ "stages": { "dev": {
            "security_group_ids": ["sg-1"], "lambda_functions": { "f": { "subnet_ids": ["subnet-1"] } },
        } } }),
        &["`stages.dev.subnet_ids` is missing: "],
    );
    finds(
        json!({ "subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"], "stages": { "dev": { "lambda_functions": {
            "f": { "security_group_ids": [] },
        } } } }),
        &[
            "`stages.dev.lambda_functions.f.security_group_ids` is an empty list: AWS Lambda connects ",
        ],
    );
}

#[test]
fn roles() {
    finds(
        json!({ "lambda_functions": { "f": { "manage_iam_role": false } }, "stages": { "dev": {} } }),
        &[
            "`stages.dev.iam_role_arn` is missing: `manage_iam_role` is false, so no role is created, ",
        ],
    );
    let arn = "arn:aws:iam::123456789012:role/a";
    let config = json!({ "manage_iam_role": false, "iam_role_arn": arn, "autogen_policy": false });
    finds(config.clone(), &[]);
    let role = stage(config, "dev").every_function().role;
    assert_eq!(role, Role::Existing(IamRoleArn::new(arn).unwrap()));
    let notices = stage(
        json!({ "iam_role_arn": arn, "iam_policy_file": "a.json" }),
        "dev",
    )
    .notices(None);
    let keys: Vec<&str> = notices.iter().map(|notice| notice.key.as_str()).collect();
    assert_eq!(keys, ["iam_policy_file", "iam_role_arn"]);
    let used = json!({ "iam_policy_file": "a.json", "lambda_functions": { "f": { "autogen_policy": false } } });
    let used = stage(used, "dev");
    assert_eq!(used.notices(None), []);
    assert_eq!(used.notices(Some(&["g"])).len(), 1);
    let given = CommandLine {
        autogen_policy: Some(true),
        ..CommandLine::default()
    };
    let notices = used.with_command_line(given).notices(Some(&["f"]));
    assert_eq!(
        notices[0].to_string(),
        "`iam_policy_file` is \"a.json\": the command line has --autogen-policy, so it has no effect; leave \
         --autogen-policy out"
    );
    let managed = stage(
        json!({ "role_path": "/a/", "permissions_boundary": "arn:aws:iam::aws:policy/A" }),
        "dev",
    );
    assert_eq!(
        managed.every_function().role,
        Role::Managed {
            policy: RolePolicy::Generated,
            permissions_boundary: Some(
                PermissionsBoundary::new("arn:aws:iam::aws:policy/A").unwrap()
            ),
            path: RolePath::new("/a/").unwrap(),
        }
    );
}

#[test]
fn policy_files() {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path().join(".chalice");
    fs::create_dir(&folder).unwrap();
    let path = project.path().join(PATH);
    let check = |config: Value| {
        let text = framed(config).to_string();
        let stage = Config::parse(&path, &text).unwrap().stage("dev").unwrap();
        stage.check(None).map_or_else(shown, |()| Vec::new())
    };
    let absent = folder.join("policy-dev.json");
    let findings = check(json!({ "autogen_policy": false, "stages": { "dev": {} } }));
    let expected = format!(
        "`stages.dev.iam_policy_file` is missing: `autogen_policy` is false, so the role's policy stands in a file, and \
         the file {} cannot be read: ",
        absent.display()
    );
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].starts_with(&expected), "{findings:?}");
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
    fs::write(&absent, policy).unwrap();
    assert_eq!(check(json!({ "autogen_policy": false })), [] as [&str; 0]);
    fs::write(folder.join("other.json"), "{").unwrap();
    let findings = check(json!({
        "autogen_policy": false,
        "iam_policy_file": "other.json",
        "api_gateway_policy_file": "policy-${stage}.json",
    }));
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(
        findings[0].starts_with("`api_gateway_policy_file` is \"policy-dev.json\": the policy in ")
    );
    assert!(findings[0].contains("to whom it applies; write `Principal`"));
    assert!(findings[1].starts_with("`iam_policy_file` is \"other.json\": the file "));
    assert!(findings[1].contains("is not JSON"));
}

#[test]
fn concurrency() {
    finds(
        json!({ "reserved_concurrency": 5, "provisioned_concurrency": 5 }),
        &[],
    );
    finds(
        json!({ "reserved_concurrency": 4, "stages": { "dev": { "provisioned_concurrency": 5 } } }),
        &[
            "`stages.dev.provisioned_concurrency` is 5: AWS Lambda takes provisioned concurrency from the reserved one, of \
           which there is 4; ",
        ],
    );
}

#[test]
fn snap_start() {
    let published =
        "`snap_start` is \"PublishedVersions\": AWS Lambda does not start functions with";
    finds(
        json!({ "snap_start": "PublishedVersions", "ephemeral_storage": 512 }),
        &[],
    );
    finds(
        json!({ "snap_start": "None", "ephemeral_storage": 513, "provisioned_concurrency": 1 }),
        &[],
    );
    finds(
        json!({ "snap_start": "PublishedVersions", "ephemeral_storage": 513, "provisioned_concurrency": 1 }),
        &[
            &format!("{published} provisioned concurrency from a snapshot"),
            &format!("{published} more than 512 MB of /tmp from a snapshot"),
        ],
    );
    let dev = stage(json!({ "snap_start": "PublishedVersions" }), "dev");
    assert_eq!(dev.every_function().alias().unwrap().as_str(), "live");
    let provisioned = json!({ "concurrent_executions": 1, "alias": "now" });
    let provisioned = stage(json!({ "provisioned_concurrency": provisioned }), "dev");
    let alias = provisioned.every_function().alias();
    assert_eq!(alias.unwrap().as_str(), "now");
    assert_eq!(stage(json!({}), "dev").every_function().alias(), None);
    let notices = dev.notices(None);
    assert_eq!(notices.len(), 1);
    assert!(notices[0].refusal.reason.contains("Java, Python and .NET"));
}

#[test]
fn a_file_system_needs_a_vpc() {
    let efs = json!({
        "access_point_arn": "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0",
        "local_mount_path": "/mnt/data",
    });
    finds(
        json!({ "efs": efs }),
        &["`efs` is an object: a file system is mounted through a VPC, and "],
    );
    finds(
        json!({ "efs": efs, "subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"] }),
        &[],
    );
}

#[test]
fn sizes_after_merging() {
    let variables = |name: &str| json!({ name: "x".repeat(2048) });
    finds(json!({ "environment_variables": variables("A1") }), &[]);
    finds(
        json!({
            "environment_variables": variables("A1"),
            "stages": { "dev": { "lambda_functions": { "f": { "environment_variables": variables("A2") } } } },
        }),
        &[
            "`stages.dev.lambda_functions.f.environment_variables` is an object: the environment variables of a function \
           have 4100 bytes, and AWS Lambda takes 4 KB; ",
        ],
    );
    let tags = |of: &str| {
        (0..30)
            .map(|n| (format!("{of}{n}"), json!("a")))
            .collect::<serde_json::Map<_, _>>()
    };
    finds(
        json!({ "tags": tags("a"), "stages": { "dev": { "tags": tags("b") } } }),
        &["`stages.dev.tags` is an object: 60 tags are more than the 50 that AWS takes, "],
    );
}

#[test]
fn names_of_functions() {
    let long = "f".repeat(54);
    // images-dev-f.. has 65 characters.
    finds(
        json!({ "lambda_functions": { long.as_str(): {}, &long[1..]: {} } }),
        &[&format!(
            "`stages.dev.lambda_functions.{long}` is an object: its function would be called `images-dev-{long}`, and it \
             has 65 characters"
        )],
    );
}

/// What is asked for need not be in the file, and becomes a part of names and paths all the same.
#[test]
fn names_of_stages() {
    for (name, key, problem) in [
        ("", "stages.\"\"", "a name has at least one character"),
        ("../x", "stages.\"../x\"", "'.' is not allowed"),
        (
            &"x".repeat(70),
            &format!("stages.{}", "x".repeat(70)),
            "it has 70 characters",
        ),
    ] {
        for functions in [None, Some(&["api_handler", "resize"][..])] {
            let error = stage(json!({ "stages": { "dev": {} } }), name).check(functions);
            let problems = shown(error.unwrap_err());
            assert_eq!(problems.len(), 1, "{problems:?}");
            let expected = format!(
                "`{key}` is the stage that is asked for: it is a part of the names of its functions, and {problem}"
            );
            assert!(problems[0].starts_with(&expected), "{problems:?}");
        }
    }
    // Of one in the file, it is said once, where it stands.
    let text = framed(json!({ "stages": { "a b": {} } })).to_string();
    let path = Path::new(PATH);
    let error = Config::parse_stage(path, &text, "a b", CommandLine::default(), None).unwrap_err();
    assert_eq!(
        shown(error),
        [
            "`stages.\"a b\"` is an object: its key is the name of a stage, and ' ' is not allowed: AWS Lambda takes \
             letters, digits, `-` and `_` in a function's name; choose another name"
        ]
    );
}

#[test]
fn domains() {
    let domain = |region: &str, tls: &str| {
        json!({
            "domain_name": "a.example.com",
            "certificate_arn": format!("arn:aws:acm:{region}:123456789012:certificate/c"),
            "tls_version": tls,
        })
    };
    finds(
        json!({ "api_gateway_custom_domain": domain("us-east-1", "TLS_1_0") }),
        &[],
    );
    finds(
        json!({ "api_gateway_custom_domain": domain("us-west-2", "TLS_1_2") }),
        &[
            "`api_gateway_custom_domain` is an object: endpoints of the type EDGE have certificates in us-east-1, since \
           Amazon CloudFront takes no others, and this one is in us-west-2; ",
        ],
    );
    finds(
        json!({
            "api_gateway_endpoint_type": "REGIONAL",
            "api_gateway_custom_domain": domain("us-west-2", "TLS_1_2"),
            "websocket_api_custom_domain": domain("us-west-2", "TLS_1_0"),
        }),
        &[
            "`websocket_api_custom_domain` is with TLS_1_0: Amazon API Gateway serves WebSocket APIs by TLS 1.2 and newer",
            "`websocket_api_custom_domain` is in a.example.com: Amazon API Gateway takes no WebSocket API in the domain",
        ],
    );
    finds(
        json!({
            "api_gateway_endpoint_type": "PRIVATE",
            "api_gateway_endpoint_vpce": "vpce-1",
            "api_gateway_custom_domain": domain("us-west-2", "TLS_1_2"),
        }),
        &[
            "`api_gateway_custom_domain` is an object: Amazon API Gateway gives private APIs domains of another kind",
        ],
    );
}

#[test]
fn what_http_apis_have_not() {
    let firehose = "arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-a";
    finds(
        json!({
            "api_type": "http",
            "api_gateway_endpoint_type": "EDGE",
            "minimum_compression_size": 0,
            "request_validation": "body",
            "access_log": { "destination": firehose },
            "api_gateway_custom_domain": {
                "domain_name": "a.example.com",
                "certificate_arn": "arn:aws:acm:us-west-2:123456789012:certificate/c",
                "tls_version": "TLS_1_0",
            },
        }),
        &[
            "`api_gateway_custom_domain` is with TLS_1_0: Amazon API Gateway serves HTTP APIs by TLS 1.2 and newer alone",
            "`api_gateway_endpoint_type` is \"EDGE\": `api_type` is http, and of Amazon API Gateway's products REST APIs",
            "`minimum_compression_size` is 0: `api_type` is http",
            "`request_validation` is \"body\": `api_type` is http, and of Amazon API Gateway's products REST APIs alone have",
            "`access_log` is an object: `api_type` is http, and HTTP APIs write their access log to log groups alone",
        ],
    );
    let config = json!({
        "api_type": "http",
        "api_gateway_endpoint_type": "REGIONAL",
        "api_gateway_stage": "$default",
        "request_validation": "none",
    });
    finds(config, &[]);
    finds(
        json!({ "api_gateway_stage": "$default" }),
        &[
            "`api_gateway_stage` is \"$default\": of Amazon API Gateway's products HTTP APIs alone have that stage; ",
        ],
    );
    let api = stage(json!({ "api_type": "http" }), "dev").api();
    assert_eq!(api.endpoint, Endpoint::Regional);
}

/// What is wrong with a value is no reason to say that another one lacks it.
#[test]
fn no_consequence_of_a_problem_is_told_beside_it() {
    let load = |config: Value| {
        let text = framed(config).to_string();
        shown(
            Config::parse_stage(Path::new(PATH), &text, "dev", CommandLine::default(), None)
                .unwrap_err(),
        )
    };
    let problems = load(json!({
        "security_group_ids": ["sg-1"],
        "stages": {
            "dev": { "subnet_ids": "subnet-1", "reserved_concurrency": 1, "provisioned_concurrency": 2 },
            "prod": { "reserved_concurrency": "1" },
        },
    }));
    assert_eq!(problems.len(), 3, "{problems:#?}");
    assert!(problems[0].starts_with(
        "`stages.dev.subnet_ids` is \"subnet-1\": a list of ids of subnets is expected"
    ));
    assert!(problems[1].starts_with("`stages.prod.reserved_concurrency` is \"1\": "));
    assert!(problems[2].starts_with("`stages.dev.provisioned_concurrency` is 2: "));
}

#[test]
fn all_elements_of_a_list_are_checked() {
    let problems = super::problems(json!({
        "layers": ["a", "b"],
        "subnet_ids": ["c", "subnet-1", "subnet-1"],
        "api_gateway_endpoint_vpce": ["d e", ""],
    }));
    let keys: Vec<&str> = problems
        .iter()
        .map(|problem| problem.split(' ').next().unwrap())
        .collect();
    assert_eq!(
        keys,
        [
            "`api_gateway_endpoint_vpce[0]`",
            "`api_gateway_endpoint_vpce[1]`",
            "`layers[0]`",
            "`layers[1]`",
            "`subnet_ids[0]`",
            "`subnet_ids[2]`",
        ]
    );
}

#[test]
fn functions_of_the_app() {
    let dev = stage(
        json!({
            "autogen_policy": false,
            "lambda_functions": { "resise": {}, "other": {} },
            "stages": { "dev": { "lambda_functions": { "resize": { "autogen_policy": true }, "other": {} } } },
        }),
        "dev",
    );
    let problems = shown(dev.check(Some(&["resize", "api_handler"])).unwrap_err());
    let expected = [
        "`lambda_functions.other` is an object: the app has no function of that name; leave it out; the app has `resize` \
         and `api_handler`",
        "`stages.dev.lambda_functions.other` is an object: the app has no function of that name; leave it out; the app has \
         `resize` and `api_handler`",
        "`lambda_functions.resise` is an object: the app has no function of that name; did you mean `resize`?",
        // What the stage has not for single functions is for those of the app alone.
        "`stages.dev.iam_policy_file` is missing: `autogen_policy` is false, so the role's policy stands in a file, and",
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem}");
    }
    let dev = stage(
        json!({ "autogen_policy": false, "lambda_functions": { "a": { "autogen_policy": true } } }),
        "dev",
    );
    dev.check(Some(&["a"])).unwrap();
    dev.check(None).unwrap_err();
}
