//! The schemas of values. Their limits are those that the parsers use.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::api::list::PageSize;
use crate::edge::Capability;
use crate::edge::total::Sum;
use crate::problem::{Locale, ProblemCode};
use crate::value::{
    AddressLine, Amount, ButtonColor, ButtonText, CardPaymentId, Carrier, ChargeAmount, City, Currency,
    DeliveryInstructions, Description, Email, Environment, ExternalId, FormTtl, FulfilmentNote, HttpsUrl, ItemName,
    Metadata, MetadataKey, MetadataValue, PaymentId, PaymentIntentId, PaymentMethodId, PersonName, PhoneNumber,
    Quantity, RecipientName, Reference, Rfc, SaleReference, ShippingAmount, ShippingMethodCode, Sku, StateCode,
    TerminalCode, TrackingNumber, Ttl, UnixMillis, Zip,
};
use crate::webhook::{EventId, EventKind};

/// A value with a name of its own in the document.
macro_rules! named {
    ($type:ty, $name:literal, $schema:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

/// A value whose schema is written wherever it is used.
macro_rules! inline {
    ($type:ty, $generator:ident => $schema:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

/// An amount as answers write it; requests are read with fewer decimals as well.
pub(crate) struct WrittenAmount;

named!(
    WrittenAmount,
    "Amount",
    json_schema!({
        "type": "string",
        "pattern": "^[0-9]+\\.[0-9]{2}$",
        "description": "Pesos with two decimals, never a float.",
        "examples": ["350.50"],
    })
);
named!(
    Sum,
    "Sum",
    json_schema!({
        "type": "string",
        "pattern": "^[0-9]+\\.[0-9]{2}$",
        "description": "A sum in pesos with two decimals, which may be zero.",
    })
);
inline!(Amount, generator => amount(generator, |more| format!("(0|[1-9][0-9]{{0,{more}}})")));
inline!(ChargeAmount, generator => amount(generator, |more| format!("[1-9][0-9]{{0,{more}}}")));

/// Returns the schema of an amount. `whole` writes the pattern of the pesos, given how many digits may follow the first.
fn amount(generator: &mut SchemaGenerator, whole: impl Fn(usize) -> String) -> Schema {
    if generator.contract().is_serialize() {
        return generator.subschema_for::<WrittenAmount>();
    }
    let digits = Amount::MAX.to_string().find('.').unwrap();
    json_schema!({ "type": "string", "pattern": format!("^{}(\\.[0-9]{{1,2}})?$", whole(digits - 1)) })
}

named!(Currency, "Currency", json_schema!({ "type": "string", "const": Currency::Mxn.as_str() }));
named!(
    UnixMillis,
    "Time",
    json_schema!({
        "type": "string",
        "format": "date-time",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",
        "description": "RFC 3339, UTC, with three decimals.",
        "examples": [UnixMillis(1_772_388_000_000)],
    })
);
/// The capability of a card, which the document tells from that of an order.
pub(crate) struct CardCapability;

named!(
    CardCapability,
    "SavedCardCapability",
    json_schema!({
        "type": "string",
        "pattern": format!("^[0-9a-z]{{{}}}$", Capability::CHARS),
        "description": "A card's capability: whoever has it may see the form that saves the card and follow it. It cannot be guessed.",
    })
);
named!(
    Capability,
    "Capability",
    json_schema!({
        "type": "string",
        "pattern": format!("^[0-9a-z]{{{}}}$", Capability::CHARS),
        "description": "An order's capability: whoever has it may see the order, retry it and cancel it. It cannot be guessed.",
    })
);
named!(
    Reference,
    "Reference",
    json_schema!({
        "type": "string",
        "pattern": reference_pattern(),
        "description": "An order's name for people, made to be read aloud. It grants nothing.",
        "examples": ["K7Q2-M9XD-3FHT"],
    })
);
named!(
    ExternalId,
    "ExternalId",
    json_schema!({
        "type": "string",
        "pattern": plain(ExternalId::MAX_CHARS),
        "description": "The merchant's id of a payment, unique within the organisation for ever.",
    })
);
named!(EventId, "EventId", json_schema!({ "type": "string", "pattern": plain(EventId::MAX_CHARS) }));
inline!(Locale, _generator => words(Locale::ALL.iter().map(|locale| locale.as_str()), "Mexican Spanish or English."));
named!(
    Rfc,
    "Rfc",
    json_schema!({
        "type": "string",
        "pattern": "^[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}$",
        "description": "A Mexican tax id: 12 characters of a company, 13 of a person.",
        "examples": ["TNU190312AB1"],
    })
);
named!(Sku, "Sku", json_schema!({ "type": "string", "pattern": plain(Sku::MAX_CHARS) }));
named!(
    ShippingAmount,
    "ShippingAmount",
    json_schema!({
        "type": "string",
        "pattern": "^[0-9]+\\.[0-9]{2}$",
        "description": "A shipping fee in pesos with two decimals; `0.00` if it is free.",
        "examples": ["99.00"],
    })
);
named!(
    ShippingMethodCode,
    "ShippingMethodCode",
    json_schema!({
        "type": "string",
        "pattern": format!("^[a-z0-9-]{{1,{}}}$", ShippingMethodCode::MAX_CHARS),
        "description": "A shipping method of the shop, by its code.",
    })
);
named!(
    Metadata,
    "Metadata",
    json_schema!({
        "type": "object",
        "propertyNames": { "pattern": plain(MetadataKey::MAX_CHARS) },
        "additionalProperties": { "type": "string", "minLength": 1, "maxLength": MetadataValue::MAX_CHARS },
        "maxProperties": Metadata::MAX_ENTRIES,
        "description": format!(
            "The merchant's own data: names and texts, together at most {} bytes of UTF-8. Personal data does not belong here: it is in \
             webhooks and lists, and is not deleted.",
            Metadata::MAX_BYTES
        ),
        "examples": [{ "table": "4" }],
    })
);
named!(PaymentId, "PaymentId", uuid("Compago's id of a one-time payment."));
named!(PaymentIntentId, "PaymentIntentId", uuid("Compago's id of a payment intent."));
named!(PaymentMethodId, "PaymentMethodId", uuid("Compago's id of a saved card."));
named!(CardPaymentId, "CardPaymentId", uuid("Compago's id of one charge of a saved card."));
named!(TerminalCode, "TerminalCode", word(TerminalCode::MAX_CHARS, "A terminal's serial number."));
named!(
    SaleReference,
    "SaleReference",
    word(SaleReference::MAX_CHARS, "The merchant's own name for a sale, such as a table; it need not be unique.")
);
named!(
    Environment,
    "Environment",
    words(
        Environment::ALL.iter().map(|environment| environment.as_str()),
        "The Worker's `MODE`: only `production` is money; `demo` is Compago's demo environment, `local` a stand-in on one's own machine. Webhooks that were enqueued before they had the field have none."
    )
);
named!(EventKind, "EventType", words(EventKind::ALL.iter().map(|kind| kind.as_str()), "What a webhook reports."));
named!(
    ProblemCode,
    "FieldProblemCode",
    words(ProblemCode::ALL.iter().map(|code| code.as_str()), "What is wrong with one field of a body. Stable.")
);

inline!(StateCode, _generator => words(StateCode::ALL.iter().map(|state| state.code()), "A state of Mexico, by Compago's code."));
inline!(Email, _generator => json_schema!({ "type": "string", "maxLength": Email::MAX_CHARS }));
inline!(PhoneNumber, _generator => json_schema!({ "type": "string" }));
inline!(PersonName, _generator => text(PersonName::MAX_CHARS));
inline!(AddressLine, _generator => text(AddressLine::MAX_CHARS));
inline!(City, _generator => text(City::MAX_CHARS));
inline!(Zip, _generator => json_schema!({ "type": "string", "pattern": format!("^[0-9]{{{}}}$", Zip::DIGITS) }));
inline!(Description, _generator => text(Description::MAX_CHARS));
inline!(ItemName, _generator => text(ItemName::MAX_CHARS));
inline!(RecipientName, _generator => text(RecipientName::MAX_CHARS));
inline!(DeliveryInstructions, _generator => text(DeliveryInstructions::MAX_CHARS));
inline!(Carrier, _generator => text(Carrier::MAX_CHARS));
inline!(FulfilmentNote, _generator => text(FulfilmentNote::MAX_CHARS));
inline!(TrackingNumber, _generator => json_schema!({
    "type": "string",
    "pattern": format!("^[A-Za-z0-9 -]{{1,{}}}$", TrackingNumber::MAX_CHARS),
}));
inline!(ButtonText, _generator => text(ButtonText::MAX_CHARS));
inline!(ButtonColor, _generator => json_schema!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" }));
inline!(HttpsUrl, _generator => json_schema!({ "type": "string", "format": "uri", "maxLength": HttpsUrl::MAX_CHARS }));
inline!(Ttl, _generator => number(Ttl::MIN.minutes(), Ttl::MAX.minutes()));
inline!(FormTtl, _generator => number(FormTtl::MIN.minutes(), FormTtl::MAX.minutes()));
inline!(Quantity, _generator => number(Quantity::MIN.get(), Quantity::MAX.get()));
inline!(PageSize, _generator => number(PageSize::ONE.get(), PageSize::MAX.get()));

/// Groups of four, of the digits and capital letters that Crockford's base 32 has.
fn reference_pattern() -> String {
    let group = "[0-9A-HJKMNP-TV-Z]{4}";
    format!("^{}$", [group; Reference::CHARS / 4].join("-"))
}

/// An id that needs no escaping in a path or a file name.
fn plain(max: usize) -> String {
    format!("^[A-Za-z0-9_-]{{1,{max}}}$")
}

fn word(max: usize, description: &str) -> Schema {
    let pattern = format!("^[A-Za-z0-9][A-Za-z0-9._-]{{0,{}}}$", max - 1);
    json_schema!({ "type": "string", "pattern": pattern, "description": description })
}

fn uuid(description: &str) -> Schema {
    let pattern = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
    json_schema!({ "type": "string", "pattern": pattern, "description": description })
}

pub(super) fn words<'a>(words: impl Iterator<Item = &'a str>, description: &str) -> Schema {
    json_schema!({ "type": "string", "enum": words.collect::<Vec<_>>(), "description": description })
}

fn text(max: usize) -> Schema {
    json_schema!({ "type": "string", "minLength": 1, "maxLength": max })
}

fn number(min: impl Into<Value>, max: impl Into<Value>) -> Schema {
    Schema::try_from(json!({ "type": "integer", "minimum": min.into(), "maximum": max.into() })).unwrap()
}
