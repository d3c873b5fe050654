//! The functions, with their log groups and event sources.

use std::collections::BTreeMap;

use chalice_config::{FunctionConfiguration, InvokeMode};
use chalice_core::{
    manifest::model::{Function as Declaration, FunctionKind},
    name::API_HANDLER,
};

use super::{Build, rank};
use crate::{Alias, Function, Id, LogGroup, LogSource, Url};

/// The tag that every function has.
const TAG: &str = "aws-chalice";

impl Build<'_> {
    pub(super) fn functions(&mut self) {
        let manifest = self.manifest;
        let mut functions: Vec<&Declaration> = manifest.functions.iter().collect();
        functions.sort_by_key(|function| rank(&function.kind));
        for declaration in functions {
            // Nothing would ask them.
            if matches!(declaration.kind, FunctionKind::Authorizer(_)) && manifest.routes.is_empty()
            {
                continue;
            }
            let function = self.function(declaration);
            self.event_source(declaration, function);
        }
    }

    fn function(&mut self, declaration: &Declaration) -> Id<Function> {
        let name = &*declaration.name;
        let configuration = self.stage.function(name);
        let function_name = match name {
            API_HANDLER => self.prefix(),
            name => self.prefixed(name),
        };
        let grants = self.manifest.grants_of_function(name);
        let function = Function {
            name: name.to_owned(),
            function_name,
            description: description(&declaration.kind),
            tags: self.tags(&configuration),
            role: self.role(name, &configuration),
            has_grants: grants.is_some_and(|grants| !grants.is_empty()),
            alias: alias(&configuration),
            url: self.url(name, &configuration),
            on_failure: on_failure(&declaration.kind),
            log_group: None,
            environment_variables: configuration.environment_variables,
            timeout: configuration.lambda_timeout,
            memory_size: configuration.lambda_memory_size,
            ephemeral_storage: configuration.ephemeral_storage,
            architecture: configuration.lambda_architecture,
            reserved_concurrency: configuration.reserved_concurrency,
            layers: configuration.layers,
            vpc: configuration.vpc,
            efs: configuration.efs,
            xray: configuration.xray,
            log_format: configuration.log_format,
            kms_key_arn: configuration.kms_key_arn,
            dead_letter: configuration.dead_letter,
            snap_start: configuration.snap_start,
        };
        let log_group_name = function.log_group_name();
        let function = self.resources.functions.add(function);
        if let Some(retention) = configuration.log_retention_in_days {
            let group = self.resources.log_groups.add(LogGroup {
                name: format!("{name}-log-group"),
                log_group_name,
                retention_in_days: Some(retention),
                source: LogSource::Function(function),
            });
            self.resources.functions.get_mut(function).log_group = Some(group);
        }
        function
    }

    fn tags(&self, configuration: &FunctionConfiguration) -> BTreeMap<String, String> {
        let own = format!(
            "version={}:stage={}:app={}",
            self.manifest.framework.version,
            self.stage.name(),
            self.stage.app_name().as_str()
        );
        let tags = configuration.tags.iter();
        tags.map(|(key, value)| (key.to_owned(), value.to_owned()))
            .chain([(TAG.to_owned(), own)])
            .collect()
    }

    fn url(&self, name: &str, configuration: &FunctionConfiguration) -> Option<Url> {
        let url = configuration.function_url.clone()?;
        let streams = name == API_HANDLER && self.manifest.streams();
        Some(Url {
            auth_type: url.auth_type,
            invoke_mode: url.invoke_mode.unwrap_or(match streams {
                true => InvokeMode::ResponseStream,
                false => InvokeMode::Buffered,
            }),
            cors: url.cors,
        })
    }
}

fn alias(configuration: &FunctionConfiguration) -> Option<Alias> {
    let provisioned = configuration.provisioned_concurrency.as_ref();
    Some(Alias {
        name: configuration.alias()?,
        provisioned_concurrent_executions: provisioned.map(|it| it.concurrent_executions),
    })
}

fn description(kind: &FunctionKind) -> Option<String> {
    match kind {
        FunctionKind::RestApi {} | FunctionKind::Authorizer(_) => &None,
        FunctionKind::PureLambda(function) => &function.description,
        FunctionKind::S3(function) => &function.description,
        FunctionKind::Sns(function) => &function.description,
        FunctionKind::Sqs(function) => &function.description,
        FunctionKind::Kinesis(function) => &function.description,
        FunctionKind::Dynamodb(function) => &function.description,
        FunctionKind::Cloudwatch(function) => &function.description,
        FunctionKind::Scheduled(function) => &function.description,
        FunctionKind::Websocket(function) => &function.description,
    }
    .clone()
}

/// Where records of asynchronous invocations go; that of streams is a matter of their mappings.
fn on_failure(kind: &FunctionKind) -> Option<String> {
    match kind {
        FunctionKind::PureLambda(function) => function.on_failure.clone(),
        FunctionKind::S3(function) => function.on_failure.clone(),
        FunctionKind::Sns(function) => function.on_failure.clone(),
        FunctionKind::Cloudwatch(function) => function.on_failure.clone(),
        FunctionKind::Scheduled(function) => function.on_failure.clone(),
        FunctionKind::RestApi {}
        | FunctionKind::Authorizer(_)
        | FunctionKind::Sqs(_)
        | FunctionKind::Kinesis(_)
        | FunctionKind::Dynamodb(_)
        | FunctionKind::Websocket(_) => None,
    }
}
