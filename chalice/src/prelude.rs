//! What nearly every app uses: `use chalice::prelude::*;`

pub use std::process::ExitCode;

pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};
pub use serde_json::{Value, json};

pub use crate::{
    Api, App, AppState, AuthRequest, AuthResponse, AuthRoute, Authorized, Blueprint, Bytes,
    CloudWatchEvent, CognitoUserPoolAuthorizer, Cookies, Cors, CustomAuthorizer, DynamoDbEvent,
    DynamoDbRecord, Event, Form, FromRequest, HeaderMap, Html, HttpError, IamAuthorizer,
    IntoHttpError, IntoResponse, Json, JwtAuthorizer, KinesisEvent, KinesisRecord, LambdaContext,
    Next, Outcome, Provide, Query, Redirect, Request, Response, Result, S3Event, S3Record,
    ScheduledEvent, SetCookie, SnsEvent, SnsRecord, SqsEvent, SqsRecord, State, StatusCode,
    WebsocketEvent, app, authorizer, blueprint, middleware, route, tracing,
};
