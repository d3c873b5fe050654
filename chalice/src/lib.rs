#![doc = include_str!("../docs/guide.md")]

mod declaration;
#[cfg(doctest)]
mod guides;

pub use chalice_core::authorizer::{
    CognitoUserPoolAuthorizer, CustomAuthorizer, IamAuthorizer, JwtAuthorizer,
};
pub use chalice_core::event_source::schedule::{Cron, Rate};
pub use chalice_macros::{
    AppState, app, authorizer, blueprint, lambda_function, middleware, on_cw_event,
    on_dynamodb_record, on_kinesis_record, on_s3_event, on_sns_message, on_sqs_message,
    on_ws_connect, on_ws_disconnect, on_ws_message, route, schedule,
};
#[doc(inline)]
pub use chalice_runtime::env;
#[doc(hidden)]
pub use chalice_runtime::{__group_schemas, __schemas};
pub use chalice_runtime::{
    Application, AuthContext, AuthPath, AuthRequest, AuthResponse, AuthRoute, Authorized,
    BatchItemFailures, Body, Bytes, Call, Cookies, Dispatch, Event, Failure, Form, FromAuthRequest,
    FromEvent, FromInvocation, FromRequest, FromState, FunctionError, FunctionEvent,
    FunctionResponse, FunctionResult, Group, Handler, HeaderMap, HeaderName, HeaderValue, Html,
    HttpError, HttpService, IntoAuthResponse, IntoFunctionError, IntoFunctionResponse,
    IntoHttpError, IntoResponse, Json, LambdaContext, LambdaFunctionEvent, LayeredService, Method,
    MethodArn, Middleware, MiddlewareEvent, MiddlewareReturn, Next, Outcome, PathParameter,
    Payload, Provide, Query, QueryParameters, Redirect, Request, RequestContext, RequestView,
    Response, Result, SameSite, SetCookie, State, StatusCode, Stream, StreamClosed, StreamSender,
    StreamingBody, http, run, tracing,
};
pub use chalice_runtime::{
    BatchEvent, CloudWatchEvent, DynamoDbEvent, DynamoDbImage, DynamoDbItem, DynamoDbRecord,
    EventError, EventRecord, FromRecord, KinesisEvent, KinesisRecord, RawValue, RecordBody,
    RecordError, S3Event, S3Record, ScheduledEvent, SnsAttribute, SnsEvent, SnsRecord, Source,
    SourceEvent, SqsAttribute, SqsEvent, SqsRecord, TumblingWindow, WebsocketEvent,
    WebsocketEventType, WindowState, serde_dynamo,
};
#[cfg(feature = "websockets")]
pub use chalice_runtime::{ConnectionInfo, WebsocketApi, WebsocketError};
pub use declaration::{Api, App, Blueprint, Cors};

pub mod grant;
pub mod prelude;

#[cfg(feature = "test")]
#[doc(inline)]
pub use chalice_runtime::test;

#[doc(hidden)]
pub mod __private {
    //! What generated code refers to; changes without notice.
    pub use std::option::Option::{None, Some};

    pub use chalice_runtime::{
        __private::*, AnyState, Call, CloudWatchEvent, DynamoDbEvent, Event, FromEvent,
        FromInvocation, FromRequest, FromState, FunctionEvent, Handler, KinesisEvent,
        LambdaFunctionEvent, Middleware, MiddlewareEvent, MiddlewareReturn, Next, Request, S3Event,
        ScheduledEvent, SnsEvent, SqsEvent, WebsocketEvent,
    };

    pub use self::core::{
        conflict::{Checked, Conflicting, check},
        content_type::DEFAULT_CONTENT_TYPES,
        cors::{AllowOrigin, CorsDef, CorsSetting},
        definition::{HandlerDef, HandlerKind, RouteDef, STUB},
        method::{MethodList, MethodSet},
        packed::PackedRoute,
    };
}
