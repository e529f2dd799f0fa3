//! Reads a catalog file and finds all that is wrong with it in one pass.

use super::fields::{
    AVAILABLE, CURRENCY, DESCRIPTION, DESCRIPTION_EN, DESCRIPTION_ES_MX, FILE, FREE_FROM, ITEM, ITEMS, METHOD, NAME,
    NAME_EN, NAME_ES_MX, PICKUP, PICTURE, SHIPPING_AMOUNT, SHIPPING_METHOD, SHIPPING_METHODS, SHIPPING_REQUIRED, SKU,
    UNIT_AMOUNT,
};
use super::{Catalog, CatalogItem, CatalogRules, ItemPage};
use crate::edge::localized_name::LocalizedName;
use crate::edge::merchant_file::{
    Fields, FileError, FilePlace, FileProblemKind, LocalizedText, Prose, Reader, SCHEMA, SitePath,
};
use crate::edge::shipping::ShippingMethod;
use crate::json::Json;
use crate::problem::Locale;
use crate::value::{Amount, Currency, ItemName, ShippingAmount, ShippingMethodCode, Sku};

/// The most items that a catalog may list.
pub const MAX_ITEMS: usize = 1_000;

/// The most shipping methods that a catalog may list.
pub const MAX_SHIPPING_METHODS: usize = 20;

/// The longest description of an item in one language, in characters.
pub const MAX_DESCRIPTION_CHARS: usize = 500;

/// Returns the catalog, and what is said of each of its items.
pub(super) fn read(text: Option<&str>, rules: CatalogRules) -> Result<(Catalog, Vec<ItemPage>), FileError> {
    Reader::read(text, &FILE, |reader, file| Reading { reader, rules }.catalog(file))
}

/// A file that is being read by the rules of its shop.
struct Reading<'reader> {
    reader: &'reader mut Reader,
    rules: CatalogRules,
}

