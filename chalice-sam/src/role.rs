//! `AWS::IAM::Role`

use chalice_resources::{FunctionRole, Role};
use serde_json::{Value, json};

use crate::{
    SamError,
    intrinsic::{arn, arn_of},
    logical_id::logical_id,
    writer::{Writer, set},
};

impl Writer<'_> {
    pub(crate) fn roles(&mut self) -> Result<(), SamError> {
        for role in self.resources.roles.iter() {
            let id = logical_id(&role.name);
            let mut properties = json!({
                "AssumeRolePolicyDocument": Role::trust_policy(),
                "Policies": [{
                    "PolicyName": format!("{id}Policy"),
                    "PolicyDocument": role.policy.document(arn),
                }],
            });
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

    pub(crate) fn role(&self, role: &FunctionRole) -> Value {
        match role {
            FunctionRole::Existing(arn) => arn.as_str().into(),
            FunctionRole::Managed(role) => arn_of(&logical_id(&self.resources.roles[*role].name)),
        }
    }
}
