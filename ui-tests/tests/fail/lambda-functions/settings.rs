use chalice::prelude::*;

#[lambda_function(nam = "x", description, on_failure = "queue", name = "a b")]
fn mistakes() {}

#[lambda_function("MyFunction")]
fn positional() {}

#[lambda_function(name = "a", name = "b", description = "what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, what it does, ")]
fn repeated() {}

#[lambda_function(name: "a", on_failure = 1)]
fn punctuation() {}

#[lambda_function(on_failure = "arn:aws:ec2:us-east-1:123456789012:instance/i-1", name = "")]
fn destination() {}

#[app]
static APP: App = App {
    name: "settings",
    handlers: [mistakes, positional, repeated, punctuation, destination],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
