//! What can be wrong at one place of a file, and how it is said.

use strum::IntoStaticStr;
use thiserror::Error;

use super::FileField;
use crate::problem::{Locale, Words};

mod from_errors;

/// What is wrong with a field of a file, with a part of it or with the file itself.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[error("a value of the file cannot be used: {}", self.code())]
pub enum FileProblemKind {
    /// There is no such file.
    NoFile,
    /// The file holds nothing.
    EmptyFile,
    /// A comma stands before a closing bracket.
    TrailingComma,
    /// From here on the file is not JSON.
    NotJson,
    /// The field is missing or null.
    Missing,
    /// The field stands in its object more than once.
    Doubled,
    /// Not a JSON object.
    NotObject,
    /// Not a JSON array.
    NotArray,
    /// Not a JSON string.
    NotText,
    /// A JSON number where an amount must be text.
    AmountIsNumber,
    /// Text that shows nothing.
    Blank,
    /// Text that is too long.
    TooLong {
        /// The most characters that the field takes.
        limit: usize,
    },
    /// Text with a character that cannot be shown, or with more marks on one character than are read.
    Characters,
    /// Not 1 to 40 letters, digits, underscores and hyphens.
    SkuFormat,
    /// An earlier item has the same SKU.
    SkuRepeated {
        /// Which, counted from 1.
        first: usize,
    },
    /// Not digits with an optional dot and decimals.
    AmountFormat,
    /// More than two decimals.
    AmountDecimals,
    /// Zero, or more than the largest amount.
    AmountRange,
    /// Not MXN.
    Currency,
    /// Not a path on the shop's own site.
    PicturePath,
    /// Not a picture of a type that the site serves.
    PictureType,
    /// A path with a name that begins with a dot, which the site does not serve.
    HiddenPath,
    /// A `%` that encodes no character.
    PercentEncoding,
    /// More items than a catalog lists.
    TooManyItems {
        /// The most items.
        limit: usize,
    },
    /// Neither true nor false.
    NotBoolean,
    /// Not 1 to 40 lower-case letters, digits and hyphens.
    MethodFormat,
    /// An earlier shipping method has the same code.
    MethodRepeated {
        /// Which, counted from 1.
        first: usize,
    },
    /// More shipping methods than a catalog lists.
    TooManyMethods {
        /// The most of them.
        limit: usize,
    },
    /// Orders must name a shipping method, and there is none.
    NoMethods,
    /// The field is one of the shop's file now.
    Moved,
    /// The object has no such field.
    UnknownField {
        /// Its path, cut to 60 characters.
        name: String,
    },
    /// Not a JSON number of digits only.
    NotWholeNumber,
    /// A number outside of these bounds.
    OutOfRange {
        /// The least number.
        min: u32,
        /// The greatest number.
        max: u32,
    },
    /// Neither a path on the shop's own site nor an https URL.
    PageLink,
    /// Not an e-mail address.
    EmailFormat,
    /// Not a telephone number.
    PhoneFormat,
    /// Not a tax id of the right form.
    RfcFormat,
    /// A tax id with a date that does not exist.
    RfcDate,
    /// Not `#` and six hexadecimal digits.
    ColorFormat,
    /// A color that cannot be read, and would be if it were darker.
    TooLight {
        /// The contrast that it has, in hundredths, rounded down.
        hundredths: u32,
        /// The path of the color on which it is read.
        on: &'static str,
    },
    /// A color that cannot be read, and would be if it were lighter.
    TooDark {
        /// The contrast that it has, in hundredths, rounded down.
        hundredths: u32,
        /// The path of the color on which it is read.
        on: &'static str,
    },
    /// Not a language of the pages.
    Language,
    /// Languages without Mexican Spanish.
    NoSpanish,
    /// Not a name of the time zone database.
    TimeZone,
}

impl FileProblemKind {
    /// Returns the kind's name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Creates the problem of a field that its object does not have.
    pub(super) fn unknown(path: &str) -> Self {
        Self::UnknownField { name: path.chars().filter(|character| !character.is_control()).take(60).collect() }
    }

    /// Returns the path of a field that is not known.
    pub(super) fn unknown_field(&self) -> Option<&str> {
        if let Self::UnknownField { name } = self { Some(name) } else { None }
    }

    /// Returns what is wrong with that field, and what to do.
    pub(super) fn sentence(&self, field: &FileField, locale: Locale) -> String {
        self.template().fill(locale, |part| match part {
            "field" => Some(field.noun(locale).to_owned()),
            "content" => Some(field.content(locale).to_owned()),
            "name" => self.unknown_field().map(str::to_owned),
            "number" => self.number().map(|number| number.to_string()),
            "min" => self.bounds().map(|(min, _)| min.to_string()),
            "max" => self.bounds().map(|(_, max)| max.to_string()),
            "on" => self.contrast().map(|(_, on)| on.to_owned()),
            "ratio" => self.contrast().map(|(hundredths, _)| format!("{}.{:02}", hundredths / 100, hundredths % 100)),
            _ => None,
        })
    }

