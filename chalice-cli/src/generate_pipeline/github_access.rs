//! The template with what a workflow of GitHub Actions needs on AWS.

use serde_json::{Value, json};

use super::bucket;
use super::deploy_role;
use super::intrinsic::{allow, arn, attribute, policy, reference, substituted, when};
use super::project::{DeployedStage, Project};
use super::template::{PACKAGE_BUCKET, Template};

/// Where GitHub signs what a workflow is (GitHub, "Configuring OpenID Connect in Amazon Web Services").
const ISSUER: &str = "token.actions.githubusercontent.com";

/// The template: GitHub's identity provider, and per stage a role that only the environment of the stage's name can take.
pub(super) fn template(project: &Project) -> Value {
    let description = format!(
        "What GitHub Actions needs to deploy the app {}",
        project.app
    );
    let mut template = Template::of_project(project, &description);
    template.parameters.insert(
        "RepositoryId".to_owned(),
        json!({
            "Type": "String",
            // It stands in a condition, where `*` and `?` would be other repositories, too.
            "AllowedPattern": "[A-Za-z0-9-]+/[A-Za-z0-9._-]+",
            "Description": "The repository on GitHub with its owner, such as owner/repository",
        }),
    );
    template.parameters.insert(
        "OidcProviderArn".to_owned(),
        json!({
            "Type": "String",
            "Default": "",
            "AllowedPattern": format!("(arn:aws[a-z-]*:iam::[0-9]{{12}}:oidc-provider/{})?", ISSUER.replace('.', "[.]")),
            "Description": "ARN of GitHub's identity provider in IAM, of which an account has one; empty for a new one",
        }),
    );
    template.condition_of_parameter("HasOidcProvider", reference("OidcProviderArn"));
    template.conditions.insert(
        "CreatesOidcProvider".to_owned(),
        json!({ "Fn::Not": [{ "Condition": "HasOidcProvider" }] }),
    );
    template.resources.insert(
        "OidcProvider".to_owned(),
        json!({
            "Type": "AWS::IAM::OIDCProvider",
            "Condition": "CreatesOidcProvider",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "Url": format!("https://{ISSUER}"),
                "ClientIdList": ["sts.amazonaws.com"],
            },
        }),
    );
    template.output(
        "PackageBucket",
        "The variable PACKAGE_BUCKET of every environment",
        reference(PACKAGE_BUCKET),
    );
    for stage in &project.stages {
        workflow_role(stage, &mut template);
    }
    template.into_value()
}

fn workflow_role(stage: &DeployedStage, template: &mut Template) {
    let provider = when(
        "HasOidcProvider",
        reference("OidcProviderArn"),
        reference("OidcProvider"),
    );
    let trust = json!({
        "Effect": "Allow",
        "Principal": { "Federated": provider },
        "Action": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
        "Condition": { "StringEquals": {
            format!("{ISSUER}:aud"): "sts.amazonaws.com",
            format!("{ISSUER}:sub"): substituted(format!("repo:${{RepositoryId}}:environment:{}", stage.name)),
        } },
    });
    let deploy_role = attribute(&deploy_role::id(stage), "Arn");
    let mut pass = allow("DeployRole", &["iam:PassRole"], deploy_role.clone());
    pass["Condition"] =
        json!({ "StringEquals": { "iam:PassedToService": "cloudformation.amazonaws.com" } });
    let statements = vec![
        allow(
            "Packages",
            &["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
            bucket::objects(PACKAGE_BUCKET, &format!("{}/*", stage.name)),
        ),
        allow(
            "PackageBucket",
            &["s3:GetBucketLocation", "s3:ListBucket"],
            attribute(PACKAGE_BUCKET, "Arn"),
        ),
        allow(
            "Stack",
            &[
                "cloudformation:CreateChangeSet",
                "cloudformation:DeleteChangeSet",
                "cloudformation:DescribeChangeSet",
                "cloudformation:DescribeStackEvents",
                "cloudformation:DescribeStacks",
                "cloudformation:ExecuteChangeSet",
            ],
            arn("cloudformation", &format!("stack/{}/*", stage.stack)),
        ),
        deploy_role::transform(),
        pass,
    ];
    let id = format!("WorkflowRole{}", stage.id);
    template.add(
        &id,
        "AWS::IAM::Role",
        json!({
            "Description": format!("GitHub Actions deploys the stack {} with it", stage.stack),
            "AssumeRolePolicyDocument": policy(vec![trust]),
            "Policies": [{ "PolicyName": "Deploy", "PolicyDocument": policy(statements) }],
        }),
    );
    template.output(
        &id,
        &format!(
            "The variable AWS_ROLE_ARN of the environment {}",
            stage.name
        ),
        attribute(&id, "Arn"),
    );
    template.output(
        &deploy_role::id(stage),
        &format!(
            "The variable DEPLOY_ROLE_ARN of the environment {}",
            stage.name
        ),
        deploy_role,
    );
}
