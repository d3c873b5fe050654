//! Operations of the AWS SDK that an executable can reach, without running it.

use std::collections::BTreeSet;
use std::path::Path;

use object::read::ReadRef;
use object::{Object as _, ObjectSection as _, ObjectSymbol as _, SectionKind};

use crate::error::UsageError;
use crate::operation::Operation;
use crate::source_path::SourcePaths;
use crate::symbol;

/// Which operations an executable can reach, as far as it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// What told so.
    pub evidence: Evidence,
    /// The operations, of all functions of the executable and of all its crates: what `aws-config` calls to
    /// get credentials is among them.
    pub operations: BTreeSet<Operation>,
}

/// How operations were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// By the symbol table: whoever calls an operation links the functions that send it.
    Symbols,
    /// The executable is stripped, and they were found by the paths of source files that messages quote.
    /// As exact, unless paths were remapped in a part of the crates, which an executable does not show.
    SourcePaths,
}

/// Finds the operations of the AWS SDK for Rust that the executable at `path` (ELF or Mach-O) can reach.
///
/// A debug build gives the same operations as a release build: the linker keeps the functions that the
/// program's `main` leads to. What only types know to be unreachable is found nevertheless: methods that have
/// a place in a vtable, and calls in an async function behind a condition that is never true. Presigned
/// requests are calls of their operation. Requests that are signed without the SDK are not found.
///
/// # Errors
///
/// The file cannot be read, is not an executable, or uses the SDK and tells nothing about the operations,
/// because it is both stripped and built with other paths than those of the crates.
pub fn operations(path: &Path) -> Result<Usage, UsageError> {
    // Of tens of thousands of symbols each has its name elsewhere: from a file, each would be a read.
    let bytes = std::fs::read(path).map_err(|source| UsageError::Open {
        path: path.to_owned(),
        source,
    })?;
    let usage = read(bytes.as_slice()).map_err(|error| UsageError::NotAnExecutable {
        path: path.to_owned(),
        problem: error.to_string(),
    })?;
    usage.ok_or_else(|| UsageError::NoEvidence {
        path: path.to_owned(),
    })
}

/// The operations; none if the executable uses the SDK and does not tell how.
fn read<'data>(data: impl ReadRef<'data>) -> Result<Option<Usage>, object::read::Error> {
    let file = object::File::parse(data)?;
    let mut is_stripped = true;
    let mut operations = BTreeSet::new();
    for symbol in file.symbols().filter(|symbol| symbol.is_definition()) {
        // A name that is no UTF-8 is none of rustc's.
        let Ok(name) = symbol.name() else { continue };
        operations.extend(symbol::operation(name));
        is_stripped = is_stripped && !symbol::is_of_rust(name);
    }
    if !is_stripped {
        return Ok(Some(Usage {
            evidence: Evidence::Symbols,
            operations,
        }));
    }
    let mut paths = SourcePaths::default();
    for section in file.sections() {
        if !matches!(
            section.kind(),
            SectionKind::ReadOnlyData
                | SectionKind::ReadOnlyDataWithRel
                | SectionKind::ReadOnlyString
                | SectionKind::Data
        ) {
            continue;
        }
        paths.add(section.data()?);
    }
    let tells = !paths.operations.is_empty() || !paths.has_runtime;
    Ok(tells.then_some(Usage {
        evidence: Evidence::SourcePaths,
        operations: paths.operations,
    }))
}

#[cfg(test)]
mod tests {
    use object::write::{Object, Symbol, SymbolSection};
    use object::{Architecture, BinaryFormat, Endianness, SymbolFlags, SymbolKind, SymbolScope};
    use proptest::prelude::*;

    use super::*;

    const SEND: &str = "_ZN131_$LT$aws_sdk_sqs..operation..send_message..SendMessage$u20$as$u20$aws_smithy_runtime_api..client..runtime_plugin..RuntimePlugin$GT$6config17h00c1e7f06e6de7cfE";
    const PATH: &[u8] = b"/aws-sdk-s3-1.0.0/src/operation/get_object.rs";

