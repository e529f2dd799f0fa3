//! Reads the shop's file and finds all that is wrong with it in one pass.

use core::str::FromStr;

use super::ShopFile;
use super::colors::{Chosen, ShopColors};
use super::fields::{
    ADDRESS, COLORS, DARK, EMAIL, FILE, ICON, LANGUAGES, LEGAL_NAME, LIGHT, LINK_MINUTES, LOGO, NAME, PHONE,
    PRIVACY_NOTICE, RETURNS, RFC, SHIPPING_REQUIRED, TERMS, TEXTS, TIME_ZONE, ThemeFields, WHATSAPP,
};
use super::phone::ShopPhone;
use crate::edge::catalog::Languages;
use crate::edge::merchant_file::{
    Fields, FileError, FileField, FileProblemKind, Prose, Reader, SCHEMA, SiteLink, SitePath,
};
use crate::edge::palette::{Color, Theme, TooClose};
use crate::json::Json;
use crate::problem::Locale;
use crate::value::{Email, Rfc, TimeZone, Ttl};

/// The longest name of a shop, in characters.
pub const MAX_NAME_CHARS: usize = 60;

/// The longest legal name, in characters.
pub const MAX_LEGAL_NAME_CHARS: usize = 120;

/// The longest address, in characters.
pub const MAX_ADDRESS_CHARS: usize = 200;

/// All fields of the file.
static KNOWN: [&FileField; 19] = [
    &SCHEMA,
    &NAME,
    &LEGAL_NAME,
    &RFC,
    &ADDRESS,
    &PHONE,
    &EMAIL,
    &WHATSAPP,
    &LOGO,
    &ICON,
    &COLORS,
    &LANGUAGES,
    &TIME_ZONE,
    &PRIVACY_NOTICE,
    &TERMS,
    &RETURNS,
    &TEXTS,
    &LINK_MINUTES,
    &SHIPPING_REQUIRED,
];

pub(super) fn read(text: Option<&str>) -> Result<ShopFile, FileError> {
    Reader::read(text, &FILE, shop)
}

fn shop(reader: &mut Reader, file: &Json) -> Option<ShopFile> {
    let fields = reader.object(file, &FILE)?;
    let name = required::<Prose<MAX_NAME_CHARS>>(reader, fields, &NAME);
    let legal_name = optional::<Prose<MAX_LEGAL_NAME_CHARS>>(reader, fields, &LEGAL_NAME);
    let rfc = optional::<Rfc>(reader, fields, &RFC);
    let address = required::<Prose<MAX_ADDRESS_CHARS>>(reader, fields, &ADDRESS);
    let phone = optional::<ShopPhone>(reader, fields, &PHONE);
    let email = required::<Email>(reader, fields, &EMAIL);
    let whatsapp = optional::<ShopPhone>(reader, fields, &WHATSAPP);
    let logo = optional::<SitePath>(reader, fields, &LOGO);
    let icon = optional::<SitePath>(reader, fields, &ICON);
    let colors = reader.optional(fields, &COLORS).map(|value| colors(reader, value)).unwrap_or_default();
    let languages = reader.optional(fields, &LANGUAGES).and_then(|value| languages(reader, value)).unwrap_or_default();
    let time_zone = optional::<TimeZone>(reader, fields, &TIME_ZONE).unwrap_or_default();
    let privacy_notice = required::<SiteLink>(reader, fields, &PRIVACY_NOTICE);
    let terms = optional::<SiteLink>(reader, fields, &TERMS);
    let returns = optional::<SiteLink>(reader, fields, &RETURNS);
    let texts = reader.optional(fields, &TEXTS).map(|value| super::texts::read(reader, value, languages));
    let link_life = reader.optional(fields, &LINK_MINUTES).and_then(|value| link_life(reader, value));
    let shipping_required = reader.optional(fields, &SHIPPING_REQUIRED);
    let shipping_required = shipping_required.and_then(|value| reader.boolean(value, &SHIPPING_REQUIRED));
    reader.report_others(fields, &KNOWN, &FILE);
    Some(ShopFile {
        name: name?.0,
        legal_name: legal_name.map(|name| name.0),
        rfc,
        address: address?.0,
        phone,
        email: email?,
        whatsapp,
        logo,
        icon,
        colors,
        languages,
        time_zone,
        privacy_notice: privacy_notice?,
        terms,
        returns,
        texts: texts.unwrap_or_default(),
        link_life: link_life.unwrap_or(Ttl::HOUR),
        shipping_required: shipping_required.unwrap_or_default(),
    })
}

