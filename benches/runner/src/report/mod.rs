//! What a run leaves: a table to read, JSON for programs, a page with plots.

pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod table;

use crate::figure::Figure;

/// The figures of one part.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// The part's name.
    pub(crate) part: &'static str,
    /// What the part measures.
    pub(crate) about: &'static str,
    /// Its figures, in the order in which it gives them.
    pub(crate) figures: Vec<Figure>,
    /// Why there are none, if the part has failed.
    pub(crate) failure: Option<String>,
}

/// Whether a figure's goal is met, as a word; nothing for a figure without a goal.
pub(crate) fn verdict(figure: &Figure) -> &'static str {
    match figure.goal.is_met(figure.ratio()) {
        Some(true) => "met",
        Some(false) => "missed",
        None => "",
    }
}

/// A number with as many digits as one reads: three significant ones, thousands separated.
pub(crate) fn number(value: f64) -> String {
    let digits = match value.abs() {
        it if it >= 100.0 || it == 0.0 => 0,
        it if it >= 10.0 => 1,
        it if it >= 1.0 => 2,
        _ => 3,
    };
    let text = format!("{value:.digits$}");
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole.to_owned(), format!(".{fraction}")),
        None => (text, String::new()),
    };
    let (sign, whole) = match whole.strip_prefix('-') {
        Some(whole) => ("-", whole.to_owned()),
        None => ("", whole),
    };
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_significant_digits_and_separated_thousands() {
        let texts = [0.0, 0.0684, 1.5, 12.345, 123.4, 1234.5, 1_234_567.0].map(number);
        assert_eq!(
            texts,
            ["0", "0.068", "1.50", "12.3", "123", "1,234", "1,234,567"]
        );
    }
}
