//! What AWS CloudFormation takes (AWS CloudFormation, "Understand CloudFormation quotas").

use crate::{SamError, Template};

const MAX_RESOURCES: usize = 500;
const MAX_OUTPUTS: usize = 200;
const MAX_BYTES: usize = 1_048_576;

pub(crate) fn check(template: &Template) -> Result<(), SamError> {
    for (count, what, limit) in [
        (
            template.expanded,
            "resources, with those that SAM adds to them,",
            MAX_RESOURCES,
        ),
        (template.outputs().len(), "outputs", MAX_OUTPUTS),
    ] {
        if count > limit {
            return Err(SamError::TooMany { count, what, limit });
        }
    }
    let bytes = serde_json::to_value(template).map_or(0, |json| json.to_string().len());
    match bytes > MAX_BYTES {
        true => Err(SamError::TooLarge {
            bytes,
            limit: MAX_BYTES,
        }),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::*;

    fn template(text: usize, outputs: usize, expanded: usize) -> Template {
        let resources = Map::from_iter([("A".to_owned(), Value::from("x".repeat(text)))]);
        let outputs = (0..outputs).map(|number| (format!("O{number}"), Value::Null));
        Template::new(resources, outputs.collect(), expanded)
    }

    #[test]
    fn more_than_cloudformation_takes_is_an_error() {
        assert_eq!(check(&template(1_000_000, 200, 500)), Ok(()));
        for (template, expected) in [
            (template(1, 1, 501), "the template has 501 resources"),
            (template(1, 201, 1), "the template has 201 outputs"),
            (template(1_048_576, 1, 1), "(1 MB)"),
        ] {
            let error = check(&template).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
