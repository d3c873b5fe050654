//! What an app's program uses of the AWS SDK, and which actions of IAM that takes.

use std::collections::BTreeSet;
use std::path::Path;

use chalice_iam::{Action, Catalog};
use chalice_sdk_usage::{Analysis, Evidence, Origin, ReachableOperation, UsageError, operations};

use crate::Error;
use crate::app_build::{App, BuildVariant};

/// What a program uses of the AWS SDK.
#[derive(Debug, Default)]
pub(crate) struct SdkUse {
    /// The operations, sorted by crate and name; without those that get credentials, which functions have.
    pub(crate) operations: Vec<UsedOperation>,
    /// What could not be seen, a sentence each.
    pub(crate) notes: Vec<String>,
}

/// An operation that a program can reach.
#[derive(Clone, Debug)]
pub(crate) struct UsedOperation {
    /// The crate: `aws-sdk-s3`.
    pub(crate) sdk_crate: String,
    /// The method of the crate's client: `get_object`.
    pub(crate) name: String,
    /// Whether only the framework calls it, for which generated policies provide.
    pub(crate) is_of_framework: bool,
    /// What it takes in IAM.
    pub(crate) takes: Takes,
    /// The lines that may call it, sorted.
    pub(crate) places: Vec<Place>,
}

/// What an operation takes in IAM.
#[derive(Clone, Debug)]
pub(crate) enum Takes {
    /// Actions; none if it takes no permission.
    Actions {
        /// All of these; or, if it depends on the request, some of them.
        actions: Vec<&'static Action>,
        /// Whether it depends on the request which of them.
        is_by_request: bool,
        /// What some requests take besides.
        optional: Vec<&'static Action>,
    },
    /// That is not known.
    Unknown {
        /// What the names of its service's actions begin with, if the service is known.
        prefix: Option<&'static str>,
    },
}

/// A line of source that may call an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The file; within the workspace relative to its root, as the compiler names it.
    pub(crate) file: String,
    /// The line, counted from 1.
    pub(crate) line: usize,
    /// The function around it, with its type and the modules of the file.
    pub(crate) function: Option<String>,
}

impl SdkUse {
    /// What the app uses that Cargo has built as `executable`. An executable that does not tell is replaced by a
    /// debug build of the app, which does.
    pub(crate) async fn of(app: &App, executable: &Path) -> Result<SdkUse, Error> {
        let debug;
        let executable = match operations(executable) {
            // Nor does Cargo have to say what the app is built from, which takes a while.
            Ok(usage) if usage.operations.is_empty() => return Ok(SdkUse::default()),
            Err(UsageError::NoEvidence { .. }) => {
                let variant = BuildVariant {
                    profile: Some("dev"),
                    ..BuildVariant::default()
                };
                debug = app.build(variant).await?;
                &debug
            }
            _ => executable,
        };
        let metadata = app.with_dependencies()?;
        let analysis = Analysis::of(executable, &metadata, app.package_id())?;
        Ok(SdkUse::from_analysis(&analysis, app.workspace_root()))
    }

    fn from_analysis(analysis: &Analysis, root: &Path) -> SdkUse {
        let reachable = analysis.operations.iter();
        let operations = reachable
            .filter(|operation| operation.origin != Origin::CredentialProviders)
            .map(|operation| UsedOperation::new(operation, root))
            .collect();
        let stripped = (analysis.evidence == Evidence::SourcePaths).then(|| {
            "the executable is stripped: which operations of the AWS SDK it uses was told by the paths of source files in \
             it, which are not there for crates that were built with other paths"
                .to_owned()
        });
        let unread = analysis.unread.iter().map(|source| {
            format!(
                "calls in {} are not seen: {}",
                relative(&source.file, root),
                source.problem
            )
        });
        SdkUse {
            operations,
            notes: stripped.into_iter().chain(unread).collect(),
        }
    }

    /// The operations for which a role has to provide because the app calls them.
    pub(crate) fn of_app(&self) -> impl Iterator<Item = &UsedOperation> {
        self.operations.iter().filter(|it| !it.is_of_framework)
    }

    /// The actions that the app's operations take, as far as they are known, sorted.
    pub(crate) fn actions(&self) -> BTreeSet<&'static str> {
        let actions = self.of_app().flat_map(UsedOperation::actions);
        actions.map(|action| action.name()).collect()
    }

    /// The app's operations of which it is not known what they take.
    pub(crate) fn unknown(&self) -> impl Iterator<Item = &UsedOperation> {
        self.of_app()
            .filter(|it| matches!(it.takes, Takes::Unknown { .. }))
    }
}

