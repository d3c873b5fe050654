//! Blocks of IP addresses.

use std::net::IpAddr;

/// A block of addresses in the notation of RFC 4632 and RFC 4291: `10.0.0.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cidr {
    address: IpAddr,
    bits: u8,
}

impl Cidr {
    /// The block that `text` names; EventBridge takes no blocks of one address.
    pub(super) fn parse(text: &str) -> Option<Cidr> {
        let (address, bits) = text.split_once('/')?;
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 31 } else { 127 };
        let digits = bits.bytes().all(|byte| byte.is_ascii_digit());
        match bits.parse::<u8>() {
            Ok(bits) if bits <= most && digits => Some(Cidr { address, bits }),
            _ => None,
        }
    }

    pub(super) fn contains(self, text: &str) -> bool {
        let same_start = |a: u128, b: u128, width: u32| {
            let free = width - u32::from(self.bits);
            a.checked_shr(free) == b.checked_shr(free)
        };
        match (self.address, text.parse()) {
            (IpAddr::V4(block), Ok(IpAddr::V4(address))) => {
                same_start(block.to_bits().into(), address.to_bits().into(), 32)
            }
            (IpAddr::V6(block), Ok(IpAddr::V6(address))) => {
                same_start(block.to_bits(), address.to_bits(), 128)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks() {
        let block = Cidr::parse("10.0.0.0/24").unwrap();
        assert!(block.contains("10.0.0.255"));
        assert!(!block.contains("10.0.1.0"));
        assert!(!block.contains("::1"));
        assert!(!block.contains("host"));
        assert!(Cidr::parse("0.0.0.0/0").unwrap().contains("255.1.2.3"));
        assert!(
            Cidr::parse("2001:db8::/32")
                .unwrap()
                .contains("2001:db8:1::1")
        );
        assert!(Cidr::parse("::/0").unwrap().contains("ffff::"));
        for text in [
            "10.0.0.0",
            "10.0.0.0/32",
            "10.0.0/8",
            "::/128",
            "10.0.0.0/+8",
            "/8",
        ] {
            assert_eq!(Cidr::parse(text), None, "{text}");
        }
    }
}
