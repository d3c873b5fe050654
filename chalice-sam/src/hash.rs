//! A hash for parts of logical ids.

/// FNV-1a of 64 bits, of which the upper half is taken: the same on every machine and for
/// every version of the compiler, since a changed id is a changed resource.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{:08x}", hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test vectors of the algorithm's authors.
    #[test]
    fn it_is_fnv() {
        assert_eq!(hash(b""), "cbf29ce4");
        assert_eq!(hash(b"a"), "af63dc4c");
        assert_eq!(hash(b"foobar"), "85944171");
    }
}
