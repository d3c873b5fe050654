//! `AWS::IAM::Role` and `AWS::IAM::ManagedPolicy`

use chalice_resources::{FunctionRole, Role};
use serde_json::{Value, json};

use crate::{
    SamError,
    intrinsic::{arn, arn_of, reference},
    logical_id::logical_id,
    writer::{Writer, set},
};

impl Writer<'_> {
    pub(crate) fn roles(&mut self) -> Result<(), SamError> {
        for role in self.resources.roles.iter() {
            let id = logical_id(&role.name);
            let mut properties = json!({ "AssumeRolePolicyDocument": Role::trust_policy() });
            if role.managed_policies.is_empty() {
                properties["Policies"] = json!([{
                    "PolicyName": format!("{id}Policy"),
                    "PolicyDocument": role.policy.document(arn),
                }]);
            } else {
                properties["ManagedPolicyArns"] = self.managed_policies(role)?;
            }
            let boundary = role.permissions_boundary.as_ref();
            set(
                &mut properties,
                "PermissionsBoundary",
                boundary.map(|boundary| boundary.as_str()),
            );
            let path = role.path.as_str();
            set(&mut properties, "Path", (path != "/").then_some(path));
            let subject = format!("the role `{}`", role.name);
            self.add(&id, subject, "AWS::IAM::Role", properties)?;
        }
        Ok(())
    }

    /// Writes the managed policies, and refers to them. AWS CloudFormation names them, so that no other stack has
    /// such a name.
    fn managed_policies(&mut self, role: &Role) -> Result<Value, SamError> {
        let mut arns = Vec::new();
        for policy in &role.managed_policies {
            let id = logical_id(&policy.name);
            let mut properties = json!({ "PolicyDocument": policy.document.document(arn) });
            // Who may create roles of one path alone may well create policies of that alone.
            let path = role.path.as_str();
            set(&mut properties, "Path", (path != "/").then_some(path));
            let subject = format!("the policy `{}`", policy.name);
            self.add(&id, subject, "AWS::IAM::ManagedPolicy", properties)?;
            arns.push(reference(&id));
        }
        Ok(arns.into())
    }

    pub(crate) fn role(&self, role: &FunctionRole) -> Value {
        match role {
            FunctionRole::Existing(arn) => arn.as_str().into(),
            FunctionRole::Managed(role) => arn_of(&logical_id(&self.resources.roles[*role].name)),
        }
    }
}
