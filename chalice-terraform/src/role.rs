//! Execution roles, each with its one inline policy or with managed ones.

use chalice_resources::{FunctionRole, Id, ManagedPolicy, PolicyDocument, Role, Statement};
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
            for policy in &role.managed_policies {
                self.managed_policy(role, &address, policy)?;
            }
            if role.managed_policies.is_empty() {
                let policy = self.policy(&role.policy);
                let policy = json!({
                    "name": literal(&format!("{}Policy", role.name)),
                    "role": address.get("id"),
                    "policy": policy.to_string(),
                });
                self.add(&policy_address(role), policy)?;
            }
        }
        Ok(())
    }

    /// The name is that of the role and what the provider adds, which nothing else has.
    fn managed_policy(
        &mut self,
        role: &Role,
        of: &Address,
        policy: &ManagedPolicy,
    ) -> Result<(), TerraformError> {
        let document = self.policy(&policy.document);
        let mut arguments = json!({
            "name_prefix": literal(&format!("{}-", role.role_name)),
            "policy": document.to_string(),
        });
        if role.path.as_str() != DEFAULT_PATH {
            // Who may create roles of one path alone may well create policies of that alone.
            arguments["path"] = literal(role.path.as_str()).into();
        }
        let address = Address::new("aws_iam_policy", &policy.name);
        self.add(&address, arguments)?;
        let attachment = json!({ "role": of.get("name"), "policy_arn": address.get("arn") });
        self.add(&attachment_address(policy), attachment)
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

    /// What has to be there until a role permits all that it is to permit, for what cannot be created before that.
    pub(crate) fn role_policies(&self, role: Id<Role>) -> Value {
        let role = &self.resources.roles[role];
        let managed = role.managed_policies.iter();
        let addresses: Vec<String> = match role.managed_policies.is_empty() {
            true => vec![policy_address(role).to_string()],
            false => managed
                .map(|it| attachment_address(it).to_string())
                .collect(),
        };
        addresses.into()
    }
}

fn policy_address(role: &Role) -> Address {
    Address::new("aws_iam_role_policy", &role.name)
}

fn attachment_address(policy: &ManagedPolicy) -> Address {
    Address::new("aws_iam_role_policy_attachment", &policy.name)
}
