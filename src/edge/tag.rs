//! 130 bits as 26 lower-case characters of Crockford's base 32 (<https://www.crockford.com/base32.html>).

use base32::Alphabet;

/// How many characters a tag has.
pub(super) const TAG_CHARS: usize = 26;

/// The first 130 bits of a MAC, five to a character, the most significant first.
pub(super) fn tag(mac: &[u8; 32]) -> String {
    let mut text = base32::encode(Alphabet::Crockford, mac).to_ascii_lowercase();
    text.truncate(TAG_CHARS);
    text
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[test]
    fn known_texts() {
        let counting: [u8; 32] = core::array::from_fn(|at| u8::try_from(at).unwrap_or(0));
        for (mac, expected) in [
            ([0; 32], "00000000000000000000000000"),
            ([255; 32], "zzzzzzzzzzzzzzzzzzzzzzzzzz"),
            // Python: int.from_bytes(bytes(range(32))[:17]) >> 6, five bits at a time.
            (counting, "000g40r40m30e209185gr38e1w"),
        ] {
            assert_eq!(tag(&mac), expected);
        }
    }
}
