//! `AWS::Events::Rule`, for rules that SAM's events cannot have.

use chalice_resources::{EventRule, EventSourceKind, Function, Id, RuleTrigger};
use serde_json::json;

use crate::{
    SamError,
    intrinsic::arn_of,
    logical_id::logical_id,
    writer::{Writer, set},
};

impl Writer<'_> {
    /// Rules with an event pattern and a description. Their ids are those that SAM gives to its
    /// own, so that no rule is replaced when it gets a description.
    pub(crate) fn event_rules(&mut self, function: Id<Function>) -> Result<(), SamError> {
        for source in self.resources.event_sources.iter() {
            let EventSourceKind::Rule(EventRule {
                trigger: RuleTrigger::Pattern { pattern, event_bus },
                description: Some(description),
                ..
            }) = &source.kind
            else {
                continue;
            };
            if source.function != function {
                continue;
            }
            let id = format!("{}{}", self.function_id(function), logical_id(&source.name));
            let mut properties = json!({
                "Description": description,
                "EventPattern": pattern,
                "Targets": [{ "Arn": self.invocable_arn(function), "Id": format!("{id}LambdaTarget") }],
            });
            set(&mut properties, "EventBusName", event_bus.as_deref());
            let subject = format!("the rule `{}`", source.name);
            self.add(&id, subject, "AWS::Events::Rule", properties)?;
            let permission = json!({
                "FunctionName": self.invocable(function),
                "Action": "lambda:InvokeFunction",
                "Principal": "events.amazonaws.com",
                "SourceArn": arn_of(&id),
            });
            let subject = format!("the permission of the rule `{}`", source.name);
            let id = format!("{id}Permission");
            self.add(&id, subject, "AWS::Lambda::Permission", permission)?;
        }
        Ok(())
    }
}
