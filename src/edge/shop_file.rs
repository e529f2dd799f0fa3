//! Who sells, how the pages look and what they say: the merchant's file `shop/shop.json`.
//!
//! The build of the site and the Worker read the file by [`ShopFile::parse`], which reports everything that is wrong with it
//! ([`FileError`]).
//!
//! ```json
//! {
//!   "name": "Taller Nube",
//!   "address": "Calle 60 491, Centro, 97000 Mérida, Yucatán",
//!   "email": "hola@tallernube.example",
//!   "privacyNotice": "/aviso-de-privacidad.html",
//!   "colors": { "light": { "accent": "#0b5c66" } },
//!   "languages": ["es-MX"],
//!   "texts": { "tagline": { "es-MX": "barro y palma" } }
//! }
//! ```
//!
//! Everything in it is public: it is a file of the site.

use super::catalog::{CatalogRules, Languages};
use super::merchant_file::{FileError, SiteLink, SitePath};
use crate::value::{Email, Origin, Rfc, TimeZone, Ttl, percent};

mod colors;
mod fields;
mod phone;
mod read;
mod texts;
mod view;

pub use colors::ShopColors;
pub use phone::ShopPhone;
pub use read::{MAX_ADDRESS_CHARS, MAX_LEGAL_NAME_CHARS, MAX_NAME_CHARS};
pub use texts::{MAX_HEADING_CHARS, MAX_TEXT_CHARS, ShopTexts};
pub use view::SellerView;

/// The shop's file.
///
/// ```
/// use compago::edge::ShopFile;
///
/// let shop = ShopFile::parse(
///     r#"{"name":"Taller Nube","address":"Calle 60 491, Mérida","email":"hola@tallernube.example","privacyNotice":"/aviso.html"}"#,
/// )?;
/// assert_eq!(shop.name, "Taller Nube");
/// assert_eq!(shop.time_zone.name(), "America/Mexico_City");
/// # Ok::<(), compago::edge::FileError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShopFile {
    /// The brand.
    pub name: String,
    /// The name of the company or the person who sells.
    pub legal_name: Option<String>,
    /// Their tax id.
    pub rfc: Option<Rfc>,
    /// Where the shop is.
    pub address: String,
    /// Where customers call.
    pub phone: Option<ShopPhone>,
    /// Where customers write.
    pub email: Email,
    /// Where customers write by WhatsApp.
    pub whatsapp: Option<ShopPhone>,
    /// The picture beside the name.
    pub logo: Option<SitePath>,
    /// The picture in tabs of browsers and on home screens.
    pub icon: Option<SitePath>,
    /// The colors of the pages.
    pub colors: ShopColors,
    /// The languages of the pages.
    pub languages: Languages,
    /// By whose clock days begin and end.
    pub time_zone: TimeZone,
    /// What the shop does with personal data.
    pub privacy_notice: SiteLink,
    /// The terms of sale.
    pub terms: Option<SiteLink>,
    /// How to exchange and return what was bought.
    pub returns: Option<SiteLink>,
    /// What the pages say about the shop.
    pub texts: ShopTexts,
    /// The lifetime of the payment link of an order.
    pub link_life: Ttl,
    /// Whether each order must name a shipping method.
    pub shipping_required: bool,
}

impl ShopFile {
    /// Reads the text of the file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        Self::parse_file(Some(text))
    }

    /// The same for a file that may not be there.
    ///
    /// # Errors
    ///
    /// Also that there is none.
    pub fn parse_file(text: Option<&str>) -> Result<Self, FileError> {
        read::read(text)
    }

    /// Returns what the file decides about the catalog.
    #[must_use]
    pub const fn catalog_rules(&self) -> CatalogRules {
        CatalogRules { languages: self.languages, shipping_required: self.shipping_required }
    }

    /// Returns the `mailto:` link to write to the shop.
    #[must_use]
    pub fn email_link(&self) -> String {
        let address: Vec<String> = self.email.as_str().split('@').map(percent::encode).collect();
        format!("mailto:{}", address.join("@"))
    }

    /// Returns who sells, as answers show it, with the links of a site of that origin.
    #[must_use]
    pub fn seller(&self, origin: &Origin) -> SellerView {
        SellerView::new(self, origin)
    }
}
