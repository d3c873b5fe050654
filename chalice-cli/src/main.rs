//! `cargo chalice`: scaffolds, runs and inspects chalice apps.

mod app_build;
mod children;
mod cli;
mod default_policy;
mod dev;
mod gen_policy;
mod generate_models;
mod generate_pipeline;
mod generate_sdk;
mod invoke;
mod lambda_build;
mod local;
mod manifest;
mod new_project;
mod package;
mod routes;
mod schedules;
mod sdk_use;
mod section;
mod stage_configuration;
mod stage_resources;
mod standard_output;
mod typed_grant;

use std::process::ExitCode;

use clap::Parser as _;

/// What a command fails with: `main` prints it as one sentence.
type Error = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let cli = cli::Cli::parse_from(cli::arguments(std::env::args_os()));
    // Whatever waits, waits on one thread; what keeps a thread busy is given to others (`spawn_blocking`).
    // A server has less work with that than with threads that hand each other its tasks.
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: cannot start the async runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    let result = runtime.block_on(cli.run());
    // Kills the processes that tasks still hold.
    drop(runtime);
    children::reap();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
