//! Why there is no template.

use chalice_openapi::{HttpApiError, SwaggerError};

/// Why there is no template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SamError {
    /// Two resources would have the same logical id.
    #[error(
        "{first} and {second} would both have the logical id `{id}` in the template: AWS CloudFormation takes letters and \
         digits alone, so that names which differ in `-`, `_` or the case of a word's first letter become one; rename one of them"
    )]
    DuplicateLogicalId {
        /// The id.
        id: String,
        /// What has it.
        first: String,
        /// What cannot have it.
        second: String,
    },
    /// Nothing of a name can be in a logical id.
    #[error(
        "{subject} has no letter or digit in its name, and AWS CloudFormation takes nothing else in logical ids: rename it"
    )]
    NoLogicalId {
        /// What has that name.
        subject: String,
    },
    /// The HTTP API cannot be described.
    #[error(transparent)]
    HttpApi(#[from] HttpApiError),
    /// The REST API cannot be described.
    #[error(transparent)]
    Swagger(#[from] SwaggerError),
    /// The stack would have more than AWS CloudFormation takes.
    #[error(
        "the template has {count} {what}, and AWS CloudFormation takes {limit}: split the app, for example by its blueprints"
    )]
    TooMany {
        /// How many.
        count: usize,
        /// Of what.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// The template is larger than AWS CloudFormation takes.
    #[error(
        "the template has {bytes} bytes, and AWS CloudFormation takes {limit} (1 MB) of a template in Amazon S3: split the app, \
         or shorten the documentation of its routes, which is in the definition of the REST API"
    )]
    TooLarge {
        /// Its size as JSON without white space.
        bytes: usize,
        /// How large it may be.
        limit: usize,
    },
}
