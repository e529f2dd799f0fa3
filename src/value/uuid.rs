//! Compago's own names for things: UUIDs, one type for each kind of thing, so that one is never taken for another.

use core::{fmt, str::FromStr};

use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;
use uuid::Uuid;
use uuid::fmt::Hyphenated;

macro_rules! uuid_name {
    ($(#[$doc:meta])+ $name:ident) => {
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
        pub struct $name(Uuid);

        impl $name {
            /// The id of these bytes: every sixteen bytes are one.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The bytes in the order in which they are written.
            #[must_use]
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }
        }

        impl FromStr for $name {
            type Err = UuidError;

            fn from_str(text: &str) -> Result<Self, UuidError> {
                let uuid = text.parse::<Hyphenated>().map_err(|_| UuidError::of(text))?;
                Ok(Self(uuid.into_uuid()))
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

/// Why something is no UUID of 36 characters: the first of these that is true of it.
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

impl UuidError {
    /// What is wrong with a text that is no UUID.
    fn of(text: &str) -> Self {
        if text.len() != Hyphenated::LENGTH {
            return Self::Length;
        }
        let is_hyphen = |at: usize| text.as_bytes().get(at) == Some(&b'-');
        if [8, 13, 18, 23].into_iter().all(is_hyphen) { Self::Digit } else { Self::Hyphen }
    }
}
