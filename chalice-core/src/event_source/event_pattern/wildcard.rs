//! Texts with `*`, which stands for any characters.

/// A text in which `None` stands for any number of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wildcard(Vec<Option<char>>);

/// Why a text is no wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WildcardProblem {
    /// Two `*` in a row.
    Consecutive,
    /// A `\` before something other than `*` and `\`.
    Escape,
}

impl Wildcard {
    pub(super) fn parse(text: &str) -> Result<Wildcard, WildcardProblem> {
        let mut parts = Vec::new();
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            parts.push(match character {
                '*' if parts.last() == Some(&None) => return Err(WildcardProblem::Consecutive),
                '*' => None,
                '\\' => match characters.next() {
                    Some(escaped @ ('*' | '\\')) => Some(escaped),
                    _ => return Err(WildcardProblem::Escape),
                },
                _ => Some(character),
            });
        }
        Ok(Wildcard(parts))
    }

    /// Whether all of `text` fits.
    pub(super) fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let (mut part, mut at) = (0, 0);
        // Where to go on when the last `*` has to take one character more.
        // Earlier ones never have to: what they took is the shortest.
        let mut retry = None;
        loop {
            match self.0.get(part) {
                Some(None) => {
                    retry = Some((part, at));
                    part += 1;
                }
                Some(Some(character)) if text.get(at) == Some(character) => {
                    part += 1;
                    at += 1;
                }
                None if at == text.len() => return true,
                _ => match retry {
                    Some((star, taken)) if taken < text.len() => {
                        retry = Some((star, taken + 1));
                        part = star + 1;
                        at = taken + 1;
                    }
                    _ => return false,
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by trying every division of the text.
    fn naive(parts: &[Option<char>], text: &[char]) -> bool {
        match parts {
            [] => text.is_empty(),
            [None, rest @ ..] => (0..=text.len()).any(|at| naive(rest, &text[at..])),
            [Some(character), rest @ ..] => {
                text.first() == Some(character) && naive(rest, &text[1..])
            }
        }
    }

    #[test]
    fn parses() {
        assert_eq!(Wildcard::parse("a**b"), Err(WildcardProblem::Consecutive));
        assert_eq!(Wildcard::parse("a\\b"), Err(WildcardProblem::Escape));
        assert_eq!(Wildcard::parse("a\\"), Err(WildcardProblem::Escape));
        let literal = Wildcard::parse("a\\*\\\\*").unwrap();
        assert!(literal.matches("a*\\and more"));
        assert!(!literal.matches("ab\\"));
    }

    proptest! {
        #[test]
        fn as_the_naive_matcher(pattern in "[ab*]{0,8}", text in "[ab]{0,10}") {
            if let Ok(wildcard) = Wildcard::parse(&pattern) {
                let characters: Vec<char> = text.chars().collect();
                prop_assert_eq!(wildcard.matches(&text), naive(&wildcard.0, &characters));
            }
        }
    }
}
