//! The roles of a stage, and what they are about.

use std::{collections::BTreeMap, path::Path};

use chalice::Application;
use chalice_config::{CommandLine, Config, EnvironmentValue};
use chalice_core::manifest::model::Manifest;
use chalice_resources::{FunctionRole, Resources};

use super::{
    policy::Policy,
    recorder::{ACCOUNT, REGION},
};
use crate::APP;

/// The policy of each function's role, by the function's name on AWS.
pub(super) type Roles = BTreeMap<String, Policy>;

/// The roles that the app has in a stage of `.chalice/config.json`.
pub(super) fn roles(stage: &str) -> Roles {
    let resources = resources(stage);
    let functions = resources.functions.iter().map(|function| {
        let FunctionRole::Managed(role) = &function.role else {
            panic!("{} has no role of its own", function.name);
        };
        let policy = &resources.roles[*role].policy;
        let document = policy.document(|arn| arn.text("aws", REGION, ACCOUNT, "none").into());
        (function.function_name.clone(), Policy(document))
    });
    functions.collect()
}

/// The names of the stage's table and bucket.
pub(super) fn names(stage: &str) -> [String; 2] {
    let resources = resources(stage);
    let function = resources.functions.iter().next().unwrap();
    ["PRODUCTS_TABLE", "PICTURES_BUCKET"].map(|variable| {
        match function.environment_variables.get(variable) {
            Some(EnvironmentValue::Text(name)) => name.clone(),
            other => panic!("{variable}: {other:?}"),
        }
    })
}

fn resources(stage: &str) -> Resources {
    let manifest = Manifest::from_json(APP::manifest()).unwrap();
    let functions: Vec<&str> = manifest.functions.iter().map(|it| &*it.name).collect();
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stage = Config::load_stage(project, stage, CommandLine::default(), Some(&functions));
    chalice_resources::resources(&manifest, &stage.unwrap()).unwrap()
}
