//! Operations by the paths of their source files, which executables hold for logs and panics, stripped or not.

use std::collections::BTreeSet;

use crate::operation::Operation;

const CRATE: &[u8] = b"aws-sdk-";
const RUNTIME: &[u8] = b"aws_smithy_runtime::";

/// What data of an executable says.
#[derive(Debug, Default)]
pub(crate) struct SourcePaths {
    /// The operations whose file `aws-sdk-SERVICE-VERSION/src/operation/OPERATION.rs` is named: by the code
    /// of calls alone, while types have files of their own below that.
    pub(crate) operations: BTreeSet<Operation>,
    /// Whether the SDK's runtime is there, of which the names of modules tell. Those stay when paths are
    /// remapped.
    pub(crate) has_runtime: bool,
}

impl SourcePaths {
    /// Adds what a section says. Its texts may follow each other without anything between them.
    pub(crate) fn add(&mut self, data: &[u8]) {
        for (at, _) in data
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == CRATE[0])
        {
            let rest = &data[at..];
            if let Some(rest) = rest.strip_prefix(CRATE) {
                self.operations.extend(operation(rest));
            } else if rest.starts_with(RUNTIME) {
                self.has_runtime = true;
            }
        }
    }
}

/// The operation of a path, from behind `aws-sdk-`.
fn operation(text: &[u8]) -> Option<Operation> {
    let (service, rest) = word(text, |byte| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit()
    })?;
    // Folders of `cargo vendor` have no version.
    let rest = match rest.strip_prefix(b"-") {
        Some(rest) => {
            word(rest, |byte| {
                byte.is_ascii_alphanumeric() || b".-+".contains(&byte)
            })?
            .1
        }
        None => rest,
    };
    let rest = folder(folder(rest, b"src")?, b"operation")?;
    let rest = rest.strip_prefix(b"/").or(rest.strip_prefix(b"\\"))?;
    let (module, rest) = word(rest, |byte| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
    })?;
    rest.starts_with(b".rs").then(|| Operation {
        sdk_crate: format!("aws-sdk-{service}"),
        name: module.to_owned(),
    })
}

fn folder<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let text = text.strip_prefix(b"/").or(text.strip_prefix(b"\\"))?;
    text.strip_prefix(name)
}

/// The bytes of one kind at the start, which are at least one, and the rest.
fn word(text: &[u8], is_part: impl Fn(u8) -> bool) -> Option<(&str, &[u8])> {
    let end = text
        .iter()
        .position(|byte| !is_part(*byte))
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let word = str::from_utf8(word).ok()?;
    (!word.is_empty()).then_some((word, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(data: &[u8]) -> Vec<String> {
        let mut paths = SourcePaths::default();
        paths.add(data);
        paths.operations.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn paths() {
        let data = b"x/registry/aws-sdk-sqs-1.119.0/src/operation/send_message.rsSQS.SendMessage\
            /vendor/aws-sdk-s3/src/operation/head_object.rs/aws-sdk-s3/src/operation/a.rs\
            C:\\aws-sdk-kms-1.0.0-rc.1\\src\\operation\\list_keys.rs";
        assert_eq!(
            found(data),
            [
                "aws-sdk-kms list_keys",
                "aws-sdk-s3 a",
                "aws-sdk-s3 head_object",
                "aws-sdk-sqs send_message"
            ]
        );
    }

    #[test]
    fn other_files() {
        for path in [
            "aws-sdk-sqs-1.0.0/src/operation/send_message/builders.rs",
            "aws-sdk-sqs-1.0.0/src/operation.rs",
            "aws-sdk-sqs-1.0.0/src/operation/",
            "aws-sdk-sqs-1.0.0/src/types/message.rs",
            "aws-sdk-/src/operation/x.rs",
            "aws-sdk-sqs-/src/operation/x.rs",
            "aws-sdk-sqs",
        ] {
            assert!(found(path.as_bytes()).is_empty(), "{path}");
        }
    }

    #[test]
    fn the_runtime() {
        let mut paths = SourcePaths::default();
        paths.add(b"a aws_smithy_runtime_api::x");
        assert!(!paths.has_runtime);
        paths.add(b"a aws_smithy_runtime::client::orchestrator");
        assert!(paths.has_runtime);
    }

    proptest! {
        #[test]
        fn no_data_panics(data in proptest::collection::vec(any::<u8>(), 0..60), cut in 0..60_usize) {
            let mut data = data;
            data.extend_from_slice(b"aws-sdk-sqs-1.119.0/src/operation/send_message.rs");
            data.truncate(cut + 40);
            _ = found(&data);
        }

        #[test]
        fn whatever_is_around(before in any::<Vec<u8>>(), after in any::<Vec<u8>>()) {
            let path = b"/aws-sdk-sqs-1.119.0/src/operation/send_message.rs".as_slice();
            let found = found(&[&before, path, &after].concat());
            prop_assert!(found.contains(&"aws-sdk-sqs send_message".to_owned()));
        }
    }
}
