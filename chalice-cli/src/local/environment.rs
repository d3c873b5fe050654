//! An execution environment: one process of the app, and the Runtime API
//! through which it takes its events.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::pin::pin;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chalice_config::FunctionConfiguration;
use tokio::process::{Child, Command};

use super::deployment::PrivateCopy;
use super::runtime_api::{FunctionArn, RuntimeApi};

pub(super) use super::runtime_api::{Answer, FunctionError, Stream};

/// The region of functions when the environment names none.
const DEFAULT_REGION: &str = "us-east-1";
/// How the log is written: AWS, "Configuring advanced logging controls for Lambda functions".
const DEFAULT_LOG_FORMAT: &str = "Text";
/// The account of functions on this machine: the one of AWS's own examples.
const ACCOUNT: &str = "123456789012";
/// How often, and after which pauses, a start is tried while the system holds
/// the executable to be open for writing.
const BUSY_RETRIES: u32 = 20;
const BUSY_PAUSE: Duration = Duration::from_millis(25);
/// How long an answer is waited for after the process has ended.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// What a function runs as.
#[derive(Debug)]
pub(super) struct FunctionSettings {
    /// The app.
    pub(super) executable: Arc<PrivateCopy>,
    /// The folder it runs in: the package's.
    pub(super) directory: PathBuf,
    /// The Lambda function's name.
    pub(super) name: String,
    /// Its configured handler, `_HANDLER`.
    pub(super) handler: String,
    /// What the stage's configuration says of it.
    pub(super) configuration: FunctionConfiguration,
    /// Environment variables that this server sets for all functions, unless the user has.
    pub(super) variables: Arc<[(&'static str, String)]>,
    /// Where what it prints goes.
    pub(super) output: AppOutput,
}

/// Where the app's standard output goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AppOutput {
    /// To this program's standard output.
    Inherited,
    /// To the standard error: this program's standard output is for something else.
    StandardError,
}

/// Why an invocation has no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum InvokeError {
    /// The process could not be started.
    #[error("the app could not be started: {0}")]
    Start(std::io::Error),
    /// The process ended before it answered.
    #[error("the app ended with {status} before it answered{}", .init_error.as_ref().map(|error| format!(": {error}")).unwrap_or_default())]
    Died {
        /// How it ended.
        status: ExitStatus,
        /// What it said about its start, if that failed.
        init_error: Option<String>,
    },
    /// The system does not say what became of the process.
    #[error("the app was lost: {0}")]
    Lost(std::io::Error),
    /// No answer within the time for which its caller waits.
    #[error("the app did not answer within {} s and was stopped", .0.as_secs())]
    TimedOut(Duration),
    /// No answer within the function's own time, which is shorter: for the caller, the function fails.
    #[error("the app did not answer within {} s, its `lambda_timeout`, and was stopped", .0.as_secs())]
    FunctionTimedOut(Duration),
}

/// One process of the app. It ends when this value is dropped.
#[derive(Debug)]
pub(super) struct Environment {
    child: Child,
    api: RuntimeApi,
}

