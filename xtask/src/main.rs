//! The project's own task runner: `cargo xtask test`, `cargo xtask verifiers`, `cargo xtask conformance`,
//! `cargo xtask golden`, `cargo xtask fuzz`, `cargo xtask bench`, `cargo xtask terraform-schema`,
//! `cargo xtask iam-data`, `cargo xtask sdk-usage`.

mod bench;
mod fuzz;
mod iam_data;
mod program;
mod sdk_usage;
mod step;
mod terraform_schema;
mod test;
mod verifiers;

use std::{
    env,
    io::{self, Write},
    process::ExitCode,
};

const HELP: &str = "\
Runs the project's tasks.

Usage: cargo xtask <TASK>

Tasks:
  test         Everything that a change has to pass: format, lints, tests, documentation
  verifiers    Installs the programs in Python and from npm that tests need, as `test` does
  conformance  Compares the framework with AWS Chalice for Python: `--cases FILE`, `--live`
  golden       Compares templates with those of AWS Chalice for Python: `--dir DIR`
  fuzz         The fuzz targets, for as long as you like
  bench        Measures the framework beside its peers, all of it or the parts you name
  terraform-schema  Takes what tests need from a schema of Terraform's AWS provider
  iam-data     Makes the tables of IAM's actions and of the operations of the AWS SDK for Rust
  sdk-usage    Whether the operations of the AWS SDK are found in programs over twelve services, debug and release

Options:
  -h, --help    Print this list
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args_os()
        .skip(1)
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] | ["-h" | "--help" | "help", ..] => print(HELP),
        ["test"] => test::run(),
        ["test", "-h" | "--help"] => print(&test::help()),
        ["test", argument, ..] => {
            eprintln!("error: `cargo xtask test` takes no arguments, and `{argument}` is one");
            ExitCode::from(2)
        }
        ["verifiers"] => verifiers::run(),
        ["verifiers", "-h" | "--help"] => print(verifiers::HELP),
        ["verifiers", argument, ..] => {
            eprintln!("error: `cargo xtask verifiers` takes no arguments, and `{argument}` is one");
            ExitCode::from(2)
        }
        ["conformance", arguments @ ..] => program::run("conformance", arguments),
        ["golden", arguments @ ..] => program::run("golden", arguments),
        ["bench", arguments @ ..] => bench::run(arguments),
        ["terraform-schema", arguments @ ..] => terraform_schema::run(arguments),
        ["iam-data", arguments @ ..] => iam_data::run(arguments),
        ["sdk-usage"] => sdk_usage::run(),
        ["sdk-usage", "-h" | "--help"] => print(sdk_usage::HELP),
        ["sdk-usage", argument, ..] => {
            eprintln!("error: `cargo xtask sdk-usage` takes no arguments, and `{argument}` is one");
            ExitCode::from(2)
        }
        ["fuzz", "-h" | "--help", ..] => print(&fuzz::help()),
        ["fuzz", arguments @ ..] => fuzz::run(arguments),
        [task, ..] => {
            eprintln!("error: there is no task `{task}`; `cargo xtask` lists those that there are");
            ExitCode::from(2)
        }
    }
}

/// Prints what was asked for to the standard output.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
