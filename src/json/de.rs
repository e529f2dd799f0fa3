//! A serde `Deserializer` over the tree, with the rules of [`super`].

use core::fmt::Display;
use core::slice;
use std::collections::BTreeSet;

use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Expected, IntoDeserializer, MapAccess, Unexpected, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::{Json, ShapeError};

/// Error messages of types may contain the value, so they are dropped.
impl Error for ShapeError {
    fn custom<T: Display>(_: T) -> Self {
        Self::HERE
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::HERE
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::HERE
    }

    fn missing_field(field: &'static str) -> Self {
        Self { field }
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self { field }
    }
}

macro_rules! integers {
    ($($deserialize:ident $type:ty => $visit:ident)*) => {
        $(fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
            let Json::Number(text) = self else { return Err(ShapeError::HERE) };
            visitor.$visit(text.parse::<$type>().map_err(|_| ShapeError::HERE)?)
        })*
    };
}

impl<'de> Deserializer<'de> for &'de Json {
    type Error = ShapeError;

    /// A number that is not a 64-bit integer is passed as a newtype of its text, which only [`Json`] accepts.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self {
            Json::Null => visitor.visit_unit(),
            Json::Bool(truth) => visitor.visit_bool(*truth),
            Json::Number(text) => visit_number(text, visitor),
            Json::Text(text) => visitor.visit_borrowed_str(text),
            Json::Array(entries) => visit_entries(entries, visitor),
            Json::Object(fields) => visit_fields(fields, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        let Json::Bool(truth) = self else { return Err(ShapeError::HERE) };
        visitor.visit_bool(*truth)
    }

    integers! {
        deserialize_u8 u64 => visit_u64
        deserialize_u16 u64 => visit_u64
        deserialize_u32 u64 => visit_u64
        deserialize_u64 u64 => visit_u64
        deserialize_i8 i64 => visit_i64
        deserialize_i16 i64 => visit_i64
        deserialize_i32 i64 => visit_i64
        deserialize_i64 i64 => visit_i64
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        if *self == Json::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, ShapeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        let Json::Array(entries) = self else { return Err(ShapeError::HERE) };
        visit_entries(entries, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ShapeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        let Json::Object(given) = self else { return Err(ShapeError::HERE) };
        visitor.visit_map(KnownFields { given, names: fields.iter(), name: "", value: Value::Doubled })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        let (name, payload) = match self {
            Json::Text(name) => (name, &Json::Null),
            Json::Object(fields) => match fields.as_slice() {
                [(name, payload)] => (name, payload),
                _ => return Err(ShapeError::HERE),
            },
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => return Err(ShapeError::HERE),
        };
        visitor.visit_enum(Variant { name, payload })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        let Json::Object(fields) = self else { return Err(ShapeError::HERE) };
        let names: BTreeSet<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        if names.len() < fields.len() {
            return Err(ShapeError::HERE);
        }
        visit_fields(fields, visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        if *self == Json::Null { visitor.visit_unit() } else { Err(ShapeError::HERE) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, ShapeError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        self.deserialize_str(visitor)
    }

    forward_to_deserialize_any! { i128 u128 f32 f64 char bytes byte_buf ignored_any }
}

fn visit_number<'de, V: Visitor<'de>>(text: &'de str, visitor: V) -> Result<V::Value, ShapeError> {
    match (text.parse::<u64>(), text.parse::<i64>()) {
        (Ok(number), _) => visitor.visit_u64(number),
        // -0 is not read as an integer, since its sign would be lost.
        (_, Ok(number)) if number != 0 => visitor.visit_i64(number),
        _ => visitor.visit_newtype_struct(StrDeserializer::new(text)),
    }
}

/// Visits all fields of an object in their order, including duplicates.
fn visit_fields<'de, V: Visitor<'de>>(fields: &'de [(String, Json)], visitor: V) -> Result<V::Value, ShapeError> {
    MapDeserializer::new(fields.iter().map(|(name, value)| (name.as_str(), value))).deserialize_any(visitor)
}

/// Visits the entries of an array. Entries that the type does not consume are an error.
fn visit_entries<'de, V: Visitor<'de>>(entries: &'de [Json], visitor: V) -> Result<V::Value, ShapeError> {
    SeqDeserializer::new(entries.iter()).deserialize_any(visitor)
}

impl<'de> IntoDeserializer<'de, ShapeError> for &'de Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The fields that a struct declares, in the order of the declaration. Missing and null fields are skipped; other
/// fields of the object are ignored.
struct KnownFields<'de> {
    given: &'de [(String, Json)],
    names: slice::Iter<'static, &'static str>,
    name: &'static str,
    value: Value<'de>,
}

impl<'de> MapAccess<'de> for KnownFields<'de> {
    type Error = ShapeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, ShapeError> {
        for name in self.names.by_ref() {
            let mut named = self.given.iter().filter(|(other, _)| other == name).map(|(_, value)| value);
            self.value = match (named.next(), named.next()) {
                (None | Some(Json::Null), None) => continue,
                (Some(value), None) => Value::Single(value),
                (_, Some(_)) => Value::Doubled,
            };
            self.name = name;
            return seed.deserialize(StrDeserializer::new(name)).map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, ShapeError> {
        let value = match self.value {
            Value::Single(value) => seed.deserialize(value),
            Value::Doubled => seed.deserialize(Doubled),
        };
        value.map_err(|error| error.within(self.name))
    }
}

#[derive(Clone, Copy)]
enum Value<'de> {
    Single(&'de Json),
    Doubled,
}

/// Deserialises a duplicated field: always an error.
struct Doubled;

impl<'de> Deserializer<'de> for Doubled {
    type Error = ShapeError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ShapeError> {
        Err(ShapeError::HERE)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// An enum variant's name and content: `"paid"` has the content null, `{"open":{...}}` an object.
struct Variant<'de> {
    name: &'de str,
    payload: &'de Json,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = ShapeError;
    type Variant = &'de Json;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, &'de Json), ShapeError> {
        let name: StrDeserializer<'_, ShapeError> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.payload))
    }
}

impl<'de> VariantAccess<'de> for &'de Json {
    type Error = ShapeError;

    /// Ignores the content, which a later version may have added.
    fn unit_variant(self) -> Result<(), ShapeError> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, ShapeError> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ShapeError> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        self.deserialize_struct("", fields, visitor)
    }
}
