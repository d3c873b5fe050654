//! What AWS takes, and does not do what one might expect.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    time::Duration,
};

use chalice_config::LambdaTimeout;
use chalice_core::event_source::event_pattern::DEFAULT_QUOTA;
use chalice_openapi::Placeholders;

use crate::{
    Api, EventRule, EventSourceKind, FunctionRole, MappingSource, PolicyDocument, Resources,
    RuleTrigger,
    limits::{pattern_length, rules_with_patterns},
};

/// How long API Gateway waits for a function of a REST API, unless its quota was raised
/// (Amazon API Gateway, "Quotas for configuring and running a REST API").
const REST_INTEGRATION_TIMEOUT: Duration = Duration::from_secs(29);

/// How long API Gateway waits for a function of an HTTP API
/// (Amazon API Gateway, "Quotas for configuring and running an HTTP API").
const HTTP_INTEGRATION_TIMEOUT: Duration = Duration::from_secs(30);

/// The visibility timeout of a queue of which nothing is said (Amazon SQS, "CreateQueue").
const DEFAULT_VISIBILITY_TIMEOUT: Duration = Duration::from_secs(30);

/// How many rules an event bus has in an account whose quota has not been raised (Amazon EventBridge, "EventBridge
/// quotas").
const RULES_OF_AN_EVENT_BUS: usize = 300;

/// Something to know about a stage before it is deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// What it is about, such as ``the function `resize` ``.
    pub subject: String,
    /// What there is to know.
    pub text: String,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.text)
    }
}

impl Resources {
    /// What AWS takes, and does not do what one might expect: for a tool to show, not to fail.
    pub fn notices(&self) -> Vec<Notice> {
        self.integration_timeout()
            .into_iter()
            .chain(self.visibility_timeouts())
            .chain(self.unchecked_requests())
            .chain(self.buckets_of_rules())
            .chain(self.raised_quotas())
            .chain(self.grants_without_effect())
            .collect()
    }

    /// Grants become statements of generated policies, and of no others.
    fn grants_without_effect(&self) -> Vec<Notice> {
        let mut of_files = Vec::new();
        let mut of_existing: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for function in self.functions.iter().filter(|function| function.has_grants) {
            match &function.role {
                FunctionRole::Existing(arn) => of_existing
                    .entry(arn.as_str())
                    .or_default()
                    .push(&function.name),
                FunctionRole::Managed(role) => {
                    if let PolicyDocument::File(_) = self.roles[*role].policy {
                        of_files.push(&*function.name);
                    }
                }
            }
        }
        let of_files = (!of_files.is_empty()).then(|| Notice {
            subject: functions(&of_files),
            text: "grants in the code change nothing here, since `\"autogen_policy\": false` has policies from files \
                   (`iam_policy_file`): permit there what the grants say, or leave `autogen_policy` out"
                .to_owned(),
        });
        let of_existing = of_existing.into_iter().map(|(arn, names)| Notice {
            subject: functions(&names),
            text: format!(
                "grants in the code change nothing here, since `\"manage_iam_role\": false` has the role {arn}, which exists \
                 (`iam_role_arn`): permit there what the grants say, or leave `manage_iam_role` out"
            ),
        });
        of_files.into_iter().chain(of_existing).collect()
    }

    fn integration_timeout(&self) -> Option<Notice> {
        let (handler, limit, kind) = match self.api.as_ref()? {
            Api::Rest(api) => (api.handler, REST_INTEGRATION_TIMEOUT, "REST"),
            Api::Http(api) => (api.handler, HTTP_INTEGRATION_TIMEOUT, "HTTP"),
        };
        let handler = &self.functions[handler];
        let timeout = handler.timeout.duration();
        // The default is more than that, too, and nobody has chosen it.
        (timeout > limit && handler.timeout != LambdaTimeout::DEFAULT).then(|| Notice {
            subject: format!("the function `{}`", handler.name),
            text: format!(
                "its timeout is {} s, and {kind} APIs wait {} s for an answer: whoever sent the request then gets an \
                 error while the function goes on, and is paid for; set its `lambda_timeout` to at most {}",
                timeout.as_secs(),
                limit.as_secs(),
                limit.as_secs(),
            ),
        })
    }

