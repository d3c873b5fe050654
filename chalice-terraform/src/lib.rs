//! The resource model as a configuration of Terraform and OpenTofu, in their JSON syntax.
//!
//! [`template()`] writes what `chalice.tf.json` holds: for any Terraform from 1.4 on or any
//! OpenTofu, with the AWS provider 5.100 or newer, from nothing but the [`Resources`]. Neither
//! the manifest nor the configuration is read here, and there is no I/O.
//!
//! The names of resources and outputs are AWS Chalice's, so that a team can go on with the state
//! that Chalice's configuration has left. The stage of a REST API is a resource of its own, which it
//! is not there: `terraform import aws_api_gateway_stage.rest_api <id of the API>/<stage>` adopts it. Rules of
//! Amazon EventBridge are created anew, because Chalice's have one name in all apps and stages.
//!
//! [`Resources`]: chalice_resources::Resources

mod api;
mod definition;
mod domain;
mod environment;
mod error;
mod event_source;
mod expression;
mod function;
mod function_url;
mod http_api;
mod log_group;
mod permission;
mod rest_api;
mod role;
mod template;
mod websocket_api;

pub use error::TerraformError;
pub use template::template;
