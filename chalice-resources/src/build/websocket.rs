//! The WebSocket API.

use chalice_config::EndpointType;
use chalice_core::manifest::model::{FunctionKind, WebsocketFunction};

use super::{Build, api::domain};
use crate::{LogSource, PermissionSource, WebsocketApi, WebsocketRoute};

impl Build<'_> {
    pub(super) fn websocket_api(&mut self) {
        let manifest = self.manifest;
        let mut routes: Vec<WebsocketRoute> = manifest
            .functions
            .iter()
            .filter_map(|function| match &function.kind {
                FunctionKind::Websocket(WebsocketFunction { route_key, .. }) => {
                    Some(WebsocketRoute {
                        route_key: route_key.clone(),
                        function: self.function_named(&function.name)?,
                    })
                }
                _ => None,
            })
            .collect();
        if routes.is_empty() {
            return;
        }
        routes.sort_by(|a, b| key(&a.route_key).cmp(&key(&b.route_key)));
        for route in &routes {
            let name = &self.resources.functions[route.function].name;
            let name = format!("{name}_invoke_permission");
            self.permission(name, route.function, PermissionSource::WebsocketApi);
        }
        let configuration = self.stage.api();
        let access_log =
            self.access_log(WebsocketApi::NAME, LogSource::WebsocketApi, &configuration);
        self.resources.websocket_api = Some(WebsocketApi {
            api_name: self.prefixed("websocket-api"),
            routes,
            access_log,
            domain: domain(
                "websocket_api_custom_domain",
                configuration.websocket_custom_domain.as_ref(),
                EndpointType::Regional,
            ),
            stage: configuration.stage,
            throttling: configuration.throttling,
        });
    }
}

/// The order of AWS Chalice, then the names.
fn key(route_key: &str) -> (u8, &str) {
    let rank = match route_key {
        "$connect" => 0,
        "$default" => 1,
        "$disconnect" => 2,
        _ => 3,
    };
    (rank, route_key)
}
