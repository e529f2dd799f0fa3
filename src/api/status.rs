//! States of Compago's objects, and the state that one-time payments and payment intents share
//! (<https://docs.compago.com/one-time-payment/create>, <https://docs.compago.com/payment-intent/create>, read November
//! 2026).

/// Declares an enum of states. Undocumented values are kept as text.
macro_rules! states {
    ($(#[$doc:meta])+ $name:ident { $($(#[$of:meta])+ $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$of])+ $variant,)+
            /// An undocumented state, kept as received and treated as not final.
            Unknown(String),
        }

        impl $name {
            /// Returns the state as Compago writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(text) => text,
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Ok(match text.as_str() {
                    $($text => Self::$variant,)+
                    _ => Self::Unknown(text),
                })
            }
        }
    };
}

pub(super) use states;

states! {
    /// The state of a one-time payment or a payment intent. Expiry is not a state but a separate flag.
    Status {
        /// Not paid yet; possibly expired.
        Pending = "PENDING",
        /// Paid. Final.
        Confirmed = "CONFIRMED",
        /// Cancelled. Final.
        Cancelled = "CANCELLED",
    }
}
