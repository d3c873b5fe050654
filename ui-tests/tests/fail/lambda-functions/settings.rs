use chalice::prelude::*;

#[lambda_function(nam = "x", description, on_failure = "queue", name = "a b")]
fn mistakes() {}

#[lambda_function("MyFunction")]
fn positional() {}

#[app]
static APP: App = App {
    name: "settings",
    handlers: [mistakes, positional],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
