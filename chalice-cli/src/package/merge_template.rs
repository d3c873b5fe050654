//! `--merge-template`: what is added to a template, or stands there instead.

use std::fs;
use std::path::Path;

use chalice_core::suggest::did_you_mean;
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
    path: String,
    template: Value,
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
        // RFC 8259, section 8.1: whoever reads JSON may pass over the mark that some editors write.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let extension = file.extension().unwrap_or_default();
        let is_yaml = ["yaml", "yml"]
            .iter()
            .any(|it| extension.eq_ignore_ascii_case(it));
        let (format, template) = match is_yaml {
            true => ("YAML of AWS CloudFormation", from_yaml(text)),
            false => (
                "JSON",
                serde_json::from_str(text).map_err(|it| it.to_string()),
            ),
        };
        let template = template.map_err(|reason| MergeTemplateError::Syntax {
            path: path.clone(),
            format,
            reason,
        })?;
        match template {
            Value::Object(_) => Ok(MergeTemplate {
                path,
                template,
                is_yaml,
            }),
            _ => Err(MergeTemplateError::NoMap(path)),
        }
    }
}

/// The sections of a template (AWS CloudFormation, "CloudFormation template sections"; AWS SAM, "AWS SAM template
/// anatomy"), and whether each is a map of names.
const SECTIONS: [(&str, bool); 12] = [
    ("AWSTemplateFormatVersion", false),
    ("Conditions", true),
    ("Description", false),
    ("Globals", true),
    ("Hooks", true),
    ("Mappings", true),
    ("Metadata", true),
    ("Outputs", true),
    ("Parameters", true),
    ("Resources", true),
    ("Rules", true),
    ("Transform", false),
];

/// Sections whose members are maps.
const OF_MAPS: [&str; 3] = ["Outputs", "Parameters", "Resources"];

/// Why the file does not fit a template.
#[derive(Debug, thiserror::Error)]
#[error("{path} cannot be merged: {problem}")]
pub(super) struct Contradiction {
    path: String,
    problem: String,
}

impl MergeTemplate {
    /// Merges the file into the template.
    ///
    /// # Errors
    ///
    /// When AWS CloudFormation would refuse what becomes of it, whatever else there is.
    pub(super) fn into_template(self, template: &mut Value) -> Result<(), Contradiction> {
        if let Some(problem) = misfit(template, &self.template) {
            let path = self.path;
            return Err(Contradiction { path, problem });
        }
        merge(template, self.template);
        Ok(())
    }
}

/// What AWS CloudFormation would refuse of a file in that template.
fn misfit(template: &Value, file: &Value) -> Option<String> {
    for (section, value) in file.as_object()? {
        let Some((_, is_map)) = SECTIONS.iter().find(|(name, _)| name == section) else {
            let known = SECTIONS.map(|(name, _)| name);
            let hint = did_you_mean(section, known);
            return Some(format!(
                "`{section}` is no section of a template of AWS CloudFormation{hint}"
            ));
        };
        if !is_map {
            continue;
        }
        let Some(members) = value.as_object() else {
            return Some(format!(
                "`{section}` has to be a map of names, since nothing of the template can be taken away; leave it out"
            ));
        };
        for (name, member) in members {
            // A loop of the transform AWS::LanguageExtensions is a list.
            if !OF_MAPS.contains(&section.as_str()) || name.starts_with("Fn::") {
                continue;
            }
            let Some(member) = member.as_object() else {
                return Some(format!(
                    "`{section}.{name}` has to be a map, since nothing of the template can be taken away; leave it out"
                ));
            };
            let present = &template[section.as_str()][name.as_str()];
            if section == "Resources" && present.is_null() && !member.contains_key("Type") {
                let known = template[section.as_str()].as_object();
                let known = known.into_iter().flat_map(Map::keys);
                let hint = did_you_mean(name, known.map(String::as_str));
                return Some(format!(
                    "`Resources.{name}` has no `Type`, and is not in the template, where it could have one{hint}"
                ));
            }
        }
    }
    None
}

