//! The payer's part of an order, the same for shop and operator.

use crate::{
    body::{Fields, text},
    json::Json,
    problem::Problem,
    value::{Address, AddressLine, BillingInformation, City, Email, PersonName, PhoneNumber, StateCode, Zip},
};

/// Reads `billingInformation`, reporting each problem in it.
pub fn read_billing_information(
    value: &Json,
    pointer: &str,
    problems: &mut Vec<Problem>,
) -> Option<BillingInformation> {
    let mut fields = Fields::new(value, pointer, problems)?;
    let email = fields.required("email", text::<Email>);
    let first_name = fields.required("firstName", text::<PersonName>);
    let last_name = fields.required("lastName", text::<PersonName>);
    let phone_number = fields.required("phoneNumber", text::<PhoneNumber>);
    let address = fields.nested("address", read_address);
    fields.finish();
    Some(BillingInformation {
        email: email?,
        first_name: first_name?,
        last_name: last_name?,
        phone_number: phone_number?,
        address: address?,
    })
}

/// Reads an address, reporting each problem in it.
pub(super) fn read_address(value: &Json, pointer: &str, problems: &mut Vec<Problem>) -> Option<Address> {
    let mut fields = Fields::new(value, pointer, problems)?;
    let address_line = fields.required("addressLine", text::<AddressLine>);
    let city = fields.required("city", text::<City>);
    let state = fields.required("state", text::<StateCode>);
    let zip = fields.required("zip", text::<Zip>);
    fields.finish();
    Some(Address { address_line: address_line?, city: city?, state: state?, zip: zip? })
}
