#![doc = include_str!("../docs/guide.md")]

mod declaration;
#[cfg(doctest)]
mod guides;

pub use chalice_core::authorizer::{CognitoUserPoolAuthorizer, CustomAuthorizer, IamAuthorizer};
pub use chalice_macros::{AppState, app, blueprint, route};
#[doc(hidden)]
pub use chalice_runtime::{__group_schemas, __schemas};
pub use chalice_runtime::{
    Application, Bytes, Call, Dispatch, Event, Form, FromRequest, Group, Handler, HeaderMap,
    HeaderName, HeaderValue, HttpError, IntoHttpError, IntoResponse, Json, LambdaContext, Method,
    Outcome, PathParameter, Payload, Provide, Query, QueryParameters, Redirect, Request, Response,
    Result, State, StatusCode, http, run,
};
pub use declaration::{Api, App, Blueprint, Cors};

pub mod prelude;

#[cfg(feature = "test")]
#[doc(inline)]
pub use chalice_runtime::test;

#[doc(hidden)]
pub mod __private {
    //! What generated code refers to; changes without notice.
    pub use chalice_runtime::{__private::*, AnyState};
}
