//! Locks in Amazon S3: `<app>/<stage>.lock`.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use tokio::{task::JoinHandle, time::sleep};

use super::{
    BoxFuture, Holder, LockError, StageLock, StoreError,
    bucket::{Bucket, Condition, Outcome},
};

/// How a lock in S3 stays alive.
///
/// Its holder writes it again every `renewal`. A lock that has not been written for `expiry` belongs to a deployment
/// that is gone, and the next one takes it. How old it is says S3, by the headers `Date` and `Last-Modified` of one
/// answer: no other clock has a part in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockTimes {
    /// How often it is renewed. Default: 20 seconds.
    pub renewal: Duration,
    /// After what time without renewal it has expired, in whole seconds. Default: 2 minutes.
    pub expiry: Duration,
}

impl Default for LockTimes {
    fn default() -> LockTimes {
        LockTimes {
            renewal: Duration::from_secs(20),
            expiry: Duration::from_secs(120),
        }
    }
}

/// The object.
#[derive(Debug, Serialize, Deserialize)]
struct Content {
    #[serde(flatten)]
    holder: Holder,
    /// The holder's own: others may be of another version.
    expires_after_seconds: u64,
    /// With each renewal the object differs, and so does its ETag.
    renewals: u64,
}

impl Content {
    fn of(holder: &Holder, times: LockTimes, renewals: u64) -> Content {
        Content {
            holder: holder.clone(),
            expires_after_seconds: times.expiry.as_secs(),
            renewals,
        }
    }

    fn to_text(&self) -> String {
        // Texts and numbers have a form in JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Where the lock of a stage is.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) bucket: Arc<Bucket>,
    pub(super) key: String,
    pub(super) stage: String,
}

/// A lock that is held.
#[derive(Debug)]
pub(super) struct S3Lock {
    place: Place,
    holder: Holder,
    held: Arc<Mutex<Held>>,
    times: LockTimes,
    heartbeat: JoinHandle<()>,
}

/// What is known of it.
#[derive(Debug)]
struct Held {
    etag: String,
    /// Before the last request that has renewed it.
    renewed: Instant,
    lost: Option<String>,
}

/// How often it is tried to get it, when others let it go in between.
const ATTEMPTS: usize = 10;

impl S3Lock {
    pub(super) async fn acquire(
        place: Place,
        holder: Holder,
        times: LockTimes,
    ) -> Result<S3Lock, LockError> {
        let text = Content::of(&holder, times, 0).to_text();
        let mut known: Option<Holder> = None;
        for _ in 0..ATTEMPTS {
            let before = Instant::now();
            match place.put(&text, Condition::Absent).await? {
                Outcome::Written(etag) => {
                    return Ok(S3Lock::held(place, holder, times, etag, before));
                }
                Outcome::Refused => {}
            }
            let Some(object) = place.get().await? else {
                // Its holder has given it back.
                continue;
            };
            let content: Option<Content> = serde_json::from_slice(&object.bytes).ok();
            if content.as_ref().is_some_and(|it| it.holder.id == holder.id) {
                // It was written by a request whose answer has been lost.
                return Ok(S3Lock::held(place, holder, times, object.etag, before));
            }
            let expiry = content
                .as_ref()
                .map(|it| Duration::from_secs(it.expires_after_seconds));
            known = content.map(|it| it.holder);
            let is_expired = object
                .age
                .zip(expiry)
                .is_some_and(|(age, expiry)| age >= expiry);
            if !is_expired {
                return Err(place.held_by(known, object.age));
            }
            let before = Instant::now();
            match place.put(&text, Condition::Is(&object.etag)).await? {
                Outcome::Written(etag) => {
                    return Ok(S3Lock::held(place, holder, times, etag, before));
                }
                // It was renewed after all, or another has been faster.
                Outcome::Refused => {}
            }
        }
        Err(place.held_by(known, None))
    }

