//! A hash that decides which policy a statement is in.

/// FNV-1a of 64 bits, whose bits are then mixed, since texts that differ in their ends alone have the
/// same upper ones: the same on every machine and for every version of the compiler, since a statement
/// with another hash moves to another policy.
pub(super) fn hash(text: &str) -> u64 {
    mixed(fnv(text))
}

fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The finalizer of SplitMix64.
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test vectors of the algorithms' authors; SplitMix64's first number from the seed 0 is that of its
    /// increment.
    #[test]
    fn it_is_fnv_and_splitmix() {
        assert_eq!(fnv(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv("foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(mixed(0x9e37_79b9_7f4a_7c15), 0xe220_a839_7b1d_cdaf);
    }

    /// Of texts that differ in a number alone, about half have any of the upper bits.
    #[test]
    fn upper_bits_are_fair() {
        for bit in 56..64 {
            let ones = (0..1_000)
                .filter(|number| hash(&format!("arn:aws:s3:::bucket-{number}")) >> bit & 1 == 1)
                .count();
            assert!((420..580).contains(&ones), "{bit}: {ones}");
        }
    }
}
