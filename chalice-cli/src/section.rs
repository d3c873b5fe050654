//! Reading the manifest out of an executable, without running it.

use std::fs::File;
use std::path::{Path, PathBuf};

use chalice_core::manifest::model::{Manifest, ReadError};
use chalice_core::manifest::{ELF_SECTION, MACHO_SECTION};
use object::read::ReadCache;
use object::{BinaryFormat, Object as _, ObjectSection as _};

/// Why an executable's manifest cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SectionError {
    /// The file cannot be opened.
    #[error("cannot read {}: {source}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is no executable that this program knows.
    #[error("{} is not an executable for Linux (ELF) or macOS (Mach-O): {problem}", .path.display())]
    NotAnExecutable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The executable has no manifest.
    #[error("{} is not a chalice app: it has no `#[app]`", .path.display())]
    NoApp {
        /// The file.
        path: PathBuf,
    },
    /// The executable has the manifests of several apps.
    #[error(
        "{} holds {} apps ({}): a binary is one app; keep one `#[app]` and make blueprints of the others",
        .path.display(), .apps.len(), .apps.join(", ")
    )]
    SeveralApps {
        /// The file.
        path: PathBuf,
        /// The apps' names.
        apps: Vec<String>,
    },
    /// The manifest cannot be understood.
    #[error("cannot read the manifest in {}: {source}", .path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: ReadError,
    },
}

/// Reads the manifest of the app in the executable at `path`.
pub(crate) fn read(path: &Path) -> Result<Manifest, SectionError> {
    let file = File::open(path).map_err(|source| SectionError::Open {
        path: path.to_owned(),
        source,
    })?;
    // Executables with debug information are large; this reads the needed parts only.
    let cache = ReadCache::new(file);
    let section = section(&cache).map_err(|error| SectionError::NotAnExecutable {
        path: path.to_owned(),
        problem: error.to_string(),
    })?;
    manifest(&section, path)
}

/// The bytes of the manifest's section; empty when there is none.
fn section<'data>(data: impl object::read::ReadRef<'data>) -> Result<Vec<u8>, object::read::Error> {
    let file = object::File::parse(data)?;
    let (segment, name) = match file.format() {
        BinaryFormat::MachO => (Some(MACHO_SECTION.0), MACHO_SECTION.1),
        _ => (None, ELF_SECTION),
    };
    // A linker may leave several sections of that name: their contents are one after the other.
    let mut bytes = Vec::new();
    for section in file.sections() {
        if section.name()? == name && (segment.is_none() || section.segment_name()? == segment) {
            bytes.extend_from_slice(section.data()?);
        }
    }
    Ok(bytes)
}

