//! Reads a catalog file and finds all that is wrong with it in one pass.

use core::str::FromStr;

use super::error::{CatalogError, CatalogPlace, CatalogProblem};
use super::field::CatalogField;
use super::kind::CatalogProblemKind;
use super::{Catalog, CatalogItem};
use crate::edge::localized_name::LocalizedName;
use crate::edge::shipping::ShippingMethod;
use crate::json::{self, Json, Malformed};
use crate::value::text::clean;
use crate::value::{Amount, Currency, ItemName, ShippingAmount, ShippingMethodCode, Sku, TextError};

/// The most items that a catalog may list.
pub const MAX_ITEMS: usize = 1_000;

/// The most shipping methods that a catalog may list.
pub const MAX_SHIPPING_METHODS: usize = 20;

/// The longest description of an item in one language, in characters.
pub const MAX_DESCRIPTION_CHARS: usize = 500;

/// The longest path of a picture, in characters.
pub const MAX_PICTURE_CHARS: usize = 200;

pub(super) fn read(text: &str) -> Result<Catalog, CatalogError> {
    // Editors on Windows write one, and browsers and Workers leave it out of what they read.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(CatalogError::of_file(CatalogPlace::File, CatalogProblemKind::EmptyFile));
    }
    let file = json::parse(text).map_err(|malformed| not_json(text, malformed))?;
    let mut found = Found { place: CatalogPlace::File, problems: Vec::new() };
    let catalog = found.catalog(&file);
    // Whatever is not read has been reported.
    catalog.filter(|_| found.problems.is_empty()).ok_or(CatalogError::of(found.problems))
}

/// What is wrong so far, and with what the reading goes on.
struct Found {
    place: CatalogPlace,
    problems: Vec<CatalogProblem>,
}

impl Found {
    fn catalog(&mut self, file: &Json) -> Option<Catalog> {
        let fields = self.object(file, CatalogField::File)?;
        let currency = self.required(fields, "currency", CatalogField::Currency);
        let currency = currency.and_then(|value| self.text::<Currency>(value, CatalogField::Currency));
        let entries = self.required(fields, "items", CatalogField::Items)?;
        let Json::Array(entries) = entries else {
            return self.refuse(CatalogField::Items, CatalogProblemKind::NotArray);
        };
        if entries.len() > MAX_ITEMS {
            return self.refuse(CatalogField::Items, CatalogProblemKind::TooManyItems { limit: MAX_ITEMS });
        }
        let mut skus = Vec::with_capacity(entries.len());
        let mut items = Vec::with_capacity(entries.len());
        for entry in entries {
            items.extend(self.item(entry, &mut skus));
            if self.problems.len() >= CatalogError::MAX_PROBLEMS {
                self.problems.truncate(CatalogError::MAX_PROBLEMS);
                return None;
            }
        }
        self.place = CatalogPlace::File;
        let shipping_methods = self.shipping_methods(fields);
        self.place = CatalogPlace::File;
        let required = self.optional(fields, "shippingRequired", CatalogField::ShippingRequired);
        let shipping_required = match required.map(|value| self.boolean(value, CatalogField::ShippingRequired)) {
            Some(required) => required?,
            None => false,
        };
        let shipping_methods = shipping_methods?;
        if shipping_required && shipping_methods.is_empty() {
            return self.refuse(CatalogField::ShippingRequired, CatalogProblemKind::NoMethods);
        }
        self.problems.truncate(CatalogError::MAX_PROBLEMS);
        Some(Catalog { currency: currency?, items, shipping_methods, shipping_required })
    }

    /// Reads the shipping methods; there may be none.
    fn shipping_methods(&mut self, fields: &[(String, Json)]) -> Option<Vec<ShippingMethod>> {
        let Some(entries) = self.optional(fields, "shippingMethods", CatalogField::ShippingMethods) else {
            return Some(Vec::new());
        };
        let Json::Array(entries) = entries else {
            return self.refuse(CatalogField::ShippingMethods, CatalogProblemKind::NotArray);
        };
        if entries.len() > MAX_SHIPPING_METHODS {
            let kind = CatalogProblemKind::TooManyMethods { limit: MAX_SHIPPING_METHODS };
            return self.refuse(CatalogField::ShippingMethods, kind);
        }
        let mut codes = Vec::with_capacity(entries.len());
        let methods: Vec<_> = entries.iter().map(|entry| self.shipping_method(entry, &mut codes)).collect();
        methods.into_iter().collect()
    }

