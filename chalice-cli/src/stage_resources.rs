//! The AWS resources of the stage for which a command works.

use chalice_config::{AppName, CommandLine, Config, Stage};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::Schemas;
use chalice_resources::{Inputs, Resources};

use crate::default_policy::DefaultPolicy;
use crate::{Error, stage_configuration};

/// Works out the resources of the stage of that name, and says what there is to know about them. Without a
/// configuration, which a project need not have, the defaults hold. Without `schemas`, an API that checks
/// requests by them has no definition.
pub(crate) fn resources(
    manifest: &Manifest,
    stage: Option<Stage>,
    name: &str,
    command_line: CommandLine,
    schemas: Option<&Schemas>,
    policy: &DefaultPolicy,
) -> Result<Resources, Error> {
    let stage = or_defaults(stage, manifest, name, command_line)?;
    let functions: Vec<&str> = manifest.functions.iter().map(|it| &*it.name).collect();
    for notice in stage_configuration::notices(&stage, &functions)? {
        eprintln!("note: {notice}");
    }
    let resources = Inputs::new(manifest, &stage)
        .with_schemas(schemas)
        .with_used_actions(policy.actions())
        .resources()?;
    for notice in resources.notices() {
        eprintln!("note: {notice}");
    }
    Ok(resources)
}

/// The stage; without a configuration, the one of that name with the defaults.
pub(crate) fn or_defaults(
    stage: Option<Stage>,
    manifest: &Manifest,
    name: &str,
    command_line: CommandLine,
) -> Result<Stage, Error> {
    if let Some(stage) = stage {
        return Ok(stage);
    }
    let app = AppName::new(&*manifest.app.name)?;
    let stage = Config::of_app(app).stage(name)?;
    Ok(stage.with_command_line(command_line))
}
