//! The invocation that a request came with.

use std::{
    ops::Deref,
    time::{Duration, SystemTime},
};

/// The context of an invocation, as AWS Lambda gives it: the request id, the
/// deadline, the function's ARN, the X-Ray trace id.
///
/// ```
/// use chalice_runtime::LambdaContext;
///
/// async fn index(context: LambdaContext) -> String {
///     format!("request {}, {:?} left", context.request_id, context.remaining_time())
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct LambdaContext(lambda_runtime::Context);

impl LambdaContext {
    /// How long the invocation may still take before AWS Lambda ends it; zero once that time has passed.
    pub fn remaining_time(&self) -> Duration {
        self.0
            .deadline()
            .duration_since(SystemTime::now())
            .unwrap_or_default()
    }
}

impl From<lambda_runtime::Context> for LambdaContext {
    fn from(context: lambda_runtime::Context) -> LambdaContext {
        LambdaContext(context)
    }
}

impl Deref for LambdaContext {
    type Target = lambda_runtime::Context;

    fn deref(&self) -> &lambda_runtime::Context {
        &self.0
    }
}
