//! What the graph says of each kind of resource.

use chalice_core::manifest::model::Route;
use serde_json::{Map, Value, json};

use super::Node;
use crate::{
    Api, ApiDomain, Arn, EventSource, EventSourceKind, Function, FunctionRole, LogGroup,
    MappingSource, PolicyDocument, Resources, Role, RuleTrigger, StreamKind, WebsocketApi,
};

/// The resources: APIs, functions with what invokes them, roles, log groups.
pub(super) fn of(resources: &Resources) -> Vec<Node> {
    let apis = [
        resources.api.as_ref().map(|it| api(resources, it)),
        resources
            .websocket_api
            .as_ref()
            .map(|it| websocket_api(resources, it)),
    ];
    let functions = resources.functions.entries().map(|(id, it)| {
        let sources = resources.event_sources.iter();
        let children = sources
            .filter(|source| source.function == id)
            .map(event_source)
            .collect();
        function(resources, it, children)
    });
    apis.into_iter()
        .flatten()
        .chain(functions)
        .chain(resources.roles.iter().map(role))
        .chain(resources.log_groups.iter().map(log_group))
        .collect()
}

fn node(kind: &'static str, name: &str, summary: String, properties: Value) -> Node {
    let properties = match properties {
        Value::Object(properties) => properties,
        _ => Map::new(),
    };
    Node {
        kind,
        name: name.to_owned(),
        summary,
        properties: properties
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .collect(),
        children: Vec::new(),
    }
}

fn text(value: &impl ToString) -> Value {
    value.to_string().into()
}

fn api(resources: &Resources, api: &Api) -> Node {
    let (kind, api_name, handler, routes, endpoint) = match api {
        Api::Rest(rest) => (
            "rest_api",
            &rest.api_name,
            rest.handler,
            rest.routes(),
            text(&rest.endpoint.endpoint_type()),
        ),
        Api::Http(http) => (
            "http_api",
            &http.api_name,
            http.handler,
            http.routes(),
            "REGIONAL".into(),
        ),
    };
    let handler = &resources.functions[handler].name;
    let summary = format!(
        "{}, stage {}",
        endpoint.as_str().unwrap_or_default(),
        api.stage()
    );
    let mut node = node(
        kind,
        api.name(),
        summary,
        json!({
            "api_name": api_name,
            "stage": text(api.stage()),
            "endpoint_type": endpoint,
            "function": handler,
        }),
    );
    node.children = routes.iter().map(|it| route(it, handler)).collect();
    node.children.extend(api.domain().map(domain));
    node
}

fn route(route: &Route, handler: &str) -> Node {
    let authorizer = route.authorizer.as_ref().map(|it| it.name());
    let guarded = authorizer.map_or_else(String::new, |name| format!(", authorizer {name}"));
    let key = if route.api_key_required {
        ", API key"
    } else {
        ""
    };
    let methods = route.methods.join(" ");
    node(
        "route",
        &route.name,
        format!("{methods} {}{guarded}{key}", route.path),
        json!({
            "path": route.path,
            "methods": route.methods,
            "function": handler,
            "authorizer": authorizer,
            "api_key_required": route.api_key_required,
        }),
    )
}

fn domain(domain: &ApiDomain) -> Node {
    let prefix = domain.domain.url_prefix.as_ref();
    let name = &domain.domain.domain_name;
    let summary = match prefix {
        Some(prefix) => format!("https://{name}/{prefix}"),
        None => format!("https://{name}"),
    };
    node(
        "domain_name",
        domain.name,
        summary,
        json!({
            "domain_name": text(name),
            "url_prefix": prefix.map(text),
            "certificate_arn": text(&domain.domain.certificate_arn),
            "endpoint_type": text(&domain.endpoint_type),
        }),
    )
}

fn websocket_api(resources: &Resources, api: &WebsocketApi) -> Node {
    let mut node = node(
        "websocket_api",
        WebsocketApi::NAME,
        format!("stage {}", api.stage),
        json!({ "api_name": api.api_name, "stage": text(&api.stage) }),
    );
    node.children = api
        .routes
        .iter()
        .map(|route| {
            let function = &resources.functions[route.function].name;
            self::node(
                "websocket_route",
                &route.route_key,
                format!("function {function}"),
                json!({ "function": function }),
            )
        })
        .collect();
    node.children.extend(api.domain.as_ref().map(domain));
    node
}

