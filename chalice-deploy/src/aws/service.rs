//! The services that are called.

use std::fmt;

/// A service of AWS.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Service {
    /// As AWS calls it: `Amazon S3`.
    pub(super) name: &'static str,
    /// The crate of the AWS SDK for Rust.
    pub(super) sdk_crate: &'static str,
    /// What the SDK's variables and profiles call it: `AWS_ENDPOINT_URL_API_GATEWAY` is for `API Gateway`.
    pub(super) service_id: &'static str,
    /// What its host begins with.
    pub(super) endpoint_prefix: &'static str,
}

macro_rules! services {
    ($( $(#[doc = $doc:literal])+ $NAME:ident = $name:literal, $sdk_crate:literal, $id:literal, $prefix:literal; )+) => {
        impl Service {
            $(
                $(#[doc = $doc])+
                pub const $NAME: Service = Service {
                    name: $name,
                    sdk_crate: concat!("aws-sdk-", $sdk_crate),
                    service_id: $id,
                    endpoint_prefix: $prefix,
                };
            )+

            #[cfg(test)]
            pub(crate) const ALL: &[Service] = &[$( Service::$NAME, )+];
        }
    };
}

services! {
    /// Amazon API Gateway: REST APIs.
    API_GATEWAY = "Amazon API Gateway", "apigateway", "API Gateway", "apigateway";
    /// Amazon API Gateway: HTTP and WebSocket APIs.
    API_GATEWAY_V2 = "Amazon API Gateway", "apigatewayv2", "ApiGatewayV2", "apigateway";
    /// AWS CloudFormation.
    CLOUD_FORMATION = "AWS CloudFormation", "cloudformation", "CloudFormation", "cloudformation";
    /// Amazon CloudWatch Logs.
    CLOUDWATCH_LOGS = "Amazon CloudWatch Logs", "cloudwatchlogs", "CloudWatch Logs", "logs";
    /// Amazon DynamoDB.
    DYNAMODB = "Amazon DynamoDB", "dynamodb", "DynamoDB", "dynamodb";
    /// Amazon EventBridge.
    EVENT_BRIDGE = "Amazon EventBridge", "eventbridge", "EventBridge", "events";
    /// AWS Identity and Access Management (IAM).
    IAM = "AWS IAM", "iam", "IAM", "iam";
    /// Amazon Kinesis Data Streams.
    KINESIS = "Amazon Kinesis", "kinesis", "Kinesis", "kinesis";
    /// AWS Lambda.
    LAMBDA = "AWS Lambda", "lambda", "Lambda", "lambda";
    /// Amazon S3.
    S3 = "Amazon S3", "s3", "S3", "s3";
    /// AWS Secrets Manager.
    SECRETS_MANAGER = "AWS Secrets Manager", "secretsmanager", "Secrets Manager", "secretsmanager";
    /// Amazon SNS.
    SNS = "Amazon SNS", "sns", "SNS", "sns";
    /// Amazon SQS.
    SQS = "Amazon SQS", "sqs", "SQS", "sqs";
    /// AWS Systems Manager, which has Parameter Store.
    SSM = "AWS Systems Manager", "ssm", "SSM", "ssm";
    /// AWS Security Token Service (AWS STS).
    STS = "AWS STS", "sts", "STS", "sts";
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sdk_crate)
    }
}

/// A call of an operation, for what is said when it fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The service.
    pub service: Service,
    /// The operation as AWS spells it: `CreateFunction`.
    pub operation: &'static str,
    /// What it is for, by its ARN if that is known: for permissions that AWS does not name.
    pub resource: Option<String>,
}

impl Call {
    /// A call for nothing in particular.
    pub fn new(service: Service, operation: &'static str) -> Call {
        Call {
            service,
            operation,
            resource: None,
        }
    }

    /// The call for that resource, an ARN if it is known.
    pub fn on(mut self, resource: impl Into<String>) -> Call {
        self.resource = Some(resource.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_is_one_of_the_catalog() {
        for service in Service::ALL {
            let known = chalice_iam::Catalog::get().service(service.sdk_crate);
            assert!(known.is_some(), "{service:?}");
        }
    }
}
