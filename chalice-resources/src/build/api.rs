//! The API of the routes.

use chalice_config::{
    ApiConfiguration, ApiType, CustomDomain, Endpoint, EndpointType, MinimumCompressionSize,
};
use chalice_core::{
    binary_types::DEFAULT_BINARY_TYPES, manifest::model::FunctionKind, name::API_HANDLER,
};
use chalice_openapi::{Placeholders, RequestValidation, SwaggerError, SwaggerSettings};

use super::Build;
use crate::{
    AccessLog, AccessLogTarget, Api, ApiDomain, Function, HttpApi, Id, LogGroup, LogSource,
    Permission, PermissionSource, Principal, Problem, RestApi,
};

impl Build<'_> {
    pub(super) fn api(&mut self) {
        let Some(handler) = self.function_named(API_HANDLER) else {
            return;
        };
        let configuration = self.stage.api();
        let api = match configuration.api_type {
            ApiType::Rest => Api::Rest(Box::new(self.rest_api(handler, configuration))),
            ApiType::Http => Api::Http(Box::new(self.http_api(handler, configuration))),
        };
        self.permission(
            format!("{}_invoke", api.name()),
            handler,
            PermissionSource::Api,
        );
        for authorizer in self.authorizers() {
            let name = format!("{}_invoke", self.resources.functions[authorizer].name);
            self.permission(name, authorizer, PermissionSource::Authorizer);
        }
        self.resources.api = Some(api);
    }

    fn rest_api(&mut self, handler: Id<Function>, configuration: ApiConfiguration) -> RestApi {
        let api = &self.manifest.app.api;
        let policy = match &configuration.policy_file {
            None => None,
            Some(file) => match self.stage.api_policy(file) {
                Ok(policy) => Some(policy),
                Err(refusal) => {
                    let subject = format!("the policy of the REST API, {file}");
                    self.problems
                        .push(Problem::new(subject, refusal.to_string()));
                    None
                }
            },
        };
        let vpc_endpoint_ids = match &configuration.endpoint {
            Endpoint::Private { vpc_endpoints } => {
                vpc_endpoints.iter().map(ToString::to_string).collect()
            }
            Endpoint::Edge | Endpoint::Regional => Vec::new(),
        };
        // The macros take what this takes.
        let compression = api
            .compression
            .and_then(|bytes| MinimumCompressionSize::new(u64::from(bytes)).ok());
        let default_types = DEFAULT_BINARY_TYPES.into_iter().map(str::to_owned);
        let api = RestApi {
            api_name: self.stage.app_name().as_str().to_owned(),
            handler,
            authorizers: self.authorizers(),
            binary_media_types: default_types
                .chain(api.binary_types.iter().cloned())
                .collect(),
            minimum_compression_size: configuration.minimum_compression_size.or(compression),
            xray: configuration.xray,
            access_log: self.access_log(RestApi::NAME, LogSource::Api, &configuration),
            domain: api_domain(&configuration),
            stage: configuration.stage,
            endpoint: configuration.endpoint,
            throttling: configuration.throttling,
            manifest: self.manifest.clone(),
            settings: SwaggerSettings {
                policy,
                vpc_endpoint_ids,
                request_validation: Some(RequestValidation {
                    bodies: configuration.request_validation.of_bodies(),
                    parameters: configuration.request_validation.of_parameters(),
                    schemas: self.schemas.cloned(),
                })
                .filter(RequestValidation::is_on),
            },
        };
        match api.definition(&Placeholders) {
            // Whoever looks at the model alone need not ask the app for them.
            Ok(_) | Err(SwaggerError::NoSchemas) => {}
            Err(error) => {
                let problem = Problem::new("the REST API", error.to_string());
                self.problems.push(problem);
            }
        }
        api
    }

    fn http_api(&mut self, handler: Id<Function>, configuration: ApiConfiguration) -> HttpApi {
        let api = HttpApi {
            api_name: self.stage.app_name().as_str().to_owned(),
            handler,
            authorizers: self.authorizers(),
            access_log: self.access_log(HttpApi::NAME, LogSource::Api, &configuration),
            domain: api_domain(&configuration),
            stage: configuration.stage,
            throttling: configuration.throttling,
            manifest: self.manifest.clone(),
        };
        if let Err(error) = api.definition(&Placeholders) {
            self.problems
                .push(Problem::new("the HTTP API", error.to_string()));
        }
        api
    }

    /// The access log of the API of that name, with a log group where it needs one of its own.
    pub(super) fn access_log(
        &mut self,
        api: &str,
        source: LogSource,
        configuration: &ApiConfiguration,
    ) -> Option<AccessLog> {
        let log = configuration.access_log.clone()?;
        let target = match log.destination {
            Some(destination) => AccessLogTarget::Existing(destination),
            None => AccessLogTarget::LogGroup(self.resources.log_groups.add(LogGroup {
                name: format!("{api}-access-log-group"),
                log_group_name: format!("/aws/apigateway/{}", self.prefixed(api)),
                retention_in_days: log.retention_in_days,
                source,
            })),
        };
        Some(AccessLog {
            target,
            format: log.format,
        })
    }

    pub(super) fn permission(
        &mut self,
        name: String,
        function: Id<Function>,
        source: PermissionSource,
    ) {
        self.resources.permissions.push(Permission {
            name,
            function,
            principal: Principal::ApiGateway,
            source,
        });
    }

    pub(super) fn function_named(&self, name: &str) -> Option<Id<Function>> {
        let mut functions = self.resources.functions.entries();
        let (id, _) = functions.find(|(_, function)| function.name == name)?;
        Some(id)
    }

    fn authorizers(&self) -> Vec<Id<Function>> {
        let functions = self.manifest.functions.iter();
        functions
            .filter(|function| matches!(function.kind, FunctionKind::Authorizer(_)))
            .filter_map(|function| self.function_named(&function.name))
            .collect()
    }
}

fn api_domain(configuration: &ApiConfiguration) -> Option<ApiDomain> {
    domain(
        "api_gateway_custom_domain",
        configuration.custom_domain.as_ref(),
        configuration.endpoint.endpoint_type(),
    )
}

pub(super) fn domain(
    name: &'static str,
    domain: Option<&CustomDomain>,
    endpoint_type: EndpointType,
) -> Option<ApiDomain> {
    Some(ApiDomain {
        name,
        domain: domain?.clone(),
        endpoint_type,
    })
}
