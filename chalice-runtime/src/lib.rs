//! What runs inside AWS Lambda for the chalice framework: events in, requests
//! to handlers, responses out.
//!
//! Apps use this crate through `chalice`, which re-exports it.

mod authorized;
mod authorizer;
mod batch;
mod context;
mod cors;
mod debug;
mod dispatch;
mod entry;
pub mod env;
mod error;
mod event;
mod event_source;
mod extract;
mod function;
mod generated;
mod grant;
mod handler;
mod invoke;
mod layer;
mod log;
mod middleware;
mod path_parameter;
mod payload;
mod request;
mod response;
mod route_rules;
mod rules;
#[cfg(test)]
mod sample;
mod schema;
mod sensitive_headers;
mod state;
#[cfg(feature = "test")]
pub mod test;
#[cfg(feature = "websockets")]
mod websocket_api;

pub use bytes::Bytes;
pub use futures_core::Stream;
pub use http::{self, HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
pub use serde_dynamo;
pub use serde_json::value::RawValue;
pub use tracing;

pub use authorized::Authorized;
pub use authorizer::{
    AuthContext, AuthPath, AuthRequest, AuthResponse, AuthRoute, FromAuthRequest, IntoAuthResponse,
    MethodArn,
};
pub use context::LambdaContext;
pub use dispatch::{Event, Outcome};
pub use entry::run;
pub use error::{HttpError, IntoHttpError, Result};
pub use event_source::{
    BatchEvent, CloudWatchEvent, DynamoDbEvent, DynamoDbImage, DynamoDbItem, DynamoDbRecord,
    EventError, EventRecord, FromRecord, KinesisEvent, KinesisRecord, RecordBody, RecordError,
    S3Event, S3Record, ScheduledEvent, SnsAttribute, SnsEvent, SnsRecord, Source, SourceEvent,
    SqsAttribute, SqsEvent, SqsRecord, TumblingWindow, WebsocketEvent, WebsocketEventType,
};
pub use extract::{Form, FromRequest, Json, Query};
pub use function::{
    BatchItemFailures, FromEvent, FromInvocation, FunctionError, FunctionEvent, FunctionResponse,
    FunctionResult, IntoFunctionError, IntoFunctionResponse, LambdaFunctionEvent, WindowState,
};
pub use grant::ResourceName;
pub use handler::{Application, Call, Dispatch, Group, Handler};
pub use layer::{Body, Failure, HttpService, LayeredService};
pub use middleware::{FromState, Middleware, MiddlewareEvent, MiddlewareReturn, Next};
pub use path_parameter::PathParameter;
pub use payload::Payload;
pub use request::{Cookies, QueryParameters, Request, RequestContext, RequestView};
pub use response::{
    Html, IntoResponse, Redirect, Response, SameSite, SetCookie, StreamClosed, StreamSender,
    StreamingBody,
};
#[doc(hidden)]
pub use schema::Exportable;
#[doc(hidden)]
pub use state::AnyState;
pub use state::{Provide, State};
#[cfg(feature = "websockets")]
pub use websocket_api::{ConnectionInfo, WebsocketApi, WebsocketError};

#[doc(hidden)]
pub mod __private {
    //! What generated code calls; changes without notice.
    #[cfg(feature = "export")]
    pub use crate::schema::{
        Collector, Described, DescribedOutput, Input, Output, Probe, Schemas, Undescribed,
        UndescribedOutput,
    };
    pub use crate::{
        dispatch::{Called, OutcomeFuture},
        generated::*,
        layer::Layered,
        middleware::{Run, run_middleware},
    };
}
