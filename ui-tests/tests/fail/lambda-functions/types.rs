use chalice::prelude::*;

struct NoEvent;

struct NoAnswer;

struct NoError;

struct NoArgument;

#[lambda_function]
fn event(_event: NoEvent) {}

#[lambda_function]
fn answer(_event: Value) -> NoAnswer {
    NoAnswer
}

#[lambda_function]
async fn answer_in_a_result() -> Result<NoAnswer> {
    Ok(NoAnswer)
}

#[lambda_function]
fn error() -> Result<(), NoError> {
    Err(NoError)
}

#[lambda_function]
fn argument(_event: Value, _argument: NoArgument) {}

#[app]
static APP: App = App {
    name: "types",
    handlers: [event, answer, answer_in_a_result, error, argument],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
