//! `efs`: a file system that a function mounts.

use serde_json::{Value, json};

use crate::{
    Problem, Refusal,
    reading::{
        Given, Setting,
        arn::{behind, is_arn},
        text_setting,
    },
};

text_setting! {
    /// The ARN of an access point of Amazon EFS.
    pub struct EfsAccessPointArn;
    pattern: "arn:aws[a-z-]*:elasticfilesystem:[^:]+:[0-9]{12}:access-point/fsap-[0-9a-f]{17}",
    is_taken: |text| is_arn(text, "elasticfilesystem", |arn| {
        !arn.region.is_empty() && !arn.account.is_empty()
            && behind(arn.resource, "access-point/fsap-").is_some_and(|id| {
                id.len() == 17 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            })
    }),
    refusal: "AWS Lambda mounts access points of Amazon EFS",
    "write `arn:aws:elasticfilesystem:<region>:<account>:access-point/fsap-<17 hexadecimal digits>`",
}

text_setting! {
    /// Where the function finds the file system: a folder of `/mnt`, at most 160 characters (AWS
    /// Lambda, "FileSystemConfig").
    pub struct LocalMountPath;
    pattern: "/mnt/[A-Za-z0-9_.-]{1,155}",
    is_taken: |path| path.len() <= 160 && path.strip_prefix("/mnt/").is_some_and(|folder| {
        !folder.is_empty()
            && folder.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    }),
    refusal: "AWS Lambda mounts file systems in a folder of /mnt, of letters, digits, `-`, `_` and `.`, with at most 160 \
              characters in all",
    "write such a path, for example \"/mnt/data\"",
}

/// A file system of Amazon EFS. The function has to be in a VPC that has a mount target
/// of it (AWS Lambda, "Configuring file system access for Lambda functions").
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Efs {
    /// The access point.
    pub access_point_arn: EfsAccessPointArn,
    /// Where it is mounted.
    pub local_mount_path: LocalMountPath,
}

impl Setting for Efs {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<Efs> {
        let section = given.section(problems)?;
        section.no_keys_but(&["access_point_arn", "local_mount_path"], problems);
        let refusal = || {
            Refusal::new(
                "AWS Lambda needs an access point and the folder in which it is mounted",
                "write both `access_point_arn` and `local_mount_path`",
            )
        };
        let access_point_arn = section.required("access_point_arn", refusal(), problems);
        let local_mount_path = section.required("local_mount_path", refusal(), problems);
        Some(Efs {
            access_point_arn: access_point_arn?,
            local_mount_path: local_mount_path?,
        })
    }

    fn schema() -> Value {
        json!({
            "type": "object",
            "properties": {
                "access_point_arn": <EfsAccessPointArn as Setting>::schema(),
                "local_mount_path": <LocalMountPath as Setting>::schema(),
            },
            "required": ["access_point_arn", "local_mount_path"],
            "additionalProperties": false,
        })
    }
}
