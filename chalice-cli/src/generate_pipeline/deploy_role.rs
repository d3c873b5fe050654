//! The role with which AWS CloudFormation deploys a stage.
//!
//! It may do what the templates of `cargo chalice package` need, with resources whose names begin with the stack's where
//! AWS names them so. APIs have ids that are not known beforehand, and so those of the account are all allowed.

use serde_json::{Value, json};

use super::bucket::objects;
use super::intrinsic::{
    allow, arn, escaped, only_when, policy, reference, role_arn, substituted, trusts_service, when,
};
use super::project::DeployedStage;
use super::stage_access::StageAccess;
use super::template::PACKAGE_BUCKET;

/// The condition: roles of the app have a permissions boundary.
pub(super) const HAS_BOUNDARY: &str = "HasPermissionsBoundary";

/// The condition: there are more policies for deployments.
pub(super) const HAS_POLICIES: &str = "HasDeployPolicies";

/// How much of a stack's name is in names that AWS CloudFormation generates, at least: it shortens them to what
/// the service takes (AWS CloudFormation, "Name type"), 64 characters for functions and roles, of which the logical id and a random
/// part have the rest.
const KEPT: usize = 24;

/// The role's id.
pub(super) fn id(stage: &DeployedStage) -> String {
    format!("DeployRole{}", stage.id)
}

/// The role.
pub(super) fn role(stage: &DeployedStage) -> Value {
    json!({
        "Type": "AWS::IAM::Role",
        "Properties": {
            "Description": format!("AWS CloudFormation deploys the stack {} with it", stage.stack),
            "AssumeRolePolicyDocument": trusts_service("cloudformation.amazonaws.com", None),
            "ManagedPolicyArns": only_when(HAS_POLICIES, reference("DeployPolicyArns")),
            "Policies": [{
                "PolicyName": "Deploy",
                "PolicyDocument": policy(statements(stage)),
            }],
        },
    })
}

/// The names that AWS CloudFormation gives to resources of the stack, as a pattern of IAM.
fn names(stack: &str) -> String {
    match stack.len() <= KEPT {
        true => format!("{stack}-*"),
        false => format!("{}*", stack.chars().take(KEPT).collect::<String>()),
    }
}

fn statements(stage: &DeployedStage) -> Vec<Value> {
    let names = names(&stage.stack);
    let mut statements = vec![
        allow(
            "Package",
            &["s3:GetObject", "s3:GetObjectVersion"],
            objects(PACKAGE_BUCKET, &format!("{}/*", stage.name)),
        ),
        transform(),
    ];
    statements.extend(functions(&names));
    statements.extend(roles(&names, &stage.access));
    statements.extend(apis());
    statements.extend(events(&names));
    statements.extend(configured(&stage.access));
    statements
}

/// Lets change sets be made of templates that AWS SAM transforms: who asks for one needs it, and the role, too (AWS CloudFormation,
/// "Control CloudFormation access with AWS Identity and Access Management").
pub(super) fn transform() -> Value {
    allow(
        "Transform",
        &["cloudformation:CreateChangeSet"],
        substituted(
            "arn:${AWS::Partition}:cloudformation:${AWS::Region}:aws:transform/Serverless-2016-10-31",
        ),
    )
}

