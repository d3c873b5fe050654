#![doc = include_str!("../docs/guide.md")]

mod declaration;

pub use chalice_core::authorizer::{
    CognitoUserPoolAuthorizer, CustomAuthorizer, IamAuthorizer, JwtAuthorizer,
};
pub use chalice_macros::{AppState, app, authorizer, blueprint, route};
#[doc(hidden)]
pub use chalice_runtime::{__group_schemas, __schemas};
pub use chalice_runtime::{
    Application, AuthContext, AuthPath, AuthRequest, AuthResponse, AuthRoute, Authorized, Bytes,
    Call, Dispatch, Event, Form, FromAuthRequest, FromRequest, Group, Handler, HeaderMap,
    HeaderName, HeaderValue, HttpError, IntoAuthResponse, IntoHttpError, IntoResponse, Json,
    LambdaContext, Method, MethodArn, Outcome, PathParameter, Payload, Provide, Query,
    QueryParameters, Redirect, Request, Response, Result, State, StatusCode, http, run,
};
pub use declaration::{App, Blueprint};

pub mod prelude;

#[cfg(feature = "test")]
#[doc(inline)]
pub use chalice_runtime::test;

#[doc(hidden)]
pub mod __private {
    //! What generated code refers to; changes without notice.
    pub use chalice_runtime::{__private::*, AnyState};
}

/// The guide to authorization; its examples are tested.
#[cfg(doctest)]
#[doc = include_str!("../../docs/authorization.md")]
mod authorization {}
