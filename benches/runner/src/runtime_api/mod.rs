//! A Runtime API on loopback: starts a runtime, gives it events, takes its answers, and says what the
//! process needed (AWS, "Using the Lambda runtime API for custom runtimes").
//!
//! The API runs in the threads of this program, so that nothing of it counts.

mod callgrind;
mod connection;
mod environment;
mod process;

use std::{
    io,
    net::{TcpListener, TcpStream},
    process::{Command, Stdio},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use connection::{Connection, Request};
use process::Process;

use crate::{command::typed, failure::Failure};

pub(crate) use callgrind::instructions;
pub(crate) use environment::Program;

/// How long a runtime may be silent: under callgrind, Python takes half a minute to start.
const PATIENCE: Duration = Duration::from_secs(240);

/// How often one looks whether a silent process is still there.
const GLANCE: Duration = Duration::from_millis(250);

/// What a runtime is given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task<'a> {
    /// The event of every invocation, as JSON.
    pub(crate) event: &'a [u8],
    /// How many invocations there are.
    pub(crate) invocations: usize,
    /// How many of them are over before the others' processor time is taken.
    pub(crate) warm_up: usize,
}

/// What a process needed.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// From before the process is started until its first answer is there.
    pub(crate) first_answer: Duration,
    /// User and system time of the process, from its start until it asks for the event after the last one.
    pub(crate) processor_time: Duration,
    /// The same of the invocations after the first `warm_up`, all of them together.
    pub(crate) warm_processor_time: Duration,
    /// The most memory that was resident, in bytes.
    pub(crate) peak_memory: u64,
    /// The answer to the last event. It is the same as the others, but for the first `warm_up`.
    pub(crate) answer: Vec<u8>,
}

/// Runs the command with an API of its own, until it has answered everything and asks for more.
pub(crate) fn run(program: &Program, task: Task<'_>) -> Result<Run, Failure> {
    run_under(&[], program, task)
}

/// The same under another program, such as valgrind: the words that stand before the program's own.
fn run_under(wrapper: &[String], program: &Program, task: Task<'_>) -> Result<Run, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(no_api)?;
    let address = listener.local_addr().map_err(no_api)?;
    let (heard, hear) = channel();
    let api = Api {
        task,
        state: Mutex::new(State::default()),
        process: Process::default(),
        over: AtomicBool::new(false),
    };
    thread::scope(|scope| {
        let (api, listener) = (&api, &listener);
        scope.spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                if api.over.load(Ordering::Acquire) {
                    return;
                }
                let heard = heard.clone();
                scope.spawn(move || api.serve(stream, &heard));
            }
        });
        let mut command = program.command(wrapper, &address);
        let ended = converse(api, &mut command, &hear);
        api.over.store(true, Ordering::Release);
        // Wakes the thread that waits for connections.
        drop(TcpStream::connect(address));
        ended
    })
}

/// Starts the process, waits for it to be idle, and ends it.
fn converse(api: &Api<'_>, command: &mut Command, hear: &Receiver<Heard>) -> Result<Run, Failure> {
    let words = typed(command);
    let failed = |what: String| Failure::Unexpected(format!("`{words}` {what}"));
    let before = process::children_processor_time()?;
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| failed(format!("could not be started: {error}")))?;
    api.process.is(child.id());
    let mut first_answer = None;
    let mut heard_at = started;
    let heard = loop {
        match hear.recv_timeout(GLANCE) {
            Ok(Heard::Answer(at)) => {
                first_answer.get_or_insert(at);
                heard_at = at;
            }
            Ok(Heard::Idle) => break Ok(()),
            Ok(Heard::Problem(problem)) => break Err(problem),
            Err(RecvTimeoutError::Disconnected) => break Err("cannot be heard".to_owned()),
            Err(RecvTimeoutError::Timeout) => {
                if let Ok(Some(status)) = child.try_wait() {
                    // Not to be signalled: its number may be another one's by now.
                    let what = format!("ended before it had answered everything: {status}");
                    return Err(failed(what));
                }
                if heard_at.elapsed() > PATIENCE {
                    break Err("stopped answering".to_owned());
                }
            }
        }
    };
    let peak_memory = api.process.peak_memory();
    // Terminated and not killed: so callgrind writes down what it has counted.
    api.process.terminate();
    child.wait().map_err(|error| failed(error.to_string()))?;
    heard.map_err(&failed)?;
    let state = api.lock();
    Ok(Run {
        first_answer: first_answer
            .ok_or_else(|| failed("answered nothing".to_owned()))?
            .duration_since(started),
        processor_time: process::children_processor_time()?.saturating_sub(before),
        warm_processor_time: state.at_the_end.saturating_sub(state.warmed_up),
        peak_memory: peak_memory?,
        answer: state.answer.clone(),
    })
}

