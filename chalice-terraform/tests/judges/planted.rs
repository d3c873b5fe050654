//! Mistakes of every kind, which the judges are to find.

use serde_json::{Value, json};

use crate::{mistakes, rich, terraform};

/// The rich app's configuration with a mistake.
fn with(plant: impl FnOnce(&mut Value)) -> Value {
    let mut template = rich::template();
    plant(&mut template);
    template
}

fn function(template: &mut Value) -> &mut Value {
    &mut template["resource"]["aws_lambda_function"]["api_handler"]
}

fn without(value: &mut Value, name: &str) {
    value.as_object_mut().unwrap().remove(name).unwrap();
}

#[test]
fn the_schema_finds_mistakes() {
    let found = |plant: fn(&mut Value)| mistakes(&with(plant));
    for (plant, expected) in [
        (
            (|it| it["resource"]["aws_lambda"] = json!({ "x": {} })) as fn(&mut Value),
            "resource.aws_lambda: no such type",
        ),
        (
            |it| it["variables"] = json!({}),
            "variables: no block of a configuration",
        ),
        (
            |it| function(it)["memory"] = 128.into(),
            "resource.aws_lambda_function.api_handler.memory: no such argument",
        ),
        (
            |it| without(function(it), "role"),
            "resource.aws_lambda_function.api_handler.role: missing",
        ),
        (
            |it| function(it)["arn"] = "arn".into(),
            "resource.aws_lambda_function.api_handler.arn: an attribute that cannot be set",
        ),
        (
            |it| function(it)["vpc_config"] = "subnet-1".into(),
            "resource.aws_lambda_function.api_handler.vpc_config: no block, but \"subnet-1\"",
        ),
        (
            |it| {
                function(it)["tracing_config"] = json!([{ "mode": "Active" }, { "mode": "Active" }])
            },
            "resource.aws_lambda_function.api_handler.tracing_config: 2 blocks are too many",
        ),
        (
            |it| function(it)["tracing_config"] = json!({ "subnet_ids": [] }),
            "resource.aws_lambda_function.api_handler.tracing_config.subnet_ids: no such argument",
        ),
        (
            |it| function(it)["timeout"] = "a minute".into(),
            "resource.aws_lambda_function.api_handler.timeout: \"a minute\" is no number",
        ),
        (
            |it| {
                it["resource"]["aws_api_gateway_deployment"]["rest_api"]["stage_name"] =
                    "api".into();
            },
            "resource.aws_api_gateway_deployment.rest_api.stage_name: deprecated",
        ),
        (
            |it| function(it)["role"] = "${aws_iam_role.other.arn}".into(),
            "resource.aws_lambda_function.api_handler.role: `aws_iam_role.other.arn` is not there",
        ),
        (
            |it| function(it)["role"] = "${aws_iam_role.default-role.arm}".into(),
            "resource.aws_lambda_function.api_handler.role: `aws_iam_role.default-role.arm`: no such attribute",
        ),
        (
            |it| function(it)["role"] = "${local.role}".into(),
            "resource.aws_lambda_function.api_handler.role: `local.role` is not there",
        ),
        (
            |it| function(it)["role"] = "${data.aws_region.chalice.name}".into(),
            "resource.aws_lambda_function.api_handler.role: `data.aws_region.chalice.name` is deprecated",
        ),
        (
            |it| function(it)["role"] = "${role(1)}".into(),
            "resource.aws_lambda_function.api_handler.role: no function `role` is known here",
        ),
        (
            |it| function(it)["depends_on"] = json!(["aws_iam_role.other"]),
            "resource.aws_lambda_function.api_handler.depends_on: \"aws_iam_role.other\" is not there",
        ),
        (
            |it| function(it)["description"] = "100 %{".into(),
            "resource.aws_lambda_function.api_handler.description: a directive: %{",
        ),
        (
            |it| it["output"]["RestAPIId"]["value"] = "${aws_api_gateway_rest_api.api.id}".into(),
            "output.RestAPIId.value: `aws_api_gateway_rest_api.api.id` is not there",
        ),
    ] {
        let found = found(plant);
        assert!(
            found.iter().any(|it| it.starts_with(expected)),
            "{expected}: {found:#?}"
        );
    }
}

#[test]
fn terraform_finds_mistakes() {
    let Some(terraform) = terraform::find() else {
        return;
    };
    let planted = [
        (
            "argument",
            (|it| function(it)["memory"] = 128.into()) as fn(&mut Value),
            "\"memory\"",
        ),
        ("missing", |it| without(function(it), "role"), "\"role\""),
        (
            "dangling",
            |it| function(it)["role"] = "${aws_iam_role.other.arn}".into(),
            "\"aws_iam_role\" \"other\"",
        ),
        (
            "runtime",
            |it| function(it)["runtime"] = "provided.al2022".into(),
            "provided.al2022",
        ),
    ];
    let templates = planted.map(|(name, plant, _)| (name.to_owned(), with(plant)));
    let found = terraform.diagnostics(&templates);
    for (name, _, expected) in planted {
        let is_it = |it: &&String| it.starts_with(&format!("app-{name}/")) && it.contains(expected);
        assert!(found.iter().any(|it| is_it(&it)), "{name}: {found:#?}");
    }
}
