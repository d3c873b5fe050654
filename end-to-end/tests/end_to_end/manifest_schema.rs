//! The manifest's JSON Schema and its data types are two descriptions of one
//! format, and accept the same documents.

use chalice_core::manifest::{
    SCHEMA, VERSION,
    model::{
        AllowOrigin, Api, App, Argument, Authorizer, AuthorizerFunction, BlueprintGrants,
        CloudwatchFunction, Cors, CorsSetting, DynamodbFunction, FilterPolicyScope, Framework,
        Function, FunctionKind, Grant, GrantSource, GrantedResource, Identity, IdentityPlace,
        IdentitySource, KinesisFunction, Manifest, Parameter, PureLambdaFunction, ResourceKind,
        Route, S3Function, ScheduledFunction, SnsFunction, Source, SqsFunction, StartingPosition,
        WebsocketFunction,
    },
};
use jsonschema::Validator;
use serde_json::{Map, Value, json};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
        panic!("the schema is no JSON Schema: {error}");
    }
    jsonschema::draft202012::new(&schema).unwrap()
}

/// The document follows the schema.
#[track_caller]
pub(crate) fn assert_valid(manifest: &Value) {
    let errors: Vec<String> = validator()
        .iter_errors(manifest)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

fn source() -> Source {
    Source {
        module: "sample::users".to_owned(),
        item: "show".to_owned(),
        file: "src/users.rs".to_owned(),
        line: 17,
    }
}

fn grant() -> Grant {
    let resource = |kind, name: Option<&str>, variable: Option<&str>| GrantedResource {
        kind,
        name: name.map(str::to_owned),
        variable: variable.map(str::to_owned),
        arn: "arn:{partition}:s3:::{name}/*".to_owned(),
    };
    Grant {
        actions: texts(&["s3:GetObject"]),
        resources: vec![
            resource(ResourceKind::Bucket, Some("photos"), None),
            resource(ResourceKind::EventBus, None, Some("BUS")),
        ],
        source: GrantSource {
            file: "src/users.rs".to_owned(),
            line: 9,
        },
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// A manifest with every field of every type, in two forms: as much as there
/// can be in it, and as little.
fn manifests() -> [Manifest; 2] {
    let cors = |allow_origin| Cors {
        allow_origin,
        allow_headers: texts(&["Authorization", "X-Special"]),
        expose_headers: texts(&["X-Special"]),
        max_age: Some(600),
        allow_credentials: true,
    };
    let one = || AllowOrigin::One("https://example.com".to_owned());
    let several = AllowOrigin::Several(texts(&["https://a.example.com", "https://b.example.com"]));
    let full_api = Api {
        cors: Some(cors(several)),
        binary_types: texts(&["application/x-protobuf"]),
        compression: Some(1024),
        debug: true,
    };
    let bare_api = Api {
        cors: None,
        binary_types: Vec::new(),
        compression: None,
        debug: false,
    };
    let full = |authorizer: Authorizer| Route {
        name: "users_show".to_owned(),
        path: "/users/{id}/files/{path+}".to_owned(),
        methods: texts(&[
            "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY",
        ]),
        parameters: vec![Parameter {
            name: "path".to_owned(),
            kind: "String".to_owned(),
            greedy: true,
        }],
        arguments: vec![Argument {
            name: "query".to_owned(),
            kind: "Query<Paging>".to_owned(),
        }],
        returns: "Result<Json<User>>".to_owned(),
        cors: CorsSetting::Own(cors(one())),
        authorizer: Some(authorizer),
        api_key_required: true,
        content_types: texts(&["application/json"]),
        stream: true,
        summary: Some("Show a user.".to_owned()),
        description: Some("With \"files\".\n".to_owned()),
        source: source(),
        grants: vec![grant()],
    };
    let authorizers = [
        Authorizer::AwsIam {
            name: "sigv4".to_owned(),
            scopes: Vec::new(),
        },
        Authorizer::CognitoUserPools {
            name: "pool".to_owned(),
            provider_arns: texts(&["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/a"]),
            header: "Authorization".to_owned(),
            scopes: texts(&["profile"]),
        },
        Authorizer::Custom {
            name: "legacy".to_owned(),
            authorizer_uri: "arn:aws:apigateway:eu-west-1:lambda:path/x".to_owned(),
            invoke_role_arn: Some("arn:aws:iam::123456789012:role/r".to_owned()),
            header: "Authorization".to_owned(),
            ttl_seconds: 300,
            scopes: texts(&["profile"]),
        },
        Authorizer::Jwt {
            name: "login".to_owned(),
            issuer: "https://example.com".to_owned(),
            audiences: texts(&["client"]),
            header: "Authorization".to_owned(),
            scopes: texts(&["profile"]),
        },
        Authorizer::Function {
            name: "demo_auth".to_owned(),
            scopes: texts(&["profile"]),
        },
    ];
    let manifest = |api, functions, routes, grants: Option<Grant>| Manifest {
        manifest_version: VERSION,
        framework: Framework {
            name: "chalice".to_owned(),
            version: "0.1.0".to_owned(),
        },
        app: App {
            name: "sample".to_owned(),
            source: source(),
            api,
            grants: grants.iter().cloned().collect(),
            blueprint_grants: grants
                .map(|grant| BlueprintGrants {
                    source: source(),
                    functions: texts(&["demo_auth"]),
                    routes: 0..3,
                    grants: vec![grant],
                })
                .into_iter()
                .collect(),
        },
        functions,
        routes,
    };
    let api = Function {
        name: "api_handler".to_owned(),
        grants: Vec::new(),
        kind: FunctionKind::RestApi {},
    };
    let authorizer = |identity| Function {
        name: "demo_auth".to_owned(),
        grants: vec![grant()],
        kind: FunctionKind::Authorizer(AuthorizerFunction {
            identity,
            ttl_seconds: Some(30),
            execution_role: Some("arn:aws:iam::123456789012:role/r".to_owned()),
            summary: Some("Who may pass.".to_owned()),
            description: Some("Those with a token.".to_owned()),
            source: source(),
        }),
    };
    let token = authorizer(Identity::Token {
        header: "Authorization".to_owned(),
    });
    let request = authorizer(Identity::Request {
        sources: vec![IdentitySource {
            place: IdentityPlace::StageVariable,
            name: "secret".to_owned(),
        }],
    });
    let mut functions = vec![api.clone(), token, request];
    functions.extend(of_events());
    let bare = Route {
        path: "/".to_owned(),
        methods: texts(&["GET"]),
        parameters: Vec::new(),
        arguments: Vec::new(),
        cors: CorsSetting::Inherit,
        authorizer: None,
        api_key_required: false,
        content_types: Vec::new(),
        stream: false,
        summary: None,
        description: None,
        grants: Vec::new(),
        ..full(authorizers[0].clone())
    };
    let off = Route {
        cors: CorsSetting::Off,
        ..bare.clone()
    };
    [
        manifest(
            full_api,
            functions,
            authorizers.map(full).into(),
            Some(grant()),
        ),
        manifest(bare_api, vec![api], vec![bare, off], None),
    ]
}

/// A function of every kind that an event source invokes, and a pure one.
fn of_events() -> Vec<Function> {
    let text = |text: &str| Some(text.to_owned());
    let on_failure = text("arn:aws:sqs:us-east-1:123456789012:failures");
    let description = text("Does it.");
    let pattern = || Map::from_iter([("body".to_owned(), json!([1]))]);
    let filters = vec![pattern()];
    let kinds = [
        FunctionKind::PureLambda(PureLambdaFunction {
            on_failure: on_failure.clone(),
            description: description.clone(),
            source: source(),
        }),
        FunctionKind::S3(S3Function {
            bucket: "mybucket".to_owned(),
            events: texts(&["s3:ObjectCreated:*"]),
            prefix: text("images/"),
            suffix: text(".jpg"),
            on_failure: on_failure.clone(),
            description: description.clone(),
            source: source(),
        }),
        FunctionKind::Sns(SnsFunction {
            topic: text("mytopic"),
            topic_arn: text("arn:aws:sns:us-east-1:123456789012:mytopic"),
            filter_policy: Some(pattern()),
            filter_policy_scope: FilterPolicyScope::MessageBody,
            on_failure: on_failure.clone(),
            description: description.clone(),
            source: source(),
        }),
        FunctionKind::Sqs(SqsFunction {
            queue: text("orders"),
            queue_arn: text("arn:aws:sqs:us-east-1:123456789012:orders"),
            batch_size: 10,
            maximum_batching_window_in_seconds: 5,
            maximum_concurrency: Some(2),
            filters: filters.clone(),
            report_batch_item_failures: true,
            description: description.clone(),
            source: source(),
        }),
        FunctionKind::Kinesis(KinesisFunction {
            stream: text("clicks"),
            stream_arn: text("arn:aws:kinesis:us-east-1:123456789012:stream/clicks"),
            batch_size: 100,
            starting_position: StartingPosition::AtTimestamp,
            starting_position_timestamp: Some(1),
            parallelization_factor: 10,
            maximum_retry_attempts: -1,
            maximum_record_age_in_seconds: 604_800,
            bisect_batch_on_function_error: true,
            tumbling_window_in_seconds: 900,
            maximum_batching_window_in_seconds: 0,
            filters: filters.clone(),
            report_batch_item_failures: true,
            on_failure: on_failure.clone(),
            description: description.clone(),
            source: source(),
        }),
        FunctionKind::Dynamodb(DynamodbFunction {
            stream_arn: "arn:aws:dynamodb:us-east-1:123456789012:table/T/stream/1".to_owned(),
            batch_size: 100,
            starting_position: StartingPosition::Latest,
            parallelization_factor: 10,
            maximum_retry_attempts: -1,
            maximum_record_age_in_seconds: 604_800,
            bisect_batch_on_function_error: true,
            tumbling_window_in_seconds: 900,
            maximum_batching_window_in_seconds: 0,
            filters,
            report_batch_item_failures: false,
            on_failure: on_failure.clone(),
            description: description.clone(),
            source: source(),
        }),
        FunctionKind::Cloudwatch(CloudwatchFunction {
            pattern: pattern(),
            event_bus: text("orders"),
            on_failure: on_failure.clone(),
            description: description.clone(),
            source: source(),
        }),
        FunctionKind::Scheduled(ScheduledFunction {
            schedule: "rate(1 hour)".to_owned(),
            on_failure,
            description: description.clone(),
            source: source(),
        }),
        FunctionKind::Websocket(WebsocketFunction {
            route_key: "$connect".to_owned(),
            description,
            source: source(),
        }),
    ];
    let named = |kind| Function {
        name: "f".to_owned(),
        grants: vec![grant()],
        kind,
    };
    kinds.map(named).into()
}

/// Whether the data types accept the document: they read it, and write the
/// same again. A document without a nullable member is read as well, but
/// none of the format: every member is written.
fn model_accepts(document: &Value) -> bool {
    let text = serde_json::to_vec(document).unwrap();
    Manifest::from_json(&text)
        .is_ok_and(|manifest| serde_json::to_value(manifest).unwrap() == *document)
}

/// The paths (RFC 6901, JSON Pointer) of every value in a document.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                pointers(member, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn what_the_model_writes_is_valid() {
    for manifest in manifests() {
        let document = serde_json::to_value(manifest).unwrap();
        assert_valid(&document);
        assert!(model_accepts(&document));
    }
}

#[test]
fn schema_and_model_accept_the_same() {
    let validator = validator();
    let (mut accepted, mut refused) = (0, 0);
    let mut compare = |document: &Value, change: &str| {
        let (schema, model) = (validator.is_valid(document), model_accepts(document));
        assert_eq!(schema, model, "schema: {schema}, model: {model}: {change}");
        *(if schema { &mut accepted } else { &mut refused }) += 1;
    };
    for manifest in manifests() {
        let document = serde_json::to_value(manifest).unwrap();
        let mut places = Vec::new();
        pointers(&document, "", &mut places);
        for place in places {
            for value in [
                json!(null),
                json!(true),
                json!(1),
                json!(-1),
                json!(0.5),
                json!(4_294_967_296_u64),
                json!([]),
                json!([17]),
                json!({}),
            ] {
                // The lists that cannot be empty; see the planted mistakes.
                let is_filled = place.ends_with("/methods") || place.ends_with("/events");
                if is_filled && value == json!([]) {
                    continue;
                }
                let mut changed = document.clone();
                *changed.pointer_mut(&place).unwrap() = value.clone();
                compare(&changed, &format!("{place} is {value}"));
            }
            let members = document.pointer(&place).unwrap().as_object();
            for key in members.into_iter().flat_map(|members| members.keys()) {
                let mut changed = document.clone();
                let object = changed.pointer_mut(&place).unwrap();
                object.as_object_mut().unwrap().remove(key);
                compare(&changed, &format!("{place} is without {key}"));
            }
            if members.is_some() {
                let mut changed = document.clone();
                changed.pointer_mut(&place).unwrap()["more"] = json!("x");
                compare(&changed, &format!("{place} has one member more"));
            }
            if place.ends_with("/type")
                && !place.contains("/parameters/")
                && !place.contains("/arguments/")
            {
                let mut changed = document.clone();
                *changed.pointer_mut(&place).unwrap() = json!("rest");
                compare(&changed, &format!("{place} is of no kind"));
            }
        }
    }
    assert!(accepted > 20 && refused > 1000, "{accepted}, {refused}");
}

#[test]
fn planted_mistakes_are_refused() {
    let validator = validator();
    let [manifest, _] = manifests();
    let document = serde_json::to_value(manifest).unwrap();
    for (place, value) in [
        ("/manifest_version", json!(2)),
        ("/app/name", json!("my app")),
        ("/app/source/line", json!(0)),
        ("/app/api/compression", json!(10_485_761)),
        (
            "/app/api/cors/allow_origin",
            json!(["https://a.example.com"]),
        ),
        ("/app/api/cors", json!(false)),
        ("/routes/0/cors", json!(true)),
        ("/functions/0/name", json!("")),
        ("/functions/0/type", json!("RestApi")),
        ("/functions/4/events", json!([])),
        ("/functions/6/batch_size", json!(0)),
        ("/functions/7/starting_position", json!("latest")),
        ("/routes/0/name", json!("users.show")),
        ("/routes/0/path", json!("users")),
        ("/routes/0/path", json!("")),
        ("/routes/0/path", json!("/users/")),
        ("/routes/0/path", json!("/users/<id>")),
        ("/routes/0/path", json!("/{path+}/users")),
        ("/routes/0/methods", json!([])),
        ("/routes/0/methods", json!(["get"])),
        ("/routes/0/methods", json!(["GET", "GET"])),
        ("/routes/0/parameters/0/greedy", json!("yes")),
        ("/routes/0/stream", json!("yes")),
        ("/routes/0/cors/max_age", json!("600")),
        ("/routes/0/authorizer/type", json!("custom")),
        ("/routes/1/authorizer/type", json!("aws_iam")),
        ("/routes/2/authorizer/ttl_seconds", json!(3601)),
        ("/routes/0/grants", json!([])),
        ("/routes/0/grants/0/resources/0/kind", json!("Bucket")),
        ("/app/blueprint_grants/0/routes/start", json!(-1)),
    ] {
        let mut changed = document.clone();
        *changed.pointer_mut(place).unwrap() = value.clone();
        assert!(!validator.is_valid(&changed), "{place} is {value}");
    }
}