    /// Reads a shipping method. `codes` are those of the ones before it, as far as they can be read.
    fn shipping_method(&mut self, entry: &Json, codes: &mut Vec<Option<ShippingMethodCode>>) -> Option<ShippingMethod> {
        let code = entry.get("method").ok().and_then(|code| code.text().ok()?.parse::<ShippingMethodCode>().ok());
        let first = code.as_ref().and_then(|code| codes.iter().position(|other| other.as_ref() == Some(code)));
        codes.push(code.clone());
        self.place = CatalogPlace::ShippingMethod { number: codes.len(), method: code };
        let fields = self.object(entry, CatalogField::ShippingMethod)?;
        let method = self.required(fields, "method", CatalogField::Method);
        let method = method.and_then(|value| self.text::<ShippingMethodCode>(value, CatalogField::Method));
        if let Some(first) = first {
            self.report(CatalogField::Method, CatalogProblemKind::MethodRepeated { first: first + 1 });
        }
        let name = self.required(fields, "name", CatalogField::Name);
        let name = name.and_then(|value| self.name(value));
        let amount = self.required(fields, "amount", CatalogField::ShippingAmount);
        let amount = amount.and_then(|value| self.amount::<ShippingAmount>(value, CatalogField::ShippingAmount));
        let free_from = self.optional(fields, "freeFrom", CatalogField::FreeFrom);
        let free_from = free_from.and_then(|value| self.amount::<Amount>(value, CatalogField::FreeFrom));
        let pickup = self.optional(fields, "pickup", CatalogField::Pickup);
        let pickup = pickup.and_then(|value| self.boolean(value, CatalogField::Pickup)).unwrap_or_default();
        Some(ShippingMethod { method: method?, name: name?, amount: amount?, free_from, pickup })
    }

    /// Reads an item. `skus` are those of the items before it, as far as they can be read.
    fn item(&mut self, entry: &Json, skus: &mut Vec<Option<Sku>>) -> Option<CatalogItem> {
        let sku = entry.get("sku").ok().and_then(|sku| sku.text().ok()?.parse::<Sku>().ok());
        // Compared with each other, since a sort would weigh more than the thousand items are worth.
        let first = sku.as_ref().and_then(|sku| skus.iter().position(|other| other.as_ref() == Some(sku)));
        skus.push(sku.clone());
        self.place = CatalogPlace::Item { number: skus.len(), sku };
        let fields = self.object(entry, CatalogField::Item)?;
        let sku = self.required(fields, "sku", CatalogField::Sku);
        let sku = sku.and_then(|value| self.text::<Sku>(value, CatalogField::Sku));
        if let Some(first) = first {
            self.report(CatalogField::Sku, CatalogProblemKind::SkuRepeated { first: first + 1 });
        }
        let name = self.required(fields, "name", CatalogField::Name);
        let name = name.and_then(|value| self.name(value));
        let unit_amount = self.required(fields, "unitAmount", CatalogField::UnitAmount);
        let unit_amount = unit_amount.and_then(|value| self.amount::<Amount>(value, CatalogField::UnitAmount));
        let available = self.optional(fields, "available", CatalogField::Available);
        let available = available.and_then(|value| self.boolean(value, CatalogField::Available)).unwrap_or(true);
        if let Some(value) = self.optional(fields, "description", CatalogField::Description) {
            self.description(value);
        }
        if let Some(value) = self.optional(fields, "picture", CatalogField::Picture) {
            self.text::<PicturePath>(value, CatalogField::Picture);
        }
        Some(CatalogItem { sku: sku?, name: name?, unit_amount: unit_amount?, available })
    }

    fn name(&mut self, value: &Json) -> Option<LocalizedName> {
        let fields = self.object(value, CatalogField::Name)?;
        let mut named = |name, field| {
            let value = self.required(fields, name, field)?;
            self.text::<ItemName>(value, field)
        };
        let es_mx = named("es-MX", CatalogField::NameEsMx);
        let en = named("en", CatalogField::NameEn);
        Some(LocalizedName { es_mx: es_mx?, en: en? })
    }

