//! What stages of APIs have in common.

use chalice_config::Throttling;
use chalice_resources::{AccessLog, AccessLogTarget};
use serde_json::{Value, json};

use crate::{expression::literal, template::Template};

impl Template<'_> {
    /// The settings of an access log.
    pub(crate) fn access_log(&self, log: &AccessLog) -> Value {
        let destination = match &log.target {
            AccessLogTarget::Existing(arn) => literal(arn.as_str()),
            AccessLogTarget::LogGroup(group) => self.log_group(*group).get("arn"),
        };
        json!({ "destination_arn": destination, "format": literal(log.format.as_str()) })
    }

    /// Adds to the stage of an HTTP or WebSocket API what its access log and its limits are.
    pub(crate) fn add_logs_and_limits(
        &self,
        stage: &mut Value,
        log: Option<&AccessLog>,
        throttling: Option<Throttling>,
    ) {
        if let Some(log) = log {
            stage["access_log_settings"] = self.access_log(log);
        }
        if let Some(throttling) = throttling {
            stage["default_route_settings"] = json!({
                "throttling_rate_limit": throttling.rate_limit,
                "throttling_burst_limit": throttling.burst_limit,
            });
        }
    }
}
