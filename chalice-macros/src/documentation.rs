//! Doc comments, as the summary and the description of an operation.

use syn::{Attribute, Expr, Meta};

/// What a handler's doc comment says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Documentation {
    /// The first line.
    pub(crate) summary: Option<String>,
    /// The rest.
    pub(crate) description: Option<String>,
}

impl Documentation {
    pub(crate) fn of(attributes: &[Attribute]) -> Documentation {
        let text: Vec<String> = attributes.iter().filter_map(doc_line).collect();
        let text = unindent(&text.join("\n"));
        let text = text.trim();
        let (summary, description) = text.split_once('\n').unwrap_or((text, ""));
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Documentation {
            summary: filled(summary),
            description: filled(description),
        }
    }
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Takes away the indentation that all lines share, such as the space after `///`.
fn unindent(text: &str) -> String {
    let indentation = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.get(indentation..).unwrap_or("").trim_end())
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn first_line_and_rest() {
        let attributes: Vec<Attribute> = vec![
            parse_quote!(#[doc = " Look up a city."]),
            parse_quote!(#[doc = ""]),
            parse_quote!(#[inline]),
            parse_quote!(#[doc = " The state, that is:"]),
            parse_quote!(#[doc = "  - two letters"]),
        ];
        let documentation = Documentation::of(&attributes);
        assert_eq!(documentation.summary.as_deref(), Some("Look up a city."));
        assert_eq!(
            documentation.description.as_deref(),
            Some("The state, that is:\n - two letters")
        );
        assert_eq!(Documentation::of(&[]), Documentation::default());
    }
}