fn manifest(section: &[u8], path: &Path) -> Result<Manifest, SectionError> {
    let malformed = |error: serde_json::Error| SectionError::Manifest {
        path: path.to_owned(),
        source: ReadError::Malformed(error),
    };
    // Linkers fill the space between two contributions with zeros.
    let text: Vec<u8> = section.iter().copied().filter(|byte| *byte != 0).collect();
    let copies = serde_json::Deserializer::from_slice(&text)
        .into_iter::<serde_json::Value>()
        .collect::<Result<Vec<_>, _>>()
        .map_err(malformed)?;
    match copies.as_slice() {
        [] => Err(SectionError::NoApp {
            path: path.to_owned(),
        }),
        [_] => Manifest::from_json(&text).map_err(|source| SectionError::Manifest {
            path: path.to_owned(),
            source,
        }),
        several => Err(SectionError::SeveralApps {
            path: path.to_owned(),
            apps: several
                .iter()
                .map(|copy| copy["app"]["name"].as_str().unwrap_or("unnamed").to_owned())
                .collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use object::write::{Object, StandardSegment};
    use object::{Architecture, Endianness, SectionKind};
    use proptest::prelude::*;

    use super::*;

    const MANIFEST: &[u8] =
        br#"{"manifest_version":1,"framework":{"name":"chalice","version":"0.1.0"},
        "app":{"name":"sample","source":{"module":"m","item":"APP","file":"f","line":1},"api":{"cors":null,"binary_types":[],"compression":null,"debug":false}},
        "functions":[],"routes":[]}"#;

    fn executable(
        format: BinaryFormat,
        segment: &[u8],
        section: &[u8],
        contents: &[u8],
    ) -> Vec<u8> {
        let mut object = Object::new(format, Architecture::X86_64, Endianness::Little);
        let id = object.add_section(
            segment.to_vec(),
            section.to_vec(),
            SectionKind::ReadOnlyData,
        );
        object.append_section_data(id, contents, 8);
        let text = object.segment_name(StandardSegment::Text).to_vec();
        let id = object.add_section(text, b".other".to_vec(), SectionKind::ReadOnlyData);
        object.append_section_data(id, b"{", 1);
        object.write().unwrap()
    }

    fn read_bytes(bytes: &[u8]) -> Result<Manifest, SectionError> {
        let path = Path::new("app");
        let section = section(bytes).map_err(|error| SectionError::NotAnExecutable {
            path: path.into(),
            problem: error.to_string(),
        })?;
        manifest(&section, path)
    }

    fn elf(contents: &[u8]) -> Vec<u8> {
        executable(BinaryFormat::Elf, b"", ELF_SECTION.as_bytes(), contents)
    }

    #[test]
    fn elf_and_macho() {
        let (segment, section) = MACHO_SECTION;
        let macho = executable(
            BinaryFormat::MachO,
            segment.as_bytes(),
            section.as_bytes(),
            MANIFEST,
        );
        for bytes in [elf(MANIFEST), macho] {
            assert_eq!(read_bytes(&bytes).unwrap().app.name, "sample");
        }
    }

    #[test]
    fn padding_is_ignored() {
        assert!(read_bytes(&elf(&[b"\0\0", MANIFEST, b"\0\0\0"].concat())).is_ok());
    }

    #[test]
    fn a_section_of_another_segment_is_not_the_manifest() {
        let bytes = executable(
            BinaryFormat::MachO,
            b"__TEXT",
            MACHO_SECTION.1.as_bytes(),
            MANIFEST,
        );
        assert!(matches!(
            read_bytes(&bytes),
            Err(SectionError::NoApp { .. })
        ));
    }

    #[test]
    fn no_app() {
        let bytes = executable(BinaryFormat::Elf, b"", b".rodata", b"x");
        assert_eq!(
            read_bytes(&bytes).unwrap_err().to_string(),
            "app is not a chalice app: it has no `#[app]`"
        );
    }

    #[test]
    fn two_apps() {
        assert_eq!(
            read_bytes(&elf(&[MANIFEST, b"\0", MANIFEST].concat()))
                .unwrap_err()
                .to_string(),
            "app holds 2 apps (sample, sample): a binary is one app; keep one `#[app]` and make \
             blueprints of the others"
        );
    }

    #[test]
    fn damage() {
        assert!(
            read_bytes(b"#!/bin/sh")
                .unwrap_err()
                .to_string()
                .starts_with("app is not an executable")
        );
        assert!(
            read_bytes(&elf(b"{"))
                .unwrap_err()
                .to_string()
                .starts_with("cannot read the manifest in app:")
        );
        let other = MANIFEST
            .iter()
            .map(|&byte| if byte == b'1' { b'7' } else { byte })
            .collect::<Vec<_>>();
        assert!(
            read_bytes(&elf(&other))
                .unwrap_err()
                .to_string()
                .contains("format version 7")
        );
        let missing = read(Path::new("/nonexistent/app")).unwrap_err().to_string();
        assert!(
            missing.starts_with("cannot read /nonexistent/app: "),
            "{missing}"
        );
    }

    proptest! {
        #[test]
        fn damaged_executables_never_panic(position in 0..4096_usize, byte in any::<u8>(), length in 0..4096_usize) {
            let mut bytes = elf(MANIFEST);
            let position = position % bytes.len();
            bytes[position] = byte;
            let _ = read_bytes(&bytes);
            bytes.truncate(length);
            let _ = read_bytes(&bytes);
        }
    }
}
