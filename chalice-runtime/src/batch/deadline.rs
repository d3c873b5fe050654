//! The end of an invocation, as its batch sees it.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
    time::Duration,
};

use tokio::time::{Instant, timeout_at};

/// The most that is kept of an invocation's time for its answer.
const LONGEST_MARGIN: Duration = Duration::from_millis(500);

/// How long before the end of the invocation's time its batch ends: a tenth of
/// what `remaining` is when the batch begins, and at most half a second.
///
/// An invocation that AWS Lambda ends itself is a failed one, whose records
/// are all delivered again. In the margin what has been handled is still
/// reported: it takes in writing the answer, and the way to AWS Lambda.
fn margin(remaining: Duration) -> Duration {
    LONGEST_MARGIN.min(remaining / 10)
}

/// When the handling of records ends, if it does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    /// The deadline of an invocation with that much time from now on.
    pub(super) fn of(remaining: Option<Duration>) -> Deadline {
        Deadline(remaining.and_then(|remaining| {
            // A time that no clock can show is no deadline.
            Instant::now().checked_add(remaining - margin(remaining))
        }))
    }

    pub(super) fn is_over(self) -> bool {
        self.0.is_some_and(|end| end <= Instant::now())
    }

    /// The future's output, or `None` if it is not there in time. What computes
    /// without waiting is not interrupted.
    pub(super) async fn limit<F: Future>(self, future: F) -> Option<F::Output> {
        let Some(end) = self.0 else {
            return Some(future.await);
        };
        // What does not wait needs no timer.
        let mut future = pin!(future);
        let at_once = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await;
        match at_once {
            Poll::Ready(output) => Some(output),
            Poll::Pending => timeout_at(end, future).await.ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins() {
        assert_eq!(margin(Duration::from_secs(3)), Duration::from_millis(300));
        assert_eq!(margin(Duration::from_secs(900)), Duration::from_millis(500));
        assert_eq!(margin(Duration::ZERO), Duration::ZERO);
    }

    #[test]
    fn times() {
        assert!(!Deadline::of(None).is_over());
        assert!(!Deadline::of(Some(Duration::from_secs(60))).is_over());
        assert!(!Deadline::of(Some(Duration::MAX)).is_over());
        assert!(Deadline::of(Some(Duration::ZERO)).is_over());
    }
}
