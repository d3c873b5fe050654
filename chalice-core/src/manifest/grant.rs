//! What an app's functions may do on AWS, as data for the tools that read the manifest.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::model::{Manifest, Source};

/// Actions that are allowed on resources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The actions of IAM, such as `s3:GetObject`; never empty.
    pub actions: Vec<String>,
    /// What they are allowed on; never empty.
    pub resources: Vec<GrantedResource>,
    /// Where the grant is made: where a resource's operation is called.
    pub source: GrantSource,
}

/// A resource that a grant names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantedResource {
    /// What kind of resource.
    pub kind: ResourceKind,
    /// Its name, if that is declared.
    pub name: Option<String>,
    /// The environment variable whose value is its name.
    pub variable: Option<String>,
    /// Its ARN, in which `*` stands for any text and `?` for any character. Of a resource of a
    /// [`kind`](ResourceKind) of its own, `{partition}`, `{region}`, `{account}` and `{name}` stand
    /// where those belong.
    pub arn: String,
}

/// A kind of resource that grants name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// Any resource, by its ARN as in a policy, or `*` for all resources.
    Arn,
    /// A bucket of Amazon S3.
    Bucket,
    /// A table of Amazon DynamoDB.
    Table,
    /// A queue of Amazon SQS.
    Queue,
    /// A topic of Amazon SNS.
    Topic,
    /// A secret of AWS Secrets Manager.
    Secret,
    /// A parameter of AWS Systems Manager.
    Parameter,
    /// A function of AWS Lambda.
    Function,
    /// An event bus of Amazon EventBridge.
    EventBus,
    /// A state machine of AWS Step Functions.
    StateMachine,
}

/// A place of a grant in the app's source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantSource {
    /// The file, as given to the compiler.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
}

/// What all handlers of a mounted blueprint may do, those of the blueprints within it included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlueprintGrants {
    /// Where the blueprint is declared.
    pub source: Source,
    /// The functions among its handlers, by their names within the app.
    pub functions: Vec<String>,
    /// The routes among its handlers, by their places in [`Manifest::routes`].
    pub routes: Range<usize>,
    /// The grants; never empty.
    pub grants: Vec<Grant>,
}

impl GrantedResource {
    /// The ARN in a policy, for the resource of that name in an account. Of a resource that is
    /// declared by its ARN, that ARN.
    ///
    /// ```
    /// use chalice_core::manifest::model::{GrantedResource, ResourceKind};
    ///
    /// let parameter = GrantedResource {
    ///     kind: ResourceKind::Parameter,
    ///     name: Some("/app/database".to_owned()),
    ///     variable: None,
    ///     arn: "arn:{partition}:ssm:{region}:{account}:parameter/{name}".to_owned(),
    /// };
    /// assert_eq!(
    ///     parameter.arn_of("/app/database", "aws", "eu-west-1", "123456789012"),
    ///     "arn:aws:ssm:eu-west-1:123456789012:parameter/app/database"
    /// );
    /// ```
    pub fn arn_of(&self, name: &str, partition: &str, region: &str, account: &str) -> String {
        let name = match self.kind {
            ResourceKind::Arn => return self.arn.clone(),
            // AWS Systems Manager, "Restricting access to parameters": the slash is there once.
            ResourceKind::Parameter => name.strip_prefix('/').unwrap_or(name),
            _ => name,
        };
        self.arn
            .replace("{partition}", partition)
            .replace("{region}", region)
            .replace("{account}", account)
            .replace("{name}", name)
    }
}

impl Manifest {
    /// Whether the app, a blueprint, a route or a function declares any grant.
    pub fn declares_grants(&self) -> bool {
        !(self.app.grants.is_empty()
            && self.app.blueprint_grants.is_empty()
            && self.functions.iter().all(|it| it.grants.is_empty())
            && self.routes.iter().all(|it| it.grants.is_empty()))
    }

    /// All that a route may do: what it declares, its blueprints and the app. `None` if there are not so many routes.
    pub fn grants_of_route(&self, position: usize) -> Option<Vec<&Grant>> {
        let own = &self.routes.get(position)?.grants;
        Some(self.with_scopes(own, |scope| scope.routes.contains(&position)))
    }

    /// All that a function may do: what it declares, its blueprints and the app; the function that
    /// answers the routes may do what any route may. `None` if there is no such function.
    pub fn grants_of_function(&self, name: &str) -> Option<Vec<&Grant>> {
        use super::model::FunctionKind;
        let function = self
            .functions
            .iter()
            .find(|function| function.name == name)?;
        if !matches!(function.kind, FunctionKind::RestApi {}) {
            return Some(self.with_scopes(&function.grants, |scope| {
                scope.functions.iter().any(|it| it == name)
            }));
        }
        let own = self.routes.iter().flat_map(|route| &route.grants);
        Some(self.with_scopes(own, |scope| !scope.routes.is_empty()))
    }

    fn with_scopes<'m>(
        &'m self,
        own: impl IntoIterator<Item = &'m Grant>,
        applies: impl Fn(&BlueprintGrants) -> bool,
    ) -> Vec<&'m Grant> {
        let blueprints = self.app.blueprint_grants.iter();
        own.into_iter()
            .chain(
                blueprints
                    .filter(|scope| applies(scope))
                    .flat_map(|scope| &scope.grants),
            )
            .chain(&self.app.grants)
            .collect()
    }
}
