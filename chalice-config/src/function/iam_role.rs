//! `iam_role_arn`, `permissions_boundary`, `role_path`: the roles of functions.

use crate::reading::{
    arn::{behind, is_arn},
    text_setting,
};

text_setting! {
    /// The ARN of an IAM role that exists.
    pub struct IamRoleArn;
    pattern: "arn:aws[a-z-]*:iam::[0-9]{12}:role/.+",
    is_taken: |text| is_arn(text, "iam", |arn| {
        arn.region.is_empty() && !arn.account.is_empty() && behind(arn.resource, "role/").is_some()
    }),
    refusal: "AWS Lambda takes the ARN of an IAM role",
    "write `arn:aws:iam::<account>:role/<name>`",
}

text_setting! {
    /// The ARN of the IAM policy that limits what a role of the app can permit (IAM, "Permissions
    /// boundaries for IAM entities").
    pub struct PermissionsBoundary;
    pattern: "arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+",
    is_taken: |text| is_arn(text, "iam", |arn| {
        arn.region.is_empty() && behind(arn.resource, "policy/").is_some()
            && (!arn.account.is_empty() || text.contains(":iam::aws:"))
    }),
    refusal: "IAM takes the ARN of a managed policy as a permissions boundary",
    "write `arn:aws:iam::<account>:policy/<name>`",
}

text_setting! {
    /// The path in whose names roles of the app are created, such as `/team/`; at most 512
    /// characters (IAM, "CreateRole").
    pub struct RolePath;
    pattern: "/([!-~]+/)?",
    is_taken: |path| path.len() <= 512
        && path.starts_with('/')
        && path.ends_with('/')
        && path.bytes().all(|byte| byte.is_ascii_graphic()),
    refusal: "IAM takes paths of at most 512 visible characters of ASCII, with `/` at both ends",
    "write such a path, for example \"/apps/\"; without the setting, it is \"/\"",
}

impl Default for RolePath {
    fn default() -> RolePath {
        RolePath("/".to_owned())
    }
}