    /// Pages show the other language where one is missing.
    fn description(&mut self, value: &Json) -> Option<()> {
        let fields = self.object(value, CatalogField::Description)?;
        for (name, field) in [("es-MX", CatalogField::DescriptionEsMx), ("en", CatalogField::DescriptionEn)] {
            if let Some(value) = self.optional(fields, name, field) {
                self.text::<ItemDescription>(value, field);
            }
        }
        Some(())
    }

    /// A price. As a number it would be what a reader of JSON makes of it, and pages read text.
    fn amount<T>(&mut self, value: &Json, field: CatalogField) -> Option<T>
    where
        T: FromStr,
        CatalogProblemKind: From<T::Err>,
    {
        if matches!(value, Json::Number(_)) {
            return self.refuse(field, CatalogProblemKind::AmountIsNumber);
        }
        self.text(value, field)
    }

    fn boolean(&mut self, value: &Json, field: CatalogField) -> Option<bool> {
        let Json::Bool(truth) = value else { return self.refuse(field, CatalogProblemKind::NotBoolean) };
        Some(*truth)
    }

    fn text<T>(&mut self, value: &Json, field: CatalogField) -> Option<T>
    where
        T: FromStr,
        CatalogProblemKind: From<T::Err>,
    {
        let Ok(text) = value.text() else { return self.refuse(field, CatalogProblemKind::NotText) };
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => self.refuse(field, CatalogProblemKind::from(error)),
        }
    }

    fn object<'file>(&mut self, value: &'file Json, field: CatalogField) -> Option<&'file [(String, Json)]> {
        let Json::Object(fields) = value else { return self.refuse(field, CatalogProblemKind::NotObject) };
        Some(fields)
    }

    fn required<'file>(
        &mut self,
        fields: &'file [(String, Json)],
        name: &str,
        field: CatalogField,
    ) -> Option<&'file Json> {
        let value = self.optional(fields, name, field);
        if value.is_none() {
            self.report(field, CatalogProblemKind::Missing);
        }
        value
    }

    /// A field that may be missing; null is the same. Which of two another program would read is not known.
    fn optional<'file>(
        &mut self,
        fields: &'file [(String, Json)],
        name: &str,
        field: CatalogField,
    ) -> Option<&'file Json> {
        let mut named = fields.iter().filter(|(other, _)| other == name).map(|(_, value)| value);
        let value = named.next()?;
        if named.next().is_some() {
            self.report(field, CatalogProblemKind::Doubled);
        }
        Some(value).filter(|value| **value != Json::Null)
    }

    fn refuse<T>(&mut self, field: CatalogField, kind: CatalogProblemKind) -> Option<T> {
        self.report(field, kind);
        None
    }

    fn report(&mut self, field: CatalogField, kind: CatalogProblemKind) {
        self.problems.push(CatalogProblem { place: self.place.clone(), field, kind });
    }
}

/// What pages say of an item.
struct ItemDescription;

impl FromStr for ItemDescription {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        clean(text, MAX_DESCRIPTION_CHARS).map(|_| Self)
    }
}

/// Where a picture is: a path on the shop's own site, which is where its pages may load pictures from.
struct PicturePath;

impl FromStr for PicturePath {
    type Err = CatalogProblemKind;

    fn from_str(text: &str) -> Result<Self, CatalogProblemKind> {
        if text.chars().count() > MAX_PICTURE_CHARS {
            return Err(CatalogProblemKind::TooLong { limit: MAX_PICTURE_CHARS });
        }
        let is_path = text.starts_with('/') && !text.starts_with("//") && text.len() > 1;
        let is_plain = text.chars().all(|character| !character.is_control() && character != '\\');
        if is_path && is_plain { Ok(Self) } else { Err(CatalogProblemKind::PicturePath) }
    }
}

/// Where a text is no JSON any more: at a comma that is one too many, or where the reading ended.
fn not_json(text: &str, Malformed { at }: Malformed) -> CatalogError {
    let before = text.get(..at).unwrap_or(text);
    let closes = text.get(at..).is_some_and(|rest| rest.starts_with([']', '}']));
    let (kind, before) = match before.trim_end().strip_suffix(',') {
        Some(before) if closes => (CatalogProblemKind::TrailingComma, before),
        Some(_) | None => (CatalogProblemKind::NotJson, before),
    };
    let line = before.split('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    CatalogError::of_file(CatalogPlace::Text { line, column }, kind)
}
