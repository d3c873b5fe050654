//! The app's Lambda functions, each with its running copies.

use std::sync::Arc;

use chalice_core::manifest::model::{Function, FunctionKind, Manifest};
use chalice_core::suggest::{did_you_mean, list};

use super::pool::Pool;

/// The app's Lambda functions. None of them has a process before its first invocation.
pub(super) struct Functions {
    app: String,
    /// In the order of the manifest.
    functions: Vec<LocalFunction>,
}

/// One of the functions.
#[derive(Debug)]
pub(super) struct LocalFunction {
    /// Its name within the app.
    pub(super) name: String,
    /// Its name on AWS Lambda.
    lambda_name: String,
    /// Its running copies.
    pub(super) pool: Arc<Pool>,
}

/// The app has no such function.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum UnknownFunction {
    /// It has others.
    #[error("the app `{app}` has no function `{name}`{suggestion} {known}")]
    Other {
        app: String,
        name: String,
        /// A similar name, and the beginning of the list.
        suggestion: String,
        known: String,
    },
    /// It has none at all.
    #[error(
        "the app `{app}` has no Lambda function: add one with `#[route]` or `#[lambda_function]` to the \
         handlers of `#[app]`"
    )]
    None { app: String },
}

impl Functions {
    /// The functions of the manifest; `pool` makes the pool of the function with
    /// that name on AWS Lambda and that handler.
    pub(super) fn new(
        manifest: &Manifest,
        stage: &str,
        pool: impl Fn(String, &str) -> Arc<Pool>,
    ) -> Functions {
        let app = &manifest.app.name;
        let functions = manifest.functions.iter().map(|function| {
            let lambda_name = lambda_name(app, stage, function);
            LocalFunction {
                name: function.name.clone(),
                pool: pool(lambda_name.clone(), &function.name),
                lambda_name,
            }
        });
        Functions {
            functions: functions.collect(),
            app: app.clone(),
        }
    }

    /// The function of that name within the app.
    pub(super) fn get(&self, name: &str) -> Option<&Arc<Pool>> {
        let named = |function: &&LocalFunction| function.name == name;
        self.functions
            .iter()
            .find(named)
            .map(|function| &function.pool)
    }

    /// The function that is called by that name within the app, by its name on AWS Lambda or by an ARN, whole
    /// or in part, with a version or an alias behind it or without.
    pub(super) fn find(&self, called: &str) -> Result<&LocalFunction, UnknownFunction> {
        let bare = bare_name(called);
        let by = |key: fn(&LocalFunction) -> &String| {
            let functions = self.functions.iter();
            functions.filter(move |function| key(function) == bare)
        };
        let found = by(|function| &function.name)
            .chain(by(|function| &function.lambda_name))
            .next();
        if let Some(function) = found {
            return Ok(function);
        }
        let app = self.app.clone();
        if self.functions.is_empty() {
            return Err(UnknownFunction::None { app });
        }
        Err(UnknownFunction::Other {
            app,
            name: called.to_owned(),
            suggestion: match did_you_mean(bare, self.names()) {
                near if near.is_empty() => ": it has".to_owned(),
                near => near + " It has",
            },
            known: list(self.names()),
        })
    }

    /// Ends the processes that do nothing.
    pub(super) fn end_idle_processes(&self) {
        for function in &self.functions {
            function.pool.end_idle_processes();
        }
    }

    /// The functions' names within the app.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.functions.iter().map(|function| function.name.as_str())
    }
}

/// The name that a function has on AWS Lambda, as Chalice gives it.
fn lambda_name(app: &str, stage: &str, function: &Function) -> String {
    match function.kind {
        FunctionKind::RestApi {} => format!("{app}-{stage}"),
        _ => format!("{app}-{stage}-{}", function.name),
    }
}

