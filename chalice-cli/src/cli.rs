//! The command line's grammar.

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use crate::{
    Error, dev, gen_policy, generate_models, generate_pipeline, generate_sdk, invoke, lambda_build,
    local, manifest, new_project, package, routes,
};

/// Scaffolds, runs and inspects chalice apps.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-chalice",
    bin_name = "cargo chalice",
    version,
    max_term_width = 100
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    NewProject(new_project::Arguments),
    Local(local::Arguments),
    Invoke(Box<invoke::Arguments>),
    Build(lambda_build::Arguments),
    Routes(routes::Arguments),
    Manifest(manifest::Arguments),
    GenPolicy(gen_policy::Arguments),
    GenerateModels(generate_models::Arguments),
    GeneratePipeline(Box<generate_pipeline::Arguments>),
    GenerateSdk(generate_sdk::Arguments),
    Package(Box<package::Arguments>),
    Dev(dev::Arguments),
}

impl Cli {
    /// Does what the command line asks for.
    pub(crate) async fn run(self) -> Result<(), Error> {
        match self.verb {
            Verb::NewProject(arguments) => new_project::run(&arguments),
            Verb::Local(arguments) => local::run(arguments).await,
            Verb::Invoke(arguments) => invoke::run(*arguments).await,
            Verb::Build(arguments) => lambda_build::run(&arguments).await,
            Verb::Routes(arguments) => routes::run(&arguments).await,
            Verb::Manifest(arguments) => manifest::run(&arguments).await,
            Verb::GenPolicy(arguments) => gen_policy::run(&arguments).await,
            Verb::GenerateModels(arguments) => generate_models::run(&arguments).await,
            Verb::GeneratePipeline(arguments) => generate_pipeline::run(&arguments),
            Verb::GenerateSdk(arguments) => generate_sdk::run(&arguments).await,
            Verb::Package(arguments) => package::run(&arguments).await,
            Verb::Dev(arguments) => dev::run(&arguments).await,
        }
    }
}

/// The arguments without the word that Cargo adds: it runs
/// `cargo-chalice chalice local` for `cargo chalice local`.
pub(crate) fn arguments(all: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    all.enumerate()
        .filter(|(position, argument)| !(*position == 1 && argument == "chalice"))
        .map(|(_, argument)| argument)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_grammar_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_an_example() {
        for command in Cli::command().get_subcommands_mut() {
            let name = command.get_name().to_owned();
            let help = command.render_long_help().to_string();
            assert!(help.contains(&format!("cargo chalice {name}")), "{help}");
        }
    }

    #[test]
    fn cargos_own_word_is_left_out() {
        let given = |words: &[&str]| -> Vec<OsString> {
            arguments(words.iter().map(OsString::from)).collect()
        };
        assert_eq!(
            given(&["cargo-chalice", "chalice", "local"]),
            ["cargo-chalice", "local"]
        );
        assert_eq!(
            given(&["cargo-chalice", "local"]),
            ["cargo-chalice", "local"]
        );
        assert_eq!(
            given(&["cargo-chalice", "chalice", "new-project", "chalice"]),
            ["cargo-chalice", "new-project", "chalice"]
        );
    }
}
