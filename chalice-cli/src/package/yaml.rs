//! Templates as YAML.
//!
//! AWS's tools read YAML 1.1, in which `on` is a truth value and `2010-09-09` a date; whatever might be
//! anything but a text is therefore in quotation marks.

use serde_json::Value;

/// Words that YAML 1.1 takes for something else than texts.
const WORDS: [&str; 11] = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
];

/// The document.
pub(crate) fn write(value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Object(members) if !members.is_empty() => block(value, 0, &mut text),
        Value::Array(elements) if !elements.is_empty() => block(value, 0, &mut text),
        value => {
            text += &scalar(value, 0);
            text.push('\n');
        }
    }
    text
}

/// A map or a list that is not empty.
fn block(value: &Value, indent: usize, text: &mut String) {
    let margin = " ".repeat(indent);
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                *text += &format!("{margin}{}:", plain_or_quoted(name));
                member_of(member, indent, text);
            }
        }
        Value::Array(elements) => {
            for element in elements {
                *text += &format!("{margin}-");
                member_of(element, indent, text);
            }
        }
        _ => {}
    }
}

fn member_of(value: &Value, indent: usize, text: &mut String) {
    let is_block = match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(elements) => !elements.is_empty(),
        _ => false,
    };
    match is_block {
        true => {
            text.push('\n');
            block(value, indent + 2, text);
        }
        false => {
            *text += &format!(" {}\n", scalar(value, indent + 2));
        }
    }
}

fn scalar(value: &Value, indent: usize) -> String {
    match value {
        Value::String(text) if is_literal(text) => {
            let margin = " ".repeat(indent);
            let lines = text.lines().map(|line| match line {
                "" => "\n".to_owned(),
                line => format!("\n{margin}{line}"),
            });
            format!("|{}", lines.collect::<String>())
        }
        Value::String(text) => plain_or_quoted(text),
        // Empty maps and lists, numbers and truth values are the same in JSON.
        value => value.to_string(),
    }
}

/// Whether the text can be written line by line.
fn is_literal(text: &str) -> bool {
    let is_line = |line: &str| {
        line.trim_end() == line && line.bytes().all(|byte| matches!(byte, b' '..=b'~'))
    };
    text.matches('\n').count() > 1
        && text.ends_with('\n')
        && !text.ends_with("\n\n")
        && !text.starts_with([' ', '\n'])
        && text.split('\n').all(is_line)
}

/// A text that is one line, in quotation marks where something else would be read without.
pub(crate) fn plain_or_quoted(text: &str) -> String {
    let is_start = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'_');
    let is_plain = text.as_bytes().first().is_some_and(is_start)
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_/.-".contains(&byte))
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    match is_plain || is_function(text) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// The text as JSON has it, which is also YAML, but for what YAML takes for the end of a line or does not take at
/// all (YAML 1.1, "Characters").
fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    let escaped = json.chars().map(|character| {
        let is_special = character.is_control()
            || matches!(
                character,
                '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            );
        match is_special {
            true => format!("\\u{:04x}", u32::from(character)),
            false => character.to_string(),
        }
    });
    escaped.collect()
}

/// Whether the text is the name of an intrinsic function or of a type.
fn is_function(text: &str) -> bool {
    let mut parts = text.split("::");
    parts.clone().count() > 1
        && parts
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn templates_are_readable() {
        let template = json!({
            "AWSTemplateFormatVersion": "2010-09-09",
            "Empty": {},
            "List": ["a", ["b"], { "c": 1.5, "on": "off" }, []],
            "Type": "AWS::Serverless::Function",
            "Text": { "Fn::Sub": "${A}: b" },
            "Code": "if a:\n    b\n\nc\n",
        });
        assert_eq!(
            write(&template),
            "AWSTemplateFormatVersion: \"2010-09-09\"
Code: |
  if a:
      b

  c
Empty: {}
List:
  - a
  -
    - b
  -
    c: 1.5
    \"on\": \"off\"
  - []
Text:
  Fn::Sub: \"${A}: b\"
Type: AWS::Serverless::Function
"
        );
    }

    proptest::proptest! {
        /// Another reader finds the same.
        #[test]
        fn texts_stay_texts(name in "\\PC{0,12}", text in "[ -~\n\t\u{7f}\u{85}\u{2028}\u{feff}ä☃]{0,30}", lines in "([a-c#:' -]{0,6}\n){0,5}") {
            let value = json!({ name.clone(): [text, lines, { "k": name }] });
            let read: yaml_serde::Value = yaml_serde::from_str(&write(&value)).unwrap();
            proptest::prop_assert_eq!(serde_json::to_value(read).unwrap(), value);
        }
    }
}
