//! Templates of the AWS Serverless Application Model (SAM), as AWS Chalice writes them.
//!
//! [`template()`] writes the resource model, and reads neither the manifest nor the configuration. Logical
//! ids, properties and outputs are AWS Chalice's, so that a stack that Chalice has created can be updated by
//! such a template; what Chalice leaves out or gets wrong is different. There is no I/O here.
//!
//! AWS Serverless Application Model, "AWS SAM specification"; AWS CloudFormation, "Template reference".

mod api_stage;
mod bucket;
mod domain;
mod error;
mod event;
mod event_rule;
mod function;
mod hash;
mod http_api;
mod intrinsic;
mod limits;
mod log_group;
mod logical_id;
mod outputs;
mod permission;
mod rest_api;
mod role;
mod template;
mod uris;
mod websocket_api;
mod writer;

pub use error::SamError;
pub use template::Template;

use chalice_resources::{Api, Resources};
use writer::Writer;

/// Where the code of the functions is, beside the template: what `sam package` and
/// `aws cloudformation package` upload.
pub const CODE_URI: &str = "./deployment.zip";

/// Writes the template of a stage.
///
/// # Errors
///
/// When AWS CloudFormation or SAM cannot have what the model has.
pub fn template(resources: &Resources) -> Result<Template, SamError> {
    let mut writer = Writer::new(resources);
    writer.roles()?;
    writer.log_groups()?;
    writer.functions()?;
    match &resources.api {
        Some(Api::Rest(api)) => writer.rest_api(api)?,
        Some(Api::Http(api)) => writer.http_api(api)?,
        None => {}
    }
    if let Some(api) = &resources.websocket_api {
        writer.websocket_api(api)?;
    }
    writer.permissions()?;
    writer.buckets()?;
    let template = writer.finish();
    limits::check(&template)?;
    Ok(template)
}