impl UsedOperation {
    fn new(reachable: &ReachableOperation, root: &Path) -> UsedOperation {
        let operation = &reachable.operation;
        let places = reachable.calls.iter().map(|call| Place {
            file: relative(&call.file, root),
            line: call.line,
            function: call.function.clone(),
        });
        UsedOperation {
            sdk_crate: operation.sdk_crate.clone(),
            name: operation.name.clone(),
            is_of_framework: reachable.origin == Origin::Framework,
            takes: Takes::of(&operation.sdk_crate, &operation.name),
            places: places.collect(),
        }
    }

    /// `aws-sdk-s3 get_object`
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.sdk_crate, self.name)
    }

    /// Whether some request for it takes the action.
    pub(crate) fn may_take(&self, action: &str) -> bool {
        let optional = match &self.takes {
            Takes::Actions { optional, .. } => &optional[..],
            Takes::Unknown { .. } => &[],
        };
        let mut actions = self.actions().iter().chain(optional);
        actions.any(|it| it.name() == action)
    }

    /// The actions that it takes; none if that is not known.
    pub(crate) fn actions(&self) -> &[&'static Action] {
        match &self.takes {
            Takes::Actions { actions, .. } => actions,
            Takes::Unknown { .. } => &[],
        }
    }
}

impl Takes {
    /// What the operation of that name takes.
    pub(crate) fn of(sdk_crate: &str, name: &str) -> Takes {
        let Some(service) = Catalog::get().service(sdk_crate) else {
            return Takes::Unknown { prefix: None };
        };
        let unknown = Takes::Unknown {
            prefix: Some(service.prefix()),
        };
        let Some(operation) = service.operation(name) else {
            return unknown;
        };
        match operation.actions() {
            Ok(actions) => Takes::Actions {
                actions: actions.to_vec(),
                is_by_request: operation.depends_on_request(),
                optional: operation.optional_actions().to_vec(),
            },
            Err(_) => unknown,
        }
    }
}

fn relative(file: &Path, root: &Path) -> String {
    let file = file.strip_prefix(root).unwrap_or(file);
    file.display().to_string()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use chalice_sdk_usage::{Call, CallForm, Operation, UnreadSource};

    use super::*;

    fn reachable(
        sdk_crate: &str,
        name: &str,
        origin: Origin,
        lines: &[usize],
    ) -> ReachableOperation {
        let calls = lines.iter().map(|&line| Call {
            file: "/w/app/src/main.rs".into(),
            line,
            package: "app".to_owned(),
            function: Some("store".to_owned()),
            form: CallForm::Method,
        });
        ReachableOperation {
            operation: Operation {
                sdk_crate: sdk_crate.to_owned(),
                name: name.to_owned(),
            },
            origin,
            calls: calls.collect(),
        }
    }

    #[test]
    fn credentials_and_the_framework_are_not_the_app() {
        let analysis = Analysis {
            evidence: Evidence::SourcePaths,
            operations: vec![
                reachable(
                    "aws-sdk-apigatewaymanagement",
                    "post_to_connection",
                    Origin::Framework,
                    &[],
                ),
                reachable("aws-sdk-nowhere", "fly", Origin::App, &[]),
                reachable("aws-sdk-s3", "copy_object", Origin::App, &[4, 9]),
                reachable("aws-sdk-s3", "fly_object", Origin::App, &[]),
                reachable("aws-sdk-s3", "get_object", Origin::App, &[5]),
                reachable(
                    "aws-sdk-sts",
                    "assume_role",
                    Origin::CredentialProviders,
                    &[],
                ),
            ],
            unread: vec![UnreadSource {
                file: PathBuf::from("/w/app/src/broken.rs"),
                problem: "line 2: expected `;`".to_owned(),
            }],
        };
        let used = SdkUse::from_analysis(&analysis, Path::new("/w"));
        let titles: Vec<String> = used.operations.iter().map(UsedOperation::title).collect();
        assert_eq!(
            titles,
            [
                "aws-sdk-apigatewaymanagement post_to_connection",
                "aws-sdk-nowhere fly",
                "aws-sdk-s3 copy_object",
                "aws-sdk-s3 fly_object",
                "aws-sdk-s3 get_object",
            ]
        );
        let actions: Vec<&str> = used.actions().into_iter().collect();
        assert_eq!(actions, ["s3:GetObject", "s3:PutObject"]);
        let unknown: Vec<String> = used.unknown().map(UsedOperation::title).collect();
        assert_eq!(unknown, ["aws-sdk-nowhere fly", "aws-sdk-s3 fly_object"]);
        assert_eq!(
            used.operations[2].places[1],
            Place {
                file: "app/src/main.rs".to_owned(),
                line: 9,
                function: Some("store".to_owned()),
            }
        );
        assert!(used.notes[0].starts_with("the executable is stripped: "));
        assert_eq!(
            used.notes[1],
            "calls in app/src/broken.rs are not seen: line 2: expected `;`"
        );
    }
}
