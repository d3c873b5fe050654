//! An operation of the AWS SDK for Rust.

use std::fmt;

/// An operation, as the AWS SDK for Rust names it. Sorted by crate, then by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operation {
    /// The crate of the service: `aws-sdk-s3`.
    pub sdk_crate: String,
    /// The method of the crate's `Client`, which is also its module: `head_object`.
    pub name: String,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sdk_crate, self.name)
    }
}

/// Whether `type_name` is `module` in the SDK's other spelling: `HeadObject` and `head_object`. The code
/// generator sets underscores by rules of its own (`create_o_auth2_token`), so that only the letters count.
pub(crate) fn is_type_of(type_name: &str, module: &str) -> bool {
    let letters = module.chars().filter(|letter| *letter != '_');
    type_name
        .chars()
        .map(|letter| letter.to_ascii_lowercase())
        .eq(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        assert!(is_type_of("HeadObject", "head_object"));
        assert!(is_type_of("CreateOAuth2Token", "create_o_auth2_token"));
        assert!(!is_type_of("HeadObjectInput", "head_object"));
        assert!(!is_type_of("Head", "head_object"));
    }

    #[test]
    fn order_and_text() {
        let operation = |sdk_crate: &str, name: &str| Operation {
            sdk_crate: sdk_crate.to_owned(),
            name: name.to_owned(),
        };
        assert!(operation("aws-sdk-s3", "put_object") < operation("aws-sdk-sqs", "add"));
        assert_eq!(
            operation("aws-sdk-s3", "head_object").to_string(),
            "aws-sdk-s3 head_object"
        );
    }
}
