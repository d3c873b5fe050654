//! Comparison, hashing and slicing of bytes, in const evaluation as well as at
//! run time.
//!
//! Eight bytes at a time: const evaluation counts steps (rustc's
//! `long_running_const_eval` denies two million of them in one constant), and
//! an app of 3,000 routes must stay below that.

/// Whether both slices hold the same bytes.
#[inline]
pub const fn equal(a: &[u8], b: &[u8]) -> bool {
    let length = a.len();
    if length != b.len() {
        return false;
    }
    if length >= 8 {
        let (mut x, mut y) = (a, b);
        while let (Some((first_x, rest_x)), Some((first_y, rest_y))) =
            (x.split_first_chunk::<8>(), y.split_first_chunk::<8>())
        {
            if u64::from_le_bytes(*first_x) != u64::from_le_bytes(*first_y) {
                return false;
            }
            (x, y) = (rest_x, rest_y);
        }
        // The last eight bytes, which overlap with those already compared.
        match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
            (Some(x), Some(y)) => u64::from_le_bytes(*x) == u64::from_le_bytes(*y),
            _ => true,
        }
    } else if let (Some(x), Some(y), Some(last_x), Some(last_y)) = (
        a.first_chunk::<4>(),
        b.first_chunk::<4>(),
        a.last_chunk::<4>(),
        b.last_chunk::<4>(),
    ) {
        u32::from_le_bytes(*x) == u32::from_le_bytes(*y)
            && u32::from_le_bytes(*last_x) == u32::from_le_bytes(*last_y)
    } else {
        length == 0
            || a[0] == b[0] && a[length / 2] == b[length / 2] && a[length - 1] == b[length - 1]
    }
}

/// A hash of `bytes`, mixed with `seed`. Its values may change between
/// releases: they never leave the binary whose tables hold them.
#[inline]
pub const fn hash(seed: u64, bytes: &[u8]) -> u64 {
    const LENGTH: u64 = 0xD6E8_FEB8_6659_FD93;
    const BLOCK: u64 = 0x9E37_79B9_7F4A_7C15;
    let length = bytes.len();
    let mut state = seed ^ (length as u64).wrapping_mul(LENGTH);
    if let Some(last) = bytes.last_chunk::<8>() {
        let mut rest = bytes;
        while let Some((block, after)) = rest.split_first_chunk::<8>() {
            if after.is_empty() {
                break;
            }
            state = mix(state ^ u64::from_le_bytes(*block), BLOCK);
            rest = after;
        }
        mix(state ^ u64::from_le_bytes(*last), LENGTH)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        mix(
            state ^ ((u32::from_le_bytes(*first) as u64) << 32 | u32::from_le_bytes(*last) as u64),
            LENGTH,
        )
    } else if length > 0 {
        let value =
            (bytes[0] as u64) << 16 | (bytes[length / 2] as u64) << 8 | bytes[length - 1] as u64;
        mix(state ^ value, LENGTH)
    } else {
        mix(state, LENGTH)
    }
}

/// The seed of all hashes in the router's tables.
pub const SEED: u64 = 0x5EED;

/// Multiplies to 128 bits and folds: every input bit reaches every output bit.
#[inline]
const fn mix(a: u64, b: u64) -> u64 {
    let product = (a ^ 0x2D35_8DCC_AA6C_78A5) as u128 * b as u128;
    product as u64 ^ (product >> 64) as u64
}

/// `bytes[start..end]`, which const evaluation cannot write as such.
#[inline]
#[expect(
    unsafe_code,
    reason = "const evaluation interprets every step of the safe way"
)]
pub const fn slice(bytes: &[u8], start: usize, end: usize) -> &[u8] {
    assert!(start <= end && end <= bytes.len());
    // SAFETY: within bounds.
    unsafe { core::slice::from_raw_parts(bytes.as_ptr().add(start), end - start) }
}

/// Copies `source` to `target[at..]`.
#[expect(
    unsafe_code,
    reason = "const evaluation interprets every step of the safe way"
)]
pub const fn copy(target: &mut [u8], at: usize, source: &[u8]) {
    assert!(at <= target.len() && source.len() <= target.len() - at);
    // Casts, because every call is more work for const evaluation.
    let from = source as *const [u8] as *const u8;
    let to = (target as *mut [u8] as *mut u8).wrapping_add(at);
    // SAFETY: within bounds; and a mutable slice overlaps with nothing.
    unsafe { core::ptr::copy_nonoverlapping(from, to, source.len()) }
}

/// The position of the first `needle` at or after `from`, or the length of `bytes`.
#[inline]
pub const fn position(bytes: &[u8], needle: u8, from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() && bytes[at] != needle {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equal_is_equality(a in prop::collection::vec(0u8..3, 0..40), b in prop::collection::vec(0u8..3, 0..40)) {
            prop_assert_eq!(equal(&a, &b), a == b);
            prop_assert!(equal(&a, &a.clone()));
        }

        #[test]
        fn one_changed_byte_is_seen(mut a in prop::collection::vec(any::<u8>(), 1..40), at in any::<prop::sample::Index>()) {
            let original = a.clone();
            let at = at.index(a.len());
            a[at] ^= 0x55;
            prop_assert!(!equal(&a, &original));
            prop_assert_ne!(hash(7, &a), hash(7, &original));
        }
    }

    #[test]
    fn slices() {
        assert_eq!(slice(b"abcdef", 2, 4), b"cd");
        assert_eq!(position(b"a/b/c", b'/', 2), 3);
        assert_eq!(position(b"abc", b'/', 0), 3);
        let mut target = *b"......";
        copy(&mut target, 2, b"xy");
        assert_eq!(&target, b"..xy..");
    }
}
