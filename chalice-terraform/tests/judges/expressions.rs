//! The expressions in texts of a configuration, and what they refer to.

/// What an expression begins with.
#[derive(Debug, PartialEq)]
pub(crate) enum Term {
    /// `aws_x.y.z`: the names in their order; what follows an index is left out.
    Traversal(Vec<String>),
    /// `f(`
    Call(String),
}

/// The expressions of a template: what is between `${` and `}`. An error for what is none, such as one with a `\`, which a
/// text in JSON within a text in JSON has before its quotation marks.
pub(crate) fn expressions(text: &str) -> Result<Vec<&str>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['$', '%']) {
        rest = &rest[at..];
        if rest.starts_with("$${") || rest.starts_with("%%{") {
            rest = &rest[3..];
        } else if rest.starts_with("%{") {
            return Err(format!("a directive: {rest}"));
        } else if let Some(inside) = rest.strip_prefix("${") {
            let end = end_of_expression(inside).ok_or_else(|| format!("without an end: {rest}"))?;
            let expression = &inside[..end];
            if has_backslash(expression) {
                return Err(format!("a backslash outside of a text: {expression}"));
            }
            found.push(expression);
            rest = &inside[end + 1..];
        } else {
            rest = &rest[1..];
        }
    }
    Ok(found)
}

/// Where the `}` is that ends an expression.
fn end_of_expression(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => at = end_of_string(text, at)?,
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

fn has_backslash(expression: &str) -> bool {
    let mut at = 0;
    while let Some(byte) = expression.as_bytes().get(at) {
        match byte {
            b'\\' => return true,
            b'"' => match end_of_string(expression, at) {
                Some(end) => at = end,
                None => return false,
            },
            _ => {}
        }
        at += 1;
    }
    false
}

/// Where the text in quotes ends that begins at `start`.
fn end_of_string(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'"' => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

/// What an expression refers to and calls, in its order.
pub(crate) fn terms(expression: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut at = 0;
    while at < expression.len() {
        let rest = &expression[at..];
        match rest.as_bytes()[0] {
            b'"' => at = end_of_string(expression, at).map_or(expression.len(), |end| end + 1),
            byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                let mut names = vec![name(rest)];
                let mut end = names[0].len();
                while let Some(next) = rest[end..].strip_prefix('.') {
                    let next = name(next);
                    if next.is_empty() {
                        break;
                    }
                    end += 1 + next.len();
                    names.push(next);
                }
                terms.push(match rest[end..].starts_with('(') {
                    true => Term::Call(names.join(".")),
                    false => Term::Traversal(names.iter().map(|&it| it.to_owned()).collect()),
                });
                at += end;
                // The attribute of an element belongs to what was indexed.
                if let Some(close) = rest[end..].strip_prefix('[').and_then(|it| it.find(']')) {
                    let behind = &rest[end + close + 2..];
                    if let (Some(next), Some(Term::Traversal(names))) =
                        (behind.strip_prefix('.'), terms.last_mut())
                    {
                        names.push(name(next).to_owned());
                        at += close + 3 + name(next).len();
                    }
                }
            }
            byte if byte.is_ascii() => at += 1,
            _ => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    terms
}

fn name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
    &text[..end.unwrap_or(text.len())]
}

#[test]
fn expressions_are_found_in_texts() {
    for (text, expected) in [
        ("", &[][..]),
        ("$a $ %", &[]),
        ("$${a} %%{b}", &[]),
        ("a${b.c}d${e}", &["b.c", "e"]),
        ("$$${a} ${b}", &["b"]),
        (r#"${f("}")["{"]}"#, &[r#"f("}")["{"]"#]),
        ("${ {a = 1} }", &[" {a = 1} "]),
    ] {
        assert_eq!(expressions(text).as_deref(), Ok(expected), "{text}");
    }
    assert!(expressions("%{ if a }").is_err());
    assert!(expressions("${a").is_err());
    assert!(expressions(r#"${"a}"#).is_err());
    assert!(expressions(r#"${f(\":\", a.b)}"#).is_err());
}

#[test]
fn terms_are_found_in_expressions() {
    let traversal = |path: &str| Term::Traversal(path.split('.').map(str::to_owned).collect());
    let call = |name: &str| Term::Call(name.to_owned());
    assert_eq!(terms("aws_x.a-b.arn"), [traversal("aws_x.a-b.arn")]);
    assert_eq!(
        terms(r#"split(":", data.aws_x.y.arn)[3]"#),
        [call("split"), traversal("data.aws_x.y.arn")]
    );
    assert_eq!(
        terms(r#"jsondecode(local.a)["b.c"]"#),
        [call("jsondecode"), traversal("local.a")]
    );
    assert_eq!(terms("aws_x.y.list[0].z"), [traversal("aws_x.y.list.z")]);
    assert_eq!(
        terms(r#"filebase64sha256("${path.module}/a")"#),
        [call("filebase64sha256")]
    );
}