impl Reading<'_> {
    fn catalog(&mut self, file: &Json) -> Option<(Catalog, Vec<ItemPage>)> {
        let fields = self.reader.object(file, &FILE)?;
        let currency = self.reader.required(fields, &CURRENCY);
        let currency = currency.and_then(|value| self.reader.text::<Currency>(value, &CURRENCY));
        let entries = self.reader.required(fields, &ITEMS)?;
        let entries = self.reader.array(entries, &ITEMS)?;
        if entries.len() > MAX_ITEMS {
            return self.reader.refuse(&ITEMS, FileProblemKind::TooManyItems { limit: MAX_ITEMS });
        }
        let mut skus = Vec::with_capacity(entries.len());
        let mut items = Vec::with_capacity(entries.len());
        for entry in entries {
            items.extend(self.item(entry, &mut skus));
            if self.reader.is_full() {
                return None;
            }
        }
        self.reader.place = FilePlace::File;
        let shipping_methods = self.shipping_methods(fields);
        self.reader.place = FilePlace::File;
        if self.reader.optional(fields, &SHIPPING_REQUIRED).is_some() {
            self.reader.report(&SHIPPING_REQUIRED, FileProblemKind::Moved);
        }
        self.reader.report_others(fields, &[&SCHEMA, &CURRENCY, &ITEMS, &SHIPPING_METHODS, &SHIPPING_REQUIRED], &FILE);
        let shipping_methods = shipping_methods?;
        let shipping_required = self.rules.shipping_required;
        if shipping_required && shipping_methods.is_empty() {
            return self.reader.refuse(&SHIPPING_METHODS, FileProblemKind::NoMethods);
        }
        let (items, pages) = items.into_iter().unzip();
        Some((Catalog { currency: currency?, items, shipping_methods, shipping_required }, pages))
    }

    /// Reads the shipping methods; there may be none.
    fn shipping_methods(&mut self, fields: Fields<'_>) -> Option<Vec<ShippingMethod>> {
        let Some(entries) = self.reader.optional(fields, &SHIPPING_METHODS) else {
            return Some(Vec::new());
        };
        let entries = self.reader.array(entries, &SHIPPING_METHODS)?;
        if entries.len() > MAX_SHIPPING_METHODS {
            let kind = FileProblemKind::TooManyMethods { limit: MAX_SHIPPING_METHODS };
            return self.reader.refuse(&SHIPPING_METHODS, kind);
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
        self.reader.place = FilePlace::ShippingMethod { number: codes.len(), method: code };
        let fields = self.reader.object(entry, &SHIPPING_METHOD)?;
        let method = self.reader.required(fields, &METHOD);
        let method = method.and_then(|value| self.reader.text::<ShippingMethodCode>(value, &METHOD));
        if let Some(first) = first {
            self.reader.report(&METHOD, FileProblemKind::MethodRepeated { first: first + 1 });
        }
        let name = self.reader.required(fields, &NAME);
        let name = name.and_then(|value| self.name(value));
        let amount = self.reader.required(fields, &SHIPPING_AMOUNT);
        let amount = amount.and_then(|value| self.reader.amount::<ShippingAmount>(value, &SHIPPING_AMOUNT));
        let free_from = self.reader.optional(fields, &FREE_FROM);
        let free_from = free_from.and_then(|value| self.reader.amount::<Amount>(value, &FREE_FROM));
        let pickup = self.reader.optional(fields, &PICKUP);
        let pickup = pickup.and_then(|value| self.reader.boolean(value, &PICKUP)).unwrap_or_default();
        self.reader.report_others(fields, &[&METHOD, &NAME, &SHIPPING_AMOUNT, &FREE_FROM, &PICKUP], &SHIPPING_METHOD);
        Some(ShippingMethod { method: method?, name: name?, amount: amount?, free_from, pickup })
    }

    /// Reads an item. `skus` are those of the items before it, as far as they can be read.
    fn item(&mut self, entry: &Json, skus: &mut Vec<Option<Sku>>) -> Option<(CatalogItem, ItemPage)> {
        let sku = entry.get("sku").ok().and_then(|sku| sku.text().ok()?.parse::<Sku>().ok());
        // Compared with each other, since a sort would weigh more than the thousand items are worth.
        let first = sku.as_ref().and_then(|sku| skus.iter().position(|other| other.as_ref() == Some(sku)));
        skus.push(sku.clone());
        self.reader.place = FilePlace::Item { number: skus.len(), sku };
        let fields = self.reader.object(entry, &ITEM)?;
        let sku = self.reader.required(fields, &SKU);
        let sku = sku.and_then(|value| self.reader.text::<Sku>(value, &SKU));
        if let Some(first) = first {
            self.reader.report(&SKU, FileProblemKind::SkuRepeated { first: first + 1 });
        }
        let name = self.reader.required(fields, &NAME);
        let name = name.and_then(|value| self.name(value));
        let unit_amount = self.reader.required(fields, &UNIT_AMOUNT);
        let unit_amount = unit_amount.and_then(|value| self.reader.amount::<Amount>(value, &UNIT_AMOUNT));
        let available = self.reader.optional(fields, &AVAILABLE);
        let available = available.and_then(|value| self.reader.boolean(value, &AVAILABLE)).unwrap_or(true);
        let description = self.reader.optional(fields, &DESCRIPTION).and_then(|value| self.description(value));
        let picture = self.reader.optional(fields, &PICTURE);
        let picture = picture.and_then(|value| self.reader.text::<SitePath>(value, &PICTURE));
        self.reader.report_others(fields, &[&SKU, &NAME, &UNIT_AMOUNT, &DESCRIPTION, &PICTURE, &AVAILABLE], &ITEM);
        let item = CatalogItem { sku: sku?, name: name?, unit_amount: unit_amount?, available };
        Some((item, ItemPage { description, picture }))
    }

    /// Reads a name. In a shop that does not speak English the Spanish one stands for both.
    fn name(&mut self, value: &Json) -> Option<LocalizedName> {
        let fields = self.reader.object(value, &NAME)?;
        let es_mx = self.reader.required(fields, &NAME_ES_MX);
        let es_mx = es_mx.and_then(|value| self.reader.text::<ItemName>(value, &NAME_ES_MX));
        self.reader.report_others(fields, &[&NAME_ES_MX, &NAME_EN], &NAME);
        let en = if self.rules.languages.contains(Locale::En) {
            self.reader.required(fields, &NAME_EN)?
        } else {
            match self.reader.optional(fields, &NAME_EN) {
                Some(value) => value,
                None => return es_mx.map(|es_mx| LocalizedName { en: es_mx.clone(), es_mx }),
            }
        };
        let en = self.reader.text::<ItemName>(en, &NAME_EN);
        Some(LocalizedName { es_mx: es_mx?, en: en? })
    }

    /// Reads a description. Either language stands for a missing one.
    fn description(&mut self, value: &Json) -> Option<LocalizedText> {
        let fields = self.reader.object(value, &DESCRIPTION)?;
        let [es_mx, en] = [&DESCRIPTION_ES_MX, &DESCRIPTION_EN].map(|field| {
            let value = self.reader.optional(fields, field)?;
            self.reader.text::<Prose<MAX_DESCRIPTION_CHARS>>(value, field).map(|text| text.0)
        });
        self.reader.report_others(fields, &[&DESCRIPTION_ES_MX, &DESCRIPTION_EN], &DESCRIPTION);
        let either = es_mx.clone().or_else(|| en.clone())?;
        Some(LocalizedText { es_mx: es_mx.unwrap_or_else(|| either.clone()), en: en.unwrap_or(either) })
    }
}
