use std::{fs, path::Path};

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

fn parse(config: &Value) -> Result<Config, ConfigError> {
    Config::parse(Path::new(PATH), &config.to_string())
}

/// The problems of a configuration, as they are shown.
fn problems(config: Value) -> Vec<String> {
    match parse(&config).unwrap_err() {
        ConfigError::Invalid { problems, .. } => problems.iter().map(ToString::to_string).collect(),
        other => panic!("{other}"),
    }
}

/// Where a setting may stand, the nearest to the function first; the order of
/// AWS Chalice's `Config._chain_lookup`, without what its command line says.
const PLACES: [&str; 4] = [
    "/stages/dev/lambda_functions/resize",
    "/stages/dev",
    "/lambda_functions/resize",
    "",
];

/// A configuration in which the places that `present` names have that setting, each its own.
fn with_setting(present: u8, key: &str, value: impl Fn(usize) -> Value) -> Config {
    let mut config = json!({
        "version": "2.0",
        "app_name": "images",
        "lambda_functions": { "resize": {}, "other": { key: value(4) } },
        "stages": {
            "dev": { "lambda_functions": { "resize": {}, "other": { key: value(4) } } },
            "prod": { key: value(4) },
        },
    });
    for (number, place) in PLACES.into_iter().enumerate() {
        if present & (1 << number) != 0 {
            let place = config.pointer_mut(place).unwrap();
            place[key] = value(number);
        }
    }
    parse(&config).unwrap()
}

#[test]
fn the_nearest_place_wins_in_every_combination() {
    for present in 0..16_u8 {
        let nearest = (0..4).find(|number| present & (1 << number) != 0);

        let config = with_setting(present, "lambda_timeout", |number| json!(number + 1));
        let timeout = config.stage("dev").function("resize").lambda_timeout;
        let expected = nearest.map_or(60, |number| number + 1);
        assert_eq!(timeout.duration().as_secs(), expected, "{present:04b}");

        let config = with_setting(present, "lambda_memory_size", |number| json!(number + 200));
        let memory_size = config.stage("dev").function("resize").lambda_memory_size;
        let expected = nearest.map_or(128, |number| number as u16 + 200);
        assert_eq!(memory_size.megabytes(), expected, "{present:04b}");
    }
}

#[test]
fn environment_variables_are_merged_in_every_combination() {
    for present in 0..16_u8 {
        // Each place has a variable of its own, and all of them share one.
        let config = with_setting(present, "environment_variables", |number| {
            let mut variables = Map::new();
            variables.insert(format!("OWN_{number}"), json!(number.to_string()));
            variables.insert("SHARED".to_owned(), json!(number.to_string()));
            Value::Object(variables)
        });
        let function = config.stage("dev").function("resize");
        let variables: Vec<(&str, &str)> = function.environment_variables.iter().collect();
        let mut expected: Vec<(String, String)> = (0..4)
            .filter(|number| present & (1 << number) != 0)
            .map(|number| (format!("OWN_{number}"), number.to_string()))
            .collect();
        if let Some((_, nearest)) = expected.first().cloned() {
            expected.push(("SHARED".to_owned(), nearest));
        }
        let expected: Vec<(&str, &str)> = expected
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(variables, expected, "{present:04b}");
    }
}

#[test]
fn what_is_said_of_one_function_is_none_of_the_others() {
    let config = parse(&json!({
        "lambda_timeout": 10,
        "lambda_functions": { "a": { "lambda_timeout": 1 }, "b": {} },
        "stages": { "dev": { "lambda_functions": { "c": { "lambda_timeout": 3 } } }, "prod": {} },
    }))
    .unwrap();
    let dev = config.stage("dev");
    let seconds = |name: &str| dev.function(name).lambda_timeout.duration().as_secs();
    assert_eq!([seconds("a"), seconds("b"), seconds("c")], [1, 10, 3]);
    assert_eq!(dev.every_function().lambda_timeout.duration().as_secs(), 10);
    assert!(dev.function_names().into_iter().eq(["a", "b", "c"]));
    let prod = config.stage("prod").function_names();
    assert!(prod.into_iter().eq(["a", "b"]));
    assert!(config.stages().eq(["dev", "prod"]));
}

