//! The guides in the repository's `docs/`: here so that their code is compiled
//! with the documentation's tests.

#[doc = include_str!("../../docs/routing.md")]
struct Routing;

#[doc = include_str!("../../docs/blueprints.md")]
struct Blueprints;

#[doc = include_str!("../../docs/middleware.md")]
struct Middleware;

#[doc = include_str!("../../docs/requests-and-responses.md")]
struct RequestsAndResponses;

#[doc = include_str!("../../docs/logging.md")]
struct Logging;

#[doc = include_str!("../../docs/authorization.md")]
struct Authorization;

#[doc = include_str!("../../docs/iam.md")]
struct Iam;

#[doc = include_str!("../../docs/cors.md")]
struct Cors;

#[doc = include_str!("../../docs/errors.md")]
struct Errors;

#[doc = include_str!("../../docs/events.md")]
struct Events;

#[doc = include_str!("../../docs/running-locally.md")]
struct RunningLocally;

#[doc = include_str!("../../docs/building.md")]
struct Building;

#[doc = include_str!("../../docs/packaging.md")]
struct Packaging;

#[doc = include_str!("../../docs/pipelines.md")]
struct Pipelines;

#[doc = include_str!("../../docs/events/lambda-functions.md")]
struct LambdaFunctions;

#[doc = include_str!("../../docs/events/s3.md")]
struct S3;

#[doc = include_str!("../../docs/events/sns.md")]
struct Sns;

#[doc = include_str!("../../docs/events/sqs.md")]
struct Sqs;

#[doc = include_str!("../../docs/events/kinesis.md")]
struct Kinesis;

#[doc = include_str!("../../docs/events/dynamodb.md")]
struct DynamoDb;

#[doc = include_str!("../../docs/events/cloudwatch.md")]
struct CloudWatch;

#[doc = include_str!("../../docs/events/schedule.md")]
struct Schedules;

#[doc = include_str!("../../docs/events/websockets.md")]
struct Websockets;

#[doc = include_str!("../../docs/testing.md")]
struct Testing;

#[doc = include_str!("../../docs/openapi.md")]
struct OpenApi;

#[doc = include_str!("../../docs/generate-sdk.md")]
struct GenerateSdk;

#[doc = include_str!("../../docs/resources.md")]
struct Resources;

#[doc = include_str!("../../docs/terraform.md")]
struct Terraform;
