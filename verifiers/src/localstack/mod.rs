//! LocalStack, in which whole apps are deployed: AWS CloudFormation, Amazon API Gateway, AWS Lambda, Amazon S3 and
//! Amazon SQS on this machine, without docker.

mod calls;
mod deployment;

use std::{
    env, fs,
    io::{self, BufRead, BufReader},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::Value;
use tempfile::TempDir;

pub use self::deployment::Stack;

use self::calls::Calls;
use crate::{Environment, python};

/// The packages that LocalStack needs, each with its version.
const REQUIREMENTS: &str = include_str!("../../localstack/requirements.txt");

/// The versions of Python that these packages are for: with an older one, this release does not start.
const PYTHONS: [&str; 1] = ["3.13"];

/// What runs in Python. The server imports those beside it.
const SCRIPTS: [(&str, &str); 5] = [
    (SERVER, include_str!("../../localstack/server.py")),
    (CALLS, include_str!("../../localstack/aws_calls.py")),
    (
        "process_executor.py",
        include_str!("../../localstack/process_executor.py"),
    ),
    (
        "python_runtime.py",
        include_str!("../../localstack/python_runtime.py"),
    ),
    (
        "custom_resource.py",
        include_str!("../../localstack/custom_resource.py"),
    ),
];
const SERVER: &str = "server.py";
const CALLS: &str = "aws_calls.py";

/// Longer than a start and any call take, also beside builds.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server of LocalStack's, which has nothing in it yet, on a port of its own of 127.0.0.1.
///
/// It and all functions in it end when this is dropped, and in any case with this process.
#[derive(Debug)]
pub struct LocalStack {
    server: Child,
    calls: Option<Calls>,
    address: String,
    python: PathBuf,
    /// All that it writes.
    folder: TempDir,
}

/// Why there is no LocalStack, or what fails in it.
#[derive(Debug, thiserror::Error)]
pub enum LocalStackError {
    /// It has not been installed.
    #[error(
        "LocalStack is not installed in `{folder}` as `verifiers/localstack/requirements.txt` wants it: run \
         `cargo xtask verifiers`"
    )]
    NotInstalled {
        /// The virtual environment.
        folder: String,
    },
    /// A process of it cannot be started, or a file not be written or read.
    #[error("LocalStack cannot be run: {0}")]
    Run(#[from] io::Error),
    /// It has ended, or says nothing.
    #[error("LocalStack {0}")]
    Silent(String),
    /// A call to a service is refused.
    #[error("LocalStack refuses {call}: {reason}")]
    Refused {
        /// Service and operation.
        call: String,
        /// Why.
        reason: String,
    },
    /// A template cannot be packaged or deployed.
    #[error("the deployment of `{stack}` fails: {reason}")]
    Deployment {
        /// The stack.
        stack: String,
        /// Why.
        reason: String,
    },
}

/// The virtual environment of LocalStack; none on a machine that has no Python 3.13.
pub fn localstack_environment() -> Option<Environment> {
    let environment = Environment::new("localstack-venv", REQUIREMENTS);
    Some(environment.with_interpreter(python::find(&PYTHONS)?))
}

impl LocalStack {
    /// Starts a server, and waits until it listens; none on a machine that has no Python 3.13.
    ///
    /// # Errors
    ///
    /// When LocalStack is not installed although it could be, which `cargo xtask verifiers` does, or does not start.
    pub fn start() -> Result<Option<LocalStack>, LocalStackError> {
        localstack_environment()
            .map(|environment| LocalStack::start_in(&environment))
            .transpose()
    }

