//! What each key takes and refuses: when a file is read, and by the schema for editors.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{framed, json_schema::validator, parse};
use crate::key;

const ACCOUNT: &str = "123456789012";

/// Of each key with a value: some that are taken, and some that are refused.
fn samples() -> Vec<(&'static str, Value, Value)> {
    let arn = |text: &str| text.replace("ACCOUNT", ACCOUNT);
    let domain = |change: &str, value: Value| {
        let mut domain = json!({
            "domain_name": "api.example.com",
            "certificate_arn": arn("arn:aws:acm:us-east-1:ACCOUNT:certificate/c"),
        });
        domain[change] = value;
        domain
    };
    let domains = || {
        (
            json!([
                domain("url_prefix", json!("v1/${stage}")),
                domain("url_prefix", json!("v1/a.b")),
                domain("tls_version", json!("TLS_1_0")),
                domain("tls_version", json!("TLS_1_1")),
                domain("tags", json!({ "a": "b" })),
                domain("domain_name", json!("*.a-b.example")),
            ]),
            json!([
                {},
                "api.example.com",
                domain("url_prefix", json!("/v1")),
                domain("url_prefix", json!("v1/")),
                domain("url_prefix", json!("")),
                domain("tls_version", json!("TLS_1_3")),
                domain("tags", json!({ "aws:a": "b" })),
                domain("domain_name", json!("Example.com")),
                domain("domain_name", json!("localhost")),
                domain("domain_name", json!("https://example.com")),
                domain("domain_name", json!("a.*.example.com")),
                domain("certificate_arn", json!("certificate/c")),
                domain("url", json!("a")),
            ]),
        )
    };
    let layer = |name: &str, version: u32| {
        format!("arn:aws:lambda:us-west-2:{ACCOUNT}:layer:{name}:{version}")
    };
    let efs = |arn: &str, path: &str| json!({ "access_point_arn": arn, "local_mount_path": path });
    let fsap =
        arn("arn:aws:elasticfilesystem:us-east-1:ACCOUNT:access-point/fsap-0123456789abcdef0");
    let url = |cors: Value| json!({ "auth_type": "NONE", "cors": cors });
    vec![
        ("$schema", json!(["./config.schema.json"]), json!([[], 1])),
        (
            "version",
            json!(["2.0", 2.0]),
            json!(["1.0", "2", 1.0, 3, true]),
        ),
        (
            "app_name",
            json!(["a", "my-App_1", "x".repeat(60)]),
            json!(["", "my app", "x".repeat(61), 7, "${stage}"]),
        ),
        (
            "stages",
            json!([{}, { "dev": {}, "prod-2": {} }]),
            json!([[], { "a.b": {} }, { "dev": 1 }]),
        ),
        (
            "lambda_functions",
            json!([{}, { "f": {} }]),
            json!([[], { "a.b": {} }, { "f": "x" }]),
        ),
        (
            "execution_roles",
            json!(["shared", "per_function"]),
            json!(["default", "per-function", true]),
        ),
        (
            "s3_events",
            json!(["notification", "eventbridge"]),
            json!(["EventBridge", "event_bridge", "", true, ["notification"]]),
        ),
        (
            "state_bucket",
            json!(["my-team-state", "abc", "state.${stage}", "x".repeat(63)]),
            json!([
                "",
                "ab",
                "My-Bucket",
                "s3://state",
                "a_b",
                "x".repeat(64),
                1
            ]),
        ),
        (
            "api_type",
            json!(["rest", "http"]),
            json!(["REST", "websocket", 1]),
        ),
        (
            "api_gateway_stage",
            json!(["api", "v-1_a", "${stage}", "$default", "x".repeat(128)]),
            json!(["", "my api", "$other", "x".repeat(129), 1]),
        ),
        (
            "api_gateway_endpoint_type",
            json!(["EDGE", "REGIONAL", "PRIVATE"]),
            json!(["edge", "", 1]),
        ),
        (
            "api_gateway_endpoint_vpce",
            json!(["vpce-1", ["vpce-1", "vpce-2"], "vpce-${stage}"]),
            json!([[], "", ["a b"], 1]),
        ),
        (
            "api_gateway_policy_file",
            json!(["policy.json", "a/${stage}.json"]),
            json!(["", 1, {}]),
        ),
        ("api_gateway_custom_domain", domains().0, domains().1),
        ("websocket_api_custom_domain", domains().0, domains().1),
        (
            "minimum_compression_size",
            json!([0, 1024, 10_485_760]),
            json!([-1, 10_485_761, "1", 1.5]),
        ),
        (
            "request_validation",
            json!(["none", "body", "parameters", "all"]),
            json!(["params", "BODY", true, ["body"]]),
        ),
        (
            "access_log",
            json!([
                {}, { "retention_in_days": 7 }, { "format": "$context.requestId $context.status" },
                { "destination": arn("arn:aws:logs:us-east-1:ACCOUNT:log-group:/api/${stage}") },
                { "destination": arn("arn:aws:firehose:us-east-1:ACCOUNT:deliverystream/amazon-apigateway-x") },
            ]),
            json!([
                true, { "format": "$context.status" }, { "format": "$context.requestId\n" }, { "retention_in_days": 2 },
                { "destination": arn("arn:aws:firehose:us-east-1:ACCOUNT:deliverystream/x") },
                { "destination": arn("arn:aws:logs:us-east-1:ACCOUNT:log-group:a:*") }, { "group": "a" },
                { "destination": arn("arn:aws:logs:us-east-1:ACCOUNT:log-group:a"), "retention_in_days": 7 },
            ]),
        ),
        (
            "throttling",
            json!([{ "rate_limit": 0.5, "burst_limit": 1 }, { "rate_limit": 0, "burst_limit": 0 }]),
            json!([10, {}, { "rate_limit": 1 }, { "rate_limit": -1, "burst_limit": 1 }, { "rate_limit": 1, "burst_limit": 1.5 },
                { "rate_limit": "1", "burst_limit": 1 }, { "rate_limit": 1, "burst_limit": 1, "quota": 1 }]),
        ),
        (
            "lambda_architecture",
            json!(["x86_64", "arm64"]),
            json!(["arm", "x86", 64]),
        ),
        (
            "package_files",
            json!([
                [],
                [
                    "templates",
                    "data/${stage}.json",
                    "a.b/",
                    "..a/.b",
                    "bootstrap.css",
                    "a/bootstrap"
                ],
            ]),
            json!([
                "templates",
                [1],
                [""],
                ["/"],
                ["."],
                [".."],
                ["/etc/passwd"],
                ["../a"],
                ["a/../b"],
                ["a/.."],
                ["./a"],
                ["a//b"],
                ["a\\b"],
                ["a\nb"],
                ["bootstrap"],
                ["bootstrap/"],
                ["bootstrap/a"],
            ]),
        ),
        ("automatic_layer", json!([true, false]), json!(["true", 0])),
        (
            "environment_variables",
            json!([{}, { "TABLE": "t", "A1": "" }, { "A1": { "ssm": "/a", "version": 1 } },
                { "A1": { "secrets_manager": "a/b", "key": "k" } }]),
            json!([[], { "A1": 1 }, { "AWS_REGION": "a" }, { "A": "one letter" }, { "_A": "" }, { "A1": { "ssm": "a b" } },
                { "A1": { "secrets_manager": "a", "key": "a:b" } }, { "A1": { "parameter": "a" } }, { "A1": ["a"] }]),
        ),
        (
            "tags",
            json!([{}, { "team": "a b", "ünï:/=+-@": "ä" }, { "x".repeat(128): "y".repeat(256) }]),
            json!([[], { "": "a" }, { "aws:x": "a" }, { "AWS:x": "a" }, { "a": 1 }, { "a": "#" }, { "a#": "" },
                { "x".repeat(129): "y" }, { "x": "y".repeat(257) }, { "aws-chalice": "a" }]),
        ),
        (
            "lambda_timeout",
            json!([1, 900]),
            json!([0, 901, -1, 1.5, "60", true, u64::MAX]),
        ),
        (
            "lambda_memory_size",
            json!([128, 10_240]),
            json!([127, 10_241, -1, 200.5, "128", u64::MAX]),
        ),
        (
            "ephemeral_storage",
            json!([512, 10_240]),
            json!([511, 10_241, "512", {}]),
        ),
        (
            "reserved_concurrency",
            json!([0, 5]),
            json!([-1, 0.5, "5", u64::MAX]),
        ),
        (
            "provisioned_concurrency",
            json!([1, { "concurrent_executions": 5 }, { "concurrent_executions": 5, "alias": "live-1" }]),
            json!([0, "1", {}, { "alias": "live" }, { "concurrent_executions": 5, "alias": "12" },
                { "concurrent_executions": 5, "alias": "a b" }, { "concurrent_executions": 0 },
                { "concurrent_executions": 5, "name": "live" }]),
        ),
        (
            "snap_start",
            json!(["None", "PublishedVersions"]),
            json!([true, "none"]),
        ),
        (
            "layers",
            json!([
                [],
                [layer("a", 1), layer("b", 1)],
                ["arn:aws:lambda:us-west-2:1:layer:a:1"]
            ]),
            json!([
                "a",
                [1],
                ["a"],
                [arn("arn:aws:lambda:us-west-2:ACCOUNT:layer:a")],
                [layer("a", 1), layer("a", 1)],
                ["arn:aws:lambda:us-west-2::layer:a:1"],
                [layer("a b", 1)],
                (0..6)
                    .map(|n| layer(&format!("l{n}"), 1))
                    .collect::<Vec<_>>()
            ]),
        ),
        ("autogen_policy", json!([true, false]), json!(["no", 1])),
        ("iam_policy_file", json!(["policy.json"]), json!(["", 1])),
        ("manage_iam_role", json!([true, false]), json!(["no", 1])),
        (
            "iam_role_arn",
            json!([
                arn("arn:aws:iam::ACCOUNT:role/a/b"),
                arn("arn:aws-cn:iam::ACCOUNT:role/${stage}")
            ]),
            json!([
                "role",
                arn("arn:aws:iam::ACCOUNT:user/a"),
                "arn:aws:iam::1:role/a",
                arn("arn:aws:iam::ACCOUNT:role/"),
                1
            ]),
        ),
        (
            "permissions_boundary",
            json!([
                arn("arn:aws:iam::ACCOUNT:policy/a"),
                "arn:aws:iam::aws:policy/PowerUserAccess"
            ]),
            json!([
                "a",
                arn("arn:aws:iam::ACCOUNT:role/a"),
                "arn:aws:iam:::policy/a",
                1
            ]),
        ),
        (
            "role_path",
            json!(["/", "/a/", "/a/${stage}/"]),
            json!(["", "a", "/a", "a/", "/ä/", "/a b/", 1]),
        ),
        (
            "subnet_ids",
            json!([[], ["subnet-1", "subnet-0a"]]),
            json!([
                "subnet-1",
                ["sg-1"],
                ["subnet-1", "subnet-1"],
                ["subnet-"],
                (0..17).map(|n| format!("subnet-{n}")).collect::<Vec<_>>()
            ]),
        ),
        (
            "security_group_ids",
            json!([[], ["sg-1"]]),
            json!([
                "sg-1",
                ["subnet-1"],
                ["sg-A"],
                (0..6).map(|n| format!("sg-{n}")).collect::<Vec<_>>()
            ]),
        ),
        (
            "efs",
            json!([efs(&fsap, "/mnt/data")]),
            json!([{}, fsap, efs("fsap-1", "/mnt/data"), efs(&fsap, "/data"), efs(&fsap, "/mnt/"), efs(&fsap, "/mnt/a/b"),
                efs(&fsap, &format!("/mnt/{}", "x".repeat(156))), { "access_point_arn": fsap }]),
        ),
        ("xray", json!([true, false]), json!(["Active", 1])),
        (
            "log_format",
            json!(["text", "json", {}, { "application_level": "DEBUG", "system_level": "WARN" }]),
            json!(["JSON", true, { "application_level": "debug" }, { "system_level": "TRACE" }, { "level": "INFO" }]),
        ),
        (
            "log_retention_in_days",
            json!([1, 7, 3653]),
            json!([0, 2, 8, 3654, "7", 70_000]),
        ),
        (
            "kms_key_arn",
            json!([arn("arn:aws:kms:us-east-1:ACCOUNT:key/0a")]),
            json!([
                "key",
                arn("arn:aws:kms:us-east-1:ACCOUNT:alias/a"),
                arn("arn:aws:kms::ACCOUNT:key/a"),
                1
            ]),
        ),
        (
            "dead_letter",
            json!([
                arn("arn:aws:sqs:us-east-1:ACCOUNT:a"),
                arn("arn:aws:sns:us-east-1:ACCOUNT:a_b-${stage}")
            ]),
            json!([
                "a",
                arn("arn:aws:sqs:us-east-1:ACCOUNT:a.fifo"),
                arn("arn:aws:s3:us-east-1:ACCOUNT:a"),
                1
            ]),
        ),
        (
            "function_url",
            json!([
                { "auth_type": "AWS_IAM", "invoke_mode": "RESPONSE_STREAM" },
                url(json!({ "allow_origins": ["*"], "max_age": 86_400, "allow_methods": ["GET"] })),
                url(json!({ "allow_origins": ["https://a.example"], "allow_credentials": true })),
            ]),
            json!([
                {}, true, { "auth_type": "IAM" }, { "auth_type": "NONE", "invoke_mode": "STREAM" }, { "auth_type": "NONE", "a": 1 },
                url(json!({ "max_age": 86_401 })), url(json!({ "allow_origins": "*" })), url(json!({ "allow_methods": ["OPTIONS"] })),
                url(json!({ "origins": ["*"] })),
            ]),
        ),
    ]
}

