//! What nearly every app uses: `use chalice::prelude::*;`

pub use std::process::ExitCode;

pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};
pub use serde_json::{Value, json};

pub use crate::{
    App, AppState, Blueprint, Bytes, CognitoUserPoolAuthorizer, Cookies, CustomAuthorizer, Event,
    Form, FromRequest, HeaderMap, Html, HttpError, IamAuthorizer, IntoHttpError, IntoResponse,
    Json, LambdaContext, Next, Outcome, Provide, Query, Redirect, Request, Response, Result,
    SetCookie, State, StatusCode, app, blueprint, middleware, route,
};
