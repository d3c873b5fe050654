//! A stand-in for AWS Lambda's Runtime API, and programs that run against it.

use std::{
    collections::VecDeque,
    env,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use serde_json::Value;

/// The API; hands out its events, and then lets the program wait.
pub(super) struct RuntimeApi {
    address: SocketAddr,
    posts: Receiver<Post>,
}

/// What a program posted.
pub(super) struct Post {
    /// The path after `/2018-06-01/runtime`.
    pub(super) path: String,
    pub(super) error_type: Option<String>,
    pub(super) body: Value,
}

impl RuntimeApi {
    /// Starts the API, with events and their request ids.
    pub(super) fn start(events: impl IntoIterator<Item = (String, String)>) -> RuntimeApi {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let events: Arc<Mutex<VecDeque<_>>> = Arc::new(Mutex::new(events.into_iter().collect()));
        let (sender, posts) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (events, sender) = (Arc::clone(&events), sender.clone());
                thread::spawn(move || serve(stream.unwrap(), &events, &sender));
            }
        });
        RuntimeApi { address, posts }
    }

    /// Starts the sample app with Lambda's environment, and with or without `variables`.
    pub(super) fn program(&self, variables: &[(&str, Option<&str>)]) -> Program {
        let mut command = command();
        command
            .env("AWS_LAMBDA_RUNTIME_API", self.address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "sample-test")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128");
        for (name, value) in variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        Program::start(&mut command)
    }

    /// The next thing that a program posts.
    pub(super) fn post(&self) -> Post {
        self.posts
            .recv_timeout(Duration::from_secs(60))
            .expect("the program posts something")
    }
}

/// This test executable, about to run the test that runs the sample app.
pub(super) fn command() -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "entry::tests::outside_of_lambda_the_program_explains_itself",
            "--nocapture",
        ])
        .env_remove("_HANDLER")
        .env_remove("AWS_LAMBDA_MAX_CONCURRENCY")
        .env_remove("AWS_LAMBDA_LOG_FORMAT")
        .env_remove("AWS_LAMBDA_LOG_LEVEL")
        .env_remove("RUST_LOG")
        .env_remove("RUST_BACKTRACE")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A running program, ended when it is dropped.
pub(super) struct Program {
    child: Child,
    stdout: Option<JoinHandle<String>>,
    stderr: Option<JoinHandle<String>>,
}

/// Reads all of it on the side: a program waits when nobody reads what it writes.
fn read(mut from: impl Read + Send + 'static) -> Option<JoinHandle<String>> {
    Some(thread::spawn(move || {
        let mut text = String::new();
        from.read_to_string(&mut text).unwrap();
        text
    }))
}

impl Program {
    fn start(command: &mut Command) -> Program {
        let mut child = command.spawn().unwrap();
        Program {
            stdout: child.stdout.take().and_then(read),
            stderr: child.stderr.take().and_then(read),
            child,
        }
    }

    /// Waits for the program to end by itself; its log.
    pub(super) fn failed(mut self) -> Log {
        assert!(!self.child.wait().unwrap().success());
        self.log()
    }

    /// Ends the program; its log.
    pub(super) fn end(mut self) -> Log {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.log()
    }

    fn log(&mut self) -> Log {
        let [stdout, stderr] = [&mut self.stdout, &mut self.stderr]
            .map(|reader| reader.take().unwrap().join().unwrap());
        Log::of(&stdout, stderr)
    }
}

/// What a program wrote.
#[derive(Debug)]
pub(super) struct Log {
    /// The lines of JSON on stdout; beside them is what a test executable prints.
    pub(super) json: Vec<Value>,
    pub(super) stderr: String,
}

impl Log {
    fn of(stdout: &str, stderr: String) -> Log {
        let json = stdout
            .lines()
            .filter_map(|line| Some(&line[line.find('{')?..]))
            .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
            .collect();
        Log { json, stderr }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended, by itself or by `end`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Answers the requests of one connection.
fn serve(stream: TcpStream, events: &Mutex<VecDeque<(String, String)>>, posts: &Sender<Post>) {
    let mut writer = stream.try_clone().unwrap();
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let mut words = line.split(' ');
        let (method, path) = (
            words.next().unwrap().to_owned(),
            words.next().unwrap().to_owned(),
        );
        let (mut length, mut error_type) = (0, None);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let Some((name, value)) = line.trim().split_once(": ") else {
                break;
            };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap(),
                "lambda-runtime-function-error-type" => error_type = Some(value.to_owned()),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let path = path.strip_prefix("/2018-06-01/runtime").unwrap().to_owned();
        if method == "GET" {
            assert_eq!(path, "/invocation/next");
            let Some((id, event)) = events.lock().unwrap().pop_front() else {
                // No more events: the program waits until it is ended.
                let _ = reader.read(&mut [0]);
                return;
            };
            write!(
                writer,
                "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: {id}\r\n\
                 Lambda-Runtime-Deadline-Ms: 4102444800000\r\n\
                 Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:sample\r\n\
                 Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{event}",
                event.len(),
            )
            .unwrap();
        } else {
            let body = serde_json::from_slice(&body).unwrap();
            let _ = posts.send(Post {
                path,
                error_type,
                body,
            });
            writer
                .write_all(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
                .unwrap();
        }
    }
}
