//! `cargo chalice dev`: what the tooling itself sees.

mod appgraph;

use clap::{Args, Subcommand};

use crate::Error;

/// Shows what deployments and templates are made from.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  cargo chalice dev appgraph --package todo")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Appgraph(appgraph::Arguments),
}

/// Does what the command line asks for.
pub(crate) async fn run(arguments: &Arguments) -> Result<(), Error> {
    match &arguments.verb {
        Verb::Appgraph(arguments) => appgraph::run(arguments).await,
    }
}
