//! The merchant's files as the pages show them.

use compago::edge::{Catalog, CatalogItem, CatalogRules, ItemPage, Languages, LocalizedText, ShopFile, SitePath};
use compago::problem::Locale;
use compago::value::{Amount, Sku};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::js_value::to_js;

/// Returns the shop's file as the pages show it: texts cleaned, with what a file need not say, links to dial and to
/// write; null for what it does not say. Undefined if its text has a mistake.
#[wasm_bindgen(js_name = shopValues)]
pub fn shop_values(text: &str) -> JsValue {
    let Ok(shop) = ShopFile::parse(text) else { return JsValue::UNDEFINED };
    let languages = shop.languages;
    to_js(&ShopValues {
        name: &shop.name,
        legal_name: shop.legal_name.as_deref(),
        rfc: shop.rfc.as_ref().map(ToString::to_string),
        address: &shop.address,
        phone: shop.phone.as_ref().map(|phone| phone.written.as_str()),
        phone_link: shop.phone.as_ref().map(|phone| phone.call_link()),
        email: shop.email.as_str(),
        email_link: shop.email_link(),
        whatsapp: shop.whatsapp.as_ref().map(|phone| phone.written.as_str()),
        whatsapp_link: shop.whatsapp.as_ref().map(|phone| phone.chat_link()),
        logo: shop.logo.as_ref().map(SitePath::as_str),
        icon: shop.icon.as_ref().map(SitePath::as_str),
        languages: languages.as_slice(),
        time_zone: shop.time_zone.name(),
        privacy_notice: shop.privacy_notice.as_str(),
        terms: shop.terms.as_ref().map(|link| link.as_str()),
        returns: shop.returns.as_ref().map(|link| link.as_str()),
        texts: TextsValues {
            tagline: Said::some(&shop.texts.tagline, languages),
            headline: Said::some(&shop.texts.headline, languages),
            lead: Said::some(&shop.texts.lead, languages),
            description: Said::some(&shop.texts.description, languages),
            delivery: Said::some(&shop.texts.delivery, languages),
            payment: Said::some(&shop.texts.payment, languages),
        },
        link_minutes: shop.link_life.minutes(),
        shipping_required: shop.shipping_required,
    })
}

/// Returns the items of a catalog file as the pages show them, by the rules of a shop's file: `{ items }`, with null for
/// what an item does not say. Undefined if one of the texts has a mistake.
#[wasm_bindgen(js_name = catalogValues)]
pub fn catalog_values(text: &str, shop: &str) -> JsValue {
    let Ok(shop) = ShopFile::parse(shop) else { return JsValue::UNDEFINED };
    let rules: CatalogRules = shop.catalog_rules();
    let Ok((catalog, pages)) = Catalog::parse_with_pages(Some(text), rules) else { return JsValue::UNDEFINED };
    let items = catalog.items().iter().zip(&pages).map(|(item, page)| ItemValues::of(item, page, shop.languages));
    to_js(&CatalogValues { items: items.collect() })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShopValues<'shop> {
    name: &'shop str,
    legal_name: Option<&'shop str>,
    rfc: Option<String>,
    address: &'shop str,
    phone: Option<&'shop str>,
    phone_link: Option<String>,
    email: &'shop str,
    email_link: String,
    whatsapp: Option<&'shop str>,
    whatsapp_link: Option<String>,
    logo: Option<&'shop str>,
    icon: Option<&'shop str>,
    languages: &'shop [Locale],
    time_zone: &'shop str,
    privacy_notice: &'shop str,
    terms: Option<&'shop str>,
    returns: Option<&'shop str>,
    texts: TextsValues<'shop>,
    link_minutes: u32,
    shipping_required: bool,
}

#[derive(Serialize)]
struct TextsValues<'shop> {
    tagline: Option<Said<'shop>>,
    headline: Option<Said<'shop>>,
    lead: Option<Said<'shop>>,
    description: Option<Said<'shop>>,
    delivery: Option<Said<'shop>>,
    payment: Option<Said<'shop>>,
}

#[derive(Serialize)]
struct CatalogValues<'catalog> {
    items: Vec<ItemValues<'catalog>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemValues<'catalog> {
    sku: &'catalog Sku,
    name: Said<'catalog>,
    unit_amount: Amount,
    description: Option<Said<'catalog>>,
    picture: Option<&'catalog str>,
    available: bool,
}

impl<'catalog> ItemValues<'catalog> {
    fn of(item: &'catalog CatalogItem, page: &'catalog ItemPage, languages: Languages) -> Self {
        Self {
            sku: &item.sku,
            name: Said::new(item.name.es_mx.as_str(), item.name.en.as_str(), languages),
            unit_amount: item.unit_amount,
            description: Said::some(&page.description, languages),
            picture: page.picture.as_ref().map(SitePath::as_str),
            available: item.available,
        }
    }
}

/// A text in the languages of the shop.
#[derive(Serialize)]
struct Said<'text> {
    es: &'text str,
    /// Null if the shop does not speak English.
    en: Option<&'text str>,
}

impl<'text> Said<'text> {
    fn new(es: &'text str, en: &'text str, languages: Languages) -> Self {
        Self { es, en: languages.contains(Locale::En).then_some(en) }
    }

    fn some(text: &'text Option<LocalizedText>, languages: Languages) -> Option<Self> {
        text.as_ref().map(|text| Self::new(&text.es_mx, &text.en, languages))
    }
}