impl Environment {
    /// Starts the app.
    pub(super) async fn start(settings: &FunctionSettings) -> Result<Environment, InvokeError> {
        let region = std::env::var("AWS_REGION")
            .or_else(|_| std::env::var("AWS_DEFAULT_REGION"))
            .unwrap_or_else(|_| DEFAULT_REGION.to_owned());
        let arn = FunctionArn {
            region: region.clone(),
            account: ACCOUNT.to_owned(),
            name: settings.name.clone(),
        };
        let api = RuntimeApi::start(arn).await.map_err(InvokeError::Start)?;
        let log_format = std::env::var("AWS_LAMBDA_LOG_FORMAT")
            .unwrap_or_else(|_| DEFAULT_LOG_FORMAT.to_owned());
        let mut command = Command::new(settings.executable.path());
        command
            .current_dir(&settings.directory)
            .stdin(Stdio::null())
            .stdout(match settings.output {
                AppOutput::Inherited => Stdio::inherit(),
                AppOutput::StandardError => std::io::stderr().into(),
            })
            .kill_on_drop(true)
            // AWS Lambda, "Defined runtime environment variables".
            .env("_HANDLER", &settings.handler)
            .env("AWS_LAMBDA_FUNCTION_NAME", &settings.name)
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                settings
                    .configuration
                    .lambda_memory_size
                    .megabytes()
                    .to_string(),
            )
            .env("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
            .env(
                "AWS_LAMBDA_LOG_GROUP_NAME",
                format!("/aws/lambda/{}", settings.name),
            )
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "local")
            .env("AWS_LAMBDA_RUNTIME_API", api.address().to_string())
            .env("AWS_REGION", &region)
            .env("AWS_DEFAULT_REGION", &region)
            .env("LAMBDA_TASK_ROOT", &settings.directory)
            .env("LAMBDA_RUNTIME_DIR", "/var/runtime")
            .env("TZ", ":UTC")
            // The log is for who sits at this machine, unless they say otherwise.
            .env("AWS_LAMBDA_LOG_FORMAT", log_format)
            // Debug mode, if the app has it switched on.
            .env("CHALICE_DEBUG", "1")
            // Lambda sets these in modes that this pool does not emulate.
            .env_remove("AWS_LAMBDA_MAX_CONCURRENCY")
            .env_remove("_X_AMZN_TRACE_ID");
        command.envs(missing(&settings.variables, |name| std::env::var_os(name)));
        // They win over those of this process, of which AWS Lambda knows nothing.
        command.envs(settings.configuration.environment_variables.texts());
        Ok(Environment {
            child: spawn(&mut command).await.map_err(InvokeError::Start)?,
            api,
        })
    }

    /// Whether the process still runs.
    pub(super) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Hands the process an event and waits for the answer, or its beginning.
    pub(super) async fn invoke(
        &mut self,
        event: Bytes,
        timeout: Duration,
    ) -> Result<Answer, InvokeError> {
        let mut answer = pin!(self.api.invoke(event, timeout));
        let ended = tokio::select! {
            biased;
            Some(answer) = &mut answer => return Ok(answer),
            ended = self.child.wait() => ended,
            () = tokio::time::sleep(timeout) => return Err(InvokeError::TimedOut(timeout)),
        };
        // What the process wrote before it ended may not have been read yet.
        if let Ok(Some(answer)) = tokio::time::timeout(LAST_WORDS, answer).await {
            return Ok(answer);
        }
        Err(match ended {
            Ok(status) => InvokeError::Died {
                status,
                init_error: self.api.init_error(),
            },
            Err(error) => InvokeError::Lost(error),
        })
    }
}

/// Those of the variables that the user has not set. An empty one counts as not set, as it
/// does for `WebsocketApi`, which would look for the event's API on AWS instead.
fn missing<'a>(
    variables: &'a [(&'static str, String)],
    environment: impl Fn(&str) -> Option<OsString>,
) -> impl Iterator<Item = (&'static str, &'a str)> {
    let missing = variables
        .iter()
        .filter(move |(name, _)| environment(name).is_none_or(|value| value.is_empty()));
    missing.map(|(name, value)| (*name, value.as_str()))
}

/// Starts the process.
///
/// On Linux, a process that another thread is just starting inherits for a
/// moment the handle with which the executable was written, and the system
/// refuses to run a file that is open for writing.
async fn spawn(command: &mut Command) -> std::io::Result<Child> {
    for _ in 0..BUSY_RETRIES {
        match command.spawn() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
                tokio::time::sleep(BUSY_PAUSE).await;
            }
            result => return result,
        }
    }
    command.spawn()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_user_has_set_stays_and_empty_is_not_set() {
        let variables = ["SET", "EMPTY", "UNSET"].map(|name| (name, "ours".to_owned()));
        let missing = missing(&variables, |name| match name {
            "SET" => Some("theirs".into()),
            "EMPTY" => Some(OsString::new()),
            _ => None,
        });
        let missing: Vec<_> = missing.collect();
        assert_eq!(missing, [("EMPTY", "ours"), ("UNSET", "ours")]);
    }
}
