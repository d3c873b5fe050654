//! Documentation in generated sources.

/// The text as a documentation comment of that indentation; nothing for a text without content.
pub(crate) fn documentation(text: &str, indentation: &str) -> String {
    let text = harmless(text);
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    match &lines[..] {
        [] => String::new(),
        [line] => format!("{indentation}/** {line} */\n"),
        lines => {
            let mut comment = format!("{indentation}/**\n");
            for line in lines {
                match line.is_empty() {
                    true => comment.push_str(&format!("{indentation} *\n")),
                    false => comment.push_str(&format!("{indentation} * {line}\n")),
                }
            }
            comment.push_str(&format!("{indentation} */\n"));
            comment
        }
    }
}

/// The text as a comment within a line.
pub(crate) fn inline(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    format!("/* {} */", harmless(&words.join(" ")))
}

/// The paragraphs, with an empty line between them.
pub(crate) fn paragraphs<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    let parts: Vec<&str> = parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("\n\n")
}

/// The text without what ends a comment, and with one kind of line end.
fn harmless(text: &str) -> String {
    text.replace("*/", "*\\/")
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_end_where_they_should() {
        assert_eq!(documentation("", "  "), "");
        assert_eq!(documentation(" \n ", ""), "");
        assert_eq!(
            documentation("Ends */ here.", "  "),
            "  /** Ends *\\/ here. */\n"
        );
        assert_eq!(
            documentation("One.\r\n\nTwo. \u{2028}*/", ""),
            "/**\n * One.\n *\n * Two.\n * *\\/\n */\n"
        );
        assert_eq!(inline("a\n  */ b"), "/* a *\\/ b */");
        assert_eq!(paragraphs(["a ", "", "b"]), "a\n\nb");
    }
}
