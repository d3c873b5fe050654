//! Names and texts in TypeScript and JavaScript.

use std::collections::BTreeSet;

/// Words that no type can be called: ECMAScript's reserved words (ECMA-262, "Keywords and Reserved Words"), and
/// the types that TypeScript has by itself.
const RESERVED: &[&str] = &[
    "any",
    "arguments",
    "as",
    "async",
    "await",
    "bigint",
    "boolean",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "infer",
    "instanceof",
    "interface",
    "keyof",
    "let",
    "never",
    "new",
    "null",
    "number",
    "object",
    "package",
    "private",
    "protected",
    "public",
    "readonly",
    "return",
    "static",
    "string",
    "super",
    "switch",
    "symbol",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "unique",
    "unknown",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Whether the name can be written as it is.
pub(crate) fn is_identifier(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(is_part)
}

fn is_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$')
}

/// The name, with `_` for what cannot be in one.
pub(crate) fn identifier(name: &str) -> String {
    let letters = name.chars();
    let name: String = letters
        .map(|letter| if is_part(letter) { letter } else { '_' })
        .collect();
    match is_identifier(&name) {
        true => name,
        false => format!("_{name}"),
    }
}

/// The text in quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    // JSON is ECMAScript, but for two characters that older compilers take for ends of lines.
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// The name of a property, in quotation marks if it needs them.
pub(crate) fn property(name: &str) -> String {
    match is_identifier(name) {
        true => name.to_owned(),
        false => quoted(name),
    }
}

/// That property of an object that may be missing.
pub(crate) fn optional_member(object: &str, name: &str) -> String {
    match is_identifier(name) {
        true => format!("{object}?.{name}"),
        false => format!("{object}?.[{}]", quoted(name)),
    }
}

/// The name, or the first of `name2`, `name3`, .. that is not taken, which it then is.
pub(crate) fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.to_owned();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{name}{number}");
        number += 1;
    }
    candidate
}

/// The names of types that are taken before an app has any: words of the languages, and whatever may be a type in
/// these sources, comments excepted.
pub(crate) fn taken_by(sources: &[&str]) -> BTreeSet<String> {
    let mut taken: BTreeSet<String> = RESERVED.iter().map(|&word| word.to_owned()).collect();
    for source in sources {
        let lines = source
            .lines()
            .filter(|line| !line.trim_start().starts_with(['/', '*']));
        for word in lines.flat_map(|line| line.split(|letter: char| !is_part(letter))) {
            if word.starts_with(|first: char| first.is_ascii_uppercase()) {
                taken.insert(word.to_owned());
            }
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_they_can_be_written() {
        for (name, expected) in [
            ("Item", "Item"),
            ("Page.of-Item", "Page_of_Item"),
            ("2d", "_2d"),
            ("", "_"),
            ("é", "_"),
        ] {
            assert_eq!(identifier(name), expected);
        }
        assert_eq!(property("a$_1"), "a$_1");
        assert_eq!(property("a\"b"), r#""a\"b""#);
        assert_eq!(property("line\u{2028}\n"), r#""line\u2028\n""#);
        assert_eq!(optional_member("params", "id"), "params?.id");
        assert_eq!(optional_member("params", "a-b"), r#"params?.["a-b"]"#);
    }

    #[test]
    fn what_a_source_says_is_taken() {
        let mut taken = taken_by(&["/** Article */\n * Part\nexport type Call<T> = Promise<T>;"]);
        assert!(taken.contains("Call") && taken.contains("Promise") && taken.contains("T"));
        assert!(!taken.contains("Article") && !taken.contains("Part"));
        assert_eq!(unique("Call", &mut taken), "Call2");
        assert_eq!(unique("Call", &mut taken), "Call3");
        assert_eq!(unique("string", &mut taken), "string2");
        assert_eq!(unique("Article", &mut taken), "Article");
    }
}
