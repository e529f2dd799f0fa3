//! Which kind of mistake each error of a value is.

use super::FileProblemKind;
use crate::edge::palette::ColorError;
use crate::value::{
    AmountError, CurrencyError, Email, EmailError, PhoneError, RfcError, ShippingMethodCodeError, SkuError, TextError,
    TimeZoneError,
};

impl From<TextError> for FileProblemKind {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::Blank,
            TextError::TooLong { limit } => Self::TooLong { limit },
            TextError::ControlCharacter | TextError::StackedMarks => Self::Characters,
        }
    }
}

impl From<SkuError> for FileProblemKind {
    fn from(SkuError: SkuError) -> Self {
        Self::SkuFormat
    }
}

impl From<ShippingMethodCodeError> for FileProblemKind {
    fn from(ShippingMethodCodeError: ShippingMethodCodeError) -> Self {
        Self::MethodFormat
    }
}

impl From<AmountError> for FileProblemKind {
    fn from(error: AmountError) -> Self {
        match error {
            AmountError::Format => Self::AmountFormat,
            AmountError::TooManyDecimals => Self::AmountDecimals,
            AmountError::BelowOneCentavo | AmountError::AboveMaximum => Self::AmountRange,
        }
    }
}

impl From<CurrencyError> for FileProblemKind {
    fn from(CurrencyError: CurrencyError) -> Self {
        Self::Currency
    }
}

impl From<EmailError> for FileProblemKind {
    fn from(error: EmailError) -> Self {
        match error {
            EmailError::Empty => Self::Blank,
            EmailError::Format | EmailError::Dots => Self::EmailFormat,
            EmailError::TooLong => Self::TooLong { limit: Email::MAX_CHARS },
        }
    }
}

impl From<PhoneError> for FileProblemKind {
    fn from(error: PhoneError) -> Self {
        match error {
            PhoneError::Empty => Self::Blank,
            PhoneError::Character
            | PhoneError::Extension
            | PhoneError::CountryCode
            | PhoneError::Length
            | PhoneError::Repeated => Self::PhoneFormat,
        }
    }
}

impl From<RfcError> for FileProblemKind {
    fn from(error: RfcError) -> Self {
        match error {
            RfcError::Empty => Self::Blank,
            RfcError::Format => Self::RfcFormat,
            RfcError::Date => Self::RfcDate,
        }
    }
}

impl From<ColorError> for FileProblemKind {
    fn from(ColorError: ColorError) -> Self {
        Self::ColorFormat
    }
}

impl From<TimeZoneError> for FileProblemKind {
    fn from(TimeZoneError: TimeZoneError) -> Self {
        Self::TimeZone
    }
}
