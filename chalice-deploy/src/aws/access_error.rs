//! Why AWS cannot be called at all.

/// Why AWS cannot be called at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// Nothing says the region.
    #[error(
        "there is no region to deploy to: give `--region`, set AWS_REGION, or write `region = ..` into the profile \
         `{profile}` in ~/.aws/config (`aws configure list-profiles` says which profiles there are)"
    )]
    NoRegion {
        /// The profile that is in use.
        profile: String,
    },
    /// What is given as the region is none.
    #[error(
        "`{region}` is no region of AWS: give one such as `eu-west-1`, by `--region` or AWS_REGION"
    )]
    BadRegion {
        /// What is given.
        region: String,
    },
    /// A variable of the SDK has a value that it cannot have.
    #[error("{variable} is \"{value}\", which the AWS SDK does not take: unset it, or write {} there", allowed(.variable))]
    BadVariable {
        /// The variable.
        variable: &'static str,
        /// Its value.
        value: String,
    },
}

fn allowed(variable: &str) -> &'static str {
    match variable {
        "AWS_MAX_ATTEMPTS" => "a number from 1",
        _ => "`standard` or `adaptive`",
    }
}
