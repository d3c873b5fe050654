//! The HTTP API.

use std::collections::BTreeSet;

use chalice_config::{ApiGatewayStage, Throttling};
use chalice_core::manifest::model::{Manifest, Route};
use chalice_openapi::{FunctionUris, HttpApi as Definition, HttpApiError, http_api};

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
    /// The functions that API Gateway asks whether a request may pass.
    pub authorizers: Vec<Id<Function>>,
    /// The access log, if there is one.
    pub access_log: Option<AccessLog>,
    /// The limits of the stage; without, those of the account.
    pub throttling: Option<Throttling>,
    /// Its domain.
    pub domain: Option<ApiDomain>,
    pub(crate) manifest: Manifest,
}

impl HttpApi {
    /// Its name within the app.
    pub const NAME: &'static str = "http_api";

    /// What it consists of: OpenAPI 3.0 with the extensions of Amazon API Gateway.
    ///
    /// # Errors
    ///
    /// When an HTTP API cannot be what the routes ask for; the model has none of that kind.
    pub fn definition(&self, uris: &impl FunctionUris) -> Result<Definition, HttpApiError> {
        http_api(&self.manifest, uris)
    }

    /// Its routes, without preflights.
    pub fn routes(&self) -> &[Route] {
        &self.manifest.routes
    }

    /// How many routes API Gateway has of it, preflights included.
    pub fn route_count(&self) -> usize {
        let routes: usize = self.manifest.routes.iter().map(|it| it.methods.len()).sum();
        let paths: BTreeSet<&str> = self.manifest.routes.iter().map(|it| &*it.path).collect();
        let preflights = paths
            .into_iter()
            .filter(|path| self.manifest.preflight(path).is_some());
        routes + preflights.count()
    }
}
