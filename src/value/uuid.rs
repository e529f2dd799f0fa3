//! Compago's ids: UUIDs, with one type per kind of object so that ids of different kinds cannot be confused.

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
            /// Creates an id from its bytes. Any sixteen bytes are valid.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// Returns the bytes in the order in which they are written.
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

        /// Any UUID is an id.
        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
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
    /// Compago's id of a one-time payment.
    ///
    /// Only the hyphenated form of 36 characters is read, in upper or lower case; it is written in lower case. The text
    /// of an id is safe in a path.
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
    /// Compago's id of a payment intent, read and written like a [`PaymentId`].
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
    /// Compago's id of a saved card, read and written like a [`PaymentId`].
    PaymentMethodId
}

uuid_name! {
    /// Compago's id of one charge of a saved card, read and written like a [`PaymentId`].
    CardPaymentId
}

/// The reason why a text is not a hyphenated UUID; the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UuidError {
    /// Not 36 characters.
    #[error("the id has not 36 characters")]
    Length,
    /// A hyphen is missing.
    #[error("the id has no hyphen where a UUID has one")]
    Hyphen,
    /// A character is not a hexadecimal digit.
    #[error("the id has a character that is not a hexadecimal digit")]
    Digit,
}

impl UuidError {
    /// Determines why a text is not a UUID.
    fn of(text: &str) -> Self {
        if text.len() != Hyphenated::LENGTH {
            return Self::Length;
        }
        let is_hyphen = |at: usize| text.as_bytes().get(at) == Some(&b'-');
        if [8, 13, 18, 23].into_iter().all(is_hyphen) { Self::Digit } else { Self::Hyphen }
    }
}