/// A configuration with the value, at the first place where the key may stand.
fn configuration(name: &str, value: &Value) -> Value {
    let key = key::keys().find(|key| key.name == name).unwrap();
    let setting = json!({ name: value });
    match key.places[0] {
        key::Place::Top => {
            let mut config = framed(json!({}));
            config[name] = value.clone();
            config
        }
        key::Place::Stage => framed(json!({ "stages": { "dev": setting } })),
        key::Place::Function => framed(json!({ "lambda_functions": { "f": setting } })),
    }
}

#[test]
fn what_is_read_and_what_the_schema_takes_is_the_same() {
    let validator = validator();
    let mut seen = BTreeSet::new();
    for (name, taken, refused) in samples() {
        seen.insert(name);
        for (values, is_taken) in [(taken, true), (refused, false)] {
            for value in values.as_array().unwrap() {
                let config = configuration(name, value);
                let read =
                    crate::Config::parse(std::path::Path::new(crate::PATH), &config.to_string());
                assert_eq!(read.is_ok(), is_taken, "{name} {value}: {read:?}");
                assert_eq!(
                    validator.is_valid(&config),
                    is_taken,
                    "schema, {name} {value}"
                );
            }
        }
    }
    let keys: BTreeSet<&str> = key::keys().map(|key| key.name).collect();
    assert_eq!(seen, keys);
}

