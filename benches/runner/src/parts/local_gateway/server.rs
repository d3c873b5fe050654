//! A running server, which ends with all of its processes when it is dropped.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use rustix::param::clock_ticks_per_second;
use rustix::process::{Pid, Signal, kill_process};

use super::subject::{ANSWER, Subject};
use crate::{command, failure::Failure, part::Setting};

/// How often is looked whether a server has started or ended.
const PAUSE: Duration = Duration::from_millis(50);
/// How long one answer may take: the first one starts a process, or builds it.
const ANSWER_PATIENCE: Duration = Duration::from_secs(600);
/// How long a server has to end by itself.
const END_PATIENCE: Duration = Duration::from_secs(10);

/// A running server.
pub(super) struct Server {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
    /// The bytes of a right answer, its head included.
    answer_length: u64,
}

impl Server {
    /// Starts it on a free port, and waits until it gives the right answer.
    pub(super) fn start(
        setting: &Setting,
        subject: Subject,
        patience: Duration,
    ) -> Result<Server, Failure> {
        let folder = setting.target.join("local-gateway");
        let log = folder.join(subject.slug()).with_extension("log");
        let file = |error| Failure::File {
            path: log.clone(),
            error,
        };
        fs::create_dir_all(&folder).map_err(file)?;
        let output = File::create(&log).map_err(file)?;
        let errors = output.try_clone().map_err(file)?;
        let address = free_address()?;
        let mut starting = subject.command(setting, address.port());
        eprintln!("$ {}", command::typed(&starting));
        let child = starting
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .map_err(|error| Failure::NotStarted {
                program: command::typed(&starting),
                error,
                remedy: "building this part puts it there",
            })?;
        let mut server = Server {
            child,
            address,
            log,
            answer_length: 0,
        };
        let start = Instant::now();
        while TcpStream::connect(server.address).is_err() {
            server.check_running(subject)?;
            if start.elapsed() > patience {
                return Err(server.unexpected(subject, "does not listen"));
            }
            sleep(PAUSE);
        }
        // Who asks before the function is there may be refused for a while.
        while let Err(failure) = server.check(subject) {
            server.check_running(subject)?;
            if start.elapsed() > patience {
                return Err(failure);
            }
            sleep(PAUSE);
        }
        Ok(server)
    }

    /// The URL of a path on the server.
    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How many bytes a right answer has on a connection that stays open, its head included.
    pub(super) fn answer_length(&self) -> u64 {
        self.answer_length
    }

    /// The CPU time that it has taken so far with all of its running processes, in seconds.
    pub(super) fn cpu_seconds(&self) -> f64 {
        let Ok(id) = i32::try_from(self.child.id()) else {
            return 0.0;
        };
        let processes = parents();
        let family = descendants(id).into_iter().map(|(id, _)| id).chain([id]);
        let ticks: u64 = family
            .filter_map(|id| processes.get(&id))
            .map(|process| process.ticks)
            .sum();
        ticks as f64 / clock_ticks_per_second() as f64
    }

    /// Asks it once, and fails unless the answer is the right one.
    pub(super) fn check(&mut self, subject: Subject) -> Result<(), Failure> {
        self.check_running(subject)?;
        let answer = ask(self.address, subject.path())
            .map_err(|error| self.unexpected(subject, &format!("does not answer: {error}")))?;
        let is_right = answer
            .split_once("\r\n\r\n")
            .is_some_and(|(head, body)| head.starts_with("HTTP/1.1 200 ") && body == ANSWER);
        let closing = answer
            .lines()
            .find(|line| line.eq_ignore_ascii_case("connection: close"))
            .map_or(0, |line| line.len() + "\r\n".len());
        self.answer_length = (answer.len() - closing) as u64;
        match is_right {
            true => Ok(()),
            false => Err(self.unexpected(subject, &format!("gives a wrong answer:\n{answer}\n"))),
        }
    }

    fn check_running(&mut self, subject: Subject) -> Result<(), Failure> {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(self.unexpected(subject, &format!("has ended ({status})"))),
            Err(error) => Err(self.unexpected(subject, &format!("is lost ({error})"))),
        }
    }

    fn unexpected(&self, subject: Subject, problem: &str) -> Failure {
        let log = self.log.display();
        Failure::Unexpected(format!("{subject} {problem}; it said what is in {log}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let Ok(id) = i32::try_from(self.child.id()) else {
            return;
        };
        let family = descendants(id);
        end(id, Signal::TERM);
        let start = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && start.elapsed() < END_PATIENCE {
            sleep(PAUSE);
        }
        // Does nothing to a process that has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // The functions and what supervises them: each ends with the server, or now.
        let running = parents();
        for (id, started) in family {
            if running.get(&id).is_some_and(|it| it.started == started) {
                end(id, Signal::KILL);
            }
        }
    }
}

fn end(id: i32, signal: Signal) {
    if let Some(id) = Pid::from_raw(id) {
        // A process that is gone is what was wanted.
        let _ = kill_process(id, signal);
    }
}

/// A process as the system tells of it.
struct Process {
    parent: i32,
    /// When it started, in the system's ticks: tells it from a later one of the same number.
    started: u64,
    /// The CPU time that it has taken, within and outside of the kernel, in the system's ticks.
    ticks: u64,
}

/// All processes that descend from one, with the times of their start.
fn descendants(of: i32) -> Vec<(i32, u64)> {
    let processes = parents();
    let mut found = Vec::new();
    let mut pending = vec![of];
    while let Some(parent) = pending.pop() {
        for (id, process) in &processes {
            if process.parent == parent {
                found.push((*id, process.started));
                pending.push(*id);
            }
        }
    }
    found
}

/// The processes of this machine, as far as `/proc` tells of them (proc(5), `/proc/pid/stat`).
fn parents() -> HashMap<i32, Process> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return HashMap::new();
    };
    let process = |entry: io::Result<fs::DirEntry>| {
        let entry = entry.ok()?;
        let id: i32 = entry.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        // Behind the name of the program, which may hold anything: field 3 and those after it.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let process = Process {
            parent: fields.get(1)?.parse().ok()?,
            started: fields.get(19)?.parse().ok()?,
            ticks: fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?,
        };
        Some((id, process))
    };
    entries.filter_map(process).collect()
}

/// A port that nobody listens on now.
fn free_address() -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    listener
        .and_then(|listener| listener.local_addr())
        .map_err(|error| Failure::Unexpected(format!("no port of 127.0.0.1 is free: {error}")))
}

/// The whole answer, head and body.
fn ask(address: SocketAddr, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(ANSWER_PATIENCE))?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_server_ends_with_what_it_has_started() {
        let mut shell = Command::new("sh");
        // The shell that is asked to end leaves its child behind.
        let child = shell.args(["-c", "sleep 600 & sleep 600; true"]).spawn();
        let child = child.unwrap();
        let id = i32::try_from(child.id()).unwrap();
        let mut family = Vec::new();
        while family.len() < 2 {
            family = descendants(id);
        }
        drop(Server {
            child,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            log: PathBuf::new(),
            answer_length: 0,
        });
        let start = Instant::now();
        let is_running = |(id, started): &(i32, u64)| {
            let processes = parents();
            processes.get(id).is_some_and(|it| it.started == *started)
        };
        while family.iter().any(is_running) {
            assert!(start.elapsed() < END_PATIENCE);
            sleep(PAUSE);
        }
    }
}
