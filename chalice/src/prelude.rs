//! What nearly every app uses: `use chalice::prelude::*;`

pub use std::process::ExitCode;

pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};
pub use serde_json::{Value, json};

pub use crate::{
    Api, App, AppState, Blueprint, Bytes, CognitoUserPoolAuthorizer, Cors, CustomAuthorizer, Form,
    FromRequest, HeaderMap, HttpError, IamAuthorizer, IntoHttpError, IntoResponse, Json,
    LambdaContext, Provide, Query, Redirect, Request, Response, Result, State, StatusCode, app,
    blueprint, route,
};
