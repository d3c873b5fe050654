//! What the APIs of a stage are deployed with.

use crate::{
    AccessLog, ApiGatewayPolicyFile, ApiGatewayStage, ApiSettings, ApiType, CustomDomain,
    EndpointType, MinimumCompressionSize, RequestValidation, Throttling, VpcEndpointId,
};

/// What the APIs of a stage are deployed with.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ApiConfiguration {
    /// What the routes become.
    pub api_type: ApiType,
    /// The name of the stage of the APIs.
    pub stage: ApiGatewayStage,
    /// Where the API of the routes is reached.
    pub endpoint: Endpoint,
    /// The file with the resource policy of the REST API.
    pub policy_file: Option<ApiGatewayPolicyFile>,
    /// The domain of the REST or HTTP API.
    pub custom_domain: Option<CustomDomain>,
    /// The domain of the WebSocket API.
    pub websocket_custom_domain: Option<CustomDomain>,
    /// From which size on answers are compressed; without, none is.
    pub minimum_compression_size: Option<MinimumCompressionSize>,
    /// What the REST API checks of requests.
    pub request_validation: RequestValidation,
    /// The access log, if there is one.
    pub access_log: Option<AccessLog>,
    /// The limits of the stage; without, those of the account.
    pub throttling: Option<Throttling>,
    /// Whether requests to the REST API are traced: the stage's `xray`.
    pub xray: bool,
}

/// Where an API is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Through Amazon CloudFront.
    Edge,
    /// In the region; HTTP APIs are nowhere else.
    Regional,
    /// In a VPC alone.
    Private {
        /// The endpoints through which it is called; with none, the policy file says who calls it.
        vpc_endpoints: Vec<VpcEndpointId>,
    },
}

impl Endpoint {
    /// Its kind.
    pub fn endpoint_type(&self) -> EndpointType {
        match self {
            Endpoint::Edge => EndpointType::Edge,
            Endpoint::Regional => EndpointType::Regional,
            Endpoint::Private { .. } => EndpointType::Private,
        }
    }
}

impl ApiConfiguration {
    /// The configuration in which those settings result.
    pub(crate) fn new(settings: ApiSettings, xray: bool) -> ApiConfiguration {
        let api_type = settings.api_type.unwrap_or_default();
        let endpoint_type = settings.api_gateway_endpoint_type.unwrap_or_default();
        let vpc_endpoints = settings.api_gateway_endpoint_vpce.unwrap_or_default();
        ApiConfiguration {
            endpoint: match (api_type, endpoint_type) {
                (ApiType::Http, _) | (_, EndpointType::Regional) => Endpoint::Regional,
                (_, EndpointType::Edge) => Endpoint::Edge,
                (_, EndpointType::Private) => Endpoint::Private {
                    vpc_endpoints: vpc_endpoints.iter().cloned().collect(),
                },
            },
            api_type,
            stage: settings.api_gateway_stage.unwrap_or_default(),
            policy_file: settings.api_gateway_policy_file,
            custom_domain: settings.api_gateway_custom_domain,
            websocket_custom_domain: settings.websocket_api_custom_domain,
            minimum_compression_size: settings.minimum_compression_size,
            request_validation: settings.request_validation.unwrap_or_default(),
            access_log: settings.access_log,
            throttling: settings.throttling,
            xray,
        }
    }
}
