//! The AWS resources of the stage for which a command works.

use chalice_config::{AppName, CommandLine, Config, Stage};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::Schemas;
use chalice_resources::Resources;

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
) -> Result<Resources, Error> {
    let stage = match stage {
        Some(stage) => stage,
        None => of_defaults(manifest, name)?.with_command_line(command_line),
    };
    let functions: Vec<&str> = manifest.functions.iter().map(|it| &*it.name).collect();
    for notice in stage_configuration::notices(&stage, &functions)? {
        eprintln!("note: {notice}");
    }
    let resources = match schemas {
        Some(schemas) => chalice_resources::resources_with_schemas(manifest, &stage, schemas)?,
        None => chalice_resources::resources(manifest, &stage)?,
    };
    for notice in resources.notices() {
        eprintln!("note: {notice}");
    }
    Ok(resources)
}

fn of_defaults(manifest: &Manifest, name: &str) -> Result<Stage, Error> {
    let app = AppName::new(&*manifest.app.name)?;
    Ok(Config::of_app(app).stage(name)?)
}
