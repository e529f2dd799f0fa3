//! Maps the errors of value types to problem codes.

use super::ProblemCode;
use crate::value::{
    AmountError, ButtonColorError, ChargeAmountError, CurrencyError, Email, EmailError, ExternalId, ExternalIdError,
    FormTtlError, HttpsUrl, Metadata, MetadataError, MetadataKeyError, PhoneError, QuantityError,
    ShippingMethodCodeError, SkuError, StateCodeError, TextError, TrackingNumber, TrackingNumberError, TtlError,
    UrlError, WordError, ZipError,
};

/// The problem of a single value, without its pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("the value is refused: {code}")]
pub struct Refusal {
    /// The stable code.
    pub code: ProblemCode,
    /// The maximum that the field accepts, for codes that have one.
    pub limit: Option<usize>,
}

impl From<ProblemCode> for Refusal {
    fn from(code: ProblemCode) -> Self {
        Self { code, limit: None }
    }
}

impl Refusal {
    /// Creates the refusal of a text that exceeds `limit` characters.
    #[must_use]
    pub const fn too_long(limit: usize) -> Self {
        Self { code: ProblemCode::TooLong, limit: Some(limit) }
    }
}

impl From<TextError> for Refusal {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => ProblemCode::Required.into(),
            TextError::TooLong { limit } => Self::too_long(limit),
            TextError::ControlCharacter => ProblemCode::ControlCharacter.into(),
            TextError::StackedMarks => ProblemCode::StackedMarks.into(),
        }
    }
}

impl From<WordError> for Refusal {
    fn from(error: WordError) -> Self {
        match error {
            WordError::Empty => ProblemCode::Required.into(),
            WordError::TooLong { limit } => Self::too_long(limit),
            WordError::Character => ProblemCode::WordFormat.into(),
        }
    }
}

impl From<ChargeAmountError> for Refusal {
    fn from(error: ChargeAmountError) -> Self {
        match error {
            ChargeAmountError::Amount(error) => error.into(),
            ChargeAmountError::BelowOnePeso => ProblemCode::AmountBelowOnePeso.into(),
        }
    }
}

impl From<ButtonColorError> for Refusal {
    fn from(ButtonColorError: ButtonColorError) -> Self {
        ProblemCode::ColorFormat.into()
    }
}

impl From<FormTtlError> for Refusal {
    fn from(FormTtlError: FormTtlError) -> Self {
        ProblemCode::FormTtlRange.into()
    }
}

impl From<EmailError> for Refusal {
    fn from(error: EmailError) -> Self {
        match error {
            EmailError::Empty => ProblemCode::Required.into(),
            EmailError::Format => ProblemCode::EmailFormat.into(),
            EmailError::Dots => ProblemCode::EmailDots.into(),
            EmailError::TooLong => Self::too_long(Email::MAX_CHARS),
        }
    }
}

impl From<PhoneError> for Refusal {
    fn from(error: PhoneError) -> Self {
        match error {
            PhoneError::Empty => ProblemCode::Required.into(),
            PhoneError::Character | PhoneError::Length => ProblemCode::PhoneFormat.into(),
            PhoneError::Extension => ProblemCode::PhoneExtension.into(),
            PhoneError::CountryCode => ProblemCode::PhoneCountryCode.into(),
            PhoneError::Repeated => ProblemCode::PhoneRepeated.into(),
        }
    }
}

impl From<ZipError> for Refusal {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Empty => ProblemCode::Required.into(),
            ZipError::Format => ProblemCode::ZipFormat.into(),
        }
    }
}

impl From<StateCodeError> for Refusal {
    fn from(StateCodeError: StateCodeError) -> Self {
        ProblemCode::StateCode.into()
    }
}

impl From<AmountError> for Refusal {
    fn from(error: AmountError) -> Self {
        match error {
            AmountError::Format => ProblemCode::AmountFormat.into(),
            AmountError::TooManyDecimals => ProblemCode::AmountDecimals.into(),
            AmountError::BelowOneCentavo | AmountError::AboveMaximum => ProblemCode::AmountRange.into(),
        }
    }
}

impl From<CurrencyError> for Refusal {
    fn from(CurrencyError: CurrencyError) -> Self {
        ProblemCode::Currency.into()
    }
}

impl From<TtlError> for Refusal {
    fn from(TtlError: TtlError) -> Self {
        ProblemCode::TtlRange.into()
    }
}

impl From<ExternalIdError> for Refusal {
    fn from(error: ExternalIdError) -> Self {
        match error {
            ExternalIdError::Empty => ProblemCode::Required.into(),
            ExternalIdError::TooLong => Self::too_long(ExternalId::MAX_CHARS),
            ExternalIdError::Character => ProblemCode::ExternalIdFormat.into(),
        }
    }
}

impl From<SkuError> for Refusal {
    fn from(SkuError: SkuError) -> Self {
        ProblemCode::SkuFormat.into()
    }
}

impl From<ShippingMethodCodeError> for Refusal {
    fn from(ShippingMethodCodeError: ShippingMethodCodeError) -> Self {
        ProblemCode::ShippingMethodFormat.into()
    }
}

impl From<TrackingNumberError> for Refusal {
    fn from(error: TrackingNumberError) -> Self {
        match error {
            TrackingNumberError::Empty => ProblemCode::Required.into(),
            TrackingNumberError::TooLong => Self::too_long(TrackingNumber::MAX_CHARS),
            TrackingNumberError::Character => ProblemCode::TrackingNumberFormat.into(),
        }
    }
}

impl From<MetadataKeyError> for Refusal {
    fn from(MetadataKeyError: MetadataKeyError) -> Self {
        ProblemCode::MetadataKey.into()
    }
}

impl From<MetadataError> for Refusal {
    fn from(error: MetadataError) -> Self {
        match error {
            MetadataError::TooMany => Self { code: ProblemCode::MetadataTooMany, limit: Some(Metadata::MAX_ENTRIES) },
            MetadataError::TooLarge => Self { code: ProblemCode::MetadataTooLarge, limit: Some(Metadata::MAX_BYTES) },
        }
    }
}

impl From<QuantityError> for Refusal {
    fn from(QuantityError: QuantityError) -> Self {
        ProblemCode::QuantityRange.into()
    }
}

impl From<UrlError> for Refusal {
    fn from(error: UrlError) -> Self {
        match error {
            UrlError::Scheme => ProblemCode::UrlHttps.into(),
            UrlError::TooLong => Self::too_long(HttpsUrl::MAX_CHARS),
            UrlError::UserInfo
            | UrlError::Host
            | UrlError::Port
            | UrlError::Fragment
            | UrlError::Character
            | UrlError::PercentEncoding
            | UrlError::DotSegment
            | UrlError::NotAnOrigin => ProblemCode::UrlFormat.into(),
        }
    }
}