#[test]
fn what_the_schema_does_not_say() {
    let taken = |setting: Value| parse(setting).is_ok();
    // The same layer in two versions, `*` with credentials, and more than 49 tags: 49 and the framework's own are 50.
    let layer = |version: u32| format!("arn:aws:lambda:us-west-2:{ACCOUNT}:layer:a:{version}");
    assert!(!taken(json!({ "layers": [layer(1), layer(2)] })));
    let cors = json!({ "allow_origins": ["*"], "allow_credentials": true });
    let url = json!({ "f": { "function_url": { "auth_type": "NONE", "cors": cors } } });
    assert!(!taken(json!({ "lambda_functions": url })));
    let tags = |count: usize| {
        (0..count)
            .map(|n| (n.to_string(), "a"))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    assert!(taken(json!({ "tags": tags(49) })));
    assert!(!taken(json!({ "tags": tags(50) })));
    // null is the same as nothing, as for AWS Chalice; editors mark it, since it says nothing.
    assert!(taken(
        json!({ "lambda_timeout": null, "stages": { "dev": null } })
    ));
}

#[test]
fn the_processor_has_two_names() {
    use crate::LambdaArchitecture::Arm64;
    let config = json!({ "architecture": "arm64" });
    assert!(validator().is_valid(&framed(config.clone())));
    let stage = super::stage(config, "dev");
    assert_eq!(stage.every_function().lambda_architecture, Arm64);
    assert_eq!(
        super::problems(json!({ "architecture": "arm64", "lambda_architecture": "arm64" })),
        [
            "`architecture` is \"arm64\": it is another name of `lambda_architecture`, which stands here as well; keep one of \
          the two"
        ]
    );
}
