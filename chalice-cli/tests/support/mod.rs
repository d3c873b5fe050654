//! `cargo chalice local` as a child process, and a client for it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// Longer than any build of an app that the tests serve.
const BUILD: Duration = Duration::from_secs(300);

/// The command, ready for its verb.
pub(crate) fn cargo_chalice() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-chalice"));
    command.arg("chalice");
    // What the test's own Cargo or the developer set must not matter.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_")
            || name.starts_with("AWS_")
            || name == "CARGO_MANIFEST_DIR"
        {
            command.env_remove(name);
        }
    }
    // As in the workspace's own profile: so projects outside of it share the
    // builds of their dependencies with it.
    command.env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    command
}

/// A running `cargo chalice local`.
pub(crate) struct Local {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) log: Arc<Mutex<Vec<String>>>,
}

impl Local {
    /// Starts the command on a free port and waits until it serves.
    pub(crate) fn start(arguments: &[&str], target_directory: &Path) -> Local {
        Local::try_start(arguments, target_directory)
            .unwrap_or_else(|(status, log)| panic!("the command ended with {status}:\n{log}"))
    }

    /// As [`start`](Self::start); if the command ends instead, how, and what it said.
    pub(crate) fn try_start(
        arguments: &[&str],
        target_directory: &Path,
    ) -> Result<Local, (ExitStatus, String)> {
        let mut child = cargo_chalice()
            .args(["local", "--port", "0"])
            .args(arguments)
            .env("CARGO_TARGET_DIR", target_directory)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (address, addresses) = mpsc::channel();
        let (lines, stderr) = (log.clone(), child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let found = line
                    .strip_prefix("Serving on http://")
                    .map(|found| found.parse().unwrap());
                lines.lock().unwrap().push(line);
                if let Some(found) = found {
                    address.send(found).unwrap();
                }
            }
        });
        match addresses.recv_timeout(BUILD) {
            Ok(address) => Ok(Local {
                child,
                address,
                log,
            }),
            Err(error) => {
                if error == RecvTimeoutError::Timeout {
                    let _ = child.kill();
                }
                let status = child.wait().unwrap();
                let log = log.lock().unwrap().join("\n");
                Err((status, log))
            }
        }
    }

    /// What the command has said so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// Waits until the command has said something.
    pub(crate) fn wait_for_log(&self, part: &str) {
        let start = Instant::now();
        while !self.log().contains(part) {
            assert!(
                start.elapsed() < BUILD,
                "{part:?} is not in the log:\n{}",
                self.log()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The command's process.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Asks the command to end, and waits until it has.
    pub(crate) fn stop(mut self, signal: Signal) -> ExitStatus {
        kill_process(self.pid(), signal).unwrap();
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "the command does not stop"
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.request("GET", path, &[], b"")
    }

    pub(crate) fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Response {
        request(self.address, method, path, headers, body)
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = kill_process(self.pid(), Signal::TERM);
            let _ = self.child.wait();
        }
    }
}

/// An HTTP response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Sends a request on a connection of its own.
pub(crate) fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Response {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    // A server that refuses the body may close the connection before its end.
    let _ = stream.write_all(body);
    let mut received = Vec::new();
    let _ = stream.read_to_end(&mut received);
    parse(&String::from_utf8(received).unwrap())
}

fn parse(text: &str) -> Response {
    let (head, body) = text
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("no response: {text:?}"));
    let mut lines = head.lines();
    let status = lines
        .next()
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Response {
        status,
        headers,
        body: body.to_owned(),
    }
}

/// Whether a process with this id still runs.
#[cfg(target_os = "linux")]
pub(crate) fn runs(pid: u32) -> bool {
    match std::fs::read_to_string(format!("/proc/{pid}/stat")) {
        // The state follows the program's name, which is in parentheses.
        Ok(stat) => !stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .trim_start()
            .starts_with('Z'),
        Err(_) => false,
    }
}

/// The processes that this process started.
#[cfg(target_os = "linux")]
pub(crate) fn children(parent: Pid) -> Vec<u32> {
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|pid: &u32| {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            let fields = stat.rsplit(')').next().unwrap_or_default();
            fields.split_whitespace().nth(1) == Some(&parent.as_raw_nonzero().to_string())
        })
        .collect()
}
