//! What nearly every app uses: `use chalice::prelude::*;`

pub use std::process::ExitCode;

pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};
pub use serde_json::{Value, json};

pub use crate::grant::ResourceName as _;
pub use crate::{
    Api, App, AppState, AuthRequest, AuthResponse, AuthRoute, Authorized, BatchItemFailures,
    Blueprint, Bytes, CloudWatchEvent, CognitoUserPoolAuthorizer, Cookies, Cors, CustomAuthorizer,
    DynamoDbEvent, DynamoDbRecord, Event, Form, FromRequest, FunctionError, FunctionResponse,
    FunctionResult, HeaderMap, Html, HttpError, IamAuthorizer, IntoHttpError, IntoResponse, Json,
    JwtAuthorizer, KinesisEvent, KinesisRecord, LambdaContext, LambdaFunctionEvent, Next, Outcome,
    Provide, Query, Redirect, Request, Response, Result, S3Event, S3Record, ScheduledEvent,
    SetCookie, SnsEvent, SnsRecord, SqsEvent, SqsRecord, State, StatusCode, StreamingBody,
    WebsocketEvent, WindowState, app, authorizer, blueprint, lambda_function, middleware,
    on_cw_event, on_dynamodb_record, on_kinesis_record, on_s3_event, on_sns_message,
    on_sqs_message, on_ws_connect, on_ws_disconnect, on_ws_message, route, schedule, tracing,
};
#[cfg(feature = "websockets")]
pub use crate::{WebsocketApi, WebsocketError};
