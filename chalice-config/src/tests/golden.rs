//! Configurations of AWS Chalice's apps, with what Chalice itself made of them.

use std::{collections::BTreeMap, path::PathBuf};

use super::shown;
use crate::*;

fn directory(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../golden")
        .join(name)
}

fn load(name: &str) -> Config {
    Config::load(&directory(name)).unwrap()
}

/// The names of all of them.
pub(super) fn names() -> Vec<String> {
    let entries = std::fs::read_dir(directory("")).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| directory(name).join(PATH).exists())
        .collect();
    names.sort();
    assert_eq!(names.len(), 12);
    names
}

pub(super) fn text(name: &str) -> String {
    std::fs::read_to_string(directory(name).join(PATH)).unwrap()
}

#[test]
fn all_of_them_load_and_their_stages_can_be_deployed() {
    for name in names() {
        let config = load(&name);
        let stages: Vec<&str> = config.stages().collect();
        assert!(stages.contains(&"dev"), "{name}: {stages:?}");
        for stage in stages {
            let checked = config.stage(stage).unwrap().check(None);
            // Three stages of one are there because Chalice refuses them.
            let is_refused = stage.starts_with("bad");
            assert_eq!(checked.is_err(), is_refused, "{name} {stage}: {checked:?}");
            let loaded = Config::load_stage(&directory(&name), stage, CommandLine::default(), None);
            assert_eq!(loaded.is_err(), is_refused, "{name} {stage}");
        }
    }
}

/// A function's settings in the words of a SAM template.
fn sam(function: &FunctionConfiguration) -> BTreeMap<&'static str, String> {
    let mut properties = BTreeMap::from([
        (
            "Environment",
            function
                .environment_variables
                .texts()
                .map(|(name, value)| format!("{name}={value} "))
                .collect(),
        ),
        (
            "Tags",
            function
                .tags
                .iter()
                .map(|(key, value)| format!("{key}={value} "))
                .collect(),
        ),
        (
            "Timeout",
            function.lambda_timeout.duration().as_secs().to_string(),
        ),
        (
            "MemorySize",
            function.lambda_memory_size.megabytes().to_string(),
        ),
        ("Architectures", function.lambda_architecture.to_string()),
        ("Tracing", function.xray.to_string()),
        (
            "Layers",
            function
                .layers
                .iter()
                .map(|layer| format!("{layer} "))
                .collect(),
        ),
        (
            "Role",
            match &function.role {
                Role::Existing(arn) => arn.to_string(),
                Role::Managed { policy, .. } => match policy {
                    RolePolicy::Generated => "DefaultRole".to_owned(),
                    RolePolicy::File(file) => file.to_string(),
                },
            },
        ),
    ]);
    if let Some(reserved) = function.reserved_concurrency {
        properties.insert("Reserved", reserved.executions().to_string());
    }
    if let Some(retention) = function.log_retention_in_days {
        properties.insert("RetentionInDays", retention.days().to_string());
    }
    if let Some(vpc) = &function.vpc {
        let subnets: String = vpc.subnet_ids.iter().map(|id| format!("{id} ")).collect();
        let groups = vpc.security_group_ids.iter();
        let groups: String = groups.map(|id| format!("{id} ")).collect();
        properties.insert("VpcConfig", subnets + &groups);
    }
    properties
}

/// What Chalice 1.34 put into its template for a function, in the same words.
fn expected(lines: &str) -> BTreeMap<&str, String> {
    lines
        .lines()
        .map(|line| line.trim_start().split_once(": ").unwrap_or((line, "")))
        .map(|(key, value)| (key.trim_end_matches(':'), value.to_owned()))
        .filter(|(key, _)| !key.is_empty())
        .collect()
}

const OF_STAGE: &str = "Environment: OVR=stage STAGE=dev TOP=top \nTags: s=1 team=stage \nTimeout: 11\nMemorySize: 256
    Architectures: x86_64\nTracing: true\nLayers: arn:aws:lambda:us-west-2:123456789012:layer:L1:1 \nRole: DefaultRole
    Reserved: 4\nVpcConfig: subnet-1 subnet-2 sg-1 ";

