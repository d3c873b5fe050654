//! What settings of a function mean for each other.

use chalice_core::name::{self, API_HANDLER};

use super::Finding;
use crate::{
    EphemeralStorage, FunctionSettings, Problem, Refusal, Role, RolePolicy, SnapStart, Stage,
    check_environment_variables,
    function::{MAX_TAGS, too_many_tags},
    reading::KeyPath,
};

/// The findings about one function, or about all of which the file says nothing.
struct Check<'a> {
    stage: &'a Stage,
    function: Option<&'a str>,
    settings: FunctionSettings,
    findings: &'a mut Vec<Finding>,
}

impl Stage {
    pub(super) fn check_function(&self, function: Option<&str>, findings: &mut Vec<Finding>) {
        let mut check = Check {
            stage: self,
            function,
            settings: self.function_settings(function),
            findings,
        };
        check.name();
        check.vpc();
        check.role();
        check.concurrency();
        check.snap_start();
        check.efs();
        check.environment_variables();
        check.tags();
    }
}

impl Check<'_> {
    /// The first of `keys` cannot be `value`; without a value, it is missing.
    fn found(&mut self, keys: &'static [&'static str], value: Option<String>, refusal: Refusal) {
        let key = keys.first().copied().unwrap_or_default();
        let place = self.stage.place(key, self.function);
        let problem = match value {
            Some(value) => Problem {
                key: place,
                value,
                refusal,
            },
            None => Problem::missing(place, refusal),
        };
        self.findings.push(Finding { keys, problem });
    }

    fn name(&mut self) {
        let (app, stage) = (self.stage.app_name(), self.stage.name());
        let path = KeyPath::default().key("stages").key(stage);
        if let Some(problem) = name::problem(stage) {
            // Of a stage that the file lists, that is said where its name is read.
            if !self.stage.is_listed() {
                self.findings.push(Finding {
                    keys: &[],
                    problem: Problem {
                        key: path.to_string(),
                        value: "the stage that is asked for".to_owned(),
                        refusal: Refusal::new(
                            format!("it is a part of the names of its functions, and {problem}"),
                            "name another one",
                        ),
                    },
                });
            }
            return;
        }
        let name = match self.function {
            None | Some(API_HANDLER) => format!("{app}-{stage}", app = app.as_str()),
            Some(function) => format!("{app}-{stage}-{function}", app = app.as_str()),
        };
        let Some(problem) = name::function_problem(&name) else {
            return;
        };
        let path = match self.function {
            Some(function) => path.key("lambda_functions").key(function),
            None => path,
        };
        self.findings.push(Finding {
            keys: &["app_name"],
            problem: Problem {
                key: path.to_string(),
                value: "an object".to_owned(),
                refusal: Refusal::new(
                    format!("its function would be called `{name}`, and {problem}"),
                    "choose a shorter name for the app, the stage or the function",
                ),
            },
        });
    }

    fn vpc(&mut self) {
        const SUBNETS: &[&str] = &["subnet_ids", "security_group_ids"];
        const GROUPS: &[&str] = &["security_group_ids", "subnet_ids"];
        let subnets = self.settings.subnet_ids.as_ref().map(|ids| ids.is_empty());
        let groups = self.settings.security_group_ids.as_ref();
        let groups = groups.map(|ids| ids.is_empty());
        let (absent, other, half) = match (subnets == Some(false), groups == Some(false)) {
            (true, false) => (GROUPS, "subnet_ids", groups),
            (false, true) => (SUBNETS, "security_group_ids", subnets),
            _ => return,
        };
        let other = self.stage.place(other, self.function);
        let refusal = Refusal::new(
            format!("AWS Lambda connects a function to a VPC by both, and `{other}` is there"),
            "write both, or make both an empty list for a function that is outside of the VPC",
        );
        self.found(absent, half.map(|_| "an empty list".to_owned()), refusal);
    }

    fn role(&mut self) {
        if self.settings.manage_iam_role == Some(false) && self.settings.iam_role_arn.is_none() {
            let refusal = Refusal::new(
                "`manage_iam_role` is false, so no role is created, and AWS Lambda runs no function without one",
                "write the ARN of the role that the function has, or leave `manage_iam_role` out",
            );
            self.found(&["iam_role_arn", "manage_iam_role"], None, refusal);
            return;
        }
        let configuration = match self.function {
            Some(name) => self.stage.function(name),
            None => self.stage.every_function(),
        };
        let Role::Managed {
            policy: RolePolicy::File(file),
            ..
        } = configuration.role
        else {
            return;
        };
        if let Err(refusal) = self.stage.role_policy(&file) {
            let given = self.settings.iam_policy_file.is_some();
            let refusal = match given {
                true => refusal,
                false => Refusal::new(
                    format!(
                        "`autogen_policy` is false, so the role's policy stands in a file, and {}",
                        refusal.reason
                    ),
                    refusal.fix,
                ),
            };
            let value = given.then(|| format!("{:?}", file.as_str()));
            self.found(&["iam_policy_file", "autogen_policy"], value, refusal);
        }
    }

    fn concurrency(&mut self) {
        let (Some(reserved), Some(provisioned)) = (
            self.settings.reserved_concurrency,
            &self.settings.provisioned_concurrency,
        ) else {
            return;
        };
        let (reserved, provisioned) = (reserved.executions(), provisioned.concurrent_executions);
        if provisioned > reserved {
            let refusal = Refusal::new(
                format!(
                    "AWS Lambda takes provisioned concurrency from the reserved one, of which there is {reserved}"
                ),
                "lower this one, or raise `reserved_concurrency`",
            );
            self.found(
                &["provisioned_concurrency", "reserved_concurrency"],
                Some(provisioned.to_string()),
                refusal,
            );
        }
    }

    fn snap_start(&mut self) {
        if self.settings.snap_start != Some(SnapStart::PublishedVersions) {
            return;
        }
        let storage = self.settings.ephemeral_storage;
        let others = [
            (
                self.settings.provisioned_concurrency.is_some(),
                "provisioned concurrency",
                &["snap_start", "provisioned_concurrency"] as &[&str],
            ),
            (
                self.settings.efs.is_some(),
                "a file system of Amazon EFS",
                &["snap_start", "efs"],
            ),
            (
                storage.is_some_and(|size| size > EphemeralStorage::DEFAULT),
                "more than 512 MB of /tmp",
                &["snap_start", "ephemeral_storage"],
            ),
        ];
        for (is_there, what, keys) in others {
            if is_there {
                let refusal = Refusal::new(
                    format!("AWS Lambda does not start functions with {what} from a snapshot"),
                    "write \"None\", or leave the other setting out",
                );
                self.found(keys, Some("\"PublishedVersions\"".to_owned()), refusal);
            }
        }
    }

    fn efs(&mut self) {
        let outside = |ids: Option<bool>| ids.unwrap_or(true);
        let subnets = self.settings.subnet_ids.as_ref().map(|ids| ids.is_empty());
        let groups = self.settings.security_group_ids.as_ref();
        if self.settings.efs.is_some()
            && outside(subnets)
            && outside(groups.map(|ids| ids.is_empty()))
        {
            let refusal = Refusal::new(
                "a file system is mounted through a VPC, and the function is in none",
                "write `subnet_ids` and `security_group_ids` of a VPC with a mount target of the file system",
            );
            self.found(
                &["efs", "subnet_ids", "security_group_ids"],
                Some("an object".to_owned()),
                refusal,
            );
        }
    }

    fn environment_variables(&mut self) {
        let Some(variables) = &self.settings.environment_variables else {
            return;
        };
        // How long parameters and secrets are shows at deployment.
        let sizes = variables
            .iter()
            .map(|(name, value)| (name, value.text().unwrap_or_default()));
        if let Err(refusal) = check_environment_variables(sizes) {
            let keys = &["environment_variables"];
            self.found(keys, Some("an object".to_owned()), refusal);
        }
    }

    fn tags(&mut self) {
        let tags = self.settings.tags.as_ref().map_or(0, |tags| tags.len());
        if tags > MAX_TAGS {
            let refusal = too_many_tags(tags);
            self.found(&["tags"], Some("an object".to_owned()), refusal);
        }
    }
}
