//! The stable codes of problems.

use serde_with::{DeserializeFromStr, SerializeDisplay};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// A kind of problem. Codes are stable: they are never renamed or reused for something else.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
    SerializeDisplay,
    DeserializeFromStr,
)]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownProblemCode, parse_err_fn = UnknownProblemCode::of)]
#[non_exhaustive]
pub enum ProblemCode {
    /// A required field is missing, null or blank.
    Required,
    /// The field is not known.
    UnknownField,
    /// The field appears more than once in its object.
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
    /// A control character, or one that cannot be displayed.
    ControlCharacter,
    /// Too many combining marks on one character.
    StackedMarks,
    /// Not an e-mail address.
    EmailFormat,
    /// Two consecutive dots in the local part of an e-mail address, or one at its start or end.
    EmailDots,
    /// Not a telephone number.
    PhoneFormat,
    /// Neither ten digits nor a country code.
    PhoneCountryCode,
    /// A telephone number with an extension.
    PhoneExtension,
    /// A telephone number that repeats one digit.
    PhoneRepeated,
    /// Not one of the 32 states.
    StateCode,
    /// Not five digits.
    ZipFormat,
    /// Not digits with an optional dot and decimals.
    AmountFormat,
    /// More than two decimals.
    AmountDecimals,
    /// Zero, or above the maximum of this project.
    AmountRange,
    /// Less than one peso.
    AmountBelowOnePeso,
    /// Neither LINK nor EMBEDDED.
    DisplayMode,
    /// Allowed for an embedded form only.
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
    /// In the catalog, and sold out.
    SkuSoldOut,
    /// An earlier line has the same SKU.
    SkuRepeated,
    /// Not 1 to 99.
    QuantityRange,
    /// No lines.
    ItemsEmpty,
    /// Too many lines.
    ItemsTooMany,
    /// The total is above the maximum of this project.
    TotalRange,
    /// The amount is not the sum of the items and the shipping fee.
    TotalMismatch,
    /// Not lower-case letters, digits and hyphens.
    ShippingMethodFormat,
    /// The shop has no such shipping method.
    ShippingMethodUnknown,
    /// Not letters, digits, hyphens and spaces.
    TrackingNumberFormat,
    /// A field that does not go with the status that the request names.
    NotWithStatus,
    /// Not one of the words that the field takes for the delivery of an order.
    FulfilmentStatus,
    /// The postal code belongs to another state.
    ZipStateMismatch,
    /// Not letters, digits, underscores and hyphens.
    MetadataKey,
    /// More entries than metadata takes.
    MetadataTooMany,
    /// More bytes than metadata takes.
    MetadataTooLarge,
    /// Not https.
    UrlHttps,
    /// Not a URL that all parsers read the same way.
    UrlFormat,
    /// Not on an origin to which payers may be redirected.
    UrlOrigin,
    /// Not a UUID.
    IdFormat,
    /// Not a page number, counted from 1.
    PageRange,
    /// Not 1 to 500 items.
    PageSizeRange,
}

impl ProblemCode {
    /// All codes, in the order of their declaration.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Returns the code in kebab case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The text is not a code of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no problem of this version has this code")]
pub struct UnknownProblemCode;

impl UnknownProblemCode {
    const fn of(_: &str) -> Self {
        Self
    }
}
