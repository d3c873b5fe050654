//! The running copies of a function.
//!
//! AWS Lambda gives an execution environment one request at a time and starts
//! another environment when all are busy; so does this pool, up to a bound.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::Instant;

use super::environment::{
    Answer, Environment, FunctionError, FunctionSettings, InvokeError, Stream,
};

/// The running copies of a function.
#[derive(Debug)]
pub(super) struct Pool {
    settings: FunctionSettings,
    idle: Mutex<Vec<Environment>>,
    permits: Arc<Semaphore>,
}

impl Pool {
    /// A pool that runs at most `concurrency` copies, and none as yet.
    pub(super) fn new(settings: FunctionSettings, concurrency: usize) -> Arc<Pool> {
        Arc::new(Pool {
            settings,
            idle: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(concurrency.min(Semaphore::MAX_PERMITS))),
        })
    }

    /// Invokes the function for a caller that waits for so long, in an idle environment if there is
    /// one. One that streams its answer is busy up to the stream's end.
    ///
    /// # Errors
    ///
    /// When the function could not be started, died or did not answer in time.
    /// Its environment is then gone, and the next invocation gets another.
    pub(super) async fn invoke(
        self: &Arc<Self>,
        event: Bytes,
        patience: Duration,
    ) -> Result<Answer, InvokeError> {
        let own = self.settings.configuration.lambda_timeout.duration();
        let timeout = patience.min(own);
        // The semaphore is never closed; were it, the bound would just not hold.
        let permit = self.permits.clone().acquire_owned().await;
        let mut environment = match self.take_idle() {
            Some(environment) => environment,
            None => Environment::start(&self.settings).await?,
        };
        let deadline = Instant::now() + timeout;
        let answer = environment.invoke(event, timeout).await;
        let answer = answer.map_err(|error| match error {
            InvokeError::TimedOut(after) if own < patience => InvokeError::FunctionTimedOut(after),
            error => error,
        });
        let stream = match answer? {
            Answer::Stream(stream) => stream,
            answer => {
                self.lock_idle().push(environment);
                return Ok(answer);
            }
        };
        let Stream { prelude, chunks } = stream;
        let (sender, receiver) = mpsc::channel(1);
        let pool = self.clone();
        tokio::spawn(async move {
            let _permit = permit;
            let passed_on = pass_on(chunks, sender);
            if tokio::time::timeout_at(deadline, passed_on).await.is_ok() {
                pool.lock_idle().push(environment);
            }
        });
        Ok(Answer::Stream(Stream {
            prelude,
            chunks: receiver,
        }))
    }

    /// Ends the processes that do nothing.
    pub(super) fn end_idle_processes(&self) {
        self.lock_idle().clear();
    }

    fn take_idle(&self) -> Option<Environment> {
        let mut idle = self.lock_idle();
        while let Some(mut environment) = idle.pop() {
            if environment.is_running() {
                return Some(environment);
            }
        }
        None
    }

    fn lock_idle(&self) -> std::sync::MutexGuard<'_, Vec<Environment>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Passes on a stream, to its end: on AWS Lambda, too, a function goes on when
/// nobody reads what it sends.
async fn pass_on(
    mut from: mpsc::Receiver<Result<Bytes, FunctionError>>,
    to: mpsc::Sender<Result<Bytes, FunctionError>>,
) {
    while let Some(chunk) = from.recv().await {
        drop(to.send(chunk).await);
    }
}