fn functions(names: &str) -> Vec<Value> {
    let mapping = |sid, actions: &[&str]| {
        let mut statement = allow(sid, actions, json!("*"));
        statement["Condition"] = json!({
            "ArnLike": { "lambda:FunctionArn": arn("lambda", &format!("function:{names}")) },
        });
        statement
    };
    vec![
        allow(
            "Functions",
            &[
                "lambda:AddPermission",
                "lambda:CreateAlias",
                "lambda:CreateFunction",
                "lambda:CreateFunctionUrlConfig",
                "lambda:DeleteAlias",
                "lambda:DeleteFunction",
                "lambda:DeleteFunctionConcurrency",
                "lambda:DeleteFunctionEventInvokeConfig",
                "lambda:DeleteFunctionUrlConfig",
                "lambda:DeleteProvisionedConcurrencyConfig",
                "lambda:GetAlias",
                "lambda:GetFunction",
                "lambda:GetFunctionCodeSigningConfig",
                "lambda:GetFunctionConfiguration",
                "lambda:GetFunctionEventInvokeConfig",
                "lambda:GetFunctionRecursionConfig",
                "lambda:GetFunctionUrlConfig",
                "lambda:GetPolicy",
                "lambda:GetProvisionedConcurrencyConfig",
                "lambda:GetRuntimeManagementConfig",
                // Of the function that sets notifications of buckets.
                "lambda:InvokeFunction",
                "lambda:ListTags",
                "lambda:ListVersionsByFunction",
                "lambda:PublishVersion",
                "lambda:PutFunctionConcurrency",
                "lambda:PutFunctionEventInvokeConfig",
                "lambda:PutProvisionedConcurrencyConfig",
                "lambda:RemovePermission",
                "lambda:TagResource",
                "lambda:UntagResource",
                "lambda:UpdateAlias",
                "lambda:UpdateFunctionCode",
                "lambda:UpdateFunctionConfiguration",
                "lambda:UpdateFunctionEventInvokeConfig",
                "lambda:UpdateFunctionUrlConfig",
            ],
            arn("lambda", &format!("function:{names}")),
        ),
        mapping(
            "EventSourceMappings",
            &[
                "lambda:CreateEventSourceMapping",
                "lambda:DeleteEventSourceMapping",
                "lambda:UpdateEventSourceMapping",
            ],
        ),
        allow(
            "EventSourceMappingsOfTheAccount",
            &[
                "lambda:GetEventSourceMapping",
                "lambda:ListEventSourceMappings",
            ],
            json!("*"),
        ),
        allow(
            "EventSourceMappingTags",
            &[
                "lambda:ListTags",
                "lambda:TagResource",
                "lambda:UntagResource",
            ],
            arn("lambda", "event-source-mapping:*"),
        ),
        allow(
            "LogGroups",
            &[
                "logs:CreateLogGroup",
                "logs:DeleteLogGroup",
                "logs:DeleteRetentionPolicy",
                "logs:ListTagsForResource",
                "logs:PutRetentionPolicy",
                "logs:TagResource",
                "logs:UntagResource",
            ],
            arn("logs", &format!("log-group:/aws/lambda/{names}")),
        ),
        allow(
            "LogGroupsOfTheAccount",
            &["logs:DescribeLogGroups"],
            json!("*"),
        ),
    ]
}

fn roles(names: &str, access: &StageAccess) -> Vec<Value> {
    let paths = access.role_paths.iter().map(String::as_str);
    let created: Vec<Value> = ["/"]
        .into_iter()
        .chain(paths)
        .map(|path| role_arn(&format!("{}{names}", escaped(path))))
        .collect();
    // With a boundary, roles can be given no more than it permits (IAM, "Permissions boundaries for IAM entities").
    let mut grants = allow(
        "PermissionsOfRoles",
        &[
            "iam:AttachRolePolicy",
            "iam:CreateRole",
            "iam:DeleteRolePolicy",
            "iam:DetachRolePolicy",
            "iam:PutRolePermissionsBoundary",
            "iam:PutRolePolicy",
        ],
        json!(created),
    );
    grants["Condition"] = only_when(
        HAS_BOUNDARY,
        json!({ "StringEquals": { "iam:PermissionsBoundary": reference("PermissionsBoundary") } }),
    );
    let mut passed = created.clone();
    passed.extend(access.roles.iter().map(|arn| json!(arn)));
    let mut pass = allow("PassRoles", &["iam:PassRole"], json!(passed));
    pass["Condition"] =
        json!({ "StringEquals": { "iam:PassedToService": "lambda.amazonaws.com" } });
    vec![
        grants,
        allow(
            "Roles",
            &[
                "iam:DeleteRole",
                "iam:GetRole",
                "iam:GetRolePolicy",
                "iam:ListAttachedRolePolicies",
                "iam:ListRolePolicies",
                "iam:TagRole",
                "iam:UntagRole",
                "iam:UpdateAssumeRolePolicy",
                "iam:UpdateRole",
            ],
            json!(created),
        ),
        // No role may lose the boundary that it has to have.
        when(
            HAS_BOUNDARY,
            reference("AWS::NoValue"),
            allow(
                "BoundariesOfRoles",
                &["iam:DeleteRolePermissionsBoundary"],
                json!(created),
            ),
        ),
        pass,
    ]
}

fn apis() -> Vec<Value> {
    // Ids of APIs are Amazon API Gateway's, and so are its ARNs, which have no account.
    let resources: Vec<Value> = [
        "/apis",
        "/apis/*",
        "/domainnames",
        "/domainnames/*",
        "/restapis",
        "/restapis/*",
        "/tags/*",
    ]
    .map(|path| {
        substituted(format!(
            "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}::{path}"
        ))
    })
    .to_vec();
    vec![allow(
        "Apis",
        &[
            "apigateway:DELETE",
            "apigateway:GET",
            "apigateway:PATCH",
            "apigateway:POST",
            "apigateway:PUT",
            "apigateway:UpdateRestApiPolicy",
        ],
        json!(resources),
    )]
}

