//! What a client's stage says of its functions.

use std::{fs, time::Duration};

use super::*;
use crate::sample::App;

async fn echo(client: &Client<App>) -> Value {
    client.http().get("/echo").await.json()
}

fn builder() -> ClientBuilder<App> {
    Client::builder(&APP)
}

/// Why there is no client.
async fn refusal(builder: ClientBuilder<App>) -> String {
    let error = builder.build().await.unwrap_err();
    error.cause().unwrap().to_string()
}

#[tokio::test]
async fn names_limits_and_places_are_those_of_the_stage() {
    let client = Client::new(&APP).await.unwrap();
    let context = client.deployment.context("id", "api_handler");
    let config = &context.env_config;
    assert_eq!(context.request_id, "id");
    assert_eq!(config.function_name, "sample-dev");
    assert_eq!(config.memory, 128);
    let remaining = context.remaining_time();
    assert!(remaining <= Duration::from_secs(60) && remaining > Duration::from_secs(50));
    assert_eq!(
        context.invoked_function_arn,
        "arn:aws:lambda:us-east-1:123456789012:function:sample-dev"
    );
    assert_eq!(
        client
            .deployment
            .context("id", "work")
            .env_config
            .function_name,
        "sample-dev-work"
    );

    let client = builder()
        .stage("prod")
        .timeout(Duration::from_secs(10))
        .memory_size(256)
        .function("work", |function| {
            function.timeout(Duration::from_secs(900)).memory_size(1024)
        })
        .region("eu-central-1")
        .account_id("999999999999")
        .api_gateway_stage("v1")
        .build()
        .await
        .unwrap();
    let context = client.deployment.context("id", "guard");
    assert!(context.remaining_time() <= Duration::from_secs(10));
    assert_eq!(context.env_config.memory, 256);
    let context = client.deployment.context("id", "work");
    assert!(context.remaining_time() > Duration::from_secs(800));
    assert_eq!(context.env_config.memory, 1024);
    assert_eq!(context.env_config.log_group, "/aws/lambda/sample-prod-work");
    assert_eq!(
        context.invoked_function_arn,
        "arn:aws:lambda:eu-central-1:999999999999:function:sample-prod-work"
    );
    let request = &echo(&client).await["context"];
    assert_eq!(request["stage"], "v1");
    assert_eq!(request["accountId"], "999999999999");
    assert_eq!(
        request["domainName"],
        "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"
    );
}

