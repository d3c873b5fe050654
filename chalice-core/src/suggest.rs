//! "Did you mean": the nearest of some known words.

/// The word of `known` that `unknown` was most likely meant to be, if one is near enough.
///
/// ```
/// use chalice_core::suggest::nearest;
/// assert_eq!(nearest("metods", ["methods", "name"]), Some("methods"));
/// assert_eq!(nearest("colour", ["methods", "name"]), None);
/// ```
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = unknown.to_lowercase();
    known
        .into_iter()
        .map(|word| {
            (
                strsim::damerau_levenshtein(&lower, &word.to_lowercase()),
                word,
            )
        })
        .filter(|(distance, word)| *distance <= 1.max(word.len().max(unknown.len()) / 3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// ``; did you mean `methods`?`` when a known word is near, nothing otherwise.
pub fn did_you_mean<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(unknown, known) {
        Some(word) => format!("; did you mean `{word}`?"),
        None => String::new(),
    }
}

/// The words as a list for a sentence: `` `a`, `b` and `c` ``.
///
/// ```
/// assert_eq!(chalice_core::suggest::list(["a", "b", "c"]), "`a`, `b` and `c`");
/// ```
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}
