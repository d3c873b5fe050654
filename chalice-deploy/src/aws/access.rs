//! Credentials, region and account.

use std::{sync::Arc, time::Duration};

use aws_config::{
    BehaviorVersion, FrameworkMetadata, Region, SdkConfig,
    default_provider::region::DefaultRegionChain,
    profile::ProfileFileCredentialsProvider,
    provider_config::ProviderConfig,
    retry::{RetryConfig, RetryMode},
    timeout::TimeoutConfig,
};
use tokio::sync::OnceCell;

use super::{AccessError, AwsError, Call, Service, endpoint};
use crate::Origin;

/// Access to AWS: what the clients of the AWS SDK for Rust are made of.
///
/// Credentials are found where every AWS SDK finds them: in the environment, in a profile (keys, AWS IAM Identity
/// Center, roles, `credential_process`), by web identity, in a container, on an instance of Amazon EC2. They are
/// loaded by the first call.
#[derive(Clone, Debug)]
pub struct Access {
    config: SdkConfig,
    region: String,
    profile: Option<String>,
    identity: Arc<OnceCell<Identity>>,
}

/// Who calls AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account, 12 digits.
    pub account_id: String,
    /// The ARN of the user, or of the role's session.
    pub arn: String,
    /// What ARNs begin with after `arn:`: `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: String,
}

/// How often a call is tried before it fails. API Gateway lets through few requests that change something, some of
/// them one in half a minute.
const ATTEMPTS: u32 = 8;
/// How long the SDK waits at most between two attempts.
const LONGEST_BACKOFF: Duration = Duration::from_secs(20);
/// For a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// From the request to the first byte of the answer: a package of 50 MB is sent in that time, too.
const READ_TIMEOUT: Duration = Duration::from_secs(300);

impl Access {
    /// Finds the region, and makes ready for finding credentials. A profile that is given wins over credentials in
    /// the environment, as for the AWS CLI; a region that is given, over AWS_REGION, and that over the profile's.
    ///
    /// The variables of the SDK are followed: AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 and the like, AWS_MAX_ATTEMPTS,
    /// AWS_PROFILE.
    ///
    /// # Errors
    ///
    /// When nothing says the region, or it is none; or when a variable of the SDK has a value that it cannot have.
    pub async fn load(profile: Option<&str>, region: Option<&str>) -> Result<Access, AccessError> {
        let region = match region {
            Some(region) => Some(Region::new(region.to_owned())),
            None => {
                let mut chain = DefaultRegionChain::builder();
                if let Some(profile) = profile {
                    chain = chain.profile_name(profile);
                }
                chain.build().region().await
            }
        };
        let in_use = profile
            .map(str::to_owned)
            .or_else(|| std::env::var("AWS_PROFILE").ok());
        let Some(region) = region.filter(|region| !region.as_ref().is_empty()) else {
            return Err(AccessError::NoRegion {
                profile: in_use.unwrap_or_else(|| "default".to_owned()),
            });
        };
        check_region(region.as_ref())?;

        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .region(region.clone())
            .retry_config(retry_config(|name| std::env::var(name).ok())?)
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(CONNECT_TIMEOUT)
                    .read_timeout(READ_TIMEOUT)
                    .build(),
            );
        if let Some(profile) = profile {
            // The chain would ask the environment first, and so deploy to another account than the profile's.
            let provider = ProfileFileCredentialsProvider::builder()
                .profile_name(profile)
                .configure(&ProviderConfig::without_region().with_region(Some(region)))
                .build();
            loader = loader.profile_name(profile).credentials_provider(provider);
        }
        // Beside the application id of AWS_SDK_UA_APP_ID, which belongs to who deploys.
        if let Ok(name) = FrameworkMetadata::new("cargo-chalice", Some(env!("CARGO_PKG_VERSION"))) {
            loader = loader.framework_metadata(name);
        }
        Access::of_config(loader.load().await, in_use)
    }

    /// Access by a configuration that is there already, such as one of a test; `profile` is the profile's name, for
    /// messages.
    ///
    /// # Errors
    ///
    /// When it has no region.
    pub fn of_config(config: SdkConfig, profile: Option<String>) -> Result<Access, AccessError> {
        let Some(region) = config.region().map(ToString::to_string) else {
            return Err(AccessError::NoRegion {
                profile: profile.unwrap_or_else(|| "default".to_owned()),
            });
        };
        Ok(Access {
            config,
            region,
            profile,
            identity: Arc::new(OnceCell::new()),
        })
    }

    /// What clients are made of: `aws_sdk_lambda::Client::new(access.config())`.
    pub fn config(&self) -> &SdkConfig {
        &self.config
    }

    /// The region: `eu-west-1`.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The profile that is in use, if one is named.
    pub fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// The URL that stands in for that of the service, by AWS_ENDPOINT_URL or the like.
    pub fn endpoint_override(&self, service: Service) -> Option<String> {
        endpoint::endpoint_override(&self.config, service)
    }

    /// Who calls, as AWS STS says it. It is asked once.
    ///
    /// # Errors
    ///
    /// When there are no credentials, AWS does not take them, or cannot be reached.
    pub async fn identity(&self) -> Result<&Identity, AwsError> {
        self.identity.get_or_try_init(|| self.ask_identity()).await
    }

    /// The account and the region, as a state records where its stage is deployed.
    ///
    /// # Errors
    ///
    /// As [`identity`](Self::identity).
    pub async fn origin(&self) -> Result<Origin, AwsError> {
        let identity = self.identity().await?;
        Ok(Origin::new(&identity.account_id, &self.region))
    }

    async fn ask_identity(&self) -> Result<Identity, AwsError> {
        let call = Call::new(Service::STS, "GetCallerIdentity");
        let client = aws_sdk_sts::Client::new(&self.config);
        let answer = client.get_caller_identity().send().await;
        let answer = answer.map_err(|error| self.failure(call, error))?;
        let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
        let arn = text(answer.arn());
        Ok(Identity {
            account_id: text(answer.account()),
            partition: arn.split(':').nth(1).unwrap_or("aws").to_owned(),
            arn,
        })
    }
}

