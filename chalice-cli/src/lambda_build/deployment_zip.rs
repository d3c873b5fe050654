//! `deployment.zip`: the executable and the files beside it, the same bytes for the same contents.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::package_contents::PackageContents;

/// What AWS Lambda runs (AWS Lambda, "Using Lambda's OS-only runtimes").
pub(super) const BOOTSTRAP: &str = "bootstrap";
/// The package's name, as AWS Chalice has it.
const DEPLOYMENT_ZIP: &str = "deployment.zip";

/// The largest package, unpacked, in bytes: 250 MB with all layers (AWS Lambda, "Lambda quotas",
/// deployment package).
const MAX_UNZIPPED: u64 = 262_144_000;

/// As small as it gets: whoever starts cold waits for the package.
const COMPRESSION_LEVEL: i64 = 9;
const EXECUTABLE_MODE: u32 = 0o755;
const FILE_MODE: u32 = 0o644;

/// What has been written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) bootstrap: PathBuf,
    pub(super) zip: PathBuf,
    pub(super) bootstrap_bytes: u64,
    pub(super) zip_bytes: u64,
    pub(super) unzipped_bytes: u64,
    pub(super) sha256: [u8; 32],
}

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ZipError {
    /// A file cannot be read or written.
    #[error("cannot {action} {}: {reason}", .path.display())]
    File {
        /// What was to be done.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        reason: io::Error,
    },
    /// The archive cannot be written.
    #[error("cannot write {}: {reason}", .path.display())]
    Archive {
        /// The archive.
        path: PathBuf,
        /// Why not.
        reason: zip::result::ZipError,
    },
    /// It is more than AWS Lambda takes.
    #[error(
        "the deployment package has {bytes} bytes unpacked, and AWS Lambda takes 250 MB ({MAX_UNZIPPED} bytes), layers \
         included; the largest files are {}: `strip = true` in [profile.release] makes the executable smaller, and data can \
         be in Amazon S3 or on a file system (`efs`)",
        .largest.join(", ")
    )]
    TooLarge {
        /// The size.
        bytes: u64,
        /// The largest files, with their sizes.
        largest: Vec<String>,
    },
}

/// Writes `bootstrap` and `deployment.zip` into that folder. Files of that name are replaced when
/// the new ones are whole.
pub(super) fn write(
    executable: &Path,
    contents: &PackageContents,
    folder: &Path,
) -> Result<Written, ZipError> {
    let failed = |action, path: &Path| {
        let path = path.to_owned();
        move |reason| ZipError::File {
            action,
            path,
            reason,
        }
    };
    let metadata = fs::metadata(executable).map_err(failed("read", executable))?;
    let bootstrap_bytes = metadata.len();
    let unzipped_bytes = check_size(bootstrap_bytes, contents)?;
    fs::create_dir_all(folder).map_err(failed("create", folder))?;

    let bootstrap = folder.join(BOOTSTRAP);
    let mut copy = temporary(folder)?;
    let mut source = File::open(executable).map_err(failed("read", executable))?;
    io::copy(&mut source, &mut copy).map_err(failed("write", &bootstrap))?;
    persist(copy, &bootstrap, EXECUTABLE_MODE)?;

    let zip = folder.join(DEPLOYMENT_ZIP);
    let mut archive = Archive {
        writer: ZipWriter::new(BufWriter::new(temporary(folder)?)),
        path: &zip,
    };
    // The order of bytes, whatever that of the folders is.
    let (before, after): (Vec<_>, Vec<_>) = contents
        .iter()
        .partition(|(name, _)| name.as_str() < BOOTSTRAP);
    for (name, file) in before {
        archive.add(name, &file.path, file.is_executable)?;
    }
    archive.add(BOOTSTRAP, &bootstrap, true)?;
    for (name, file) in after {
        archive.add(name, &file.path, file.is_executable)?;
    }
    let file = archive
        .writer
        .finish()
        .map_err(|reason| ZipError::Archive {
            path: zip.clone(),
            reason,
        })?
        .into_inner()
        .map_err(|error| error.into_error())
        .map_err(failed("write", &zip))?;
    persist(file, &zip, FILE_MODE)?;
    let (zip_bytes, sha256) = digest(&zip).map_err(failed("read", &zip))?;
    Ok(Written {
        bootstrap,
        zip,
        bootstrap_bytes,
        zip_bytes,
        unzipped_bytes,
        sha256,
    })
}

