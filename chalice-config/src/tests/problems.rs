//! What is wrong with a file, in the words of its error.

use std::{fs, path::Path};

use proptest::prelude::*;
use serde_json::json;

use super::{framed, parse, problems};
use crate::*;

#[test]
fn all_that_is_wrong_is_named_with_its_key_and_its_remedy() {
    assert_eq!(
        problems(json!({
            "lambda_timeout": "60",
            "lambda_memory_size": 64,
            "environment_variables": { "TABLE": 7, "AWS_REGION": "mine", "a.b": "c", "NUL": "secret\0" },
            "lambda_functions": ["resize"],
            "stages": { "dev": {
                "api_gateway_stage": "my api",
                "lambda_functions": { "resize": { "lambda_timeout": 901 } },
            } },
        })),
        [
            "`environment_variables.AWS_REGION` is a text: AWS Lambda keeps that environment variable for itself, and \
             refuses a function that sets it; choose another name",
            "`environment_variables.NUL` is a text: no environment variable can hold the character NUL; encode the \
             value, as Base64 for example",
            "`environment_variables.TABLE` is a number: an environment variable is a text, or refers to one: \
             `{ \"ssm\": \"/path\" }` to a parameter of AWS Systems Manager, `{ \"secrets_manager\": \"name\", \"key\": \
             \"member\" }` to a secret; write its value in quotes, or leave the variable out",
            "`environment_variables.\"a.b\"` is a text: AWS Lambda takes names of environment variables that are a \
             letter and then letters, digits and `_`, at least one of them; choose another name",
            "`lambda_timeout` is \"60\": AWS Lambda takes a whole number of seconds from 1 to 900 as a function's \
             timeout; write such a number without quotes",
            "`lambda_memory_size` is 64: AWS Lambda takes a whole number of megabytes from 128 to 10240 as a \
             function's memory; write such a number without quotes",
            "`lambda_functions` is a list: an object is expected; write `{ .. }`",
            "`stages.dev.api_gateway_stage` is \"my api\": Amazon API Gateway takes 1 to 128 letters, digits, `-` and \
             `_` as the name of an API's stage; write such a name; without the setting, it is \"api\"",
            "`stages.dev.lambda_functions.resize.lambda_timeout` is 901: AWS Lambda takes a whole number of seconds \
             from 1 to 900 as a function's timeout; write such a number without quotes",
        ]
    );
    assert_eq!(
        super::problems_of("[]"),
        ["the file is a list: an object is expected; write `{ .. }`"]
    );
    let long = "é".repeat(100);
    let problem = &problems(json!({ "api_gateway_stage": long }))[0];
    assert!(
        problem.starts_with(&format!("`api_gateway_stage` is \"{}..: ", "é".repeat(39))),
        "{problem}"
    );
}

#[test]
fn ways_of_bucket_events_are_named() {
    assert_eq!(
        problems(json!({
            "s3_events": "event_bridge",
            "lambda_functions": { "resize": { "s3_events": "eventbridge" } },
            "stages": { "dev": { "s3_events": true } },
        })),
        [
            "`s3_events` is \"event_bridge\": the ways by which events of buckets reach functions are `notification` and \
             `eventbridge`; did you mean \"eventbridge\"?",
            "`lambda_functions.resize.s3_events` is a text: the setting has no place with a function; it belongs at the \
             top of the file, or in a stage, `stages.<stage>`",
            "`stages.dev.s3_events` is true: the ways by which events of buckets reach functions are `notification` and \
             `eventbridge`; write one of them",
        ]
    );
}

/// A file of many mistakes, with values and what they mean for each other, in one go.
#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let text = fs::read_to_string(folder.join(PATH)).unwrap();
    let error = Config::parse_stage(Path::new(PATH), &text, "dev", CommandLine::default(), None);
    let message = error.unwrap_err().to_string();
    assert!(message.lines().count() > 10, "{message}");
    assert!(!message.contains("hunter2"), "{message}");
    expectorate::assert_contents(folder.join("expected.txt"), &format!("{message}\n"));
    let config = serde_json::from_str(&text).unwrap();
    assert!(!super::json_schema::validator().is_valid(&config));
}

