//! The stable names of what can be wrong.

use serde_with::SerializeDisplay;
use strum::{Display, IntoStaticStr, VariantArray};

/// What is wrong, for programs: never renamed, never used for something else.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Display, IntoStaticStr, VariantArray, SerializeDisplay,
)]
#[strum(serialize_all = "kebab-case")]
pub enum ProblemCode {
    /// A field that must be there is missing, null or blank.
    Required,
    /// A field that we do not know.
    UnknownField,
    /// A field that stands in its object more than once.
    DoubledField,
    /// Not a JSON object.
    TypeObject,
    /// Not a JSON array.
    TypeArray,
    /// Not a JSON string.
    TypeString,
    /// Not a whole JSON number.
    TypeInteger,
    /// Neither true nor false.
    TypeBoolean,
    /// More characters than the field takes.
    TooLong,
    /// A control character, or one that cannot be shown.
    ControlCharacter,
    /// More combining marks on one character than are read.
    StackedMarks,
    /// Not an e-mail address.
    EmailFormat,
    /// Two dots in a row in an e-mail address, or one that begins or ends what stands before the `@`.
    EmailDots,
    /// Not a telephone number.
    PhoneFormat,
    /// Neither ten digits nor a country code.
    PhoneCountryCode,
    /// A telephone number with an extension.
    PhoneExtension,
    /// One digit repeated, which is nobody's telephone number.
    PhoneRepeated,
    /// Not one of the 32 states.
    StateCode,
    /// Not five digits.
    ZipFormat,
    /// Not digits with an optional dot and decimals.
    AmountFormat,
    /// Finer than a centavo.
    AmountDecimals,
    /// Zero, or more than our limit.
    AmountRange,
    /// Less than one peso.
    AmountBelowOnePeso,
    /// Neither LINK nor EMBEDDED.
    DisplayMode,
    /// For an embedded form alone.
    EmbeddedOnly,
    /// Not a colour.
    ColorFormat,
    /// Not 1 to 43,200 minutes.
    FormTtlRange,
    /// Not MXN.
    Currency,
    /// Not 10 to 2,880 minutes.
    TtlRange,
    /// Not letters, digits, underscores and hyphens.
    ExternalIdFormat,
    /// Not letters, digits, underscores, hyphens and dots.
    WordFormat,
    /// Not letters, digits, underscores and hyphens.
    SkuFormat,
    /// Not in the catalog.
    SkuUnknown,
    /// Named by an earlier line already.
    SkuRepeated,
    /// Not 1 to 99.
    QuantityRange,
    /// Nothing is ordered.
    ItemsEmpty,
    /// More lines than an order takes.
    ItemsTooMany,
    /// All lines together cost more than our limit.
    TotalRange,
    /// Not https.
    UrlHttps,
    /// Not a URL that everyone reads the same way.
    UrlFormat,
    /// Not on the shop's own origin.
    UrlOrigin,
    /// Not an id of Compago's.
    IdFormat,
    /// Not a page, counted from 1.
    PageRange,
    /// Not 1 to 500 items.
    PageSizeRange,
}

impl ProblemCode {
    /// All codes.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The code in kebab case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
