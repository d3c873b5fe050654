//! moto, which stands in for AWS.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError, Weak},
};

use crate::Environment;

/// Ends with its standard input.
const SERVER: &str = include_str!("../moto_server.py");

/// A server of moto's, which has nothing in it yet, on a port of its own.
///
/// It ends when this is dropped, and in any case with this process.
#[derive(Debug)]
pub struct Moto {
    process: Child,
    port: u16,
}

/// Why there is no moto.
#[derive(Debug, thiserror::Error)]
pub enum MotoError {
    /// It has not been installed.
    #[error(
        "moto, which stands in for AWS, is not installed in `{folder}` as `verifiers/requirements.txt` wants it: run \
         `cargo xtask verifiers`"
    )]
    NotInstalled {
        /// The virtual environment.
        folder: String,
    },
    /// It cannot be started.
    #[error("moto's server cannot be started: {0}")]
    Start(#[from] io::Error),
    /// It has ended, or said something else than its port. Its errors are on the standard error.
    #[error("moto's server does not say its port, but {0:?}")]
    NoPort(String),
    /// It refuses a request.
    #[error("moto refuses {operation}: {answer}")]
    Refused {
        /// The operation.
        operation: String,
        /// What it answers, with the status in front.
        answer: String,
    },
}

impl Moto {
    /// Starts a server, and waits until it listens.
    ///
    /// # Errors
    ///
    /// When moto is not installed, which `cargo xtask verifiers` does, or does not start.
    pub fn start() -> Result<Moto, MotoError> {
        Moto::start_in(&crate::environment())
    }

    /// The server that others in this process have at the moment, or else a new one: for tests that run side by
    /// side, each with tables and the like of its own.
    ///
    /// # Errors
    ///
    /// As [`start`](Moto::start).
    pub fn shared() -> Result<Arc<Moto>, MotoError> {
        static SHARED: Mutex<Weak<Moto>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(moto) = shared.upgrade() {
            return Ok(moto);
        }
        let moto = Arc::new(Moto::start()?);
        *shared = Arc::downgrade(&moto);
        Ok(moto)
    }

    fn start_in(environment: &Environment) -> Result<Moto, MotoError> {
        if !environment.is_ready() {
            return Err(MotoError::NotInstalled {
                folder: environment.folder().display().to_string(),
            });
        }
        let mut process = Command::new(environment.python())
            .args(["-I", "-c", SERVER])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = process.stdout.take();
        // From here on, every way out ends the process.
        let mut moto = Moto { process, port: 0 };
        let mut line = String::new();
        if let Some(stdout) = stdout {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        moto.port = line.trim().parse().map_err(|_| MotoError::NoPort(line))?;
        Ok(moto)
    }

    /// Where it listens: `http://127.0.0.1:41234`. For the AWS SDKs, the value of `AWS_ENDPOINT_URL`.
    pub fn endpoint_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Calls an operation of Amazon DynamoDB, such as `CreateTable`, in the region `us-east-1`: its input and its
    /// output are JSON.
    ///
    /// # Errors
    ///
    /// When moto does not answer, or refuses the request.
    pub fn dynamodb(&self, operation: &str, input: &str) -> Result<String, MotoError> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        // moto finds the region in what a signature is for, and checks no signature.
        let request = format!(
            "POST / HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-amz-json-1.0\r\n\
             X-Amz-Target: DynamoDB_20120810.{operation}\r\nAuthorization: AWS4-HMAC-SHA256 \
             Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0\r\n\
             Content-Length: {length}\r\n\r\n{input}",
            port = self.port,
            length = input.len(),
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
        let status = head.split(' ').nth(1).unwrap_or_default();
        match status {
            "200" => Ok(body.to_owned()),
            _ => Err(MotoError::Refused {
                operation: operation.to_owned(),
                answer: format!("{status} {body}"),
            }),
        }
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // Nobody is left who could use an error.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connect(port: u16) -> io::Result<TcpStream> {
        TcpStream::connect(("127.0.0.1", port))
    }

    #[test]
    fn it_listens_when_it_has_started_and_no_more_when_it_is_dropped() {
        let moto = Moto::start().unwrap_or_else(|error| panic!("{error}"));
        let answer = moto.dynamodb("ListTables", "{}").unwrap();
        assert_eq!(answer, r#"{"TableNames": []}"#);
        let error = moto.dynamodb("DescribeTable", r#"{"TableName": "chat"}"#);
        let error = error.unwrap_err().to_string();
        assert!(
            error.starts_with("moto refuses DescribeTable: 400 {")
                && error.contains("ResourceNotFoundException"),
            "{error}"
        );

        let port = moto.port;
        drop(moto);
        assert!(connect(port).is_err());
    }

    #[test]
    fn whoever_shares_it_keeps_it() {
        let [first, second] =
            [(), ()].map(|()| Moto::shared().unwrap_or_else(|error| panic!("{error}")));
        assert_eq!(first.port, second.port);
        let port = first.port;
        drop(first);
        assert!(connect(port).is_ok());
        drop(second);
        assert!(connect(port).is_err());
        let third = Moto::shared().unwrap_or_else(|error| panic!("{error}"));
        assert!(connect(third.port).is_ok());
    }

    #[test]
    fn it_ends_with_the_process_that_started_it() {
        let mut moto = Moto::start().unwrap_or_else(|error| panic!("{error}"));
        // As the operating system does when a process is gone.
        drop(moto.process.stdin.take());
        assert!(moto.process.wait().unwrap().success());
    }

    #[test]
    fn what_is_missing_says_the_command_that_installs_it() {
        let missing = Environment::new("no-such-venv", "moto==1.0");
        let error = Moto::start_in(&missing).unwrap_err().to_string();
        let folder = missing.folder().display();
        assert_eq!(
            error,
            format!(
                "moto, which stands in for AWS, is not installed in `{folder}` as `verifiers/requirements.txt` wants \
                 it: run `cargo xtask verifiers`"
            )
        );
    }
}
