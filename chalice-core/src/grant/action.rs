//! The actions of IAM, looked up in const evaluation.
//!
//! `actions.txt` has a line per prefix: the prefix, its actions with the types of resources
//! that each applies to, and the ARNs of those types; `action_index.bin` says by a hash where an
//! action is, and `services.txt` where a prefix is.

use super::distance::nearest;
use crate::bytes::{SEED, copy, equal, hash, position, slice};

const TEXT: &str = include_str!("actions.txt");
/// A line per prefix: the prefix, and where in the text its line begins.
const SERVICES: &str = include_str!("services.txt");
const INDEX: &[u8] = include_bytes!("action_index.bin");
const RECORD: usize = 16;

/// The longest action that is looked up, prefix included, in bytes; the longest of IAM has fewer.
const MAX_ACTION: usize = 128;

/// An action as the Service Authorization Reference has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Action {
    /// Its name, without the prefix.
    pub(super) name: &'static str,
    /// The types of resources that it applies to, with commas between; empty for none.
    pub(super) types: &'static str,
    /// Where its service's line begins.
    line: usize,
}

impl Action {
    /// The types of resources of its service, with their ARNs. Slow, as it searches the line's end.
    pub(super) const fn arns(&self) -> &'static str {
        Service::at(self.line).arns
    }
}

/// The action, whatever its case is; `None` if there is no such action.
pub(super) const fn find(action: &str) -> Option<Action> {
    let bytes = action.as_bytes();
    if bytes.len() > MAX_ACTION {
        return None;
    }
    let mut lower = [0; MAX_ACTION];
    copy(&mut lower, 0, bytes);
    let mut at = 0;
    while at < bytes.len() {
        lower[at] = lower[at].to_ascii_lowercase();
        at += 1;
    }
    let lower = slice(&lower, 0, bytes.len());
    let wanted = hash(SEED, lower);
    let (mut low, mut high) = (0, INDEX.len() / RECORD);
    while low < high {
        let middle = (low + high) / 2;
        let found = number(middle * RECORD, 8);
        if found == wanted {
            let entry = number(middle * RECORD + 8, 4) as usize;
            let line = number(middle * RECORD + 12, 4) as usize;
            return read(lower, entry, line);
        }
        if found < wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    None
}

/// What the index holds at `at`, little endian.
const fn number(at: usize, length: usize) -> u64 {
    let (mut value, mut byte) = (0, length);
    while byte > 0 {
        byte -= 1;
        value = value << 8 | INDEX[at + byte] as u64;
    }
    value
}

/// The action whose entry is there, if it is this one, and not another of the same hash.
const fn read(lower: &[u8], entry: usize, line: usize) -> Option<Action> {
    let text = TEXT.as_bytes();
    let colon = position(lower, b':', 0);
    let prefix_end = position(text, b'\t', line);
    if colon == lower.len() || !equal(slice(text, line, prefix_end), slice(lower, 0, colon)) {
        return None;
    }
    let name_end = position(text, b'=', entry);
    let name = part(entry, name_end);
    if !name
        .as_bytes()
        .eq_ignore_ascii_case(slice(lower, colon + 1, lower.len()))
    {
        return None;
    }
    let mut end = name_end;
    while end < text.len() && !matches!(text[end], b'|' | b'\t' | b'\n') {
        end += 1;
    }
    Some(Action {
        name,
        types: part(name_end + 1, end),
        line,
    })
}

const fn part(start: usize, end: usize) -> &'static str {
    TEXT.split_at(end).0.split_at(start).1
}

/// All actions of a prefix.
#[derive(Clone, Copy)]
pub(super) struct Service {
    /// The prefix.
    pub(super) prefix: &'static str,
    /// The actions, with `|` between: `GetObject=object`
    pub(super) actions: &'static str,
    /// The types of resources, with `|` between: `object~arn:..`
    pub(super) arns: &'static str,
}

