//! Configurations of the golden apps and of the examples.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use chalice_config::{CommandLine, Config};
use chalice_core::manifest::{ELF_SECTION, model::Manifest};
use object::{Object, ObjectSection};
use serde_json::Value;
use verifiers::Roles;

use crate::{mistakes, policies, terraform};

const EXAMPLES: [&str; 8] = [
    "authorizers",
    "events",
    "helloworld",
    "product-store",
    "streaming",
    "todo",
    "websocket-chat",
    "websocket-echo",
];

/// The configuration of a stage.
pub(crate) fn template(manifest: &Manifest, directory: &Path, stage: &str) -> Value {
    let functions: Vec<&str> = manifest.functions.iter().map(|it| &*it.name).collect();
    let stage =
        Config::load_stage(directory, stage, CommandLine::default(), Some(&functions)).unwrap();
    let resources = chalice_resources::resources(manifest, &stage).unwrap();
    chalice_terraform::template(&resources).unwrap()
}

/// Every stage of every golden app, with its name.
pub(crate) fn golden() -> Vec<(String, Value)> {
    let mut templates = Vec::new();
    for app in golden::apps().unwrap() {
        for stage in app.stages {
            let template = template(&app.manifest, &app.directory(), stage);
            // A layer of AWS Chalice's app is of an account of one digit.
            let text = template
                .to_string()
                .replace(":1:layer:", ":000000000001:layer:");
            let template = serde_json::from_str(&text).unwrap();
            templates.push((format!("{}-{stage}", app.name), template));
        }
    }
    templates
}

/// Every example, with its own configuration.
fn examples() -> Vec<(String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["build", "--locked", "--target-dir"])
        .arg(target)
        .current_dir(&root);
    for (name, _) in env::vars_os() {
        let known = name.to_string_lossy();
        if known.starts_with("CARGO_PKG_") || known.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    for name in EXAMPLES {
        command.args(["--package", name]);
    }
    assert!(command.status().unwrap().success());
    let templates = EXAMPLES.map(|name| {
        let manifest = manifest(&target.join("debug").join(name));
        (
            name.to_owned(),
            template(&manifest, &root.join("examples").join(name), "dev"),
        )
    });
    templates.into()
}

/// The manifest in an executable for Linux.
fn manifest(executable: &Path) -> Manifest {
    let bytes = fs::read(executable).unwrap();
    let file = object::File::parse(&*bytes).unwrap();
    let section = file.section_by_name(ELF_SECTION).unwrap();
    Manifest::from_json(section.data().unwrap()).unwrap()
}

#[track_caller]
fn assert_accepted(templates: &[(String, Value)]) {
    for (name, template) in templates {
        assert_eq!(mistakes(template), [""; 0], "{name}: {template:#}");
    }
    if let Some(terraform) = terraform::find() {
        assert_eq!(terraform.diagnostics(templates), [""; 0]);
    }
}

#[test]
fn all_golden_apps_are_accepted() {
    let templates = golden();
    assert_eq!(templates.len(), 19);
    assert_accepted(&templates);
}

/// The apps with event sources and with a WebSocket API, each function with its own role.
#[test]
fn functions_with_own_roles_are_accepted() {
    let templates: Vec<(String, Value)> = golden::apps()
        .unwrap()
        .into_iter()
        .filter(|app| ["03-events-sam", "05-websockets"].contains(&app.name))
        .map(|app| {
            let config = format!(
                r#"{{"version": "2.0", "app_name": {:?}, "execution_roles": "per_function"}}"#,
                app.manifest.app.name
            );
            let config = Config::parse(chalice_config::PATH.as_ref(), &config).unwrap();
            let stage = config.stage("dev").unwrap();
            let resources = chalice_resources::resources(&app.manifest, &stage).unwrap();
            let template = chalice_terraform::template(&resources).unwrap();
            (app.name.to_owned(), template)
        })
        .collect();
    assert_eq!(templates.len(), 2);
    for (_, template) in &templates {
        let roles = template["resource"]["aws_iam_role"].as_object().unwrap();
        let functions = template["resource"]["aws_lambda_function"]
            .as_object()
            .unwrap();
        for (name, function) in functions {
            let role = format!("{name}_role");
            assert_eq!(function["role"], format!("${{aws_iam_role.{role}.arn}}"));
            assert!(roles.contains_key(&role), "{role}");
        }
        assert_eq!(roles.len(), functions.len());
    }
    assert_accepted(&templates);
    policies::assert_good(&templates, Roles::Own, 10);
}

#[cfg(target_os = "linux")]
#[test]
fn all_examples_are_accepted() {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, EXAMPLES);
    let templates = examples();
    assert_accepted(&templates);
    policies::assert_good(&templates, Roles::Own, 10);
}
