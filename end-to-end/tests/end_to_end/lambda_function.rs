//! An app's executable in the environment that AWS Lambda gives it.

use std::{
    io::Read,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::runtime_api::{Answer, RuntimeApi};

/// A running function, with a Runtime API of its own. Ended when it is dropped.
pub(crate) struct LambdaFunction {
    api: RuntimeApi,
    child: Child,
    log: Option<[JoinHandle<String>; 2]>,
}

impl LambdaFunction {
    /// Starts the executable, with nothing in its environment but what AWS Lambda
    /// puts there (AWS, "Defined runtime environment variables"), and `variables`.
    pub(crate) fn start(executable: &Path, variables: &[(&str, &str)]) -> LambdaFunction {
        let api = RuntimeApi::start();
        let mut child = Command::new(executable)
            .env_clear()
            .env("_HANDLER", "api_handler")
            .env("AWS_LAMBDA_RUNTIME_API", api.address().to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "helloworld-test-api_handler")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/helloworld")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/12/[$LATEST]0")
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_DEFAULT_REGION", "eu-west-1")
            .env("LAMBDA_TASK_ROOT", "/var/task")
            .env("LAMBDA_RUNTIME_DIR", "/var/runtime")
            .env("LANG", "en_US.UTF-8")
            .env("TZ", ":UTC")
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = [
            read(child.stdout.take().unwrap()),
            read(child.stderr.take().unwrap()),
        ];
        LambdaFunction {
            api,
            child,
            log: Some(log),
        }
    }

    pub(crate) fn api(&self) -> &RuntimeApi {
        &self.api
    }

    /// What the function answers to an event.
    #[track_caller]
    pub(crate) fn invoke(&self, event: &Value) -> Answer {
        self.api.invoke(event.to_string().into_bytes())
    }

    /// Ends the process, which still runs; what it wrote to stdout, then to stderr. Nothing in
    /// its use of the Runtime API was wrong.
    #[track_caller]
    pub(crate) fn end(mut self) -> String {
        assert!(self.child.try_wait().unwrap().is_none(), "it has ended");
        self.child.kill().unwrap();
        let log = self.log();
        assert_eq!(self.api.problems(), [""; 0]);
        log
    }

    /// Waits until the process ends by itself; how, and what it wrote to stdout, then to stderr.
    #[track_caller]
    pub(crate) fn wait(mut self) -> (ExitStatus, String) {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "it does not end");
            thread::sleep(Duration::from_millis(5));
        };
        assert_eq!(self.api.problems(), [""; 0]);
        (status, self.log())
    }

    fn log(&mut self) -> String {
        let outputs = self.log.take().unwrap();
        outputs.map(|output| output.join().unwrap()).concat()
    }
}

/// Reads all of an output on the side: a process waits when nobody reads what it writes.
fn read(mut output: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = output.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

impl Drop for LambdaFunction {
    fn drop(&mut self) {
        // It may have ended, by itself or by `end`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
