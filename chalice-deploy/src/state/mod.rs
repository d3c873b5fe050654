//! The state of a stage: what it has deployed.

mod deployed_state;
mod error;
mod origin;
mod progress;
mod record;
mod resource;
mod upgrade;

#[cfg(test)]
mod tests;

pub use deployed_state::DeployedState;
pub use error::StateError;
pub use origin::Origin;
pub use progress::{Progress, Status};
pub use record::Record;
pub use resource::{
    ApiMapping, CloudWatchEvent, DomainName, DynamodbEvent, FunctionAlias, FunctionUrl, HttpApi,
    IamRole, KinesisEvent, LambdaFunction, LambdaLayer, LogGroup, ManagedPolicy, Permission,
    Resource, RestApi, S3Event, SnsEvent, SqsEvent, UnknownResource, WebsocketApi,
};

/// The member of the file, and of each of its records, that AWS Chalice does not have.
pub(crate) const OWN_MEMBER: &str = "cargo_chalice";
