//! The template with an AWS CodePipeline.

use chalice_config::LambdaArchitecture;
use clap::ValueEnum;
use serde_json::{Value, json};

use super::bucket;
use super::buildspec::BUCKET_VARIABLE;
use super::commands::CAPABILITIES;
use super::deploy_role;
use super::intrinsic::{
    allow, arn, attribute, of_this_account, policy, reference, substituted, trusts_service, when,
};
use super::project::{DeployedStage, Project};
use super::template::{PACKAGE_BUCKET, Template};

/// The bucket for what actions of the pipeline hand to each other, and for the cache of builds.
const ARTIFACT_BUCKET: &str = "ArtifactBucket";

/// Days that the artifacts of a run are kept: longer than AWS CodePipeline waits for an approval (AWS CodePipeline,
/// "Quotas": 7 days).
const ARTIFACT_DAYS: u32 = 30;

/// The images of AWS CodeBuild with Amazon Linux 2023, on which functions run (AWS CodeBuild, "Docker images provided by
/// CodeBuild"; github.com/aws/aws-codebuild-docker-images, `al/x86_64/standard/6.0` and `al/aarch64/standard/4.0`).
const X86_64_IMAGE: &str = "aws/codebuild/amazonlinux-x86_64-standard:6.0";
const ARM64_IMAGE: &str = "aws/codebuild/amazonlinux-aarch64-standard:4.0";

/// Who has the repository.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Provider {
    /// GitHub.
    #[default]
    Github,
    /// GitLab.
    Gitlab,
    /// Bitbucket.
    Bitbucket,
}

impl Provider {
    /// As AWS CodeConnections spells it.
    fn as_str(self) -> &'static str {
        match self {
            Provider::Github => "GitHub",
            Provider::Gitlab => "GitLab",
            Provider::Bitbucket => "Bitbucket",
        }
    }
}

/// A pipeline.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodePipeline<'a> {
    pub(super) project: &'a Project,
    pub(super) provider: Provider,
    pub(super) image: Option<&'a str>,
    /// The buildspec, or its path in the repository.
    pub(super) buildspec: &'a str,
}

