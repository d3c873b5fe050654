//! `AWS::Logs::LogGroup`

use chalice_resources::{AccessLog, AccessLogTarget, LogSource};
use serde_json::{Value, json};

use crate::{
    SamError,
    intrinsic::{arn_of, substituted},
    logical_id::logical_id,
    writer::{Writer, set},
};

impl Writer<'_> {
    pub(crate) fn log_groups(&mut self) -> Result<(), SamError> {
        for group in self.resources.log_groups.iter() {
            let name = match group.source {
                // AWS CloudFormation names the function.
                LogSource::Function(function) => {
                    substituted(format!("/aws/lambda/${{{}}}", self.function_id(function)))
                }
                LogSource::Api | LogSource::WebsocketApi => group.log_group_name.as_str().into(),
            };
            let mut properties = json!({ "LogGroupName": name });
            let days = group.retention_in_days.map(|retention| retention.days());
            set(&mut properties, "RetentionInDays", days);
            let subject = format!("the log group `{}`", group.name);
            let id = logical_id(&group.name);
            self.add(&id, subject, "AWS::Logs::LogGroup", properties)?;
        }
        Ok(())
    }

    /// `AccessLogSetting` of a REST API, `AccessLogSettings` of a WebSocket API.
    pub(crate) fn access_log(&self, log: &AccessLog) -> Value {
        let destination = match &log.target {
            AccessLogTarget::Existing(destination) => destination.as_str().into(),
            AccessLogTarget::LogGroup(group) => {
                arn_of(&logical_id(&self.resources.log_groups[*group].name))
            }
        };
        json!({ "DestinationArn": destination, "Format": log.format.as_str() })
    }
}
