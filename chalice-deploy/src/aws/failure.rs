//! Errors of the AWS SDK for Rust.

use std::error::Error;

use aws_sdk_s3::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
    operation::RequestId,
};

use super::{
    Access, AwsError, AwsErrorKind, Call, Denied,
    aws_error::Details,
    credentials::{self, chain},
    endpoint::endpoint,
};

impl Access {
    /// What an error of any of the AWS SDK's crates means.
    ///
    /// ```no_run
    /// # async fn call(access: chalice_deploy::Access) -> Result<(), chalice_deploy::AwsError> {
    /// use chalice_deploy::{Call, Service};
    ///
    /// let sts = aws_sdk_sts::Client::new(access.config());
    /// let call = Call::new(Service::STS, "GetCallerIdentity");
    /// let identity = sts.get_caller_identity().send().await;
    /// identity.map_err(|error| access.failure(call, error))?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn failure<E>(&self, call: Call, error: SdkError<E, HttpResponse>) -> AwsError
    where
        E: ProvideErrorMetadata + Error + Send + Sync + 'static,
    {
        let status = error
            .raw_response()
            .map(|response| response.status().as_u16());
        let endpoint = || endpoint(self.config(), call.service);
        let answered = |message: &str, code: Option<&str>| {
            let unnamed = || match status {
                Some(status) => format!("status {status}, without a message"),
                None => "no message".to_owned(),
            };
            let said = if message.is_empty() {
                unnamed()
            } else {
                message.to_owned()
            };
            (
                self.kind_of(&call, code.unwrap_or_default(), message, status),
                said,
            )
        };
        let (kind, message) = if let Some(what) = credentials::missing(&error, self.profile()) {
            let message = chain(&error);
            (AwsErrorKind::Credentials(what), message)
        } else {
            match &error {
                SdkError::ServiceError(answer) => {
                    let answer = answer.err();
                    answered(answer.message().unwrap_or_default(), answer.code())
                }
                SdkError::TimeoutError(_) => (
                    AwsErrorKind::Timeout {
                        endpoint: endpoint(),
                    },
                    causes(&error),
                ),
                SdkError::DispatchFailure(failure) if failure.is_timeout() => (
                    AwsErrorKind::Timeout {
                        endpoint: endpoint(),
                    },
                    causes(&error),
                ),
                SdkError::DispatchFailure(failure) if failure.is_user() => {
                    (AwsErrorKind::Broken, causes(&error))
                }
                SdkError::DispatchFailure(_) => (
                    AwsErrorKind::Network {
                        endpoint: endpoint(),
                    },
                    causes(&error),
                ),
                _ => (AwsErrorKind::Broken, causes(&error)),
            }
        };
        AwsError::new(Details {
            code: error.code().map(str::to_owned),
            request_id: error.request_id().map(str::to_owned),
            call,
            message,
            status,
            kind,
            hint: None,
        })
    }

    /// The kind of an answer, by its code and its status. What services call the same thing differs.
    fn kind_of(&self, call: &Call, code: &str, message: &str, status: Option<u16>) -> AwsErrorKind {
        let is_denied = matches!(
            code,
            "AccessDenied"
                | "AccessDeniedException"
                | "AllAccessDisabled"
                | "AuthorizationError"
                | "AuthorizationErrorException"
                | "Forbidden"
                | "ForbiddenException"
                | "NotAuthorized"
                | "UnauthorizedOperation"
        );
        // Some say it under another name: of roles that may not be passed on, for instance.
        if is_denied || Denied::named(message).is_some() {
            return AwsErrorKind::AccessDenied(Denied::of(message, call));
        }
        if let Some(what) = credentials::refused(code, self.profile()) {
            return AwsErrorKind::Credentials(what);
        }
        match code {
            "Throttling"
            | "ThrottlingException"
            | "ThrottledException"
            | "RequestThrottled"
            | "RequestThrottledException"
            | "TooManyRequestsException"
            | "RequestLimitExceeded"
            | "ProvisionedThroughputExceededException"
            | "BandwidthLimitExceeded"
            | "PriorRequestNotComplete"
            | "EC2ThrottledException"
            | "SlowDown" => AwsErrorKind::Throttled,
            "LimitExceeded"
            | "LimitExceededException"
            | "CodeStorageExceededException"
            | "ServiceQuotaExceededException"
            | "TooManyBuckets" => AwsErrorKind::Quota,
            "EntityAlreadyExists"
            | "ResourceConflictException"
            | "ConflictException"
            | "ResourceAlreadyExistsException"
            | "ResourceInUseException"
            | "DeleteConflict"
            | "ConcurrentModification"
            | "ConcurrentModificationException"
            | "ConditionalRequestConflict"
            | "OperationAborted" => AwsErrorKind::Conflict,
            "PreconditionFailed" | "PreconditionFailedException" => {
                AwsErrorKind::PreconditionFailed
            }
            _ if code.starts_with("NoSuch")
                || code.contains("NotFound")
                || code.contains("NonExistent") =>
            {
                AwsErrorKind::NotFound
            }
            // Answers to HEAD have no body, and so no code.
            _ => match status {
                Some(403) => AwsErrorKind::AccessDenied(Denied::of(message, call)),
                Some(404) => AwsErrorKind::NotFound,
                Some(409) => AwsErrorKind::Conflict,
                Some(412) => AwsErrorKind::PreconditionFailed,
                Some(429) => AwsErrorKind::Throttled,
                Some(500..) => AwsErrorKind::Unavailable,
                _ => AwsErrorKind::Refused,
            },
        }
    }
}

/// The causes of an error, without its own words: `dispatch failure` says nothing to people.
fn causes(error: &(dyn Error + 'static)) -> String {
    match error.source() {
        Some(source) => chain(source),
        None => error.to_string(),
    }
}
