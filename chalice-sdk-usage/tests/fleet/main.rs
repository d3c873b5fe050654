//! Programs over twelve services, built and analysed: what is found, what is missed, and what is too much.

mod expected;
mod programs;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use chalice_sdk_usage::{Analysis, CallForm, Evidence, Operation, Origin, operations};

use self::expected::{CLERK, ERRAND, Expected, Row};
use self::programs::{Profile, build, folder, metadata};

/// Set by `cargo xtask sdk-usage`: the release builds are whole, and of all twelve services, which takes as long as all
/// other tests together.
const WHOLE: &str = "CHALICE_SDK_USAGE_WHOLE";

fn operation((service, name, _): &Row) -> Operation {
    Operation {
        sdk_crate: format!("aws-sdk-{service}"),
        name: (*name).to_owned(),
    }
}

fn analyse(program: &str, executable: &Path) -> Analysis {
    let (metadata, package) = metadata(program);
    let start = Instant::now();
    let analysis = Analysis::of(executable, &metadata, &package).unwrap();
    eprintln!("{program}: analysed in {:?}", start.elapsed());
    assert_eq!(analysis.unread, []);
    analysis
}

fn of(analysis: &Analysis, origin: Origin) -> Vec<String> {
    let operations = analysis.operations.iter();
    operations
        .filter(|operation| operation.origin == origin)
        .map(|operation| operation.operation.to_string())
        .collect()
}

/// Prints recall and precision with every miss and extra, and asserts them.
fn judge(title: &str, expected: &Expected, found: &BTreeSet<Operation>) {
    let explained = |rows: &[Row], is_listed: &dyn Fn(&Operation) -> bool, word: &str| {
        for row in rows.iter().filter(|row| is_listed(&operation(row))) {
            eprintln!("  {word} {}: {}", operation(row), row.2);
        }
    };
    let reachable: BTreeSet<Operation> = expected.reachable.iter().map(operation).collect();
    let extra: BTreeSet<Operation> = expected.extra.iter().map(operation).collect();
    let right = found.intersection(&reachable).count();
    let recall = right as f64 / reachable.len() as f64;
    let precision = right as f64 / found.len() as f64;
    eprintln!(
        "{title}: {} operations reachable, {} found; recall {:.1} %, precision {:.1} %",
        reachable.len(),
        found.len(),
        recall * 100.0,
        precision * 100.0
    );
    explained(
        expected.reachable,
        &|operation| !found.contains(operation),
        "missed",
    );
    explained(
        expected.extra,
        &|operation| found.contains(operation),
        "extra",
    );
    explained(
        expected.unreachable,
        &|operation| found.contains(operation),
        "WRONG",
    );
    let unexplained: Vec<&Operation> = found
        .iter()
        .filter(|operation| !reachable.contains(operation) && !extra.contains(operation))
        .collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
    assert!(recall == 1.0, "recall {recall}");
    assert!(precision >= 0.95, "precision {precision}");
}

/// A build's operations by its symbols, and by its paths once it is stripped.
fn symbols_and_paths(expected: &Expected, profile: Profile) {
    let executable = build(expected.program, profile);
    let start = Instant::now();
    let usage = operations(&executable).unwrap();
    eprintln!("read in {:?}", start.elapsed());
    assert_eq!(usage.evidence, Evidence::Symbols);
    judge(
        &format!("{profile:?}, by symbols"),
        expected,
        &usage.operations,
    );

    let stripped = tempfile::NamedTempFile::new().unwrap();
    let status = Command::new("strip")
        .arg("-o")
        .args([stripped.path(), &executable])
        .status()
        .unwrap();
    assert!(status.success());
    let usage = operations(stripped.path()).unwrap();
    assert_eq!(usage.evidence, Evidence::SourcePaths);
    judge(
        &format!("{profile:?}, stripped"),
        expected,
        &usage.operations,
    );
}

