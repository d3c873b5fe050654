//! The resources of a stage, from the manifest and the configuration.

mod api;
mod bucket_pattern;
mod event_source;
mod function;
mod inputs;
mod policy_split;
mod role;
mod statement;
mod websocket;

use chalice_config::Stage;
use chalice_core::manifest::model::{FunctionKind, Manifest};
use chalice_openapi::Schemas;

pub use self::inputs::Inputs;
use crate::{Problem, Problems, Resources, Table, limits};

/// Works out the resources of a stage of an app, of which no more is known: [`Inputs`].
///
/// # Errors
///
/// As [`Inputs::resources`].
pub fn resources(manifest: &Manifest, stage: &Stage) -> Result<Resources, Problems> {
    Inputs::new(manifest, stage).resources()
}

fn build(inputs: &Inputs<'_>) -> Result<Resources, Problems> {
    let Inputs {
        manifest,
        stage,
        schemas,
        used_actions,
    } = *inputs;
    let mut build = Build {
        manifest,
        stage,
        schemas,
        used_actions,
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
    used_actions: &'a [String],
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