    const fn number(&self) -> Option<usize> {
        if let Self::TooLong { limit: number }
        | Self::TooManyItems { limit: number }
        | Self::TooManyMethods { limit: number }
        | Self::MethodRepeated { first: number }
        | Self::SkuRepeated { first: number } = self
        {
            return Some(*number);
        }
        None
    }

    const fn bounds(&self) -> Option<(u32, u32)> {
        if let Self::OutOfRange { min, max } = self { Some((*min, *max)) } else { None }
    }

    const fn contrast(&self) -> Option<(u32, &'static str)> {
        if let Self::TooLight { hundredths, on } | Self::TooDark { hundredths, on } = self {
            return Some((*hundredths, on));
        }
        None
    }

    const fn template(&self) -> Words {
        let (es, en) = match self {
            Self::NoFile => {
                ("no existe el archivo; créalo con {content}", "there is no such file; add it with {content}")
            }
            Self::EmptyFile => ("el archivo está vacío; escribe {content}", "the file is empty; write {content}"),
            Self::TrailingComma => (
                "sobra una coma antes del corchete o la llave de cierre; quítala",
                "there is a comma before a closing bracket; remove it",
            ),
            Self::NotJson => (
                "desde aquí no es JSON; revisa comillas, comas, corchetes y llaves, aquí y justo antes",
                "from here on it is not JSON; check quotes, commas and brackets, here and just before",
            ),
            Self::Missing => ("falta {field}; agrega {content}", "{field} is missing; add {content}"),
            Self::Doubled => ("{field} aparece dos veces; deja uno", "{field} is there twice; keep one"),
            Self::NotObject => {
                ("{field} no es un objeto; escribe {content}", "{field} is not an object; write {content}")
            }
            Self::NotArray => ("{field} no es una lista; escribe {content}", "{field} is not a list; write {content}"),
            Self::NotText => (
                "{field} no es texto; escribe entre comillas {content}",
                "{field} is not text; write in quotes {content}",
            ),
            Self::AmountIsNumber => (
                "{field} es un número; escribe el precio entre comillas y con dos decimales, como \"120.50\"",
                "{field} is a number; write the price in quotes and with two decimals, such as \"120.50\"",
            ),
            Self::Blank => ("{field} está vacío; escribe {content}", "{field} is empty; write {content}"),
            Self::TooLong { .. } => (
                "{field} pasa de {number} caracteres; acórtalo",
                "{field} has more than {number} characters; shorten it",
            ),
            Self::Characters => (
                "{field} tiene caracteres que no se pueden mostrar; escríbelo de nuevo y guarda el archivo en UTF-8",
                "{field} has characters that cannot be shown; type it again, and save the file as UTF-8",
            ),
            Self::SkuFormat => (
                "{field} solo puede llevar de 1 a 40 letras sin acento ni ñ, dígitos, guiones y guiones bajos; cámbialo, sin espacios",
                "{field} can only have 1 to 40 unaccented letters, digits, hyphens and underscores; change it, without spaces",
            ),
            Self::SkuRepeated { .. } => (
                "{field} es el mismo que el del producto {number}; dale otro",
                "{field} is the same as that of item {number}; give it another",
            ),
            Self::AmountFormat => (
                "{field} solo puede llevar dígitos y un punto; escríbelo como \"1200.00\", sin comas, signos ni moneda",
                "{field} can only have digits and one dot; write it like \"1200.00\", without commas, signs or currency",
            ),
            Self::AmountDecimals => (
                "{field} tiene más de dos decimales; redondéalo a centavos",
                "{field} has more than two decimals; round it to centavos",
            ),
            Self::AmountRange => (
                "{field} no está entre 0.01 y 99999999.99; corrige el precio",
                "{field} is not between 0.01 and 99999999.99; correct the price",
            ),
            Self::Currency => (
                "{field} no es \"MXN\"; Compago solo cobra en pesos mexicanos: escribe \"MXN\" y los precios en pesos",
                "{field} is not \"MXN\"; Compago charges in Mexican pesos only: write \"MXN\", and the prices in pesos",
            ),
            Self::PicturePath => (
                "{field} no es la ruta de un archivo de este sitio; guárdalo en la carpeta de la tienda y escribe {content}",
                "{field} is not the path of a file of this site; put it into the shop's folder and write {content}",
            ),
            Self::PictureType => (
                "{field} no es una imagen svg, png, jpg, webp, avif ni gif; guárdala como jpg o png y escribe {content}",
                "{field} is not an svg, png, jpg, webp, avif or gif picture; save it as jpg or png and write {content}",
            ),
            Self::HiddenPath => (
                "{field} tiene un nombre que empieza con punto, y esos archivos no se publican; cámbialo",
                "{field} has a name that begins with a dot, and such files are not published; rename it",
            ),
            Self::PercentEncoding => (
                "{field} tiene un % que no forma parte de un carácter codificado; escribe %25 en su lugar",
                "{field} has a % that is not part of an encoded character; write %25 instead",
            ),
            Self::PageLink => ("{field} no es una página; escribe {content}", "{field} is not a page; write {content}"),
            Self::TooManyItems { .. } => (
                "{field} tiene más de {number} productos; quita algunos",
                "{field} has more than {number} items; remove some",
            ),
            Self::NotBoolean => (
                "{field} no es true ni false; escribe sin comillas {content}",
                "{field} is neither true nor false; write without quotes {content}",
            ),
            Self::MethodFormat => (
                "{field} solo puede llevar de 1 a 40 letras minúsculas sin acento ni ñ, dígitos y guiones; cámbialo, sin espacios",
                "{field} can only have 1 to 40 unaccented lower-case letters, digits and hyphens; change it, without spaces",
            ),
            Self::MethodRepeated { .. } => (
                "{field} es el mismo que el de la forma de entrega {number}; dale otro",
                "{field} is the same as that of shipping method {number}; give it another",
            ),
            Self::TooManyMethods { .. } => (
                "{field} tiene más de {number} formas de entrega; quita algunas",
                "{field} has more than {number} shipping methods; remove some",
            ),
            Self::NoMethods => (
                "{field} está vacío y shop.json pide una forma de entrega en cada pedido; agrega una o escribe en shop.json \"shippingRequired\": false",
                "{field} is empty and shop.json asks for a shipping method in each order; add one, or write \"shippingRequired\": false in shop.json",
            ),
            Self::Moved => {
                ("{field} ahora va en shop.json; pásalo a ese archivo", "{field} is now in shop.json; move it there")
            }
            Self::UnknownField { .. } => (
                "{name} no se usa aquí; quítalo o revisa cómo está escrito",
                "{name} is not used here; remove it or check its spelling",
            ),
            Self::NotWholeNumber => (
                "{field} no es un número entero; escribe sin comillas {content}",
                "{field} is not a whole number; write without quotes {content}",
            ),
            Self::OutOfRange { .. } => (
                "{field} no está entre {min} y {max}; escribe {content}",
                "{field} is not between {min} and {max}; write {content}",
            ),
            Self::EmailFormat => (
                "{field} no es un correo electrónico; escribe {content}",
                "{field} is not an e-mail address; write {content}",
            ),
            Self::PhoneFormat => (
                "{field} no es un número de teléfono; escribe {content}",
                "{field} is not a telephone number; write {content}",
            ),
            Self::RfcFormat => ("{field} no es un RFC; escribe {content}", "{field} is not an RFC; write {content}"),
            Self::RfcDate => (
                "{field} no tiene una fecha válida en sus seis dígitos (año, mes y día); corrígelo",
                "{field} has no valid date in its six digits (year, month and day); correct it",
            ),
            Self::ColorFormat => {
                ("{field} no es un color; escribe {content}", "{field} is not a color; write {content}")
            }
            Self::TooLight { .. } => (
                "{field} es demasiado claro para {on}: su contraste es de {ratio} a 1 y debe ser de 4.5 a 1 o más; usa un color más oscuro",
                "{field} is too light for {on}: its contrast is {ratio} to 1 and must be 4.5 to 1 or more; use a darker color",
            ),
            Self::TooDark { .. } => (
                "{field} es demasiado oscuro para {on}: su contraste es de {ratio} a 1 y debe ser de 4.5 a 1 o más; usa un color más claro",
                "{field} is too dark for {on}: its contrast is {ratio} to 1 and must be 4.5 to 1 or more; use a lighter color",
            ),
            Self::Language => (
                "{field} tiene un idioma que las páginas no tienen; escribe {content}",
                "{field} has a language that the pages do not support; write {content}",
            ),
            Self::NoSpanish => (
                "{field} no incluye \"es-MX\"; agrégalo: {content}",
                "{field} does not include \"es-MX\"; add it: {content}",
            ),
            Self::TimeZone => {
                ("{field} no es una zona horaria; escribe {content}", "{field} is not a time zone; write {content}")
            }
        };
        Words::new(es, en)
    }
}
