//! States and locks in files of the project.

mod lock;
mod state;

use std::{
    env,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use chalice_deploy::{DeployedState, LambdaFunction, LocalStore, Record};

/// The folder of the process that a test has started: it runs the same test, and plays another part.
const FOLDER: &str = "CHALICE_DEPLOY_TEST_FOLDER";

/// The folder `.chalice` of the test that has started this process, if one has.
fn folder_of_parent() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

/// Starts this test again, in a process of its own, and waits until it says that it is ready.
fn start_again(test: &str, folder: &Path) -> Child {
    let mut child = Command::new(env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let is_ready = lines
        .map_while(Result::ok)
        .any(|line| line.ends_with("ready"));
    assert!(is_ready, "the process has ended too early");
    child
}

/// Tells the test that has started this process that it is ready.
fn say_ready() {
    std::io::stdout().write_all(b"ready\n").unwrap();
}

fn store(folder: &Path) -> LocalStore {
    LocalStore::new(folder, "shop", "dev").unwrap()
}

fn state(names: &[&str]) -> DeployedState {
    let mut state = DeployedState::default();
    for name in names {
        let function = LambdaFunction {
            lambda_arn: Some(format!(
                "arn:aws:lambda:eu-west-1:123456789012:function:{name}"
            )),
        };
        state.put(Record::new(*name, function));
    }
    state
}
