//! `AWS::Lambda::Permission`

use chalice_resources::{Api, Permission, PermissionSource};
use serde_json::{Value, json};

use crate::{
    SamError, http_api,
    intrinsic::{arn, reference},
    logical_id::logical_id,
    rest_api, websocket_api,
    writer::Writer,
};

impl Writer<'_> {
    /// The permissions that SAM does not add to its own events.
    pub(crate) fn permissions(&mut self) -> Result<(), SamError> {
        for permission in &self.resources.permissions {
            let function = permission.function;
            let id = self.function_id(function);
            let api = match &self.resources.api {
                Some(Api::Http(_)) => executions("HttpAPIId", http_api::ID),
                _ => executions("RestAPIId", rest_api::ID),
            };
            let (id, function_name, source) = match permission.source {
                PermissionSource::Api => (
                    format!("{id}InvokePermission"),
                    self.invocable(function),
                    api,
                ),
                PermissionSource::Authorizer => (
                    format!("{id}InvokePermission"),
                    self.invocable_arn(function),
                    api,
                ),
                PermissionSource::WebsocketApi => (
                    format!("{id}InvokePermission"),
                    self.invocable(function),
                    executions("WebsocketAPIId", websocket_api::ID),
                ),
                PermissionSource::EventSource(source) => {
                    let source = &self.resources.event_sources[source];
                    let chalice_resources::EventSourceKind::S3(notification) = &source.kind else {
                        continue;
                    };
                    (
                        format!("{}Permission", logical_id(&source.name)),
                        self.invocable(function),
                        arn(&notification.bucket_arn()),
                    )
                }
            };
            let mut properties = json!({
                "FunctionName": function_name,
                "Action": "lambda:InvokeFunction",
                "Principal": permission.principal.as_str(),
                "SourceArn": source,
            });
            if permission.principal.needs_source_account() {
                properties["SourceAccount"] = reference("AWS::AccountId");
            }
            let subject = subject(permission);
            self.add(&id, subject, "AWS::Lambda::Permission", properties)?;
        }
        Ok(())
    }
}

fn subject(permission: &Permission) -> String {
    format!("the permission `{}`", permission.name)
}

/// Any method and path of an API.
fn executions(name: &str, api: &str) -> Value {
    let text = format!(
        "arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{name}}}/*"
    );
    json!({ "Fn::Sub": [text, { name: reference(api) }] })
}
