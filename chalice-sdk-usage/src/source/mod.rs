//! Lines of source that may call operations of the AWS SDK.

mod calls;
mod files;
mod macros;
mod waiters;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cargo_metadata::Package;

pub(crate) use waiters::waiters;

/// A place in a source file that may call an operation.
///
/// A hint: that the receiver of a method is a client of the SDK is not known, and calls that macros put together,
/// that `include!` brings, or that are in generated files are not seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// The source file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The package of the file.
    pub package: String,
    /// The function around it, with its type or trait and the modules of the file: `Store::fetch`. None outside of
    /// functions, where macros are defined.
    pub function: Option<String>,
    /// How it is called there.
    pub form: CallForm,
}

/// How source code calls an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallForm {
    /// `client.get_object()`, the method of a client, without arguments.
    Method,
    /// `Client::get_object`, the method as a path.
    Path,
    /// `GetObjectInput::builder()`, the input that `send_with` sends.
    Input,
    /// `client.wait_until_table_exists()`, which polls an operation.
    Waiter,
    /// The operation's name as an argument of a macro, which may call it.
    MacroArgument,
}

/// A source file that could not be searched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnreadSource {
    /// The file or folder.
    pub file: PathBuf,
    /// Why not.
    pub problem: String,
}

/// What to search for.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Names of operations.
    pub(crate) operations: BTreeSet<String>,
    /// Names of methods that make waiters.
    pub(crate) waiters: BTreeSet<String>,
}

/// A call, and the name of the operation or waiter that was found.
pub(crate) type NamedCall = (String, Call);

/// Searches the sources of a package, but for its tests.
pub(crate) fn search(
    package: &Package,
    names: &Names,
    unread: &mut BTreeSet<UnreadSource>,
) -> Vec<NamedCall> {
    let mut found = Vec::new();
    for file in files::of(package, unread) {
        let calls = calls_in(&file, names);
        match calls {
            Ok(calls) => found.extend(calls.into_iter().map(|call| {
                let place = Call {
                    file: file.clone(),
                    line: call.line,
                    package: package.name.to_string(),
                    function: call.function,
                    form: call.form,
                };
                (call.name, place)
            })),
            Err(problem) => _ = unread.insert(UnreadSource { file, problem }),
        }
    }
    found
}

fn calls_in(file: &Path, names: &Names) -> Result<Vec<calls::FoundCall>, String> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    calls::find(&text, names).map_err(|error| {
        let start = error.span().start();
        format!("line {}: {error}", start.line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_cannot_be_searched() {
        let names = Names::default();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "fn f() {}\nfn g( {}").unwrap();
        let problem = calls_in(file.path(), &names).unwrap_err();
        assert!(problem.starts_with("line 2: "), "{problem}");
        std::fs::write(file.path(), [0xff]).unwrap();
        let problem = calls_in(file.path(), &names).unwrap_err();
        assert!(problem.contains("UTF-8"), "{problem}");
    }
}
