//! States in files of the project: `.chalice/deployed/<stage>.json`.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{
    BoxFuture, Holder, Loaded, LockError, StageLock, StateStore, StoreError, Version,
    local_lock::{self, LocalLock},
    select::check_names,
};
use crate::{DeployedState, StateError, settings_hash::hex};

/// Keeps the state of a stage in `.chalice/deployed/<stage>.json`, as AWS Chalice does.
///
/// A state is written beside the old one, and takes its place when it is on the disk; so there is always one of the
/// two, whatever happens. A symbolic link is followed, and stays. A state of Chalice's format 1.0,
/// `.chalice/deployed.json`, is read where there is no other, and never changed.
#[derive(Clone, Debug)]
pub struct LocalStore {
    folder: PathBuf,
    app_name: String,
    stage: String,
}

impl LocalStore {
    /// The store of a stage, in the project's folder `.chalice`.
    ///
    /// # Errors
    ///
    /// When the stage's name is none.
    pub fn new(
        chalice_folder: &Path,
        app_name: &str,
        stage: &str,
    ) -> Result<LocalStore, StoreError> {
        check_names(app_name, stage)?;
        Ok(LocalStore {
            folder: chalice_folder.to_owned(),
            app_name: app_name.to_owned(),
            stage: stage.to_owned(),
        })
    }

    fn path(&self) -> PathBuf {
        self.folder
            .join("deployed")
            .join(format!("{}.json", self.stage))
    }

    fn lock_path(&self) -> PathBuf {
        self.path().with_extension("lock")
    }

    fn read(&self) -> Result<Loaded, StoreError> {
        let path = self.path();
        if let Some(text) = read(&path, &self.stage)? {
            let state = DeployedState::parse(&text).map_err(|reason| self.broken(&path, reason))?;
            let version = version_of(&text);
            return Ok(Loaded { state, version });
        }
        let old = self.folder.join("deployed.json");
        let upgraded = match read(&old, &self.stage)? {
            Some(text) => DeployedState::upgrade(&text, &self.app_name, &self.stage)
                .map_err(|reason| self.broken(&old, reason))?,
            None => None,
        };
        Ok(Loaded {
            state: upgraded.unwrap_or_default(),
            version: Version::Absent,
        })
    }

    fn broken(&self, path: &Path, reason: StateError) -> StoreError {
        StoreError::Broken {
            location: path.display().to_string(),
            stage: self.stage.clone(),
            reason,
        }
    }

    /// Whether the stored state is the one that was read.
    fn expect(&self, path: &Path, expected: &Version) -> Result<(), StoreError> {
        let stored = match read(path, &self.stage)? {
            Some(text) => version_of(&text),
            None => Version::Absent,
        };
        match stored == *expected {
            true => Ok(()),
            false => Err(StoreError::Changed {
                location: self.location(),
            }),
        }
    }

    fn write(&self, state: &DeployedState, expected: &Version) -> Result<Version, StoreError> {
        let path = self.path();
        self.expect(&path, expected)?;
        let text = state.to_text();
        replace(&path, text.as_bytes()).map_err(failed(&path, "written"))?;
        Ok(version_of(text.as_bytes()))
    }

    fn remove(&self, expected: &Version) -> Result<(), StoreError> {
        let path = self.path();
        self.expect(&path, expected)?;
        match fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result.map_err(failed(&path, "deleted")),
        }
    }

    /// What an interrupted process has written, and nobody reads.
    fn remove_leftovers(&self) {
        let prefix = temporary_prefix(&self.path());
        let entries = fs::read_dir(self.folder.join("deployed"));
        for entry in entries.into_iter().flatten().flatten() {
            let is_leftover = entry.file_name().to_string_lossy().starts_with(&prefix);
            if is_leftover {
                // It is in nobody's way.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

impl StateStore for LocalStore {
    fn location(&self) -> String {
        self.path().display().to_string()
    }

    fn load(&self) -> BoxFuture<'_, Result<Loaded, StoreError>> {
        Box::pin(async move { self.read() })
    }

    fn save<'a>(
        &'a self,
        state: &'a DeployedState,
        expected: &'a Version,
    ) -> BoxFuture<'a, Result<Version, StoreError>> {
        // The disk is waited for: nothing is to be done on AWS before the state is on it.
        Box::pin(async move { self.write(state, expected) })
    }

    fn delete<'a>(&'a self, expected: &'a Version) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { self.remove(expected) })
    }

    fn lock(&self, holder: Holder) -> BoxFuture<'_, Result<Box<dyn StageLock>, LockError>> {
        Box::pin(async move {
            let lock = LocalLock::acquire(&self.lock_path(), &self.stage, &holder)?;
            self.remove_leftovers();
            Ok(Box::new(lock) as Box<dyn StageLock>)
        })
    }

    fn unlock(&self) -> BoxFuture<'_, Result<Option<Holder>, LockError>> {
        Box::pin(async move { local_lock::unlock(&self.lock_path(), &self.stage) })
    }
}

fn version_of(text: &[u8]) -> Version {
    Version::Of(hex(&Sha256::digest(text)))
}

fn failed(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.display().to_string();
    move |reason| StoreError::File {
        path,
        action,
        reason,
    }
}

/// The bytes of a file, if it is there.
fn read(path: &Path, stage: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // A link that leads nowhere is no stage that was never deployed.
            return match path.is_symlink() {
                true => Err(failed(path, "read")(error)),
                false => Ok(None),
            };
        }
        Err(error) => return Err(failed(path, "read")(error)),
    };
    let mut text = Vec::new();
    let mut file = file.take(DeployedState::SIZE_LIMIT + 1);
    file.read_to_end(&mut text).map_err(failed(path, "read"))?;
    if text.len() as u64 > DeployedState::SIZE_LIMIT {
        return Err(StoreError::Broken {
            location: path.display().to_string(),
            stage: stage.to_owned(),
            reason: StateError::TooLarge {
                limit: DeployedState::SIZE_LIMIT,
            },
        });
    }
    Ok(Some(text))
}

/// What the names of unfinished files begin with: `.dev.json.`
fn temporary_prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    format!(".{}.", name.to_string_lossy())
}

/// Puts a text in the place of a file: as a whole, or not at all.
fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let path = match path.is_symlink() {
        true => path.canonicalize()?,
        false => path.to_owned(),
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let prefix = temporary_prefix(&path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
    #[cfg(unix)]
    let permissions = {
        use std::os::unix::fs::PermissionsExt;
        // Those of the file that is replaced; of a new file, as the user's mask has it.
        let known = fs::metadata(&path).map(|it| it.permissions());
        let new = fs::Permissions::from_mode(0o666);
        builder.permissions(new);
        known.ok()
    };
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text)?;
    #[cfg(unix)]
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    // The new name is on the disk when its folder is. Windows has no such call.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}
