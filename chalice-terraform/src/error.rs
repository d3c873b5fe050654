//! Why there is no configuration for Terraform.

use chalice_openapi::SwaggerError;

/// Why there is no configuration for Terraform.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TerraformError {
    /// HTTP APIs have no definition yet from which one could be made.
    #[error(
        "`api_type` is `http`, and HTTP APIs are not written for Terraform: write `\"api_type\": \"rest\"` in {}, or leave \
         it out",
        chalice_config::PATH
    )]
    HttpApi,
    /// The routes are no REST API.
    #[error(transparent)]
    Swagger(#[from] SwaggerError),
    /// Two resources would have one address, which Terraform refuses.
    #[error(
        "two resources would both be `{address}`, and Terraform takes one of that name: rename one of the functions, or \
         buckets, from which they have it"
    )]
    SameAddress {
        /// What both would be called.
        address: String,
    },
}
