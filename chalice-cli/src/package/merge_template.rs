//! `--merge-template`: what is added to a template, or stands there instead.

use std::fs;
use std::path::Path;

use serde_json::{Map, Number, Value, json};

/// Names that are intrinsic functions of AWS CloudFormation behind `Fn::`, and tags of YAML in their short form.
const FUNCTIONS: [&str; 17] = [
    "And",
    "Base64",
    "Cidr",
    "Equals",
    "FindInMap",
    "GetAZs",
    "GetAtt",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Select",
    "Split",
    "Sub",
    "Transform",
];

/// Of these, the ones that have no short form of their own name, `Fn::` left out.
const BARE: [&str; 2] = ["Condition", "Ref"];

/// The file.
#[derive(Debug, PartialEq)]
pub(super) struct MergeTemplate {
    pub(super) template: Value,
    pub(super) is_yaml: bool,
}

/// Why the file is no template.
#[derive(Debug, thiserror::Error)]
pub(super) enum MergeTemplateError {
    /// It cannot be read.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why not.
        reason: std::io::Error,
    },
    /// It is neither.
    #[error("{path} is not {format}: {reason}")]
    Syntax {
        /// The file.
        path: String,
        /// What it should be.
        format: &'static str,
        /// Why it is not.
        reason: String,
    },
    /// It is no map.
    #[error(
        "{0} is no template: it has to be a map with members such as `Resources` and `Outputs`"
    )]
    NoMap(String),
}

impl MergeTemplate {
    /// Reads the file: YAML if its name ends with `.yaml` or `.yml`, otherwise JSON.
    pub(super) fn read(file: &Path) -> Result<MergeTemplate, MergeTemplateError> {
        let path = file.display().to_string();
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(reason) => return Err(MergeTemplateError::Unreadable { path, reason }),
        };
        let extension = file.extension().unwrap_or_default();
        let is_yaml = ["yaml", "yml"]
            .iter()
            .any(|it| extension.eq_ignore_ascii_case(it));
        let (format, template) = match is_yaml {
            true => ("YAML of AWS CloudFormation", from_yaml(&text)),
            false => (
                "JSON",
                serde_json::from_str(&text).map_err(|it| it.to_string()),
            ),
        };
        let template = template.map_err(|reason| MergeTemplateError::Syntax {
            path: path.clone(),
            format,
            reason,
        })?;
        match template {
            Value::Object(_) => Ok(MergeTemplate { template, is_yaml }),
            _ => Err(MergeTemplateError::NoMap(path)),
        }
    }
}

/// Merges a file into a template, as AWS Chalice does: maps are merged, whatever else the file has
/// is there instead of what was.
pub(super) fn merge(template: &mut Value, file: Value) {
    match (template, file) {
        (Value::Object(template), Value::Object(file)) => {
            for (name, value) in file {
                match template.get_mut(&name) {
                    Some(member) => merge(member, value),
                    None => {
                        template.insert(name, value);
                    }
                }
            }
        }
        (template, file) => *template = file,
    }
}

fn from_yaml(text: &str) -> Result<Value, String> {
    let mut value: yaml_serde::Value = yaml_serde::from_str(text).map_err(|it| it.to_string())?;
    value.apply_merge().map_err(|it| it.to_string())?;
    json_of(value)
}

fn json_of(value: yaml_serde::Value) -> Result<Value, String> {
    use yaml_serde::Value as Yaml;
    Ok(match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => value.into(),
        Yaml::String(text) => text.into(),
        Yaml::Number(number) => number_of(&number)?,
        Yaml::Sequence(elements) => {
            let elements: Result<Vec<Value>, String> = elements.into_iter().map(json_of).collect();
            elements?.into()
        }
        Yaml::Mapping(members) => {
            let mut object = Map::new();
            for (name, member) in members {
                let name = match json_of(name)? {
                    Value::String(name) => name,
                    // Such as a status, which JSON has in quotation marks.
                    name @ (Value::Number(_) | Value::Bool(_)) => name.to_string(),
                    name => return Err(format!("{name} is no name of a member")),
                };
                object.insert(name, json_of(member)?);
            }
            object.into()
        }
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            short_form(tag.trim_start_matches('!'), json_of(tagged.value)?)?
        }
    })
}

fn number_of(number: &yaml_serde::Number) -> Result<Value, String> {
    let json = match (number.as_u64(), number.as_i64()) {
        (Some(number), _) => Some(number.into()),
        (None, Some(number)) => Some(number.into()),
        (None, None) => number.as_f64().and_then(Number::from_f64),
    };
    match json {
        Some(number) => Ok(Value::Number(number)),
        None => Err(format!("{number} is no number of JSON")),
    }
}

