//! The values of payments, one type per concept. A value is valid by construction: text and JSON are checked once,
//! where they enter, and the type is the proof from there on.
//!
//! The `Debug` of personal data ([`Email`], [`PhoneNumber`], [`PersonName`], [`AddressLine`], [`City`], [`Zip`],
//! [`RecipientName`], [`DeliveryInstructions`]) and of
//! secrets ([`ApiKey`], [`Secret`]) is redacted.

#[macro_use]
mod wire;
pub(crate) mod percent;
pub(crate) mod text;

pub mod address;
pub mod amount;
pub mod api_key;
pub mod billing;
pub mod card;
pub mod card_form;
pub mod characters;
pub mod charge_amount;
pub mod contact;
mod conversions;
pub mod currency;
pub mod delivery;
pub mod description;
pub mod environment;
pub mod extensible;
pub mod external_id;
pub mod fulfilment;
pub mod https_url;
pub mod item_name;
pub mod metadata;
pub mod order_item;
pub mod origin;
pub mod payer;
pub mod person;
pub mod phone;
pub mod quantity;
pub(crate) mod redacted;
pub mod reference;
pub mod retain_days;
pub mod rfc;
pub mod sale_reference;
pub mod secret;
pub mod shipping_amount;
pub mod shipping_method_code;
pub mod sku;
pub mod state_code;
pub mod terminal_code;
pub mod time;
pub mod time_zone;
pub mod ttl;
mod url_error;
pub mod uuid;
pub mod zip;

pub use self::{
    address::{Address, AddressLine, City},
    amount::{Amount, AmountError},
    api_key::ApiKey,
    billing::BillingInformation,
    card::Card,
    card_form::{ButtonColor, ButtonColorError, ButtonText, FormTtl, FormTtlError},
    charge_amount::{ChargeAmount, ChargeAmountError},
    contact::{Email, EmailError},
    currency::{Currency, CurrencyError},
    delivery::{Carrier, DeliveryInstructions, FulfilmentNote, RecipientName, TrackingNumber, TrackingNumberError},
    description::Description,
    environment::{Environment, EnvironmentError},
    extensible::Extensible,
    external_id::{ExternalId, ExternalIdError},
    fulfilment::{FulfilmentState, FulfilmentView},
    https_url::HttpsUrl,
    item_name::ItemName,
    metadata::{Metadata, MetadataError, MetadataKey, MetadataKeyError, MetadataSource, MetadataValue},
    order_item::{OrderItem, OrderItemView},
    origin::{Loopback, Origin},
    payer::Payer,
    person::PersonName,
    phone::{PhoneError, PhoneNumber},
    quantity::{Quantity, QuantityError},
    reference::{Reference, ReferenceError},
    retain_days::{RetainDays, RetainDaysError},
    rfc::{Rfc, RfcError},
    sale_reference::SaleReference,
    secret::{Secret, SecretError},
    shipping_amount::ShippingAmount,
    shipping_method_code::{ShippingMethodCode, ShippingMethodCodeError},
    sku::{Sku, SkuError},
    state_code::{StateCode, StateCodeError},
    terminal_code::TerminalCode,
    text::{TextError, WordError, clean_code},
    time::{TimeError, TimeRangeError, UnixMillis},
    time_zone::{LocalTime, TimeZone, TimeZoneError},
    ttl::{Ttl, TtlError},
    url_error::UrlError,
    uuid::{CardPaymentId, PaymentId, PaymentIntentId, PaymentMethodId, UuidError},
    zip::{Zip, ZipError},
};
