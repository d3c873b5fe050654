//! Which of the app's Lambda functions this process is.

use chalice_core::{
    definition::HandlerKind,
    function_table::LambdaFunction,
    name::{API_HANDLER, BOOTSTRAP},
};

use super::StartError;

/// A Lambda function of the app.
#[derive(Clone, Copy, Debug)]
pub(super) enum Function {
    /// The one that answers the API's routes.
    Api,
    /// One that decides whether a request may pass.
    Authorizer(&'static LambdaFunction),
    /// One that is invoked by its name, or by an event source.
    Other(&'static LambdaFunction),
}

impl Function {
    /// The function whose configured handler is `handler`, of an app with these
    /// functions beside the one that answers the routes.
    pub(super) fn select(
        handler: Option<&str>,
        app: &'static str,
        functions: &'static [LambdaFunction],
    ) -> Result<Function, StartError> {
        let handler = match handler {
            None | Some(API_HANDLER | BOOTSTRAP) => return Ok(Function::Api),
            Some(handler) => handler,
        };
        let known = functions.iter().find(|function| function.name == handler);
        let function = known.map(|function| match function.def.kind {
            HandlerKind::Authorizer(_) => Function::Authorizer(function),
            _ => Function::Other(function),
        });
        function.ok_or_else(|| {
            let names: Vec<String> = std::iter::once(API_HANDLER)
                .chain(functions.iter().map(|function| function.name))
                .map(|name| format!("`{name}`"))
                .collect();
            StartError::UnknownFunction {
                handler: handler.to_owned(),
                app,
                functions: names.join(", "),
            }
        })
    }
}
