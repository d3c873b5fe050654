//! Authorizers that are functions of the app: they decide whether a request
//! may pass, before API Gateway invokes the function that answers it.

mod from_auth_request;
mod invoke;
mod method_arn;
mod request;
mod response;
mod route;

pub use from_auth_request::FromAuthRequest;
pub(crate) use invoke::invoke;
pub use method_arn::MethodArn;
pub use request::AuthRequest;
pub use response::{AuthContext, AuthResponse, IntoAuthResponse};
pub use route::{AuthPath, AuthRoute};
