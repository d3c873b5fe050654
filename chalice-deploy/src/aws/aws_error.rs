//! Calls that have failed.

use std::fmt;

use super::{Call, Denied, Service};

/// A call of AWS that has failed, and what to do about it.
#[derive(Clone, PartialEq, Eq)]
pub struct AwsError(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Details {
    pub(super) call: Call,
    pub(super) code: Option<String>,
    pub(super) message: String,
    pub(super) request_id: Option<String>,
    pub(super) status: Option<u16>,
    pub(super) kind: AwsErrorKind,
    /// What the caller knows besides.
    pub(super) hint: Option<String>,
}

/// What kind of failure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AwsErrorKind {
    /// A permission is missing.
    AccessDenied(Denied),
    /// There are no credentials, or AWS does not take them (any more): what to do.
    Credentials(String),
    /// There is no connection.
    Network {
        /// Where to: a URL or a host.
        endpoint: String,
    },
    /// There is no answer, or not in time.
    Timeout {
        /// From where: a URL or a host.
        endpoint: String,
    },
    /// Too many requests, after all attempts.
    Throttled,
    /// What the request is for is not there.
    NotFound,
    /// It is there already, or somebody else changes it.
    Conflict,
    /// It has been changed since it was read (412).
    PreconditionFailed,
    /// A quota of the account.
    Quota,
    /// The service fails (5xx).
    Unavailable,
    /// The service refuses the request for another reason, which is in its message.
    Refused,
    /// The answer cannot be read, or the request cannot be made.
    Broken,
}

impl AwsError {
    pub(super) fn new(details: Details) -> AwsError {
        AwsError(Box::new(details))
    }

    /// The error with a sentence more.
    pub(crate) fn with_hint(mut self, hint: String) -> AwsError {
        self.0.hint = Some(hint);
        self
    }

    /// The service.
    pub fn service(&self) -> Service {
        self.0.call.service
    }

    /// The operation as AWS spells it: `CreateFunction`.
    pub fn operation(&self) -> &'static str {
        self.0.call.operation
    }

    /// The error's name, if the service has answered with one: `ResourceConflictException`.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// What the service or the SDK says.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The id under which AWS Support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The status of the answer.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> &AwsErrorKind {
        &self.0.kind
    }

    /// Whether what the request is for is not there.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == AwsErrorKind::NotFound
    }

    /// Whether it is there already, or somebody else changes it.
    pub fn is_conflict(&self) -> bool {
        self.0.kind == AwsErrorKind::Conflict
    }

    /// Whether the same request may succeed later. The SDK has tried it again already.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self.0.kind,
            AwsErrorKind::Network { .. }
                | AwsErrorKind::Timeout { .. }
                | AwsErrorKind::Throttled
                | AwsErrorKind::Unavailable
        )
    }
}

impl fmt::Display for AwsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details {
            call,
            code,
            message,
            request_id,
            kind,
            hint,
            ..
        } = &*self.0;
        let (service, operation) = (call.service, call.operation);
        match kind {
            AwsErrorKind::AccessDenied(denied) => {
                write!(f, "{service} refuses {operation}: {denied}")?;
                if let Some(hint) = hint {
                    write!(f, "; {hint}")?;
                }
            }
            AwsErrorKind::Credentials(what) => {
                return write!(f, "{service} cannot be called ({operation}): {what}");
            }
            AwsErrorKind::Network { endpoint } => {
                return write!(
                    f,
                    "{service} cannot be reached at {endpoint} ({operation}): {message}; check the network, a proxy, \
                     the region, and AWS_ENDPOINT_URL if it is set"
                );
            }
            AwsErrorKind::Timeout { endpoint } => {
                return write!(
                    f,
                    "{service} does not answer {operation} in time, at {endpoint}: {message}; check the network, and \
                     try again"
                );
            }
            AwsErrorKind::Throttled => write!(
                f,
                "{service} gets more {operation} requests than the account may send: {message}; wait, and try again"
            )?,
            AwsErrorKind::Unavailable => write!(
                f,
                "{service} fails on its side ({operation}): {message}; try again"
            )?,
            AwsErrorKind::Broken => write!(f, "{operation} of {service} fails: {message}")?,
            AwsErrorKind::NotFound
            | AwsErrorKind::Conflict
            | AwsErrorKind::PreconditionFailed
            | AwsErrorKind::Quota
            | AwsErrorKind::Refused => {
                write!(f, "{service} refuses {operation}")?;
                if let Some(resource) = &call.resource {
                    write!(f, " of `{resource}`")?;
                }
                write!(f, ": {message}")?;
            }
        }
        match (code, request_id) {
            (Some(code), Some(id)) => write!(f, " ({code}, request {id})"),
            (Some(code), None) => write!(f, " ({code})"),
            (None, Some(id)) => write!(f, " (request {id})"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for AwsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for AwsError {}
