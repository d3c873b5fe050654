//! `${stage}` and `${app}` in texts of the file.

use serde_json::Value;

use super::KeyPath;
use crate::{Problem, Refusal};

/// What references stand for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names<'a> {
    pub(crate) app: &'a str,
    pub(crate) stage: &'a str,
}

impl Names<'_> {
    /// Fills all texts in `value`, and removes those that cannot be filled: there is a problem more
    /// instead. No problem repeats a text, because it may be a secret.
    pub(crate) fn fill(&self, path: &KeyPath, value: &mut Value, problems: &mut Vec<Problem>) {
        if !self.is_filled(path, value, problems) {
            *value = Value::Null;
        }
    }

    /// Whether the value can stay.
    fn is_filled(&self, path: &KeyPath, value: &mut Value, problems: &mut Vec<Problem>) -> bool {
        match value {
            Value::String(text) => match self.fill_text(text) {
                Ok(filled) => *text = filled,
                Err(refusal) => {
                    problems.push(Problem {
                        key: path.to_string(),
                        value: "a text".to_owned(),
                        refusal,
                    });
                    return false;
                }
            },
            Value::Array(elements) => {
                let mut index = 0..;
                elements.retain_mut(|element| {
                    let path = path.index(index.next().unwrap_or_default());
                    self.is_filled(&path, element, problems)
                });
            }
            Value::Object(members) => {
                members.retain(|key, member| self.is_filled(&path.key(key), member, problems));
            }
            _ => {}
        }
        true
    }

    fn fill_text(&self, text: &str) -> Result<String, Refusal> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("${") {
            let behind = &rest[at + 2..];
            if let Some(before) = rest[..at].strip_suffix('$') {
                filled.push_str(before);
                filled.push_str("${");
                rest = behind;
                continue;
            }
            filled.push_str(&rest[..at]);
            let Some((name, behind)) = behind.split_once('}') else {
                return Err(unknown());
            };
            filled.push_str(match name {
                "app" => self.app,
                "stage" => self.stage,
                _ => return Err(unknown()),
            });
            rest = behind;
        }
        filled.push_str(rest);
        Ok(filled)
    }
}

fn unknown() -> Refusal {
    Refusal::new(
        "it holds `${` with something else behind it than `stage}` or `app}`, the two references that there are",
        "write one of these, or `$${` for the two characters themselves",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Names<'_> = Names {
        app: "shop",
        stage: "dev",
    };

    #[test]
    fn texts_are_filled() {
        for (text, filled) in [
            ("", ""),
            ("$", "$"),
            ("{stage}", "{stage}"),
            ("${stage}", "dev"),
            ("${app}-${stage}-x", "shop-dev-x"),
            ("$${stage}", "${stage}"),
            ("$$${stage}", "$${stage}"),
            ("$context.${stage}$", "$context.dev$"),
            ("ä${app}ö", "äshopö"),
        ] {
            assert_eq!(NAMES.fill_text(text).as_deref(), Ok(filled), "{text}");
        }
        for text in [
            "${",
            "${stage",
            "${ stage}",
            "${Stage}",
            "${}",
            "${a${app}}",
        ] {
            assert_eq!(NAMES.fill_text(text), Err(unknown()), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_escaped_stays_what_it_was(text in "[${}a-z]{0,40}") {
            let escaped = text.replace("${", "$${");
            proptest::prop_assert_eq!(NAMES.fill_text(&escaped), Ok(text));
        }
    }
}
