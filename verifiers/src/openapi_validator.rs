//! openapi-spec-validator, which knows OpenAPI's own schemas of documents.

use serde_json::Value;

use crate::judge::{Judge, JudgeError};

const VALIDATOR: Judge = Judge {
    name: "openapi-spec-validator",
    script: include_str!("../openapi_validator.py"),
};

/// The mistakes that openapi-spec-validator finds in documents of OpenAPI 3.1 or Swagger 2.0: of
/// each document all of them, with their places. A good one has none.
///
/// # Errors
///
/// When the validator is not installed, which `cargo xtask verifiers` does, or when a value is no
/// such document.
pub fn openapi_mistakes(documents: &[Value]) -> Result<Vec<Vec<String>>, JudgeError> {
    VALIDATOR.mistakes(documents)
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
    }
}
