//! How the value types cross the wire: as text, read back through `FromStr`, so that JSON cannot bring in what text could not.

/// `Serialize` through `Display` and `Deserialize` through `FromStr`.
macro_rules! text_on_the_wire {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::wire::parse_text(deserializer)
            }
        }
    };
}

/// `Debug` that names the type and keeps the content to itself.
macro_rules! redacted_debug {
    ($type:ident) => {
        impl core::fmt::Debug for $type {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.write_str(concat!(stringify!($type), "(redacted)"))
            }
        }
    };
}

/// A newtype over cleaned text: `FromStr` with a limit in characters, `as_str`, `Display`, and text on the wire.
macro_rules! cleaned_text {
    ($type:ident, $limit:literal) => {
        impl $type {
            /// The longest legal text, in characters.
            pub const MAX_CHARS: usize = $limit;

            /// The text, trimmed, with single spaces.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl core::str::FromStr for $type {
            type Err = $crate::value::TextError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::value::text::clean(text, Self::MAX_CHARS).map(Self)
            }
        }

        impl core::fmt::Display for $type {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        text_on_the_wire!($type);
    };
}

/// Reads text and parses it. A refusal carries the error's own words, which never repeat the text.
pub(crate) fn parse_text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: core::str::FromStr,
    T::Err: core::fmt::Display,
{
    deserializer.deserialize_str(TextVisitor(core::marker::PhantomData))
}

struct TextVisitor<T>(core::marker::PhantomData<T>);

impl<T> serde::de::Visitor<'_> for TextVisitor<T>
where
    T: core::str::FromStr,
    T::Err: core::fmt::Display,
{
    type Value = T;

    fn expecting(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}
