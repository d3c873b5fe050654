//! Rust types, as the manifest writes them.

/// As much of a Rust type as tells what a handler takes or returns.
///
/// What is written is all that is known: an alias is a name like any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RustType {
    /// `module::Name<Argument, ..>`: the last name, and its arguments.
    Named(String, Vec<RustType>),
    /// `(A, B)`
    Tuple(Vec<RustType>),
    /// `[T; N]` or `[T]`
    Array(Box<RustType>),
}

impl RustType {
    /// Reads a type; whatever has no form of its own here is a name.
    pub(crate) fn read(text: &str) -> RustType {
        let text = text.trim();
        if let Some(referenced) = text.strip_prefix('&') {
            return RustType::read(without_lifetime(referenced));
        }
        if let Some(inner) = text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
            return RustType::Tuple(parts(inner, ','));
        }
        if let Some(inner) = text.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            let element = split(inner, ';').into_iter().next().unwrap_or_default();
            return RustType::Array(Box::new(RustType::read(element)));
        }
        let (path, arguments) = match text.split_once('<') {
            Some((path, rest)) => (
                path,
                rest.strip_suffix('>')
                    .map_or(Vec::new(), |it| parts(it, ',')),
            ),
            None => (text, Vec::new()),
        };
        let path = path.trim_end().trim_end_matches("::");
        let name = path.rsplit("::").next().unwrap_or(path).trim();
        RustType::Named(name.to_owned(), arguments)
    }

    /// The name, where the type has one.
    pub(crate) fn name(&self) -> &str {
        match self {
            RustType::Named(name, _) => name,
            RustType::Tuple(_) | RustType::Array(_) => "",
        }
    }

    /// The first argument of the type of that name: `T` of `Option<T>`.
    pub(crate) fn argument_of(&self, wrapper: &str) -> Option<&RustType> {
        match self {
            RustType::Named(name, arguments) if name == wrapper => arguments.first(),
            _ => None,
        }
    }
}

fn without_lifetime(text: &str) -> &str {
    let text = text.trim_start();
    let text = match text.strip_prefix('\'') {
        Some(lifetime) => lifetime
            .trim_start_matches(|letter: char| letter.is_alphanumeric() || letter == '_')
            .trim_start(),
        None => text,
    };
    text.strip_prefix("mut ").unwrap_or(text)
}

fn parts(text: &str, separator: char) -> Vec<RustType> {
    let parts = split(text, separator).into_iter();
    parts
        .filter(|part| !part.trim().is_empty() && !part.trim_start().starts_with('\''))
        .map(RustType::read)
        .collect()
}

/// The parts between separators that are outside of all brackets.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (position, letter) in text.char_indices() {
        match letter {
            '<' | '(' | '[' | '{' => depth += 1,
            '>' | ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if letter == separator && depth == 0 => {
                parts.push(&text[start..position]);
                start = position + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn named(name: &str, arguments: &[RustType]) -> RustType {
        RustType::Named(name.to_owned(), arguments.to_vec())
    }

    #[test]
    fn types_of_handlers() {
        let status = named("StatusCode", &[]);
        let items = named("Json", &[named("Vec", &[named("Item", &[])])]);
        for (text, expected) in [
            ("u64", named("u64", &[])),
            ("&'static str", named("str", &[])),
            ("& mut Request", named("Request", &[])),
            ("std::net::IpAddr", named("IpAddr", &[])),
            ("()", RustType::Tuple(Vec::new())),
            ("Cow<'static, str>", named("Cow", &[named("str", &[])])),
            (
                "chalice::Result<(StatusCode, Json<Vec<Item>>), TodoError>",
                named(
                    "Result",
                    &[
                        RustType::Tuple(vec![status.clone(), items.clone()]),
                        named("TodoError", &[]),
                    ],
                ),
            ),
            (
                "(StatusCode, [(HeaderName, &'static str); 1], Json<Vec<Item>>)",
                RustType::Tuple(vec![
                    status,
                    RustType::Array(Box::new(RustType::Tuple(vec![
                        named("HeaderName", &[]),
                        named("str", &[]),
                    ]))),
                    items,
                ]),
            ),
        ] {
            assert_eq!(RustType::read(text), expected, "{text}");
        }
        let read = RustType::read("Option<Query<Paging>>");
        assert_eq!(
            read.argument_of("Option").map(RustType::name),
            Some("Query")
        );
        assert_eq!(read.argument_of("Query"), None);
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read(text in "[a-zA-Z<>()\\[\\],;:&' -]{0,40}") {
            RustType::read(&text);
        }
    }
}
