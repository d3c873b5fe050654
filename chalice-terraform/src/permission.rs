//! Who may invoke which function.

use chalice_resources::{Api, PermissionSource, Principal};
use serde_json::json;

use crate::{
    TerraformError,
    expression::{Address, literal},
    function, http_api, rest_api,
    template::{ACCOUNT, Template},
    websocket_api,
};

impl Template<'_> {
    pub(crate) fn permissions(&mut self) -> Result<(), TerraformError> {
        for permission in &self.resources.permissions {
            let source_arn = match permission.source {
                PermissionSource::Api | PermissionSource::Authorizer => {
                    let api = match &self.resources.api {
                        Some(Api::Http(_)) => http_api::address(),
                        _ => rest_api::address(),
                    };
                    format!("{}/*", api.get("execution_arn"))
                }
                PermissionSource::WebsocketApi => {
                    format!("{}/*", websocket_api::address().get("execution_arn"))
                }
                PermissionSource::EventSource(source) => self.event_source_arn(source),
            };
            let function = &self.resources.functions[permission.function];
            // As AWS Chalice has it: another attribute would replace the permission.
            let name = match permission.source {
                PermissionSource::WebsocketApi => "function_name",
                _ => "arn",
            };
            let mut arguments = json!({
                "action": "lambda:InvokeFunction",
                "function_name": function::address(function).get(name),
                "principal": permission.principal.as_str(),
                "source_arn": source_arn,
            });
            if function.alias.is_some() {
                arguments["qualifier"] = self.invoked_by(permission.function).get("name").into();
            }
            if permission.principal == Principal::S3 {
                arguments["statement_id"] = literal(&permission.name).into();
            }
            if permission.principal.needs_source_account() {
                arguments["source_account"] = ACCOUNT.into();
            }
            self.add(
                &Address::new("aws_lambda_permission", &permission.name),
                arguments,
            )?;
        }
        Ok(())
    }
}
