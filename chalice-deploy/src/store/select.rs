//! Which store a stage has.

use chalice_config::Stage;

use super::{LocalStore, S3Store, StateStore, StoreError};
use crate::Access;

/// Where the state of a stage is kept: in its `state_bucket`, if it has one, or in a file of the project.
///
/// # Errors
///
/// When the stage's name is none, so that it cannot be part of a path.
pub fn store_of(stage: &Stage, access: &Access) -> Result<Box<dyn StateStore>, StoreError> {
    let (app_name, name) = (stage.app_name().as_str(), stage.name());
    Ok(match stage.state_bucket() {
        Some(bucket) => Box::new(S3Store::new(access, bucket.as_str(), app_name, name)?),
        None => Box::new(LocalStore::new(stage.directory(), app_name, name)?),
    })
}

/// Names become parts of paths: as `.chalice/config.json` has them.
pub(super) fn check_names(app_name: &str, stage: &str) -> Result<(), StoreError> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    for name in [app_name, stage] {
        if !(1..=60).contains(&name.len()) || !name.bytes().all(is_part) {
            return Err(StoreError::Name {
                name: name.chars().take(70).collect(),
            });
        }
    }
    Ok(())
}
