//! What becomes of an app and a configuration.

mod app;
mod grants;
mod managed_policies;
mod reasons;
mod request_validation;
mod roles;
mod s3_events;
mod sources;

use std::path::Path;

use chalice::Application;
use chalice_config::{CommandLine, Config, Stage};
use chalice_core::manifest::model::{Authorizer, Manifest};
use chalice_resources::{
    Api, Arn, EventSourceKind, LogSource, MappingSource, PermissionSource, Problems, Resources,
    RuleTrigger, resources,
};

fn manifest() -> Manifest {
    Manifest::from_json(app::APP::manifest()).unwrap()
}

/// The stage `dev` of a configuration with these members.
fn stage(members: &str) -> Stage {
    let text = format!(r#"{{"version": "2.0", "app_name": "shop"{members}}}"#);
    let path = Path::new("config.json");
    Config::parse_stage(path, &text, "dev", CommandLine::default(), None).unwrap()
}

fn of(members: &str) -> Resources {
    resources(&manifest(), &stage(members)).unwrap()
}

fn refused(manifest: &Manifest, members: &str) -> Problems {
    resources(manifest, &stage(members)).unwrap_err()
}

#[test]
fn functions_come_in_the_order_of_what_invokes_them() {
    let resources = of("");
    let functions = resources.functions.iter();
    let names: Vec<(&str, &str)> = functions
        .map(|function| (&*function.name, &*function.function_name))
        .collect();
    assert_eq!(
        names,
        [
            ("pure", "shop-dev-pure"),
            ("sweep", "shop-dev-sweep"),
            ("resize", "shop-dev-resize"),
            ("notify", "shop-dev-notify"),
            ("order", "shop-dev-order"),
            ("click", "shop-dev-click"),
            ("api_handler", "shop-dev"),
            ("key", "shop-dev-key"),
            ("websocket_disconnect", "shop-dev-websocket_disconnect"),
            ("websocket_message", "shop-dev-websocket_message"),
            ("cheer", "shop-dev-cheer"),
            ("websocket_connect", "shop-dev-websocket_connect"),
        ]
    );
}

#[test]
fn functions_have_what_the_stage_and_the_framework_say() {
    let resources = of(
        r#", "tags": {"team": "a"}, "lambda_timeout": 20, "log_retention_in_days": 7,
        "lambda_functions": {"pure": {"lambda_memory_size": 512}}"#,
    );
    let pure = resources.functions.iter().next().unwrap();
    assert_eq!(pure.memory_size.megabytes(), 512);
    assert_eq!(pure.timeout.duration().as_secs(), 20);
    assert_eq!(pure.tags["team"], "a");
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        pure.tags["aws-chalice"],
        format!("version={version}:stage=dev:app=shop")
    );
    assert_eq!(
        pure.on_failure.as_deref(),
        Some("arn:aws:sqs:eu-west-1:123456789012:lost")
    );
    let group = &resources.log_groups[pure.log_group.unwrap()];
    assert_eq!(group.name, "pure-log-group");
    assert_eq!(group.log_group_name, "/aws/lambda/shop-dev-pure");
    let LogSource::Function(function) = group.source else {
        panic!("{group:?}");
    };
    assert_eq!(resources.functions[function].name, "pure");
    // The function that answers the routes has a name without its own.
    let groups = resources.log_groups.iter();
    let names: Vec<&str> = groups.map(|group| &*group.log_group_name).collect();
    assert!(names.contains(&"/aws/lambda/shop-dev"), "{names:?}");
}

