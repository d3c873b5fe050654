//! A runtime that is a shell script would need an HTTP client, so these tests speak to the API themselves.

use std::{io::Read, io::Write, path::PathBuf};

use super::*;

fn task(invocations: usize, warm_up: usize) -> Task<'static> {
    Task {
        event: b"{\"event\":1}",
        invocations,
        warm_up,
    }
}

/// The API with this test as its process.
fn api(task: Task<'static>) -> Api<'static> {
    let api = Api {
        task,
        state: Mutex::default(),
        process: Process::default(),
        over: AtomicBool::new(false),
    };
    api.process.is(std::process::id());
    api
}

/// What the API answers to these requests on one connection, and what it says of them.
fn answers(api: &Api<'_>, requests: &[&str]) -> (String, Vec<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (stream, _) = listener.accept().unwrap();
    let (heard, hear) = channel();
    for request in requests {
        client.write_all(request.as_bytes()).unwrap();
    }
    client.shutdown(std::net::Shutdown::Write).unwrap();
    api.serve(stream, &heard);
    drop(heard);
    let mut text = String::new();
    client.read_to_string(&mut text).unwrap();
    let said = hear.iter().map(|heard| match heard {
        Heard::Answer(_) => "answer".to_owned(),
        Heard::Idle => "idle".to_owned(),
        Heard::Problem(problem) => problem,
    });
    (text, said.collect())
}

const NEXT: &str = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nhost: a\r\n\r\n";

fn answer(number: usize, body: &str) -> String {
    let id = connection::request_id(number);
    format!(
        "POST /2018-06-01/runtime/invocation/{id}/response HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[test]
fn events_are_handed_out_and_answers_taken() {
    let api = api(task(2, 1));
    let requests = [NEXT, &answer(1, "first"), NEXT, &answer(2, "second"), NEXT];
    let (text, said) = answers(&api, &requests);
    assert_eq!(said, ["answer", "answer", "idle"]);
    assert_eq!(text.matches("{\"event\":1}").count(), 2);
    assert_eq!(text.matches("202 Accepted").count(), 2);
    let state = api.lock();
    assert_eq!(state.answer, b"second");
    assert!(state.warmed_up > Duration::ZERO && state.at_the_end >= state.warmed_up);
}

#[test]
fn answers_that_differ_are_a_problem() {
    let requests = [NEXT, &answer(1, "a"), NEXT, &answer(2, "b"), NEXT];
    let (_, said) = answers(&api(task(2, 0)), &requests);
    assert_eq!(said, ["answer", "answered the same event `a`, then `b`"]);
}

#[test]
fn what_no_runtime_does_is_a_problem() {
    for (requests, problem) in [
        (vec![NEXT, NEXT], "has not answered the last one"),
        (vec![NEXT, &answer(7, "a")], "which waits for no answer"),
        (vec![&*answer(1, "a")], "which waits for no answer"),
        (
            vec!["POST /2018-06-01/runtime/init/error HTTP/1.1\r\nContent-Length: 3\r\n\r\nwhy"],
            "asked for POST /2018-06-01/runtime/init/error: why",
        ),
        (vec!["hello\r\n"], "begins a request with \"hello\""),
    ] {
        let (_, said) = answers(&api(task(2, 0)), &requests);
        let last = said.last().unwrap();
        assert!(last.contains(problem), "{last}");
    }
}

#[test]
fn a_program_that_ends_by_itself_is_no_runtime() {
    let program = Program {
        executable: PathBuf::from("/bin/false"),
        arguments: Vec::new(),
        folder: PathBuf::from("/"),
        handler: "bootstrap",
    };
    let failure = run(&program, task(1, 0)).unwrap_err().to_string();
    assert_eq!(
        failure,
        "`/bin/false` ended before it had answered everything: exit status: 1"
    );
}
