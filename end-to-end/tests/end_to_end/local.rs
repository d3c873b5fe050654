//! `cargo chalice local` as a developer runs it.

use std::{
    env,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, ChildStderr, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
};

use rustix::process::{Pid, Signal, kill_process};

use crate::{
    cargo::{forget_this_package, target_directory, workspace},
    new_project::cargo_chalice,
};

/// A local server; it ends when this is dropped.
pub(crate) struct Local {
    process: Child,
    address: SocketAddr,
    log: Arc<Mutex<String>>,
}

impl Local {
    /// Builds that package of the workspace, and serves it on a free port, with these environment variables and no
    /// other of AWS's.
    #[track_caller]
    pub(crate) fn start(package: &str, environment: &[(&str, &str)]) -> Local {
        let mut command = Command::new(cargo_chalice());
        forget_this_package(&mut command);
        for (name, _) in env::vars_os() {
            if name.to_string_lossy().starts_with("AWS_") {
                command.env_remove(name);
            }
        }
        let mut process = command
            .current_dir(workspace())
            .args(["chalice", "local", "--port", "0", "--no-autoreload"])
            .args(["--package", package])
            .env("CARGO_TARGET_DIR", target_directory())
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(process.stderr.take().unwrap());
        let Some((address, said)) = address(&mut stderr) else {
            panic!("the command ended with {}", process.wait().unwrap());
        };
        let log = Arc::new(Mutex::new(said));
        let of_thread = Arc::clone(&log);
        // Or else it could say no more at some time.
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let mut log = of_thread.lock().unwrap();
                *log += &line;
                log.push('\n');
            }
        });
        Local {
            process,
            address,
            log,
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has said so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

/// Where the command says that it serves, and all that it has said until then; none if it ends instead, and
/// then what it has said is on the standard error.
fn address(stderr: &mut BufReader<ChildStderr>) -> Option<(SocketAddr, String)> {
    let mut said = String::new();
    loop {
        let start = said.len();
        if stderr.read_line(&mut said).ok()? == 0 {
            eprintln!("{said}");
            return None;
        }
        let address = said[start..].trim().strip_prefix("Serving on http://");
        if let Some(address) = address.and_then(|address| address.parse().ok()) {
            return Some((address, said));
        }
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        // Asked, it ends the app's processes, too. Nobody is left who could use an error.
        let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
        let _ = self.process.wait();
    }
}
