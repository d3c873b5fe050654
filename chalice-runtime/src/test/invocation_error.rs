//! An invocation that failed.

/// What AWS Lambda says about an invocation that failed: the JSON that a function
/// reports to the Runtime API.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error_type}: {error_message}")]
#[non_exhaustive]
pub struct InvocationError {
    /// The kind of error, such as `Chalice.MalformedEvent`.
    pub error_type: String,
    /// What went wrong.
    pub error_message: String,
}

impl<E: Into<lambda_runtime::Diagnostic>> From<E> for InvocationError {
    fn from(error: E) -> InvocationError {
        let lambda_runtime::Diagnostic {
            error_type,
            error_message,
        } = error.into();
        InvocationError {
            error_type,
            error_message,
        }
    }
}
