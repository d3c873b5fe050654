//! Why a client's settings are none that AWS would take.

use std::{fmt, path::PathBuf, time::Duration};

use chalice_config::{ConfigError, Refusal};

/// Why a client's stage cannot be.
#[derive(thiserror::Error)]
pub(super) enum DeploymentError {
    #[error(
        "`{stage}` cannot be the app's stage: {problem}, and the stage is a part of the functions' names"
    )]
    Stage { stage: String, problem: String },
    #[error(
        "the Lambda function `{name}` cannot be: {problem}; choose a shorter name for the app, the stage or the function"
    )]
    FunctionName { name: String, problem: String },
    #[error(
        "{place} has settings for the function `{name}`, and the app `{app}` has no such function; it has {functions}{meant}"
    )]
    UnknownFunction {
        name: String,
        place: &'static str,
        app: &'static str,
        meant: String,
        functions: String,
    },
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(
        "{} has no stage `{stage}`; add it to `stages`, as `{stage:?}: {{}}` if it has no settings of its own{meant}",
        path.display()
    )]
    NoStage {
        path: PathBuf,
        stage: String,
        meant: String,
    },
    #[error(
        "the environment variable CARGO_MANIFEST_DIR is not set, so this is no test that Cargo runs, and nothing says \
         where the project's .chalice/config.json is; say it by `stage_from_config_in`"
    )]
    NoProject,
    #[error("the test client cannot have {setting}: {refusal}")]
    Setting { setting: String, refusal: Refusal },
    #[error(
        "the test client cannot have the timeout {timeout:?}: AWS Lambda ends an invocation after at most 15 minutes; \
         choose a time above zero and up to that"
    )]
    Timeout { timeout: Duration },
    #[error(
        "the test client cannot have the region `{region}`: names of AWS's regions consist of lowercase letters, \
         digits and `-`, such as `eu-central-1`"
    )]
    Region { region: String },
    #[error(
        "the test client cannot have the account `{account_id}`: the number of an AWS account has 12 digits"
    )]
    AccountId { account_id: String },
}

impl DeploymentError {
    pub(super) fn setting(setting: impl fmt::Display, refusal: Refusal) -> DeploymentError {
        DeploymentError::Setting {
            setting: setting.to_string(),
            refusal,
        }
    }
}

impl fmt::Debug for DeploymentError {
    /// The message: it is what a test shows that unwraps its client.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
