//! The log: what handlers and the framework say through `tracing`, as lines
//! that AWS Lambda sends to CloudWatch Logs.
//!
//! What a line says of its invocation travels in a span, hence with the task
//! and not with the process: Lambda may send several events at a time.

mod cause_chain;
mod escape;
mod fields;
mod filter;
mod invocation;
mod json;
mod line;
pub(crate) mod panic;
mod settings;
mod spans;
mod subscriber;
mod text;
mod timestamp;
mod value;

use std::{
    any::type_name,
    env,
    error::Error,
    fmt,
    io::{self, Write},
    iter,
};

use chalice_core::crate_names::crate_names;
use http::StatusCode;

pub(crate) use cause_chain::CauseChain;
pub(crate) use invocation::{answered_by, invocation};

use crate::{Application, FunctionError, batch::RecordFailure};
use settings::{Format, Settings};
use subscriber::Log;

/// The target of the framework's own lines.
pub(crate) const TARGET: &str = "chalice";

/// Makes the log that of a Lambda function, unless the app has installed a
/// subscriber of its own; panics are logged either way.
pub(crate) fn start<A: Application>() {
    install::<A>(Format::Json, |format, line| match format {
        Format::Json => write(&mut io::stdout().lock(), line),
        Format::Text => write(&mut io::stderr().lock(), line),
    });
    panic::install_hook();
}

/// Makes the log one that `cargo test` shows beside the test that fails,
/// unless the tests have installed a subscriber of their own.
#[cfg(feature = "test")]
pub(crate) fn start_in_test<A: Application>() {
    // The macro, and nothing else, writes to where the test harness looks.
    install::<A>(Format::Text, |_, line| eprint!("{line}"));
}

fn install<A: Application>(default_format: Format, write: fn(Format, &str)) {
    let (settings, problems) =
        Settings::new(|name| env::var(name).ok(), default_format, crates::<A>);
    let format = settings.format;
    let log = Log::new(settings, move |line: &str| write(format, line));
    if tracing::subscriber::set_global_default(log).is_ok() {
        for problem in problems {
            tracing::warn!(target: TARGET, "{problem}");
        }
    }
}

/// Writes a line at once, so that the lines of several threads do not mix.
fn write(output: &mut impl Write, line: &str) {
    // A log that cannot be written to is no reason to fail the request.
    let _ = output
        .write_all(line.as_bytes())
        .and_then(|()| output.flush());
}

/// The crates that the app and its handlers are written in.
fn crates<A: Application>() -> Vec<&'static str> {
    let of_app = type_name::<A>();
    let of_app = of_app.split("::").next().unwrap_or(of_app);
    let handlers = const { crate_names(A::DEF.get()) };
    let others = handlers.iter().filter(|name| *name != of_app);
    iter::once(of_app).chain(others).collect()
}

/// One line about an error that a handler returned, and that was answered with `status`.
pub(crate) fn handler_error(error: &(dyn Error + 'static), status: StatusCode) {
    tracing::error!(
        target: TARGET,
        error,
        status = status.as_u16(),
        "the handler returned an error"
    );
}

/// One line about a record of a batch that has failed, and that its source sends again.
pub(crate) fn record_failure(item_identifier: &str, failure: &RecordFailure<FunctionError>) {
    match failure {
        RecordFailure::Error(error) => tracing::error!(
            target: TARGET,
            error = error.cause(),
            errorType = error.error_type(),
            itemIdentifier = item_identifier,
            "the handler failed with a record: {}",
            error.message()
        ),
        RecordFailure::Panic(message) => tracing::error!(
            target: TARGET,
            itemIdentifier = item_identifier,
            "the handler panicked with a record: {message}"
        ),
        RecordFailure::OutOfTime => tracing::error!(
            target: TARGET,
            itemIdentifier = item_identifier,
            "the invocation's time is nearly over: a record was not handled"
        ),
        RecordFailure::GroupFailed => tracing::warn!(
            target: TARGET,
            itemIdentifier = item_identifier,
            "a record waits for one of its group that has failed"
        ),
    }
}

/// One line about an error that middleware or a layer returned, and that was answered with `status`.
pub(crate) fn middleware_error(error: &(dyn Error + 'static), status: StatusCode) {
    tracing::error!(
        target: TARGET,
        error,
        status = status.as_u16(),
        "middleware returned an error"
    );
}

/// A text for whoever started the program by hand.
pub(crate) fn plain(message: impl fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}

#[cfg(test)]
mod tests;
