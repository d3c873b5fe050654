//! The HTTP API.

use chalice_config::{ApiGatewayStage, Throttling};

use super::{AccessLog, ApiDomain, Function};
use crate::Id;

/// An HTTP API (Amazon API Gateway, "API Gateway HTTP APIs").
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct HttpApi {
    /// Its name in AWS: the app's.
    pub api_name: String,
    /// Its one stage.
    pub stage: ApiGatewayStage,
    /// The function that answers.
    pub handler: Id<Function>,
    /// The access log, if there is one.
    pub access_log: Option<AccessLog>,
    /// The limits of the stage; without, those of the account.
    pub throttling: Option<Throttling>,
    /// Its domain.
    pub domain: Option<ApiDomain>,
}

impl HttpApi {
    /// Its name within the app.
    pub const NAME: &'static str = "http_api";
}
