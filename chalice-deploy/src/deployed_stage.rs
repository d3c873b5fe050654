//! A stage that is being deployed.

use crate::{
    DeployedState, Holder, Loaded, LockError, Origin, Record, StageLock, StateStore, Status,
    StoreError, Version,
};

/// The state of a stage, with the stage's lock: what a deployment reads, and where it writes each of its steps.
///
/// Every method that changes the state writes it before it returns, and writes nothing once the lock is lost. Before
/// a call that creates, changes or deletes something, [`begin`](Self::begin) or [`set_status`](Self::set_status)
/// records that; afterwards, [`put`](Self::put) or [`remove`](Self::remove) what has become of it. So a deployment
/// that is interrupted in between leaves nothing behind that the next one does not know of:
/// [`DeployedState::interrupted`] lists what it has to look at.
///
/// When a method fails, the state in memory is as it was before.
#[derive(Debug)]
pub struct DeployedStage<'a> {
    store: &'a dyn StateStore,
    lock: Box<dyn StageLock>,
    state: DeployedState,
    version: Version,
}

impl<'a> DeployedStage<'a> {
    /// Locks the stage, and reads its state. A lock in S3 is renewed by a task of tokio's runtime: whatever blocks a
    /// thread for long, such as a build, belongs before it or on a thread of its own.
    ///
    /// # Errors
    ///
    /// When another deployment has the lock, or the state cannot be read; the stage is not locked then.
    pub async fn open(
        store: &'a dyn StateStore,
        holder: Holder,
    ) -> Result<DeployedStage<'a>, StoreError> {
        let lock = store.lock(holder).await?;
        match store.load().await {
            Ok(Loaded { state, version }) => Ok(DeployedStage {
                store,
                lock,
                state,
                version,
            }),
            Err(error) => {
                // The first error is the one to tell; a lock that stays behind expires.
                let _ = lock.release().await;
                Err(error)
            }
        }
    }

    /// What is deployed.
    pub fn state(&self) -> &DeployedState {
        &self.state
    }

    /// Where the state is, for people.
    pub fn location(&self) -> String {
        self.store.location()
    }

    /// Records where on AWS the stage is deployed: before anything is deployed.
    ///
    /// # Errors
    ///
    /// When it is deployed elsewhere, or the state cannot be written.
    pub async fn set_origin(&mut self, origin: Origin) -> Result<(), StoreError> {
        let mut state = self.state.clone();
        state.set_origin(origin)?;
        match state == self.state {
            true => Ok(()),
            false => self.write(state).await,
        }
    }

    /// Records that a resource is about to be created: with what is known of it, above all the name by which it can
    /// be found on AWS.
    ///
    /// # Errors
    ///
    /// When the state cannot be written. Nothing may be created then.
    pub async fn begin(&mut self, mut record: Record) -> Result<(), StoreError> {
        record.progress.status = Status::Creating;
        self.put_as_it_is(record).await
    }

    /// Records that a resource is about to be changed or deleted.
    ///
    /// # Errors
    ///
    /// When there is no such resource, or the state cannot be written. Nothing may be changed then.
    pub async fn set_status(&mut self, name: &str, status: Status) -> Result<(), StoreError> {
        let mut state = self.state.clone();
        state.set_status(name, status)?;
        self.write(state).await
    }

    /// Records that a resource is deployed as the record says.
    ///
    /// # Errors
    ///
    /// When the state cannot be written. The record of [`begin`](Self::begin) still is.
    pub async fn put(&mut self, mut record: Record) -> Result<(), StoreError> {
        record.progress.status = Status::Deployed;
        self.put_as_it_is(record).await
    }

    /// Records that a resource is gone.
    ///
    /// # Errors
    ///
    /// When the state cannot be written.
    pub async fn remove(&mut self, name: &str) -> Result<(), StoreError> {
        let mut state = self.state.clone();
        match state.remove(name) {
            Some(_) => self.write(state).await,
            None => Ok(()),
        }
    }

    /// Gives the lock back.
    ///
    /// # Errors
    ///
    /// When that cannot be told to S3; the lock expires then. The state is written in any case.
    pub async fn close(self) -> Result<(), LockError> {
        self.lock.release().await
    }

    async fn put_as_it_is(&mut self, record: Record) -> Result<(), StoreError> {
        let mut state = self.state.clone();
        state.put(record);
        self.write(state).await
    }

    async fn write(&mut self, state: DeployedState) -> Result<(), StoreError> {
        self.lock.check()?;
        self.version = self.store.save(&state, &self.version).await?;
        self.state = state;
        Ok(())
    }
}
