//! Locks of the operating system: `.chalice/deployed/<stage>.lock`.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::{BoxFuture, Holder, LockError, StageLock};

/// A lock that the operating system takes back when the process ends, however it ends.
///
/// The file stays, without anything in it: whoever deleted it might delete the one that another has locked since.
#[derive(Debug)]
pub(super) struct LocalLock {
    file: File,
}

/// A file says who has locked it, and no more.
const LARGEST: u64 = 64 * 1024;

impl LocalLock {
    pub(super) fn acquire(
        path: &Path,
        stage: &str,
        holder: &Holder,
    ) -> Result<LocalLock, LockError> {
        let (file, is_free) = open(path)?;
        if !is_free {
            return Err(LockError::Held {
                stage: stage.to_owned(),
                location: path.display().to_string(),
                holder: read(&file).map(Box::new),
                hint: "Wait for it to end; the lock ends with its process".to_owned(),
            });
        }
        let mut lock = LocalLock { file };
        // Only for people: the lock is held without it.
        let text = serde_json::to_string(holder).unwrap_or_default();
        lock.write(&text).map_err(|reason| LockError::File {
            path: path.display().to_string(),
            reason,
        })?;
        Ok(lock)
    }

    fn write(&mut self, text: &str) -> std::io::Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(text.as_bytes())
    }
}

/// Whose the lock was, if its process has ended without giving it back.
pub(super) fn unlock(path: &Path, stage: &str) -> Result<Option<Holder>, LockError> {
    if !path.exists() {
        return Ok(None);
    }
    let (file, is_free) = open(path)?;
    if !is_free {
        return Err(LockError::Running {
            stage: stage.to_owned(),
            location: path.display().to_string(),
        });
    }
    let holder = read(&file);
    drop(LocalLock { file });
    Ok(holder)
}

/// The file, and whether it is locked for this process now.
fn open(path: &Path) -> Result<(File, bool), LockError> {
    let fail = |path: PathBuf| {
        move |reason| LockError::File {
            path: path.display().to_string(),
            reason,
        }
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail(folder.to_owned()))?;
    }
    let mut options = OpenOptions::new();
    // What it says belongs to whoever has locked it.
    options.read(true).write(true).create(true).truncate(false);
    let file = options.open(path).map_err(fail(path.to_owned()))?;
    match file.try_lock() {
        Ok(()) => Ok((file, true)),
        Err(TryLockError::WouldBlock) => Ok((file, false)),
        Err(TryLockError::Error(reason)) => Err(fail(path.to_owned())(reason)),
    }
}

fn read(file: &File) -> Option<Holder> {
    let mut text = String::new();
    // Windows lets nobody else read a locked file.
    file.take(LARGEST).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

impl StageLock for LocalLock {
    fn check(&self) -> Result<(), LockError> {
        // The operating system takes it from nobody.
        Ok(())
    }

    fn release(self: Box<Self>) -> BoxFuture<'static, Result<(), LockError>> {
        Box::pin(async move {
            drop(self);
            Ok(())
        })
    }
}

impl Drop for LocalLock {
    fn drop(&mut self) {
        // Both happen when the file is closed, or do not matter then.
        let _ = self.write("");
        let _ = self.file.unlock();
    }
}
