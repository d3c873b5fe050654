//! The REST API.

use std::collections::BTreeSet;

use chalice_config::{ApiGatewayStage, Endpoint, MinimumCompressionSize, Throttling};
use chalice_core::manifest::model::{Authorizer, Manifest, Route};
use chalice_openapi::{FunctionUris, Swagger, SwaggerError, SwaggerSettings, swagger};

use super::{AccessLog, ApiDomain, Function};
use crate::Id;

/// A REST API (Amazon API Gateway, "API Gateway REST APIs").
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RestApi {
    /// Its name in AWS: the app's.
    pub api_name: String,
    /// Its one stage.
    pub stage: ApiGatewayStage,
    /// The function that answers.
    pub handler: Id<Function>,
    /// The functions that API Gateway asks whether a request may pass.
    pub authorizers: Vec<Id<Function>>,
    /// Where it is reached.
    pub endpoint: Endpoint,
    /// The media types that API Gateway carries as binary.
    pub binary_media_types: Vec<String>,
    /// From which size on answers are compressed; without, none is.
    pub minimum_compression_size: Option<MinimumCompressionSize>,
    /// Whether AWS X-Ray traces requests.
    pub xray: bool,
    /// The access log, if there is one.
    pub access_log: Option<AccessLog>,
    /// The limits of the stage; without, those of the account.
    pub throttling: Option<Throttling>,
    /// Its domain.
    pub domain: Option<ApiDomain>,
    pub(crate) manifest: Manifest,
    pub(crate) settings: SwaggerSettings,
}

impl RestApi {
    /// Its name within the app.
    pub const NAME: &'static str = "rest_api";

    /// What it consists of: Swagger 2.0 with the extensions of Amazon API Gateway.
    ///
    /// # Errors
    ///
    /// When the API checks requests and the model was made without schemas; or when a REST API cannot be
    /// what the routes ask for, but the model has none of that kind.
    pub fn definition(&self, uris: &impl FunctionUris) -> Result<Swagger, SwaggerError> {
        swagger(&self.manifest, &self.settings, uris)
    }

    /// Whether it checks requests before it invokes the function.
    pub fn validates_requests(&self) -> bool {
        self.settings.request_validation.is_some()
    }

    /// Its routes.
    pub fn routes(&self) -> &[Route] {
        &self.manifest.routes
    }

    /// How many resources it has: each path and each part of one that another path
    /// continues, the root included.
    pub fn resources(&self) -> usize {
        let mut resources: Vec<&str> = vec!["/"];
        for route in &self.manifest.routes {
            let path = &*route.path;
            let ends = path.match_indices('/').map(|(index, _)| index);
            resources.extend(ends.skip(1).chain([path.len()]).map(|end| &path[..end]));
        }
        resources.sort_unstable();
        resources.dedup();
        resources.len()
    }

    /// Whether an answer is passed on while it comes.
    pub fn streams(&self) -> bool {
        self.manifest.streams()
    }

    /// How many authorizers it has.
    pub fn authorizer_count(&self) -> usize {
        let routes = self.manifest.routes.iter();
        let names: BTreeSet<&str> = routes
            .filter_map(|route| route.authorizer.as_ref())
            .filter(|authorizer| !matches!(authorizer, Authorizer::AwsIam { .. }))
            .map(Authorizer::name)
            .collect();
        names.len()
    }

    /// The resource policy, if it has one: the configured one, or of a private API the one that lets
    /// requests through its VPC endpoints pass.
    pub fn policy(&self) -> Option<serde_json::Value> {
        self.settings.policy()
    }
}
