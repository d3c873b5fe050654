//! Programs in Python that tests need, in virtual environments below the target directory, and from npm a
//! generator of clients and a simulator of IAM.
//!
//! `cargo xtask verifiers` installs them, and so does `cargo xtask test`. Tests only use
//! what is there: they never download anything.

mod bucket_notifications;
mod cloudformation_judge;
mod environment;
mod iam_simulator;
mod judge;
mod localstack;
mod moto;
mod npm;
mod openapi_client;
mod openapi_validator;
mod parliament;
mod python;
mod sam_judge;
mod typescript;
mod workflow_judge;

pub use bucket_notifications::bucket_notifications_trial;
pub use cloudformation_judge::cloudformation_mistakes;
pub use environment::{Environment, EnvironmentError, target_directory};
pub use iam_simulator::{IamQuestion, IamSimulator, IamSimulatorError, iam_simulator};
pub use judge::JudgeError;
pub use localstack::{LocalStack, LocalStackError, Stack, localstack_environment};
pub use moto::{Moto, MotoError};
pub use npm::{NpmError, NpmPackages};
pub use openapi_client::{OpenapiClient, OpenapiClientError, openapi_client};
pub use openapi_validator::openapi_mistakes;
pub use parliament::{Roles, policy_mistakes};
pub use sam_judge::{sam_mistakes, sam_translations};
pub use workflow_judge::workflow_mistakes;

/// The packages that `requirements.txt` lists, each with its version.
const REQUIREMENTS: &str = include_str!("../requirements.txt");

/// The virtual environment of the verifiers.
pub fn environment() -> Environment {
    Environment::new("verifiers-venv", REQUIREMENTS)
}
