//! Reads types from the tree, by the rules of [`super`].

use core::fmt::Display;
use core::slice;
use std::collections::BTreeSet;

use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Expected, IntoDeserializer, MapAccess, Unexpected as Found,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::{Json, Unexpected};

/// What a type says of a value that does not fit may repeat the value: it is dropped.
impl Error for Unexpected {
    fn custom<T: Display>(_: T) -> Self {
        Self::HERE
    }

    fn invalid_type(_: Found<'_>, _: &dyn Expected) -> Self {
        Self::HERE
    }

    fn invalid_value(_: Found<'_>, _: &dyn Expected) -> Self {
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
        $(fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
            let Json::Number(text) = self else { return Err(Unexpected::HERE) };
            visitor.$visit(text.parse::<$type>().map_err(|_| Unexpected::HERE)?)
        })*
    };
}

impl<'de> Deserializer<'de> for &'de Json {
    type Error = Unexpected;

    /// A number whose text is not that of an integer of 64 bits is a newtype of its text: the tree keeps it, and no other type takes it.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        match self {
            Json::Null => visitor.visit_unit(),
            Json::Bool(truth) => visitor.visit_bool(*truth),
            Json::Number(text) => visit_number(text, visitor),
            Json::Text(text) => visitor.visit_borrowed_str(text),
            Json::Array(entries) => visit_entries(entries, visitor),
            Json::Object(fields) => visit_fields(fields, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        let Json::Bool(truth) = self else { return Err(Unexpected::HERE) };
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

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        if *self == Json::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        let Json::Array(entries) = self else { return Err(Unexpected::HERE) };
        visit_entries(entries, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unexpected> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unexpected> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unexpected> {
        let Json::Object(given) = self else { return Err(Unexpected::HERE) };
        visitor.visit_map(KnownFields { given, names: fields.iter(), name: "", value: Value::Doubled })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unexpected> {
        let (name, payload) = match self {
            Json::Text(name) => (name, &Json::Null),
            Json::Object(fields) => match fields.as_slice() {
                [(name, payload)] => (name, payload),
                _ => return Err(Unexpected::HERE),
            },
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => return Err(Unexpected::HERE),
        };
        visitor.visit_enum(Variant { name, payload })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        let Json::Object(fields) = self else { return Err(Unexpected::HERE) };
        let names: BTreeSet<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        if names.len() < fields.len() {
            return Err(Unexpected::HERE);
        }
        visit_fields(fields, visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        if *self == Json::Null { visitor.visit_unit() } else { Err(Unexpected::HERE) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unexpected> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        self.deserialize_str(visitor)
    }

    forward_to_deserialize_any! { i128 u128 f32 f64 char bytes byte_buf ignored_any }
}

fn visit_number<'de, V: Visitor<'de>>(text: &'de str, visitor: V) -> Result<V::Value, Unexpected> {
    match (text.parse::<u64>(), text.parse::<i64>()) {
        (Ok(number), _) => visitor.visit_u64(number),
        // -0 is no integer: its sign would be lost.
        (_, Ok(number)) if number != 0 => visitor.visit_i64(number),
        _ => visitor.visit_newtype_struct(StrDeserializer::new(text)),
    }
}

/// All fields of an object in their order, also those that share a name.
fn visit_fields<'de, V: Visitor<'de>>(fields: &'de [(String, Json)], visitor: V) -> Result<V::Value, Unexpected> {
    MapDeserializer::new(fields.iter().map(|(name, value)| (name.as_str(), value))).deserialize_any(visitor)
}

/// What an array has beside what the type takes is not passed over.
fn visit_entries<'de, V: Visitor<'de>>(entries: &'de [Json], visitor: V) -> Result<V::Value, Unexpected> {
    SeqDeserializer::new(entries.iter()).deserialize_any(visitor)
}

impl<'de> IntoDeserializer<'de, Unexpected> for &'de Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The fields that a type knows, in its order: those that are missing or null are passed over, others are not even looked at.
struct KnownFields<'de> {
    given: &'de [(String, Json)],
    names: slice::Iter<'static, &'static str>,
    name: &'static str,
    value: Value<'de>,
}

impl<'de> MapAccess<'de> for KnownFields<'de> {
    type Error = Unexpected;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unexpected> {
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

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unexpected> {
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

/// A field that appears twice, which no type takes.
struct Doubled;

impl<'de> Deserializer<'de> for Doubled {
    type Error = Unexpected;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unexpected> {
        Err(Unexpected::HERE)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A variant's name, and what it holds: `"paid"` holds null, `{"open":{...}}` an object.
struct Variant<'de> {
    name: &'de str,
    payload: &'de Json,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Unexpected;
    type Variant = &'de Json;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, &'de Json), Unexpected> {
        let name: StrDeserializer<'_, Unexpected> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.payload))
    }
}

impl<'de> VariantAccess<'de> for &'de Json {
    type Error = Unexpected;

    /// Whatever it holds: a later version may have given it something to hold.
    fn unit_variant(self) -> Result<(), Unexpected> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unexpected> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unexpected> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unexpected> {
        self.deserialize_struct("", fields, visitor)
    }
}
