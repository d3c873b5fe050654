//! Names of apps and functions.

/// The longest name that AWS Lambda gives a function, in characters.
///
/// AWS Lambda, `CreateFunction`.
pub const MAX_FUNCTION_NAME: usize = 64;

/// What the names of the other two parts and two `-` leave of it, at most.
const MAX_PART: usize = MAX_FUNCTION_NAME - 4;

/// The function that answers every route of the REST API.
pub const API_HANDLER: &str = "api_handler";

/// Another name of that function: the handler that AWS's documentation of custom runtimes
/// configures, after the executable.
pub const BOOTSTRAP: &str = "bootstrap";

/// What is wrong with the name of an app or a handler, as a clause for a message.
///
/// Names become parts of Lambda function names (`<app>-<stage>-<handler>`), so
/// they consist of letters, digits, `-` and `_` and leave at least one letter of
/// [`MAX_FUNCTION_NAME`] to the other two.
///
/// ```
/// use chalice_core::name::problem;
/// assert_eq!(problem("helloworld"), None);
/// assert!(problem("hello world").unwrap().contains("' '"));
/// ```
pub fn problem(name: &str) -> Option<String> {
    if let Some(problem) = character_problem(name) {
        return Some(problem);
    }
    (name.len() > MAX_PART).then(|| {
        format!(
            "it has {} characters: AWS Lambda allows at most {MAX_FUNCTION_NAME} in a function's name, \
             `<app>-<stage>-<handler>`, which leaves {MAX_PART}",
            name.len()
        )
    })
}

/// What is wrong with the whole name of a Lambda function, as a clause for a message.
///
/// ```
/// use chalice_core::name::function_problem;
/// assert_eq!(function_problem(&"x".repeat(64)), None);
/// assert!(function_problem(&"x".repeat(65)).unwrap().contains("65 characters"));
/// ```
pub fn function_problem(name: &str) -> Option<String> {
    if let Some(problem) = character_problem(name) {
        return Some(problem);
    }
    (name.len() > MAX_FUNCTION_NAME).then(|| {
        format!(
            "it has {} characters: AWS Lambda allows at most {MAX_FUNCTION_NAME} in a function's name",
            name.len()
        )
    })
}

fn character_problem(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("a name has at least one character".to_owned());
    }
    let bad = name
        .chars()
        .find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))?;
    Some(format!(
        "{bad:?} is not allowed: AWS Lambda takes letters, digits, `-` and `_` in a function's name"
    ))
}

/// Checks a prefix of handler names.
///
/// # Panics
///
/// When a character is none that a function's name can have: a compile error
/// at the `.prefix(..)`.
#[track_caller]
pub const fn assert_prefix(prefix: &str) {
    let bytes = prefix.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'-' | b'_')) {
            let mut text = crate::text::Text::<512>::new();
            text.push("\"");
            text.push(prefix);
            text.push(
                "\" cannot be a prefix of handler names: AWS Lambda takes letters, digits, `-` and `_` in a \
                 function's name",
            );
            panic!("{}", text.as_str());
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        assert_eq!(problem("a-B_9"), None);
        assert!(problem("").is_some());
        assert!(problem("ä").unwrap().contains("'ä'"));
        assert!(problem(&"x".repeat(65)).unwrap().contains("65 characters"));
        assert_eq!(problem(&"x".repeat(60)), None);
    }
}
