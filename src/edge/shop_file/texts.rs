//! What the pages say about the shop.

use super::fields::{DELIVERY, DESCRIPTION, HEADLINE, LEAD, PAYMENT, TAGLINE, TEXTS, TextFields};
use crate::edge::catalog::Languages;
use crate::edge::merchant_file::{Fields, LocalizedText, Prose, Reader};
use crate::json::Json;

/// The longest heading in one language, in characters.
pub const MAX_HEADING_CHARS: usize = 80;

/// The longest other text in one language, in characters.
pub const MAX_TEXT_CHARS: usize = 300;

/// What the pages say about the shop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShopTexts {
    /// A few words below the name.
    pub tagline: Option<LocalizedText>,
    /// The heading of the first page.
    pub headline: Option<LocalizedText>,
    /// The sentences below it.
    pub lead: Option<LocalizedText>,
    /// What search engines and messengers show of the shop.
    pub description: Option<LocalizedText>,
    /// How and when orders are delivered.
    pub delivery: Option<LocalizedText>,
    /// Taxes and instalments.
    pub payment: Option<LocalizedText>,
}

/// Reads the texts. Those that cannot be read are reported.
pub(super) fn read(reader: &mut Reader, value: &Json, languages: Languages) -> ShopTexts {
    let Some(fields) = reader.object(value, &TEXTS) else { return ShopTexts::default() };
    let texts = ShopTexts {
        tagline: text::<MAX_HEADING_CHARS>(reader, fields, &TAGLINE, languages),
        headline: text::<MAX_HEADING_CHARS>(reader, fields, &HEADLINE, languages),
        lead: text::<MAX_TEXT_CHARS>(reader, fields, &LEAD, languages),
        description: text::<MAX_TEXT_CHARS>(reader, fields, &DESCRIPTION, languages),
        delivery: text::<MAX_TEXT_CHARS>(reader, fields, &DELIVERY, languages),
        payment: text::<MAX_TEXT_CHARS>(reader, fields, &PAYMENT, languages),
    };
    let known = [&TAGLINE, &HEADLINE, &LEAD, &DESCRIPTION, &DELIVERY, &PAYMENT].map(|names| &names.text);
    reader.report_others(fields, &known, &TEXTS);
    texts
}

fn text<const MAX_CHARS: usize>(
    reader: &mut Reader,
    fields: Fields<'_>,
    names: &'static TextFields,
    languages: Languages,
) -> Option<LocalizedText> {
    let value = reader.optional(fields, &names.text)?;
    let written = reader.object(value, &names.text)?;
    let es_mx = reader.required(written, &names.es_mx);
    let es_mx = es_mx.and_then(|value| reader.text::<Prose<MAX_CHARS>>(value, &names.es_mx));
    let en = match languages {
        Languages::Both => reader.required(written, &names.en),
        Languages::Spanish => reader.optional(written, &names.en),
    };
    let en = en.and_then(|value| reader.text::<Prose<MAX_CHARS>>(value, &names.en));
    reader.report_others(written, &[&names.es_mx, &names.en], &names.text);
    let es_mx = es_mx?.0;
    Some(LocalizedText { en: en.map_or_else(|| es_mx.clone(), |en| en.0), es_mx })
}
