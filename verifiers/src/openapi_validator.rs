//! openapi-spec-validator, which knows OpenAPI's own schemas of documents.

use std::{
    io::{self, Write},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::Environment;

/// Takes a document per line, and writes a line of mistakes for each.
const VALIDATOR: &str = include_str!("../openapi_validator.py");

/// Why a document has not been judged.
#[derive(Debug, thiserror::Error)]
pub enum OpenapiValidatorError {
    /// The validator has not been installed.
    #[error(
        "openapi-spec-validator is not installed in `{folder}` as `verifiers/requirements.txt` wants it: run \
         `cargo xtask verifiers`"
    )]
    NotInstalled {
        /// The virtual environment.
        folder: String,
    },
    /// It cannot be run.
    #[error("openapi-spec-validator cannot be run: {0}")]
    Run(#[from] io::Error),
    /// It could not judge the document.
    #[error("openapi-spec-validator failed: {0}")]
    Failed(String),
}

/// The mistakes that openapi-spec-validator finds in documents of OpenAPI 3.1 or Swagger 2.0: of
/// each document all of them, with their places. A good one has none.
///
/// # Errors
///
/// When the validator is not installed, which `cargo xtask verifiers` does, or when a value is no
/// such document.
pub fn openapi_mistakes(documents: &[Value]) -> Result<Vec<Vec<String>>, OpenapiValidatorError> {
    mistakes_in(&crate::environment(), documents)
}

fn mistakes_in(
    environment: &Environment,
    documents: &[Value],
) -> Result<Vec<Vec<String>>, OpenapiValidatorError> {
    if !environment.is_ready() {
        return Err(OpenapiValidatorError::NotInstalled {
            folder: environment.folder().display().to_string(),
        });
    }
    let lines: String = documents.iter().map(|it| format!("{it}\n")).collect();
    let mut process = Command::new(environment.python())
        .args(["-I", "-c", VALIDATOR])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let written = match process.stdin.take() {
        Some(mut stdin) => stdin.write_all(lines.as_bytes()),
        None => Ok(()),
    };
    let output = process.wait_with_output()?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(OpenapiValidatorError::Failed(reason));
    }
    written?;
    let lines = String::from_utf8_lossy(&output.stdout);
    let mistakes = lines.lines().map(serde_json::from_str);
    let mistakes: Result<Vec<Vec<String>>, _> = mistakes.collect();
    mistakes.map_err(|error| OpenapiValidatorError::Failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mistakes(documents: &[String]) -> Vec<Vec<String>> {
        let documents = documents.iter().map(|it| serde_json::from_str(it).unwrap());
        let documents: Vec<Value> = documents.collect();
        openapi_mistakes(&documents).unwrap_or_else(|error| panic!("{error}"))
    }

    const GOOD: &str = r#"{"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": {"/a/{id}": {"get": {
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "OK"}}}}}}"#;

    #[test]
    fn mistakes_are_found() {
        let planted = [
            (r#""required": true"#, r#""required": false"#, "/paths/"),
            (r#"{"description": "OK"}"#, "{}", "/paths/"),
            (r#""name": "id""#, r#""name": "other""#, "'id'"),
            (
                r#""version": "1""#,
                r#""x-version": "1""#,
                "/info: 'version' is a required property",
            ),
            (r#""type": "string""#, r##""$ref": "#/nowhere""##, "nowhere"),
            (r#""type": "string""#, r#""type": "text""#, "text"),
        ];
        let swagger = r#"{"swagger": "2.0", "info": {"title": "a", "version": "1"}, "paths": {"/": {"any": {}}}}"#;
        let mut documents = vec![GOOD.to_owned(), swagger.replace("any", "x-any")];
        for (written, instead, _) in planted {
            let document = GOOD.replace(written, instead);
            assert_ne!(document, GOOD);
            documents.push(document);
        }
        documents.push(swagger.to_owned());
        let mut found = mistakes(&documents).into_iter();
        assert_eq!(found.next().unwrap(), [""; 0]);
        assert_eq!(found.next().unwrap(), [""; 0]);
        for (_, instead, mistake) in planted {
            let found = found.next().unwrap();
            assert!(
                found.iter().any(|it| it.contains(mistake)),
                "{instead}: {found:?}"
            );
        }
        assert_eq!(found.next().unwrap().len(), 1);
    }

    #[test]
    fn what_cannot_be_judged_is_an_error() {
        let error = openapi_mistakes(&[json!({ "openapi": "4.0.0" })]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "openapi-spec-validator failed: neither Swagger 2.0 nor OpenAPI 3.0 or 3.1"
        );
        let missing = Environment::new("no-such-venv", "openapi-spec-validator==1.0");
        let error = mistakes_in(&missing, &[]).unwrap_err().to_string();
        assert!(error.ends_with("run `cargo xtask verifiers`"), "{error}");
    }
}
