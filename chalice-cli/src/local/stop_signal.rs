//! Ctrl-C, and how a process manager asks a program to end.

use std::future::Future;

/// Starts to listen for the signals, and returns what is ready once one came.
#[cfg(unix)]
pub(super) fn received() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Returns what is ready once Ctrl-C was pressed.
#[cfg(not(unix))]
pub(super) fn received() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
