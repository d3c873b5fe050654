//! `terraform validate`, where Terraform and the AWS provider are on the machine. Nothing is downloaded.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Terraform, and a folder in which the AWS provider is.
pub(crate) struct Terraform {
    plugins: PathBuf,
}

/// Terraform, if it is there with the provider; otherwise a line says what is missing.
pub(crate) fn find() -> Option<Terraform> {
    let mut version = Command::new("terraform");
    version.arg("version").env("CHECKPOINT_DISABLE", "1");
    if !version.output().is_ok_and(|output| output.status.success()) {
        eprintln!("note: no `terraform` is on the PATH: the provider's schema is the only judge");
        return None;
    }
    let plugins = places()
        .into_iter()
        .find(|place| place.join("registry.terraform.io/hashicorp/aws").is_dir());
    if plugins.is_none() {
        eprintln!(
            "note: no folder has Terraform's AWS provider, and TERRAFORM_PLUGIN_DIR names none: the provider's schema is the \
             only judge"
        );
    }
    plugins.map(|plugins| Terraform { plugins })
}

/// Where providers may be: the folder that `TERRAFORM_PLUGIN_DIR` names, those that Terraform looks into
/// ("Implied Local Mirrors"), and what is installed beside the system.
fn places() -> Vec<PathBuf> {
    let named = env::var_os("TERRAFORM_PLUGIN_DIR").map(PathBuf::from);
    let home = env::home_dir().map(|home| home.join(".terraform.d/plugins"));
    let shared =
        ["/usr/local/share", "/usr/share"].map(|it| Path::new(it).join("terraform/plugins"));
    let installed = fs::read_dir("/opt")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()));
    named
        .into_iter()
        .chain(home)
        .chain(shared)
        .chain(installed)
        .collect()
}

impl Terraform {
    /// What Terraform has to say about configurations: each with its name.
    pub(crate) fn diagnostics<'a>(
        &self,
        templates: impl IntoIterator<Item = &'a (String, Value)>,
    ) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let mut modules = json!({});
        for (name, template) in templates {
            // The names of modules begin with a letter.
            let name = format!("app-{name}");
            let module = folder.path().join(&name);
            fs::create_dir(&module).unwrap();
            fs::write(module.join("chalice.tf.json"), template.to_string()).unwrap();
            fs::write(module.join("deployment.zip"), "").unwrap();
            modules[&name] = json!({ "source": format!("./{name}") });
        }
        let main = json!({ "module": modules });
        fs::write(folder.path().join("main.tf.json"), main.to_string()).unwrap();
        self.init(&folder);
        validate(&folder)
    }

    fn init(&self, folder: &TempDir) {
        let mut init = terraform(folder);
        init.args(["init", "-input=false", "-no-color"]);
        let mut plugins = std::ffi::OsString::from("-plugin-dir=");
        plugins.push(&self.plugins);
        let output = init.arg(plugins).output().unwrap();
        assert!(output.status.success(), "{}", text(&output));
    }
}

fn terraform(folder: &TempDir) -> Command {
    let mut command = Command::new("terraform");
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("TF_") {
            command.env_remove(name);
        }
    }
    let settings = folder.path().join("terraform.rc");
    fs::write(&settings, "").unwrap();
    command
        .current_dir(folder.path())
        .env("CHECKPOINT_DISABLE", "1")
        .env("TF_CLI_CONFIG_FILE", settings);
    command
}

fn validate(folder: &TempDir) -> Vec<String> {
    let output = terraform(folder)
        .args(["validate", "-json"])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", text(&output)));
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let diagnostics: Vec<String> = diagnostics
        .iter()
        .map(|it| {
            let [file, summary, detail] =
                [&it["range"]["filename"], &it["summary"], &it["detail"]].map(|it| it.as_str());
            [file, summary, detail]
                .map(Option::unwrap_or_default)
                .join(": ")
        })
        .collect();
    assert_eq!(report["valid"] == true, output.status.success());
    diagnostics
}

fn text(output: &Output) -> String {
    [&output.stdout, &output.stderr]
        .map(|bytes| String::from_utf8_lossy(bytes))
        .join("\n")
}
