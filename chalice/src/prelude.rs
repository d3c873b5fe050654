//! What nearly every app uses: `use chalice::prelude::*;`

pub use std::process::ExitCode;

pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};
pub use serde_json::{Value, json};

pub use crate::{
    Api, App, AppState, AuthRequest, AuthResponse, AuthRoute, Authorized, Blueprint, Bytes,
    CognitoUserPoolAuthorizer, Cookies, Cors, CustomAuthorizer, Event, Form, FromRequest,
    HeaderMap, Html, HttpError, IamAuthorizer, IntoHttpError, IntoResponse, Json, JwtAuthorizer,
    LambdaContext, Next, Outcome, Provide, Query, Redirect, Request, Response, Result, SetCookie,
    State, StatusCode, app, authorizer, blueprint, middleware, route, tracing,
};
