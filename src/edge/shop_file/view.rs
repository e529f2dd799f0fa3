//! Who sells, as answers show it.

use serde::{Deserialize, Serialize};

use super::ShopFile;
use crate::problem::Locale;
use crate::value::{Email, Origin, Rfc};

/// Who sells, for customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Seller"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SellerView {
    /// The brand.
    pub name: String,
    /// The name of the company or the person who sells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_name: Option<String>,
    /// Their tax id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rfc: Option<Rfc>,
    /// Where the shop is.
    pub address: String,
    /// Where customers call, as the shop writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Where customers write.
    pub email: Email,
    /// Where customers write by WhatsApp, as the shop writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whatsapp: Option<String>,
    /// The languages of the pages.
    pub languages: Vec<Locale>,
    /// The shop's time zone: a name of the IANA time zone database.
    pub time_zone: String,
    /// The URL of the privacy notice.
    pub privacy_notice: String,
    /// The URL of the terms of sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// The URL of the page about exchanges and returns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<String>,
}

impl SellerView {
    pub(super) fn new(shop: &ShopFile, origin: &Origin) -> Self {
        Self {
            name: shop.name.clone(),
            legal_name: shop.legal_name.clone(),
            rfc: shop.rfc.clone(),
            address: shop.address.clone(),
            phone: shop.phone.as_ref().map(|phone| phone.written.clone()),
            email: shop.email.clone(),
            whatsapp: shop.whatsapp.as_ref().map(|phone| phone.written.clone()),
            languages: shop.languages.as_slice().to_vec(),
            time_zone: shop.time_zone.name().to_owned(),
            privacy_notice: shop.privacy_notice.on(origin),
            terms: shop.terms.as_ref().map(|link| link.on(origin)),
            returns: shop.returns.as_ref().map(|link| link.on(origin)),
        }
    }
}