#[test]
fn keys_that_are_unknown_or_stand_in_the_wrong_place() {
    let problems = problems(json!({
        "lambda_timout": "hunter2",
        "DB_PASSWORD": "hunter2",
        "profile": "mine",
        "lambda_python_version": "3.11",
        "function_url": { "auth_type": "NONE" },
        "lambda_functions": { "f": { "api_gateway_stage": "v1", "timeout": 1, "architecture": "arm64" } },
        "stages": { "dev": { "app_name": "x", "stages": {}, "function_ur": {} } },
    }));
    assert_eq!(
        problems,
        [
            "`DB_PASSWORD` is a text: there is no such setting; leave it out; environment variables of functions stand in \
             `environment_variables`",
            "`function_url` is an object: the setting has no place at the top of the file; it belongs with a function, \
             `lambda_functions.<function>` at the top or in a stage",
            "`lambda_python_version` is a text: there is no Python in the app; leave it out",
            "`lambda_timout` is a text: there is no such setting; did you mean `lambda_timeout`?",
            "`profile` is a text: credentials belong to who deploys, not to the app; set the environment variable \
             AWS_PROFILE",
            "`lambda_functions.f.api_gateway_stage` is a text: the setting has no place with a function; it belongs at the top of the file, or in a stage, \
             `stages.<stage>`",
            "`lambda_functions.f.architecture` is a text: the setting has no place with a function; it belongs at the top of the file, or in a stage, \
             `stages.<stage>`",
            "`lambda_functions.f.timeout` is a number: there is no such setting; leave it out; environment variables of \
             functions stand in `environment_variables`",
            "`stages.dev.app_name` is a text: the setting has no place in a stage; it belongs at the \
             top of the file",
            "`stages.dev.function_ur` is an object: there is no such setting; did you mean `function_url`, which belongs \
             with a function, `lambda_functions.<function>` at the top or in a stage?",
            "`stages.dev.stages` is an object: the setting has no place in a stage; it belongs at the \
             top of the file",
        ]
    );
}

#[test]
fn version_and_name_have_to_be_there() {
    assert_eq!(
        super::problems_of("{}"),
        [
            "`version` is missing: that is the format 1.0 of AWS Chalice, as of a file without `version`, in which all \
             stages are alike; write `\"version\": \"2.0\"`, and what concerns one stage alone into `\"stages\": { \
             \"dev\": { .. } }`",
            "`app_name` is missing: the names of all AWS resources of the app begin with it; write `\"app_name\": \"..\"` \
             with the name that `#[app]` has in the code",
        ]
    );
    assert_eq!(
        super::problems_of(r#"{ "version": "3.0", "app_name": "my app" }"#),
        [
            "`version` is \"3.0\": the format of the file is 2.0; write `\"version\": \"2.0\"`",
            "`app_name` is \"my app\": it is a part of the names of AWS resources, and ' ' is not allowed: AWS Lambda takes \
             letters, digits, `-` and `_` in a function's name; write the name that `#[app]` has in the code",
        ]
    );
}

#[test]
fn the_file_is_read_from_the_project() {
    let project = tempfile::tempdir().unwrap();
    let message = Config::load(project.path()).unwrap_err().to_string();
    let path = project.path().join(PATH);
    let expected = format!("{} cannot be read: ", path.display());
    assert!(message.starts_with(&expected), "{message}");

    fs::create_dir(project.path().join(".chalice")).unwrap();
    fs::write(&path, "{ \"lambda_timeout\": 5, }").unwrap();
    let message = Config::load(project.path()).unwrap_err().to_string();
    let expected = format!(
        "{} is not JSON: trailing comma at line 1 column 24; ",
        path.display()
    );
    assert!(message.starts_with(&expected), "{message}");

    fs::write(&path, framed(json!({ "lambda_timeout": true })).to_string()).unwrap();
    let message = Config::load(project.path()).unwrap_err().to_string();
    let expected = format!(
        "{} is not a valid configuration:\n  `lambda_timeout` is true: ",
        path.display()
    );
    assert!(message.starts_with(&expected), "{message}");

    fs::write(&path, framed(json!({ "lambda_timeout": 5 })).to_string()).unwrap();
    let config = Config::load(project.path()).unwrap();
    let timeout = config.stage("dev").unwrap().every_function().lambda_timeout;
    assert_eq!(timeout, LambdaTimeout::new(5).unwrap());
}

proptest! {
    #[test]
    fn any_text_is_a_configuration_or_refused(text in "\\PC{0,80}|(\\{|\\}|\\[|\"stages\"|\"lambda_timeout\"|:|,|1|null){0,12}") {
        let _ = Config::parse(Path::new(PATH), &text);
    }

    #[test]
    fn values_of_environment_variables_are_never_repeated(
        name in "[A-Za-z_.]{0,8}",
        value in "secret-[a-z]{12}\\PC{0,8}",
    ) {
        let config = json!({ "environment_variables": { &name: [&value], "A B": &value, "C\0": &value } });
        for problem in problems(config) {
            prop_assert!(!problem.contains("secret-"), "{}", problem);
        }
        let config = parse(json!({ "environment_variables": { "TABLE": value.replace("${", "$${") } })).unwrap();
        let debug = format!("{config:?} {:?}", config.stage("dev").unwrap());
        prop_assert!(!debug.contains("secret-"), "{}", debug);
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let text = format!("\u{feff}{}", framed(json!({ "lambda_timeout": 7 })));
    Config::parse(Path::new(PATH), &text).unwrap();
}

#[test]
fn why_a_file_cannot_be_read() {
    let project = tempfile::tempdir().unwrap();
    let file = project.path().join(PATH);
    let error = || Config::load(project.path()).unwrap_err().to_string();
    assert!(error().ends_with("`cargo chalice new-project` writes one"));
    fs::create_dir_all(&file).unwrap();
    assert!(error().ends_with("it has to be a file that this user may read"));
    fs::remove_dir(&file).unwrap();
    fs::write(&file, b"{ \"version\": \"\xff\" }").unwrap();
    assert!(error().ends_with("save it in UTF-8, the encoding of JSON"));
}