/// Regions become part of hosts.
fn check_region(region: &str) -> Result<(), AccessError> {
    let is_taken = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match region.len() <= 63 && region.bytes().all(is_taken) {
        true => Ok(()),
        false => Err(AccessError::BadRegion {
            region: region.chars().take(40).collect(),
        }),
    }
}

/// How calls are tried again: as the SDK's variables say, or else with more patience than the SDK has.
fn retry_config(variable: impl Fn(&str) -> Option<String>) -> Result<RetryConfig, AccessError> {
    let set = |name: &'static str| variable(name).filter(|value| !value.is_empty());
    let mut config = RetryConfig::standard().with_max_backoff(LONGEST_BACKOFF);
    let refuse = |variable, value| Err(AccessError::BadVariable { variable, value });
    let attempts = match set("AWS_MAX_ATTEMPTS") {
        Some(text) => match text.parse() {
            Ok(attempts @ 1..) => attempts,
            _ => return refuse("AWS_MAX_ATTEMPTS", text),
        },
        None => ATTEMPTS,
    };
    if let Some(text) = set("AWS_RETRY_MODE") {
        match text.parse::<RetryMode>() {
            Ok(mode) => config = config.with_retry_mode(mode),
            Err(_) => return refuse("AWS_RETRY_MODE", text),
        }
    }
    Ok(config.with_max_attempts(attempts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &'static [(&'static str, &'static str)]) -> Result<RetryConfig, AccessError> {
        retry_config(|name| {
            let variable = variables.iter().find(|(known, _)| *known == name);
            variable.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn attempts_are_those_of_the_variables_or_many() {
        let attempts = |variables| of(variables).unwrap().max_attempts();
        assert_eq!(attempts(&[]), ATTEMPTS);
        assert_eq!(attempts(&[("AWS_MAX_ATTEMPTS", "")]), ATTEMPTS);
        assert_eq!(attempts(&[("AWS_MAX_ATTEMPTS", "2")]), 2);
        let adaptive = of(&[("AWS_RETRY_MODE", "adaptive")]).unwrap();
        assert_eq!(
            (adaptive.mode(), adaptive.max_attempts()),
            (RetryMode::Adaptive, ATTEMPTS)
        );
        for (variable, value) in [("AWS_MAX_ATTEMPTS", "0"), ("AWS_RETRY_MODE", "never")] {
            let variables: &'static [_] = Vec::leak(vec![(variable, value)]);
            let error = of(variables).unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("{variable} is \"{value}\"")),
                "{error}"
            );
        }
    }

    #[test]
    fn regions_cannot_lead_to_other_hosts() {
        for region in ["eu-west-1", "us-gov-west-1", "us-iso-east-1"] {
            assert_eq!(check_region(region), Ok(()));
        }
        for region in [
            "eu_west_1",
            "EU-WEST-1",
            "eu-west-1 ",
            "a.evil.example/",
            &"a".repeat(64),
        ] {
            let error = check_region(region).unwrap_err().to_string();
            assert!(
                error.contains("is no region of AWS: give one such as"),
                "{error}"
            );
        }
    }
}