/// [`expected`] of a function of that stage, with some lines replaced.
fn of_stage(lines: &'static str) -> BTreeMap<&'static str, String> {
    let mut properties = expected(&OF_STAGE.replace("\n    ", "\n"))
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect::<BTreeMap<String, String>>();
    for (key, value) in expected(lines) {
        properties.insert(key.to_owned(), value);
    }
    let known = [
        "Environment",
        "Tags",
        "Timeout",
        "MemorySize",
        "Architectures",
        "Tracing",
        "Layers",
        "Role",
        "Reserved",
        "VpcConfig",
        "RetentionInDays",
    ];
    known
        .into_iter()
        .filter_map(|key| Some((key, properties.get(key)?.clone())))
        .collect()
}

#[test]
fn the_stage_dev_of_the_full_configuration() {
    let dev = load("06-config-full").stage("dev").unwrap();
    let function = |name| sam(&dev.function(name));
    assert_eq!(
        function("fn_a"),
        of_stage(
            "Environment: FN=a OVR=fn STAGE=dev TOP=top \nTags: fn=a s=1 team=stage \nMemorySize: 512\nTracing: false\n\
             Layers: arn:aws:lambda:us-west-2:123456789012:layer:L2:2 \nVpcConfig: subnet-9 sg-9 \nRetentionInDays: 7"
        )
    );
    assert_eq!(
        function("fn_role"),
        of_stage("Role: arn:aws:iam::123456789012:role/pre\nRetentionInDays: 7")
    );
    assert_eq!(
        function("fn_policy"),
        of_stage("Role: custom-policy.json\nRetentionInDays: 7")
    );
    // Chalice has lost the variable of the function at the top.
    assert_eq!(
        function("fn_top"),
        of_stage("Environment: NOT_MERGED=x OVR=stage STAGE=dev TOP=top \nRetentionInDays: 7")
    );
    assert_eq!(
        function("api_handler"),
        of_stage("Timeout: 99\nReserved: 0\nRetentionInDays: 30")
    );
    assert_eq!(dev.api().stage.as_str(), "dev-api");
    assert_eq!(dev.api().endpoint, Endpoint::Edge);
    assert!(dev.api().xray);
    assert_eq!(dev.notices(None), []);
}

#[test]
fn the_stage_nolog_is_the_stage_dev_without_its_retention() {
    let config = load("06-config-full");
    let (dev, nolog) = (config.stage("dev").unwrap(), config.stage("nolog").unwrap());
    assert_eq!(dev.function_names(), nolog.function_names());
    for name in dev.function_names() {
        let mut expected = sam(&dev.function(name));
        assert!(expected.remove("RetentionInDays").is_some());
        assert_eq!(sam(&nolog.function(name)), expected, "{name}");
    }
}

#[test]
fn the_stage_prod_of_the_full_configuration() {
    let prod = load("06-config-full").stage("prod").unwrap();
    let of_prod = |lines: &'static str| {
        let mut properties = expected(
            "Environment: OVR=top TOP=top \nTags: team=top \nTimeout: 11\nMemorySize: 128\nArchitectures: x86_64\n\
             Tracing: false\nLayers: \nRole: policy-prod.json",
        );
        properties.extend(expected(lines));
        properties
    };
    for name in ["api_handler", "fn_a", "fn_role", "fn_policy"] {
        assert_eq!(sam(&prod.function(name)), of_prod(""), "{name}");
    }
    assert_eq!(
        sam(&prod.function("fn_top")),
        of_prod("Environment: NOT_MERGED=x OVR=top TOP=top \nMemorySize: 333")
    );
    assert_eq!(prod.api().stage.as_str(), "prod");
    assert_eq!(prod.api().endpoint, Endpoint::Regional);
}

