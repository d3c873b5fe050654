//! What roles allow of an app that declares no grants: what its program uses, on all resources.

use std::path::Path;

use chalice_config::{Role, RolePolicy, Stage};
use chalice_core::{manifest::model::Manifest, suggest::list};

use crate::app_build::App;
use crate::sdk_use::{SdkUse, UsedOperation};
use crate::{Error, typed_grant};

/// What roles allow by default.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct DefaultPolicy {
    actions: Vec<String>,
    unknown: Vec<String>,
}

/// Whether roles of the stage allow what the program uses: the app declares no grants, and a role's policy is
/// worked out from the app. Without a configuration, all of them are.
pub(crate) fn is_in_force(manifest: &Manifest, stage: Option<&Stage>) -> bool {
    let is_generated = |stage: &Stage| {
        let mut functions = manifest.functions.iter();
        functions.any(|function| {
            let role = stage.function(&function.name).role;
            matches!(
                role,
                Role::Managed {
                    policy: RolePolicy::Generated,
                    ..
                }
            )
        })
    };
    !manifest.declares_grants() && stage.is_none_or(is_generated)
}

impl DefaultPolicy {
    /// That of a program.
    pub(crate) fn of(used: &SdkUse) -> DefaultPolicy {
        DefaultPolicy {
            actions: used.actions().into_iter().map(str::to_owned).collect(),
            unknown: used.unknown().map(UsedOperation::title).collect(),
        }
    }

    /// That of the app that was built as `executable`, if it is in force in the stage. What there is to know about it is said.
    pub(crate) async fn in_stage(
        app: &App,
        executable: &Path,
        manifest: &Manifest,
        stage: Option<&Stage>,
    ) -> Result<DefaultPolicy, Error> {
        if !is_in_force(manifest, stage) {
            return Ok(DefaultPolicy::default());
        }
        let used = SdkUse::of(app, executable).await?;
        let policy = DefaultPolicy::of(&used);
        policy.warn();
        Ok(policy)
    }

    /// The actions, sorted.
    pub(crate) fn actions(&self) -> &[String] {
        &self.actions
    }

    /// Says what is broader than it need be, and what is not known.
    pub(crate) fn warn(&self) {
        for warning in self.warnings() {
            eprintln!("warning: {warning}");
        }
    }

    fn warnings(&self) -> Vec<String> {
        let actions = self.actions.iter().map(String::as_str);
        let broad = (!self.actions.is_empty()).then(|| {
            let lines: String = typed_grant::declarations(&actions.clone().collect())
                .iter()
                .map(|line| format!("\n    {line}"))
                .collect();
            format!(
                "the app declares no grants, so its roles allow what the program uses of AWS on all resources: {}; \
                 declare on which of them, in attributes of functions or in the app, and the roles allow nothing else:{lines}",
                list(actions)
            )
        });
        let unknown = self.unknown.iter().map(|operation| {
            format!(
                "which actions of IAM `{operation}` takes is not known, so the roles do not allow it: AWS's Service \
                 Authorization Reference, or the documentation of the operation, says which; declare them in `grants`, \
                 beside all else that the program uses, or write the policy of the roles into a file (`iam_policy_file`)"
            )
        });
        broad.into_iter().chain(unknown).collect()
    }
}

#[cfg(test)]
mod tests {
    use chalice_config::{CommandLine, Config};
    use serde_json::json;

    use super::*;

    fn manifest(grants: serde_json::Value) -> Manifest {
        let source = json!({"module": "m", "item": "f", "file": "src/main.rs", "line": 1});
        let manifest = json!({
            "manifest_version": 1, "framework": {"name": "chalice", "version": "0"},
            "app": {"name": "a", "source": source, "api": {"cors": null, "binary_types": [], "compression": null,
                "debug": false}, "grants": grants},
            "functions": [{"name": "f", "type": "pure_lambda", "description": null, "on_failure": null,
                "source": source}],
            "routes": [],
        });
        Manifest::from_json(manifest.to_string().as_bytes()).unwrap()
    }

    fn stage(settings: &str) -> Stage {
        let text = format!(r#"{{"version": "2.0", "app_name": "a"{settings}}}"#);
        let path = Path::new("config.json");
        Config::parse_stage(path, &text, "dev", CommandLine::default(), None).unwrap()
    }

    #[test]
    fn in_force_where_nothing_else_says_what_is_allowed() {
        let none = manifest(json!([]));
        assert!(is_in_force(&none, None));
        assert!(is_in_force(&none, Some(&stage(""))));
        let existing =
            r#", "manage_iam_role": false, "iam_role_arn": "arn:aws:iam::123456789012:role/mine""#;
        assert!(!is_in_force(&none, Some(&stage(existing))));
        let grant = json!([{"actions": ["s3:GetObject"], "source": {"file": "src/main.rs", "line": 3},
            "resources": [{"kind": "arn", "name": null, "variable": null, "arn": "*"}]}]);
        assert!(!is_in_force(&manifest(grant), None));
    }

    #[test]
    fn what_is_broad_and_what_is_unknown_is_said() {
        assert_eq!(DefaultPolicy::default().warnings(), [""; 0]);
        let policy = DefaultPolicy {
            actions: vec!["s3:GetObject".to_owned(), "ses:SendEmail".to_owned()],
            unknown: vec!["aws-sdk-s3 fly_object".to_owned()],
        };
        let [broad, unknown] = &policy.warnings()[..] else {
            panic!();
        };
        assert_eq!(
            broad,
            "the app declares no grants, so its roles allow what the program uses of AWS on all resources: `s3:GetObject` \
             and `ses:SendEmail`; declare on which of them, in attributes of functions or in the app, and the roles allow \
             nothing else:\n    grants = [Bucket::named(\"..\").get()]\n    \
             grants = [Grant::allow(&[\"ses:SendEmail\"]).on(&[\"arn:aws:ses:*:*:identity/..\"])]"
        );
        assert!(
            unknown.starts_with("which actions of IAM `aws-sdk-s3 fly_object` takes is not known"),
            "{unknown}"
        );
    }
}