fn required<T>(reader: &mut Reader, fields: Fields<'_>, field: &'static FileField) -> Option<T>
where
    T: FromStr,
    FileProblemKind: From<T::Err>,
{
    let value = reader.required(fields, field)?;
    reader.text(value, field)
}

fn optional<T>(reader: &mut Reader, fields: Fields<'_>, field: &'static FileField) -> Option<T>
where
    T: FromStr,
    FileProblemKind: From<T::Err>,
{
    let value = reader.optional(fields, field)?;
    reader.text(value, field)
}

fn languages(reader: &mut Reader, value: &Json) -> Option<Languages> {
    let entries = reader.array(value, &LANGUAGES)?;
    let mut spoken = Vec::with_capacity(entries.len());
    for entry in entries {
        let known = Locale::ALL.iter().find(|locale| entry.text() == Ok(locale.as_str()));
        let Some(locale) = known else { return reader.refuse(&LANGUAGES, FileProblemKind::Language) };
        spoken.push(*locale);
    }
    if !spoken.contains(&Locale::EsMx) {
        return reader.refuse(&LANGUAGES, FileProblemKind::NoSpanish);
    }
    Some(if spoken.contains(&Locale::En) { Languages::Both } else { Languages::Spanish })
}

fn link_life(reader: &mut Reader, value: &Json) -> Option<Ttl> {
    let minutes = reader.number(value, &LINK_MINUTES)?;
    let out_of_range = FileProblemKind::OutOfRange { min: Ttl::MIN.minutes(), max: Ttl::MAX.minutes() };
    Ttl::from_minutes(minutes).ok().or_else(|| reader.refuse(&LINK_MINUTES, out_of_range))
}

fn colors(reader: &mut Reader, value: &Json) -> ShopColors {
    let Some(fields) = reader.object(value, &COLORS) else { return ShopColors::default() };
    let mut themed = |names: &'static ThemeFields, default| match reader.optional(fields, &names.theme) {
        Some(value) => theme(reader, value, names, default),
        None => default,
    };
    let colors = ShopColors { light: themed(&LIGHT, Theme::LIGHT), dark: themed(&DARK, Theme::DARK) };
    reader.report_others(fields, &[&LIGHT.theme, &DARK.theme], &COLORS);
    colors
}

/// Reads the colors of one theme. Those that cannot be read are reported, and the default stands for them.
fn theme(reader: &mut Reader, value: &Json, names: &'static ThemeFields, default: Theme) -> Theme {
    let Some(fields) = reader.object(value, &names.theme) else { return default };
    let chosen = Chosen {
        accent: optional::<Color>(reader, fields, &names.accent),
        background: optional::<Color>(reader, fields, &names.background),
        text: optional::<Color>(reader, fields, &names.text),
    };
    reader.report_others(fields, &[&names.accent, &names.background, &names.text], &names.theme);
    let theme = chosen.or(default);
    for (color, field, shown) in [(chosen.text, &names.text, theme.text), (chosen.accent, &names.accent, theme.accent)]
    {
        // Whoever chooses the background alone has to choose another one.
        let (moved, moved_field, fixed, fixed_field) = match (color, chosen.background) {
            (None, Some(background)) => (background, &names.background, shown, field),
            (Some(_), _) | (None, None) => (shown, field, theme.background, &names.background),
        };
        if let Some(close) = TooClose::of(moved, fixed) {
            reader.report(moved_field, too_close(close, fixed_field));
        }
    }
    theme
}

fn too_close(TooClose { hundredths, must_be_darker }: TooClose, fixed: &'static FileField) -> FileProblemKind {
    let on = fixed.path().unwrap_or_default();
    if must_be_darker {
        FileProblemKind::TooLight { hundredths, on }
    } else {
        FileProblemKind::TooDark { hundredths, on }
    }
}