#[test]
fn event_sources_have_names_of_their_functions() {
    let resources = of("");
    let sources: Vec<(&str, &str)> = resources
        .event_sources
        .iter()
        .map(|source| (&*source.name, &*resources.functions[source.function].name))
        .collect();
    assert_eq!(
        sources,
        [
            ("sweep-event", "sweep"),
            ("resize-s3event", "resize"),
            ("notify-sns-subscription", "notify"),
            ("order-sqs-event-source", "order"),
            ("click-kinesis-event-source", "click"),
        ]
    );
    let kinds: Vec<&EventSourceKind> = resources.event_sources.iter().map(|it| &it.kind).collect();
    let EventSourceKind::Rule(rule) = kinds[0] else {
        panic!("{kinds:?}");
    };
    assert_eq!(rule.rule_name, "shop-dev-sweep-event");
    assert_eq!(rule.description.as_deref(), Some("Sweeps."));
    assert_eq!(
        rule.trigger,
        RuleTrigger::Schedule("rate(1 hour)".to_owned())
    );
    let EventSourceKind::Mapping(queue) = kinds[3] else {
        panic!("{kinds:?}");
    };
    let arn = Arn::Regional {
        service: "sqs",
        resource: "orders".to_owned(),
    };
    assert_eq!(queue.event_source, arn);
    let maximum_concurrency = Some(5);
    assert_eq!(
        queue.source,
        MappingSource::Queue {
            maximum_concurrency
        }
    );
    let EventSourceKind::Mapping(stream) = kinds[4] else {
        panic!("{kinds:?}");
    };
    let arn = stream
        .event_source
        .text("aws", "eu-west-1", "123456789012", "");
    assert_eq!(arn, "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks");
}

#[test]
fn services_may_invoke_what_they_have_to_and_nothing_else() {
    let resources = of("");
    let permissions: Vec<(&str, &str, &str)> = resources
        .permissions
        .iter()
        .map(|permission| {
            let source = match permission.source {
                PermissionSource::Api => "api",
                PermissionSource::Authorizer => "authorizer",
                PermissionSource::WebsocketApi => "websocket_api",
                PermissionSource::EventSource(source) => &resources.event_sources[source].name,
            };
            let function = &resources.functions[permission.function];
            (&*function.name, permission.principal.as_str(), source)
        })
        .collect();
    assert_eq!(
        permissions,
        [
            ("sweep", "events.amazonaws.com", "sweep-event"),
            ("resize", "s3.amazonaws.com", "resize-s3event"),
            ("notify", "sns.amazonaws.com", "notify-sns-subscription"),
            ("api_handler", "apigateway.amazonaws.com", "api"),
            ("key", "apigateway.amazonaws.com", "authorizer"),
            (
                "websocket_connect",
                "apigateway.amazonaws.com",
                "websocket_api"
            ),
            (
                "websocket_message",
                "apigateway.amazonaws.com",
                "websocket_api"
            ),
            (
                "websocket_disconnect",
                "apigateway.amazonaws.com",
                "websocket_api"
            ),
            ("cheer", "apigateway.amazonaws.com", "websocket_api"),
        ]
    );
}

