//! Packing files into an archive, of which nothing is of the moment or of the machine.

use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::deployment_zip::ZipError;
use super::package_record::{Hash, Ingredients, digest};

/// As small as it gets: whoever starts cold waits for the package.
const COMPRESSION_LEVEL: i64 = 9;

/// A file of a package.
pub(super) struct Entry<'a> {
    /// Its path in the package.
    pub(super) name: &'a str,
    /// Where it is.
    pub(super) path: &'a Path,
    /// Its permissions, as Unix has them.
    pub(super) mode: u32,
}

/// A package that has been made.
pub(super) struct Packed {
    pub(super) bytes: u64,
    pub(super) sha256: Hash,
    /// The hash of what it was made of, of the very bytes that are in it; without, it cannot be told.
    pub(super) contents: Option<Hash>,
}

/// Packs the files into that file, which is to be the one of that name.
pub(super) fn pack(
    entries: &[Entry<'_>],
    file: NamedTempFile,
    zip: &Path,
) -> Result<(Packed, NamedTempFile), ZipError> {
    let mut archive = Archive {
        writer: ZipWriter::new(BufWriter::new(file)),
        path: zip,
    };
    let mut ingredients = Ingredients::new().ok();
    for entry in entries {
        let hash = archive.add(entry)?;
        if let Some(ingredients) = &mut ingredients {
            ingredients.file(entry.name, entry.mode, &hash);
        }
    }
    let unwritable = |reason| ZipError::File {
        action: "write",
        path: zip.to_owned(),
        reason,
    };
    let file = archive
        .writer
        .finish()
        .map_err(|reason| ZipError::Archive {
            path: zip.to_owned(),
            reason,
        })?;
    let file = file
        .into_inner()
        .map_err(|error| unwritable(error.into_error()))?;
    // Before it has its name, under which somebody else may put another.
    let (bytes, sha256) = digest(file.path()).map_err(unwritable)?;
    let packed = Packed {
        bytes,
        sha256,
        contents: ingredients.map(Ingredients::hash),
    };
    Ok((packed, file))
}

struct Archive<'a> {
    writer: ZipWriter<BufWriter<NamedTempFile>>,
    path: &'a Path,
}

impl Archive<'_> {
    /// Packs a file, and returns the hash of what has been packed.
    fn add(&mut self, entry: &Entry<'_>) -> Result<Hash, ZipError> {
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
            .unix_permissions(entry.mode);
        self.writer
            .start_file(entry.name, options)
            .map_err(failed)?;
        let unreadable = |reason| ZipError::File {
            action: "read",
            path: entry.path.to_owned(),
            reason,
        };
        let mut file = File::open(entry.path).map_err(unreadable)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = file.read(&mut buffer).map_err(unreadable)?;
            if count == 0 {
                return Ok(hash.finalize().into());
            }
            hash.update(&buffer[..count]);
            self.writer
                .write_all(&buffer[..count])
                .map_err(|reason| failed(reason.into()))?;
        }
    }
}