#[test]
fn the_tables_are_about_the_programs() {
    for expected in [CLERK, ERRAND] {
        let mut sources = String::new();
        for package in expected.crates {
            for file in std::fs::read_dir(folder().join(package).join("src")).unwrap() {
                sources += &std::fs::read_to_string(file.unwrap().path()).unwrap();
            }
        }
        let rows = [expected.reachable, expected.extra, expected.unreachable];
        let rows: Vec<&Row> = rows.into_iter().flatten().collect();
        let operations: BTreeSet<Operation> = rows.iter().map(|row| operation(row)).collect();
        assert_eq!(operations.len(), rows.len(), "an operation is there twice");
        for (_, name, _) in rows {
            assert!(sources.contains(name), "{name}");
        }
    }
    let services: BTreeSet<&str> = CLERK
        .reachable
        .iter()
        .map(|(service, ..)| *service)
        .collect();
    assert!(services.len() >= 12, "{services:?}");
    assert!(CLERK.reachable.len() >= 60);
}

#[test]
fn a_debug_build() {
    symbols_and_paths(&CLERK, Profile::Debug);
    symbols_and_paths(&ERRAND, Profile::Debug);
}

#[test]
fn a_release_build() {
    match std::env::var_os(WHOLE) {
        None => symbols_and_paths(&ERRAND, Profile::OptimisedOperations),
        Some(_) => {
            symbols_and_paths(&ERRAND, Profile::Release);
            symbols_and_paths(&CLERK, Profile::Release);
        }
    }
}

#[test]
fn lines_of_source() {
    let analysis = analyse("clerk", &build("clerk", Profile::Debug));
    let mut places = 0;
    for found in analysis.of_app() {
        assert!(!found.calls.is_empty(), "{}", found.operation);
        for call in &found.calls {
            let text = std::fs::read_to_string(&call.file).unwrap();
            let line = text.lines().nth(call.line - 1).unwrap();
            let expected = match call.form {
                CallForm::Method | CallForm::Path | CallForm::MacroArgument => {
                    found.operation.name.as_str()
                }
                CallForm::Input => "SetQueueAttributesInput::builder()",
                CallForm::Waiter => "wait_until_stream_exists()",
            };
            assert!(line.contains(expected), "{call:?}: {line}");
            places += 1;
        }
    }
    eprintln!(
        "{} operations in {places} places",
        analysis.operations.len()
    );
    assert_eq!(of(&analysis, Origin::App).len(), analysis.operations.len());

    let around = |service: &'static str, name: &'static str| {
        let wanted = operation(&(service, name, ""));
        let mut found = analysis.of_app();
        let found = found.find(|found| found.operation == wanted).unwrap();
        let calls = found.calls.iter();
        calls
            .map(|call| (call.package.clone(), call.function.clone()))
            .collect::<Vec<_>>()
    };
    let place = |package: &str, function: &str| (package.to_owned(), Some(function.to_owned()));
    assert_eq!(
        around("firehose", "put_record"),
        [place("courier", "Stream::tell")]
    );
    assert_eq!(
        around("sfn", "stop_execution"),
        [place("clerk", "Lease::drop")]
    );
    // `publish` of AWS IoT and of Amazon SNS, both of which the package uses; `courier` uses but one.
    assert_eq!(
        around("iotdataplane", "publish"),
        [place("clerk", "shadows")]
    );
    assert_eq!(
        around("sns", "publish"),
        [place("clerk", "shadows"), place("courier", "Topic::tell")]
    );
    assert_eq!(
        around("scheduler", "tag_resource"),
        [("storeroom".to_owned(), None)]
    );
}

#[test]
fn what_gets_credentials_does_not_count() {
    let analysis = analyse(
        "credentials-only",
        &build("credentials-only", Profile::Debug),
    );
    assert_eq!(of(&analysis, Origin::App), ["aws-sdk-sqs list_queues"]);
    assert_eq!(
        of(&analysis, Origin::CredentialProviders),
        [
            "aws-sdk-sso get_role_credentials",
            "aws-sdk-ssooidc create_token",
            "aws-sdk-sts assume_role",
            "aws-sdk-sts assume_role_with_web_identity"
        ]
    );
}

#[test]
fn what_gets_credentials_counts_where_the_app_calls_it() {
    let analysis = analyse("session-tokens", &build("session-tokens", Profile::Debug));
    assert_eq!(
        of(&analysis, Origin::App),
        ["aws-sdk-sts assume_role", "aws-sdk-sts get_session_token"]
    );
    assert_eq!(
        of(&analysis, Origin::CredentialProviders),
        [
            "aws-sdk-sso get_role_credentials",
            "aws-sdk-ssooidc create_token",
            "aws-sdk-sts assume_role_with_web_identity"
        ]
    );
}
