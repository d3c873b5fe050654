//! `${stage}`, `${app}`, and references to parameters and secrets.

use serde_json::json;

use super::{parse, problems, shown, stage};
use crate::*;

#[test]
fn texts_name_their_stage_and_app() {
    let config = json!({
        "api_gateway_stage": "${stage}",
        "tags": { "app": "${app}/${stage}" },
        "role_path": "/${app}/",
        "environment_variables": {
            "TABLE": "${app}-${stage}-items",
            "LITERAL": "$${stage}",
            "PARAMETER": { "ssm": "/${stage}/key", "version": 3 },
            "LATEST": { "ssm": "plain" },
            "SECRET": { "secrets_manager": "${app}/${stage}", "key": "password" },
            "WHOLE": { "secrets_manager": "arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf" },
        },
        "api_gateway_custom_domain": {
            "domain_name": "${stage}.example.com",
            "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/c",
        },
        "stages": { "dev": {}, "prod": {} },
    });
    for name in ["dev", "prod"] {
        let stage = stage(config.clone(), name);
        assert_eq!(stage.api().stage.as_str(), name);
        let domain = stage.api().custom_domain.unwrap().domain_name;
        assert_eq!(domain.as_str(), format!("{name}.example.com"));
        let function = stage.every_function();
        assert!(
            function
                .tags
                .iter()
                .eq([("app", format!("images/{name}").as_str())])
        );
        let variables = function.environment_variables;
        let text = |name: &str| variables.get(name).unwrap().text();
        assert_eq!(text("TABLE").unwrap(), format!("images-{name}-items"));
        assert_eq!(text("LITERAL"), Some("${stage}"));
        assert_eq!(text("SECRET"), None);
        assert_eq!(variables.texts().count(), 2);
        assert_eq!(
            variables.get("PARAMETER"),
            Some(&EnvironmentValue::Ssm(SsmReference {
                name: format!("/{name}/key"),
                version: Some(3),
            }))
        );
        let secret = |secret_id: &str, key: Option<&str>| {
            EnvironmentValue::SecretsManager(SecretsManagerReference {
                secret_id: secret_id.to_owned(),
                key: key.map(str::to_owned),
            })
        };
        assert_eq!(
            variables.get("SECRET"),
            Some(&secret(&format!("images/{name}"), Some("password")))
        );
        let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf";
        assert_eq!(variables.get("WHOLE"), Some(&secret(arn, None)));
        assert!(matches!(
            variables.get("LATEST"),
            Some(EnvironmentValue::Ssm(SsmReference { version: None, .. }))
        ));
    }
}

#[test]
fn a_text_is_checked_for_each_stage_with_its_name() {
    let config = json!({
        "role_path": "/${stage}/",
        "api_gateway_custom_domain": {
            "domain_name": "${stage}.example.com",
            "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/c",
        },
        "stages": { "dev": {}, "my_stage": {} },
    });
    let problems = problems(config);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].starts_with(
            "`api_gateway_custom_domain.domain_name` is \"my_stage.example.com\": Amazon API Gateway takes the name"
        ),
        "{problems:?}"
    );
    // A stage that the file does not list is checked when it is asked for.
    let config = json!({ "role_path": "/${stage}/", "api_gateway_stage": "${stage}", "stages": { "dev": {} } });
    let config = parse(config).unwrap();
    let problems = shown(config.stage("a b").unwrap_err());
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].starts_with("`api_gateway_stage` is \"a b\": "));
}

#[test]
fn references_that_are_none() {
    let texts = |value: &str| {
        json!({
            "api_gateway_stage": value,
            "layers": [value],
            "environment_variables": { "KEY": value },
            "stages": { "dev": { "tags": { "t": value } } },
        })
    };
    let refusal = "is a text: it holds `${` with something else behind it than `stage}` or `app}`, the two references \
                   that there are; write one of these, or `$${` for the two characters themselves";
    for value in ["${secret}", "secret ${", "${stage.secret}"] {
        let expected = [
            "api_gateway_stage",
            "environment_variables.KEY",
            "layers[0]",
            "stages.dev.tags.t",
        ];
        let expected = expected.map(|key| format!("`{key}` {refusal}"));
        assert_eq!(problems(texts(value)), expected);
    }
}

#[test]
fn parameters_and_secrets_that_are_none() {
    for value in [
        json!({}),
        json!({ "ssm": "" }),
        json!({ "ssm": "has space" }),
        json!({ "ssm": 7 }),
        json!({ "ssm": "/a", "version": 0 }),
        json!({ "ssm": "/a", "version": "1" }),
        json!({ "ssm": "/a", "secrets_manager": "b" }),
        json!({ "secrets_manager": "a}}" }),
        json!({ "secrets_manager": "a", "key": "b:c" }),
        json!({ "key": "b" }),
    ] {
        let problems = problems(json!({ "environment_variables": { "KEY": value } }));
        assert_eq!(problems.len(), 1, "{value}: {problems:?}");
        assert!(
            problems[0].starts_with(
                "`environment_variables.KEY` is an object: an environment variable is a text, or "
            ),
            "{problems:?}"
        );
    }
    let problems = problems(json!({
        "environment_variables": { "KEY": { "ssm": "/a", "key": "hidden" } },
    }));
    assert_eq!(
        problems,
        [
            "`environment_variables.KEY.key` is a text: there is no such key here; what can stand here is `ssm` and `version`"
        ]
    );
}
