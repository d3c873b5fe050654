//! `AWS::Serverless::Api`

use chalice_config::Throttling;
use chalice_resources::RestApi;
use serde_json::{Value, json};

use crate::{
    SamError,
    intrinsic::{arn_of, reference},
    outputs::endpoint_url,
    writer::{Writer, set},
};

/// Its logical id.
pub(crate) const ID: &str = "RestAPI";

impl Writer<'_> {
    pub(crate) fn rest_api(&mut self, api: &RestApi) -> Result<(), SamError> {
        let mut definition = serde_json::to_value(api.definition(self)?).unwrap_or_default();
        set(
            &mut definition,
            "x-amazon-apigateway-gateway-responses",
            api.gateway_responses(),
        );
        let mut properties = json!({
            "EndpointConfiguration": api.endpoint.endpoint_type().as_str(),
            "StageName": api.stage.as_str(),
            "DefinitionBody": definition,
        });
        let compression = api.minimum_compression_size.map(|size| size.bytes());
        set(&mut properties, "MinimumCompressionSize", compression);
        if api.xray {
            properties["TracingEnabled"] = true.into();
        }
        let log = api.access_log.as_ref().map(|log| self.access_log(log));
        set(&mut properties, "AccessLogSetting", log);
        set(
            &mut properties,
            "MethodSettings",
            api.throttling.map(method_settings),
        );
        self.add(ID, "the REST API", "AWS::Serverless::Api", properties)?;
        // Its stage and its deployment.
        self.count(2);
        self.output("RestAPIId", reference(ID));
        let handler = self.function_id(api.handler);
        self.output("APIHandlerName", reference(&handler));
        self.output("APIHandlerArn", arn_of(&handler));
        self.output("EndpointURL", endpoint_url("https", ID, &api.stage));
        if let Some(domain) = &api.domain {
            self.rest_domain(domain)?;
        }
        Ok(())
    }
}

/// The limits of every method.
fn method_settings(throttling: Throttling) -> Value {
    json!([{
        "HttpMethod": "*",
        "ResourcePath": "/*",
        "ThrottlingRateLimit": throttling.rate_limit,
        "ThrottlingBurstLimit": throttling.burst_limit,
    }])
}
