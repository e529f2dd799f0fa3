//! 130 bits as 26 lower-case characters of Crockford's base 32 (<https://www.crockford.com/base32.html>).

/// How many characters a tag has.
pub(super) const TAG_CHARS: usize = 26;

/// The first 130 bits of a MAC, five to a character, the most significant first.
pub(super) fn tag(mac: &[u8; 32]) -> String {
    let mut text = String::with_capacity(TAG_CHARS);
    let mut held = 0_u16;
    let mut bits = 0_u32;
    for byte in mac {
        held = (held << 8) | u16::from(*byte);
        bits += 8;
        while bits >= 5 {
            if text.len() == TAG_CHARS {
                return text;
            }
            bits -= 5;
            text.extend(ALPHABET.get(usize::from((held >> bits) & 31)).copied().map(char::from));
        }
    }
    text
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

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