#[test]
fn an_access_log_without_a_destination_has_a_log_group() {
    let resources = of(r#", "access_log": {"retention_in_days": 3}"#);
    let groups: Vec<(&str, &str)> = resources
        .log_groups
        .iter()
        .map(|group| (&*group.name, &*group.log_group_name))
        .collect();
    assert_eq!(
        groups,
        [
            (
                "rest_api-access-log-group",
                "/aws/apigateway/shop-dev-rest_api"
            ),
            (
                "websocket_api-access-log-group",
                "/aws/apigateway/shop-dev-websocket_api"
            ),
        ]
    );
}

#[test]
fn the_routes_of_the_websocket_api_come_in_the_order_of_chalice() {
    let resources = of("");
    let api = resources.websocket_api.as_ref().unwrap();
    assert_eq!(api.api_name, "shop-dev-websocket-api");
    let keys: Vec<&str> = api.routes.iter().map(|route| &*route.route_key).collect();
    assert_eq!(keys, ["$connect", "$default", "$disconnect", "cheer"]);
}

#[test]
fn resources_of_a_rest_api_are_paths_and_their_parts() {
    let resources = of("");
    let Some(Api::Rest(api)) = &resources.api else {
        panic!("{:?}", resources.api);
    };
    // `/`, `/orders`, `/orders/{id}` and `/orders/{id}/items`.
    assert_eq!(api.resources(), 4);
    assert_eq!(api.authorizer_count(), 1);
    assert_eq!(api.authorizers.len(), 1);
    assert_eq!(api.api_name, "shop");
}

#[test]
fn an_app_without_routes_has_neither_api_nor_authorizers() {
    let mut manifest = manifest();
    manifest.routes.clear();
    manifest
        .functions
        .retain(|function| function.name != "api_handler");
    let resources = resources(&manifest, &stage("")).unwrap();
    assert!(resources.api.is_none());
    assert!(
        resources
            .functions
            .iter()
            .all(|function| function.name != "key")
    );
}

#[test]
fn the_name_of_the_app_is_one() {
    let mut manifest = manifest();
    manifest.app.name = "store".to_owned();
    let problems = refused(&manifest, "");
    assert_eq!(
        problems.to_string(),
        "the stage `dev` cannot be deployed:\n  the app: its name is `store` in the code, and `shop` in \
         .chalice/config.json, where the names of all resources have it from: write `\"app_name\": \"store\"` there, or \
         rename the app in `#[app]`"
    );
}

#[test]
fn a_rest_api_stays_within_the_quotas() {
    let mut manifest = manifest();
    let route = manifest.routes[0].clone();
    manifest.routes = (0..300)
        .map(|number| {
            let mut route = route.clone();
            route.path = format!("/r{number}");
            route.authorizer = Some(Authorizer::Custom {
                name: format!("a{}", number % 11),
                authorizer_uri: String::new(),
                invoke_role_arn: None,
                header: "Authorization".to_owned(),
                ttl_seconds: 300,
                scopes: Vec::new(),
            });
            route
        })
        .collect();
    let problems = refused(&manifest, "").problems;
    let texts: Vec<&str> = problems.iter().map(|problem| &*problem.refusal).collect();
    assert_eq!(texts.len(), 2, "{texts:#?}");
    assert!(texts[0].contains("301 resources"), "{}", texts[0]);
    assert!(texts[1].contains("11 authorizers"), "{}", texts[1]);
    manifest.routes.truncate(10);
    assert!(resources(&manifest, &stage("")).is_ok());
}

#[test]
fn an_http_api_stays_within_the_quotas_and_has_what_such_apis_have() {
    const HTTP: &str = r#", "api_type": "http""#;
    let resources = of(HTTP);
    let Some(Api::Http(api)) = &resources.api else {
        panic!("{:?}", resources.api);
    };
    // Two routes, and the preflight of one of their paths.
    assert_eq!(api.route_count(), 3);
    assert_eq!(resources.functions[api.authorizers[0]].name, "key");
    let mut manifest = manifest();
    let route = manifest.routes[1].clone();
    manifest.routes = (0..301)
        .map(|number| {
            let mut route = route.clone();
            route.path = format!("/r{number}");
            route.api_key_required = number == 7;
            route
        })
        .collect();
    let text = refused(&manifest, HTTP).to_string();
    assert!(text.contains("301 routes"), "{text}");
    assert!(text.contains("asks for an API key"), "{text}");
}

#[test]
fn names_stay_within_what_aws_takes() {
    // 62 characters in the name of the function, and 68 in that of its rule.
    for (characters, subject) in [
        (53, format!("the rule `shop-dev-{}-event`", "x".repeat(53))),
        (56, format!("the function `shop-dev-{}`", "x".repeat(56))),
    ] {
        let mut manifest = manifest();
        let mut functions = manifest.functions.iter_mut();
        functions
            .find(|function| function.name == "sweep")
            .unwrap()
            .name = "x".repeat(characters);
        let problems = refused(&manifest, "").problems;
        assert_eq!(problems[0].subject, subject);
    }
}

#[test]
fn a_queue_may_not_cause_more_than_is_reserved() {
    let problems = refused(
        &manifest(),
        r#", "lambda_functions": {"order": {"reserved_concurrency": 4}}"#,
    );
    let text = problems.to_string();
    assert!(text.contains("the function `order`"), "{text}");
    assert!(text.contains("reserve at least 5"), "{text}");
}

#[test]
fn websocket_apis_have_no_default_stage() {
    let members = r#", "api_type": "http", "api_gateway_stage": "$default""#;
    let text = refused(&manifest(), members).to_string();
    assert!(text.contains("the WebSocket API"), "{text}");
}

#[test]
fn what_takes_longer_than_others_wait_is_said() {
    let notices = |members: &str| -> Vec<String> {
        of(members)
            .notices()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    let all = notices(r#", "lambda_timeout": 31"#);
    assert_eq!(all.len(), 2, "{all:#?}");
    assert!(
        all[0].starts_with(
            "the function `api_handler`: its timeout is 31 s, and REST APIs wait 29 s"
        )
    );
    assert!(all[1].starts_with("the function `order`: its timeout is 31 s"));
    let http = notices(r#", "lambda_timeout": 31, "api_type": "http""#);
    assert!(http[0].contains("HTTP APIs wait 30 s"), "{http:#?}");
    // Nobody has chosen the default, and yet AWS Lambda refuses queues for it.
    assert_eq!(notices("").len(), 1);
    assert!(notices(r#", "lambda_timeout": 29"#).is_empty());
}

#[test]
fn the_graph_is_a_tree_for_people() {
    let members = r#", "log_retention_in_days": 7, "api_gateway_stage": "v1", "lambda_functions": {
        "pure": {"iam_role_arn": "arn:aws:iam::123456789012:role/mine", "manage_iam_role": false}
    }"#;
    let tree = of(members).graph().to_string();
    for line in [
        "shop, stage dev",
        "├── rest_api rest_api: EDGE, stage v1",
        "│   ├── route items: GET /orders/{id}/items, authorizer key",
        "│   └── route create: POST /orders",
        "│   ├── websocket_route $connect: function websocket_connect",
        "├── function pure: shop-dev-pure: 128 MB, 60 s, x86_64, role arn:aws:iam::123456789012:role/mine",
        "│   └── schedule sweep-event: rate(1 hour)",
        "│   └── s3_notification resize-s3event: photos/in/*: s3:ObjectCreated:*",
        "│   └── sqs_event_source order-sqs-event-source: arn:<partition>:sqs:<region>:<account>:orders, batches of 1",
        "├── role default-role: shop-dev, with a policy made of the app",
        "└── log_group websocket_connect-log-group: /aws/lambda/shop-dev-websocket_connect, kept 7 days",
    ] {
        assert!(tree.lines().any(|it| it == line), "{line}\n{tree}");
    }
}

#[test]
fn the_graph_has_no_values_of_variables() {
    let members = r#", "environment_variables": {"TOKEN": "hunter2"}"#;
    let graph = of(members).graph();
    let json = serde_json::to_string(&graph).unwrap();
    assert!(json.contains("TOKEN"), "{json}");
    for text in [json, graph.to_string(), graph.mermaid()] {
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[test]
fn the_graph_is_a_diagram() {
    let diagram = of("").graph().mermaid();
    let line = |label: &str| {
        let mut lines = diagram.lines().map(str::trim);
        let found = lines.find(|line| line.contains(label));
        found
            .unwrap_or_else(|| panic!("{label}\n{diagram}"))
            .to_owned()
    };
    let id = |label: &str| {
        line(label)
            .split(['[', '(', '{'])
            .next()
            .unwrap()
            .to_owned()
    };
    assert!(diagram.starts_with("flowchart LR\n"));
    let topic = id("arn:#lt;partition#gt;:sns:#lt;region#gt;:#lt;account#gt;:news");
    for edge in [
        format!(
            "{} --> {}",
            id("\"GET /orders/{id}/items, authorizer key\""),
            id("\"api_handler\"")
        ),
        format!("{} --> {}", topic, id("\"notify\"")),
        format!("{} --> {}", id("\"$connect\""), id("\"websocket_connect\"")),
        format!("{} -.-> {}", id("\"sweep\""), id("\"default-role\"")),
    ] {
        assert!(
            diagram.lines().any(|it| it.trim() == edge),
            "{edge}\n{diagram}"
        );
    }
}
