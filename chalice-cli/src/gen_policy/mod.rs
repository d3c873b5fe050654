//! `cargo chalice gen-policy`: what the roles of an app allow, why, and whether the program needs it.

mod check;
mod diff;
mod explain;
mod permission;
mod selection;
mod table;

use std::collections::BTreeSet;
use std::path::PathBuf;

use chalice_config::CommandLine;
use chalice_resources::Inputs;
use clap::{Args, ValueEnum};
use serde::Serialize;

use self::diff::Earlier;
use self::explain::Explanation;
use self::permission::{Document, Permission};
use self::selection::Selected;
use crate::app_build::{App, AppOptions, BuildVariant};
use crate::default_policy::{self, DefaultPolicy};
use crate::sdk_use::SdkUse;
use crate::{Error, section, stage_configuration, stage_resources, standard_output};

/// Prints the policy of an app's roles: what its functions may do on AWS.
///
/// It has what `cargo chalice package` writes into the policies of the stage's roles, all together or those of one
/// function, sorted and put together, with `*` for the partition, the region and the account of ARNs. Nothing is sent
/// to AWS.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  cargo chalice gen-policy --package todo > policy.json\n  \
    cargo chalice gen-policy --package todo --diff policy.json\n  \
    cargo chalice gen-policy --package todo --function api_handler --explain\n  \
    cargo chalice gen-policy --package todo --check"
)]
pub(crate) struct Arguments {
    /// The stage in .chalice/config.json.
    #[arg(long, value_name = "NAME", default_value = "dev")]
    stage: String,
    /// The policy of this function alone.
    #[arg(long, value_name = "NAME", conflicts_with = "check")]
    function: Option<String>,
    /// Tell of every action why it is allowed, and from which line.
    #[arg(long, conflicts_with_all = ["check", "diff"])]
    explain: bool,
    /// Compare what the program uses of AWS with what is granted, and fail if they disagree.
    #[arg(long, conflicts_with = "diff")]
    check: bool,
    /// Show what has come and gone since this policy was written.
    #[arg(long, value_name = "FILE")]
    diff: Option<PathBuf>,
    /// How to print the result [default: json; table with --explain, --check and --diff].
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    app: AppOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For machines.
    Json,
    /// For people.
    Table,
}

/// Prints the policy, or what is asked about it.
pub(crate) async fn run(arguments: &Arguments) -> Result<(), Error> {
    let earlier = match &arguments.diff {
        // Before the build, which may take its time.
        Some(file) => Some(Earlier::read(file)?),
        None => None,
    };
    let app = App::find(&arguments.app)?;
    let (name, command_line) = (&*arguments.stage, CommandLine::default());
    let stage = stage_configuration::load(app.directory(), name, command_line.clone())?;
    let executable = app.build(BuildVariant::default()).await?;
    let manifest = section::read(&executable)?;
    let is_default = default_policy::is_in_force(&manifest, stage.as_ref());
    let used = match is_default || arguments.check || arguments.explain {
        true => SdkUse::of(&app, &executable).await?,
        false => SdkUse::default(),
    };
    for note in &used.notes {
        eprintln!("note: {note}");
    }
    let policy = match is_default {
        true => DefaultPolicy::of(&used),
        false => DefaultPolicy::default(),
    };
    policy.warn();
    let stage = stage_resources::or_defaults(stage, &manifest, name, command_line)?;
    // What there is to know of timeouts and the like, other commands say.
    let functions: Vec<&str> = manifest.functions.iter().map(|it| &*it.name).collect();
    stage.check(Some(&functions))?;
    let resources = Inputs::new(&manifest, &stage)
        .with_used_actions(policy.actions())
        .resources()?;
    if arguments.check {
        let report = check::check(&manifest, &resources, &stage, &used, is_default)?;
        for note in report.notes() {
            eprintln!("note: {note}");
        }
        match arguments.format(Format::Table) {
            Format::Json => print(&report.json())?,
            Format::Table => standard_output::print(report.table())?,
        }
        report.verdict()?;
        eprintln!("what the program uses of AWS and what is granted agree");
        return Ok(());
    }
    let (selected, notes) = selection::select(&resources, &stage, arguments.function.as_deref())?;
    for note in notes {
        eprintln!("note: {note}");
    }
    if arguments.explain {
        let explanation = Explanation::of(&selected, &resources, &manifest, &used)?;
        return match arguments.format(Format::Table) {
            Format::Json => print(&explanation),
            Format::Table => standard_output::print(explanation.table()),
        };
    }
    let permissions = permissions(&selected)?;
    if let Some(earlier) = earlier {
        let difference = earlier.difference(&permissions);
        if difference.is_empty() {
            eprintln!("nothing has changed");
        }
        return match arguments.format(Format::Table) {
            Format::Json => print(&difference),
            Format::Table => standard_output::print(difference.table()),
        };
    }
    match (arguments.format(Format::Json), &selected) {
        (Format::Table, _) => standard_output::print(permission::table(&permissions)),
        (Format::Json, Selected::Generated(_)) => print(&Document::of(&permissions)),
        (Format::Json, Selected::File { document, .. }) => print(document),
    }
}

impl Arguments {
    fn format(&self, default: Format) -> Format {
        self.format.unwrap_or(default)
    }
}

fn permissions(selected: &Selected<'_>) -> Result<BTreeSet<Permission>, Error> {
    match selected {
        Selected::Generated(statements) => {
            let statements = statements.iter();
            Ok(statements
                .flat_map(|it| Permission::of_statement(it))
                .collect())
        }
        Selected::File { path, document } => Permission::of_document(document)
            .map_err(|problem| format!("{path} is no policy of IAM: {problem}").into()),
    }
}

fn print(result: &impl Serialize) -> Result<(), Error> {
    standard_output::print(serde_json::to_string_pretty(result)? + "\n")
}
