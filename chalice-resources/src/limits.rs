//! What AWS refuses of resources that each are what they may be.

use std::collections::BTreeMap;

use chalice_core::event_source::event_pattern::MAX_LENGTH;
use serde_json::{Map, Value};

use crate::{
    Api, EventRule, EventSourceKind, HttpApi, MappingSource, Problem, Resources, RestApi,
    RuleTrigger,
};

/// The longest name of a function (AWS Lambda, "CreateFunction"), of a role (AWS Identity and Access
/// Management, "CreateRole") and of a rule (Amazon EventBridge, "PutRule"), in characters.
const MAX_NAME: usize = 64;

/// Amazon API Gateway, "Quotas for configuring and running a REST API".
const MAX_RESOURCES: usize = 300;

/// Amazon API Gateway, "Quotas for configuring and running a REST API".
const MAX_AUTHORIZERS: usize = 10;

/// Amazon API Gateway, "Quotas for configuring and running an HTTP API".
const MAX_ROUTES: usize = 300;

/// The longest resource policy, in bytes (Amazon API Gateway, "Quotas for configuring and running a
/// REST API").
const MAX_API_POLICY: usize = 8_192;

/// How many rules of an event bus may have wildcards; AWS raises it for nobody (Amazon EventBridge, "EventBridge
/// quotas").
const MAX_RULES_WITH_WILDCARDS: usize = 30;

pub(crate) fn check(resources: &Resources, problems: &mut Vec<Problem>) {
    names(resources, problems);
    event_patterns(resources, problems);
    reserved_concurrency(resources, problems);
    match &resources.api {
        None => {}
        Some(Api::Rest(api)) => rest_api(api, problems),
        Some(Api::Http(api)) => http_api(api, problems),
    }
    websocket_stage(resources, problems);
}

fn names(resources: &Resources, problems: &mut Vec<Problem>) {
    let functions = resources
        .functions
        .iter()
        .map(|it| ("function", &it.function_name));
    let roles = resources.roles.iter().map(|it| ("role", &it.role_name));
    let rules = resources
        .event_sources
        .iter()
        .filter_map(|source| match &source.kind {
            EventSourceKind::Rule(rule) => Some(("rule", &rule.rule_name)),
            _ => None,
        });
    for (kind, name) in functions.chain(roles).chain(rules) {
        let length = name.chars().count();
        if length > MAX_NAME {
            problems.push(Problem::new(
                format!("the {kind} `{name}`"),
                format!(
                    "its name has {length} characters, and AWS allows {MAX_NAME}: choose a shorter name for the app, the \
                     stage or the function"
                ),
            ));
        }
    }
}

/// The rules with a pattern, each with its pattern and its event bus.
pub(crate) fn rules_with_patterns(
    resources: &Resources,
) -> impl Iterator<Item = (&EventRule, &Map<String, Value>, &str)> {
    let sources = resources.event_sources.iter();
    sources.filter_map(|source| match &source.kind {
        EventSourceKind::Rule(rule) => match &rule.trigger {
            RuleTrigger::Pattern { pattern, event_bus } => {
                Some((rule, pattern, event_bus.as_deref().unwrap_or("default")))
            }
            RuleTrigger::Schedule(_) => None,
        },
        _ => None,
    })
}

/// How long a pattern is, as Amazon EventBridge counts: in characters, without white space between values.
pub(crate) fn pattern_length(pattern: &Map<String, Value>) -> usize {
    let text = Value::Object(pattern.clone()).to_string();
    text.chars().count()
}

fn event_patterns(resources: &Resources, problems: &mut Vec<Problem>) {
    let mut with_wildcards: BTreeMap<&str, usize> = BTreeMap::new();
    for (rule, pattern, event_bus) in rules_with_patterns(resources) {
        let length = pattern_length(pattern);
        if length > MAX_LENGTH {
            let shorter = match rule.bucket {
                Some(_) => "choose a shorter `prefix` or `suffix`",
                None => "choose a shorter one",
            };
            problems.push(Problem::new(
                format!("the rule `{}`", rule.rule_name),
                format!(
                    "its pattern has {length} characters, and Amazon EventBridge takes {MAX_LENGTH} at most: {shorter}"
                ),
            ));
        }
        if pattern.values().any(has_wildcard) {
            *with_wildcards.entry(event_bus).or_default() += 1;
        }
    }
    for (event_bus, count) in with_wildcards {
        if count > MAX_RULES_WITH_WILDCARDS {
            problems.push(Problem::new(
                format!("the event bus `{event_bus}`"),
                format!(
                    "{count} rules of the app have wildcards, as those of buckets have with `prefix` and `suffix` together, \
                     and an event bus has at most {MAX_RULES_WITH_WILDCARDS} of these: filter by one of the two, and by the \
                     other in the handler"
                ),
            ));
        }
    }
}

