//! Settings of a stage's APIs, a module per kind.

mod access_log;
mod api_gateway_policy_file;
mod api_gateway_stage;
mod api_type;
mod custom_domain;
mod endpoint;
mod minimum_compression_size;
mod request_validation;
mod throttling;

pub use access_log::{AccessLog, AccessLogDestination, AccessLogFormat};
pub use api_gateway_policy_file::ApiGatewayPolicyFile;
pub use api_gateway_stage::ApiGatewayStage;
pub use api_type::ApiType;
pub use custom_domain::{CertificateArn, CustomDomain, DomainName, TlsVersion, UrlPrefix};
pub use endpoint::{EndpointType, VpcEndpointId, VpcEndpointIds};
pub use minimum_compression_size::MinimumCompressionSize;
pub use request_validation::RequestValidation;
pub use throttling::Throttling;
