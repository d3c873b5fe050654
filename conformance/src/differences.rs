//! The intended differences: `differences.toml`.

use std::{collections::BTreeMap, fs, path::Path};

use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;

use crate::output::{Answer, Output};

/// The intended differences.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Differences {
    /// Cases in which we do something else.
    #[serde(default, rename = "case")]
    pub cases: Vec<Listed>,
    /// Middleware traces that ours differ from.
    #[serde(default, rename = "middleware")]
    pub traces: Vec<Explained>,
    /// Kinds of differences that random requests bring about.
    #[serde(default, rename = "live")]
    pub kinds: Vec<Explained>,
}

/// A case in which we do something else.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The case's name.
    pub name: String,
    /// Why we do not do what Chalice does.
    pub reason: String,
    /// What we do.
    pub ours: Ours,
}

/// What we do, to the letter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Ours {
    /// We answer.
    Answer {
        /// The status.
        status: u16,
        /// The headers.
        #[serde(default)]
        headers: BTreeMap<String, Values>,
        /// The body, where it is text.
        #[serde(default)]
        body: String,
        /// Whether it goes out as base64.
        #[serde(default)]
        base64: bool,
    },
    /// The authorizer decides so: JSON.
    Policy(String),
    /// The invocation fails with this kind of error.
    Failure(String),
}

/// The values of a header.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Values {
    /// It has one.
    One(String),
    /// It has several.
    Several(Vec<String>),
}

/// A difference that is not one of a single output.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explained {
    /// Its name: of a trace, or of a rule.
    pub name: String,
    /// Why we do not do what Chalice does.
    pub reason: String,
    /// What we do.
    pub instead: String,
}

/// Why the list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DifferencesError {
    /// The file cannot be read.
    #[error("the differences cannot be read from `{path}`: {source}")]
    File {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no such list.
    #[error("`{path}` is no list of differences: {source}")]
    Format {
        /// The file.
        path: String,
        /// What is wrong.
        source: Box<toml::de::Error>,
    },
    /// An entry says nothing, or says it twice.
    #[error("`{path}`: the entry `{name}` {problem}")]
    Entry {
        /// The file.
        path: String,
        /// The entry.
        name: String,
        /// What is wrong.
        problem: &'static str,
    },
}

impl Differences {
    /// The list in the file.
    ///
    /// # Errors
    ///
    /// When there is none, or an entry lacks its reason, or occurs twice.
    pub fn read(path: &Path) -> Result<Differences, DifferencesError> {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|source| DifferencesError::File {
            path: name.clone(),
            source,
        })?;
        Differences::parse(&text, &name)
    }

    fn parse(text: &str, path: &str) -> Result<Differences, DifferencesError> {
        let list: Differences =
            toml::from_str(text).map_err(|source| DifferencesError::Format {
                path: path.to_owned(),
                source: Box::new(source),
            })?;
        let cases = list.cases.iter().map(|case| (&case.name, &case.reason));
        let explained = |list: &[Explained]| -> Vec<(String, String)> {
            let entry = |entry: &Explained| (entry.name.clone(), entry.reason.clone());
            list.iter().map(entry).collect()
        };
        let groups = [
            cases
                .map(|(name, reason)| (name.clone(), reason.clone()))
                .collect(),
            explained(&list.traces),
            explained(&list.kinds),
        ];
        for group in &groups {
            for (at, (name, reason)) in group.iter().enumerate() {
                let problem = if reason.trim().is_empty() {
                    "has no reason"
                } else if group[..at].iter().any(|(earlier, _)| earlier == name) {
                    "occurs twice"
                } else {
                    continue;
                };
                return Err(DifferencesError::Entry {
                    path: path.to_owned(),
                    name: name.clone(),
                    problem,
                });
            }
        }
        Ok(list)
    }

    /// The entry of a case.
    pub fn of_case(&self, name: &str) -> Option<&Listed> {
        self.cases.iter().find(|case| case.name == name)
    }
}

impl Ours {
    /// The output that the entry expects of us.
    ///
    /// # Errors
    ///
    /// When the policy is no JSON.
    pub fn output(&self) -> Result<Output, serde_json::Error> {
        Ok(match self {
            Ours::Answer {
                status,
                headers,
                body,
                base64,
            } => {
                let headers = headers.iter().map(|(name, values)| {
                    let values = match values {
                        Values::One(value) => vec![value.clone()],
                        Values::Several(values) => values.clone(),
                    };
                    (name.to_ascii_lowercase(), values)
                });
                let answer = Answer {
                    status: (*status).into(),
                    headers: headers.collect(),
                    base64: *base64,
                    body: Bytes::from(body.clone()),
                };
                Output::Answer(answer.as_sent())
            }
            Ours::Policy(json) => Output::Policy(serde_json::from_str::<Value>(json)?),
            Ours::Failure(kind) => Output::Failure {
                kind: kind.clone(),
                message: String::new(),
            },
        })
    }

    /// Whether the output fails as the entry says, if that is what it says.
    pub(crate) fn fails_as(&self, found: &Output) -> bool {
        match (self, found) {
            (Ours::Failure(expected), Output::Failure { kind, .. }) => expected == kind,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        Differences::parse(text, "list").unwrap_err().to_string()
    }

    #[test]
    fn entries() {
        let list = Differences::parse(
            r#"
            [[case]]
            name = "a"
            reason = "r"
            ours.answer = { status = 404, headers = { X = "1", Y = ["1", "2"] }, body = "b" }
            [[case]]
            name = "b"
            reason = "r"
            ours.failure = "K"
            [[live]]
            name = "a"
            reason = "r"
            instead = "i"
            "#,
            "list",
        )
        .unwrap();
        let Output::Answer(answer) = list.of_case("a").unwrap().ours.output().unwrap() else {
            panic!("an answer");
        };
        assert_eq!((answer.status, answer.header("x")), (404, Some("1")));
        assert_eq!(answer.headers["y"], ["1", "2"]);
        let failure = |kind: &str| Output::Failure {
            kind: kind.to_owned(),
            message: String::new(),
        };
        let ours = &list.of_case("b").unwrap().ours;
        assert!(ours.fails_as(&failure("K")) && !ours.fails_as(&failure("L")));
        assert!(list.of_case("c").is_none());
    }

    #[test]
    fn entries_that_say_nothing() {
        let entry = "[[live]]\nname = 'a'\nreason = 'r'\ninstead = 'i'\n";
        assert_eq!(
            problem(&entry.repeat(2)),
            "`list`: the entry `a` occurs twice"
        );
        assert_eq!(
            problem(&entry.replace("'r'", "' '")),
            "`list`: the entry `a` has no reason"
        );
        assert!(problem("[[live]]\nname = 'a'").contains("missing field `reason`"));
        assert!(problem("[[case]]\nname = 'a'\nreason = 'r'").contains("missing field `ours`"));
        assert!(problem("[[oops]]").contains("unknown field `oops`"));
    }
}
