//! The REST API.

use chalice_config::Endpoint;
use chalice_resources::RestApi;
use serde_json::{Value, json};

use crate::{
    TerraformError,
    expression::{Address, json_literal, literal},
    template::Template,
};

/// The local value that holds the definition.
const DEFINITION: &str = "chalice_api_swagger";

impl Template<'_> {
    pub(crate) fn rest_api(&mut self, api: &RestApi) -> Result<(), TerraformError> {
        let definition = self.rest_api_definition(api)?;
        self.local(DEFINITION, definition.to_string().into());

        let mut endpoint = json!({ "types": [api.endpoint.endpoint_type().as_str()] });
        if let Endpoint::Private { vpc_endpoints } = &api.endpoint
            && !vpc_endpoints.is_empty()
        {
            let ids = vpc_endpoints.iter().map(|id| literal(id.as_str()));
            endpoint["vpc_endpoint_ids"] = ids.collect();
        }
        let mut arguments = json!({
            "name": literal(&api.api_name),
            "body": format!("${{local.{DEFINITION}}}"),
            "binary_media_types": api.binary_media_types.iter().map(|it| literal(it)).collect::<Vec<_>>(),
            "endpoint_configuration": endpoint,
        });
        // Deployments are snapshots: all that is part of one makes a new one.
        let mut triggers = json!({ "definition": format!("${{sha256(local.{DEFINITION})}}") });
        if let Some(size) = api.minimum_compression_size {
            arguments["minimum_compression_size"] = size.bytes().into();
            triggers["minimum_compression_size"] = size.bytes().to_string().into();
        }
        if let Some(policy) = api.policy() {
            arguments["policy"] = json_literal(&policy);
        }
        let rest_api = address();
        self.add(&rest_api, arguments)?;

        let deployment = Address::new("aws_api_gateway_deployment", RestApi::NAME);
        let arguments = json!({
            "rest_api_id": rest_api.get("id"),
            "triggers": triggers,
            "lifecycle": { "create_before_destroy": true },
        });
        self.add(&deployment, arguments)?;
        self.rest_api_stage(api, &deployment)?;

        if let Some(domain) = &api.domain {
            self.rest_api_domain(domain)?;
        }
        self.output("RestAPIId", rest_api.get("id"));
        self.output("EndpointURL", stage().get("invoke_url"));
        Ok(())
    }

    fn rest_api_stage(
        &mut self,
        api: &RestApi,
        deployment: &Address,
    ) -> Result<(), TerraformError> {
        let mut arguments = json!({
            "rest_api_id": address().get("id"),
            "deployment_id": deployment.get("id"),
            "stage_name": literal(api.stage.as_str()),
            "xray_tracing_enabled": api.xray,
        });
        if let Some(log) = &api.access_log {
            arguments["access_log_settings"] = self.access_log(log);
        }
        self.add(&stage(), arguments)?;
        let Some(throttling) = api.throttling else {
            return Ok(());
        };
        let arguments = json!({
            "rest_api_id": address().get("id"),
            "stage_name": stage().get("stage_name"),
            "method_path": "*/*",
            "settings": {
                "throttling_rate_limit": throttling.rate_limit,
                "throttling_burst_limit": throttling.burst_limit,
            },
        });
        self.add(
            &Address::new("aws_api_gateway_method_settings", RestApi::NAME),
            arguments,
        )
    }

    fn rest_api_definition(&mut self, api: &RestApi) -> Result<Value, TerraformError> {
        let uris = self.uris(api.handler, &api.authorizers, api.streams());
        let definition = api.definition(&uris)?;
        let mut definition = serde_json::to_value(&definition).unwrap_or_default();
        if let Some(responses) = api.gateway_responses() {
            // Resources of their own would be removed whenever the definition is imported again.
            definition["x-amazon-apigateway-gateway-responses"] = responses;
        }
        Ok(uris.escaped(&definition))
    }
}

pub(crate) fn address() -> Address {
    Address::new("aws_api_gateway_rest_api", RestApi::NAME)
}

pub(crate) fn stage() -> Address {
    Address::new("aws_api_gateway_stage", RestApi::NAME)
}
