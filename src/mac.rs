//! HMAC-SHA256 (RFC 2104) with an infallible constructor, and comparison in constant time.

use hmac::digest::CtOutput;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// A key, padded to HMAC's block size of 64 bytes, so that a key of any length is accepted. Its memory, and what the
/// libraries derive from it, is overwritten when it is dropped.
#[derive(Clone)]
pub(crate) struct MacKey(Zeroizing<[u8; 64]>);

impl MacKey {
    /// Builds the key block as RFC 2104 specifies: a key longer than a block is hashed with SHA-256, a shorter one is
    /// padded with zeros.
    pub(crate) fn new(key: &[u8]) -> Self {
        let mut block = Zeroizing::new([0; 64]);
        let hashed = Zeroizing::new(hash(key));
        let material = if key.len() > block.len() { hashed.as_slice() } else { key };
        for (to, from) in block.iter_mut().zip(material) {
            *to = *from;
        }
        Self(block)
    }

    /// Returns the MAC of the concatenated parts.
    pub(crate) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new((&*self.0).into());
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// Returns the SHA-256 digest.
pub(crate) fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Splits the values of a rotated secret, which are separated by white space or commas.
pub(crate) fn rotated(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|part| !part.is_empty())
}

/// Compares two values in constant time.
pub(crate) fn same(left: [u8; 32], right: [u8; 32]) -> bool {
    CtOutput::<Hmac<Sha256>>::new(left.into()) == CtOutput::new(right.into())
}

#[cfg(test)]
mod tests {
    use zeroize::ZeroizeOnDrop;

    use super::{MacKey, hash, same};

    /// The check is that this compiles.
    #[test]
    fn a_key_is_overwritten_when_it_is_dropped() {
        fn overwritten(_: &impl ZeroizeOnDrop) {}
        overwritten(&MacKey::new(b"Jefe").0);
    }

    /// RFC 4231, test case 2: a key that is shorter than a block.
    #[test]
    fn short_key() {
        let mac = MacKey::new(b"Jefe").mac(&[b"what do ya want ", b"for nothing?"]);
        assert_eq!(mac.get(..4), Some([0x5b, 0xdc, 0xc1, 0x46].as_slice()));
        assert_eq!(mac.get(28..), Some([0x64, 0xec, 0x38, 0x43].as_slice()));
    }

    /// RFC 4231, test case 6: a key that is longer than a block.
    #[test]
    fn long_key() {
        let mac = MacKey::new(&[0xaa; 131]).mac(&[b"Test Using Larger Than Block-Size Key - Hash Key First"]);
        assert_eq!(mac.get(..4), Some([0x60, 0xe4, 0x31, 0x59].as_slice()));
        assert_eq!(mac.get(28..), Some([0x0e, 0xe3, 0x7f, 0x54].as_slice()));
    }

    #[test]
    fn every_bit_counts() {
        let one = hash(b"one");
        assert!(same(one, one));
        for byte in 0..32 {
            for bit in 0..8 {
                let mut other = one;
                if let Some(to) = other.get_mut(byte) {
                    *to ^= 1 << bit;
                }
                assert!(!same(one, other), "byte {byte}, bit {bit}");
            }
        }
    }
}
