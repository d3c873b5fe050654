//! The running copies of a function.
//!
//! AWS Lambda gives an execution environment one request at a time and starts
//! another environment when all are busy; so does this pool, up to a bound.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::Semaphore;

use super::environment::{Answer, Environment, FunctionSettings, InvokeError};

/// The running copies of a function.
pub(super) struct Pool {
    settings: FunctionSettings,
    idle: Mutex<Vec<Environment>>,
    permits: Semaphore,
}

impl Pool {
    /// A pool that runs at most `concurrency` copies, and none as yet.
    pub(super) fn new(settings: FunctionSettings, concurrency: usize) -> Pool {
        Pool {
            settings,
            idle: Mutex::new(Vec::new()),
            permits: Semaphore::new(concurrency.min(Semaphore::MAX_PERMITS)),
        }
    }

    /// Invokes the function, in an idle environment if there is one.
    ///
    /// # Errors
    ///
    /// When the function could not be started, died or did not answer in time.
    /// Its environment is then gone, and the next invocation gets another.
    pub(super) async fn invoke(&self, event: Bytes) -> Result<Answer, InvokeError> {
        // The semaphore is never closed; were it, the bound would just not hold.
        let _permit = self.permits.acquire().await;
        let mut environment = match self.take_idle() {
            Some(environment) => environment,
            None => Environment::start(&self.settings).await?,
        };
        let answer = environment.invoke(event).await?;
        self.lock_idle().push(environment);
        Ok(answer)
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
