//! The resources of a stage, from the manifest and the configuration.

mod api;
mod bucket_pattern;
mod event_source;
mod function;
mod policy_split;
mod role;
mod statement;
mod websocket;

use chalice_config::Stage;
use chalice_core::manifest::model::{FunctionKind, Manifest};
use chalice_openapi::Schemas;

use crate::{Problem, Problems, Resources, Table, limits};

/// Works out the resources of a stage of an app.
///
/// If its API checks requests (`request_validation`), it has no definition without the app's
/// schemas: [`resources_with_schemas`].
///
/// # Errors
///
/// When AWS would refuse some of them: with all that is known to be wrong. What is wrong with the
/// configuration alone is not found here, but when it is loaded.
pub fn resources(manifest: &Manifest, stage: &Stage) -> Result<Resources, Problems> {
    build(manifest, stage, None)
}

/// As [`resources()`], with the JSON Schemas of what the app's handlers take.
///
/// # Errors
///
/// As [`resources()`].
pub fn resources_with_schemas(
    manifest: &Manifest,
    stage: &Stage,
    schemas: &Schemas,
) -> Result<Resources, Problems> {
    build(manifest, stage, Some(schemas))
}

fn build(
    manifest: &Manifest,
    stage: &Stage,
    schemas: Option<&Schemas>,
) -> Result<Resources, Problems> {
    let mut build = Build {
        manifest,
        stage,
        schemas,
        resources: Resources {
            app: stage.app_name().clone(),
            stage: stage.name().to_owned(),
            roles: Table::default(),
            log_groups: Table::default(),
            functions: Table::default(),
            event_sources: Table::default(),
            api: None,
            websocket_api: None,
            permissions: Vec::new(),
        },
        problems: Vec::new(),
    };
    build.app_name();
    build.functions();
    build.api();
    build.websocket_api();
    build.policies();
    build.split_policies();
    let Build {
        resources,
        mut problems,
        ..
    } = build;
    limits::check(&resources, &mut problems);
    Problems::of(stage.name(), problems)?;
    Ok(resources)
}

/// What is known of the resources so far.
struct Build<'a> {
    manifest: &'a Manifest,
    stage: &'a Stage,
    schemas: Option<&'a Schemas>,
    resources: Resources,
    problems: Vec<Problem>,
}

impl Build<'_> {
    fn app_name(&mut self) {
        let (code, configuration) = (&*self.manifest.app.name, self.stage.app_name().as_str());
        if code != configuration {
            self.problems.push(Problem::new(
                "the app",
                format!(
                    "its name is `{code}` in the code, and `{configuration}` in {}, where the names of all resources \
                     have it from: write `\"app_name\": {code:?}` there, or rename the app in `#[app]`",
                    chalice_config::PATH
                ),
            ));
        }
    }

    /// `<app>-<stage>-<name>`
    fn prefixed(&self, name: &str) -> String {
        format!("{}-{name}", self.prefix())
    }

    /// `<app>-<stage>`
    fn prefix(&self) -> String {
        format!("{}-{}", self.stage.app_name().as_str(), self.stage.name())
    }
}

/// The place of a function of that kind among the others, which is AWS Chalice's.
fn rank(kind: &FunctionKind) -> u8 {
    match kind {
        FunctionKind::PureLambda(_) => 0,
        FunctionKind::S3(_)
        | FunctionKind::Sns(_)
        | FunctionKind::Sqs(_)
        | FunctionKind::Kinesis(_)
        | FunctionKind::Dynamodb(_)
        | FunctionKind::Cloudwatch(_)
        | FunctionKind::Scheduled(_) => 1,
        FunctionKind::RestApi {} => 2,
        FunctionKind::Authorizer(_) => 3,
        FunctionKind::Websocket(_) => 4,
    }
}
