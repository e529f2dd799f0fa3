//! Macros for the value types: redacted `Debug`, bounded numbers, and text with limits.

/// Implements a `Debug` that shows only the name of the type.
macro_rules! redacted_debug {
    ($type:ident) => {
        impl core::fmt::Debug for $type {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.write_str(concat!(stringify!($type), "(redacted)"))
            }
        }
    };
}

/// Implements serde for text. Stored text may have been written by a version with other rules: `$stored` accepts both.
macro_rules! stored_text {
    ($type:ident, $stored:expr) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                ($stored)(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

/// Implements conversions from and into `u32`, and serde as a number, for a newtype over a bounded `u32`.
macro_rules! bounded_number {
    ($type:ident: $new:ident or $error:ident, $get:ident) => {
        impl TryFrom<u32> for $type {
            type Error = $error;

            fn try_from(number: u32) -> Result<Self, $error> {
                Self::$new(number)
            }
        }

        impl From<$type> for u32 {
            fn from(value: $type) -> Self {
                value.$get()
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u32(self.$get())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::$new(serde::Deserialize::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    };
}

/// Implements a newtype over text that is parsed by one function: `FromStr` with a maximum number of characters,
/// `as_str`, `Display`, and serde as text, where another function may read stored text.
macro_rules! limited_text {
    ($type:ident, $limit:literal, $read:path, $stored:path, $error:ty, $kept:literal) => {
        impl $type {
            /// The longest legal text, in characters.
            pub const MAX_CHARS: usize = $limit;

            #[doc = $kept]
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl core::str::FromStr for $type {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $read(text, Self::MAX_CHARS).map(Self)
            }
        }

        impl core::fmt::Display for $type {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        stored_text!($type, |text| $stored(text, Self::MAX_CHARS).map(Self));
    };
}

/// Implements a newtype over cleaned text that is stored.
macro_rules! cleaned_text {
    ($type:ident, $limit:literal) => {
        limited_text!(
            $type,
            $limit,
            $crate::value::text::clean,
            $crate::value::text::stored,
            $crate::value::TextError,
            "Returns the cleaned text: trimmed, with single spaces, without invisible characters."
        );
    };
}

/// Implements a newtype over one word of letters, digits, `_`, `-` and `.`, which is safe in a path and a URL.
macro_rules! word {
    ($type:ident, $limit:literal) => {
        limited_text!(
            $type,
            $limit,
            $crate::value::text::word,
            $crate::value::text::word,
            $crate::value::WordError,
            "Returns the word."
        );
    };
}
