//! The app's functions as a client has them deployed: their names, limits and variables.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use chalice_config::{
    ApiGatewayStage, AppName, Config, FunctionConfiguration, LambdaMemorySize, LambdaTimeout,
    check_environment_variable, check_environment_variables,
};
use chalice_core::{name, suggest};
use chalice_gateway::Settings;

use super::{ClientBuilder, DeploymentError, FunctionBuilder, builder::Project};
use crate::{Application, LambdaContext, env};

/// A stage of an app.
pub(super) struct Deployment {
    /// The facts of its API.
    pub(super) api: Settings,
    /// The variables that the app's `connect` sees.
    connect: env::Own,
    /// By their names within the app.
    functions: BTreeMap<&'static str, Deployed>,
    /// What stands for a function that the app does not have: whoever looks it up refuses it.
    no_function: Deployed,
}

/// A Lambda function of the stage.
#[derive(Clone)]
struct Deployed {
    name: String,
    arn: String,
    timeout: Duration,
    memory_size: LambdaMemorySize,
    variables: env::Own,
}

impl Deployment {
    pub(super) fn new<A: Application>(
        given: &ClientBuilder<A>,
    ) -> Result<Deployment, DeploymentError> {
        let functions: Vec<&'static str> = std::iter::once(name::API_HANDLER)
            .chain(A::functions().iter().map(|function| function.name))
            .collect();
        let known = |name: &str, place: &'static str| match functions.contains(&name) {
            true => Ok(()),
            false => Err(DeploymentError::UnknownFunction {
                name: name.to_owned(),
                place,
                app: A::NAME,
                meant: suggest::did_you_mean(name, functions.iter().copied()),
                functions: suggest::list(functions.iter().copied()),
            }),
        };
        if let Some(problem) = name::problem(&given.stage) {
            let stage = given.stage.clone();
            return Err(DeploymentError::Stage { stage, problem });
        }
        let config = match &given.config {
            Some(project) => load(project, &given.stage)?,
            None => Config::of_app(AppName::new(A::NAME).map_err(|refusal| {
                DeploymentError::setting(format_args!("the app's name `{}`", A::NAME), refusal)
            })?),
        };
        let stage = config.stage(&given.stage)?;
        for name in stage.function_names() {
            known(name, chalice_config::PATH)?;
        }
        for (name, _) in &given.functions {
            known(name, "the test client's builder")?;
        }
        let api_stage = match &given.api_gateway_stage {
            Some(name) => ApiGatewayStage::new(name.clone()).map_err(|refusal| {
                DeploymentError::setting(format_args!("the API's stage `{name}`"), refusal)
            })?,
            None => stage.api_gateway_stage(),
        };
        let api = api(given, &api_stage)?;
        let deployed = |name: &'static str| -> Result<_, DeploymentError> {
            let mut settings = vec![&given.everywhere];
            let own = given.functions.iter().filter(|(given, _)| given == name);
            settings.extend(own.map(|(_, settings)| settings));
            let aws_name = match name {
                name::API_HANDLER => format!("{}-{}", A::NAME, given.stage),
                _ => format!("{}-{}-{name}", A::NAME, given.stage),
            };
            let function = Deployed::new(aws_name, &api, stage.function(name), &settings)?;
            Ok((name, function.with_variables_of_aws(name)))
        };
        let every_function = Deployed::new(
            format!("{}-{}", A::NAME, given.stage),
            &api,
            stage.every_function(),
            &[&given.everywhere],
        )?;
        Ok(Deployment {
            functions: functions
                .iter()
                .copied()
                .map(deployed)
                .collect::<Result<_, _>>()?,
            connect: every_function.variables.clone(),
            no_function: every_function,
            api,
        })
    }

    /// The variables that the app's `connect` sees: it runs for all functions at once.
    pub(super) fn variables_of_connect(&self) -> env::Variables {
        env::Variables::of_client(Arc::clone(&self.connect))
    }

    /// The variables that the function sees.
    pub(super) fn variables(&self, function: &str) -> env::Variables {
        env::Variables::of_client(Arc::clone(&self.function(function).variables))
    }

    /// The context that AWS Lambda would give the function.
    pub(super) fn context(&self, request_id: &str, function: &str) -> LambdaContext {
        let function = self.function(function);
        let deadline = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            + function.timeout;
        let mut context = lambda_runtime::Context::default();
        context.request_id = request_id.to_owned();
        context.deadline = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
        context.invoked_function_arn = function.arn.clone();
        context.env_config = Arc::new(lambda_runtime::Config {
            log_group: log_group(&function.name),
            log_stream: "test".to_owned(),
            function_name: function.name.clone(),
            memory: i32::from(function.memory_size.megabytes()),
            version: VERSION.to_owned(),
        });
        LambdaContext::from(context).for_test_client()
    }

    fn function(&self, name: &str) -> &Deployed {
        self.functions.get(name).unwrap_or(&self.no_function)
    }
}

