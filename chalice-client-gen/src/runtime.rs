//! The part of a client that is the same for every app: how requests are sent and answers read.
//!
//! It is written once, in TypeScript; `runtime.js` and `runtime.d.ts` are what its compiler makes of it, which a
//! test asks the compiler.

use crate::{
    client::{Client, Language},
    operation::{Encoding, PathPart},
};

/// In TypeScript.
pub(crate) const TYPESCRIPT: &str = include_str!("runtime/runtime.ts");
/// In JavaScript.
const JAVASCRIPT: &str = include_str!("runtime/runtime.js");
/// The declarations of what it exports.
pub(crate) const DECLARATIONS: &str = include_str!("runtime/runtime.d.ts");

/// The runtime without the functions that nothing in the client calls: there are compilers that ask for that.
pub(crate) fn source(client: &Client, language: Language) -> String {
    let has_part = |is: fn(&PathPart) -> bool| client.has(|it| it.parts.iter().any(is));
    let has_body = |is: fn(&Encoding) -> bool| {
        client.has(|it| it.body.as_ref().is_some_and(|body| is(&body.encoding)))
    };
    let has_rest = has_part(|it| matches!(it, PathPart::Rest(_)));
    let used = [
        ("rest", has_rest),
        (
            "segment",
            has_rest || has_part(|it| matches!(it, PathPart::Segment(_))),
        ),
        (
            "jsonBody",
            has_body(|it| matches!(it, Encoding::Json { .. })),
        ),
        ("formBody", has_body(|it| matches!(it, Encoding::Form(_)))),
        ("rawBody", has_body(|it| matches!(it, Encoding::Raw(_)))),
    ];
    let source = match language {
        Language::TypeScript => TYPESCRIPT,
        Language::JavaScript => JAVASCRIPT,
    };
    let unused = used.into_iter().filter(|(_, is_used)| !is_used);
    unused.fold(source.to_owned(), |source, (name, _)| {
        without_function(&source, name)
    })
}

/// The source without that function, whose first line begins with `function` and whose last line is a bracket.
fn without_function(source: &str, name: &str) -> String {
    let begin = format!("function {name}(");
    let mut kept = String::new();
    let mut is_within = false;
    let mut is_after = false;
    for line in source.split_inclusive('\n') {
        if line.starts_with(&begin) {
            is_within = true;
        } else if is_within {
            is_after = line.trim_end() == "}";
            is_within = !is_after;
        } else {
            // With the empty line behind it.
            if !(is_after && line.trim().is_empty()) {
                kept.push_str(line);
            }
            is_after = false;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_left_out_as_a_whole() {
        let source = "function a(x) {\n    if (x) {\n    }\n}\n\nfunction ab() {\n}\n";
        assert_eq!(without_function(source, "a"), "function ab() {\n}\n");
        assert_eq!(
            without_function(source, "ab"),
            "function a(x) {\n    if (x) {\n    }\n}\n\n"
        );
        for source in [TYPESCRIPT, JAVASCRIPT] {
            for name in ["rest", "segment", "jsonBody", "formBody", "rawBody"] {
                let without = without_function(source, name);
                assert!(!without.contains(&format!("function {name}(")));
                assert_eq!(
                    source.matches("\nfunction ").count(),
                    without.matches("\nfunction ").count() + 1
                );
            }
        }
    }
}
