//! Debug mode: whoever sent a request is shown why it failed.
//!
//! Two facts have to agree, so that no deployment shows its inside by mistake:
//! the app says `debug: true`, and the process runs where that is wanted. The
//! latter is so under the test client, and wherever the environment variable
//! `CHALICE_DEBUG` is `1`, which `cargo chalice local` sets and AWS Lambda does not.

use std::{error::Error, fmt};

use http::StatusCode;

use crate::{Application, LambdaContext, Response};

/// The environment variable that permits debug mode.
const VARIABLE: &str = "CHALICE_DEBUG";

/// Whether failures are shown in this invocation.
fn is_on<A: Application>(context: &LambdaContext) -> bool {
    A::API.debug
        && (context.is_of_test_client()
            || std::env::var_os(VARIABLE).is_some_and(|value| value == "1"))
}

/// The 500 that shows `failure`, if that is wanted.
pub(crate) fn response<A: Application>(
    context: &LambdaContext,
    failure: impl fmt::Display,
) -> Option<Response> {
    is_on::<A>(context)
        .then(|| Response::text(failure.to_string()).with_status(StatusCode::INTERNAL_SERVER_ERROR))
}

/// An error and everything that led to it, one per line.
pub(crate) struct Causes<'a>(pub(crate) &'a (dyn Error + 'static));

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(f, "\ncaused by: {error}")?;
            source = error.source();
        }
        Ok(())
    }
}
