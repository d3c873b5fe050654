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
pub struct LambdaContext {
    context: lambda_runtime::Context,
    of_test_client: bool,
    #[cfg(feature = "test")]
    connections: Option<crate::test::TestConnections>,
}

impl LambdaContext {
    /// How long the invocation may still take before AWS Lambda ends it; zero once that time has passed.
    pub fn remaining_time(&self) -> Duration {
        self.context
            .deadline()
            .duration_since(SystemTime::now())
            .unwrap_or_default()
    }

    /// The context as the test client gives it.
    #[cfg(feature = "test")]
    pub(crate) fn for_test_client(mut self) -> LambdaContext {
        self.of_test_client = true;
        self
    }

    /// The context, with the test client's connections of the WebSocket API.
    #[cfg(feature = "test")]
    pub(crate) fn with_connections(
        mut self,
        connections: &crate::test::TestConnections,
    ) -> LambdaContext {
        self.connections = Some(connections.clone());
        self
    }

    /// The test client's connections of the WebSocket API, where it invokes the function.
    #[cfg(all(feature = "test", feature = "websockets"))]
    pub(crate) fn connections(&self) -> Option<&crate::test::TestConnections> {
        self.connections.as_ref()
    }

    /// Whether the test client invokes the function, in the test's own process.
    pub(crate) fn is_of_test_client(&self) -> bool {
        self.of_test_client
    }
}

impl From<lambda_runtime::Context> for LambdaContext {
    fn from(context: lambda_runtime::Context) -> LambdaContext {
        LambdaContext {
            context,
            of_test_client: false,
            #[cfg(feature = "test")]
            connections: None,
        }
    }
}

impl Deref for LambdaContext {
    type Target = lambda_runtime::Context;

    fn deref(&self) -> &lambda_runtime::Context {
        &self.context
    }
}
