//! What AWS answers, in its own words, and what becomes of it.

use std::error::Error;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_s3::{
    config::http::HttpResponse,
    error::{ConnectorError, ErrorMetadata, SdkError},
    primitives::SdkBody,
};

use super::*;

fn access() -> Access {
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .build();
    Access::of_config(config, Some("team".to_owned())).unwrap()
}

/// An answer of that status, code and message.
fn answered(call: Call, status: u16, code: &str, message: &str) -> AwsError {
    let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::empty());
    response.headers_mut().insert("x-amzn-requestid", "R1");
    let error = ErrorMetadata::builder().code(code).message(message).build();
    access().failure(call, SdkError::service_error(error, response))
}

const USER: &str = "arn:aws:iam::123456789012:user/dev";

#[test]
fn a_missing_permission_is_named_as_aws_names_it() {
    let role = "arn:aws:iam::123456789012:role/shop-dev";
    let api = "arn:aws:apigateway:eu-west-1::/restapis";
    let queue = "arn:aws:sqs:eu-west-1:123456789012:orders";
    let topic = "arn:aws:sns:eu-west-1:123456789012:orders";
    let function = "arn:aws:lambda:eu-west-1:123456789012:function:shop-dev";
    let log = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/shop-dev:log-stream:";
    let table = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";
    let object = "arn:aws:s3:::state/shop/dev.json";
    let session = "arn:aws:sts::123456789012:assumed-role/Developer/ann@example.com";
    let policy = |action: &str| format!("no identity-based policy allows the {action} action");
    let says = |who: &str, action: &str, on: &str, reason: &str| {
        format!("User: {who} is not authorized to perform: {action} on resource: {on} {reason}")
    };
    let because = |action: &str| format!("because {}", policy(action));
    for (service, operation, code, message, denied) in [
        (
            Service::LAMBDA,
            "CreateFunction",
            "AccessDeniedException",
            says(
                USER,
                "lambda:CreateFunction",
                function,
                &because("lambda:CreateFunction"),
            ),
            (
                USER,
                "lambda:CreateFunction",
                function,
                policy("lambda:CreateFunction"),
            ),
        ),
        (
            // Without the right to pass a role on, another operation is refused.
            Service::LAMBDA,
            "CreateFunction",
            "AccessDeniedException",
            says(USER, "iam:PassRole", role, &because("iam:PassRole")),
            (USER, "iam:PassRole", role, policy("iam:PassRole")),
        ),
        (
            Service::IAM,
            "CreateRole",
            "AccessDenied",
            says(
                session,
                "iam:CreateRole",
                role,
                "because no permissions boundary allows the iam:CreateRole action",
            ),
            (
                session,
                "iam:CreateRole",
                role,
                "no permissions boundary allows the iam:CreateRole action".to_owned(),
            ),
        ),
        (
            Service::API_GATEWAY,
            "ImportRestApi",
            "AccessDeniedException",
            says(USER, "apigateway:POST", api, &because("apigateway:POST")),
            (USER, "apigateway:POST", api, policy("apigateway:POST")),
        ),
        (
            Service::SQS,
            "GetQueueAttributes",
            "AccessDenied",
            says(
                USER,
                "sqs:getqueueattributes",
                queue,
                &because("sqs:getqueueattributes"),
            ),
            (
                USER,
                "sqs:GetQueueAttributes",
                queue,
                policy("sqs:getqueueattributes"),
            ),
        ),
        (
            Service::SNS,
            "Subscribe",
            "AuthorizationError",
            says(USER, "SNS:Subscribe", topic, &because("SNS:Subscribe")),
            (USER, "sns:Subscribe", topic, policy("SNS:Subscribe")),
        ),
        (
            Service::CLOUDWATCH_LOGS,
            "PutRetentionPolicy",
            "AccessDeniedException",
            says(
                USER,
                "logs:PutRetentionPolicy",
                log,
                &because("logs:PutRetentionPolicy"),
            ),
            (
                USER,
                "logs:PutRetentionPolicy",
                log,
                policy("logs:PutRetentionPolicy"),
            ),
        ),
        (
            Service::DYNAMODB,
            "DescribeTable",
            "AccessDeniedException",
            says(
                USER,
                "dynamodb:DescribeTable",
                table,
                &because("dynamodb:DescribeTable"),
            ),
            (
                USER,
                "dynamodb:DescribeTable",
                table,
                policy("dynamodb:DescribeTable"),
            ),
        ),
        (
            Service::S3,
            "PutObject",
            "AccessDenied",
            says(
                USER,
                "s3:PutObject",
                &format!("\"{object}\""),
                &because("s3:PutObject"),
            ),
            (USER, "s3:PutObject", object, policy("s3:PutObject")),
        ),
    ] {
        let error = answered(Call::new(service, operation), 403, code, &message);
        let (who, action, on, reason) = denied;
        assert_eq!(
            *error.kind(),
            AwsErrorKind::AccessDenied(Denied {
                actions: vec![action.to_owned()],
                resource: Some(on.to_owned()),
                principal: Some(who.to_owned()),
                reason: Some(reason.clone()),
            }),
            "{message}"
        );
        assert_eq!(
            error.to_string(),
            format!(
                "{service} refuses {operation}: {who} lacks the permission `{action}` on `{on}` ({reason}); allow it in \
                 a policy of theirs ({code}, request R1)"
            )
        );
        assert!(!error.is_retryable());
    }
}

