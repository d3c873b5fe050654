//! What stages of APIs have in common.

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
}
