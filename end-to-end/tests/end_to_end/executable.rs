//! What is in an executable.

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

use chalice_core::manifest::ELF_SECTION;
use object::{Object, ObjectSection, ObjectSymbol, SectionFlags};

/// An executable, in memory.
pub(crate) struct Executable {
    path: PathBuf,
    bytes: Vec<u8>,
}

/// A symbol, and the section that it is in.
#[derive(Debug)]
pub(crate) struct Symbol {
    pub(crate) section: String,
    /// Whether the program may write to the section.
    pub(crate) writable: bool,
    pub(crate) addresses: Range<u64>,
}

impl Executable {
    pub(crate) fn read(path: &Path) -> Executable {
        Executable {
            path: path.to_owned(),
            bytes: fs::read(path).unwrap(),
        }
    }

    fn file(&self) -> object::File<'_> {
        object::File::parse(&*self.bytes).unwrap()
    }

    /// The bytes of the manifest's section.
    pub(crate) fn manifest(&self) -> Vec<u8> {
        self.contents(ELF_SECTION)
    }

    /// The bytes of a section.
    pub(crate) fn contents(&self, name: &str) -> Vec<u8> {
        let file = self.file();
        let section = self.section(&file, name);
        section.data().unwrap().to_vec()
    }

    /// The addresses of a section.
    pub(crate) fn addresses(&self, name: &str) -> Range<u64> {
        let file = self.file();
        let section = self.section(&file, name);
        section.address()..section.address() + section.size()
    }

    fn section<'f>(&self, file: &'f object::File<'_>, name: &str) -> impl ObjectSection<'f> {
        file.section_by_name(name)
            .unwrap_or_else(|| panic!("{} has no section {name}", self.path.display()))
    }

    /// Whether there is a table of symbols.
    pub(crate) fn has_symbols(&self) -> bool {
        self.file().symbols().any(|symbol| symbol.size() > 0)
    }

    /// The only symbol of the item `name`, whatever mangles it.
    pub(crate) fn symbol(&self, name: &str) -> Symbol {
        // Both manglings write an item's name behind its length.
        let part = format!("{}{name}", name.len());
        let file = self.file();
        let mut found = file
            .symbols()
            .filter(|symbol| symbol.name().is_ok_and(|name| name.contains(&part)));
        let symbol = found
            .next()
            .unwrap_or_else(|| panic!("{} has no symbol {name}", self.path.display()));
        assert!(found.next().is_none(), "several symbols are called {name}");
        let section = symbol.section_index().unwrap();
        let section = file.section_by_index(section).unwrap();
        let SectionFlags::Elf { sh_flags, .. } = section.flags() else {
            panic!("{} is no ELF file", self.path.display());
        };
        Symbol {
            section: section.name().unwrap().to_owned(),
            writable: sh_flags.contains(object::elf::SHF_WRITE),
            addresses: symbol.address()..symbol.address() + symbol.size(),
        }
    }

    /// Every address that the dynamic linker writes to when the program starts.
    pub(crate) fn relocated_addresses(&self) -> Vec<u64> {
        let file = self.file();
        assert!(
            file.section_by_name(".relr.dyn").is_none(),
            "relocations may be in a table that is not searched here"
        );
        let relocations = file.dynamic_relocations().into_iter().flatten();
        relocations.map(|(address, _)| address).collect()
    }
}