/// AWS CloudFormation, "Intrinsic function reference": the short form of YAML in full.
fn short_form(tag: &str, value: Value) -> Result<Value, String> {
    if BARE.contains(&tag) {
        return Ok(json!({ tag: value }));
    }
    if !FUNCTIONS.contains(&tag) {
        return Err(format!(
            "`!{tag}` is no intrinsic function of AWS CloudFormation; write `Ref`, or `Fn::` and its name, in full"
        ));
    }
    let value = match (tag, value) {
        ("GetAtt", Value::String(text)) => match text.split_once('.') {
            Some((resource, attribute)) => json!([resource, attribute]),
            None => {
                return Err(format!(
                    "`!GetAtt {text}` has no attribute: write `!GetAtt <resource>.<attribute>`"
                ));
            }
        },
        (_, value) => value,
    };
    Ok(json!({ format!("Fn::{tag}"): value }))
}

#[cfg(test)]
mod tests {
    use chalice_config::{CommandLine, Config};

    use super::*;

    #[test]
    fn short_tags_are_functions() {
        let text = r#"
            a: !Ref Table
            b: !GetAtt Table.Stream.Arn
            c: !GetAtt [Table, Arn]
            d: !Sub "${AWS::Region}-x"
            e: !Join ["-", [a, !Ref B, 1, 2.5, -3]]
            f: !If [C, !Ref "AWS::NoValue", { 200: true }]
            g: !Base64 { "Fn::Sub": x }
            h: { Version: 2012-10-17, Empty: ~ }
            i: !Equals [on, yes]
        "#;
        assert_eq!(
            from_yaml(text).unwrap(),
            json!({
                "a": { "Ref": "Table" },
                "b": { "Fn::GetAtt": ["Table", "Stream.Arn"] },
                "c": { "Fn::GetAtt": ["Table", "Arn"] },
                "d": { "Fn::Sub": "${AWS::Region}-x" },
                "e": { "Fn::Join": ["-", ["a", { "Ref": "B" }, 1, 2.5, -3]] },
                "f": { "Fn::If": ["C", { "Ref": "AWS::NoValue" }, { "200": true }] },
                "g": { "Fn::Base64": { "Fn::Sub": "x" } },
                "h": { "Version": "2012-10-17", "Empty": null },
                "i": { "Fn::Equals": ["on", "yes"] },
            })
        );
    }

    #[test]
    fn what_is_no_template_is_refused() {
        for (text, reason) in [
            ("a: !Reference x", "`!Reference` is no intrinsic function"),
            ("a: !GetAtt Table", "has no attribute"),
            ("a: .nan", "no number of JSON"),
            ("a: [", "line"),
            ("a: 1\na: 2", "duplicate"),
        ] {
            let error = from_yaml(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str, text: &str| {
            let file = folder.path().join(name);
            fs::write(&file, text).unwrap();
            MergeTemplate::read(&file).map_err(|error| error.to_string())
        };
        assert!(
            read("a.json", "{]")
                .unwrap_err()
                .contains("a.json is not JSON: ")
        );
        assert!(read("a.yml", "- a").unwrap_err().contains("is no template"));
        assert!(read("a.YAML", "a: b").unwrap().is_yaml);
        let missing = MergeTemplate::read(&folder.path().join("none")).unwrap_err();
        assert!(missing.to_string().starts_with("cannot read "), "{missing}");
    }

    #[test]
    fn maps_are_merged_and_lists_replaced() {
        let mut template = json!({ "a": { "b": 1, "c": [1, 2] }, "d": "e" });
        merge(
            &mut template,
            json!({ "a": { "c": [3], "f": {} }, "d": { "g": null } }),
        );
        assert_eq!(
            template,
            json!({ "a": { "b": 1, "c": [3], "f": {} }, "d": { "g": null } })
        );
    }

    /// The template of AWS Chalice's app that is merged with files, and what Chalice made of both.
    #[test]
    fn merged_as_chalice_merges() {
        let apps = golden::apps().unwrap();
        let app = apps.iter().find(|app| app.name == "11-merge-template");
        let app = app.unwrap();
        let stage =
            Config::load_stage(&app.directory(), "dev", CommandLine::default(), None).unwrap();
        let resources = chalice_resources::resources(&app.manifest, &stage).unwrap();
        for (file, output, is_yaml) in [
            ("extras.json", "merged-by-extras.json.sam.json", false),
            ("extras.yaml", "merged-by-extras.yaml.sam.yaml", true),
        ] {
            let file = MergeTemplate::read(&app.directory().join(file)).unwrap();
            assert_eq!(file.is_yaml, is_yaml);
            let mut found = chalice_sam::template(&resources).unwrap().into();
            merge(&mut found, file.template);
            let expected = MergeTemplate::read(&app.output(output)).unwrap();
            let compared = golden::sam::compare(app.name, &expected.template, &found);
            assert_eq!(
                (compared.intended, compared.unintended),
                (Vec::new(), Vec::new())
            );
            assert!(compared.equal > 50);
        }
    }
}
