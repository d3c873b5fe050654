//! The resource model: every AWS resource of one stage of an app, typed, in a fixed order.
//!
//! [`resources()`] makes it from the manifest, which says what the app has, and from a stage of the
//! configuration, which says how it is deployed; [`Inputs`] are these two and what else may be known. Templates, policies and deployments are
//! written from the model; none of them reads the manifest or the configuration on its own.
//!
//! Resources refer to each other by [`Id`]s, not by names, so that a reference to what is not there
//! cannot be made. Their names within the app are AWS Chalice's, so that a team can take over
//! what Chalice has deployed.
//!
//! There is no I/O here but reading the policy files that the configuration names.

mod build;
mod graph;
mod id;
mod limits;
mod model;
mod notice;
mod problem;

pub use build::{Inputs, resources};
pub use graph::{Graph, Node};
pub use id::{Id, Table};
pub use model::{
    AccessLog, AccessLogTarget, Alias, Api, ApiDomain, Arn, EventRule, EventSource,
    EventSourceKind, EventSourceMapping, Function, FunctionRole, HttpApi, LogGroup, LogSource,
    ManagedPolicy, MappingSource, Permission, PermissionSource, PolicyDocument, Principal, Reason,
    Reasons, Resources, RestApi, Role, RuleTrigger, S3Notification, SnsSubscription, Statement,
    StreamKind, StreamSettings, Url, WebsocketApi, WebsocketRoute,
};
pub use notice::Notice;
pub use problem::{Problem, Problems};