#[test]
fn the_stage_of_the_api_is_that_of_the_stage_or_of_the_top() {
    let name = |config: Value| {
        let config = parse(&config).unwrap();
        config.stage("dev").api_gateway_stage().to_string()
    };
    assert_eq!(name(json!({})), "api");
    assert_eq!(name(json!({ "api_gateway_stage": "v1" })), "v1");
    let stage = json!({ "api_gateway_stage": "v2" });
    assert_eq!(
        name(json!({ "api_gateway_stage": "v1", "stages": { "dev": stage } })),
        "v2"
    );
    assert_eq!(
        name(
            json!({ "api_gateway_stage": "v1", "stages": { "dev": { "api_gateway_stage": null } } })
        ),
        "v1"
    );
}

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
            "`environment_variables.TABLE` is a number: an environment variable is a text; write its value in quotes, \
             or leave the variable out",
            "`environment_variables.\"a.b\"` is a text: AWS Lambda takes names of environment variables that are a \
             letter and then letters, digits and `_`, at least one of them; choose another name",
            "`lambda_timeout` is \"60\": AWS Lambda takes a whole number of seconds from 1 to 900 as a function's \
             timeout; write such a number without quotes",
            "`lambda_memory_size` is 64: AWS Lambda takes a whole number of megabytes from 128 to 10240 as a \
             function's memory; write such a number without quotes",
            "`lambda_functions` is a list: an object is expected; write `{ .. }`",
            "`stages.dev.lambda_functions.resize.lambda_timeout` is 901: AWS Lambda takes a whole number of seconds \
             from 1 to 900 as a function's timeout; write such a number without quotes",
            "`stages.dev.api_gateway_stage` is \"my api\": Amazon API Gateway takes 1 to 128 letters, digits, `-` and \
             `_` as the name of an API's stage; write such a name; without the setting, it is \"api\"",
        ]
    );
    assert_eq!(
        problems(json!([])),
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
fn limits_are_those_of_aws() {
    for (key, taken, refused) in [
        ("lambda_timeout", [1, 900], [0, 901]),
        ("lambda_memory_size", [128, 10_240], [127, 10_241]),
    ] {
        for value in taken {
            parse(&json!({ key: value })).unwrap();
        }
        for value in refused.map(Value::from).into_iter().chain([
            json!(-1),
            json!(200.5),
            json!(u64::MAX),
            json!(true),
            json!({}),
        ]) {
            assert_eq!(problems(json!({ key: value })).len(), 1, "{key} {value}");
        }
    }
    let value = "x".repeat(4090);
    check_environment_variables([("TABLE", value.as_str()), ("A", "")]).unwrap();
    let error = check_environment_variables([("TABLE", value.as_str()), ("AB", "")]).unwrap_err();
    assert!(error.to_string().contains("4097 bytes"), "{error}");
}

#[test]
fn keys_that_are_not_known_here_are_passed_over() {
    let config = parse(&json!({
        "version": "2.0",
        "tags": { "team": "a" },
        "stages": { "dev": { "xray": true, "lambda_functions": { "f": { "layers": [] } } } },
    }))
    .unwrap();
    assert_eq!(
        config.stage("dev").function("f"),
        Config::default().stage("dev").function("f")
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

    fs::write(&path, "{ \"lambda_timeout\": true }").unwrap();
    let message = Config::load(project.path()).unwrap_err().to_string();
    let expected = format!(
        "{} is not a valid configuration:\n  `lambda_timeout` is true: ",
        path.display()
    );
    assert!(message.starts_with(&expected), "{message}");

    fs::write(&path, "{ \"lambda_timeout\": 5 }").unwrap();
    let config = Config::load(project.path()).unwrap();
    let timeout = config.stage("dev").every_function().lambda_timeout;
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
        let config = parse(&json!({ "environment_variables": { "TABLE": &value } })).unwrap();
        let debug = format!("{config:?}");
        prop_assert!(!debug.contains("secret-"), "{}", debug);
    }
}
