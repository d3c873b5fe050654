//! The table of operations that have no action of their name, from `data/overrides.txt`.

use std::collections::BTreeMap;

/// What the table says of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Override {
    pub(crate) takes: Takes,
    /// What some requests take besides.
    pub(crate) also: Vec<&'static str>,
    /// Whether the operation has an action of its name, which is meant to be passed over.
    pub(crate) deliberate: bool,
    /// Whether botocore does not know the operation.
    pub(crate) added: bool,
    /// The line, for whoever mends the table.
    pub(crate) line: usize,
}

/// What an operation takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    Nothing,
    All(Vec<&'static str>),
    ByRequest(Vec<&'static str>),
}

/// A crate's part of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CrateOverrides {
    pub(crate) operations: BTreeMap<&'static str, Override>,
    /// The prefix of a crate that botocore does not know.
    pub(crate) added_prefix: Option<&'static str>,
}

/// The table by crate, without `aws-sdk-`.
pub(crate) type Overrides = BTreeMap<&'static str, CrateOverrides>;

/// Reads the table, whose head explains it.
///
/// # Errors
///
/// The number and the text of a line that means nothing.
pub(crate) fn parse(text: &'static str) -> Result<Overrides, (usize, &'static str)> {
    let mut overrides = Overrides::new();
    let mut section = None;
    for (number, line) in (1..).zip(text.lines()) {
        let content = line.split('#').next().unwrap_or_default().trim();
        if content.is_empty() {
            continue;
        }
        let wrong = (number, line);
        if let Some(header) = content.strip_prefix('[') {
            let header = header.strip_suffix(']').ok_or(wrong)?;
            let (name, prefix) = match header.split_once(' ') {
                Some((name, prefix)) => (name, Some(prefix)),
                None => (header, None),
            };
            let known = overrides.insert(name, CrateOverrides::default());
            let part = overrides
                .get_mut(name)
                .filter(|_| known.is_none())
                .ok_or(wrong)?;
            part.added_prefix = prefix;
            section = Some(name);
            continue;
        }
        let part = section.and_then(|it| overrides.get_mut(it)).ok_or(wrong)?;
        let (names, takes) = content.split_once('=').ok_or(wrong)?;
        let (takes, also) = match takes.split_once(" also ") {
            Some((takes, also)) => (takes, parse_actions(also).ok_or(wrong)?),
            None => (takes, Vec::new()),
        };
        let takes = parse_takes(takes).ok_or(wrong)?;
        for name in names.split_whitespace() {
            let (added, name) = strip(name, '+');
            let (deliberate, name) = strip(name, '!');
            let it = Override {
                takes: takes.clone(),
                also: also.clone(),
                deliberate,
                added,
                line: number,
            };
            if name.is_empty() || part.operations.insert(name, it).is_some() {
                return Err(wrong);
            }
        }
    }
    Ok(overrides)
}

fn strip(name: &'static str, mark: char) -> (bool, &'static str) {
    match name.strip_prefix(mark) {
        Some(name) => (true, name),
        None => (false, name),
    }
}

/// `none`, `s3:GetObject s3:PutObject` or `some of s3:GetObject s3:PutObject`.
fn parse_takes(text: &'static str) -> Option<Takes> {
    let text = text.trim();
    if text == "none" {
        return Some(Takes::Nothing);
    }
    match text.strip_prefix("some of ") {
        Some(list) => parse_actions(list).map(Takes::ByRequest),
        None => parse_actions(text).map(Takes::All),
    }
}

/// One action at least, with blanks between them.
fn parse_actions(list: &'static str) -> Option<Vec<&'static str>> {
    let actions: Vec<&str> = list.split_whitespace().collect();
    let fine = !actions.is_empty() && actions.iter().all(|it| it.contains(':'));
    fine.then_some(actions)
}

/// The table of the crate.
pub(crate) const TEXT: &str = include_str!("../data/overrides.txt");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        let text = "# head\n\n[s3]\nHead List = s3:Get s3:B also s3:C # why\n!Tag = none\n[new fly]\n+Go = some of fly:A fly:B\n";
        let overrides = parse(text).unwrap();
        let s3 = &overrides["s3"].operations;
        assert_eq!(s3.keys().collect::<Vec<_>>(), [&"Head", &"List", &"Tag"]);
        assert_eq!(s3["List"].takes, Takes::All(vec!["s3:Get", "s3:B"]));
        assert_eq!(s3["List"].also, ["s3:C"]);
        assert_eq!((s3["List"].deliberate, s3["List"].line), (false, 4));
        assert!(s3["Tag"].deliberate && s3["Tag"].takes == Takes::Nothing);
        let new = &overrides["new"];
        assert_eq!(new.added_prefix, Some("fly"));
        assert!(new.operations["Go"].added);
        assert_eq!(
            new.operations["Go"].takes,
            Takes::ByRequest(vec!["fly:A", "fly:B"])
        );
    }

    #[test]
    fn what_means_nothing_is_named() {
        for (text, line) in [
            ("A = s3:Get", 1),
            ("[s3]\nA", 2),
            ("[s3]\nA = ", 2),
            ("[s3]\nA = Get", 2),
            ("[s3]\nA = some of ", 2),
            ("[s3]\nA = s3:Get also ", 2),
            ("[s3]\nA = s3:Get also Put", 2),
            ("[s3]\nA = none\nA = none", 3),
            ("[s3]\n+! = none", 2),
            ("[s3", 1),
            ("[s3]\n[s3]", 2),
        ] {
            assert_eq!(parse(text).unwrap_err().0, line, "{text}");
        }
    }
}