fn events(names: &str) -> Vec<Value> {
    vec![
        allow(
            "Rules",
            &[
                "events:DeleteRule",
                "events:DescribeRule",
                "events:DisableRule",
                "events:EnableRule",
                "events:ListTagsForResource",
                "events:ListTargetsByRule",
                "events:PutRule",
                "events:PutTargets",
                "events:RemoveTargets",
                "events:TagResource",
                "events:UntagResource",
            ],
            json!([
                arn("events", &format!("rule/{names}")),
                // Of another event bus than the default one.
                arn("events", &format!("rule/*/{names}")),
            ]),
        ),
        allow(
            "Subscriptions",
            &["sns:ListSubscriptionsByTopic", "sns:Subscribe"],
            substituted("arn:${AWS::Partition}:sns:*:${AWS::AccountId}:*"),
        ),
        // Amazon SNS knows no resource for these.
        allow(
            "SubscriptionsOfTheAccount",
            &[
                "sns:GetSubscriptionAttributes",
                "sns:SetSubscriptionAttributes",
                "sns:Unsubscribe",
            ],
            json!("*"),
        ),
    ]
}

/// What takes more because the stage's configuration says so.
fn configured(access: &StageAccess) -> Vec<Value> {
    let mut statements = Vec::new();
    let mut add = |is_needed: bool, sid: &str, actions: &[&str], resources: Value| {
        if is_needed {
            statements.push(allow(sid, actions, resources));
        }
    };
    add(
        access.vpc,
        "Networks",
        &[
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
        ],
        json!("*"),
    );
    add(
        access.efs,
        "FileSystems",
        &[
            "elasticfilesystem:DescribeAccessPoints",
            "elasticfilesystem:DescribeMountTargets",
        ],
        json!("*"),
    );
    add(
        access.access_log,
        "AccessLogs",
        // Amazon API Gateway, "Configure logging for HTTP APIs".
        &[
            "logs:CreateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:DescribeResourcePolicies",
            "logs:GetLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:UpdateLogDelivery",
        ],
        json!("*"),
    );
    let parameters = access.parameters.iter().map(|name| {
        let name = escaped(name);
        arn(
            "ssm",
            &format!("parameter/{}", name.trim_start_matches('/')),
        )
    });
    add(
        !access.parameters.is_empty(),
        "Parameters",
        &["ssm:GetParameters"],
        parameters.collect(),
    );
    let secrets = access
        .secrets
        .iter()
        .map(|secret| match secret.starts_with("arn:") {
            true => json!(secret),
            // The ARN ends with six characters of AWS Secrets Manager's (AWS Secrets Manager, "What's in a secret?").
            false => arn(
                "secretsmanager",
                &format!("secret:{}-??????", escaped(secret)),
            ),
        });
    add(
        !access.secrets.is_empty(),
        "Secrets",
        &["secretsmanager:GetSecretValue"],
        secrets.collect(),
    );
    add(
        !access.keys.is_empty(),
        "Keys",
        &[
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
        ],
        json!(access.keys),
    );
    add(
        !access.layers.is_empty(),
        "Layers",
        &["lambda:GetLayerVersion"],
        json!(access.layers),
    );
    if access.custom_domain {
        // Amazon API Gateway makes it for the first domain of an account (Amazon API Gateway, "Using service-linked roles").
        let mut statement = allow(
            "ServiceRoleOfDomains",
            &["iam:CreateServiceLinkedRole"],
            role_arn("/aws-service-role/ops.apigateway.amazonaws.com/*"),
        );
        statement["Condition"] =
            json!({ "StringEquals": { "iam:AWSServiceName": "ops.apigateway.amazonaws.com" } });
        statements.push(statement);
    }
    statements
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_with_the_stack() {
        assert_eq!(names("todo-dev"), "todo-dev-*");
        let long = format!("{}-dev", "a".repeat(60));
        assert_eq!(names(&long), format!("{}*", "a".repeat(24)));
    }

    #[test]
    fn references_of_the_configuration() {
        let access = StageAccess {
            parameters: ["/shop/table".to_owned(), "plain".to_owned()].into(),
            secrets: [
                "shop/token".to_owned(),
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCdEf".to_owned(),
            ]
            .into(),
            ..StageAccess::default()
        };
        let text = serde_json::to_string(&configured(&access)).unwrap();
        for part in [
            "ssm:${AWS::Region}:${AWS::AccountId}:parameter/shop/table\"",
            "ssm:${AWS::Region}:${AWS::AccountId}:parameter/plain\"",
            "secret:shop/token-??????\"",
            "\"arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCdEf\"",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(configured(&StageAccess::default()), [Value::Null; 0]);
    }
}
