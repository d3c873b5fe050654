//! The workflow of GitHub Actions.

use super::GENERATED;
use super::commands::{self, ADD_TARGETS, RUST, ZIGBUILD};
use super::project::{DeployedStage, Project};
use super::shell_word::shell_word;
use crate::package::yaml;

/// The machines (GitHub, "GitHub-hosted runners reference").
const RUNNER: &str = "ubuntu-24.04";

/// The workflow (GitHub, "Workflow syntax for GitHub Actions").
pub(super) fn write(project: &Project) -> String {
    let mut text = head(project);
    text += &test_job(project);
    text += &package_job(project);
    let mut before = None;
    for stage in &project.stages {
        text += &deploy_job(project, stage, before);
        before = Some(stage);
    }
    text
}

fn head(project: &Project) -> String {
    format!(
        r#"# {GENERATED}, which replaces this file unless this line is removed.
#
# A stage is deployed in the environment of its name (Settings, Environments), which has the variables AWS_REGION,
# AWS_ROLE_ARN, DEPLOY_ROLE_ARN and PACKAGE_BUCKET. Its required reviewers approve deployments.
#
# Actions are pinned to major versions. Their commits are the stricter choice: a tag can be moved, a commit cannot.
name: {name}
on:
  push:
    branches: [{branch}]
  pull_request:
permissions:
  contents: read
env:
  CARGO_TERM_COLOR: always
jobs:
"#,
        name = yaml::plain_or_quoted(&project.app),
        branch = yaml::plain_or_quoted(&project.branch),
    )
}

/// The beginning of a job that has the sources.
fn job(project: &Project, id: &str, settings: &str) -> String {
    let folder = match project.folder.as_str() {
        "" => String::new(),
        folder => format!(
            "    defaults:\n      run:\n        working-directory: {}\n",
            yaml::plain_or_quoted(folder)
        ),
    };
    format!(
        r#"  {id}:
{settings}    runs-on: {RUNNER}
    timeout-minutes: 60
{folder}    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - name: Install Rust {RUST}
        run: |
          rustup toolchain install {RUST} --profile minimal --no-self-update
          rustup default {RUST}
"#
    )
}

/// Keeps what Cargo downloads and builds.
fn cache(project: &Project, name: &str) -> String {
    let target = project.path("target");
    format!(
        r#"      - uses: actions/cache@v6
        with:
          path: |
            ~/.cargo/registry/index
            ~/.cargo/registry/cache
            ~/.cargo/git/db
            {target}
          key: {name}-${{{{ runner.os }}}}-${{{{ runner.arch }}}}-{RUST}-${{{{ hashFiles('**/Cargo.lock') }}}}
          restore-keys: {name}-${{{{ runner.os }}}}-${{{{ runner.arch }}}}-{RUST}-
"#
    )
}

fn test_job(project: &Project) -> String {
    format!(
        r#"{job}{cache}      - name: Test
        run: |
          {test}
"#,
        job = job(project, "test", ""),
        cache = cache(project, "test"),
        test = commands::test(project),
    )
}

fn package_job(project: &Project) -> String {
    let stages: Vec<String> = project
        .stages
        .iter()
        .map(|stage| yaml::plain_or_quoted(&stage.name))
        .collect();
    let settings = format!(
        "    needs: test\n    strategy:\n      matrix:\n        stage: [{}]\n",
        stages.join(", ")
    );
    format!(
        r#"{job}          {ADD_TARGETS}
      - name: Install cargo-zigbuild
        run: |
          python3 -m venv "$RUNNER_TEMP/zigbuild"
          "$RUNNER_TEMP/zigbuild/bin/pip" install {ZIGBUILD}
          echo "$RUNNER_TEMP/zigbuild/bin" >> "$GITHUB_PATH"
{cache}      - uses: actions/cache@v6
        with:
          path: ~/.cargo-chalice
          key: cargo-chalice-{version}-${{{{ runner.os }}}}-${{{{ runner.arch }}}}
      - name: Install cargo chalice
        run: |
          {install}
          echo "$HOME/.cargo-chalice/bin" >> "$GITHUB_PATH"
      - name: Package
        env:
          STAGE: ${{{{ matrix.stage }}}}
        run: |
          {package}
      - uses: actions/upload-artifact@v7
        with:
          name: package-${{{{ matrix.stage }}}}
          path: {out}/${{{{ matrix.stage }}}}
          if-no-files-found: error
          retention-days: 7
"#,
        job = job(project, "package", &settings),
        cache = cache(project, "package"),
        version = env!("CARGO_PKG_VERSION"),
        install = commands::install_cargo_chalice("\"$HOME/.cargo-chalice\""),
        package = commands::package(project, "\"$STAGE\"", "\"out/$STAGE\""),
        out = project.path("out"),
    )
}

fn deploy_job(project: &Project, stage: &DeployedStage, before: Option<&DeployedStage>) -> String {
    let name = &stage.name;
    let needs = match before {
        None => "package".to_owned(),
        Some(before) => format!("[package, deploy-{}]", before.name),
    };
    let word = shell_word(name);
    format!(
        r#"  deploy-{name}:
    needs: {needs}
    if: github.event_name == 'push' && github.ref == 'refs/heads/{branch}'
    runs-on: {RUNNER}
    timeout-minutes: 60
    environment: {environment}
    permissions:
      contents: read
      id-token: write
    # One deployment of the stage at a time, and none is broken off.
    concurrency:
      group: deploy-{app}-{name}
      cancel-in-progress: false
    steps:
      - uses: actions/download-artifact@v8
        with:
          name: package-{name}
          path: out
      - uses: aws-actions/configure-aws-credentials@v6
        with:
          role-to-assume: ${{{{ vars.AWS_ROLE_ARN }}}}
          aws-region: ${{{{ vars.AWS_REGION }}}}
      - name: Upload the package
        env:
          PACKAGE_BUCKET: ${{{{ vars.PACKAGE_BUCKET }}}}
        run: |
          {upload}
      - name: Deploy
        env:
          PACKAGE_BUCKET: ${{{{ vars.PACKAGE_BUCKET }}}}
          DEPLOY_ROLE_ARN: ${{{{ vars.DEPLOY_ROLE_ARN }}}}
        run: |
          {deploy}
"#,
        branch = project.branch,
        environment = yaml::plain_or_quoted(name),
        app = project.app,
        upload = commands::upload(
            &word,
            "out/sam.json",
            "\"$PACKAGE_BUCKET\"",
            "packaged.yaml"
        ),
        deploy = commands::deploy(
            stage,
            "packaged.yaml",
            "\"$PACKAGE_BUCKET\"",
            "\"$DEPLOY_ROLE_ARN\""
        ),
    )
}
