//! "Did you mean", in const evaluation.

use crate::bytes::{position, slice};

/// The longest words that are compared, in bytes.
const MAX: usize = 64;

/// How many characters have to be inserted, left out, replaced or swapped with their neighbour to make `b`
/// of `a`, in any case of letters; `limit` where it is that or more.
const fn distance(a: &[u8], b: &[u8], limit: usize) -> usize {
    if a.len() > MAX || b.len() > MAX || a.len().abs_diff(b.len()) >= limit {
        return limit;
    }
    let mut before = [0; MAX + 1];
    let mut above = [0; MAX + 1];
    let mut column = 0;
    while column <= b.len() {
        above[column] = column;
        column += 1;
    }
    let mut best_above = 0;
    let mut row = 1;
    while row <= a.len() {
        let mut here = [0; MAX + 1];
        here[0] = row;
        let mut best = row;
        let x = a[row - 1].to_ascii_lowercase();
        let mut column = 1;
        while column <= b.len() {
            let y = b[column - 1].to_ascii_lowercase();
            let mut cost = above[column - 1] + (x != y) as usize;
            if above[column] + 1 < cost {
                cost = above[column] + 1;
            }
            if here[column - 1] + 1 < cost {
                cost = here[column - 1] + 1;
            }
            if row > 1
                && column > 1
                && x == b[column - 2].to_ascii_lowercase()
                && y == a[row - 2].to_ascii_lowercase()
                && before[column - 2] + 1 < cost
            {
                cost = before[column - 2] + 1;
            }
            here[column] = cost;
            if cost < best {
                best = cost;
            }
            column += 1;
        }
        // A swap goes on from two rows above.
        if best >= limit && best_above >= limit {
            return limit;
        }
        best_above = best;
        (before, above) = (above, here);
        row += 1;
    }
    let cost = above[b.len()];
    if cost < limit { cost } else { limit }
}

/// The entry of a list with `separator` between its entries that `word` was most likely meant
/// to be; of each entry, what precedes `end` counts.
pub(super) const fn nearest<'a>(
    word: &str,
    list: &'a str,
    separator: u8,
    end: u8,
) -> Option<&'a str> {
    let bytes = list.as_bytes();
    let mut limit = limit(word);
    let mut found = None;
    let mut start = 0;
    while start < bytes.len() {
        let next = position(bytes, separator, start);
        let stop = position(slice(bytes, 0, next), end, start);
        let near = distance(word.as_bytes(), slice(bytes, start, stop), limit);
        if near < limit {
            limit = near;
            found = Some(list.split_at(stop).0.split_at(start).1);
        }
        start = next + 1;
    }
    found
}

/// From how many differences on a word is another one.
const fn limit(word: &str) -> usize {
    let third = word.len() / 3;
    if third > 1 { third + 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nearest_words() {
        let list = "GetObject=object|GetObjectAcl=object|PutObject=object";
        for (word, expected) in [
            ("GetObjct", Some("GetObject")),
            ("getobject", Some("GetObject")),
            ("PutObjetc", Some("PutObject")),
            ("DescribeTable", None),
        ] {
            assert_eq!(nearest(word, list, b'|', b'='), expected, "{word}");
        }
    }

    proptest! {
        #[test]
        fn as_the_reference_says(a in "[abc]{0,8}", b in "[abc]{0,8}") {
            let expected = strsim::osa_distance(&a, &b);
            prop_assert_eq!(distance(a.as_bytes(), b.as_bytes(), 100), expected);
            prop_assert_eq!(distance(a.as_bytes(), b.as_bytes(), 3), expected.min(3));
        }
    }
}
