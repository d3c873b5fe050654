//! Every compile error of the framework, with its exact text. `README.md` says
//! how the fixtures are organised.

/// One test for all: without fixtures that pass among them, trybuild checks
/// all fixtures in one run of cargo, on every core.
#[test]
fn compile_errors() {
    trybuild::TestCases::new().compile_fail("tests/fail/*/*.rs");
}
