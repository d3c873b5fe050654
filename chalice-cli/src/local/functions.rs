//! The app's Lambda functions, each with its running copies.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chalice_core::manifest::model::{Function, FunctionKind, Manifest};

use super::pool::Pool;

/// How long a function may take that no API waits for: Chalice's default for a
/// function's timeout.
pub(super) const FUNCTION_TIMEOUT: Duration = Duration::from_secs(60);

/// The app's Lambda functions. None of them has a process before its first invocation.
pub(super) struct Functions {
    pools: HashMap<String, Arc<Pool>>,
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
        let pools = manifest
            .functions
            .iter()
            .map(|function| {
                let name = lambda_name(app, stage, function);
                (function.name.clone(), pool(name, &function.name))
            })
            .collect();
        Functions { pools }
    }

    /// The function of that name within the app.
    pub(super) fn get(&self, name: &str) -> Option<&Arc<Pool>> {
        self.pools.get(name)
    }
}

/// The name that a function has on AWS Lambda, as Chalice gives it.
fn lambda_name(app: &str, stage: &str, function: &Function) -> String {
    match function.kind {
        FunctionKind::RestApi {} => format!("{app}-{stage}"),
        _ => format!("{app}-{stage}-{}", function.name),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_on_aws() {
        let source = json!({"module": "m", "item": "APP", "file": "src/main.rs", "line": 1});
        let api = json!({"cors": null, "binary_types": [], "compression": null, "debug": false});
        let pure = json!({
            "name": "Checkout", "type": "pure_lambda", "on_failure": null, "description": null, "source": source,
        });
        let manifest = json!({
            "manifest_version": 1, "framework": {"name": "chalice", "version": "0"},
            "app": {"name": "shop", "source": source, "api": api},
            "functions": [{"name": "api_handler", "type": "rest_api"}, pure], "routes": [],
        });
        let manifest = Manifest::from_json(manifest.to_string().as_bytes()).unwrap();
        let named: Vec<(&str, String)> = manifest
            .functions
            .iter()
            .map(|function| (function.name.as_str(), lambda_name("shop", "dev", function)))
            .collect();
        assert_eq!(
            named,
            [
                ("api_handler", "shop-dev".to_owned()),
                ("Checkout", "shop-dev-Checkout".to_owned())
            ]
        );
    }
}
