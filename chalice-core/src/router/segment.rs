//! The hash of a segment, and finding a segment's end and its hash in one go.
//!
//! Eight bytes at a time, in words that hold the first byte lowest. A segment is made of as many
//! whole words as it has, and a last word of at most seven bytes.

/// A slash in each byte.
const SLASHES: u64 = 0x2F2F_2F2F_2F2F_2F2F;
const LOWEST: u64 = 0x0101_0101_0101_0101;
const HIGHEST: u64 = 0x8080_8080_8080_8080;

/// The hash of a literal segment. Segments of less than eight bytes have different hashes.
///
/// Its values may change between releases: they never leave the binary whose tables hold them.
pub const fn segment_hash(segment: &[u8]) -> u64 {
    let (mut state, mut rest) = (0, segment);
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        state = absorb(state, u64::from_le_bytes(*word));
        rest = after;
    }
    let (mut last, mut at) = (b'/' as u64, rest.len());
    while at > 0 {
        at -= 1;
        last = last << 8 | rest[at] as u64;
    }
    if segment.len() < 8 {
        finish(last)
    } else {
        finish(long_word(state, last))
    }
}

/// Adds a whole word.
#[inline(always)]
const fn absorb(state: u64, word: u64) -> u64 {
    (state ^ word)
        .wrapping_mul(0xD6E8_FEB8_6659_FD93)
        .rotate_left(29)
}

/// Adds the last word of a long segment. That of a short one never has the highest bit, so a short
/// and a long segment never have the same hash.
#[inline(always)]
const fn long_word(state: u64, last: u64) -> u64 {
    (state ^ last) | 1 << 63
}

/// Spreads a word, such that different words stay different and the lowest bits, which choose the
/// place in a table, depend on all others.
#[inline(always)]
const fn finish(word: u64) -> u64 {
    word.wrapping_mul(SPREAD).swap_bytes()
}

/// 2^64 divided by the golden ratio: Fibonacci hashing, whose highest bits depend on all others.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The key of an edge: the literal segment of that word below that node. Segments of one node have the same key
/// only if they have the same word.
#[inline(always)]
pub(super) const fn edge_key(node: usize, word: u64) -> u64 {
    word.wrapping_add(node as u64).wrapping_mul(SPREAD)
}

/// The same of the segment's hash.
pub(super) const fn edge_key_of_hash(node: usize, hash: u64) -> u64 {
    hash.swap_bytes()
        .wrapping_add((node as u64).wrapping_mul(SPREAD))
}

/// Where in a table of so many slots, a power of two, the search for a key begins.
#[inline(always)]
pub(super) const fn edge_slot(key: u64, slots: usize) -> usize {
    // Of two slots or more, or the shift is none.
    (key >> (slots.leading_zeros() + 1)) as usize
}

/// A path, prepared for words at its end.
#[derive(Clone, Copy)]
pub(super) struct Path<'p> {
    pub(super) bytes: &'p [u8],
    /// The last eight bytes, the last one highest; zeros stand before the first.
    tail: u64,
}

impl<'p> Path<'p> {
    #[inline(always)]
    pub(super) fn new(bytes: &'p [u8]) -> Path<'p> {
        let tail = match bytes.last_chunk::<8>() {
            Some(last) => u64::from_le_bytes(*last),
            None => short(bytes),
        };
        Path { bytes, tail }
    }

    /// The segment at the start of `rest`, the end of this path, if it has less than eight bytes;
    /// else its first eight.
    #[inline(always)]
    pub(super) fn segment(self, rest: &[u8]) -> Result<Segment, u64> {
        let word = self.word(rest);
        match slashes(word) {
            0 => Err(word),
            slashes => Ok(Segment {
                word: until(word, slashes),
                length: first(slashes),
            }),
        }
    }

    /// The same for a segment of eight bytes or more, which begins with `word`.
    #[inline(always)]
    pub(super) fn long_segment(self, mut rest: &[u8], mut word: u64) -> Segment {
        let (mut state, mut length) = (0, 0);
        loop {
            state = absorb(state, word);
            length += 8;
            rest = rest.get(8..).unwrap_or_default();
            word = self.word(rest);
            let slashes = slashes(word);
            if slashes != 0 {
                return Segment {
                    word: long_word(state, until(word, slashes)),
                    length: length + first(slashes),
                };
            }
        }
    }

    /// The first eight bytes of `rest`, the end of this path; slashes where it has less.
    #[inline(always)]
    fn word(self, rest: &[u8]) -> u64 {
        match rest.first_chunk::<8>() {
            Some(word) => u64::from_le_bytes(*word),
            None => {
                let both = u128::from(SLASHES) << 64 | u128::from(self.tail);
                (both << (8 * (rest.len() & 7)) >> 64) as u64
            }
        }
    }
}

/// A segment of a path.
#[derive(Clone, Copy)]
pub(super) struct Segment {
    /// What becomes its hash when it is spread.
    pub(super) word: u64,
    /// In bytes.
    pub(super) length: usize,
}

/// The highest bit of each byte that is a slash; above the first, of others, too.
#[inline(always)]
const fn slashes(word: u64) -> u64 {
    let difference = word ^ SLASHES;
    difference.wrapping_sub(LOWEST) & !difference & HIGHEST
}

/// The bytes of `word` up to the first slash, this included: it tells where the text ends.
#[inline(always)]
const fn until(word: u64, slashes: u64) -> u64 {
    word & (slashes ^ slashes.wrapping_sub(1))
}

/// How many bytes stand before the first slash.
#[inline(always)]
const fn first(slashes: u64) -> usize {
    slashes.trailing_zeros() as usize / 8
}

/// Less than eight bytes, the last one highest.
fn short(bytes: &[u8]) -> u64 {
    let add = |word, byte: &u8| word >> 8 | u64::from(*byte) << 56;
    bytes.iter().fold(0, add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_segment(path: Path<'_>, rest: &[u8]) -> Segment {
        path.segment(rest)
            .unwrap_or_else(|word| path.long_segment(rest, word))
    }

    proptest! {
        #[test]
        fn segments_are_found_with_their_hashes(text in "[a-c/]{0,40}") {
            let bytes = text.as_bytes();
            let path = Path::new(bytes);
            let mut start = 0;
            for segment in text.split('/') {
                let found = any_segment(path, &bytes[start..]);
                prop_assert_eq!(finish(found.word), segment_hash(segment.as_bytes()));
                prop_assert_eq!(found.length, segment.len());
                start += segment.len() + 1;
            }
        }

        #[test]
        fn keys_are_those_of_hashes(node in 0usize..65_536, word in any::<u64>(), slots in 1u32..20) {
            let key = edge_key(node, word);
            prop_assert_eq!(edge_key_of_hash(node, finish(word)), key);
            prop_assert!(edge_slot(key, 1 << slots) < 1 << slots);
        }

        #[test]
        fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..30)) {
            let segment = bytes.split(|byte| *byte == b'/').next().unwrap_or_default();
            let found = any_segment(Path::new(&bytes), &bytes);
            prop_assert_eq!(finish(found.word), segment_hash(segment));
            prop_assert_eq!(found.length, segment.len());
        }

        #[test]
        fn short_segments_differ(one in prop::collection::vec(0u8..3, 0..8), other in prop::collection::vec(0u8..3, 0..8)) {
            prop_assert_eq!(segment_hash(&one) == segment_hash(&other), one == other);
        }
    }
}
