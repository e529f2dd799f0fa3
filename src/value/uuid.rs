//! Compago's own names for things: UUIDs, one type for each kind of thing, so that one is never taken for another.

use core::{fmt, str::FromStr};

use thiserror::Error;

/// The bits of a UUID of any version, so that two spellings are one id. In words, which compiled code copies as such.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Uuid([u64; 2]);

impl FromStr for Uuid {
    type Err = UuidError;

    fn from_str(text: &str) -> Result<Self, UuidError> {
        if text.len() != 36 {
            return Err(UuidError::Length);
        }
        let mut words = [0; 2];
        let mut nibbles = 0;
        for (at, character) in text.bytes().enumerate() {
            if matches!(at, 8 | 13 | 18 | 23) {
                if character != b'-' {
                    return Err(UuidError::Hyphen);
                }
                continue;
            }
            let nibble = hex_value(character).ok_or(UuidError::Digit)?;
            let word: &mut u64 = words.get_mut(nibbles / 16).ok_or(UuidError::Length)?;
            *word = (*word << 4) | u64::from(nibble);
            nibbles += 1;
        }
        Ok(Self(words))
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().flat_map(|word| word.to_be_bytes()).enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                formatter.write_str("-")?;
            }
            write!(formatter, "{byte:02x}")?;
        }
        Ok(())
    }
}

macro_rules! uuid_name {
    ($(#[$doc:meta])+ $name:ident) => {
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The id of these bytes: every sixteen bytes are one.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = bytes;
                let first = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
                Self(Uuid([first, u64::from_be_bytes([i, j, k, l, m, n, o, p])]))
            }

            /// The bytes in the order in which they are written.
            #[must_use]
            pub const fn to_bytes(self) -> [u8; 16] {
                let Uuid([first, second]) = self.0;
                ((first as u128) << 64 | second as u128).to_be_bytes()
            }
        }

        impl FromStr for $name {
            type Err = UuidError;

            fn from_str(text: &str) -> Result<Self, UuidError> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, concat!(stringify!($name), "({})"), self.0)
            }
        }

        text_on_the_wire!($name);
    };
}

uuid_name! {
    /// A payment id: Compago's name for a one-time payment.
    ///
    /// Only the hyphenated form of 36 characters is read, in either case, and the lower-case one is written. What was read
    /// is safe in a path.
    ///
    /// ```
    /// use compago::value::PaymentId;
    ///
    /// let id: PaymentId = "0F0E0D0C-1111-4222-8333-444455556666".parse()?;
    /// assert_eq!(id.to_string(), "0f0e0d0c-1111-4222-8333-444455556666");
    /// assert!("../one-time-payment".parse::<PaymentId>().is_err());
    /// # Ok::<(), compago::value::UuidError>(())
    /// ```
    PaymentId
}

uuid_name! {
    /// Compago's name for a payment intent, read and written like a [`PaymentId`].
    ///
    /// ```
    /// use compago::value::PaymentIntentId;
    ///
    /// let id: PaymentIntentId = "12121212-3434-4565-8787-909090909090".parse()?;
    /// assert_eq!(format!("{id:?}"), "PaymentIntentId(12121212-3434-4565-8787-909090909090)");
    /// # Ok::<(), compago::value::UuidError>(())
    /// ```
    PaymentIntentId
}

uuid_name! {
    /// Compago's name for a saved card, read and written like a [`PaymentId`].
    PaymentMethodId
}

uuid_name! {
    /// Compago's name for one charge of a saved card, read and written like a [`PaymentId`].
    CardPaymentId
}

/// Why something is no UUID of 36 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UuidError {
    /// Not 36 characters.
    #[error("the id has not 36 characters")]
    Length,
    /// No hyphen where one belongs.
    #[error("the id has no hyphen where a UUID has one")]
    Hyphen,
    /// Not a hexadecimal digit where one belongs.
    #[error("the id has a character that is no hexadecimal digit")]
    Digit,
}

fn hex_value(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        b'A'..=b'F' => Some(character - b'A' + 10),
        _ => None,
    }
}
