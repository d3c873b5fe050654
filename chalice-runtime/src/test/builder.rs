//! What a client's functions are deployed with.

use std::{fmt, marker::PhantomData, path::PathBuf, time::Duration};

use super::{Client, deployment::Deployment};
use crate::{Application, Result};

/// Settings of a [`Client`], made by [`Client::builder`]: of the stage that the test stands for.
///
/// ```text
/// let client = Client::builder(&APP)
///     .stage("prod")
///     .env("TABLE", "orders-test")
///     .function("resize", |function| function.env("QUALITY", "80").memory_size(1024))
///     .build()
///     .await?;
/// ```
///
/// Variables are the client's own: handlers read them by [`env::var`](crate::env::var), the
/// environment of the process stays as it is, and clients side by side do not see each other's.
/// What is said of one function precedes what is said of all, and both precede
/// [`.chalice/config.json`](ClientBuilder::stage_from_config).
pub struct ClientBuilder<A> {
    pub(super) stage: String,
    pub(super) config: Option<Project>,
    pub(super) api_gateway_stage: Option<String>,
    pub(super) region: Option<String>,
    pub(super) account_id: Option<String>,
    pub(super) everywhere: FunctionBuilder,
    pub(super) functions: Vec<(String, FunctionBuilder)>,
    app: PhantomData<fn() -> A>,
}

/// The project whose configuration a client takes.
pub(super) enum Project {
    /// The one that Cargo runs a test of.
    Tested,
    /// The one in that directory.
    In(PathBuf),
}

/// Settings of one Lambda function of the app; see [`ClientBuilder::function`].
#[derive(Clone, Default)]
pub struct FunctionBuilder {
    pub(super) variables: Vec<(String, String)>,
    pub(super) timeout: Option<Duration>,
    pub(super) memory_size: Option<u32>,
}

impl<A: Application> ClientBuilder<A> {
    pub(super) fn new() -> ClientBuilder<A> {
        ClientBuilder {
            stage: "dev".to_owned(),
            config: None,
            api_gateway_stage: None,
            region: None,
            account_id: None,
            everywhere: FunctionBuilder::default(),
            functions: Vec::new(),
            app: PhantomData,
        }
    }

    /// The app's stage, `dev` unless told otherwise: a part of the functions' names,
    /// `<app>-<stage>-<function>`, and `<app>-<stage>` for the one that answers the routes.
    pub fn stage(mut self, stage: impl Into<String>) -> Self {
        self.stage = stage.into();
        self
    }

    /// The app's stage, as the project's `.chalice/config.json` configures it: `environment_variables`,
    /// `lambda_timeout`, `lambda_memory_size` and `api_gateway_stage`, with the precedence of AWS
    /// Chalice. What stands nearest to a function wins: in the stage for the function, in the stage, at
    /// the top for the function, at the top; environment variables are merged. Those that refer to
    /// parameters or secrets of AWS are not set: give them by [`ClientBuilder::env`].
    ///
    /// The project is the crate that is tested: Cargo says where it is, by the environment
    /// variable `CARGO_MANIFEST_DIR`.
    pub fn stage_from_config(mut self, stage: impl Into<String>) -> Self {
        self.config = Some(Project::Tested);
        self.stage(stage)
    }

    /// The app's stage, as the configuration in that directory's `.chalice` has it: for tests in
    /// another crate than the app.
    pub fn stage_from_config_in(
        mut self,
        project_dir: impl Into<PathBuf>,
        stage: impl Into<String>,
    ) -> Self {
        self.config = Some(Project::In(project_dir.into()));
        self.stage(stage)
    }

    /// The stage of the REST API, `api` unless told otherwise: what requests tell as their stage.
    pub fn api_gateway_stage(mut self, stage: impl Into<String>) -> Self {
        self.api_gateway_stage = Some(stage.into());
        self
    }

    /// The region, `us-east-1` unless told otherwise: in ARNs, and as `AWS_REGION`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// The number of the AWS account, `123456789012` unless told otherwise: in ARNs.
    pub fn account_id(mut self, account_id: impl Into<String>) -> Self {
        self.account_id = Some(account_id.into());
        self
    }

    /// An environment variable of every function. The app's `connect`, which runs once
    /// per client, sees these, and none of a single function.
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.everywhere = self.everywhere.env(name, value);
        self
    }

    /// Environment variables of every function.
    pub fn envs<N, V>(mut self, variables: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<String>,
    {
        self.everywhere = self.everywhere.envs(variables);
        self
    }

    /// How long every function may take, at most 15 minutes; a minute unless told otherwise.
    /// It is the time that [`LambdaContext::remaining_time`](crate::LambdaContext::remaining_time)
    /// counts, and by which batches end; a client ends no invocation.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.everywhere = self.everywhere.timeout(timeout);
        self
    }

    /// The memory of every function in MB, 128 to 10,240; 128 unless told otherwise.
    pub fn memory_size(mut self, megabytes: u32) -> Self {
        self.everywhere = self.everywhere.memory_size(megabytes);
        self
    }

    /// Settings of the function of that name; `api_handler` answers the routes.
    pub fn function(
        mut self,
        name: impl Into<String>,
        settings: impl FnOnce(FunctionBuilder) -> FunctionBuilder,
    ) -> Self {
        self.functions
            .push((name.into(), settings(FunctionBuilder::default())));
        self
    }

    /// Builds the app's state, and its API.
    ///
    /// # Errors
    ///
    /// Settings that AWS would refuse, functions that the app does not have, a configuration
    /// that cannot be read or lacks the stage; and those of [`Client::new`].
    pub async fn build(self) -> Result<Client<A>> {
        Client::start(Deployment::new(&self)?).await
    }
}

impl FunctionBuilder {
    /// An environment variable.
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Environment variables.
    pub fn envs<N, V>(mut self, variables: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<String>,
    {
        let variables = variables.into_iter();
        self.variables
            .extend(variables.map(|(name, value)| (name.into(), value.into())));
        self
    }

    /// How long an invocation may take, at most 15 minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The memory in MB, 128 to 10,240.
    pub fn memory_size(mut self, megabytes: u32) -> Self {
        self.memory_size = Some(megabytes);
        self
    }
}

impl<A: Application> fmt::Debug for ClientBuilder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("app", &A::NAME)
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for FunctionBuilder {
    // Values of variables may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FunctionBuilder").finish_non_exhaustive()
    }
}