#[test]
fn what_is_denied_explicitly_cannot_be_allowed() {
    let message = format!(
        "User: {USER} is not authorized to perform: lambda:DeleteFunction on resource: \
         arn:aws:lambda:eu-west-1:123456789012:function:shop-dev with an explicit deny in a service control policy"
    );
    let call = Call::new(Service::LAMBDA, "DeleteFunction");
    assert_eq!(
        answered(call, 403, "AccessDeniedException", &message).to_string(),
        format!(
            "AWS Lambda refuses DeleteFunction: {USER} is forbidden `lambda:DeleteFunction` on \
             `arn:aws:lambda:eu-west-1:123456789012:function:shop-dev` (with an explicit deny in a service control \
             policy); no other policy can allow it: ask who is responsible for the one that denies it \
             (AccessDeniedException, request R1)"
        )
    );
}

#[test]
fn what_aws_does_not_name_is_what_the_operation_takes() {
    let bucket = "arn:aws:s3:::photos";
    let denied = |service, operation, message: &str| {
        let call = Call::new(service, operation).on(bucket);
        let error = answered(call, 403, "AccessDenied", message);
        match error.kind() {
            AwsErrorKind::AccessDenied(denied) => denied.clone(),
            kind => panic!("{kind:?}"),
        }
    };
    let notifications = denied(
        Service::S3,
        "PutBucketNotificationConfiguration",
        "Access Denied",
    );
    assert_eq!(notifications.actions, ["s3:PutBucketNotification"]);
    assert_eq!(notifications.resource.as_deref(), Some(bucket));
    assert_eq!(
        notifications.to_string(),
        "who signs the request lacks the permission `s3:PutBucketNotification` on `arn:aws:s3:::photos`; allow it in a \
         policy of theirs"
    );
    assert_eq!(
        denied(Service::S3, "CopyObject", "").actions,
        ["s3:GetObject", "s3:PutObject"]
    );
    assert_eq!(
        denied(Service::API_GATEWAY, "GetRestApi", "").actions,
        ["apigateway:GET"]
    );
    // In neither: nothing is guessed.
    assert_eq!(denied(Service::S3, "FlyObject", "").actions, [""; 0]);
    // AWS KMS names no resource.
    let kms = denied(
        Service::LAMBDA,
        "GetFunction",
        "User: arn:aws:iam::1:user/dev is not authorized to perform: kms:Decrypt on this resource because the resource \
         does not exist in this Region",
    );
    assert_eq!(kms.actions, ["kms:Decrypt"]);
    assert_eq!(kms.resource.as_deref(), Some(bucket));
    assert_eq!(
        kms.reason.as_deref(),
        Some("the resource does not exist in this Region")
    );
    // Nothing more than the beginning.
    assert_eq!(
        Denied::named("not authorized to perform: "),
        Some(Denied::default())
    );
    assert_eq!(Denied::named("Access Denied"), None);
}

#[test]
fn codes_and_statuses_are_kinds() {
    use AwsErrorKind::*;
    let call = || Call::new(Service::LAMBDA, "UpdateFunctionCode");
    for (status, code, kind, is_retryable) in [
        (400, "ThrottlingException", Throttled, true),
        (429, "TooManyRequestsException", Throttled, true),
        (503, "SlowDown", Throttled, true),
        (404, "ResourceNotFoundException", NotFound, false),
        (404, "NoSuchEntity", NotFound, false),
        (
            400,
            "AWS.SimpleQueueService.NonExistentQueue",
            NotFound,
            false,
        ),
        (404, "", NotFound, false),
        (409, "ResourceConflictException", Conflict, false),
        (409, "EntityAlreadyExists", Conflict, false),
        (400, "ResourceInUseException", Conflict, false),
        (409, "LimitExceeded", Quota, false),
        (412, "PreconditionFailed", PreconditionFailed, false),
        (500, "ServiceException", Unavailable, true),
        (503, "", Unavailable, true),
        (400, "InvalidParameterValueException", Refused, false),
    ] {
        let error = answered(call(), status, code, "The message.");
        assert_eq!(*error.kind(), kind, "{status} {code}");
        assert_eq!(error.is_retryable(), is_retryable, "{status} {code}");
        assert_eq!(error.status(), Some(status));
        assert!(error.to_string().contains("The message."), "{error}");
    }
    let error = answered(
        call().on("shop-dev"),
        400,
        "InvalidParameterValueException",
        "Unzipped size must be smaller than 262144000 bytes",
    );
    assert_eq!(
        error.to_string(),
        "AWS Lambda refuses UpdateFunctionCode of `shop-dev`: Unzipped size must be smaller than 262144000 bytes \
         (InvalidParameterValueException, request R1)"
    );
    assert_eq!(
        (error.code(), error.request_id()),
        (Some("InvalidParameterValueException"), Some("R1"))
    );
    let unnamed = answered(call(), 418, "", "");
    assert!(
        unnamed
            .to_string()
            .contains("status 418, without a message"),
        "{unnamed}"
    );
}

