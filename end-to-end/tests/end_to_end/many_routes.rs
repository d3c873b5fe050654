//! Apps far larger than API Gateway's quota of 300 resources per API.

use crate::{diagnostics, generated_app};

/// The compiler has nothing to say about an app of `count` routes; above all it
/// does not find its const evaluation too long (`long_running_const_eval`).
fn compiles_silently(count: usize) {
    let project = generated_app::write(count);
    let check = diagnostics::check(&project);
    let said: Vec<&str> = check
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.rendered.as_str())
        .collect();
    assert!(check.succeeded && said.is_empty(), "{}", said.join("\n"));
    eprintln!(
        "{count} routes: cargo check takes {:.2} s for the crate alone",
        check.duration.as_secs_f64()
    );
}

#[test]
fn a_thousand_routes() {
    compiles_silently(1_000);
}

#[test]
fn three_thousand_routes() {
    compiles_silently(3_000);
}
