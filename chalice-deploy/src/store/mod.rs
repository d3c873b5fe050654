//! Where the state of a stage is kept, and the lock on it.

mod bucket;
mod date;
mod holder;
mod local_lock;
mod local_store;
mod lock_error;
mod s3_lock;
mod s3_store;
mod select;
mod store_error;
mod version;

use std::{fmt::Debug, future::Future, pin::Pin};

pub use holder::Holder;
pub use local_store::LocalStore;
pub use lock_error::LockError;
pub use s3_lock::LockTimes;
pub use s3_store::S3Store;
pub use select::store_of;
pub use store_error::StoreError;
pub use version::{Loaded, Version};

use crate::DeployedState;

/// What a method of [`StateStore`] returns: a future that may move to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where the state of one stage is kept.
///
/// [`DeployedStage`](crate::DeployedStage) is how deployments use it.
pub trait StateStore: Debug + Send + Sync {
    /// Where the state is, for people: a path or a URL `s3://`.
    fn location(&self) -> String;

    /// Reads the state. A stage that was never deployed has an empty one.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is none. Nothing is changed then.
    fn load(&self) -> BoxFuture<'_, Result<Loaded, StoreError>>;

    /// Writes the state, if the stored one is `expected`, at once and as a whole: whoever reads, whenever, reads the
    /// one or the other.
    ///
    /// # Errors
    ///
    /// When somebody else has written, or the state cannot be written. The stored state is then as it was; but
    /// whether S3 has written is not known after an error of the network.
    fn save<'a>(
        &'a self,
        state: &'a DeployedState,
        expected: &'a Version,
    ) -> BoxFuture<'a, Result<Version, StoreError>>;

    /// Deletes the state, if the stored one is `expected`.
    ///
    /// # Errors
    ///
    /// When somebody else has written, or the state cannot be deleted.
    fn delete<'a>(&'a self, expected: &'a Version) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Takes the stage's lock. Two deployments of one stage never have it at once.
    ///
    /// # Errors
    ///
    /// When another deployment has it, or it cannot be taken.
    fn lock(&self, holder: Holder) -> BoxFuture<'_, Result<Box<dyn StageLock>, LockError>>;

    /// Takes the lock away from whoever has it, for `--unlock`: when it is certain that the deployment is gone. Says
    /// whose it was; `None` when nobody had it.
    ///
    /// # Errors
    ///
    /// When it cannot be taken away.
    fn unlock(&self) -> BoxFuture<'_, Result<Option<Holder>, LockError>>;
}

/// The lock of a stage. Dropped without [`release`](StageLock::release), a local one is free at once, and one in S3
/// when it expires.
pub trait StageLock: Debug + Send + Sync {
    /// Whether it is still held, as far as this process knows.
    ///
    /// # Errors
    ///
    /// When it is lost: another deployment may be running.
    fn check(&self) -> Result<(), LockError>;

    /// Gives it back.
    ///
    /// # Errors
    ///
    /// When S3 cannot be told. The lock expires then.
    fn release(self: Box<Self>) -> BoxFuture<'static, Result<(), LockError>>;
}
