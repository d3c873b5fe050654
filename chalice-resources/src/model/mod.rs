//! The kinds of resources.

mod api;
mod arn;
mod event_source;
mod function;
mod gateway_responses;
mod http_api;
mod log_group;
mod permission;
mod policy;
mod reason;
mod rest_api;
mod role;
mod websocket_api;

use chalice_config::AppName;

pub use api::{AccessLog, AccessLogTarget, Api, ApiDomain};
pub use arn::Arn;
pub use event_source::{
    EventRule, EventSource, EventSourceKind, EventSourceMapping, MappingSource, RuleTrigger,
    S3Notification, SnsSubscription, StreamKind, StreamSettings,
};
pub use function::{Alias, Function, FunctionRole, Url};
pub use http_api::HttpApi;
pub use log_group::{LogGroup, LogSource};
pub use permission::{Permission, PermissionSource, Principal};
pub use policy::ManagedPolicy;
pub use reason::{Reason, Reasons};
pub use rest_api::RestApi;
pub use role::{PolicyDocument, Role, Statement};
pub use websocket_api::{WebsocketApi, WebsocketRoute};

use crate::Table;

/// Every resource of a stage.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Resources {
    /// The app's name.
    pub app: AppName,
    /// The name of the app's stage.
    pub stage: String,
    /// The execution roles that are created with the app.
    pub roles: Table<Role>,
    /// The log groups that are created with the app, since something is said about them; others are
    /// created by AWS when there is a first line.
    pub log_groups: Table<LogGroup>,
    /// The Lambda functions: those that nothing invokes, those of event sources, the one that answers
    /// the routes, authorizers, those of the WebSocket API.
    pub functions: Table<Function>,
    /// What invokes functions, besides the APIs.
    pub event_sources: Table<EventSource>,
    /// The REST or HTTP API of the routes.
    pub api: Option<Api>,
    /// The WebSocket API.
    pub websocket_api: Option<WebsocketApi>,
    /// Who may invoke which function.
    pub permissions: Vec<Permission>,
}
