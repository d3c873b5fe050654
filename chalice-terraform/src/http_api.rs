//! The HTTP API.

use chalice_resources::HttpApi;
use serde_json::json;

use crate::{
    TerraformError,
    domain::Mapped,
    expression::{Address, literal},
    template::Template,
};

/// The local value that holds the definition.
const DEFINITION: &str = "chalice_api_definition";

impl Template<'_> {
    pub(crate) fn http_api(&mut self, api: &HttpApi) -> Result<(), TerraformError> {
        let uris = self.uris(api.handler, &api.authorizers, false);
        let definition = api.definition(&uris)?;
        let definition = serde_json::to_value(&definition).unwrap_or_default();
        let definition = uris.escaped(&definition).to_string();
        self.local(DEFINITION, definition.into());
        let arguments = json!({
            "name": literal(&api.api_name),
            "protocol_type": "HTTP",
            "body": format!("${{local.{DEFINITION}}}"),
        });
        self.add(&address(), arguments)?;

        // Changes of the definition are deployed by API Gateway.
        let mut arguments = json!({
            "api_id": address().get("id"),
            "name": literal(api.stage.as_str()),
            "auto_deploy": true,
        });
        self.add_logs_and_limits(&mut arguments, api.access_log.as_ref(), api.throttling);
        self.add(&stage(), arguments)?;
        if let Some(domain) = &api.domain {
            let mapped = Mapped {
                api: address(),
                stage: stage(),
                outputs: "",
            };
            self.domain(domain, &mapped)?;
        }
        self.output("HttpAPIId", address().get("id"));
        self.output("EndpointURL", stage().get("invoke_url"));
        Ok(())
    }
}

pub(crate) fn address() -> Address {
    Address::new("aws_apigatewayv2_api", HttpApi::NAME)
}

fn stage() -> Address {
    Address::new("aws_apigatewayv2_stage", "http_api_stage")
}
