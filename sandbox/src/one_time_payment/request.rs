//! The body of `POST /one-time-payment`, field by field (docs.compago.com/one-time-payment/create, read November 2026).
//!
//! Formats that Compago does not document (e-mail, phone, zip, lengths) are not checked.

use super::{Address, BillingInformation};
use crate::body::{self, Fields, RequestProblem};
use crate::link;
use crate::money::{CURRENCY, Centavos};

/// A well-formed request. The collection checks the minimum amount and whether the external id is unused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewPayment {
    pub(crate) amount: Centavos,
    pub(crate) description: String,
    pub(crate) external_id: String,
    pub(crate) redirect_url: String,
    pub(crate) homepage_url: String,
    pub(crate) ttl_minutes: u16,
    pub(crate) billing_information: BillingInformation,
}

impl NewPayment {
    pub(crate) fn parse(body: &[u8]) -> Result<Self, RequestProblem> {
        let body = body::object(body)?;
        let body = Fields::of(&body);
        let amount = body.amount()?;
        if body.text("currency")? != CURRENCY {
            return Err(RequestProblem::Label("Currency not supported"));
        }
        let billing = body.object("billingInformation")?;
        let address = billing.object("address")?;
        Ok(Self {
            amount,
            description: body.text("description")?,
            external_id: body.text("externalId")?,
            redirect_url: web_address(&body, "redirectUrl")?,
            homepage_url: web_address(&body, "homepageUrl")?,
            ttl_minutes: ttl_minutes(&body)?,
            billing_information: BillingInformation {
                email: billing.text("email")?,
                first_name: billing.text("firstName")?,
                last_name: billing.text("lastName")?,
                phone_number: billing.text("phoneNumber")?,
                address: Address {
                    address_line: address.text("addressLine")?,
                    city: address.text("city")?,
                    state: state(&address)?,
                    zip: address.text("zip")?,
                },
            },
        })
    }
}

fn web_address(body: &Fields<'_>, name: &str) -> Result<String, RequestProblem> {
    let text = body.text(name)?;
    if link::is_web_address(&text) { Ok(text) } else { Err(body.malformed(name, "an http or https URL")) }
}

fn ttl_minutes(body: &Fields<'_>) -> Result<u16, RequestProblem> {
    let Some(value) = body.optional("ttlMinutes") else {
        return Ok(*TTL_MINUTES.end());
    };
    let minutes = value.as_u64().and_then(|minutes| u16::try_from(minutes).ok());
    minutes
        .filter(|minutes| TTL_MINUTES.contains(minutes))
        .ok_or_else(|| body.malformed("ttlMinutes", "an integer between 10 and 2880"))
}

fn state(address: &Fields<'_>) -> Result<String, RequestProblem> {
    let state = address.text("state")?;
    if STATES.contains(&state.as_str()) { Ok(state) } else { Err(address.malformed("state", "a Mexican state code")) }
}

/// The lifetime of a link in minutes; the maximum is also the default.
pub(super) const TTL_MINUTES: std::ops::RangeInclusive<u16> = 10..=2_880;

/// The 32 codes; note GUA for Guanajuato, GRO for Guerrero and CDMX.
const STATES: [&str; 32] = [
    "AGU", "BCN", "BCS", "CAM", "CHP", "CHH", "CDMX", "COA", "COL", "DUR", "MEX", "GUA", "GRO", "HID", "JAL", "MIC",
    "MOR", "NAY", "NLE", "OAX", "PUE", "QUE", "ROO", "SLP", "SIN", "SON", "TAB", "TAM", "TLA", "VER", "YUC", "ZAC",
];
