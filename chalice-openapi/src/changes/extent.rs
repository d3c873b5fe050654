//! Whether a set of values has become smaller or larger.

use std::collections::BTreeSet;

/// Whether the set of values has become smaller, larger, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Narrower,
    Wider,
    Other,
}

/// Whether values of a type are of one of the others.
pub(super) fn is_type_within(kind: &str, types: &BTreeSet<String>) -> bool {
    types.contains(kind) || (kind == "integer" && types.contains("number"))
}

/// What has become of a set; `None` is the set of everything.
pub(super) fn extent_of(
    old: Option<&BTreeSet<String>>,
    new: Option<&BTreeSet<String>>,
    is_within: impl Fn(&str, &BTreeSet<String>) -> bool,
) -> Extent {
    let all_within =
        |some: Option<&BTreeSet<String>>, other: Option<&BTreeSet<String>>| match (some, other) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(some), Some(other)) => some.iter().all(|it| is_within(it, other)),
        };
    match (all_within(new, old), all_within(old, new)) {
        (true, _) => Extent::Narrower,
        (false, true) => Extent::Wider,
        (false, false) => Extent::Other,
    }
}

/// What has become of the values of a format: integers of more or fewer bits, or others.
pub(super) fn format_extent(old: Option<&str>, new: Option<&str>) -> Extent {
    /// The exponents of two that bound the integers of a format, if it is one of integers.
    fn bounds(format: &str) -> Option<(u32, u32)> {
        let (signed, bits) = match format.strip_prefix("uint") {
            Some(bits) => (false, bits),
            None => (true, format.strip_prefix("int")?),
        };
        let bits = match bits {
            "" => 64,
            bits => bits.parse().ok()?,
        };
        Some(match signed {
            true => (bits, bits),
            false => (0, bits + 1),
        })
    }
    match (old, new) {
        (None, _) => Extent::Narrower,
        (_, None) => Extent::Wider,
        (Some(old), Some(new)) => match (bounds(old), bounds(new)) {
            (Some(old), Some(new)) if new.0 <= old.0 && new.1 <= old.1 => Extent::Narrower,
            (Some(old), Some(new)) if new.0 >= old.0 && new.1 >= old.1 => Extent::Wider,
            _ if (old, new) == ("double", "float") => Extent::Narrower,
            _ if (old, new) == ("float", "double") => Extent::Wider,
            _ => Extent::Other,
        },
    }
}
