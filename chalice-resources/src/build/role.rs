//! The execution roles.

use chalice_config::{ExecutionRoles, FunctionConfiguration, Role as Configured, RolePolicy};

use super::Build;
use crate::{FunctionRole, PolicyDocument, Problem, Role};

/// The role that functions share of which nothing else is said.
const DEFAULT_ROLE: &str = "default-role";

impl Build<'_> {
    /// The role of the function of that name. Its generated policy is worked out when all
    /// functions are known.
    pub(super) fn role(
        &mut self,
        function: &str,
        configuration: &FunctionConfiguration,
    ) -> FunctionRole {
        let (policy, permissions_boundary, path) = match &configuration.role {
            Configured::Existing(arn) => return FunctionRole::Existing(arn.clone()),
            Configured::Managed {
                policy,
                permissions_boundary,
                path,
            } => (policy, permissions_boundary, path),
        };
        let is_default = self.stage.execution_roles() == ExecutionRoles::Shared
            && *policy == RolePolicy::Generated
            && configuration.role == self.stage.every_function().role;
        let (name, role_name) = match is_default {
            true => (DEFAULT_ROLE.to_owned(), self.prefix()),
            false => (format!("{function}_role"), self.prefixed(function)),
        };
        let known = self.resources.roles.entries();
        if let Some((role, _)) = known.into_iter().find(|(_, role)| role.name == name) {
            return FunctionRole::Managed(role);
        }
        let policy = match policy {
            RolePolicy::Generated => PolicyDocument::Generated(Vec::new()),
            RolePolicy::File(file) => match self.stage.role_policy(file) {
                Ok(document) => PolicyDocument::File(document),
                Err(refusal) => {
                    self.problems.push(Problem::new(
                        format!("the policy of the function `{function}`, {file}"),
                        refusal.to_string(),
                    ));
                    PolicyDocument::Generated(Vec::new())
                }
            },
        };
        FunctionRole::Managed(self.resources.roles.add(Role {
            name,
            role_name,
            policy,
            managed_policies: Vec::new(),
            permissions_boundary: permissions_boundary.clone(),
            path: path.clone(),
        }))
    }
}
