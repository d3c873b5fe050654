//! What is written, as files, and what others say of it.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use chalice_config::LambdaArchitecture;
use clap::Parser as _;
use serde_json::{Value, json};
use verifiers::{cloudformation_mistakes, workflow_mistakes};

use super::codepipeline::{CodePipeline, Provider};
use super::project::{DeployedStage, Project};
use super::stage_access::StageAccess;
use super::{GENERATED, buildspec, github_access, workflow};
use crate::cli::{self, Cli};
use crate::package::yaml;

fn texts(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(|it| (*it).to_owned()).collect()
}

fn stage(name: &str, id: &str) -> DeployedStage {
    DeployedStage {
        name: name.to_owned(),
        stack: format!("todo-{name}"),
        id: id.to_owned(),
        architecture: LambdaArchitecture::Arm64,
        is_approved: false,
        access: StageAccess::default(),
    }
}

/// An app that is a repository of its own, with one stage.
fn small() -> Project {
    Project {
        app: "todo".to_owned(),
        package: "todo".to_owned(),
        selection: Vec::new(),
        folder: String::new(),
        branch: "main".to_owned(),
        stages: vec![stage("dev", "Dev")],
    }
}

/// An app with all there is, in a folder whose name is no plain word.
fn rich() -> Project {
    let prod = DeployedStage {
        architecture: LambdaArchitecture::X86_64,
        is_approved: true,
        access: StageAccess {
            vpc: true,
            efs: true,
            access_log: true,
            custom_domain: true,
            parameters: texts(&["/todo/prod/table", "plain"]),
            secrets: texts(&[
                "todo/token",
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:other-AbCdEf",
            ]),
            keys: texts(&[
                "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            ]),
            roles: texts(&["arn:aws:iam::123456789012:role/own"]),
            role_paths: texts(&["/apps/"]),
            layers: texts(&["arn:aws:lambda:eu-west-1:123456789012:layer:tools:3"]),
        },
        ..stage("prod", "Prod")
    };
    Project {
        selection: ["--bin", "todo-api", "--features", "mail,search"]
            .map(str::to_owned)
            .to_vec(),
        folder: "apps/my (first) app".to_owned(),
        branch: "release/1.0".to_owned(),
        stages: vec![stage("on", "On"), prod],
        ..small()
    }
}

fn codepipeline(project: &Project, provider: Provider) -> Value {
    let buildspec = buildspec::write(project);
    CodePipeline {
        project,
        provider,
        image: None,
        buildspec: &buildspec,
    }
    .template()
}

#[track_caller]
fn golden(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/pipelines");
    expectorate::assert_contents(folder.join(name), text);
}

#[test]
fn golden_files() {
    for (name, project, provider) in [
        ("small", small(), Provider::Github),
        ("rich", rich(), Provider::Gitlab),
    ] {
        let template = codepipeline(&project, provider);
        golden(&format!("{name}-pipeline.yaml"), &yaml::write(&template));
        golden(&format!("{name}-buildspec.yml"), &buildspec::file(&project));
        golden(&format!("{name}-workflow.yml"), &workflow::write(&project));
        golden(
            &format!("{name}-access.json"),
            &format!("{:#}\n", github_access::template(&project)),
        );
    }
}

/// All templates.
fn templates() -> Vec<Value> {
    let mut templates = Vec::new();
    for project in [small(), rich()] {
        templates.push(codepipeline(&project, Provider::Github));
        templates.push(github_access::template(&project));
    }
    let project = small();
    templates.push(
        CodePipeline {
            project: &project,
            provider: Provider::Bitbucket,
            image: Some("aws/codebuild/standard:7.0"),
            buildspec: "ci/buildspec.yml",
        }
        .template(),
    );
    templates
}

fn judged(templates: &[Value]) -> Vec<Vec<String>> {
    cloudformation_mistakes(templates).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn templates_have_no_mistakes() {
    let templates = templates();
    assert_eq!(judged(&templates), vec![Vec::<String>::new(); 5]);
    for template in templates {
        let description = template["Description"].as_str().unwrap();
        assert!(description.contains(GENERATED), "{description}");
    }
}

/// All in one template, since cfn-lint takes seconds for each.
#[test]
fn mistakes_in_templates_are_found() {
    let statement = "/Resources/DeployRoleDev/Properties/Policies/0/PolicyDocument/Statement/0";
    let planted = [
        (
            "/Resources/Pipeline/Properties/PipelineType".to_owned(),
            json!("V9"),
        ),
        (
            "/Resources/Pipeline/Properties/RoleArn".to_owned(),
            json!({ "Fn::GetAtt": ["NoRole", "Arn"] }),
        ),
        (
            "/Resources/BuildProject/Properties/TimeoutInMinutes".to_owned(),
            json!(1),
        ),
        (
            "/Resources/Connection/Properties/ProviderType".to_owned(),
            json!("CodeCommit"),
        ),
        (
            "/Resources/ArtifactBucket/Properties/VersioningConfiguration/Status".to_owned(),
            json!("On"),
        ),
        (format!("{statement}/Effect"), json!("Permit")),
        (format!("{statement}/Action"), json!(["s3:FetchObject"])),
        (
            "/Outputs/ConnectionArn/Value".to_owned(),
            json!({ "Ref": "Nothing" }),
        ),
    ];
    let mut template = codepipeline(&small(), Provider::Github);
    for (pointer, value) in &planted {
        let place = template.pointer_mut(pointer);
        *place.unwrap_or_else(|| panic!("{pointer}")) = value.clone();
    }
    let verdict = judged(&[template]).remove(0);
    for (pointer, _) in &planted {
        assert!(
            verdict.iter().any(|it| it.contains(pointer.as_str())),
            "{pointer}: {verdict:#?}"
        );
    }
}

/// All statements of a template that allow something, with the ids of their resources.
fn statements(template: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for (id, resource) in template["Resources"].as_object().unwrap() {
        for policy in resource["Properties"]["Policies"]
            .as_array()
            .into_iter()
            .flatten()
        {
            for statement in policy["PolicyDocument"]["Statement"].as_array().unwrap() {
                // One that a condition leaves out.
                let statement = statement.pointer("/Fn::If/2").unwrap_or(statement);
                found.push((id.clone(), statement.clone()));
            }
        }
    }
    found
}

#[test]
fn no_role_may_do_everything() {
    for template in templates() {
        let statements = statements(&template);
        assert!(statements.len() > 10);
        for (id, statement) in statements {
            let actions = statement["Action"].as_array().unwrap();
            for action in actions {
                let action = action.as_str().unwrap();
                assert!(!action.contains('*'), "{id}: {action}");
                // What changes something on whatever there is.
                let is_narrow =
                    statement["Resource"] != "*" || statement.get("Condition").is_some();
                let unresourced = [
                    "logs:CreateLogDelivery",
                    "logs:DeleteLogDelivery",
                    "logs:PutResourcePolicy",
                    "logs:UpdateLogDelivery",
                    "sns:SetSubscriptionAttributes",
                    "sns:Unsubscribe",
                ];
                let (_, operation) = action.split_once(':').unwrap();
                let reads = ["Describe", "Get", "List"];
                assert!(
                    is_narrow
                        || unresourced.contains(&action)
                        || reads.iter().any(|it| operation.starts_with(it)),
                    "{id}: {action}"
                );
            }
        }
    }
}

/// IAM, "IAM and AWS STS quotas": 10,240 characters of all inline policies of a role, white space not counted.
#[test]
fn policies_are_not_too_long() {
    for template in templates() {
        for (id, resource) in template["Resources"].as_object().unwrap() {
            let policies = &resource["Properties"]["Policies"];
            assert!(
                policies.to_string().len() < 9_500,
                "{id}: {}",
                policies.to_string().len()
            );
        }
    }
}

fn parsed(text: &str) -> Value {
    let yaml: yaml_serde::Value = yaml_serde::from_str(text).unwrap();
    serde_json::to_value(yaml).unwrap()
}

#[test]
fn buildspecs_are_whole() {
    for project in [small(), rich()] {
        let buildspec = parsed(&buildspec::write(&project));
        assert_eq!(buildspec["version"], json!(0.2));
        let mut members: Vec<&String> = buildspec.as_object().unwrap().keys().collect();
        members.sort();
        assert_eq!(members, ["artifacts", "cache", "env", "phases", "version"]);
        let files = buildspec["artifacts"]["files"].as_array().unwrap();
        let names = project.stages.iter().map(|it| format!("{}.yaml", it.name));
        assert_eq!(*files, names.map(Value::from).collect::<Vec<_>>());
        for phase in ["install", "build"] {
            let commands = buildspec["phases"][phase]["commands"].as_array().unwrap();
            assert!(commands.len() > 3 && commands.iter().all(Value::is_string));
        }
    }
}

#[test]
fn workflows_have_no_mistakes() {
    let workflows = [small(), rich()].map(|it| workflow::write(&it));
    let verdicts = workflow_mistakes(&workflows).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(verdicts, vec![Vec::<String>::new(); 2]);
}

#[test]
fn mistakes_in_workflows_are_found() {
    let good = workflow::write(&small());
    let planted = [
        (
            "    runs-on: ubuntu-24.04\n    timeout-minutes: 60\n    steps",
            "    steps",
            "/jobs/",
        ),
        (
            "timeout-minutes: 60",
            "timeout-minute: 60",
            "timeout-minute",
        ),
        (
            "cancel-in-progress: false",
            "cancel-in-progress: never",
            "concurrency",
        ),
        ("id-token: write", "id-token: all", "id-token"),
        ("    needs: package", "    needs: 1", "/jobs/deploy-dev"),
        ("on:\n  push:", "on:\n  pushed:", "/on"),
    ];
    let bad: Vec<String> = planted
        .iter()
        .map(|(written, instead, _)| {
            assert!(good.contains(written), "{written}");
            good.replacen(written, instead, 1)
        })
        .collect();
    let verdicts = workflow_mistakes(&bad).unwrap_or_else(|error| panic!("{error}"));
    for ((_, instead, mistake), verdict) in planted.iter().zip(verdicts) {
        assert!(
            verdict.iter().any(|it| it.contains(mistake)),
            "{instead}: {verdict:?}"
        );
    }
}

/// What a workflow needs of another job is there, and comes before it.
#[test]
fn stages_are_deployed_one_after_the_other() {
    let workflow = parsed(&workflow::write(&rich()));
    assert_eq!(workflow["jobs"]["deploy-on"]["needs"], "package");
    assert_eq!(
        workflow["jobs"]["deploy-prod"]["needs"],
        json!(["package", "deploy-on"])
    );
    assert_eq!(workflow["jobs"]["deploy-on"]["environment"], "on");
    assert_eq!(workflow["on"]["push"]["branches"], json!(["release/1.0"]));
    let template = codepipeline(&rich(), Provider::Github);
    let stages = template["Resources"]["Pipeline"]["Properties"]["Stages"].as_array();
    let names: Vec<&str> = stages
        .unwrap()
        .iter()
        .map(|it| it["Name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Source", "Build", "Deploy-on", "Deploy-prod"]);
    let actions = |stage: usize| stages.unwrap()[stage]["Actions"].as_array().unwrap().len();
    assert_eq!((actions(2), actions(3)), (2, 3));
}

/// The scripts of a buildspec and of a workflow.
fn scripts(project: &Project) -> Vec<String> {
    let buildspec = parsed(&buildspec::write(project));
    let workflow = parsed(&workflow::write(project));
    let phases = buildspec["phases"].as_object().unwrap().values();
    let commands = phases.flat_map(|phase| phase["commands"].as_array().unwrap());
    let jobs = workflow["jobs"].as_object().unwrap().values();
    let steps = jobs.flat_map(|job| job["steps"].as_array().unwrap());
    let runs = steps.filter_map(|step| step.get("run"));
    commands
        .chain(runs)
        .map(|script| script.as_str().unwrap().to_owned())
        .collect()
}

/// What bash says of a script, without running it.
fn bash_mistakes(script: &str) -> Option<String> {
    let mut bash = Command::new("bash")
        .arg("-n")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    bash.stdin
        .take()
        .unwrap()
        .write_all(script.as_bytes())
        .unwrap();
    let output = bash.wait_with_output().unwrap();
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn scripts_are_bash() {
    assert!(bash_mistakes("echo 'x").is_some());
    for project in [small(), rich()] {
        let scripts = scripts(&project);
        assert!(scripts.len() > 15, "{scripts:#?}");
        for script in scripts {
            // GitHub fills them in before any shell sees them, and whoever writes them could write commands.
            assert!(!script.contains("${{"), "{script}");
            assert_eq!(bash_mistakes(&script), None, "{script}");
        }
    }
}

/// The words of a command line, as a shell makes them of it, with its variables unset.
fn words(line: &str) -> Vec<String> {
    let script = format!("printf '%s\\n' {line}");
    let output = Command::new("bash")
        .args(["-c", &script])
        .env_clear()
        .env("STAGE", "dev")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// The commands that the files have of this program are those that it has.
#[test]
fn commands_of_this_program_exist() {
    let parse = |line: &str| {
        let words = words(line);
        assert_eq!(words[..2], ["cargo", "chalice"]);
        let given = ["cargo-chalice".to_owned()]
            .into_iter()
            .chain(words[1..].to_vec());
        Cli::try_parse_from(cli::arguments(given.map(Into::into)))
            .map(drop)
            .map_err(|error| error.to_string())
    };
    assert!(parse("cargo chalice packaged out").is_err());
    for (project, expected) in [(small(), 2), (rich(), 3)] {
        let scripts = scripts(&project).join("\n");
        let lines = scripts
            .lines()
            .filter(|line| line.starts_with("cargo chalice "));
        let lines: Vec<&str> = lines.collect();
        assert_eq!(lines.len(), expected, "{lines:#?}");
        for line in lines {
            parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        }
    }
    let install = "cargo install chalice-cli --version ";
    assert!(
        scripts(&small())
            .iter()
            .any(|script| script.contains(install))
    );
}
