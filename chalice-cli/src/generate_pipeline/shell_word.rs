//! Texts as single words of a shell's command line.

/// The text as one word of a POSIX shell (POSIX.1-2024, "Shell Command Language", 2.2 "Quoting").
pub(super) fn shell_word(text: &str) -> String {
    let is_plain = |character: char| {
        character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.' | '/' | ',' | '=')
    };
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn plain_words_stay_plain() {
        assert_eq!(shell_word("out/dev-1_a.b"), "out/dev-1_a.b");
        assert_eq!(shell_word(""), "''");
        assert_eq!(shell_word("my apps"), "'my apps'");
        assert_eq!(shell_word("it's"), r"'it'\''s'");
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(32))]

        /// A shell takes the word for the text.
        #[test]
        fn words_are_texts(text in "[ -~\n\té☃]{0,20}") {
            let script = format!("printf %s {}", shell_word(&text));
            let output = Command::new("sh").args(["-c", &script]).output().unwrap();
            proptest::prop_assert_eq!(String::from_utf8(output.stdout).unwrap(), text);
        }
    }
}
