//! Secrets of a request stay out of the log, whatever goes wrong with it.

use std::{
    io,
    sync::{Arc, Mutex},
};

use chalice::{prelude::*, test::Client, tracing};
use tracing_subscriber::fmt::MakeWriter;

#[route("/panics")]
fn panics() -> String {
    panic!("out of coffee")
}

#[route("/fails")]
fn fails() -> Result<String> {
    Ok(std::fs::read_to_string("/no/such/file")?)
}

#[route("/shows")]
fn shows(request: &Request) -> Response {
    // What apps do when they look for a mistake.
    tracing::info!(headers = ?request.headers(), request = ?request, "received");
    Response::text("fine").with_header("set-cookie", "session=hunter2; Secure")
}

#[app]
static APP: App = App {
    name: "secrets",
    handlers: [panics, fails, shows],
};

/// What has been logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

#[tokio::test]
async fn no_line_has_a_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let client = Client::new(&APP).await.unwrap();
    let _guard = tracing::subscriber::set_default(subscriber);
    for path in ["/panics", "/fails", "/shows", "/nowhere"] {
        client
            .http()
            .get(path)
            .header("authorization", "Bearer hunter2")
            .header("cookie", "session=hunter2")
            .header("x-api-key", "hunter2")
            .header("x-amz-security-token", "hunter2")
            .await;
    }
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        text.contains("out of coffee") && text.contains("received"),
        "{text}"
    );
    assert!(!text.contains("hunter2"), "{text}");
}
