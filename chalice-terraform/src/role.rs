//! Execution roles, each with its one inline policy.

use chalice_resources::{FunctionRole, Id, PolicyDocument, Role, Statement};
use serde_json::{Value, json};

use crate::{
    TerraformError,
    expression::{Address, json_literal, literal, literals},
    template::Template,
};

/// The path that IAM gives a role of which nothing is said.
const DEFAULT_PATH: &str = "/";

impl Template<'_> {
    pub(crate) fn roles(&mut self) -> Result<(), TerraformError> {
        for role in self.resources.roles.iter() {
            let mut arguments = json!({
                "name": literal(&role.role_name),
                "assume_role_policy": json_literal(&Role::trust_policy()),
            });
            if role.path.as_str() != DEFAULT_PATH {
                arguments["path"] = literal(role.path.as_str()).into();
            }
            if let Some(boundary) = &role.permissions_boundary {
                arguments["permissions_boundary"] = literal(boundary.as_str()).into();
            }
            let address = Address::new("aws_iam_role", &role.name);
            self.add(&address, arguments)?;
            let policy = self.policy(&role.policy);
            let policy = json!({
                "name": literal(&format!("{}Policy", role.name)),
                "role": address.get("id"),
                "policy": policy.to_string(),
            });
            self.add(&policy_address(role), policy)?;
        }
        Ok(())
    }

    fn policy(&mut self, policy: &PolicyDocument) -> Value {
        let statements = match policy {
            PolicyDocument::File(document) => return literals(document),
            PolicyDocument::Generated(statements) => statements,
        };
        let arns = statements.iter().flat_map(|statement| &statement.resources);
        let arns: Vec<_> = arns.map(|arn| (arn, self.arn(arn))).collect();
        let statements = statements.iter().map(|statement| Statement {
            condition: statement.condition.as_ref().map(literals),
            ..statement.clone()
        });
        PolicyDocument::Generated(statements.collect()).document(|arn| {
            let known = arns.iter().find(|(known, _)| *known == arn);
            known.map(|(_, text)| text.as_str()).into()
        })
    }

    /// The ARN of a function's role.
    pub(crate) fn role_arn(&self, role: &FunctionRole) -> String {
        match role {
            FunctionRole::Existing(arn) => literal(arn.as_str()),
            FunctionRole::Managed(role) => {
                Address::new("aws_iam_role", &self.resources.roles[*role].name).get("arn")
            }
        }
    }

    /// The policy of a role, for what cannot be created before it permits that.
    pub(crate) fn role_policy(&self, role: Id<Role>) -> Address {
        policy_address(&self.resources.roles[role])
    }
}

fn policy_address(role: &Role) -> Address {
    Address::new("aws_iam_role_policy", &role.name)
}
