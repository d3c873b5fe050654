//! What `cargo xtask golden` says of the apps of this folder.

use std::process::Command;

#[test]
fn all_documents_pass() {
    let output = Command::new(env!("CARGO_BIN_EXE_golden")).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    let documents = text.lines().filter(|line| line.contains(": passed: "));
    let last = text.lines().last().unwrap();
    assert_eq!(last, format!("{} passed, 0 failed", documents.count()));
    // What AWS Chalice has written, less what it could not write.
    for document in [
        "01-basic-routes sam-dev.json",
        "06-config-full sam-prod.json",
        "13-pure-lambda-only chalice-dev.tf.json",
    ] {
        assert!(
            text.contains(&format!("\n{document}: passed: ")) || text.starts_with(document),
            "{text}"
        );
    }
}

#[test]
fn a_folder_without_apps_is_refused() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let output = Command::new(env!("CARGO_BIN_EXE_golden"))
        .args(["--dir", folder])
        .output()
        .unwrap();
    assert!(!output.status.success());
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("is it laid out like golden/?"), "{error}");
}