/// Whether the operator `wildcard` occurs in a part of a pattern.
fn has_wildcard(part: &Value) -> bool {
    match part {
        Value::Object(fields) => fields.values().any(has_wildcard),
        Value::Array(comparisons) => comparisons.iter().any(|comparison| {
            // What has an array there is a field of that name, in an alternative of `$or`.
            comparison["wildcard"].is_string()
                || !comparison["anything-but"]["wildcard"].is_null()
                || has_wildcard(comparison)
        }),
        _ => false,
    }
}

/// AWS Lambda, "Configuring scaling behavior for SQS event source mappings": a queue may not cause
/// more invocations than are reserved.
fn reserved_concurrency(resources: &Resources, problems: &mut Vec<Problem>) {
    for source in resources.event_sources.iter() {
        let EventSourceKind::Mapping(mapping) = &source.kind else {
            continue;
        };
        let MappingSource::Queue {
            maximum_concurrency: Some(maximum),
        } = mapping.source
        else {
            continue;
        };
        let function = &resources.functions[source.function];
        let Some(reserved) = function.reserved_concurrency else {
            continue;
        };
        if maximum > reserved.executions() {
            problems.push(Problem::new(
                format!("the function `{}`", function.name),
                format!(
                    "its queue causes up to {maximum} invocations at a time (`maximum_concurrency`), and {} are reserved for it \
                     (`reserved_concurrency`), so that messages are throttled and end in the dead-letter queue: reserve at \
                     least {maximum}",
                    reserved.executions()
                ),
            ));
        }
    }
}

fn rest_api(api: &RestApi, problems: &mut Vec<Problem>) {
    let resources = api.resources();
    if resources > MAX_RESOURCES {
        problems.push(Problem::new(
            "the REST API",
            format!(
                "its routes have {resources} resources (paths and parts of paths), and API Gateway's quota is {MAX_RESOURCES} per \
                 API: split the app, or catch several paths by one route with a greedy placeholder, such as `/files/{{path+}}`"
            ),
        ));
    }
    let authorizers = api.authorizer_count();
    if authorizers > MAX_AUTHORIZERS {
        problems.push(Problem::new(
            "the REST API",
            format!(
                "its routes have {authorizers} authorizers, and API Gateway's quota is {MAX_AUTHORIZERS} per API: let several \
                 routes share one"
            ),
        ));
    }
    let policy = api.policy().map_or(0, |policy| policy.to_string().len());
    if policy > MAX_API_POLICY {
        problems.push(Problem::new(
            "the REST API",
            format!(
                "its resource policy has {policy} bytes, and API Gateway allows {MAX_API_POLICY}: write fewer or broader statements"
            ),
        ));
    }
}

fn http_api(api: &HttpApi, problems: &mut Vec<Problem>) {
    let routes = api.route_count();
    if routes > MAX_ROUTES {
        problems.push(Problem::new(
            "the HTTP API",
            format!(
                "it has {routes} routes, those of preflights included, and API Gateway's quota is {MAX_ROUTES} per API: \
                 split the app, or catch several paths by one route with a greedy placeholder, such as `/files/{{path+}}`"
            ),
        ));
    }
}

fn websocket_stage(resources: &Resources, problems: &mut Vec<Problem>) {
    if let Some(api) = &resources.websocket_api
        && api.stage.is_default_of_http_apis()
    {
        problems.push(Problem::new(
            "the WebSocket API",
            "`api_gateway_stage` is `$default`, which only HTTP APIs have: write the name of a stage, such as `api`",
        ));
    }
}
