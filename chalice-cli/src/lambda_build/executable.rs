//! Whether AWS Lambda can start an executable.

use std::fs::File;
use std::path::{Path, PathBuf};

use object::elf::VER_FLG_WEAK;
use object::read::elf::{FileHeader as _, ProgramHeader as _};
use object::read::{ReadCache, ReadRef};
use object::{Architecture, Object as _};

use chalice_config::LambdaArchitecture;

use super::target::{GLIBC, Target};
use super::toolchain::ZIGBUILD;

/// What begins the names of versions of the C library.
const GLIBC_VERSION: &str = "GLIBC_";

/// The libraries that belong to the C library and to the compiler, which `provided.al2023` has.
const LIBRARIES: [&str; 10] = [
    "ld-linux-aarch64.so.1",
    "ld-linux-x86-64.so.2",
    "libc.so.6",
    "libdl.so.2",
    "libgcc_s.so.1",
    "libm.so.6",
    "libpthread.so.0",
    "libresolv.so.2",
    "librt.so.1",
    "libutil.so.1",
];

/// Why AWS Lambda would not start an executable.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExecutableError {
    /// It cannot be read.
    #[error("cannot read {}: {reason}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: std::io::Error,
    },
    /// It is damaged.
    #[error("{} is no executable that can be read: {problem}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: object::read::Error,
    },
    /// It is for another system or processor.
    #[error(
        "cargo built {} for {built}, and {wanted} functions of AWS Lambda run 64-bit ELF files for Linux on {wanted}: see \
         to it that neither CARGO_BUILD_TARGET nor `build.target` in .cargo/config.toml names another target",
        .path.display()
    )]
    OtherMachine {
        /// The file.
        path: PathBuf,
        /// For what it is.
        built: String,
        /// The function's processor.
        wanted: LambdaArchitecture,
    },
    /// Its dynamic linker is not there.
    #[error(
        "{} is started by `{interpreter}`, which AWS Lambda does not have (there, it is `{expected}`), so that the function \
         would not start: build for {triple}, with a linker that is not of a system with a layout of its own, or with \
         cargo-zigbuild ({})",
        .path.display(), ZIGBUILD
    )]
    Interpreter {
        /// The file.
        path: PathBuf,
        /// What it names.
        interpreter: String,
        /// What there is.
        expected: &'static str,
        /// The target to build for.
        triple: &'static str,
    },
    /// It is linked against a newer C library.
    #[error(
        "{} needs {} of the C library, and AWS Lambda's Amazon Linux 2023 has version {}.{}, so that the function would not \
         start: build with cargo-zigbuild ({}), which this command then takes, or on a system with that version or an older \
         one, such as Amazon Linux 2023",
        .path.display(), .versions.join(", "), GLIBC.0, GLIBC.1, ZIGBUILD
    )]
    NewerLibrary {
        /// The file.
        path: PathBuf,
        /// The versions that are not there.
        versions: Vec<String>,
    },
}

/// Checks that functions on the target can start the executable, and returns the shared libraries it needs
/// beside the C library.
pub(super) fn check(path: &Path, target: &Target) -> Result<Vec<String>, ExecutableError> {
    let file = File::open(path).map_err(|reason| ExecutableError::Unreadable {
        path: path.to_owned(),
        reason,
    })?;
    let cache = ReadCache::new(file);
    let facts = Facts::of(&cache).map_err(|problem| ExecutableError::Damaged {
        path: path.to_owned(),
        problem,
    })?;
    facts.check(path, target)
}

/// What an executable says about where it runs.
#[derive(Debug, Default)]
struct Facts {
    /// For what it is, if that is not Linux on one of AWS Lambda's processors.
    other: Option<String>,
    architecture: Option<LambdaArchitecture>,
    interpreter: Option<String>,
    libraries: Vec<String>,
    /// The versions of symbols without which it does not start.
    versions: Vec<String>,
}

