//! Calls of services, by boto3.

use std::{
    io::Write,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Mutex, PoisonError, mpsc::Receiver},
};

use serde_json::{Value, json};

use super::{LocalStackError, PATIENCE, lines};

/// A process that makes calls, one after the other; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Calls {
    process: Child,
    channel: Mutex<(ChildStdin, Receiver<String>)>,
}

impl Calls {
    pub(super) fn start(mut script: Command) -> Result<Calls, LocalStackError> {
        let mut process = script
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()?;
        let answers = lines(process.stdout.take());
        match process.stdin.take() {
            Some(stdin) => Ok(Calls {
                process,
                channel: Mutex::new((stdin, answers)),
            }),
            None => Err(LocalStackError::Silent("takes no calls".into())),
        }
    }

    pub(super) fn call(
        &self,
        service: &str,
        operation: &str,
        input: &Value,
    ) -> Result<Value, LocalStackError> {
        let call = format!("{service}.{operation}");
        let channel = self.channel.lock();
        let (stdin, answers) = &mut *channel.unwrap_or_else(PoisonError::into_inner);
        let line = json!({ "service": service, "operation": operation, "input": input });
        stdin.write_all(format!("{line}\n").as_bytes())?;
        let Ok(answer) = answers.recv_timeout(PATIENCE) else {
            return Err(LocalStackError::Silent(format!("does not answer {call}")));
        };
        let refused = |reason: String| LocalStackError::Refused {
            call: call.clone(),
            reason,
        };
        let mut answer: Value =
            serde_json::from_str(&answer).map_err(|error| refused(error.to_string()))?;
        match &answer["error"] {
            Value::Null => Ok(answer["output"].take()),
            error => Err(refused(error.as_str().unwrap_or_default().to_owned())),
        }
    }
}

impl Drop for Calls {
    fn drop(&mut self) {
        // Nobody is left who could use an error.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