#[tokio::test]
async fn functions_have_the_variables_that_aws_lambda_sets() {
    let client = builder().region("eu-west-1").build().await.unwrap();
    for (function, variable, value) in [
        ("api_handler", "_HANDLER", "api_handler"),
        ("work", "_HANDLER", "work"),
        ("work", "AWS_LAMBDA_FUNCTION_NAME", "sample-dev-work"),
        ("work", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"),
        ("work", "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        (
            "work",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "/aws/lambda/sample-dev-work",
        ),
        ("work", "AWS_REGION", "eu-west-1"),
        ("work", "AWS_DEFAULT_REGION", "eu-west-1"),
    ] {
        let variables = client.deployment.variables(function);
        assert_eq!(variables.var(variable).as_deref(), Ok(value), "{variable}");
    }
    // The state is built for all functions at once.
    let variables = client.deployment.variables_of_connect();
    assert_eq!(variables.var("AWS_REGION").as_deref(), Ok("eu-west-1"));
    variables.var("AWS_LAMBDA_FUNCTION_NAME").unwrap_err();
}

#[tokio::test]
async fn what_aws_would_refuse_is_explained() {
    for (builder, expected) in [
        (
            builder().env("AWS_REGION", "secret"),
            "the test client cannot have the variable \"AWS_REGION\": AWS Lambda keeps that environment variable for \
             itself, and refuses a function that sets it; choose another name",
        ),
        (
            builder().function("work", |function| function.env("a b", "secret")),
            "the test client cannot have the variable \"a b\": AWS Lambda takes names of environment variables that \
             are a letter and then letters, digits and `_`, at least one of them; choose another name",
        ),
        (
            builder().env("LARGE", "x".repeat(5000)),
            "the test client cannot have the function `sample-dev`: the environment variables of a function have 5005 \
             bytes, and AWS Lambda takes 4 KB; keep what is large in AWS Systems Manager's Parameter Store, or in \
             Amazon S3, and its name in a variable",
        ),
        (
            builder().memory_size(64),
            "the test client cannot have 64 MB: AWS Lambda takes a whole number of megabytes from 128 to 10240 as a \
             function's memory; write such a number without quotes",
        ),
        (
            builder().timeout(Duration::from_secs(901)),
            "the test client cannot have the timeout 901s: AWS Lambda ends an invocation after at most 15 minutes; \
             choose a time above zero and up to that",
        ),
        (
            builder().stage("my stage"),
            "`my stage` cannot be the app's stage: ' ' is not allowed: AWS Lambda takes letters, digits, `-` and `_` \
             in a function's name, and the stage is a part of the functions' names",
        ),
        (
            builder().stage("x".repeat(60)),
            "the Lambda function `sample-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` cannot be: it \
             has 67 characters: AWS Lambda allows at most 64 in a function's name; choose a shorter name for the app, \
             the stage or the function",
        ),
        (
            builder().function("wrok", |function| function),
            "the test client's builder has settings for the function `wrok`, and the app `sample` has no such \
             function; it has `api_handler`, `guard` and `work`; did you mean `work`?",
        ),
        (
            builder().region("Frankfurt!"),
            "the test client cannot have the region `Frankfurt!`: names of AWS's regions consist of lowercase \
             letters, digits and `-`, such as `eu-central-1`",
        ),
        (
            builder().account_id("123"),
            "the test client cannot have the account `123`: the number of an AWS account has 12 digits",
        ),
        (
            builder().api_gateway_stage(""),
            "the test client cannot have the API's stage ``: Amazon API Gateway takes 1 to 128 letters, digits, `-` \
             and `_` as the name of an API's stage; write such a name; without the setting, it is \"api\"",
        ),
    ] {
        assert_eq!(refusal(builder).await, expected);
    }
    builder().timeout(Duration::ZERO).build().await.unwrap_err();
    let error = builder().memory_size(1).build().await.unwrap_err();
    assert!(format!("{error:?}").contains("cannot have 1 MB: AWS Lambda"));
}

#[tokio::test]
async fn names_of_functions_are_as_long_as_aws_lambda_allows() {
    // `sample-<stage>-guard` is the longest.
    let stage = |length: usize| builder().stage("x".repeat(length));
    let client = stage(51).build().await.unwrap();
    let context = client.deployment.context("id", "guard");
    assert_eq!(context.env_config.function_name.len(), 64);
    let refused = refusal(stage(52)).await;
    assert!(refused.contains("it has 65 characters"), "{refused}");
}

#[tokio::test]
async fn a_stage_of_the_configuration_has_what_stands_there() {
    let project = tempfile::tempdir().unwrap();
    let path = project.path().join(".chalice");
    fs::create_dir(&path).unwrap();
    let path = path.join("config.json");
    let write = |config: Value| fs::write(&path, config.to_string()).unwrap();
    let stage = |name: &str| builder().stage_from_config_in(project.path(), name);

    let missing = refusal(stage("dev")).await;
    let expected = format!("{} cannot be read: ", path.display());
    assert!(missing.starts_with(&expected), "{missing}");

    write(json!({
        "version": "2.0",
        "app_name": "sample",
        "lambda_timeout": 10,
        "environment_variables": {
            "A1": "top", "B1": "top", "C1": "top", "D1": "top",
            "NAME": "${app}-${stage}", "SECRET": { "secrets_manager": "shop" }, "GIVEN": { "ssm": "/shop" },
        },
        "lambda_functions": {
            "work": { "lambda_memory_size": 512, "environment_variables": { "B1": "top.work" } },
        },
        "stages": { "prod": {
            "api_gateway_stage": "v2",
            "lambda_memory_size": 256,
            "environment_variables": { "C1": "prod" },
            "lambda_functions": { "work": { "environment_variables": { "D1": "prod.work" } } },
        } },
    }));
    let client = stage("prod")
        .env("A1", "given")
        .env("GIVEN", "for the parameter")
        .function("guard", |function| function.env("D1", "given.guard"))
        .build()
        .await
        .unwrap();
    let variables = |function: &str| {
        let variables = client.deployment.variables(function);
        ["A1", "B1", "C1", "D1"].map(|name| variables.var(name).unwrap())
    };
    assert_eq!(
        variables("work"),
        ["given", "top.work", "prod", "prod.work"]
    );
    assert_eq!(variables("guard"), ["given", "top", "prod", "given.guard"]);
    let connect = client.deployment.variables_of_connect();
    assert_eq!(connect.var("D1").as_deref(), Ok("top"));
    assert_eq!(connect.var("NAME").as_deref(), Ok("sample-prod"));
    assert_eq!(connect.var("GIVEN").as_deref(), Ok("for the parameter"));
    assert!(connect.var("SECRET").is_err());
    for function in ["work", "guard", "api_handler"] {
        let context = client.deployment.context("id", function);
        assert!(context.remaining_time() <= Duration::from_secs(10));
        // The stage is nearer than the function at the top.
        assert_eq!(context.env_config.memory, 256);
    }
    assert_eq!(echo(&client).await["context"]["stage"], "v2");
    // The builder is nearer than anything in the file.
    let client = stage("prod").api_gateway_stage("v3").memory_size(1024);
    let client = client.build().await.unwrap();
    assert_eq!(
        client.deployment.context("id", "work").env_config.memory,
        1024
    );
    assert_eq!(echo(&client).await["context"]["stage"], "v3");

    assert_eq!(
        refusal(stage("prd")).await,
        format!(
            "{} has no stage `prd`; add it to `stages`, as `\"prd\": {{}}` if it has no settings of its own; did you \
             mean `prod`?",
            path.display()
        )
    );
    let write_stage = |stage: Value| {
        write(json!({ "version": "2.0", "app_name": "sample", "stages": { "dev": stage } }));
    };
    write_stage(json!({ "lambda_functions": { "gard": {} } }));
    let unknown = refusal(stage("dev")).await;
    assert!(
        unknown.starts_with(".chalice/config.json has settings for the function `gard`, and"),
        "{unknown}"
    );
    write_stage(json!({ "lambda_timeout": 0 }));
    let invalid = refusal(stage("dev")).await;
    assert!(
        invalid.contains("\n  `stages.dev.lambda_timeout` is 0: "),
        "{invalid}"
    );
}
