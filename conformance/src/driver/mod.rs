//! From an input to what our app makes of it.

mod authorizer;
mod lambda;
mod local;

use std::sync::Arc;

use chalice::{HttpError, LambdaContext, test::Client};
use serde_json::Value;

use crate::{
    app::{APP, DEBUG_APP},
    case::Driver,
    output::{Output, OutputError},
};

/// Our app, twice.
#[derive(Debug)]
pub struct Subject {
    app: Client<APP>,
    debug_app: Client<DEBUG_APP>,
}

/// Why an input leads to nothing.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// It is none of that driver.
    #[error("the input is no request (`method`, `path`, `headers`, `body`): {0}")]
    Input(#[from] serde_json::Error),
    /// HTTP cannot express it.
    #[error("the input is no HTTP request: {0}")]
    Http(String),
    /// Our app answered something that API Gateway does not take.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// Every answer of API Gateway has the request's id.
    #[error("the answer has no UUID as `x-amzn-requestid`")]
    RequestId,
}

impl Subject {
    /// Starts the app.
    ///
    /// # Errors
    ///
    /// When it does not start.
    pub async fn start() -> Result<Subject, HttpError> {
        Ok(Subject {
            app: Client::new(&APP).await?,
            debug_app: Client::new(&DEBUG_APP).await?,
        })
    }

    /// What the app makes of an input.
    ///
    /// # Errors
    ///
    /// When it is no input of that driver, or the app's answer is none.
    pub async fn drive(
        &self,
        driver: Driver,
        debug: bool,
        input: &Value,
    ) -> Result<Output, DriverError> {
        match debug {
            false => drive(&self.app, driver, input).await,
            true => drive(&self.debug_app, driver, input).await,
        }
    }
}

async fn drive<A: chalice::Application>(
    client: &Client<A>,
    driver: Driver,
    input: &Value,
) -> Result<Output, DriverError> {
    match driver {
        Driver::Lambda => lambda::drive(client, input).await,
        Driver::Local => local::drive(client, input).await,
        Driver::Authorizer => Ok(authorizer::drive(client, input).await),
    }
}

/// The context of the invocations with which the cases were recorded.
fn context() -> LambdaContext {
    let mut context = lambda_runtime::Context::default();
    context.request_id = "conformance".to_owned();
    context.env_config = Arc::new(lambda_runtime::Config {
        function_name: "fn".to_owned(),
        memory: 128,
        version: "$LATEST".to_owned(),
        log_stream: String::new(),
        log_group: String::new(),
    });
    context.into()
}