/// What AWS Lambda calls a function's newest code.
const VERSION: &str = "$LATEST";

fn log_group(function: &str) -> String {
    format!("/aws/lambda/{function}")
}

impl Deployed {
    /// A function with what the configuration says and then what `given` says, the
    /// settings of which the last win.
    fn new(
        name: String,
        api: &Settings,
        configuration: FunctionConfiguration,
        given: &[&FunctionBuilder],
    ) -> Result<Deployed, DeploymentError> {
        if let Some(problem) = name::function_problem(&name) {
            return Err(DeploymentError::FunctionName { name, problem });
        }
        let mut function = Deployed {
            arn: format!(
                "arn:aws:lambda:{}:{}:function:{name}",
                api.region, api.account_id
            ),
            timeout: configuration.lambda_timeout.duration(),
            memory_size: configuration.lambda_memory_size,
            variables: env::Own::default(),
            name,
        };
        // What parameters and secrets hold is known on AWS alone: a test gives them by `env`.
        let mut variables: BTreeMap<String, String> = configuration
            .environment_variables
            .texts()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        for settings in given {
            for (name, value) in &settings.variables {
                check_environment_variable(name, value).map_err(|refusal| {
                    DeploymentError::setting(format_args!("the variable {name:?}"), refusal)
                })?;
                variables.insert(name.clone(), value.clone());
            }
            if let Some(timeout) = settings.timeout {
                function.timeout = check_timeout(timeout)?;
            }
            if let Some(megabytes) = settings.memory_size {
                function.memory_size =
                    LambdaMemorySize::new(megabytes.into()).map_err(|refusal| {
                        DeploymentError::setting(format_args!("{megabytes} MB"), refusal)
                    })?;
            }
        }
        let texts = variables
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        check_environment_variables(texts).map_err(|refusal| {
            DeploymentError::setting(format_args!("the function `{}`", function.name), refusal)
        })?;
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            variables.insert(name.to_owned(), api.region.clone());
        }
        function.variables = Arc::new(variables);
        Ok(function)
    }

    /// The function with the variables that AWS Lambda sets for one alone: AWS, "Working with Lambda
    /// environment variables", section "Defined runtime environment variables".
    fn with_variables_of_aws(mut self, handler: &str) -> Deployed {
        let variables = Arc::make_mut(&mut self.variables);
        for (name, value) in [
            ("_HANDLER", handler.to_owned()),
            ("AWS_LAMBDA_FUNCTION_NAME", self.name.clone()),
            (
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                self.memory_size.megabytes().to_string(),
            ),
            ("AWS_LAMBDA_FUNCTION_VERSION", VERSION.to_owned()),
            ("AWS_LAMBDA_LOG_GROUP_NAME", log_group(&self.name)),
        ] {
            variables.insert(name.to_owned(), value);
        }
        self
    }
}

/// The configuration of the project, which has to list the stage: a misspelt one would have
/// the defaults of all, and its test would prove nothing.
fn load(project: &Project, stage: &str) -> Result<Config, DeploymentError> {
    let directory = match project {
        Project::In(directory) => directory.clone(),
        Project::Tested => std::env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .ok_or(DeploymentError::NoProject)?,
    };
    let config = Config::load(&directory)?;
    if config.stages().any(|known| known == stage) {
        return Ok(config);
    }
    Err(DeploymentError::NoStage {
        path: directory.join(chalice_config::PATH),
        stage: stage.to_owned(),
        meant: suggest::did_you_mean(stage, config.stages()),
    })
}

/// What requests tell about the API.
fn api<A: Application>(
    given: &ClientBuilder<A>,
    stage: &ApiGatewayStage,
) -> Result<Settings, DeploymentError> {
    let mut api = Settings {
        stage: stage.to_string(),
        ..Settings::default()
    };
    if let Some(region) = &given.region {
        let is_region = !region.is_empty()
            && region
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !is_region {
            return Err(DeploymentError::Region {
                region: region.clone(),
            });
        }
        api.domain_name = format!("{}.execute-api.{region}.amazonaws.com", api.api_id);
        api.region.clone_from(region);
    }
    if let Some(account_id) = &given.account_id {
        if account_id.len() != 12 || !account_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(DeploymentError::AccountId {
                account_id: account_id.clone(),
            });
        }
        api.account_id.clone_from(account_id);
    }
    Ok(api)
}

/// Fractions of seconds are taken: a test may want to see a deadline pass.
fn check_timeout(timeout: Duration) -> Result<Duration, DeploymentError> {
    match timeout.is_zero() || timeout > LambdaTimeout::MAX.duration() {
        true => Err(DeploymentError::Timeout { timeout }),
        false => Ok(timeout),
    }
}
