//! Which names a new app may have.

/// The longest name of a new app, in characters.
///
/// The name is the first part of `<app>-<stage>-<handler>`, and AWS Lambda
/// allows 64 characters in all: this leaves 24 for the other two.
const MAX_LENGTH: usize = 40;

/// Rust's keywords, the reserved ones included (The Rust Reference, "Keywords").
const KEYWORDS: [&str; 51] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while",
];

/// Crates that the new app depends on, or that every program has.
const TAKEN: [&str; 10] = [
    "alloc",
    "chalice",
    "core",
    "proc-macro",
    "proc_macro",
    "schemars",
    "serde",
    "std",
    "test",
    "tokio",
];

/// Folders of Cargo's target directory, where a program of that name would have to be.
const TARGET_FOLDERS: [&str; 4] = ["build", "deps", "examples", "incremental"];

/// Why `name` cannot be the name of a new app, if it cannot.
pub(super) fn problem(name: &str) -> Option<String> {
    if let Some(problem) = chalice_core::name::problem(name) {
        return Some(problem);
    }
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Some("Cargo wants a package's name to start with a letter".to_owned());
    }
    if name.len() > MAX_LENGTH {
        return Some(format!(
            "it has {} characters, and more than {MAX_LENGTH} leave no room for the stage and the handler in \
             the 64 that AWS Lambda allows in a function's name",
            name.len()
        ));
    }
    if KEYWORDS.contains(&name) {
        return Some("it is a keyword of Rust".to_owned());
    }
    if TAKEN.contains(&name) {
        return Some("it is the name of a crate that the app uses".to_owned());
    }
    if TARGET_FOLDERS.contains(&name) {
        return Some("Cargo has a folder of that name where the program would be".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rules() {
        for name in [
            "helloworld",
            "hello-world",
            "Hello_World2",
            "a",
            &"x".repeat(40),
        ] {
            assert_eq!(problem(name), None, "{name}");
        }
        for (name, part) in [
            ("", "at least one character"),
            ("hello world", "' ' is not allowed"),
            ("é", "'é' is not allowed"),
            ("a/b", "'/' is not allowed"),
            ("..", "'.' is not allowed"),
            ("1st", "start with a letter"),
            ("-x", "start with a letter"),
            ("_x", "start with a letter"),
            ("match", "keyword"),
            ("serde", "name of a crate"),
            ("deps", "folder"),
        ] {
            let problem = problem(name).unwrap_or_else(|| panic!("{name} is accepted"));
            assert!(problem.contains(part), "{name}: {problem}");
        }
        assert!(problem(&"x".repeat(41)).unwrap().contains("41 characters"));
        assert!(problem(&"x".repeat(65)).unwrap().contains("65 characters"));
    }

    proptest! {
        #[test]
        fn an_accepted_name_stays_in_its_folder(name in any::<String>()) {
            if problem(&name).is_none() {
                prop_assert_eq!(std::path::Path::new(&name).components().count(), 1);
                prop_assert!(name.is_ascii());
            }
        }
    }
}
