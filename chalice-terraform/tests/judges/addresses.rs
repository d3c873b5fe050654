//! Names of functions, as far as Terraform takes them.

use chalice::{Application, prelude::*};
use chalice_config::Config;
use chalice_core::manifest::model::Manifest;
use chalice_terraform::TerraformError;
use serde_json::Value;

use crate::mistakes;

mod digit {
    use super::*;

    #[lambda_function(name = "1st")]
    fn first(_event: Value) {}

    #[app]
    pub(super) static APP: App = App {
        name: "digit",
        handlers: [first],
    };
}

mod twice {
    use super::*;

    #[authorizer]
    fn rest_api(_request: AuthRequest) -> AuthResponse {
        AuthResponse::allow(["*"], "somebody")
    }

    #[route("/", authorizer = rest_api)]
    fn index() {}

    #[app]
    pub(super) static APP: App = App {
        name: "twice",
        handlers: [rest_api, index],
    };
}

fn template<A: Application>() -> Result<Value, TerraformError> {
    let manifest = Manifest::from_json(A::manifest()).unwrap();
    let text = format!(
        "{{ \"version\": \"2.0\", \"app_name\": \"{}\" }}",
        manifest.app.name
    );
    let config = Config::parse(chalice_config::PATH.as_ref(), &text).unwrap();
    let stage = config.stage("dev").unwrap();
    chalice_terraform::template(&chalice_resources::resources(&manifest, &stage).unwrap())
}

#[test]
fn no_address_begins_with_a_digit() {
    let template = template::<digit::APP>().unwrap();
    assert_eq!(mistakes(&template), [""; 0]);
    let function = &template["resource"]["aws_lambda_function"]["_1st"];
    assert_eq!(function["function_name"], "digit-dev-1st");
    assert_eq!(function["handler"], "1st");
}

#[test]
fn two_resources_of_one_address_are_refused() {
    let error = template::<twice::APP>().unwrap_err();
    let address = "aws_lambda_permission.rest_api_invoke".to_owned();
    assert_eq!(error, TerraformError::SameAddress { address });
    assert!(error.to_string().contains("rename one"), "{error}");
}