/// Merges a file into a template, as AWS Chalice does: maps are merged, whatever else the file has
/// is there instead of what was. So is a map that is an intrinsic function, or would be merged with one, because two
/// in one map are none.
fn merge(template: &mut Value, file: Value) {
    if is_function(template) || is_function(&file) {
        *template = file;
        return;
    }
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

/// AWS CloudFormation, "Intrinsic function reference": a map with the function as its one member.
fn is_function(value: &Value) -> bool {
    let members = value.as_object().filter(|members| members.len() == 1);
    members
        .and_then(|members| members.iter().next())
        .is_some_and(|(name, argument)| {
            let is_known = |name: &str| FUNCTIONS.contains(&name);
            name.strip_prefix("Fn::").is_some_and(is_known)
                || (name == "Ref" && argument.is_string())
        })
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

    fn merged(template: &Value, file: Value) -> Result<Value, String> {
        let file = MergeTemplate {
            path: "extras.json".to_owned(),
            template: file,
            is_yaml: false,
        };
        let mut template = template.clone();
        file.into_template(&mut template)
            .map_err(|error| error.to_string())?;
        Ok(template)
    }

    #[test]
    fn what_contradicts_a_template_is_refused() {
        let template = json!({ "Resources": { "Api": { "Type": "T", "Properties": { "A": 1 } } } });
        for (file, problem) in [
            (
                json!({ "Resources": [] }),
                "`Resources` has to be a map of names",
            ),
            (
                json!({ "Outputs": null }),
                "`Outputs` has to be a map of names",
            ),
            (
                json!({ "Resources": { "Api": null } }),
                "`Resources.Api` has to be a map",
            ),
            (
                json!({ "Outputs": { "Url": "x" } }),
                "`Outputs.Url` has to be a map",
            ),
            (
                json!({ "Resource": {} }),
                "`Resource` is no section of a template of AWS CloudFormation; did you mean `Resources`?",
            ),
            (
                json!({ "Resources": { "Apj": { "Properties": {} } } }),
                "`Resources.Apj` has no `Type`, and is not in the template, where it could have one; did you mean `Api`?",
            ),
        ] {
            let error = merged(&template, file).unwrap_err();
            let expected = format!("extras.json cannot be merged: {problem}");
            assert!(error.starts_with(&expected), "{error}");
        }
        let file = json!({
            "Description": "d",
            "Resources": { "Fn::ForEach::Topics": [], "Api": { "Properties": { "A": null } } },
            "Conditions": { "C": { "Fn::Not": [true] } },
        });
        assert_eq!(
            merged(&template, file).unwrap()["Resources"]["Api"]["Type"],
            "T"
        );
    }

    #[test]
    fn intrinsic_functions_are_replaced() {
        let role = |role: Value| json!({ "Resources": { "F": { "Type": "T", "Role": role } } });
        let function = json!({ "Fn::GetAtt": ["DefaultRole", "Arn"] });
        for (from, to) in [
            (function.clone(), json!({ "Ref": "Own" })),
            (function.clone(), json!({ "a": "b" })),
            (json!({ "a": "b" }), function),
        ] {
            assert_eq!(merged(&role(from), role(to.clone())).unwrap(), role(to));
        }
        // The names of whatever else are merged.
        let tags = merged(&role(json!({ "Ref": 1 })), role(json!({ "Fn": 2 }))).unwrap();
        assert_eq!(tags, role(json!({ "Ref": 1, "Fn": 2 })));
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.json", "a.yaml"] {
            let file = folder.path().join(name);
            fs::write(&file, "\u{feff}{ \"Outputs\": {} }").unwrap();
            assert_eq!(
                MergeTemplate::read(&file).unwrap().template,
                json!({ "Outputs": {} })
            );
        }
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
            file.into_template(&mut found).unwrap();
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
