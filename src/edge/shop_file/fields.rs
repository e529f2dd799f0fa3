//! The fields of the shop's file.

use crate::edge::merchant_file::FileField;

/// The whole file.
pub(super) static FILE: FileField = FileField::file(r#"{ "name": …, "address": …, "email": …, "privacyNotice": … }"#);

pub(super) static NAME: FileField = FileField::new(
    "name",
    r#"el nombre de la tienda, como "Taller Nube""#,
    r#"the shop's name, such as "Taller Nube""#,
);

pub(super) static LEGAL_NAME: FileField = FileField::new(
    "legalName",
    r#"la razón social, como "Taller Nube, S.A. de C.V.""#,
    r#"the legal name, such as "Taller Nube, S.A. de C.V.""#,
);

pub(super) static RFC: FileField =
    FileField::new("rfc", r#"el RFC, como "TNU190312AB1""#, r#"the RFC, such as "TNU190312AB1""#);

pub(super) static ADDRESS: FileField = FileField::new(
    "address",
    r#"el domicilio, como "Calle 60 491, Centro, 97000 Mérida, Yucatán""#,
    r#"the address, such as "Calle 60 491, Centro, 97000 Mérida, Yucatán""#,
);

pub(super) static PHONE: FileField =
    FileField::new("phone", r#"el teléfono, como "+52 999 555 0134""#, r#"the number, such as "+52 999 555 0134""#);

pub(super) static EMAIL: FileField = FileField::new(
    "email",
    r#"el correo electrónico, como "hola@ejemplo.com""#,
    r#"the e-mail address, such as "hello@example.com""#,
);

pub(super) static WHATSAPP: FileField =
    FileField::new("whatsapp", r#"el número, como "+52 999 555 0134""#, r#"the number, such as "+52 999 555 0134""#);

pub(super) static LOGO: FileField =
    FileField::new("logo", r#"la ruta del logo, como "/img/logo.svg""#, r#"the logo's path, such as "/img/logo.svg""#);

pub(super) static ICON: FileField =
    FileField::new("icon", r#"la ruta del ícono, como "/img/icon.png""#, r#"the icon's path, such as "/img/icon.png""#);

pub(super) static COLORS: FileField = FileField::new(
    "colors",
    r#"los colores, { "light": { … }, "dark": { … } }"#,
    r#"the colors, { "light": { … }, "dark": { … } }"#,
);

pub(super) static LANGUAGES: FileField =
    FileField::new("languages", r#"["es-MX"] o ["es-MX", "en"]"#, r#"["es-MX"] or ["es-MX", "en"]"#);

pub(super) static TIME_ZONE: FileField = FileField::new(
    "timeZone",
    r#"la zona horaria, como "America/Mexico_City" o "America/Tijuana""#,
    r#"the time zone, such as "America/Mexico_City" or "America/Tijuana""#,
);

pub(super) static PRIVACY_NOTICE: FileField = FileField::new(
    "privacyNotice",
    r#"dónde está el aviso de privacidad: una ruta de este sitio, como "/aviso-de-privacidad.html", o una dirección que empiece con https://"#,
    r#"where the privacy notice is: a path of this site, such as "/aviso-de-privacidad.html", or a URL that begins with https://"#,
);

pub(super) static TERMS: FileField = FileField::new(
    "terms",
    r#"dónde están los términos y condiciones: una ruta de este sitio, como "/terminos.html", o una dirección que empiece con https://"#,
    r#"where the terms are: a path of this site, such as "/terminos.html", or a URL that begins with https://"#,
);

pub(super) static RETURNS: FileField = FileField::new(
    "returns",
    r#"dónde están los cambios y devoluciones: una ruta de este sitio, como "/cambios-y-devoluciones.html", o una dirección que empiece con https://"#,
    r#"where exchanges and returns are explained: a path of this site, such as "/cambios-y-devoluciones.html", or a URL that begins with https://"#,
);

pub(super) static TEXTS: FileField = FileField::new("texts", "los textos, { … }", "the texts, { … }");

pub(super) static LINK_MINUTES: FileField =
    FileField::new("linkMinutes", "los minutos, como 60", "the minutes, such as 60");

pub(super) static SHIPPING_REQUIRED: FileField = FileField::new(
    "shippingRequired",
    "true si cada pedido debe elegir una forma de entrega, o false",
    "true if each order must choose a shipping method, or false",
);

/// A text and its languages.
pub(super) struct TextFields {
    pub(super) text: FileField,
    pub(super) es_mx: FileField,
    pub(super) en: FileField,
}

macro_rules! text_fields {
    ($name:literal) => {
        TextFields {
            text: FileField::new(
                concat!("texts.", $name),
                r#"el texto en los idiomas de la tienda, { "es-MX": "…", "en": "…" }"#,
                r#"the text in the shop's languages, { "es-MX": "…", "en": "…" }"#,
            ),
            es_mx: FileField::new(concat!("texts.", $name, ".es-MX"), "el texto en español", "the Spanish text"),
            en: FileField::new(concat!("texts.", $name, ".en"), "el texto en inglés", "the English text"),
        }
    };
}

pub(super) static TAGLINE: TextFields = text_fields!("tagline");
pub(super) static HEADLINE: TextFields = text_fields!("headline");
pub(super) static LEAD: TextFields = text_fields!("lead");
pub(super) static DESCRIPTION: TextFields = text_fields!("description");
pub(super) static DELIVERY: TextFields = text_fields!("delivery");
pub(super) static PAYMENT: TextFields = text_fields!("payment");

/// A theme and its colors.
pub(super) struct ThemeFields {
    pub(super) theme: FileField,
    pub(super) accent: FileField,
    pub(super) background: FileField,
    pub(super) text: FileField,
}

macro_rules! theme_fields {
    ($name:literal, $accent:literal, $background:literal, $text:literal) => {
        ThemeFields {
            theme: FileField::new(
                concat!("colors.", $name),
                concat!(
                    r#"los colores, { "accent": ""#,
                    $accent,
                    r#"", "background": ""#,
                    $background,
                    r#"", "text": ""#,
                    $text,
                    r#"" }"#
                ),
                concat!(
                    r#"the colors, { "accent": ""#,
                    $accent,
                    r#"", "background": ""#,
                    $background,
                    r#"", "text": ""#,
                    $text,
                    r#"" }"#
                ),
            ),
            accent: theme_fields!($name, "accent", $accent),
            background: theme_fields!($name, "background", $background),
            text: theme_fields!($name, "text", $text),
        }
    };
    ($theme:literal, $name:literal, $example:literal) => {
        FileField::new(
            concat!("colors.", $theme, ".", $name),
            concat!(r#"# y seis dígitos hexadecimales, como ""#, $example, r#"""#),
            concat!(r#"# and six hexadecimal digits, such as ""#, $example, r#"""#),
        )
    };
}

pub(super) static LIGHT: ThemeFields = theme_fields!("light", "#1f5a8c", "#fafafa", "#22262b");
pub(super) static DARK: ThemeFields = theme_fields!("dark", "#9cc4ea", "#15171a", "#eceef1");
