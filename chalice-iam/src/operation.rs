//! Operations of the AWS SDK for Rust, and what they take.

use crate::Action;

/// An operation of a service, such as `HeadObject` of Amazon S3.
#[derive(Debug)]
pub struct Operation {
    pub(crate) crate_name: String,
    pub(crate) name: &'static str,
    pub(crate) basis: Basis,
    pub(crate) actions: Vec<&'static Action>,
    pub(crate) optional_actions: Vec<&'static Action>,
}

/// How it is known which actions an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// The operation has the name of the action.
    SameName,
    /// The action is the method of HTTP, as Amazon API Gateway has it: `apigateway:GET`.
    HttpMethod,
    /// The table that is kept by hand (`data/overrides.txt`): the operation takes all of its actions.
    Table,
    /// As [`Basis::Table`], but which of its actions the operation takes depends on the request: a
    /// transaction of Amazon DynamoDB takes `dynamodb:PutItem` if it puts an item.
    TableByRequest,
    /// Nothing is taken: the request is not signed, or whoever can sign it may send it.
    NoPermission,
    /// It is not known.
    Unknown,
}

/// It is not known which actions an operation takes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "which actions of IAM `{operation}` of `{crate_name}` takes is not known: AWS's Service Authorization Reference \
     for the service, or the documentation of the operation, says which; grant them by their names"
)]
pub struct Unknown {
    /// The crate: `aws-sdk-s3`.
    pub crate_name: String,
    /// The operation: `HeadObject`.
    pub operation: &'static str,
}

impl Operation {
    /// Its name as AWS spells it: `HeadObject`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How its actions are known.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The actions that it takes: none when it takes no permission; all of them, or, if
    /// [`Operation::depends_on_request`], some.
    ///
    /// # Errors
    ///
    /// When that is not known.
    ///
    /// ```
    /// let catalog = chalice_iam::Catalog::get();
    /// let s3 = catalog.service("aws_sdk_s3").unwrap();
    /// let copy = s3.operation("CopyObject").unwrap();
    /// let names: Vec<&str> = copy.actions()?.iter().map(|it| it.name()).collect();
    /// assert_eq!(names, ["s3:GetObject", "s3:PutObject"]);
    /// # Ok::<(), chalice_iam::Unknown>(())
    /// ```
    pub fn actions(&self) -> Result<&[&'static Action], Unknown> {
        match self.basis {
            Basis::Unknown => Err(Unknown {
                crate_name: self.crate_name.clone(),
                operation: self.name,
            }),
            _ => Ok(&self.actions),
        }
    }

    /// The actions that some requests take besides, as far as the table that is kept by hand has them: with the version of
    /// an object, `GetObject` takes `s3:GetObjectVersion`. A policy without them can be enough, and one
    /// with them does not allow too much.
    ///
    /// ```
    /// let catalog = chalice_iam::Catalog::get();
    /// let get = catalog.service("aws-sdk-s3").unwrap().operation("get_object").unwrap();
    /// assert!(get.optional_actions().iter().any(|it| it.name() == "s3:GetObjectVersion"));
    /// ```
    pub fn optional_actions(&self) -> &[&'static Action] {
        &self.optional_actions
    }

    /// Whether it depends on the request which of its actions it takes: a policy with all of them may
    /// allow more than is needed, and one with some may be enough.
    pub fn depends_on_request(&self) -> bool {
        self.basis == Basis::TableByRequest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_said() {
        let operation = Operation {
            crate_name: "aws-sdk-s3".to_owned(),
            name: "FlyObject",
            basis: Basis::Unknown,
            actions: Vec::new(),
            optional_actions: Vec::new(),
        };
        let error = operation.actions().unwrap_err();
        assert_eq!(
            error.to_string(),
            "which actions of IAM `FlyObject` of `aws-sdk-s3` takes is not known: AWS's Service Authorization \
             Reference for the service, or the documentation of the operation, says which; grant them by their names"
        );
    }
}
