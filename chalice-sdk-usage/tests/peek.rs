#[test]
fn peek() {
    for bin in ["clerk", "credentials-only", "session-tokens"] {
        let p = format!("/tmp/wt-symbols/target/tmp/fleet/debug/{bin}");
        let m = cargo_metadata::MetadataCommand::new().manifest_path("tests/fixtures/fleet/Cargo.toml").exec().unwrap();
        let id = &m.packages.iter().find(|p| p.name.as_str() == bin).unwrap().id;
        let t = std::time::Instant::now();
        let a = chalice_sdk_usage::Analysis::of(p.as_ref(), &m, id).unwrap();
        eprintln!("{bin} {:?} {} {:?} {:?}", t.elapsed(), a.operations.len(), a.evidence, a.unread);
        for o in a.operations {
            eprintln!("{} {:?} {}", o.operation, o.origin, o.calls.iter().map(|c| format!("{}:{} {:?} {:?}", c.file.strip_prefix("/tmp/wt-symbols/chalice-sdk-usage/tests/fixtures/fleet").unwrap_or(&c.file).display(), c.line, c.function, c.form)).collect::<Vec<_>>().join("; "));
        }
    }
}