impl CodePipeline<'_> {
    /// The template.
    pub(super) fn template(self) -> Value {
        let app = &self.project.app;
        let description = format!("Tests, packages and deploys the app {app}");
        let mut template = Template::of_project(self.project, &description);
        bucket::add(
            &mut template.resources,
            ARTIFACT_BUCKET,
            Some(ARTIFACT_DAYS),
        );
        self.connection(&mut template);
        self.build(&mut template);
        self.pipeline(&mut template);
        template.into_value()
    }

    fn connection(self, template: &mut Template) {
        let mut parameter = |name: &str, parameter: Value| {
            template.parameters.insert(name.to_owned(), parameter);
        };
        parameter(
            "ConnectionArn",
            json!({
                "Type": "String",
                "Default": "",
                "AllowedPattern": "(arn:aws[a-z-]*:(codeconnections|codestar-connections):.+)?",
                "Description": "ARN of the connection of AWS CodeConnections to use; empty for a new one, which has to be completed in the console of AWS CodePipeline (Settings, Connections)",
            }),
        );
        parameter(
            "RepositoryId",
            json!({
                "Type": "String",
                "AllowedPattern": "[^/\\s]+(/[^/\\s]+)+",
                "Description": "The repository with its owner, such as owner/repository",
            }),
        );
        parameter(
            "BranchName",
            json!({
                "Type": "String",
                "Default": self.project.branch,
                "Description": "The branch that is deployed",
            }),
        );
        template.condition_of_parameter("HasConnection", reference("ConnectionArn"));
        template.conditions.insert(
            "CreatesConnection".to_owned(),
            json!({ "Fn::Not": [{ "Condition": "HasConnection" }] }),
        );
        let name: String = format!("chalice-{}", self.project.app)
            .chars()
            // AWS CodeConnections, "CreateConnection".
            .take(32)
            .collect();
        template.resources.insert(
            "Connection".to_owned(),
            json!({
                "Type": "AWS::CodeConnections::Connection",
                "Condition": "CreatesConnection",
                "Properties": { "ConnectionName": name, "ProviderType": self.provider.as_str() },
            }),
        );
        template.output(
            "ConnectionArn",
            "The connection to the repository, which runs nothing before it is completed in the console",
            connection(),
        );
    }

    fn build(self, template: &mut Template) {
        let image =
            self.image
                .unwrap_or_else(|| match self.project.is_all(LambdaArchitecture::Arm64) {
                    true => ARM64_IMAGE,
                    false => X86_64_IMAGE,
                });
        let container = match image.contains("aarch64") || image.contains("arm64") {
            true => "ARM_CONTAINER",
            false => "LINUX_CONTAINER",
        };
        template.parameters.insert(
            "CodeBuildImage".to_owned(),
            json!({
                "Type": "String",
                "Default": image,
                "Description": "The image in which AWS CodeBuild tests and packages the app; an arm64 one takes the type ARM_CONTAINER",
            }),
        );
        template.parameters.insert(
            "CodeBuildType".to_owned(),
            json!({
                "Type": "String",
                "Default": container,
                "AllowedValues": ["ARM_CONTAINER", "LINUX_CONTAINER"],
                "Description": "The type of the machines of AWS CodeBuild",
            }),
        );
        template.add(
            "BuildLogGroup",
            "AWS::Logs::LogGroup",
            json!({ "RetentionInDays": 90 }),
        );
        let artifacts = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"];
        let statements = vec![
            allow(
                "Log",
                &["logs:CreateLogStream", "logs:PutLogEvents"],
                attribute("BuildLogGroup", "Arn"),
            ),
            allow(
                "Artifacts",
                &artifacts,
                bucket::objects(ARTIFACT_BUCKET, "*"),
            ),
            allow(
                "Packages",
                &["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
                bucket::objects(PACKAGE_BUCKET, "*"),
            ),
            allow(
                "Buckets",
                &["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"],
                json!([
                    attribute(ARTIFACT_BUCKET, "Arn"),
                    attribute(PACKAGE_BUCKET, "Arn"),
                ]),
            ),
        ];
        template.add(
            "BuildRole",
            "AWS::IAM::Role",
            json!({
                "Description": format!("AWS CodeBuild tests and packages the app {} with it", self.project.app),
                "AssumeRolePolicyDocument": trusts_service("codebuild.amazonaws.com", Some(of_this_account())),
                "Policies": [{ "PolicyName": "Build", "PolicyDocument": policy(statements) }],
            }),
        );
        template.add(
            "BuildProject",
            "AWS::CodeBuild::Project",
            json!({
                "Description": format!("Tests and packages the app {}", self.project.app),
                "Artifacts": { "Type": "CODEPIPELINE" },
                "Cache": { "Type": "S3", "Location": substituted(format!("${{{ARTIFACT_BUCKET}}}/cache")) },
                "Environment": {
                    // Optimised builds of a release take more memory than the small ones have.
                    "ComputeType": "BUILD_GENERAL1_MEDIUM",
                    "Image": reference("CodeBuildImage"),
                    "Type": reference("CodeBuildType"),
                    "EnvironmentVariables": [
                        { "Name": BUCKET_VARIABLE, "Value": reference(PACKAGE_BUCKET) },
                    ],
                },
                "LogsConfig": {
                    "CloudWatchLogs": { "Status": "ENABLED", "GroupName": reference("BuildLogGroup") },
                },
                "ServiceRole": attribute("BuildRole", "Arn"),
                "Source": { "Type": "CODEPIPELINE", "BuildSpec": self.buildspec },
                "TimeoutInMinutes": 60,
            }),
        );
    }

    fn pipeline(self, template: &mut Template) {
        template.add(
            "PipelineRole",
            "AWS::IAM::Role",
            json!({
                "Description": format!("AWS CodePipeline deploys the app {} with it", self.project.app),
                "AssumeRolePolicyDocument": trusts_service("codepipeline.amazonaws.com", Some(of_this_account())),
                "Policies": [{ "PolicyName": "Pipeline", "PolicyDocument": policy(self.statements()) }],
            }),
        );
        let stages = self.project.stages.iter().map(deployment);
        let stages: Vec<Value> = [source(), build()].into_iter().chain(stages).collect();
        template.add(
            "Pipeline",
            "AWS::CodePipeline::Pipeline",
            json!({
                "PipelineType": "V2",
                // Of several changes that wait for a stage, the last one goes on. One is in a stage at a time.
                "ExecutionMode": "SUPERSEDED",
                "ArtifactStore": { "Type": "S3", "Location": reference(ARTIFACT_BUCKET) },
                "RestartExecutionOnUpdate": false,
                "RoleArn": attribute("PipelineRole", "Arn"),
                "Stages": stages,
            }),
        );
        template.output("PipelineName", "The pipeline", reference("Pipeline"));
    }

    fn statements(self) -> Vec<Value> {
        let stages = &self.project.stages;
        let stacks: Vec<Value> = stages
            .iter()
            .map(|stage| arn("cloudformation", &format!("stack/{}/*", stage.stack)))
            .collect();
        let roles: Vec<Value> = stages
            .iter()
            .map(|stage| attribute(&deploy_role::id(stage), "Arn"))
            .collect();
        let mut pass = allow("DeployRoles", &["iam:PassRole"], json!(roles));
        pass["Condition"] =
            json!({ "StringEquals": { "iam:PassedToService": "cloudformation.amazonaws.com" } });
        vec![
            allow(
                "Artifacts",
                &["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
                bucket::objects(ARTIFACT_BUCKET, "*"),
            ),
            allow(
                "ArtifactBucket",
                &[
                    "s3:GetBucketLocation",
                    "s3:GetBucketVersioning",
                    "s3:ListBucket",
                ],
                attribute(ARTIFACT_BUCKET, "Arn"),
            ),
            allow(
                "Source",
                // Connections of before 2024 have the former name of the service.
                &[
                    "codeconnections:UseConnection",
                    "codestar-connections:UseConnection",
                ],
                connection(),
            ),
            allow(
                "Build",
                &["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
                attribute("BuildProject", "Arn"),
            ),
            allow(
                "Stacks",
                &[
                    "cloudformation:CreateChangeSet",
                    "cloudformation:DeleteChangeSet",
                    "cloudformation:DescribeChangeSet",
                    "cloudformation:DescribeStacks",
                    "cloudformation:ExecuteChangeSet",
                ],
                json!(stacks),
            ),
            deploy_role::transform(),
            pass,
        ]
    }
}

/// The connection to the repository.
fn connection() -> Value {
    when(
        "HasConnection",
        reference("ConnectionArn"),
        reference("Connection"),
    )
}

/// An action (AWS CodePipeline, "Action structure reference").
fn action(
    name: &str,
    category: &str,
    provider: &str,
    run_order: u32,
    configuration: Value,
) -> Value {
    json!({
        "Name": name,
        "ActionTypeId": { "Category": category, "Owner": "AWS", "Provider": provider, "Version": "1" },
        "RunOrder": run_order,
        "Configuration": configuration,
    })
}

fn source() -> Value {
    let mut action = action(
        "Source",
        "Source",
        // As it was called before, and still is here.
        "CodeStarSourceConnection",
        1,
        json!({
            "ConnectionArn": connection(),
            "FullRepositoryId": reference("RepositoryId"),
            "BranchName": reference("BranchName"),
            "DetectChanges": "true",
            "OutputArtifactFormat": "CODE_ZIP",
        }),
    );
    action["OutputArtifacts"] = json!([{ "Name": "Source" }]);
    json!({ "Name": "Source", "Actions": [action] })
}

fn build() -> Value {
    let configuration = json!({ "ProjectName": reference("BuildProject") });
    let mut action = action("Build", "Build", "CodeBuild", 1, configuration);
    action["InputArtifacts"] = json!([{ "Name": "Source" }]);
    action["OutputArtifacts"] = json!([{ "Name": "Packaged" }]);
    json!({ "Name": "Build", "Actions": [action] })
}

/// The change set, the approval of it, and its execution.
fn deployment(stage: &DeployedStage) -> Value {
    let change_set = format!("{}-pipeline", stage.stack);
    let mut create = action(
        "CreateChangeSet",
        "Deploy",
        "CloudFormation",
        1,
        json!({
            "ActionMode": "CHANGE_SET_REPLACE",
            "Capabilities": CAPABILITIES.join(","),
            "ChangeSetName": change_set,
            "RoleArn": attribute(&deploy_role::id(stage), "Arn"),
            "StackName": stage.stack,
            "TemplatePath": format!("Packaged::{}.yaml", stage.name),
        }),
    );
    create["InputArtifacts"] = json!([{ "Name": "Packaged" }]);
    let execute = action(
        "ExecuteChangeSet",
        "Deploy",
        "CloudFormation",
        3,
        json!({
            "ActionMode": "CHANGE_SET_EXECUTE",
            "ChangeSetName": change_set,
            "StackName": stage.stack,
        }),
    );
    let approve = stage.is_approved.then(|| {
        let text = format!(
            "Execute the change set {change_set} of the stack {}",
            stage.stack
        );
        let configuration = json!({ "CustomData": text });
        action("Approve", "Approval", "Manual", 2, configuration)
    });
    let actions: Vec<Value> = [Some(create), approve, Some(execute)]
        .into_iter()
        .flatten()
        .collect();
    json!({ "Name": format!("Deploy-{}", stage.name), "Actions": actions })
}
