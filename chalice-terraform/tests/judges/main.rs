//! Configurations before those who judge them: the schema of the AWS provider, and Terraform itself.
//!
//! `aws-schema.json` is an extract of the provider's schema, which `cargo xtask terraform-schema` makes
//! from what `terraform providers schema -json` prints. The provider, and so the extract, is under the
//! Mozilla Public License 2.0; the file says of which version it is.

mod addresses;
mod apps;
mod contents;
mod expressions;
mod http_api;
mod permissions;
mod planted;
mod policies;
mod references;
mod request_validation;
mod rich;
mod s3_events;
mod schema;
mod terraform;

use serde_json::Value;

use schema::Schema;

/// All that is wrong with a configuration, as far as the schema tells: with each place.
fn mistakes(template: &Value) -> Vec<String> {
    let schema = Schema::aws();
    let mut mistakes = schema.mistakes(template);
    mistakes.extend(references::mistakes(template, &schema));
    mistakes
}