struct Archive<'a> {
    writer: ZipWriter<BufWriter<NamedTempFile>>,
    path: &'a Path,
}

impl Archive<'_> {
    fn add(&mut self, name: &str, path: &Path, is_executable: bool) -> Result<(), ZipError> {
        let failed = |reason| ZipError::Archive {
            path: self.path.to_owned(),
            reason,
        };
        // Nothing here is of the moment or of the machine: AWS Lambda and whoever compares
        // packages by their hashes see the contents alone.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(COMPRESSION_LEVEL))
            .last_modified_time(DateTime::DEFAULT)
            .system(System::Unix)
            .unix_permissions(match is_executable {
                true => EXECUTABLE_MODE,
                false => FILE_MODE,
            });
        self.writer.start_file(name, options).map_err(failed)?;
        let unreadable = |reason| ZipError::File {
            action: "read",
            path: path.to_owned(),
            reason,
        };
        let mut file = File::open(path).map_err(unreadable)?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = file.read(&mut buffer).map_err(unreadable)?;
            if count == 0 {
                return Ok(());
            }
            self.writer
                .write_all(&buffer[..count])
                .map_err(|reason| failed(reason.into()))?;
        }
    }
}

/// The size of the unpacked package.
fn check_size(bootstrap: u64, contents: &PackageContents) -> Result<u64, ZipError> {
    let mut files: Vec<(u64, &str)> = contents
        .iter()
        .map(|(name, file)| (file.bytes, name.as_str()))
        .chain([(bootstrap, BOOTSTRAP)])
        .collect();
    let bytes = files.iter().map(|(bytes, _)| bytes).sum();
    if bytes <= MAX_UNZIPPED {
        return Ok(bytes);
    }
    files.sort_by_key(|(bytes, _)| std::cmp::Reverse(*bytes));
    let largest = files
        .iter()
        .take(3)
        .map(|(bytes, name)| format!("{name} ({bytes} bytes)"))
        .collect();
    Err(ZipError::TooLarge { bytes, largest })
}

fn temporary(folder: &Path) -> Result<NamedTempFile, ZipError> {
    NamedTempFile::new_in(folder).map_err(|reason| ZipError::File {
        action: "create a file in",
        path: folder.to_owned(),
        reason,
    })
}

