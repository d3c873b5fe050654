use chalice::prelude::*;

#[lambda_function]
fn reference(event: &str) {}

#[lambda_function]
fn some_type(event: impl Clone) -> impl Clone {
    event
}

#[lambda_function]
fn generic<T>(event: T) {}

#[lambda_function]
static NO_FUNCTION: u8 = 0;

#[lambda_function]
unsafe fn unchecked() {}

#[lambda_function]
extern "C" fn foreign() {}

#[app]
static APP: App = App {
    name: "signature",
    handlers: [reference, some_type, generic, unchecked, foreign],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