    fn unchecked_requests(&self) -> Vec<Notice> {
        let Some(Api::Rest(api)) = &self.api else {
            return Vec::new();
        };
        let Ok(definition) = api.definition(&Placeholders) else {
            return Vec::new();
        };
        let notes = definition.notes().iter();
        notes
            .map(|note| Notice {
                subject: "`request_validation`".to_owned(),
                text: note.to_string(),
            })
            .collect()
    }

    fn buckets_of_rules(&self) -> impl Iterator<Item = Notice> {
        let buckets: BTreeSet<&str> = rules_with_patterns(self)
            .filter_map(|(rule, ..)| rule.bucket.as_deref())
            .collect();
        buckets.into_iter().map(|bucket| Notice {
            subject: format!("the bucket `{bucket}`"),
            text: format!(
                "it has to send its events to Amazon EventBridge, where the app has them from (`\"s3_events\": \
                 \"eventbridge\"`); unless it does so already, turn that on once: `aws s3api \
                 put-bucket-notification-configuration --bucket {bucket} --notification-configuration \
                 '{{\"EventBridgeConfiguration\": {{}}}}'`, which replaces all notifications that the bucket has, so write \
                 beside it what `aws s3api get-bucket-notification-configuration --bucket {bucket}` shows"
            ),
        })
    }

    /// What Amazon EventBridge refuses in accounts whose quotas have not been raised.
    fn raised_quotas(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let sources = self.event_sources.iter();
        let schedules = sources.filter(|source| {
            let EventSourceKind::Rule(EventRule { trigger, .. }) = &source.kind else {
                return false;
            };
            matches!(trigger, RuleTrigger::Schedule(_))
        });
        let mut rules = BTreeMap::from([("default", schedules.count())]);
        for (rule, pattern, event_bus) in rules_with_patterns(self) {
            *rules.entry(event_bus).or_default() += 1;
            let length = pattern_length(pattern);
            if length > DEFAULT_QUOTA {
                notices.push(Notice {
                    subject: format!("the rule `{}`", rule.rule_name),
                    text: format!(
                        "its pattern has {length} characters, and Amazon EventBridge takes {DEFAULT_QUOTA} until AWS raises \
                         the account's quota"
                    ),
                });
            }
        }
        for (event_bus, count) in rules {
            if count > RULES_OF_AN_EVENT_BUS {
                notices.push(Notice {
                    subject: format!("the event bus `{event_bus}`"),
                    text: format!(
                        "the app has {count} rules there, and an event bus has {RULES_OF_AN_EVENT_BUS} at most until AWS \
                         raises the account's quota"
                    ),
                });
            }
        }
        notices
    }

    fn visibility_timeouts(&self) -> impl Iterator<Item = Notice> {
        self.event_sources.iter().filter_map(|source| {
            let EventSourceKind::Mapping(mapping) = &source.kind else {
                return None;
            };
            let function = &self.functions[source.function];
            let timeout = function.timeout.duration();
            let MappingSource::Queue { .. } = mapping.source else {
                return None;
            };
            (timeout > DEFAULT_VISIBILITY_TIMEOUT).then(|| Notice {
                subject: format!("the function `{}`", function.name),
                text: format!(
                    "its timeout is {} s, and AWS Lambda takes a queue whose visibility timeout is at least that; a queue \
                     of which nothing is said has {} s",
                    timeout.as_secs(),
                    DEFAULT_VISIBILITY_TIMEOUT.as_secs(),
                ),
            })
        })
    }
}

/// ``the function `a` ``, ``the functions `a`, `b` ``.
fn functions(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let plural = if names.len() == 1 { "" } else { "s" };
    format!("the function{plural} {}", quoted.join(", "))
}
