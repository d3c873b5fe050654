//! Why there is no configuration for Terraform.

use chalice_openapi::{HttpApiError, SwaggerError};

/// Why there is no configuration for Terraform.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TerraformError {
    /// The routes are no REST API.
    #[error(transparent)]
    RestApi(#[from] SwaggerError),
    /// The routes are no HTTP API.
    #[error(transparent)]
    HttpApi(#[from] HttpApiError),
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
