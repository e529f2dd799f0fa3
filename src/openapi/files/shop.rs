//! The fields of the shop's file.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};
use std::borrow::Cow;

use crate::edge::merchant_file::{SiteLink, SitePath};
use crate::edge::palette::{Color, Theme};
use crate::edge::shop_file::{
    MAX_ADDRESS_CHARS, MAX_HEADING_CHARS, MAX_LEGAL_NAME_CHARS, MAX_NAME_CHARS, MAX_TEXT_CHARS,
};
use crate::problem::Locale;
use crate::value::{Email, TimeZone, Ttl};

/// Who sells, how the pages look and what they say. Everything in it is public.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", extend("if" = speaks_english(), "then" = has_english_texts()))]
#[expect(dead_code, reason = "it is described, never made")]
pub(super) struct ShopFileFields {
    /// Where this schema is, for editors.
    #[schemars(rename = "$schema")]
    schema: Option<String>,
    /// The brand, on every page.
    #[schemars(length(min = 1, max = MAX_NAME_CHARS))]
    name: String,
    /// The name of the company or the person who sells.
    #[schemars(length(min = 1, max = MAX_LEGAL_NAME_CHARS))]
    legal_name: Option<String>,
    /// Their RFC: three or four letters, the six digits of a date, and three letters or digits.
    rfc: Option<WrittenRfc>,
    /// Where the shop is, in one line.
    #[schemars(length(min = 1, max = MAX_ADDRESS_CHARS))]
    address: String,
    /// Where customers call. It is shown as it is written here.
    phone: Option<WrittenPhone>,
    /// Where customers write.
    email: WrittenEmail,
    /// The number at which customers write by WhatsApp.
    whatsapp: Option<WrittenPhone>,
    /// The picture beside the name: a path of the shop's site.
    logo: Option<SitePath>,
    /// The picture in tabs of browsers and on home screens: a path of the shop's site.
    icon: Option<SitePath>,
    /// The colors of the pages. All others follow from these.
    colors: Option<ColorsFields>,
    /// The languages of the pages.
    #[schemars(extend("default" = ["es-MX", "en"], "contains" = json!({ "const": "es-MX" })))]
    languages: Option<Vec<Locale>>,
    /// The shop's time zone, a name of the IANA database: by its clock days begin and end.
    #[schemars(extend("default" = TimeZone::DEFAULT_NAME, "examples" = ["America/Tijuana", "America/Cancun"]))]
    time_zone: Option<String>,
    /// What the shop does with personal data: a path of its site, or an https URL.
    privacy_notice: SiteLink,
    /// The terms of sale: a path of the shop's site, or an https URL.
    terms: Option<SiteLink>,
    /// Exchanges and returns: a path of the shop's site, or an https URL.
    returns: Option<SiteLink>,
    /// What the pages say about the shop.
    texts: Option<TextsFields>,
    /// For how many minutes the payment link of an order can be paid.
    #[schemars(range(min = Ttl::MIN.minutes(), max = Ttl::MAX.minutes()), extend("default" = Ttl::HOUR.minutes()))]
    link_minutes: Option<u32>,
    /// `true` if each order must name a shipping method of catalog.json.
    #[schemars(extend("default" = false))]
    shipping_required: Option<bool>,
}

/// Two themes.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is described, never made")]
struct ColorsFields {
    /// The colors of devices in light mode.
    light: Option<LightFields>,
    /// The colors of devices in dark mode.
    dark: Option<DarkFields>,
}

macro_rules! theme_fields {
    ($name:ident, $default:expr) => {
        /// Three colors. Text and accent must be read well on the background: their contrast is at least 4.5 to 1.
        #[derive(JsonSchema)]
        #[expect(dead_code, reason = "it is described, never made")]
        struct $name {
            /// The color of links and buttons.
            #[schemars(extend("default" = $default.accent.to_string()))]
            accent: Option<Color>,
            /// The color of the page.
            #[schemars(extend("default" = $default.background.to_string()))]
            background: Option<Color>,
            /// The color of the text.
            #[schemars(extend("default" = $default.text.to_string()))]
            text: Option<Color>,
        }
    };
}

theme_fields!(LightFields, Theme::LIGHT);
theme_fields!(DarkFields, Theme::DARK);

/// What the pages say about the shop.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is described, never made")]
struct TextsFields {
    /// A few words below the name.
    tagline: Option<Heading>,
    /// The heading of the first page.
    headline: Option<Heading>,
    /// A sentence or two below it.
    lead: Option<Text>,
    /// What search engines and messengers show of the shop.
    description: Option<Text>,
    /// How and when orders are delivered.
    delivery: Option<Text>,
    /// What the prices include, and how to pay.
    payment: Option<Text>,
}

macro_rules! localized_fields {
    ($name:ident, $max:ident) => {
        /// A text in the languages of the shop.
        #[derive(JsonSchema)]
        #[expect(dead_code, reason = "it is described, never made")]
        struct $name {
            /// Spanish.
            #[schemars(rename = "es-MX", length(min = 1, max = $max))]
            es_mx: String,
            /// English; not needed if `languages` has no `en`.
            #[schemars(length(min = 1, max = $max))]
            en: Option<String>,
        }
    };
}

localized_fields!(Heading, MAX_HEADING_CHARS);
localized_fields!(Text, MAX_TEXT_CHARS);

/// A file without `languages` is one of a shop that speaks both.
fn speaks_english() -> Value {
    json!({ "properties": { "languages": { "contains": { "const": "en" } } } })
}

fn has_english_texts() -> Value {
    let text = json!({ "required": ["en"], "properties": { "en": { "type": "string" } } });
    json!({ "properties": { "texts": { "additionalProperties": text } } })
}

/// An e-mail address; the reader knows more about it.
struct WrittenEmail;

impl JsonSchema for WrittenEmail {
    fn schema_name() -> Cow<'static, str> {
        "WrittenEmail".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let pattern = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$";
        json_schema!({ "type": "string", "pattern": pattern, "maxLength": Email::MAX_CHARS })
    }
}

/// A telephone number as people write it: ten digits, or the country code with `+` and the digits.
struct WrittenPhone;

impl JsonSchema for WrittenPhone {
    fn schema_name() -> Cow<'static, str> {
        "WrittenPhone".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let pattern = r"^(\+([ ()./-]*[0-9]){8,15}|([ ()./-]*[0-9]){10,15})[ ()./-]*$";
        json_schema!({ "type": "string", "pattern": pattern })
    }
}

/// An RFC as people write it, with spaces and hyphens.
struct WrittenRfc;

impl JsonSchema for WrittenRfc {
    fn schema_name() -> Cow<'static, str> {
        "WrittenRfc".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[ -]*([A-Za-zÑñ&][ -]*){3,4}([0-9][ -]*){6}([A-Za-z0-9][ -]*){3}$",
        })
    }
}

impl JsonSchema for SiteLink {
    fn schema_name() -> Cow<'static, str> {
        "SiteLink".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(/[^/]|https://.)", "maxLength": Self::MAX_CHARS })
    }
}

impl JsonSchema for Color {
    fn schema_name() -> Cow<'static, str> {
        "Color".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" })
    }
}