    fn held(
        place: Place,
        holder: Holder,
        times: LockTimes,
        etag: String,
        renewed: Instant,
    ) -> S3Lock {
        let held = Arc::new(Mutex::new(Held {
            etag,
            renewed,
            lost: None,
        }));
        let heartbeat = keep_alive(place.clone(), holder.clone(), times, Arc::clone(&held));
        S3Lock {
            place,
            holder,
            held,
            times,
            heartbeat: tokio::spawn(heartbeat),
        }
    }
}

/// Renews a lock until it is lost.
async fn keep_alive(place: Place, holder: Holder, times: LockTimes, held: Arc<Mutex<Held>>) {
    for renewals in 1.. {
        sleep(times.renewal).await;
        let text = Content::of(&holder, times, renewals).to_text();
        let etag = lock(&held).etag.clone();
        let before = Instant::now();
        let outcome = match place.put(&text, Condition::Is(&etag)).await {
            Ok(Outcome::Refused) => place.etag_of(&holder).await,
            Ok(Outcome::Written(etag)) => Ok(Some(etag)),
            Err(error) => Err(error),
        };
        let mut held = lock(&held);
        match outcome {
            Ok(Some(etag)) => {
                held.etag = etag;
                held.renewed = before;
            }
            Ok(None) => {
                held.lost =
                    Some("somebody else has taken it, or `--unlock` has taken it away".to_owned());
                return;
            }
            // The next attempt may succeed; `check` says when it is too late.
            Err(_) => {}
        }
    }
}

fn lock(held: &Mutex<Held>) -> std::sync::MutexGuard<'_, Held> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Place {
    async fn put(&self, text: &str, condition: Condition<'_>) -> Result<Outcome, LockError> {
        self.bucket
            .put(&self.key, text, condition)
            .await
            .map_err(failed)
    }

    async fn get(&self) -> Result<Option<super::bucket::Object>, LockError> {
        self.bucket.get(&self.key).await.map_err(failed)
    }

    fn location(&self) -> String {
        self.bucket.url(&self.key)
    }

    /// The ETag of the lock, if it is that holder's.
    async fn etag_of(&self, holder: &Holder) -> Result<Option<String>, LockError> {
        let Some(object) = self.get().await? else {
            return Ok(None);
        };
        let content: Option<Content> = serde_json::from_slice(&object.bytes).ok();
        let is_ours = content.is_some_and(|it| it.holder.id == holder.id);
        Ok(is_ours.then_some(object.etag))
    }

    fn held_by(&self, holder: Option<Holder>, age: Option<Duration>) -> LockError {
        let seconds = age.map(|age| age.as_secs());
        let hint = match (&holder, seconds) {
            (None, _) => "The lock cannot be read, so that it does not expire: if that deployment is gone, run the \
                          command with `--unlock`"
                .to_owned(),
            (Some(_), Some(seconds)) => format!(
                "It has shown itself {seconds} seconds ago, and loses the lock when it does not for a while: wait, or \
                 run the command with `--unlock` if that deployment is gone"
            ),
            (Some(_), None) => "Wait for it to end".to_owned(),
        };
        LockError::Held {
            stage: self.stage.clone(),
            location: self.location(),
            holder: holder.map(Box::new),
            hint,
        }
    }

    /// Takes the lock away from whoever has it.
    pub(super) async fn unlock(&self) -> Result<Option<Holder>, LockError> {
        for _ in 0..ATTEMPTS {
            let Some(object) = self.get().await? else {
                return Ok(None);
            };
            let deleted = self.bucket.delete(&self.key, &object.etag).await;
            if deleted.map_err(failed)? {
                let content: Option<Content> = serde_json::from_slice(&object.bytes).ok();
                return Ok(content.map(|it| it.holder));
            }
            // It has been renewed in between.
        }
        Err(self.held_by(None, None))
    }
}

fn failed(error: StoreError) -> LockError {
    LockError::Store(Box::new(error))
}

impl StageLock for S3Lock {
    fn check(&self) -> Result<(), LockError> {
        let held = lock(&self.held);
        let reason = match &held.lost {
            Some(reason) => reason.clone(),
            // Sooner than for S3, which counts in whole seconds.
            None if held.renewed.elapsed() < self.times.expiry * 9 / 10 => return Ok(()),
            None => "Amazon S3 could not be reached for so long that it has expired".to_owned(),
        };
        Err(LockError::Lost {
            stage: self.place.stage.clone(),
            location: self.place.location(),
            reason,
        })
    }

    fn release(self: Box<Self>) -> BoxFuture<'static, Result<(), LockError>> {
        Box::pin(async move {
            self.heartbeat.abort();
            let etag = lock(&self.held).etag.clone();
            let deleted = self.place.bucket.delete(&self.place.key, &etag).await;
            if deleted.map_err(failed)? {
                return Ok(());
            }
            // A renewal was on its way. What is somebody else's stays.
            if let Some(etag) = self.place.etag_of(&self.holder).await? {
                let deleted = self.place.bucket.delete(&self.place.key, &etag).await;
                deleted.map_err(failed)?;
            }
            Ok(())
        })
    }
}

impl Drop for S3Lock {
    fn drop(&mut self) {
        self.heartbeat.abort();
    }
}
