//! `deployment.zip`: the executable and the files beside it, the same bytes for the same contents.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::package_contents::{PackageContents, PackedFile};
use super::package_record::{Hash, Ingredients, Record, digest};
use super::packing::{self, Entry};

/// What AWS Lambda runs (AWS Lambda, "Using Lambda's OS-only runtimes").
pub(super) const BOOTSTRAP: &str = "bootstrap";
/// The package's name, as AWS Chalice has it.
const DEPLOYMENT_ZIP: &str = "deployment.zip";

/// The largest package, unpacked, in bytes: 250 MB with all layers (AWS Lambda, "Lambda quotas",
/// deployment package).
const MAX_UNZIPPED: u64 = 262_144_000;

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
    pub(super) sha256: Hash,
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
///
/// Where a record may be beside them, the package stays if its record says that it is of the same
/// contents: it would be the same bytes.
pub(super) fn write(
    executable: &Path,
    contents: &PackageContents,
    folder: &Path,
    records: bool,
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

    let entries = entries(&bootstrap, contents);
    let zip = folder.join(DEPLOYMENT_ZIP);
    let unchanged = match records {
        true => unchanged(&entries, folder, &zip),
        false => None,
    };
    let (zip_bytes, sha256) = match unchanged {
        Some(unchanged) => unchanged,
        None => {
            let (packed, file) = packing::pack(&entries, temporary(folder)?, &zip)?;
            persist(file, &zip, FILE_MODE)?;
            if let (true, Some(contents)) = (records, packed.contents) {
                let package = packed.sha256;
                let record = Record { contents, package };
                record.write(folder).map_err(failed("write", folder))?;
            }
            (packed.bytes, packed.sha256)
        }
    };
    Ok(Written {
        bootstrap,
        zip,
        bootstrap_bytes,
        zip_bytes,
        unzipped_bytes,
        sha256,
    })
}

/// All files, in the order of the bytes of their names, whatever that of the folders is.
fn entries<'a>(bootstrap: &'a Path, contents: &'a PackageContents) -> Vec<Entry<'a>> {
    let mode = |is_executable| match is_executable {
        true => EXECUTABLE_MODE,
        false => FILE_MODE,
    };
    let entry = |(name, file): (&'a String, &'a PackedFile)| Entry {
        name,
        path: &file.path,
        mode: mode(file.is_executable),
    };
    let (before, after): (Vec<_>, Vec<_>) = contents
        .iter()
        .map(entry)
        .partition(|entry| entry.name < BOOTSTRAP);
    let bootstrap = Entry {
        name: BOOTSTRAP,
        path: bootstrap,
        mode: EXECUTABLE_MODE,
    };
    before.into_iter().chain([bootstrap]).chain(after).collect()
}

/// The size and the hash of the package that is there, if it was made of the same.
fn unchanged(entries: &[Entry<'_>], folder: &Path, zip: &Path) -> Option<(u64, Hash)> {
    let record = Record::read(folder)?;
    let mut ingredients = Ingredients::new().ok()?;
    for entry in entries {
        let (_, hash) = digest(entry.path).ok()?;
        ingredients.file(entry.name, entry.mode, &hash);
    }
    if ingredients.hash() != record.contents {
        return None;
    }
    // Somebody may have changed it, or put another in its place.
    let (bytes, sha256) = digest(zip).ok()?;
    (sha256 == record.package).then_some((bytes, sha256))
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

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::time::{Duration, SystemTime};

    use zip::DateTime;

    use super::super::package_record;
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
        let written = write(&project.join("app"), contents, &out, false).unwrap();
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

    /// Whether a package was made is seen by its inode: a new one gets its own beside the old.
    #[cfg(unix)]
    #[test]
    fn the_same_is_not_packed_again_and_all_else_is() {
        use std::os::unix::fs::MetadataExt as _;
        let (project, mut contents) = project(&["a.txt", "b.txt"]);
        let project = project.path();
        let (app, out) = (project.join("app"), project.join("out"));
        let zip = out.join(DEPLOYMENT_ZIP);
        let made = |contents: &PackageContents| {
            let before = fs::metadata(&zip).map(|it| it.ino()).ok();
            let written = write(&app, contents, &out, true).unwrap();
            // It is what any package of the same is.
            let fresh = write(&app, contents, &project.join("fresh"), false).unwrap();
            assert!(fs::read(&zip).unwrap() == fs::read(&fresh.zip).unwrap());
            assert_eq!(written.sha256, fresh.sha256);
            assert_eq!(written.zip_bytes, fresh.zip_bytes);
            assert!(fs::read(&written.bootstrap).unwrap() == fs::read(&app).unwrap());
            before != Some(fs::metadata(&zip).unwrap().ino())
        };
        assert!(made(&contents));
        assert!(!made(&contents));

        // Of another time, and then of the same time and size.
        let text = contents["a.txt"].path.clone();
        let rewrite = |bytes: &[u8]| {
            fs::write(&text, bytes).unwrap();
            let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
            let opened = File::options().write(true).open(&text).unwrap();
            opened.set_modified(old).unwrap();
        };
        rewrite(b"a.txt");
        assert!(!made(&contents));
        rewrite(b"A.txt");
        assert!(made(&contents));
        assert!(!made(&contents));

        contents.get_mut("a.txt").unwrap().is_executable = true;
        assert!(made(&contents));
        let file = contents.remove("a.txt").unwrap();
        assert!(made(&contents));
        contents.insert("c.txt".to_owned(), file);
        assert!(made(&contents));
        fs::write(&app, "EXECUTABLE".repeat(1000)).unwrap();
        assert!(made(&contents));
        assert!(!made(&contents));

        // What is there is not what was made.
        let mut damaged = fs::read(&zip).unwrap();
        damaged[40] ^= 1;
        fs::write(&zip, damaged).unwrap();
        assert!(made(&contents));
        fs::copy(project.join("fresh").join(BOOTSTRAP), &zip).unwrap();
        assert!(made(&contents));
        let record = package_record::path(&out);
        fs::write(&record, "contents 00").unwrap();
        assert!(made(&contents));
        fs::remove_file(record).unwrap();
        assert!(made(&contents));
        assert!(!made(&contents));
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
        let error = write(&file, &contents, &file.join("out"), true)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("cannot create "), "{error}");
        let error = write(Path::new("/nonexistent"), &contents, project.path(), true).unwrap_err();
        assert!(error.to_string().starts_with("cannot read /nonexistent: "));
    }
}