fn no_api(error: io::Error) -> Failure {
    Failure::Unexpected(format!(
        "no Runtime API could be opened on loopback: {error}"
    ))
}

/// What the connections say to whoever runs the process.
enum Heard {
    /// An answer is there, since that moment.
    Answer(Instant),
    /// Everything is answered.
    Idle,
    /// The process did what a runtime does not do.
    Problem(String),
}

/// What the connections share.
struct Api<'a> {
    task: Task<'a>,
    state: Mutex<State>,
    process: Process,
    over: AtomicBool,
}

#[derive(Default)]
struct State {
    /// How many events were handed out, and how many are answered.
    handed_out: usize,
    answered: usize,
    answer: Vec<u8>,
    warmed_up: Duration,
    at_the_end: Duration,
}

impl Api<'_> {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers the requests of one connection, until the process is gone.
    fn serve(&self, stream: TcpStream, heard: &Sender<Heard>) {
        let served = self.requests(stream, heard);
        if let Err(problem) = served
            && !self.over.load(Ordering::Acquire)
        {
            // Nobody listens once the run is over.
            let _ = heard.send(Heard::Problem(problem));
        }
    }

    fn requests(&self, stream: TcpStream, heard: &Sender<Heard>) -> Result<(), String> {
        let mut connection = Connection::new(stream).map_err(|error| error.to_string())?;
        while let Some(request) = connection.read()? {
            let path: Vec<&str> = request.path.split('/').skip(1).collect();
            let written = match (request.method.as_str(), path.as_slice()) {
                ("GET", ["2018-06-01", "runtime", "invocation", "next"]) => match self.next()? {
                    Some(id) => connection.write_event(id, self.task.event),
                    None => {
                        let _ = heard.send(Heard::Idle);
                        continue;
                    }
                },
                ("POST", ["2018-06-01", "runtime", "invocation", id, "response"]) => {
                    let at = Instant::now();
                    self.answer(id, &request)?;
                    let _ = heard.send(Heard::Answer(at));
                    connection.write_accepted()
                }
                (method, _) => {
                    return Err(format!(
                        "asked for {method} {}: {}",
                        request.path,
                        String::from_utf8_lossy(&request.body)
                    ));
                }
            };
            written.map_err(|error| format!("hung up: {error}"))?;
        }
        Ok(())
    }

    /// The number of the next event; nothing where there are no more.
    fn next(&self) -> Result<Option<usize>, String> {
        let mut state = self.lock();
        if state.handed_out != state.answered {
            return Err("asked for an event and has not answered the last one".to_owned());
        }
        if state.answered == self.task.warm_up {
            state.warmed_up = self.process.processor_time()?;
        }
        if state.answered == self.task.invocations {
            state.at_the_end = self.process.processor_time()?;
            return Ok(None);
        }
        state.handed_out += 1;
        Ok(Some(state.handed_out))
    }

    fn answer(&self, id: &str, request: &Request) -> Result<(), String> {
        let mut state = self.lock();
        if id != connection::request_id(state.handed_out) || state.handed_out == state.answered {
            return Err(format!("answered {id}, which waits for no answer"));
        }
        state.answered += 1;
        if state.answered > self.task.warm_up + 1 && state.answer != request.body {
            return Err(format!(
                "answered the same event `{}`, then `{}`",
                String::from_utf8_lossy(&state.answer),
                String::from_utf8_lossy(&request.body)
            ));
        }
        state.answer.clone_from(&request.body);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
