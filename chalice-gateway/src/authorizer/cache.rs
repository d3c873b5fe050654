//! The decisions that API Gateway keeps: Amazon API Gateway, "Enable caching
//! for an API Gateway Lambda authorizer".

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::decision::Decision;

/// Under which a decision is kept: the authorizer and the caller's identity,
/// and neither the path nor the method of the request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(super) authorizer: String,
    pub(super) identity: Vec<String>,
}

/// The decisions that are kept; clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cache(Arc<Mutex<HashMap<Key, Entry>>>);

#[derive(Debug)]
struct Entry {
    decision: Arc<Decision>,
    made: SystemTime,
    lifetime: Duration,
}

impl Entry {
    fn is_fresh(&self, now: SystemTime) -> bool {
        // A clock that was set back does not prolong a life.
        now.duration_since(self.made)
            .is_ok_and(|age| age < self.lifetime)
    }
}

impl Cache {
    /// The decision about this caller, if one is kept.
    pub(super) fn get(&self, key: &Key, now: SystemTime) -> Option<Arc<Decision>> {
        let entries = self.lock();
        let entry = entries.get(key).filter(|entry| entry.is_fresh(now))?;
        Some(entry.decision.clone())
    }

    /// Keeps a decision for that time.
    pub(super) fn keep(
        &self,
        key: Key,
        decision: Arc<Decision>,
        lifetime: Duration,
        now: SystemTime,
    ) {
        let mut entries = self.lock();
        entries.retain(|_, entry| entry.is_fresh(now));
        if !lifetime.is_zero() {
            entries.insert(
                key,
                Entry {
                    decision,
                    made: now,
                    lifetime,
                },
            );
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