impl Facts {
    fn of<'data>(data: impl ReadRef<'data>) -> object::read::Result<Facts> {
        let file = object::File::parse(data)?;
        let architecture = match file.architecture() {
            Architecture::X86_64 => Some(LambdaArchitecture::X86_64),
            Architecture::Aarch64 => Some(LambdaArchitecture::Arm64),
            _ => None,
        };
        let (object::File::Elf64(elf), Some(_), true) =
            (&file, architecture, file.is_little_endian())
        else {
            return Ok(Facts {
                other: Some(format!("{:?} on {:?}", file.format(), file.architecture())),
                ..Facts::default()
            });
        };
        let mut facts = Facts {
            architecture,
            ..Facts::default()
        };
        let (endian, header) = (elf.endian(), elf.elf_header());
        for segment in header.program_headers(endian, data)? {
            if let Some(interpreter) = segment.interpreter(endian, data)? {
                facts.interpreter = Some(text(interpreter));
            }
        }
        for library in elf.import_libraries()? {
            facts.libraries.push(text(library?.name()));
        }
        let sections = elf.elf_section_table();
        if let Some((needs, link)) = sections.gnu_verneed(endian, data)? {
            let strings = sections.strings(endian, data, link)?;
            for need in needs {
                let (_, versions) = need?;
                for version in versions {
                    let version = version?;
                    // A program starts without what is weak.
                    if !version.vna_flags.get(endian).contains(VER_FLG_WEAK) {
                        facts.versions.push(text(version.name(endian, strings)?));
                    }
                }
            }
        }
        Ok(facts)
    }

    fn check(self, path: &Path, target: &Target) -> Result<Vec<String>, ExecutableError> {
        let path = path.to_owned();
        let wanted = target.architecture;
        if self.architecture != Some(wanted) {
            let built = match (self.other, self.architecture) {
                (Some(other), _) => other,
                (None, built) => built.map(|it| it.to_string()).unwrap_or_default(),
            };
            return Err(ExecutableError::OtherMachine {
                path,
                built,
                wanted,
            });
        }
        if let Some(interpreter) = self.interpreter.filter(|it| it != target.interpreter) {
            return Err(ExecutableError::Interpreter {
                path,
                interpreter,
                expected: target.interpreter,
                triple: target.triple,
            });
        }
        let mut versions: Vec<String> = self
            .versions
            .into_iter()
            .filter(|version| is_newer(version))
            .collect();
        versions.sort();
        versions.dedup();
        if !versions.is_empty() {
            return Err(ExecutableError::NewerLibrary { path, versions });
        }
        let mut libraries = self.libraries;
        libraries.retain(|library| !LIBRARIES.contains(&library.as_str()));
        Ok(libraries)
    }
}