#[test]
fn domains() {
    let config = load("07-custom-domains");
    let dev = config.stage("dev").unwrap();
    let api = dev.api();
    let domain = api.custom_domain.unwrap();
    assert_eq!(domain.domain_name.as_str(), "api.example.com");
    assert_eq!(domain.certificate_arn.region(), "us-west-2");
    assert!(domain.tags.iter().eq([("a", "1"), ("b", "2")]));
    assert_eq!(domain.url_prefix.unwrap().as_str(), "v1");
    // What Chalice passes on is none of API Gateway's.
    assert_eq!(domain.tls_version.security_policy(), "TLS_1_2");
    let notices: Vec<String> = dev.notices(None).iter().map(ToString::to_string).collect();
    assert_eq!(
        notices,
        [
            "`stages.dev.api_gateway_custom_domain.tls_version` is \"TLS_1_1\": Amazon API Gateway has no such security \
          policy; the next stricter one, TLS_1_2, is taken; write \"TLS_1_2\""
        ]
    );
    let websocket = api.websocket_custom_domain.unwrap();
    assert_eq!(websocket.url_prefix.unwrap().as_str(), "ws");
    assert_eq!(websocket.tls_version, TlsVersion::Tls1_2);
    let edge = config.stage("edge").unwrap().api();
    assert_eq!(edge.endpoint, Endpoint::Edge);
    assert_eq!(edge.custom_domain.unwrap().url_prefix, None);
    assert_eq!(edge.websocket_custom_domain, None);
}

#[test]
fn private_endpoints() {
    let config = load("08-private-endpoint");
    let stage = |name: &str| config.stage(name).unwrap();
    let endpoints = |name: &str| match stage(name).api().endpoint {
        Endpoint::Private { vpc_endpoints } => vpc_endpoints
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(endpoints("dev"), ["vpce-abc"]);
    assert_eq!(endpoints("multi"), ["vpce-1", "vpce-2"]);
    assert_eq!(endpoints("polfile"), [] as [&str; 0]);
    let regional = stage("regpol").api();
    assert_eq!(regional.endpoint, Endpoint::Regional);
    let policy = regional.policy_file.unwrap();
    let policy = stage("regpol").api_policy(&policy).unwrap();
    assert_eq!(policy["Statement"][0]["Effect"], "Deny");

    let problems = |name: &str| shown(stage(name).check(None).unwrap_err());
    assert_eq!(
        problems("bad1"),
        [
            "`stages.bad1.api_gateway_endpoint_vpce` is given: only private APIs are called through VPC endpoints, and this \
          one's endpoint is REGIONAL; write `\"api_gateway_endpoint_type\": \"PRIVATE\"`, or leave this setting out"
        ]
    );
    assert_eq!(
        problems("bad2"),
        [
            "`stages.bad2.api_gateway_endpoint_type` is \"PRIVATE\": Amazon API Gateway lets nobody call a private API that \
          has no resource policy; write `api_gateway_endpoint_vpce`, or a policy of your own into \
          `api_gateway_policy_file`"
        ]
    );
    assert_eq!(
        problems("bad3"),
        [
            "`stages.bad3.api_gateway_endpoint_vpce` is \"v\": ids of VPC endpoints are `vpce-` and then digits and \
             lowercase letters; write the id of an endpoint for `execute-api`",
            "`stages.bad3.api_gateway_policy_file` is given: an API has one resource policy, and \
             `api_gateway_endpoint_vpce` makes another one; keep one of the two; a policy can name VPC endpoints in a \
             condition, `aws:SourceVpce`"
        ]
    );
}

#[test]
fn processors_and_layers() {
    let config = load("09-automatic-layer-arm64");
    let dev = config.stage("dev").unwrap();
    assert_eq!(
        dev.function("api_handler").lambda_architecture,
        LambdaArchitecture::Arm64
    );
    let size = |stage: &Stage| {
        stage
            .api()
            .minimum_compression_size
            .map(|size| size.bytes())
    };
    assert_eq!(size(&dev), Some(1024));
    let notices: Vec<String> = dev
        .notices(None)
        .iter()
        .map(|notice| notice.key.clone())
        .collect();
    assert_eq!(notices, ["automatic_layer", "stages.dev.layers"]);
    let nocompress = config.stage("nocompress").unwrap();
    assert_eq!(size(&nocompress), Some(0));
    assert_eq!(
        nocompress.every_function().lambda_architecture,
        LambdaArchitecture::X86_64
    );
    assert_eq!(nocompress.notices(None), []);
}
