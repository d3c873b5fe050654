//! Which of the app's Lambda functions this process is.

use chalice_core::name::API_HANDLER;

use super::StartError;

/// A Lambda function of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// The one that answers the API's routes.
    Api,
}

/// The handler that AWS's documentation of custom runtimes configures: it names the executable.
const BOOTSTRAP: &str = "bootstrap";

impl Function {
    /// The function whose configured handler is `handler`.
    pub(super) fn select(handler: Option<&str>, app: &'static str) -> Result<Function, StartError> {
        match handler {
            None | Some(API_HANDLER | BOOTSTRAP) => Ok(Function::Api),
            Some(handler) => Err(StartError::UnknownFunction {
                handler: handler.to_owned(),
                app,
                functions: format!("`{API_HANDLER}`"),
            }),
        }
    }
}