/// Whether it is a version of the C library that AWS Lambda's does not have. What has no number,
/// such as `GLIBC_ABI_DT_RELR`, came after it, but for what the C library's own parts say to each other.
fn is_newer(version: &str) -> bool {
    let Some(version) = version.strip_prefix(GLIBC_VERSION) else {
        return false;
    };
    let mut numbers = version.split('.').map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) > GLIBC,
        _ => version != "PRIVATE",
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use object::write::Object;
    use object::{BinaryFormat, Endianness};
    use proptest::prelude::*;

    use super::*;

    fn check_bytes(bytes: &[u8], architecture: LambdaArchitecture) -> Result<Vec<String>, String> {
        let facts = Facts::of(bytes).map_err(|error| error.to_string())?;
        let checked = facts.check(Path::new("app"), Target::of(architecture));
        checked.map_err(|error| error.to_string())
    }

    #[test]
    fn versions_of_the_c_library() {
        for old in [
            "GLIBC_2.2.5",
            "GLIBC_2.34",
            "GLIBC_PRIVATE",
            "GCC_4.2.0",
            "OPENSSL_3.0.0",
        ] {
            assert!(!is_newer(old), "{old}");
        }
        for new in [
            "GLIBC_2.35",
            "GLIBC_2.100",
            "GLIBC_3.0",
            "GLIBC_ABI_DT_RELR",
        ] {
            assert!(is_newer(new), "{new}");
        }
    }

    #[test]
    fn executables_of_other_machines() {
        use LambdaArchitecture::{Arm64, X86_64};
        let elf = |architecture| {
            let object = Object::new(BinaryFormat::Elf, architecture, Endianness::Little);
            object.write().unwrap()
        };
        assert_eq!(
            check_bytes(&elf(Architecture::Aarch64), Arm64).unwrap(),
            [""; 0]
        );
        let error = check_bytes(&elf(Architecture::X86_64), Arm64).unwrap_err();
        assert!(
            error.starts_with("cargo built app for x86_64, and arm64 functions of AWS Lambda run"),
            "{error}"
        );
        assert!(
            check_bytes(&elf(Architecture::Riscv64), X86_64)
                .unwrap_err()
                .contains("Riscv64")
        );
        let mac = Object::new(
            BinaryFormat::MachO,
            Architecture::Aarch64,
            Endianness::Little,
        );
        let error = check_bytes(&mac.write().unwrap(), Arm64).unwrap_err();
        assert!(error.contains("for MachO on Aarch64"), "{error}");
        assert!(check_bytes(b"#!/bin/sh", X86_64).is_err());
        let missing = check(Path::new("/nonexistent/app"), Target::of(X86_64)).unwrap_err();
        assert!(
            missing
                .to_string()
                .starts_with("cannot read /nonexistent/app: ")
        );
    }

    /// This test's own executable, which was linked by what links apps.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    mod of_this_machine {
        use object::ObjectSection as _;

        use super::*;

        const ARCHITECTURE: LambdaArchitecture = match cfg!(target_arch = "aarch64") {
            true => LambdaArchitecture::Arm64,
            false => LambdaArchitecture::X86_64,
        };

        fn own() -> Vec<u8> {
            std::fs::read(std::env::current_exe().unwrap()).unwrap()
        }

        /// Every occurrence of the text in that section is another of the same length.
        fn replaced(section: &str, text: &str, other: &str) -> Vec<u8> {
            let mut bytes = own();
            let (start, length) = object::File::parse(&*bytes)
                .unwrap()
                .section_by_name(section)
                .and_then(|section| section.file_range())
                .unwrap();
            let (start, length) = (start as usize, length as usize);
            let (text, other) = (format!("{text}\0"), format!("{other}\0"));
            assert_eq!(text.len(), other.len());
            let contents = &bytes[start..start + length];
            let places: Vec<usize> = contents
                .windows(text.len())
                .enumerate()
                .filter(|(_, window)| *window == text.as_bytes())
                .map(|(place, _)| start + place)
                .collect();
            assert!(!places.is_empty(), "{text}");
            for place in places {
                bytes[place..place + text.len()].copy_from_slice(other.as_bytes());
            }
            bytes
        }

        #[test]
        fn a_newer_c_library_is_refused() {
            let facts = Facts::of(&*own()).unwrap();
            assert_eq!(
                facts.interpreter.as_deref(),
                Some(Target::of(ARCHITECTURE).interpreter)
            );
            assert!(facts.libraries.iter().any(|library| library == "libc.so.6"));
            let version = facts
                .versions
                .iter()
                .find(|version| {
                    version.starts_with("GLIBC_2.3") && version.len() == "GLIBC_2.34".len()
                })
                .unwrap();
            let error =
                check_bytes(&replaced(".dynstr", version, "GLIBC_2.99"), ARCHITECTURE).unwrap_err();
            assert!(error.starts_with("app needs "), "{error}");
            assert!(error.contains("GLIBC_2.99"), "{error}");
            assert!(
                error.contains("Amazon Linux 2023 has version 2.34"),
                "{error}"
            );
            assert!(
                error.contains("`cargo install --locked cargo-zigbuild`"),
                "{error}"
            );
        }

        #[test]
        fn another_dynamic_linker_is_refused() {
            let interpreter = Target::of(ARCHITECTURE).interpreter;
            let other = interpreter.replace("ld-linux", "ld-other");
            let error =
                check_bytes(&replaced(".interp", interpreter, &other), ARCHITECTURE).unwrap_err();
            assert!(error.contains("which AWS Lambda does not have"), "{error}");
        }

        #[test]
        fn libraries_beside_the_c_library_are_told() {
            let facts = Facts {
                architecture: Some(ARCHITECTURE),
                libraries: ["libc.so.6", "libpq.so.5"].map(str::to_owned).into(),
                ..Facts::default()
            };
            let libraries = facts
                .check(Path::new("app"), Target::of(ARCHITECTURE))
                .unwrap();
            assert_eq!(libraries, ["libpq.so.5"]);
        }
    }

    proptest! {
        #[test]
        fn damaged_executables_never_panic(position in 0..4096_usize, byte in any::<u8>(), length in 0..4096_usize) {
            let object = Object::new(BinaryFormat::Elf, Architecture::X86_64, Endianness::Little);
            let mut bytes = object.write().unwrap();
            let position = position % bytes.len();
            bytes[position] = byte;
            let _ = check_bytes(&bytes, LambdaArchitecture::X86_64);
            bytes.truncate(length);
            let _ = check_bytes(&bytes, LambdaArchitecture::X86_64);
        }
    }
}
