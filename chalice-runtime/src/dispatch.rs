//! What travels between the entry point and a handler.

use std::{future::Future, pin::Pin};

use crate::{
    AuthRequest, AuthResponse, CloudWatchEvent, DynamoDbEvent, FunctionError, FunctionResult,
    HttpError, KinesisEvent, LambdaContext, LambdaFunctionEvent, Request, Response, S3Event,
    ScheduledEvent, SnsEvent, SqsEvent, WebsocketEvent, function::Unread, route_rules::RouteRules,
};

/// What a handler is invoked with.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// A request of the API.
    Http(Request),
    /// A request that API Gateway asks an authorizer about.
    Authorizer(AuthRequest),
    /// A notification of Amazon S3.
    S3(S3Event),
    /// A message of a topic of Amazon SNS.
    Sns(SnsEvent),
    /// Messages of a queue of Amazon SQS.
    Sqs(SqsEvent),
    /// Records of a stream of Amazon Kinesis.
    Kinesis(KinesisEvent),
    /// Changes of a table of Amazon DynamoDB.
    DynamoDb(DynamoDbEvent),
    /// An event of Amazon EventBridge that matches a pattern.
    CloudWatch(CloudWatchEvent),
    /// An event of a schedule.
    Scheduled(ScheduledEvent),
    /// What happens to a connection of the WebSocket API.
    Websocket(WebsocketEvent),
    /// An invocation of a pure function.
    PureLambda(LambdaFunctionEvent),
    /// What a handler reads its event from, before any middleware runs.
    #[doc(hidden)]
    Unread(Unread),
}

impl Event {
    /// The invocation that the event came with.
    ///
    /// # Panics
    ///
    /// Never for the events that middleware and handlers get.
    pub fn context(&self) -> &LambdaContext {
        match self {
            Event::Http(request) => request.lambda_context(),
            Event::Authorizer(request) => request.lambda_context(),
            Event::S3(event) => event.context(),
            Event::Sns(event) => event.context(),
            Event::Sqs(event) => event.context(),
            Event::Kinesis(event) => event.context(),
            Event::DynamoDb(event) => event.context(),
            Event::CloudWatch(event) => event.context(),
            Event::Scheduled(event) => event.context(),
            Event::Websocket(event) => event.context(),
            Event::PureLambda(event) => event.context(),
            Event::Unread(_) => unreachable!("an event is read before anything is done with it"),
        }
    }

    /// The request, for a handler that is a route: the router knows no other.
    pub(crate) fn request(&self) -> &Request {
        match self {
            Event::Http(request) => request,
            _ => unreachable!("a route is called with a request of the API"),
        }
    }

    /// What an authorizer is asked about.
    pub(crate) fn auth_request(&self) -> &AuthRequest {
        match self {
            Event::Authorizer(request) => request,
            _ => unreachable!("an authorizer is called with a request for one"),
        }
    }

    /// What an event of this kind comes to when code around its handler panics.
    pub(crate) fn failed(&self) -> fn(&str) -> Outcome {
        match self {
            Event::Http(_) => |_| Outcome::Http(HttpError::internal().respond()),
            Event::Authorizer(_) => unreachable!("authorizers run without middleware"),
            _ => |message| Outcome::Function(Err(FunctionError::panicked("a middleware", message))),
        }
    }
}

/// What is wrong with an event that no handler of its invocation takes.
pub(crate) const WRONG_EVENT: &str =
    "a middleware handed on an event of another kind than it was given";

/// What is wrong with an outcome that is none of its invocation's event.
const WRONG_OUTCOME: &str = "a middleware made the outcome of another kind of event of this one's";

/// What a handler's invocation comes to.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The answer to a request of the API.
    Http(Response),
    /// An authorizer's decision, or why there is none.
    Authorizer(Result<AuthResponse, HttpError>),
    /// What any other function answers, or why its invocation failed.
    Function(FunctionResult),
    /// The event that a handler has read.
    #[doc(hidden)]
    Read(Result<Box<Event>, FunctionError>),
}

impl Outcome {
    /// The response, of a request of the API.
    pub(crate) fn response(self) -> Response {
        match self {
            Outcome::Http(response) => response,
            // Only a middleware for all kinds of events can do that.
            _ => HttpError::internal_because(WRONG_OUTCOME.into()).respond(),
        }
    }

    /// What a function comes to, other than the API's and authorizers.
    pub(crate) fn function_result(self) -> FunctionResult {
        match self {
            Outcome::Function(result) => result,
            // Only a middleware for all kinds of events can do that.
            _ => Err(FunctionError::new("Chalice.WrongOutcome", WRONG_OUTCOME)),
        }
    }
}

/// A handler that has been called, and has not done anything yet.
#[expect(missing_debug_implementations, reason = "a future has nothing to show")]
pub struct Called<'r> {
    /// The rules of the route; none for handlers that are no routes.
    pub(crate) rules: Option<RouteRules>,
    /// What it comes to.
    pub(crate) outcome: OutcomeFuture<'r>,
}

/// The outcome of a handler, to come.
///
/// Boxed: one allocation per invocation, so that neither rustc nor the binary
/// has to know one type that has room for every handler's future.
pub type OutcomeFuture<'r> = Pin<Box<dyn Future<Output = Outcome> + Send + 'r>>;
