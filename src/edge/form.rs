//! How a browser asks for the payer's data: what its input elements need, from the same place as the rules.

use serde::Serialize;

use crate::value::{AddressLine, City, Email, PersonName};

/// What an `<input>` or `<select>` for one field needs. The values are those of HTML's attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FormField {
    /// The field in the request body; problems name it so.
    pub pointer: &'static str,
    /// `type`; `select` for a list to choose from.
    pub input_type: &'static str,
    /// `inputmode`: which keyboard a telephone shows.
    pub input_mode: &'static str,
    /// `autocomplete`.
    pub autocomplete: &'static str,
    /// `maxlength`. Where separators, or what is pasted along, are dropped before checking it leaves room for them: a browser
    /// cuts off what is longer.
    pub max_length: usize,
}

/// The fields of `billingInformation`, all required, in the order in which people think of them.
pub const BILLING_FIELDS: &[FormField] = &[
    field("/billingInformation/email", "email", "email", "email", Email::MAX_CHARS),
    field("/billingInformation/phoneNumber", "tel", "tel", "tel", 40),
    field("/billingInformation/firstName", "text", "text", "given-name", PersonName::MAX_CHARS),
    field("/billingInformation/lastName", "text", "text", "family-name", PersonName::MAX_CHARS),
    field("/billingInformation/address/addressLine", "text", "text", "street-address", AddressLine::MAX_CHARS),
    field("/billingInformation/address/city", "text", "text", "address-level2", City::MAX_CHARS),
    field("/billingInformation/address/state", "select", "text", "address-level1", 4),
    field("/billingInformation/address/zip", "text", "numeric", "postal-code", 20),
];

const fn field(
    pointer: &'static str,
    input_type: &'static str,
    input_mode: &'static str,
    autocomplete: &'static str,
    max_length: usize,
) -> FormField {
    FormField { pointer, input_type, input_mode, autocomplete, max_length }
}