    fn start_in(environment: &Environment) -> Result<LocalStack, LocalStackError> {
        if !environment.is_ready() {
            return Err(LocalStackError::NotInstalled {
                folder: environment.folder().display().to_string(),
            });
        }
        let folder = tempfile::tempdir()?;
        for (name, text) in SCRIPTS {
            fs::write(folder.path().join(name), text)?;
        }
        let python = environment.python();
        let mut command = python_command(&python, &folder);
        command
            // Not `-I`, with which it would not find what is beside it.
            .args(["-E", "-s"])
            .arg(folder.path().join(SERVER))
            .env("LOCALSTACK_VOLUME_DIR", folder.path().join("volume"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(fs::File::create(folder.path().join("log"))?);
        command.process_group(0);
        let mut server = command.spawn()?;
        let stdout = lines(server.stdout.take());
        // From here on, every way out ends the process.
        let mut localstack = LocalStack {
            server,
            calls: None,
            address: String::new(),
            python,
            folder,
        };
        localstack.address = match stdout.recv_timeout(PATIENCE) {
            Ok(address) => address,
            Err(_) => return Err(LocalStackError::Silent("does not say its address".into())),
        };
        localstack.calls = Some(Calls::start(localstack.client(CALLS))?);
        Ok(localstack)
    }

    /// Where it listens: `127.0.0.1:41234`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Calls an operation of a service in the region `us-east-1`, both in boto3's names: `sqs`, `create_queue`.
    ///
    /// # Errors
    ///
    /// When the service refuses the call, or LocalStack does not answer.
    pub fn call(
        &self,
        service: &str,
        operation: &str,
        input: &Value,
    ) -> Result<Value, LocalStackError> {
        match &self.calls {
            Some(calls) => calls.call(service, operation, input),
            None => Err(LocalStackError::Silent("has not started".into())),
        }
    }

    /// What it has said so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// A script or, behind `-m`, a module of Python that calls its services.
    fn client(&self, script: &str) -> Command {
        let mut command = python_command(&self.python, &self.folder);
        command
            .args(["-E", "-s"])
            .env("AWS_ENDPOINT_URL", format!("http://{}", self.address))
            .env("AWS_DEFAULT_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test");
        match script {
            CALLS => command.arg(self.folder.path().join(script)),
            module => command.args(["-m", module]),
        };
        command
    }
}

impl Drop for LocalStack {
    fn drop(&mut self) {
        // With all functions that run. Nobody is left who could use an error.
        let _ = kill_process_group(Pid::from_child(&self.server), Signal::KILL);
        let _ = self.server.wait();
        if thread::panicking() {
            eprintln!("LocalStack has said:\n{}", self.log());
        }
    }
}

/// Python with nothing of this process's environment but where programs are: no proxies, no credentials.
fn python_command(python: &PathBuf, folder: &TempDir) -> Command {
    let mut command = Command::new(python);
    command
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder.path())
        .env("TMPDIR", folder.path());
    command
}

/// The lines of an output, read by a thread of its own, so that one can wait for them for a limited time.
fn lines(output: Option<impl io::Read + Send + 'static>) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let lines = output.into_iter().flat_map(|it| BufReader::new(it).lines());
        for line in lines.map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use std::{os::unix::process::ExitStatusExt, time::Instant};

    use super::*;

    #[test]
    fn it_ends_with_the_process_that_started_it() {
        let localstack = LocalStack::start().unwrap_or_else(|error| panic!("{error}"));
        let Some(mut localstack) = localstack else {
            eprintln!("NOT RUN: LocalStack needs Python 3.13");
            return;
        };
        // As the operating system does when a process is gone.
        drop(localstack.server.stdin.take());
        let start = Instant::now();
        let status = loop {
            if let Some(status) = localstack.server.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "{}", localstack.log());
            thread::sleep(Duration::from_millis(50));
        };
        assert_eq!(status.signal(), Some(Signal::KILL.as_raw()));
    }

    #[test]
    fn what_is_missing_says_the_command_that_installs_it() {
        let missing = Environment::new("no-such-venv", "localstack-core==1.0");
        let error = LocalStack::start_in(&missing).unwrap_err().to_string();
        let folder = missing.folder().display();
        assert_eq!(
            error,
            format!(
                "LocalStack is not installed in `{folder}` as `verifiers/localstack/requirements.txt` wants it: run \
                 `cargo xtask verifiers`"
            )
        );
    }
}
