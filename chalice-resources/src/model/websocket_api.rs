//! The WebSocket API.

use chalice_config::{ApiGatewayStage, Throttling};

use super::{AccessLog, ApiDomain, Function};
use crate::Id;

/// A WebSocket API (Amazon API Gateway, "API Gateway WebSocket APIs").
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WebsocketApi {
    /// Its name in AWS: `<app>-<stage>-websocket-api`.
    pub api_name: String,
    /// Its one stage.
    pub stage: ApiGatewayStage,
    /// Its routes: `$connect`, `$default`, `$disconnect`, then others by name.
    pub routes: Vec<WebsocketRoute>,
    /// The access log, if there is one.
    pub access_log: Option<AccessLog>,
    /// The limits of the stage; without, those of the account.
    pub throttling: Option<Throttling>,
    /// Its domain.
    pub domain: Option<ApiDomain>,
}

/// A route of the WebSocket API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebsocketRoute {
    /// Which messages it is for.
    pub route_key: String,
    /// The function that handles them.
    pub function: Id<Function>,
}

impl WebsocketApi {
    /// Its name within the app.
    pub const NAME: &'static str = "websocket_api";

    /// Where in a message the key of its route is (`RouteSelectionExpression`).
    pub const ROUTE_SELECTION_EXPRESSION: &'static str = "$request.body.action";
}