fn function(resources: &Resources, function: &Function, children: Vec<Node>) -> Node {
    let role = match &function.role {
        FunctionRole::Managed(role) => resources.roles[*role].name.clone(),
        FunctionRole::Existing(arn) => arn.to_string(),
    };
    let seconds = function.timeout.duration().as_secs();
    let megabytes = function.memory_size.megabytes();
    let variables: Vec<&str> = function
        .environment_variables
        .iter()
        .map(|(name, _)| name)
        .collect();
    let vpc = function.vpc.as_ref().map(|vpc| {
        let subnets: Vec<Value> = vpc.subnet_ids.iter().map(text).collect();
        let groups: Vec<Value> = vpc.security_group_ids.iter().map(text).collect();
        json!({ "subnet_ids": subnets, "security_group_ids": groups })
    });
    let layers: Vec<Value> = function.layers.iter().map(text).collect();
    let mut node = node(
        "function",
        &function.name,
        format!(
            "{}: {megabytes} MB, {seconds} s, {}, role {role}",
            function.function_name, function.architecture
        ),
        json!({
            "function_name": function.function_name,
            "description": function.description,
            "role": role,
            "lambda_memory_size": megabytes,
            "lambda_timeout": seconds,
            "ephemeral_storage": function.ephemeral_storage.megabytes(),
            "architecture": text(&function.architecture),
            "environment_variables": variables,
            "tags": function.tags,
            "layers": layers,
            "vpc": vpc,
            "xray": function.xray,
            "reserved_concurrency": function.reserved_concurrency.map(|it| it.executions()),
            "alias": function.alias.as_ref().map(|alias| text(&alias.name)),
            "dead_letter": function.dead_letter.as_ref().map(text),
            "on_failure": function.on_failure,
            "function_url": function.url.as_ref().map(|url| text(&url.auth_type)),
            "log_group": function.log_group.map(|id| &resources.log_groups[id].name),
        }),
    );
    node.children = children;
    node
}

/// An ARN with names for what only AWS knows.
fn arn(arn: &Arn) -> String {
    arn.text("<partition>", "<region>", "<account>", "<websocket-api>")
}

fn event_source(source: &EventSource) -> Node {
    let (kind, summary, properties) = match &source.kind {
        EventSourceKind::Rule(rule) => match &rule.trigger {
            RuleTrigger::Schedule(schedule) => (
                "schedule",
                schedule.clone(),
                json!({
                    "rule_name": rule.rule_name,
                    "schedule_expression": schedule,
                    "description": rule.description,
                }),
            ),
            RuleTrigger::Pattern { pattern, event_bus } => (
                "event_pattern",
                Value::Object(pattern.clone()).to_string(),
                json!({
                    "rule_name": rule.rule_name,
                    "event_pattern": pattern,
                    "event_bus": event_bus,
                    "bucket": rule.bucket,
                    "description": rule.description,
                }),
            ),
        },
        EventSourceKind::Sns(subscription) => {
            let topic = arn(&subscription.topic);
            (
                "sns_subscription",
                topic.clone(),
                json!({ "topic": topic, "filter_policy": subscription.filter_policy }),
            )
        }
        EventSourceKind::S3(notification) => {
            let keys = [&notification.prefix, &notification.suffix];
            let keys = keys
                .map(|part| part.as_deref().unwrap_or_default())
                .join("*");
            (
                "s3_notification",
                format!(
                    "{}/{keys}: {}",
                    notification.bucket,
                    notification.events.join(" ")
                ),
                json!({
                    "bucket": notification.bucket,
                    "events": notification.events,
                    "prefix": notification.prefix,
                    "suffix": notification.suffix,
                }),
            )
        }
        EventSourceKind::Mapping(mapping) => {
            let kind = match &mapping.source {
                MappingSource::Queue { .. } => "sqs_event_source",
                MappingSource::Stream(stream) => match stream.kind {
                    StreamKind::Kinesis => "kinesis_event_source",
                    StreamKind::Dynamodb => "dynamodb_event_source",
                },
            };
            let source = arn(&mapping.event_source);
            (
                kind,
                format!("{source}, batches of {}", mapping.batch_size),
                json!({
                    "event_source_arn": source,
                    "batch_size": mapping.batch_size,
                    "maximum_batching_window_in_seconds": mapping.maximum_batching_window_in_seconds,
                    "filters": mapping.filters,
                }),
            )
        }
    };
    node(kind, &source.name, summary, properties)
}

fn role(role: &Role) -> Node {
    let policy = role.policy.document(|it| arn(it).into());
    let managed: Vec<&str> = role.managed_policies.iter().map(|it| &*it.name).collect();
    let source = match (&role.policy, managed.len()) {
        (PolicyDocument::Generated(_), 0) => "a policy made of the app".to_owned(),
        (PolicyDocument::Generated(_), several) => format!("{several} policies made of the app"),
        (PolicyDocument::File(_), _) => "the policy of a file".to_owned(),
    };
    node(
        "role",
        &role.name,
        format!("{}, with {source}", role.role_name),
        json!({
            "role_name": role.role_name,
            "path": text(&role.path),
            "permissions_boundary": role.permissions_boundary.as_ref().map(text),
            "policy": policy,
            "managed_policies": (!managed.is_empty()).then_some(managed),
        }),
    )
}

fn log_group(group: &LogGroup) -> Node {
    let retention = group.retention_in_days.map(|days| days.days());
    let kept = match retention {
        Some(days) => format!("{days} days"),
        None => "for ever".to_owned(),
    };
    node(
        "log_group",
        &group.name,
        format!("{}, kept {kept}", group.log_group_name),
        json!({ "log_group_name": group.log_group_name, "retention_in_days": retention }),
    )
}
