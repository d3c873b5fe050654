//! `access_log`: a line for each request to the API.

use serde_json::{Value, json};

use crate::{
    Problem,
    function::LogRetention,
    reading::{
        Given, Setting,
        arn::{behind, is_arn},
        text_setting,
    },
};

text_setting! {
    /// Where lines go: the ARN of a log group, or of a stream of Amazon Data Firehose whose name
    /// begins with `amazon-apigateway-` (Amazon API Gateway, "Set up CloudWatch logging for REST
    /// APIs" and "Log API calls to Amazon Data Firehose").
    pub struct AccessLogDestination;
    pattern: "arn:aws[a-z-]*:(logs:[^:]+:[0-9]{12}:log-group:[A-Za-z0-9_/.#-]+|\
              firehose:[^:]+:[0-9]{12}:deliverystream/amazon-apigateway-[A-Za-z0-9_.-]+)",
    is_taken: |text| is_log_group(text) || is_firehose(text),
    refusal: "Amazon API Gateway writes its access log to a log group, or to a stream of Amazon Data Firehose whose \
              name begins with `amazon-apigateway-`",
    "write the ARN of one, without `:*` at its end; without `destination`, the API gets a log group of its own",
}

fn is_log_group(text: &str) -> bool {
    is_arn(text, "logs", |arn| {
        !arn.region.is_empty()
            && !arn.account.is_empty()
            && behind(arn.resource, "log-group:").is_some_and(|name| {
                name.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_/.#".contains(&byte))
            })
    })
}

fn is_firehose(text: &str) -> bool {
    is_arn(text, "firehose", |arn| {
        !arn.region.is_empty()
            && !arn.account.is_empty()
            && behind(arn.resource, "deliverystream/amazon-apigateway-").is_some_and(|name| {
                name.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
            })
    })
}

impl AccessLogDestination {
    /// Whether it is a stream of Amazon Data Firehose, which HTTP APIs do not write to.
    pub fn is_firehose(&self) -> bool {
        is_firehose(self.as_str())
    }
}

text_setting! {
    /// What a line consists of: `$context` variables of Amazon API Gateway in one line of text, among
    /// them the id of the request, without which it refuses the format.
    pub struct AccessLogFormat;
    pattern: r"(?=.*\$context\.(requestId|extendedRequestId))[^\r\n]{1,3072}",
    is_taken: |format| format.len() <= 3072
        && !format.contains(['\n', '\r'])
        && ["$context.requestId", "$context.extendedRequestId"].iter().any(|id| format.contains(id)),
    refusal: "Amazon API Gateway takes one line of at most 3072 characters with `$context.requestId` or \
              `$context.extendedRequestId`",
    "add one of them, such as `{\"requestId\":\"$context.requestId\",\"status\":\"$context.status\"}` has it; without \
     `format`, lines are JSON",
}

impl Default for AccessLogFormat {
    /// JSON with what is asked for most: request, route, status, time and size.
    fn default() -> AccessLogFormat {
        let members = [
            ("requestId", "requestId"),
            ("ip", "identity.sourceIp"),
            ("requestTime", "requestTime"),
            ("httpMethod", "httpMethod"),
            ("path", "path"),
            ("protocol", "protocol"),
            ("status", "status"),
            ("responseLatency", "responseLatency"),
            ("responseLength", "responseLength"),
        ];
        let members = members.map(|(key, variable)| format!("\"{key}\":\"$context.{variable}\""));
        AccessLogFormat(format!("{{{}}}", members.join(",")))
    }
}

/// The access log of the stage of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessLog {
    /// Where lines go; without, to a log group of the API's own.
    pub destination: Option<AccessLogDestination>,
    /// What they consist of.
    pub format: AccessLogFormat,
    /// For how long the log group of the API's own keeps them; without, for ever.
    pub retention_in_days: Option<LogRetention>,
}

impl Setting for AccessLog {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<AccessLog> {
        let section = given.section(problems)?;
        section.no_keys_but(&["destination", "format", "retention_in_days"], problems);
        let log = AccessLog {
            destination: section.setting("destination", problems),
            format: section.setting("format", problems).unwrap_or_default(),
            retention_in_days: section.setting("retention_in_days", problems),
        };
        if log.destination.is_some()
            && let Some(retention) = section.given("retention_in_days")
        {
            let refusal = crate::Refusal::new(
                "a destination that exists has its own retention",
                "leave one of the two out",
            );
            retention.refuse(refusal, problems);
            return None;
        }
        Some(log)
    }

    fn schema() -> Value {
        json!({
            "type": "object",
            "properties": {
                "destination": <AccessLogDestination as Setting>::schema(),
                "format": <AccessLogFormat as Setting>::schema(),
                "retention_in_days": <LogRetention as Setting>::schema(),
            },
            "not": { "required": ["destination", "retention_in_days"] },
            "additionalProperties": false,
        })
    }
}