impl Service {
    /// The service whose line begins at `at`.
    pub(super) const fn at(at: usize) -> Service {
        let text = TEXT.as_bytes();
        let prefix = position(text, b'\t', at);
        let end = line_end(prefix);
        // The last column is short, so the search for its beginning goes backward.
        let mut arns = end;
        while text[arns - 1] != b'\t' {
            arns -= 1;
        }
        Service {
            prefix: part(at, prefix),
            actions: if arns > prefix + 1 {
                part(prefix + 1, arns - 1)
            } else {
                ""
            },
            arns: part(arns, end),
        }
    }

    /// The service of that prefix. The list of services leads to it: to look through all lines
    /// would be too many steps.
    pub(super) const fn find(prefix: &str) -> Option<Service> {
        let list = SERVICES.as_bytes();
        let mut start = 0;
        while start < list.len() {
            let end = position(list, b'\n', start);
            let equals = position(list, b'=', start);
            if equal(slice(list, start, equals), prefix.as_bytes()) {
                let (mut line, mut at) = (0, equals + 1);
                while at < end {
                    line = line * 10 + (list[at] - b'0') as usize;
                    at += 1;
                }
                return Some(Service::at(line));
            }
            start = end + 1;
        }
        None
    }

    /// The service whose prefix is most like that.
    pub(super) const fn nearest(prefix: &str) -> Option<Service> {
        match nearest(prefix, SERVICES, b'\n', b'=') {
            Some(near) => Service::find(near),
            None => None,
        }
    }
}

/// Where the line ends, by steps of eight bytes: const evaluation counts steps.
const fn line_end(from: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let text = TEXT.as_bytes();
    let mut at = from;
    while at + 8 <= text.len()
        && let Some(block) = text.split_at(at).1.first_chunk::<8>()
    {
        let block = u64::from_le_bytes(*block) ^ (ONES * b'\n' as u64);
        if block.wrapping_sub(ONES) & !block & HIGH != 0 {
            break;
        }
        at += 8;
    }
    position(text, b'\n', at)
}

/// Whether a list with `separator` between its entries has this one.
pub(super) const fn list_has(list: &str, separator: u8, entry: &str) -> bool {
    let bytes = list.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let end = position(bytes, separator, start);
        if equal(slice(bytes, start, end), entry.as_bytes()) {
            return true;
        }
        start = end + 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_found_by_its_index() {
        let (mut count, mut at) = (0, 0);
        let mut services = SERVICES.lines();
        for line in TEXT.lines() {
            let [prefix, actions, arns] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("three columns: {line:.60}");
            };
            assert_eq!(services.next(), Some(format!("{prefix}={at}").as_str()));
            at += line.len() + 1;
            let mut last = None;
            for entry in actions.split('|').filter(|entry| !entry.is_empty()) {
                let (name, types) = entry.split_once('=').unwrap();
                let action = format!("{prefix}:{name}");
                assert!(action.len() <= MAX_ACTION, "{action}");
                let found = find(&action).unwrap_or_else(|| panic!("{action}"));
                assert_eq!((found.name, found.types), (name, types));
                for kind in types.split(',').filter(|kind| !kind.is_empty()) {
                    assert!(list_has(types, b',', kind), "{action}: {kind}");
                }
                count += 1;
                last = Some(found);
            }
            if let Some(last) = last {
                assert_eq!(last.arns(), arns, "{prefix}");
            }
        }
        assert_eq!(services.next(), None);
        assert_eq!(count * RECORD, INDEX.len());
        assert!(count > 10_000, "{count}");
    }

    #[test]
    fn case_does_not_matter_and_other_texts_are_none() {
        assert_eq!(find("S3:getobject").unwrap().name, "GetObject");
        for text in ["", ":", "s3:", "s3:GetObjct", "s3", &"x".repeat(200)] {
            assert!(find(text).is_none(), "{text}");
        }
    }

    #[test]
    fn services() {
        let s3 = Service::find("s3").unwrap();
        assert!(s3.actions.contains("|GetObject="), "{}", s3.actions);
        assert!(
            s3.arns.contains("bucket~arn:${Partition}:s3:::"),
            "{}",
            s3.arns
        );
        assert!(Service::find("s4").is_none());
    }
}
