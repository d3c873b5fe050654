//! Panics: one line each, with message and location.

use std::{
    any::Any,
    backtrace::{Backtrace, BacktraceStatus},
    cell::Cell,
    future::Future,
    panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook},
    pin::Pin,
    sync::Once,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;
use tracing::{Level, field};

use super::TARGET;
use crate::generated::panic_message;

thread_local! {
    /// Whether the hook has logged a panic since a future was polled last.
    static LOGGED: Cell<bool> = const { Cell::new(false) };
}

/// Logs every panic from now on, of handlers as well as of threads and tasks.
///
/// The hook runs where the panic happens, hence in the span of its invocation.
/// What the hook before it would write comes instead of the line only where
/// the log does not take `ERROR` lines.
pub(super) fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = take_hook();
        set_hook(Box::new(move |info| {
            if tracing::event_enabled!(target: TARGET, Level::ERROR) {
                log(info);
                LOGGED.set(true);
            } else {
                previous(info);
            }
        }));
    });
}

fn log(info: &PanicHookInfo<'_>) {
    let backtrace = Backtrace::capture();
    let captured = backtrace.status() == BacktraceStatus::Captured;
    tracing::error!(
        target: TARGET,
        location = info.location().map(field::display),
        backtrace = captured.then(|| field::display(&backtrace)),
        "panicked: {}",
        panic_message(info.payload()),
    );
}

/// A panic that ended a future.
pub(crate) struct Panic {
    payload: Box<dyn Any + Send>,
    logged: bool,
}

impl Panic {
    /// What it says.
    pub(crate) fn message(&self) -> &str {
        panic_message(&*self.payload)
    }

    /// Logs it, unless the hook has: not so in tests, nor where a panic was
    /// taken from another task and resumed.
    pub(crate) fn log(&self) {
        if !self.logged {
            tracing::error!(target: TARGET, "panicked: {}", self.message());
        }
    }
}

/// What the function returns, or the panic that ended it.
pub(crate) fn caught_in<T>(run: impl FnOnce() -> T) -> Result<T, Panic> {
    LOGGED.set(false);
    catch_unwind(AssertUnwindSafe(run)).map_err(|payload| Panic {
        payload,
        logged: LOGGED.take(),
    })
}

pin_project! {
    /// The output of a future, or the panic that ended it.
    ///
    /// A type of its own and not an `async fn`, which would have room for the future twice: once as its
    /// argument, once where it is polled. Nested, as middleware and handlers are, that doubles with every level.
    pub(crate) struct Caught<F> {
        #[pin]
        future: F,
    }
}

impl<F: Future> Future for Caught<F> {
    type Output = Result<F::Output, Panic>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let future = self.project().future;
        // What panicked is not polled again.
        match caught_in(|| future.poll(context)) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    }
}

/// The future's output, or the panic that ended it.
pub(crate) fn caught<F: Future>(future: F) -> Caught<F> {
    Caught { future }
}