    fn executable(
        format: BinaryFormat,
        defined: &[&str],
        undefined: &[&str],
        data: &[u8],
    ) -> Vec<u8> {
        let mut object = Object::new(format, Architecture::X86_64, Endianness::Little);
        let text = object.section_id(object::write::StandardSection::Text);
        let section = object.section_id(object::write::StandardSection::ReadOnlyData);
        object.append_section_data(text, &[0; 64], 8);
        object.append_section_data(section, data, 8);
        for (names, section) in [
            (defined, SymbolSection::Section(text)),
            (undefined, SymbolSection::Undefined),
        ] {
            for name in names {
                object.add_symbol(Symbol {
                    name: name.as_bytes().to_vec(),
                    value: 0,
                    size: 8,
                    kind: SymbolKind::Text,
                    scope: SymbolScope::Linkage,
                    weak: false,
                    section,
                    flags: SymbolFlags::None,
                });
            }
        }
        object.write().unwrap()
    }

    fn usage(bytes: &[u8]) -> Option<(Evidence, Vec<String>)> {
        let usage = read(bytes).unwrap()?;
        let operations = usage.operations.iter().map(ToString::to_string).collect();
        Some((usage.evidence, operations))
    }

    #[test]
    fn symbols_of_elf_and_macho() {
        for format in [BinaryFormat::Elf, BinaryFormat::MachO] {
            let bytes = executable(format, &[SEND, "malloc"], &[], PATH);
            assert_eq!(
                usage(&bytes),
                Some((
                    Evidence::Symbols,
                    vec!["aws-sdk-sqs send_message".to_owned()]
                ))
            );
        }
    }

    #[test]
    fn stripped() {
        for format in [BinaryFormat::Elf, BinaryFormat::MachO] {
            let bytes = executable(format, &["malloc"], &[SEND], PATH);
            assert_eq!(
                usage(&bytes),
                Some((
                    Evidence::SourcePaths,
                    vec!["aws-sdk-s3 get_object".to_owned()]
                ))
            );
        }
    }

    #[test]
    fn no_sdk() {
        let rust = "_ZN3std2io5stdio6_print17h0123456789abcdefE";
        let symbols = executable(BinaryFormat::Elf, &[rust], &[], b"");
        assert_eq!(usage(&symbols), Some((Evidence::Symbols, vec![])));
        let stripped = executable(BinaryFormat::Elf, &[], &[], b"hello");
        assert_eq!(usage(&stripped), Some((Evidence::SourcePaths, vec![])));
    }

    #[test]
    fn neither() {
        let bytes = executable(BinaryFormat::Elf, &[], &[], b"aws_smithy_runtime::client");
        assert_eq!(usage(&bytes), None);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let message = operations(file.path()).unwrap_err().to_string();
        assert!(message.contains("is stripped"), "{message}");
        assert!(message.contains("strip = \"none\""), "{message}");
    }

    #[test]
    fn no_executable() {
        let missing = operations(Path::new("/nonexistent/app")).unwrap_err();
        assert!(
            missing
                .to_string()
                .starts_with("cannot read /nonexistent/app: ")
        );
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "#!/bin/sh").unwrap();
        let message = operations(file.path()).unwrap_err().to_string();
        assert!(message.contains("is not an executable"), "{message}");
    }

    proptest! {
        #[test]
        fn damaged_executables_never_panic(position in 0..4096_usize, byte in any::<u8>(), length in 0..4096_usize, stripped in any::<bool>()) {
            let symbols: &[&str] = if stripped { &[] } else { &[SEND] };
            let mut bytes = executable(BinaryFormat::Elf, symbols, &[], PATH);
            let position = position % bytes.len();
            bytes[position] = byte;
            _ = read(bytes.as_slice());
            bytes.truncate(length);
            _ = read(bytes.as_slice());
        }
    }
}
