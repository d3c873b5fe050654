//! States in Amazon S3: `s3://<state_bucket>/<app>/<stage>.json`.

use std::sync::Arc;

use super::{
    BoxFuture, Holder, Loaded, LockError, LockTimes, StageLock, StateStore, StoreError, Version,
    bucket::{Bucket, Condition, Outcome},
    s3_lock::{Place, S3Lock},
    select::check_names,
};
use crate::{Access, DeployedState, StateError};

/// Keeps the state of a stage in a bucket, for teams.
///
/// Writes are conditional (`If-Match`, `If-None-Match`), so that nobody overwrites what they have not read, lock or
/// no lock. A bucket with versions keeps the earlier states, too. The bucket may be in another region than the stage.
///
/// Who deploys needs `s3:GetObject`, `s3:PutObject` and `s3:DeleteObject` on `arn:aws:s3:::<bucket>/<app>/*`, and
/// `s3:ListBucket` on the bucket.
#[derive(Clone, Debug)]
pub struct S3Store {
    bucket: Arc<Bucket>,
    app_name: String,
    stage: String,
    times: LockTimes,
}

impl S3Store {
    /// The store of a stage in that bucket.
    ///
    /// # Errors
    ///
    /// When the stage's name is none.
    pub fn new(
        access: &Access,
        bucket: &str,
        app_name: &str,
        stage: &str,
    ) -> Result<S3Store, StoreError> {
        check_names(app_name, stage)?;
        Ok(S3Store {
            bucket: Arc::new(Bucket::new(access, bucket)),
            app_name: app_name.to_owned(),
            stage: stage.to_owned(),
            times: LockTimes::default(),
        })
    }

    /// The store with other times of its locks.
    pub fn with_lock_times(mut self, times: LockTimes) -> S3Store {
        self.times = times;
        self
    }

    fn key(&self) -> String {
        format!("{}/{}.json", self.app_name, self.stage)
    }

    fn lock_place(&self) -> Place {
        Place {
            bucket: Arc::clone(&self.bucket),
            key: format!("{}/{}.lock", self.app_name, self.stage),
            stage: self.stage.clone(),
        }
    }

    fn broken(&self, reason: StateError) -> StoreError {
        StoreError::Broken {
            location: self.location(),
            stage: self.stage.clone(),
            reason,
        }
    }

    async fn read(&self) -> Result<Loaded, StoreError> {
        let object = match self.bucket.get(&self.key()).await {
            Err(StoreError::State(reason)) => return Err(self.broken(reason)),
            result => result?,
        };
        let Some(object) = object else {
            return Ok(Loaded {
                state: DeployedState::default(),
                version: Version::Absent,
            });
        };
        let state = DeployedState::parse(&object.bytes).map_err(|reason| self.broken(reason))?;
        Ok(Loaded {
            state,
            version: Version::Of(object.etag),
        })
    }

    async fn write(
        &self,
        state: &DeployedState,
        expected: &Version,
    ) -> Result<Version, StoreError> {
        let text = state.to_text();
        let condition = match expected {
            Version::Absent => Condition::Absent,
            Version::Of(etag) => Condition::Is(etag),
        };
        if let Outcome::Written(etag) = self.bucket.put(&self.key(), &text, condition).await? {
            return Ok(Version::Of(etag));
        }
        // The SDK sends a request again when its answer is lost, and then finds what it has written itself.
        match self.bucket.get(&self.key()).await? {
            Some(object) if object.bytes == text.as_bytes() => Ok(Version::Of(object.etag)),
            _ => Err(self.changed()),
        }
    }

    async fn remove(&self, expected: &Version) -> Result<(), StoreError> {
        let is_deleted = match expected {
            Version::Absent => self.bucket.get(&self.key()).await?.is_none(),
            Version::Of(etag) => self.bucket.delete(&self.key(), etag).await?,
        };
        match is_deleted {
            true => Ok(()),
            false => Err(self.changed()),
        }
    }

    fn changed(&self) -> StoreError {
        StoreError::Changed {
            location: self.location(),
        }
    }
}

impl StateStore for S3Store {
    fn location(&self) -> String {
        self.bucket.url(&self.key())
    }

    fn load(&self) -> BoxFuture<'_, Result<Loaded, StoreError>> {
        Box::pin(self.read())
    }

    fn save<'a>(
        &'a self,
        state: &'a DeployedState,
        expected: &'a Version,
    ) -> BoxFuture<'a, Result<Version, StoreError>> {
        Box::pin(self.write(state, expected))
    }

    fn delete<'a>(&'a self, expected: &'a Version) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.remove(expected))
    }

    fn lock(&self, holder: Holder) -> BoxFuture<'_, Result<Box<dyn StageLock>, LockError>> {
        Box::pin(async move {
            let lock = S3Lock::acquire(self.lock_place(), holder, self.times).await?;
            Ok(Box::new(lock) as Box<dyn StageLock>)
        })
    }

    fn unlock(&self) -> BoxFuture<'_, Result<Option<Holder>, LockError>> {
        Box::pin(async move { self.lock_place().unlock().await })
    }
}
