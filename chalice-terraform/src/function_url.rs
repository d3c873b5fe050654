//! Functions' URLs.

use chalice_config::AuthType;
use chalice_resources::{Function, Url};
use serde_json::{Value, json};

use crate::{
    TerraformError,
    expression::{Address, literal},
    function::{invoked, qualified},
    template::Template,
};

impl Template<'_> {
    pub(crate) fn function_url(
        &mut self,
        function: &Function,
        url: &Url,
    ) -> Result<(), TerraformError> {
        let mut arguments = invoked(function);
        arguments["authorization_type"] = url.auth_type.as_str().into();
        arguments["invoke_mode"] = url.invoke_mode.as_str().into();
        if let Some(cors) = &url.cors {
            let mut block = json!({ "allow_credentials": cors.allow_credentials });
            for (name, texts) in [
                ("allow_headers", &cors.allow_headers),
                ("allow_methods", &cors.allow_methods),
                ("allow_origins", &cors.allow_origins),
                ("expose_headers", &cors.expose_headers),
            ] {
                if !texts.is_empty() {
                    block[name] = texts.iter().map(|text| literal(text)).collect();
                }
            }
            if let Some(max_age) = cors.max_age {
                block["max_age"] = max_age.into();
            }
            arguments["cors"] = block;
        }
        let address = Address::new("aws_lambda_function_url", &function.name);
        self.add(&address, arguments)?;
        let output = format!("{}_url", address.name);
        self.output(output, address.get("function_url"));
        match url.auth_type {
            AuthType::None => self.add(
                &Address::new("aws_cloudformation_stack", &function.name),
                public_invocations(function),
            ),
            AuthType::AwsIam => Ok(()),
        }
    }
}

/// Who calls a public URL needs two permissions (AWS Lambda, "Control access to Lambda function URLs"). The
/// provider creates `lambda:InvokeFunctionUrl` with the URL; `lambda:InvokeFunction`, for nothing but the URL, has a
/// condition that the provider cannot write before its version 6, and AWS CloudFormation can. Without the
/// condition, every account of AWS could invoke the function with events of its own making.
fn public_invocations(function: &Function) -> Value {
    let template = json!({
        "Resources": {
            "PublicInvocations": {
                "Type": "AWS::Lambda::Permission",
                "Properties": {
                    "Action": "lambda:InvokeFunction",
                    "FunctionName": qualified(function).get("arn"),
                    "InvokedViaFunctionUrl": true,
                    "Principal": "*",
                },
            },
        },
    });
    // Names of stacks have no `_`, and a letter first.
    let name = format!("function-url-{}", function.function_name.replace('_', "-"));
    json!({ "name": literal(&name), "template_body": template.to_string() })
}
