//! The stable names of what can be wrong.

use core::fmt;

use crate::json::{ToJson, Writer};

/// Declares the codes with their text from one table.
macro_rules! codes {
    ($($(#[$doc:meta])+ $variant:ident $text:literal,)+) => {
        /// What is wrong, for programs: never renamed, never used for something else.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemCode {
            $($(#[$doc])+ $variant,)+
        }

        impl ProblemCode {
            /// All codes.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code in kebab case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }
    };
}

codes! {
    /// A field that must be there is missing, null or blank.
    Required "required",
    /// A field that we do not know.
    UnknownField "unknown-field",
    /// A field that stands in its object more than once.
    DoubledField "doubled-field",
    /// Not a JSON object.
    TypeObject "type-object",
    /// Not a JSON array.
    TypeArray "type-array",
    /// Not a JSON string.
    TypeString "type-string",
    /// Not a whole JSON number.
    TypeInteger "type-integer",
    /// Neither true nor false.
    TypeBoolean "type-boolean",
    /// More characters than the field takes.
    TooLong "too-long",
    /// A control character, or one that cannot be shown.
    ControlCharacter "control-character",
    /// More combining marks on one character than are read.
    StackedMarks "stacked-marks",
    /// Not an e-mail address.
    EmailFormat "email-format",
    /// Two dots in a row in an e-mail address, or one that begins or ends what stands before the `@`.
    EmailDots "email-dots",
    /// Not a telephone number.
    PhoneFormat "phone-format",
    /// Neither ten digits nor a country code.
    PhoneCountryCode "phone-country-code",
    /// A telephone number with an extension.
    PhoneExtension "phone-extension",
    /// One digit repeated, which is nobody's telephone number.
    PhoneRepeated "phone-repeated",
    /// Not one of the 32 states.
    StateCode "state-code",
    /// Not five digits.
    ZipFormat "zip-format",
    /// Not digits with an optional dot and decimals.
    AmountFormat "amount-format",
    /// Finer than a centavo.
    AmountDecimals "amount-decimals",
    /// Zero, or more than our limit.
    AmountRange "amount-range",
    /// Less than one peso.
    AmountBelowOnePeso "amount-below-one-peso",
    /// Neither LINK nor EMBEDDED.
    DisplayMode "display-mode",
    /// For an embedded form alone.
    EmbeddedOnly "embedded-only",
    /// Not a colour.
    ColorFormat "color-format",
    /// Not 1 to 43,200 minutes.
    FormTtlRange "form-ttl-range",
    /// Not MXN.
    Currency "currency",
    /// Not 10 to 2,880 minutes.
    TtlRange "ttl-range",
    /// Not letters, digits, underscores and hyphens.
    ExternalIdFormat "external-id-format",
    /// Not letters, digits, underscores, hyphens and dots.
    WordFormat "word-format",
    /// Not letters, digits, underscores and hyphens.
    SkuFormat "sku-format",
    /// Not in the catalog.
    SkuUnknown "sku-unknown",
    /// Named by an earlier line already.
    SkuRepeated "sku-repeated",
    /// Not 1 to 99.
    QuantityRange "quantity-range",
    /// Nothing is ordered.
    ItemsEmpty "items-empty",
    /// More lines than an order takes.
    ItemsTooMany "items-too-many",
    /// All lines together cost more than our limit.
    TotalRange "total-range",
    /// Not https.
    UrlHttps "url-https",
    /// Not a URL that everyone reads the same way.
    UrlFormat "url-format",
    /// Not on the shop's own origin.
    UrlOrigin "url-origin",
    /// Not an id of Compago's.
    IdFormat "id-format",
    /// Not a page, counted from 1.
    PageRange "page-range",
    /// Not 1 to 500 items.
    PageSizeRange "page-size-range",
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl ToJson for ProblemCode {
    fn to_json(&self, out: &mut Writer) {
        out.text(self.as_str());
    }
}
