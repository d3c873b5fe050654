//! Who may invoke which function.

use super::{EventSource, EventSourceKind, Function};
use crate::Id;

/// A statement of a function's resource-based policy that lets a service invoke it (AWS Lambda,
/// "AddPermission").
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permission {
    /// Its name within the app.
    pub name: String,
    /// The function.
    pub function: Id<Function>,
    /// The service.
    pub principal: Principal,
    /// On whose behalf the service acts.
    pub source: PermissionSource,
}

/// On whose behalf a service invokes a function (`SourceArn`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PermissionSource {
    /// The REST or HTTP API, for any method and path.
    Api,
    /// The REST or HTTP API, to authorize a request.
    Authorizer,
    /// The WebSocket API.
    WebsocketApi,
    /// A rule, a topic or a bucket.
    EventSource(Id<EventSource>),
}

/// The services that invoke functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal {
    /// Amazon API Gateway.
    ApiGateway,
    /// Amazon EventBridge.
    EventBridge,
    /// Amazon SNS.
    Sns,
    /// Amazon S3.
    S3,
}

impl Principal {
    /// Its name in policies.
    pub const fn as_str(self) -> &'static str {
        match self {
            Principal::ApiGateway => "apigateway.amazonaws.com",
            Principal::EventBridge => "events.amazonaws.com",
            Principal::Sns => "sns.amazonaws.com",
            Principal::S3 => "s3.amazonaws.com",
        }
    }

    /// Whether a permission says `SourceAccount` beside `SourceArn`: where the ARN does not say whose the source
    /// is, since a bucket that is deleted can be created anew by anybody. ARNs of the other services' sources
    /// have the account, which may be another one than the app's, and not all of these services tell AWS Lambda
    /// for whose account they ask (AWS Lambda, "AddPermission").
    pub const fn needs_source_account(self) -> bool {
        match self {
            Principal::S3 => true,
            Principal::ApiGateway | Principal::EventBridge | Principal::Sns => false,
        }
    }
}

impl EventSourceKind {
    /// The service that invokes the function; `None` for what AWS Lambda polls with the
    /// function's own role.
    pub fn principal(&self) -> Option<Principal> {
        match self {
            EventSourceKind::Rule(_) => Some(Principal::EventBridge),
            EventSourceKind::Sns(_) => Some(Principal::Sns),
            EventSourceKind::S3(_) => Some(Principal::S3),
            EventSourceKind::Mapping(_) => None,
        }
    }
}
