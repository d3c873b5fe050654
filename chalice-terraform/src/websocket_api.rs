//! The WebSocket API.

use chalice_resources::{WebsocketApi, WebsocketRoute};
use serde_json::{Map, Value, json};

use crate::{
    TerraformError,
    domain::Mapped,
    expression::{Address, literal},
    function,
    template::Template,
};

/// What routes answer with: AWS knows no other key (Amazon API Gateway, "Set up WebSocket API route
/// responses in API Gateway").
const ROUTE_RESPONSE: &str = "$default";

impl Template<'_> {
    pub(crate) fn websocket_api(&mut self, api: &WebsocketApi) -> Result<(), TerraformError> {
        let arguments = json!({
            "name": literal(&api.api_name),
            "protocol_type": "WEBSOCKET",
            "route_selection_expression": WebsocketApi::ROUTE_SELECTION_EXPRESSION,
        });
        self.add(&address(), arguments)?;
        self.output("WebsocketAPIId", address().get("id"));
        let mut triggers = Map::new();
        let mut needed = Vec::new();
        for route in &api.routes {
            self.websocket_route(route, &mut triggers, &mut needed)?;
        }

        // Deployments are snapshots: a change of a route or of what it leads to makes a new one.
        let deployment = Address::new("aws_apigatewayv2_deployment", "websocket_api_deployment");
        let arguments = json!({
            "api_id": address().get("id"),
            "triggers": triggers,
            "depends_on": needed,
            "lifecycle": { "create_before_destroy": true },
        });
        self.add(&deployment, arguments)?;

        let mut arguments = json!({
            "api_id": address().get("id"),
            "deployment_id": deployment.get("id"),
            "name": literal(api.stage.as_str()),
        });
        self.add_logs_and_limits(&mut arguments, api.access_log.as_ref(), api.throttling);
        self.add(&stage(), arguments)?;
        if let Some(domain) = &api.domain {
            let mapped = Mapped {
                api: address(),
                stage: stage(),
                outputs: "Websocket",
            };
            self.domain(domain, &mapped)?;
        }
        self.output(
            "WebsocketConnectEndpointURL",
            format!("{}/", stage().get("invoke_url")),
        );
        Ok(())
    }

    fn websocket_route(
        &mut self,
        route: &WebsocketRoute,
        triggers: &mut Map<String, Value>,
        needed: &mut Vec<String>,
    ) -> Result<(), TerraformError> {
        let function = &self.resources.functions[route.function];
        let name = &function.name;
        let integration = Address::new(
            "aws_apigatewayv2_integration",
            &format!("{name}_api_integration"),
        );
        let arguments = json!({
            "api_id": address().get("id"),
            "connection_type": "INTERNET",
            "content_handling_strategy": "CONVERT_TO_TEXT",
            "integration_type": "AWS_PROXY",
            "integration_uri": self.invoked_by(route.function).get("invoke_arn"),
        });
        self.add(&integration, arguments)?;

        let address = Address::new("aws_apigatewayv2_route", &format!("{name}_route"));
        let mut arguments = json!({
            "api_id": self::address().get("id"),
            "route_key": literal(&route.route_key),
            "target": format!("integrations/{}", integration.get("id")),
        });
        let answers = !matches!(&*route.route_key, "$connect" | "$disconnect");
        if answers {
            arguments["route_response_selection_expression"] = ROUTE_RESPONSE.into();
        }
        self.add(&address, arguments)?;
        needed.push(address.to_string());
        if answers {
            let response = Address::new(
                "aws_apigatewayv2_route_response",
                &format!("{name}_route_response"),
            );
            let arguments = json!({
                "api_id": self::address().get("id"),
                "route_id": address.get("id"),
                "route_response_key": ROUTE_RESPONSE,
            });
            self.add(&response, arguments)?;
            needed.push(response.to_string());
        }
        // The target changes with the integration, and that is replaced or leads to another function.
        let target = format!(
            "{} {}",
            address.get("target"),
            integration.get("integration_uri")
        );
        triggers.insert(literal(&route.route_key), target.into());

        if let Some(label) = label(&route.route_key) {
            let function = function::address(function);
            self.output(format!("Websocket{label}HandlerArn"), function.get("arn"));
            self.output(
                format!("Websocket{label}HandlerName"),
                function.get("function_name"),
            );
        }
        Ok(())
    }
}

pub(crate) fn address() -> Address {
    Address::new("aws_apigatewayv2_api", WebsocketApi::NAME)
}

fn stage() -> Address {
    Address::new("aws_apigatewayv2_stage", "websocket_api_stage")
}

/// What outputs call the routes that AWS Chalice has.
fn label(route_key: &str) -> Option<&'static str> {
    match route_key {
        "$connect" => Some("Connect"),
        "$default" => Some("Message"),
        "$disconnect" => Some("Disconnect"),
        _ => None,
    }
}
