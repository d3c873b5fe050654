//! The AWS resources of the stage for which a command works.

use std::path::Path;

use chalice_config::{AppName, Config, Stage};
use chalice_core::manifest::model::Manifest;
use chalice_resources::Resources;

use crate::{Error, stage_configuration};

/// Works out the resources of the app, and prints what there is to know about them. A project without a
/// configuration has that of all defaults.
pub(crate) fn resources(
    manifest: &Manifest,
    stage: Option<Stage>,
    name: &str,
) -> Result<Resources, Error> {
    let functions: Vec<&str> = manifest.functions.iter().map(|it| &*it.name).collect();
    let stage = match stage {
        Some(stage) => {
            stage_configuration::check(&stage, &functions)?;
            stage
        }
        None => of_defaults(manifest, name)?,
    };
    let resources = chalice_resources::resources(manifest, &stage)?;
    for notice in resources.notices() {
        eprintln!("note: {notice}");
    }
    Ok(resources)
}

fn of_defaults(manifest: &Manifest, name: &str) -> Result<Stage, Error> {
    Ok(Config::of_app(AppName::new(&*manifest.app.name)?).stage(name)?)
}

/// As [`resources`], of the project in that folder.
pub(crate) fn of_project(
    project: &Path,
    manifest: &Manifest,
    name: &str,
) -> Result<Resources, Error> {
    let stage = stage_configuration::load(project, name, chalice_config::CommandLine::default())?;
    resources(manifest, stage, name)
}