fn persist(file: NamedTempFile, path: &Path, mode: u32) -> Result<(), ZipError> {
    set_mode(file.as_file(), mode)
        .and_then(|()| file.persist(path).map_err(|error| error.error))
        .map_err(|reason| ZipError::File {
            action: "write",
            path: path.to_owned(),
            reason,
        })?;
    Ok(())
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

/// Other systems have no such modes.
#[cfg(not(unix))]
fn set_mode(_file: &File, _mode: u32) -> io::Result<()> {
    Ok(())
}

fn digest(path: &Path) -> io::Result<(u64, [u8; 32])> {
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok((bytes, digest.finalize().into()));
        }
        digest.update(&buffer[..count]);
        bytes += count as u64;
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::super::package_contents::PackedFile;
    use super::*;

    /// A project's folder with these files, and its executable.
    fn project(files: &[&str]) -> (tempfile::TempDir, PackageContents) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("app"), "executable".repeat(1000)).unwrap();
        let contents = files.iter().map(|name| {
            let path = folder.path().join(name.replace('/', "-"));
            fs::write(&path, name).unwrap();
            let file = PackedFile {
                bytes: name.len() as u64,
                is_executable: name.ends_with(".sh"),
                path,
            };
            ((*name).to_owned(), file)
        });
        let contents = contents.collect();
        (folder, contents)
    }

    fn written(project: &Path, contents: &PackageContents) -> (Written, Vec<u8>) {
        let out = project.join("a/b");
        let written = write(&project.join("app"), contents, &out).unwrap();
        let bytes = fs::read(&written.zip).unwrap();
        (written, bytes)
    }

    #[test]
    fn the_same_contents_are_the_same_bytes() {
        let files = ["a.txt", "bootstrap.d/x", "data/run.sh", "z"];
        let (first, contents) = project(&files);
        let (written_first, bytes) = written(first.path(), &contents);
        for (name, file) in &contents {
            let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
            let opened = File::options().write(true).open(&file.path).unwrap();
            opened.set_modified(old).unwrap();
            assert!(
                bytes
                    .windows(name.len())
                    .any(|window| window == name.as_bytes())
            );
        }
        let (again, again_bytes) = written(first.path(), &contents);
        assert_eq!(again, written_first);
        assert_eq!(again_bytes, bytes);
        let (second, contents) = project(&files);
        assert_eq!(written(second.path(), &contents).1, bytes);
        let (third, contents) = project(&files[1..]);
        assert_ne!(written(third.path(), &contents).1, bytes);
    }

    #[test]
    fn names_are_sorted_and_modes_are_fixed() {
        let (project, contents) = project(&["a.txt", "bootstrap.d/x", "data/run.sh", "z"]);
        let (written, bytes) = written(project.path(), &contents);
        let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        let mut entries = Vec::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            assert_eq!(file.last_modified(), Some(DateTime::DEFAULT));
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            let name = file.name().unwrap().into_owned();
            if name != BOOTSTRAP {
                assert_eq!(text, name);
            }
            entries.push((name, file.unix_mode().unwrap() & 0o777));
        }
        let expected = [
            ("a.txt", 0o644),
            ("bootstrap", 0o755),
            ("bootstrap.d/x", 0o644),
            ("data/run.sh", 0o755),
            ("z", 0o644),
        ];
        assert_eq!(
            entries,
            expected.map(|(name, mode)| (name.to_owned(), mode))
        );
        assert_eq!(written.bootstrap_bytes, 10_000);
        assert_eq!(written.unzipped_bytes, 10_000 + 5 + 13 + 11 + 1);
        assert!(written.zip_bytes < 1_500, "{}", written.zip_bytes);
        assert_eq!(
            fs::read(&written.bootstrap).unwrap(),
            fs::read(project.path().join("app")).unwrap()
        );
        // Nothing is left beside the two.
        let left = fs::read_dir(written.zip.parent().unwrap()).unwrap();
        assert_eq!(left.count(), 2);
    }

    #[test]
    fn more_than_lambda_takes() {
        let (_project, mut contents) = project(&["model.bin", "small"]);
        contents.get_mut("model.bin").unwrap().bytes = MAX_UNZIPPED - 1_005;
        assert_eq!(check_size(1_000, &contents).unwrap(), MAX_UNZIPPED);
        let error = check_size(1_001, &contents).unwrap_err().to_string();
        assert!(
            error.starts_with(
                "the deployment package has 262144001 bytes unpacked, and AWS Lambda takes 250 MB"
            ),
            "{error}"
        );
        assert!(
            error.contains(
                "the largest files are model.bin (262142995 bytes), bootstrap (1001 bytes)"
            ),
            "{error}"
        );
    }

    #[test]
    fn what_cannot_be_written_is_said() {
        let (project, contents) = project(&[]);
        let file = project.path().join("app");
        let error = write(&file, &contents, &file.join("out"))
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("cannot create "), "{error}");
        let error = write(Path::new("/nonexistent"), &contents, project.path()).unwrap_err();
        assert!(error.to_string().starts_with("cannot read /nonexistent: "));
    }
}