#[test]
fn credentials_that_aws_does_not_take_are_explained() {
    let message = |code| {
        let error = answered(
            Call::new(Service::STS, "GetCallerIdentity"),
            403,
            code,
            "The security token is invalid",
        );
        assert!(
            matches!(error.kind(), AwsErrorKind::Credentials(_)),
            "{code}"
        );
        error.to_string()
    };
    assert_eq!(
        message("ExpiredToken"),
        "AWS STS cannot be called (GetCallerIdentity): the temporary credentials of the profile `team` have expired: \
         sign in again, or take new ones"
    );
    assert!(
        message("UnrecognizedClientException")
            .contains("AWS does not know the access key of the profile `team`")
    );
    assert!(
        message("SignatureDoesNotMatch")
            .contains("does not belong to its access key, or this machine's clock")
    );
    assert!(message("RequestTimeTooSkewed").contains("this machine's clock is wrong"));
    assert!(message("MissingAuthenticationToken").contains("not signed"));
}

fn failed(error: SdkError<ErrorMetadata, HttpResponse>) -> AwsError {
    access().failure(
        Call::new(Service::CLOUDWATCH_LOGS, "DescribeLogGroups"),
        error,
    )
}

#[test]
fn failures_of_the_network_name_the_endpoint() {
    let refused = || Box::<dyn Error + Send + Sync>::from("connection refused");
    let error = failed(SdkError::dispatch_failure(ConnectorError::io(refused())));
    assert_eq!(
        error.to_string(),
        "Amazon CloudWatch Logs cannot be reached at logs.eu-west-1.amazonaws.com (DescribeLogGroups): io error: \
         connection refused; check the network, a proxy, the region, and AWS_ENDPOINT_URL if it is set"
    );
    assert!(error.is_retryable());
    for error in [
        failed(SdkError::dispatch_failure(ConnectorError::timeout(
            "no byte in 300 s".into(),
        ))),
        failed(SdkError::timeout_error("no byte in 300 s")),
    ] {
        assert!(error.is_retryable());
        let text = error.to_string();
        assert!(
            text.starts_with(
                "Amazon CloudWatch Logs does not answer DescribeLogGroups in time, at logs.eu-west-1.amazonaws.com: "
            ),
            "{text}"
        );
    }
    let response = HttpResponse::new(200.try_into().unwrap(), SdkBody::empty());
    let error = failed(SdkError::response_error("no JSON", response));
    assert_eq!(
        error.to_string(),
        "DescribeLogGroups of Amazon CloudWatch Logs fails: no JSON"
    );
    assert_eq!(
        *failed(SdkError::construction_failure("no name")).kind(),
        AwsErrorKind::Broken
    );
}

#[test]
fn endpoints_are_those_of_the_partition() {
    let host = |region: &'static str, service| {
        let config = SdkConfig::builder().region(Region::new(region)).build();
        endpoint::endpoint(&config, service)
    };
    assert_eq!(
        host("cn-north-1", Service::LAMBDA),
        "lambda.cn-north-1.amazonaws.com.cn"
    );
    assert_eq!(
        host("eu-west-1", Service::API_GATEWAY_V2),
        "apigateway.eu-west-1.amazonaws.com"
    );
    assert_eq!(host("eu-west-1", Service::IAM), "iam.amazonaws.com");
}

#[test]
fn why_there_are_no_credentials_is_found_wherever_it_stands() {
    let says = |error: CredentialsError| {
        let error = failed(SdkError::dispatch_failure(ConnectorError::other(
            error.into(),
            None,
        )));
        match error.kind() {
            AwsErrorKind::Credentials(what) => what.clone(),
            kind => panic!("{kind:?}"),
        }
    };
    assert!(
        says(CredentialsError::not_loaded("none")).starts_with("there are no credentials for AWS")
    );
    assert_eq!(
        says(CredentialsError::provider_error(
            "the SSO token has expired and cannot be refreshed"
        )),
        "the session of AWS IAM Identity Center has expired, or nobody has signed in yet: run `aws sso login --profile \
         team`"
    );
    assert_eq!(
        says(CredentialsError::provider_error(
            "external process exited with code 1"
        )),
        "credentials for AWS cannot be loaded: an error occurred while loading credentials: external process exited \
         with code 1"
    );
    assert!(
        says(CredentialsError::invalid_configuration(
            "profile `team` was not defined: x"
        ))
        .starts_with("there is no profile `team`")
    );
    let login = "This behavior requires following cargo feature(s) enabled: credentials-login. ";
    assert!(
        says(CredentialsError::invalid_configuration(login))
            .contains("export-credentials --profile team --format env")
    );
}
