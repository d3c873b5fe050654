//! `AWS::ApiGatewayV2::Api` and what belongs to it.

use chalice_resources::{WebsocketApi, WebsocketRoute};
use serde_json::{Value, json};

use crate::{
    SamError,
    hash::hash,
    intrinsic::{arn_of, reference},
    outputs::endpoint_url,
    writer::Writer,
};

/// The API's logical id.
pub(crate) const ID: &str = "WebsocketAPI";

/// Its stage's logical id.
pub(crate) const STAGE_ID: &str = "WebsocketAPIStage";

impl Writer<'_> {
    pub(crate) fn websocket_api(&mut self, api: &WebsocketApi) -> Result<(), SamError> {
        let properties = json!({
            "Name": api.api_name,
            "RouteSelectionExpression": WebsocketApi::ROUTE_SELECTION_EXPRESSION,
            "ProtocolType": "WEBSOCKET",
        });
        self.add(
            ID,
            "the WebSocket API",
            "AWS::ApiGatewayV2::Api",
            properties,
        )?;
        self.output("WebsocketAPIId", reference(ID));
        let mut ids = Vec::new();
        let mut written = Vec::new();
        for route in &api.routes {
            let (id, properties) = self.websocket_route(route)?;
            ids.push(id);
            written.push(properties);
        }
        // A deployment is a copy of what is there when it is made, so that whatever changes a route
        // or an integration has to make a new one.
        let deployment = format!(
            "{ID}Deployment{}",
            hash(Value::from(written).to_string().as_bytes())
        );
        self.add(
            &deployment,
            "the deployment of the WebSocket API",
            "AWS::ApiGatewayV2::Deployment",
            json!({ "ApiId": reference(ID) }),
        )?;
        self.depends_on(&deployment, ids);
        self.websocket_stage(api, &deployment)?;
        self.output(
            "WebsocketConnectEndpointURL",
            endpoint_url("wss", ID, &api.stage),
        );
        match &api.domain {
            Some(domain) => self.domain(domain, ID, STAGE_ID),
            None => Ok(()),
        }
    }

    /// A route with its integration: the logical id of the route, and all that a deployment is made of.
    fn websocket_route(&mut self, route: &WebsocketRoute) -> Result<(String, Value), SamError> {
        let function = self.function_id(route.function);
        let integration = json!({
            "ApiId": reference(ID),
            "ConnectionType": "INTERNET",
            "ContentHandlingStrategy": "CONVERT_TO_TEXT",
            "IntegrationType": "AWS_PROXY",
            "IntegrationUri": self.integration_uri(route),
        });
        let of_route = |what: &str| {
            format!(
                "{what} of the route `{}` of the WebSocket API",
                route.route_key
            )
        };
        let integration_id = format!("{function}APIIntegration");
        self.add(
            &integration_id,
            of_route("the integration"),
            "AWS::ApiGatewayV2::Integration",
            integration.clone(),
        )?;
        let properties = json!({
            "ApiId": reference(ID),
            "RouteKey": route.route_key,
            "Target": { "Fn::Join": ["/", ["integrations", reference(&integration_id)]] },
        });
        let id = format!("{function}Route");
        self.add(
            &id,
            of_route("the resource"),
            "AWS::ApiGatewayV2::Route",
            properties.clone(),
        )?;
        self.output(format!("{function}HandlerArn"), arn_of(&function));
        self.output(format!("{function}HandlerName"), reference(&function));
        Ok((id, json!([integration, properties])))
    }

    fn integration_uri(&self, route: &WebsocketRoute) -> Value {
        let path =
            "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions";
        let handler = match self.resources.functions[route.function].alias {
            // The reference is an ARN.
            Some(_) => "${WebsocketHandler}",
            None => {
                "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${WebsocketHandler}"
            }
        };
        json!({ "Fn::Sub": [
            format!("{path}/{handler}/invocations"),
            { "WebsocketHandler": self.invocable(route.function) },
        ] })
    }

    fn websocket_stage(&mut self, api: &WebsocketApi, deployment: &str) -> Result<(), SamError> {
        let mut properties = json!({
            "ApiId": reference(ID),
            "DeploymentId": reference(deployment),
            "StageName": api.stage.as_str(),
        });
        self.add_logs_and_limits(&mut properties, api.access_log.as_ref(), api.throttling);
        self.add(
            STAGE_ID,
            "the stage of the WebSocket API",
            "AWS::ApiGatewayV2::Stage",
            properties,
        )
    }
}
