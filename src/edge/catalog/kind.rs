//! What can be wrong at one place of a catalog file, and how it is said.

use strum::IntoStaticStr;

use super::field::CatalogField;
use crate::problem::Locale;
use crate::value::{AmountError, CurrencyError, ShippingMethodCodeError, SkuError, TextError};

/// What is wrong with a field of the file, with an item or with the file itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum CatalogProblemKind {
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
}

impl CatalogProblemKind {
    /// The kind's name for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// What is wrong with that field, and what to do. It holds nothing of what stands in the file.
    pub(super) fn sentence(self, field: CatalogField, locale: Locale) -> String {
        let mut sentence = String::new();
        // Every other part of a template stands in braces.
        for (at, part) in self.template(locale).split(['{', '}']).enumerate() {
            match part {
                "field" if at % 2 == 1 => sentence.push_str(field.noun(locale)),
                "content" if at % 2 == 1 => sentence.push_str(field.content(locale)),
                "number" if at % 2 == 1 => sentence.extend(self.number().map(|number| number.to_string())),
                _ => sentence.push_str(part),
            }
        }
        sentence
    }

    const fn number(self) -> Option<usize> {
        if let Self::TooLong { limit: number }
        | Self::TooManyItems { limit: number }
        | Self::TooManyMethods { limit: number }
        | Self::MethodRepeated { first: number }
        | Self::SkuRepeated { first: number } = self
        {
            return Some(number);
        }
        None
    }

    const fn template(self, locale: Locale) -> &'static str {
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
                "{field} no es la ruta de un archivo de este sitio; guárdalo en www/ y escribe su ruta, como \"/img/taza.jpg\"",
                "{field} is not the path of a file of this site; put it into www/ and write its path, such as \"/img/mug.jpg\"",
            ),
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
                "{field} es true y no hay formas de entrega; agrega una en shippingMethods o escribe false",
                "{field} is true and there are no shipping methods; add one to shippingMethods, or write false",
            ),
        };
        match locale {
            Locale::EsMx => es,
            Locale::En => en,
        }
    }
}

impl From<TextError> for CatalogProblemKind {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::Blank,
            TextError::TooLong { limit } => Self::TooLong { limit },
            TextError::ControlCharacter | TextError::StackedMarks => Self::Characters,
        }
    }
}

impl From<SkuError> for CatalogProblemKind {
    fn from(SkuError: SkuError) -> Self {
        Self::SkuFormat
    }
}

impl From<ShippingMethodCodeError> for CatalogProblemKind {
    fn from(ShippingMethodCodeError: ShippingMethodCodeError) -> Self {
        Self::MethodFormat
    }
}

impl From<AmountError> for CatalogProblemKind {
    fn from(error: AmountError) -> Self {
        match error {
            AmountError::Format => Self::AmountFormat,
            AmountError::TooManyDecimals => Self::AmountDecimals,
            AmountError::BelowOneCentavo | AmountError::AboveMaximum => Self::AmountRange,
        }
    }
}

impl From<CurrencyError> for CatalogProblemKind {
    fn from(CurrencyError: CurrencyError) -> Self {
        Self::Currency
    }
}