/// The name in what AWS Lambda takes as a function's name ("Invoke", `FunctionName`):
/// `name`, `123456789012:function:name` or an ARN, each of them with `:qualifier` or without.
fn bare_name(called: &str) -> &str {
    let rest = match called.split_once("function:") {
        Some((before, rest)) if before.is_empty() || before.ends_with(':') => rest,
        _ => called,
    };
    rest.split_once(':').map_or(rest, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use chalice_config::{AppName, Config};
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::deployment::PrivateCopy;
    use super::super::environment::{AppOutput, FunctionSettings};
    use super::*;

    fn functions(names: &[&str]) -> Functions {
        let source = json!({"module": "m", "item": "APP", "file": "src/main.rs", "line": 1});
        let api = json!({"cors": null, "binary_types": [], "compression": null, "debug": false});
        let functions: Vec<serde_json::Value> = names
            .iter()
            .map(|name| match *name {
                "api_handler" => json!({"name": name, "type": "rest_api"}),
                _ => json!({
                    "name": name, "type": "pure_lambda", "on_failure": null, "description": null,
                    "source": source,
                }),
            })
            .collect();
        let manifest = json!({
            "manifest_version": 1, "framework": {"name": "chalice", "version": "0"},
            "app": {"name": "shop", "source": source, "api": api}, "functions": functions, "routes": [],
        });
        let manifest = Manifest::from_json(manifest.to_string().as_bytes()).unwrap();
        let target = tempfile::tempdir().unwrap();
        let executable = target.path().join("app");
        std::fs::write(&executable, "").unwrap();
        let copy = Arc::new(PrivateCopy::new(&executable, target.path()).unwrap());
        let config = Config::of_app(AppName::new("shop").unwrap());
        let stage = config.stage("dev").unwrap();
        Functions::new(&manifest, "dev", |name, handler| {
            let settings = FunctionSettings {
                executable: copy.clone(),
                directory: PathBuf::new(),
                name,
                handler: handler.to_owned(),
                configuration: stage.every_function(),
                output: AppOutput::Inherited,
                variables: Arc::default(),
            };
            Pool::new(settings, 1)
        })
    }

    #[test]
    fn names_on_aws_and_within_the_app() {
        let functions = functions(&["api_handler", "Checkout"]);
        for (called, name) in [
            ("api_handler", "api_handler"),
            ("shop-dev", "api_handler"),
            ("Checkout", "Checkout"),
            ("shop-dev-Checkout", "Checkout"),
            ("shop-dev-Checkout:$LATEST", "Checkout"),
            ("function:Checkout", "Checkout"),
            ("123456789012:function:shop-dev-Checkout", "Checkout"),
            (
                "arn:aws:lambda:us-east-1:123456789012:function:shop-dev-Checkout:1",
                "Checkout",
            ),
        ] {
            assert_eq!(functions.find(called).unwrap().name, name, "{called}");
        }
        for called in ["", "shop", "shop-prod-Checkout", "Checkout-dev", ":"] {
            functions.find(called).unwrap_err();
        }
    }

    proptest! {
        #[test]
        fn every_form_of_a_name(
            name in "[A-Za-z0-9_-]{1,64}", account in "[0-9]{12}", qualifier in "(:[$A-Za-z0-9_-]{1,9})?",
        ) {
            for before in ["".to_owned(), "function:".to_owned(), format!("{account}:function:"),
                format!("arn:aws:lambda:us-east-1:{account}:function:")]
            {
                let called = format!("{before}{name}{qualifier}");
                prop_assert_eq!(bare_name(&called), name.as_str());
            }
        }
    }

    #[test]
    fn a_function_that_the_app_does_not_have() {
        assert_eq!(
            functions(&["api_handler", "Checkout"])
                .find("checkuot")
                .unwrap_err()
                .to_string(),
            "the app `shop` has no function `checkuot`; did you mean `Checkout`? It has `api_handler` and `Checkout`"
        );
        assert_eq!(
            functions(&["Checkout"])
                .find("zebra")
                .unwrap_err()
                .to_string(),
            "the app `shop` has no function `zebra`: it has `Checkout`"
        );
        let error = functions(&[]).find("x").unwrap_err().to_string();
        assert!(error.starts_with("the app `shop` has no Lambda function: "));
    }
}
