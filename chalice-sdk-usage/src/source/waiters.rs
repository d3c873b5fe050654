//! Waiters, which poll an operation under another name.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::Package;

/// The methods of an SDK crate's client that make waiters (`wait_until_table_exists`), with the operation that each
/// polls (`describe_table`). Generated code: `src/waiters/table_exists.rs` holds the input of the operation. None for
/// a crate without waiters, or one whose sources are not there: then their calls are not found in sources either.
pub(crate) fn waiters(sdk_crate: &Package) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let Some(root) = sdk_crate.manifest_path.parent() else {
        return found;
    };
    let Ok(files) = std::fs::read_dir(root.join("src").join("waiters")) else {
        return found;
    };
    for path in files.flatten().map(|entry| entry.path()) {
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if let Some(operation) = polled(&text) {
            let method = format!("wait_until_{name}");
            found
                .entry(method)
                .or_default()
                .insert(operation.to_owned());
        }
    }
    found
}

/// The operation whose input a waiter's source builds.
fn polled(source: &str) -> Option<&str> {
    let (_, rest) = source.split_once("inner: crate::operation::")?;
    let (operation, rest) = rest.split_once("::")?;
    rest.starts_with("builders::").then_some(operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_code() {
        let source = "pub struct TableExistsFluentBuilder {\n    handle: X,\n    \
            inner: crate::operation::describe_table::builders::DescribeTableInputBuilder,\n}";
        assert_eq!(polled(source), Some("describe_table"));
        assert_eq!(polled("inner: crate::operation::describe_table"), None);
        assert_eq!(polled("pub(crate) fn match_x() {}"), None);
    }
}
