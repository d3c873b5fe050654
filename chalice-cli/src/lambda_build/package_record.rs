//! What a package was made of, so that the same is not packed again.
//!
//! The record is two hashes: that of everything which decides about the package's bytes, and that of the package itself.
//! Both are compared with the files as they are now, never with their times.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

/// The hash of a file, as of what a package is made of.
pub(super) type Hash = [u8; 32];

/// What begins the lines of a record.
const CONTENTS: &str = "contents";
const PACKAGE: &str = "package";

/// Collects what decides about the bytes of a package.
pub(super) struct Ingredients(Sha256);

impl Ingredients {
    /// Of a package that this program makes: another one may compress differently.
    pub(super) fn new() -> io::Result<Ingredients> {
        let program = fs::metadata(std::env::current_exe()?)?;
        let built = program.modified()?.duration_since(UNIX_EPOCH);
        let built = built.map_err(io::Error::other)?.as_nanos();
        let mut ingredients = Ingredients(Sha256::new());
        ingredients.part(env!("CARGO_PKG_VERSION").as_bytes());
        ingredients.part(&program.len().to_le_bytes());
        ingredients.part(&built.to_le_bytes());
        Ok(ingredients)
    }

    /// A file of the package.
    pub(super) fn file(&mut self, name: &str, mode: u32, contents: &Hash) {
        self.part(name.as_bytes());
        self.part(&mode.to_le_bytes());
        self.part(contents);
    }

    /// The hash of it all.
    pub(super) fn hash(self) -> Hash {
        self.0.finalize().into()
    }

    /// With its length before it, so that no two sequences of parts are the same bytes.
    fn part(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }
}

/// What a package was made of, and the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) contents: Hash,
    pub(super) package: Hash,
}

impl Record {
    /// The record of the package in that folder. None if there is none that can be read: then the package is made.
    pub(super) fn read(folder: &Path) -> Option<Record> {
        let text = fs::read_to_string(path(folder)).ok()?;
        let mut lines = text.lines();
        let mut hash = |name: &str| parse(lines.next()?.strip_prefix(name)?.trim_start());
        let contents = hash(CONTENTS)?;
        let package = hash(PACKAGE)?;
        Some(Record { contents, package })
    }

    /// Writes it beside the package.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let mut file = NamedTempFile::new_in(folder)?;
        writeln!(file, "{CONTENTS} {}", hexadecimal(&self.contents))?;
        writeln!(file, "{PACKAGE} {}", hexadecimal(&self.package))?;
        file.persist(path(folder)).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Where the record of a folder's package is.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join("deployment.zip.sha256")
}

/// The size of a file, and its hash.
pub(super) fn digest(path: &Path) -> io::Result<(u64, Hash)> {
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

fn hexadecimal(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A hash in hexadecimal digits.
fn parse(text: &str) -> Option<Hash> {
    let mut hash = Hash::default();
    let digits = text.as_bytes();
    if digits.len() != 2 * hash.len() {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |digit: u8| char::from(digit).to_digit(16);
        *byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(files: &[(&str, u32, Hash)]) -> Hash {
        let mut ingredients = Ingredients::new().unwrap();
        for (name, mode, contents) in files {
            ingredients.file(name, *mode, contents);
        }
        ingredients.hash()
    }

    #[test]
    fn everything_counts() {
        let file = ("a", 0o644, [1; 32]);
        assert_eq!(of(&[file]), of(&[file]));
        let others: [&[_]; 6] = [
            &[],
            &[("b", 0o644, [1; 32])],
            &[("a", 0o755, [1; 32])],
            &[("a", 0o644, [2; 32])],
            &[file, file],
            &[("ab", 0o644, [1; 32])],
        ];
        for other in others {
            assert_ne!(of(&[file]), of(other), "{other:?}");
        }
        assert_ne!(of(&[file, others[1][0]]), of(&[others[1][0], file]));
    }

    #[test]
    fn what_is_no_record() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        assert_eq!(Record::read(folder), None);
        let record = Record {
            contents: [0xab; 32],
            package: [7; 32],
        };
        record.write(folder).unwrap();
        assert_eq!(Record::read(folder), Some(record));
        let text = fs::read_to_string(path(folder)).unwrap();
        for wrong in [
            text.lines().next().unwrap(),
            &text.replace("ab", "ag"),
            &text.replacen("ab", "", 1),
            &text.replace(PACKAGE, CONTENTS),
            &text.replacen("ab", "äb", 1),
            "",
        ] {
            fs::write(path(folder), wrong).unwrap();
            assert_eq!(Record::read(folder), None, "{wrong}");
        }
        fs::write(path(folder), [0xff]).unwrap();
        assert_eq!(Record::read(folder), None);
    }

    proptest! {
        #[test]
        fn hashes_are_read_as_written(hash in any::<Hash>(), text in "\\PC{0,70}|[0-9a-f]{60,66}") {
            prop_assert_eq!(parse(&hexadecimal(&hash)), Some(hash));
            if let Some(hash) = parse(&text) {
                prop_assert_eq!(hexadecimal(&hash), text);
            }
        }
    }
}
