//! `cargo chalice dev appgraph`: the resources of a stage.

use chalice_config::CommandLine;
use clap::{Args, ValueEnum};

use crate::app_build::{App, AppOptions, BuildVariant};
use crate::default_policy::DefaultPolicy;
use crate::{Error, section, stage_configuration, stage_resources, standard_output};

/// Shows the AWS resources of a stage, and what belongs to what.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  cargo chalice dev appgraph --package todo\n  \
    cargo chalice dev appgraph --package todo --format mermaid > resources.mmd"
)]
pub(crate) struct Arguments {
    /// The stage in .chalice/config.json.
    #[arg(long, value_name = "NAME", default_value = "dev")]
    stage: String,
    /// How to show them.
    #[arg(long, value_name = "FORMAT", default_value = "tree")]
    format: Format,
    #[command(flatten)]
    app: AppOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A tree, for people.
    Tree,
    /// All that there is, for machines.
    Json,
    /// A flowchart in the language of Mermaid.
    Mermaid,
}

/// Prints the graph.
pub(super) async fn run(arguments: &Arguments) -> Result<(), Error> {
    let app = App::find(&arguments.app)?;
    let (name, command_line) = (&*arguments.stage, CommandLine::default());
    let stage = stage_configuration::load(app.directory(), name, command_line.clone())?;
    let executable = app.build(BuildVariant::default()).await?;
    let manifest = section::read(&executable)?;
    let policy = DefaultPolicy::in_stage(&app, &executable, &manifest, stage.as_ref()).await?;
    let resources =
        stage_resources::resources(&manifest, stage, name, command_line, None, &policy)?;
    let graph = resources.graph();
    standard_output::print(&match arguments.format {
        Format::Tree => graph.to_string(),
        Format::Json => serde_json::to_string_pretty(&graph)? + "\n",
        Format::Mermaid => graph.mermaid(),
    })
}
