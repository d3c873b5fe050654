use proptest::{collection::vec, option, prelude::*};
use serde_json::{Value, json};

use super::*;

fn parse(value: &Value) -> Result<DeployedState, StateError> {
    DeployedState::parse(value.to_string().as_bytes())
}

fn written(state: &DeployedState) -> Value {
    serde_json::from_str(&state.to_text()).unwrap()
}

fn framed(resources: Value) -> Value {
    json!({ "resources": resources, "schema_version": "2.0", "backend": "api" })
}

fn function(name: &str) -> Record {
    let lambda_arn = format!("arn:aws:lambda:eu-west-1:123456789012:function:shop-dev-{name}");
    Record::new(
        name,
        LambdaFunction {
            lambda_arn: Some(lambda_arn),
        },
    )
}

#[test]
fn what_else_a_file_says_is_kept() {
    let file = json!({
        "schema_version": "2.0",
        "backend": "api",
        "comment": { "by": "hand" },
        "cargo_chalice": { "account_id": "123456789012", "region": "eu-west-1", "later": [1] },
        "resources": [
            { "name": "api_handler", "resource_type": "lambda_function", "lambda_arn": "arn", "color": "red" },
            { "name": "queue", "resource_type": "sqs_queue", "queue_url": "https://..", "depth": { "a": null } },
            {
                "name": "domain", "resource_type": "domain_name", "hosted_zone_id": null,
                "api_mapping": [{ "key": "/v1", "id": "m" }],
                "cargo_chalice": { "status": "updating", "settings_hash": "a", "later": true },
            },
        ],
    });
    let state = parse(&file).unwrap();
    assert_eq!(written(&state), file);
    let [handler, queue, domain] = state.resources() else {
        panic!("{state:?}");
    };
    assert_eq!(handler.extra("color"), Some(&json!("red")));
    assert_eq!(handler.status(), Status::Deployed);
    assert_eq!(queue.resource.resource_type(), "sqs_queue");
    assert_eq!(queue.extra("queue_url"), Some(&json!("https://..")));
    let unknown: Vec<_> = state.unknown().map(|it| it.0.name.as_str()).collect();
    assert_eq!(unknown, ["queue"]);
    assert_eq!(domain.status(), Status::Updating);
    assert_eq!(domain.progress.settings_hash.as_deref(), Some("a"));
    let Resource::DomainName(domain) = &domain.resource else {
        panic!("{domain:?}");
    };
    assert_eq!(domain.hosted_zone_id, None);
    assert_eq!(domain.api_mapping.as_ref().unwrap()[0].key, "/v1");
}

#[test]
fn a_value_that_is_known_by_now_takes_the_place_of_null() {
    let file = framed(json!([
        { "name": "api", "resource_type": "rest_api", "rest_api_id": "a", "rest_api_url": null },
    ]));
    let mut state = parse(&file).unwrap();
    let mut record = state.resources()[0].clone();
    let Resource::RestApi(api) = &mut record.resource else {
        panic!("{record:?}");
    };
    api.rest_api_url = Some("https://a.example/api/".to_owned());
    state.put(record);
    assert_eq!(
        written(&state)["resources"][0]["rest_api_url"],
        "https://a.example/api/"
    );
    assert_eq!(state.to_text().matches("rest_api_url").count(), 1);
}

#[test]
fn records_keep_their_order() {
    let mut state = DeployedState::default();
    for name in ["role", "first", "second"] {
        state.put(function(name));
    }
    state.put(function("first").with_settings_hash("a"));
    let names = |state: &DeployedState| -> Vec<String> {
        state.resources().iter().map(|it| it.name.clone()).collect()
    };
    assert_eq!(names(&state), ["role", "first", "second"]);
    assert_eq!(
        state
            .get("first")
            .unwrap()
            .progress
            .settings_hash
            .as_deref(),
        Some("a")
    );
    state.set_status("second", Status::Deleting).unwrap();
    let interrupted: Vec<_> = state.interrupted().map(|it| it.name.as_str()).collect();
    assert_eq!(interrupted, ["second"]);
    assert_eq!(names(&parse(&written(&state)).unwrap()), names(&state));
    assert!(state.remove("role").is_some());
    assert!(state.remove("role").is_none());
    assert_eq!(names(&state), ["first", "second"]);
    assert_eq!(
        state
            .set_status("role", Status::Deleting)
            .unwrap_err()
            .to_string(),
        "there is no resource `role` in the state"
    );
}

