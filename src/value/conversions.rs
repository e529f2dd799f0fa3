//! What every text value implements beside `FromStr`, `Display` and `as_str`: conversions from and into text.

use super::{
    AddressLine, ButtonText, Carrier, City, Currency, DeliveryInstructions, Description, Email, Environment,
    ExternalId, FulfilmentNote, HttpsUrl, ItemName, MetadataKey, MetadataValue, Origin, PersonName, PhoneNumber,
    RecipientName, SaleReference, ShippingMethodCode, Sku, StateCode, TerminalCode, TrackingNumber, Zip,
};

macro_rules! as_text {
    ($($type:ident),+ $(,)?) => {$(
        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.as_str().to_owned()
            }
        }

        impl TryFrom<String> for $type {
            type Error = <Self as core::str::FromStr>::Err;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
    )+};
}

macro_rules! from_text {
    ($($type:ident),+ $(,)?) => {$(
        impl TryFrom<&str> for $type {
            type Error = <Self as core::str::FromStr>::Err;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
    )+};
}

macro_rules! text {
    ($($type:ident),+ $(,)?) => {
        as_text!($($type),+);
        from_text!($($type),+);
    };
}

// For these enums `strum` writes the way back.
as_text!(Currency, Environment);

text!(
    AddressLine,
    ButtonText,
    Carrier,
    City,
    DeliveryInstructions,
    Description,
    Email,
    ExternalId,
    FulfilmentNote,
    HttpsUrl,
    ItemName,
    MetadataKey,
    MetadataValue,
    Origin,
    PersonName,
    PhoneNumber,
    RecipientName,
    SaleReference,
    ShippingMethodCode,
    Sku,
    StateCode,
    TerminalCode,
    TrackingNumber,
    Zip,
);
