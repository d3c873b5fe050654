//! What a chalice app has deployed on AWS, and access to it.
//!
//! - [`DeployedState`] is the state of one stage: a [`Record`] for each resource, in the format 2.0 of AWS Chalice.
//! - [`StateStore`] keeps it, and lets one deployment at a time near it: [`LocalStore`] in a file of the project,
//!   [`S3Store`] in Amazon S3.
//! - [`DeployedStage`] is a stage that is being deployed: its state, the lock that keeps others away, and the rule
//!   that what is about to be done is written before it is done.
//! - [`Access`] is credentials and region; every call of an AWS SDK that fails becomes an [`AwsError`], which says
//!   what to do about it.

mod aws;
mod deployed_stage;
mod settings_hash;
mod state;
mod store;

pub use aws::{Access, AccessError, AwsError, AwsErrorKind, Call, Denied, Identity, Service};
pub use deployed_stage::DeployedStage;
pub use settings_hash::settings_hash;
pub use state::{
    ApiMapping, CloudWatchEvent, DeployedState, DomainName, DynamodbEvent, FunctionAlias,
    FunctionUrl, HttpApi, IamRole, KinesisEvent, LambdaFunction, LambdaLayer, LogGroup,
    ManagedPolicy, Origin, Permission, Progress, Record, Resource, RestApi, S3Event, SnsEvent,
    SqsEvent, StateError, Status, UnknownResource, WebsocketApi,
};
pub use store::{
    BoxFuture, Holder, Loaded, LocalStore, LockError, LockTimes, S3Store, StageLock, StateStore,
    StoreError, Version, store_of,
};
