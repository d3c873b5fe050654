//! On whose account operations are, by the dependencies and sources of the examples of this workspace. The
//! executables have the symbols alone, since what is tested is what becomes of them.

use std::path::Path;

use cargo_metadata::{Metadata, MetadataCommand, PackageId};
use chalice_sdk_usage::{Analysis, Origin, UsageError};
use object::write::{Object, StandardSection, Symbol, SymbolSection};
use object::{Architecture, BinaryFormat, Endianness, SymbolFlags, SymbolKind, SymbolScope};

/// An executable that calls operations of services.
fn executable(operations: &[(&str, &str, &str)]) -> tempfile::NamedTempFile {
    let mut object = Object::new(BinaryFormat::Elf, Architecture::X86_64, Endianness::Little);
    let text = object.section_id(StandardSection::Text);
    object.append_section_data(text, &[0; 8], 8);
    for (service, module, name) in operations {
        let owner = format!(
            "_$LT$aws_sdk_{service}..operation..{module}..{name}$u20$as$u20$aws_smithy_runtime_api..client..\
             runtime_plugin..RuntimePlugin$GT$"
        );
        let name = format!("_ZN{}{owner}6config17h0123456789abcdefE", owner.len());
        object.add_symbol(Symbol {
            name: name.into_bytes(),
            value: 0,
            size: 8,
            kind: SymbolKind::Text,
            scope: SymbolScope::Linkage,
            weak: false,
            section: SymbolSection::Section(text),
            flags: SymbolFlags::None,
        });
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), object.write().unwrap()).unwrap();
    file
}

fn metadata() -> Metadata {
    MetadataCommand::new()
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .other_options(["--locked".to_owned(), "--offline".to_owned()])
        .exec()
        .unwrap()
}

fn package(metadata: &Metadata, name: &str) -> PackageId {
    let mut packages = metadata.packages.iter();
    let package = packages.find(|package| package.name.as_str() == name);
    package.unwrap().id.clone()
}

/// The origin of each operation, and the functions that may call it.
fn origins(program: &str, operations: &[(&str, &str, &str)]) -> Vec<(String, Origin, Vec<String>)> {
    let metadata = metadata();
    let package = package(&metadata, program);
    let executable = executable(operations);
    let analysis = Analysis::of(executable.path(), &metadata, &package).unwrap();
    assert_eq!(analysis.unread, []);
    let operations = analysis.operations.into_iter();
    operations
        .map(|found| {
            let calls = found.calls.into_iter();
            let functions = calls.filter_map(|call| call.function).collect();
            (found.operation.to_string(), found.origin, functions)
        })
        .collect()
}

const POST: (&str, &str, &str) = (
    "apigatewaymanagement",
    "post_to_connection",
    "PostToConnection",
);

#[test]
fn replies_to_websocket_clients_are_of_the_framework() {
    let found = origins(
        "websocket-chat",
        &[
            POST,
            ("dynamodb", "delete_item", "DeleteItem"),
            ("sts", "assume_role", "AssumeRole"),
        ],
    );
    let expected = [
        (
            "aws-sdk-apigatewaymanagement post_to_connection",
            Origin::Framework,
            [].as_slice(),
        ),
        (
            "aws-sdk-dynamodb delete_item",
            Origin::App,
            &["Storage::leave".to_owned()],
        ),
        ("aws-sdk-sts assume_role", Origin::CredentialProviders, &[]),
    ];
    let expected =
        expected.map(|(operation, origin, calls)| (operation.to_owned(), origin, calls.to_vec()));
    assert_eq!(found, expected);
}

#[test]
fn a_crate_that_is_no_dependency_counts() {
    let found = origins("helloworld", &[("s3", "get_object", "GetObject")]);
    let expected = ("aws-sdk-s3 get_object".to_owned(), Origin::App, vec![]);
    assert_eq!(found, [expected]);
}

#[test]
fn metadata_of_another_workspace() {
    let metadata = metadata();
    let executable = executable(&[POST]);
    let other = PackageId {
        repr: "path+file:///elsewhere#0.1.0".to_owned(),
    };
    let error = Analysis::of(executable.path(), &metadata, &other).unwrap_err();
    assert!(matches!(error, UsageError::NoSuchPackage { .. }));
    assert!(error.to_string().contains("without `--no-deps`"), "{error}");
}