#[test]
fn a_state_is_of_one_account_and_region() {
    let here = Origin::new("123456789012", "eu-west-1");
    let mut state = DeployedState::default();
    assert_eq!(state.origin(), None);
    state.set_origin(Origin::new("1", "us-east-1")).unwrap();
    // Nothing is there that could be left behind.
    state.set_origin(here.clone()).unwrap();
    // As AWS Chalice leaves it.
    let mut state = DeployedState::default();
    state.put(function("api_handler"));
    assert_eq!(state.origin(), Some(here.clone()));
    state.set_origin(here.clone()).unwrap();
    assert_eq!(
        written(&state)["cargo_chalice"],
        json!({ "account_id": "123456789012", "region": "eu-west-1" })
    );
    let error = state.set_origin(Origin::new("123456789012", "eu-west-2"));
    assert_eq!(
        error.unwrap_err().to_string(),
        "the stage is deployed to 123456789012, eu-west-1 (account, region), and the credentials in use are for \
         123456789012, eu-west-2: give that account's `--profile` and `--region`, delete the stage there, or deploy \
         under another stage's name"
    );
    assert_eq!(state.origin(), Some(here));
}

#[test]
fn what_is_no_state_is_refused() {
    let record = |change: &str, value: Value| {
        let mut record =
            json!({ "name": "f", "resource_type": "lambda_function", "lambda_arn": "arn" });
        record[change] = value;
        framed(json!([record]))
    };
    let error = |text: &str| {
        DeployedState::parse(text.as_bytes())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(error(""), "it is empty");
    assert_eq!(error(" \n\0\0"), "it is empty");
    assert_eq!(
        error("{\n \"resources\": [{\"na"),
        "it ends in the middle, at line 2"
    );
    assert!(error("<<<<<<< HEAD\n").starts_with("it is not JSON: expected value at line 1"));
    assert!(error(&"[".repeat(100_000)).starts_with("it is not JSON: recursion limit"));
    for (value, message) in [
        (
            json!([]),
            "the file is not an object, as AWS Chalice's format 2.0 has it",
        ),
        (
            json!({ "dev": { "rest_api_id": "a" } }),
            "its `schema_version` is missing, and this version reads 2.0 alone",
        ),
        (
            json!({ "schema_version": "3.0", "resources": [] }),
            "its `schema_version` is \"3.0\", and this version reads 2.0 alone",
        ),
        (
            json!({ "schema_version": "2.0", "resources": [], "backend": "cloudformation" }),
            "its `backend` is \"cloudformation\", and only what was deployed by the `api` backend can be deployed \
             again by calls to AWS: what is in a stack of AWS CloudFormation stays there",
        ),
        (
            json!({ "schema_version": "2.0" }),
            "`resources` is not a list, as AWS Chalice's format 2.0 has it",
        ),
        (
            framed(json!([1])),
            "`resources[0]` is not an object, as AWS Chalice's format 2.0 has it",
        ),
        (
            record("name", Value::Null),
            "`resources[0].name` is not a text, as AWS Chalice's format 2.0 has it",
        ),
        (
            record("resource_type", json!("")),
            "`resources[0].resource_type` is not a text, as AWS Chalice's format 2.0 has it",
        ),
        (
            record("lambda_arn", json!(["arn"])),
            "`resources[0].lambda_arn` is not of the form that its type has, as AWS Chalice's format 2.0 has it",
        ),
        (
            record("cargo_chalice", json!({ "status": "pondering" })),
            "`resources[0].cargo_chalice` is of a newer version of cargo-chalice, or broken: update cargo-chalice",
        ),
        (
            framed(json!([
                { "name": "f", "resource_type": "a" }, { "name": "f", "resource_type": "b" },
            ])),
            "two of its `resources` are called `f`",
        ),
    ] {
        assert_eq!(parse(&value).unwrap_err().to_string(), message);
    }
    let huge = vec![b' '; usize::try_from(DeployedState::SIZE_LIMIT).unwrap() + 1];
    assert_eq!(
        DeployedState::parse(&huge),
        Err(StateError::TooLarge {
            limit: DeployedState::SIZE_LIMIT
        })
    );
}

#[test]
fn a_mark_of_the_byte_order_is_passed_over() {
    let text = format!("\u{feff}{}", framed(json!([])));
    assert_eq!(
        DeployedState::parse(text.as_bytes()),
        Ok(DeployedState::default())
    );
}

#[test]
fn format_1_is_taken_over() {
    let file = json!({
        "dev": {
            "backend": "api", "region": "eu-west-1", "chalice_version": "1.0.0", "api_gateway_stage": "api",
            "api_handler_name": "shop-dev", "api_handler_arn": "arn:handler", "rest_api_id": "a1",
            "lambda_functions": { "shop-dev-report": { "type": "scheduled_event", "arn": "arn:report" } },
        },
        "old": {
            "api_handler_arn": "arn:handler", "rest_api_id": "a2",
            "lambda_functions": { "shop-old-auth": "arn:auth" },
        },
        "bare": { "api_handler_arn": "arn:handler", "rest_api_id": "a3" },
        "stack": { "backend": "cloudformation" },
        "half": { "rest_api_id": "a4" },
        "other": {
            "api_handler_arn": "arn:handler", "rest_api_id": "a5",
            "lambda_functions": { "else-other-auth": "arn:auth" },
        },
    });
    let upgrade = |stage| DeployedState::upgrade(file.to_string().as_bytes(), "shop", stage);
    let of = |name: &str, arn: &str| json!({ "name": name, "resource_type": "lambda_function", "lambda_arn": arn });
    let api =
        |id: &str| json!({ "name": "rest_api", "resource_type": "rest_api", "rest_api_id": id });
    for (stage, resources) in [
        (
            "dev",
            json!([
                of("report", "arn:report"),
                of("api_handler", "arn:handler"),
                api("a1")
            ]),
        ),
        (
            "old",
            json!([
                of("auth", "arn:auth"),
                of("api_handler", "arn:handler"),
                api("a2")
            ]),
        ),
        ("bare", json!([of("api_handler", "arn:handler"), api("a3")])),
    ] {
        assert_eq!(
            written(&upgrade(stage).unwrap().unwrap()),
            framed(resources)
        );
    }
    assert_eq!(upgrade("prod"), Ok(None));
    let error = |stage| upgrade(stage).unwrap_err().to_string();
    assert!(error("stack").starts_with("its `backend` is \"cloudformation\""));
    assert_eq!(
        error("half"),
        "`half` in it is not what AWS Chalice's format 1.0 has: it has no `api_handler_arn` or no `rest_api_id`"
    );
    assert_eq!(
        error("other"),
        "`other` in it is not what AWS Chalice's format 1.0 has: its function `else-other-auth` has no `arn`, or is \
         none of the app `shop`"
    );
    assert_eq!(
        DeployedState::upgrade(b"{", "shop", "dev"),
        Err(StateError::Truncated { line: 1 })
    );
}

fn any_resource() -> impl Strategy<Value = Resource> {
    let text = || option::of("[a-z:/-]{0,12}");
    prop_oneof![
        (text(), text()).prop_map(|(role_arn, role_name)| IamRole {
            role_arn,
            role_name
        }
        .into()),
        text().prop_map(|lambda_arn| LambdaFunction { lambda_arn }.into()),
        (text(), text(), text(), text()).prop_map(|(queue_arn, event_uuid, queue, lambda_arn)| {
            SqsEvent {
                queue_arn,
                event_uuid,
                queue,
                lambda_arn,
            }
            .into()
        }),
        (text(), option::of(vec("/[a-z]{0,4}", 0..3))).prop_map(|(domain_name, keys)| {
            let mapping = |key| ApiMapping {
                key,
                extra: Default::default(),
            };
            DomainName {
                domain_name,
                api_mapping: keys.map(|keys| keys.into_iter().map(mapping).collect()),
                ..DomainName::default()
            }
            .into()
        }),
        "[A-Z]{1,8}".prop_map(|resource_type| Resource::Unknown(UnknownResource { resource_type })),
    ]
}

fn any_record() -> impl Strategy<Value = Record> {
    let status = prop_oneof![
        Just(Status::Deployed),
        Just(Status::Creating),
        Just(Status::Updating),
        Just(Status::Deleting),
    ];
    let hash = || option::of("[0-9a-f]{0,8}");
    (any_resource(), status, hash(), hash(), any::<char>()).prop_map(
        |(resource, status, settings_hash, code_sha256, extra)| {
            let mut record = Record::new("", resource);
            record.progress = Progress {
                status,
                settings_hash,
                code_sha256,
                ..Progress::default()
            };
            record
                .extra
                .insert(format!("x-{extra}"), json!(extra.to_string()));
            record
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        records in vec(any_record(), 0..8),
        origin in option::of(("[0-9]{12}", "[a-z0-9-]{1,12}")),
    ) {
        let mut state = DeployedState::default();
        if let Some((account_id, region)) = origin {
            state.set_origin(Origin::new(account_id, region)).unwrap();
        }
        for (index, record) in records.into_iter().enumerate() {
            state.put(Record { name: format!("r{index}"), ..record });
        }
        let read = DeployedState::parse(state.to_text().as_bytes());
        prop_assert_eq!(read.as_ref(), Ok(&state));
        prop_assert_eq!(read.unwrap().to_text(), state.to_text());
    }

    #[test]
    fn whatever_is_cut_off_is_an_error(cut in 1_usize..200) {
        let mut state = DeployedState::default();
        state.put(function("f"));
        let text = state.to_text();
        // The line at the end may be missing.
        let end = (text.len() - 1).saturating_sub(cut);
        prop_assert!(DeployedState::parse(&text.as_bytes()[..end]).is_err());
    }

    #[test]
    fn no_text_is_too_odd_to_be_refused(text in any::<Vec<u8>>()) {
        let _ = DeployedState::parse(&text);
        let _ = DeployedState::upgrade(&text, "shop", "dev");
    }
}
