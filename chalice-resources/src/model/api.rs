//! What APIs have in common.

use chalice_config::{
    AccessLogDestination, AccessLogFormat, ApiGatewayStage, CustomDomain, EndpointType,
};

use super::{HttpApi, LogGroup, RestApi};
use crate::Id;

/// The API of the routes.
#[derive(Clone, Debug, PartialEq)]
pub enum Api {
    /// A REST API.
    Rest(Box<RestApi>),
    /// An HTTP API.
    Http(Box<HttpApi>),
}

impl Api {
    /// Its name within the app.
    pub fn name(&self) -> &'static str {
        match self {
            Api::Rest(_) => RestApi::NAME,
            Api::Http(_) => HttpApi::NAME,
        }
    }

    /// The name of its stage.
    pub fn stage(&self) -> &ApiGatewayStage {
        match self {
            Api::Rest(api) => &api.stage,
            Api::Http(api) => &api.stage,
        }
    }

    /// Its domain.
    pub fn domain(&self) -> Option<&ApiDomain> {
        match self {
            Api::Rest(api) => api.domain.as_ref(),
            Api::Http(api) => api.domain.as_ref(),
        }
    }

    /// The REST API, if it is one.
    pub fn rest(&self) -> Option<&RestApi> {
        match self {
            Api::Rest(api) => Some(api),
            Api::Http(_) => None,
        }
    }
}

/// A domain of its own (Amazon API Gateway, "Custom domain names").
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ApiDomain {
    /// Its name within the app.
    pub name: &'static str,
    /// The name, the certificate, the prefix of the paths that reach the API.
    pub domain: CustomDomain,
    /// Where the domain is served.
    pub endpoint_type: EndpointType,
}

/// The access log of an API's stage.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessLog {
    /// Where lines go.
    pub target: AccessLogTarget,
    /// What they consist of.
    pub format: AccessLogFormat,
}

/// Where the lines of an access log go.
#[derive(Clone, Debug, PartialEq)]
pub enum AccessLogTarget {
    /// To what exists.
    Existing(AccessLogDestination),
    /// To a log group that is created with the app.
    LogGroup(Id<LogGroup>),
}
