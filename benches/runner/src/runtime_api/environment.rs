//! Programs as AWS Lambda starts them.

use std::{env, ffi::OsString, net::SocketAddr, path::PathBuf, process::Command};

/// A runtime.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    /// What is executed.
    pub(crate) executable: PathBuf,
    /// Its arguments.
    pub(crate) arguments: Vec<String>,
    /// The folder in which it runs.
    pub(crate) folder: PathBuf,
    /// The handler that the function is configured with.
    pub(crate) handler: &'static str,
}

impl Program {
    /// The command, with the variables that AWS Lambda sets, and one of the function's own.
    pub(super) fn command(&self, wrapper: &[String], api: &SocketAddr) -> Command {
        let mut words: Vec<OsString> = wrapper.iter().map(OsString::from).collect();
        words.push(self.executable.clone().into_os_string());
        words.extend(self.arguments.iter().map(OsString::from));
        let mut words = words.into_iter();
        let mut command = Command::new(words.next().unwrap_or_default());
        command
            .args(words)
            .current_dir(&self.folder)
            .env_clear()
            // Without it, valgrind is not found.
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .env("LANG", "en_US.UTF-8")
            .env("TZ", ":UTC")
            .env("AWS_EXECUTION_ENV", "AWS_Lambda_provided.al2023")
            .env("AWS_LAMBDA_RUNTIME_API", api.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "hello")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/hello")
            .env(
                "AWS_LAMBDA_LOG_STREAM_NAME",
                "2026/01/01/[$LATEST]0123456789abcdef",
            )
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_DEFAULT_REGION", "eu-west-1")
            .env("LAMBDA_TASK_ROOT", &self.folder)
            // Without it, `lambda_http` puts the stage in front of the path, which no router expects.
            .env("AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH", "true")
            .env("_HANDLER", self.handler);
        command
    }
}
