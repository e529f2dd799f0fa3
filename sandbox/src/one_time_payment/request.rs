//! The body of `POST /one-time-payment`, field by field (docs.compago.com/one-time-payment/create, read November 2026).
//!
//! The vendor's pages give no texts for missing or malformed fields; these are ours. Formats that they leave open (e-mail,
//! phone, zip, lengths) are not checked: a required text is one that is not blank. Unknown fields are ignored.

use serde_json::{Map, Value};

use super::{Address, BillingInformation, CURRENCY};
use crate::money::{AmountProblem, Centavos};

/// A well-formed request; whether the amount suffices and the external id is free is for the collection to say.
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
        let Ok(Value::Object(body)) = serde_json::from_slice(body) else {
            return Err(RequestProblem::NotAnObject);
        };
        let body = Fields { path: "", fields: &body };
        let amount = body.amount()?;
        body.currency()?;
        let billing = body.object("billingInformation")?;
        let address = billing.object("address")?;
        Ok(Self {
            amount,
            description: body.text("description")?,
            external_id: body.text("externalId")?,
            redirect_url: body.web_address("redirectUrl")?,
            homepage_url: body.web_address("homepageUrl")?,
            ttl_minutes: body.ttl_minutes()?,
            billing_information: BillingInformation {
                email: billing.text("email")?,
                first_name: billing.text("firstName")?,
                last_name: billing.text("lastName")?,
                phone_number: billing.text("phoneNumber")?,
                address: Address {
                    address_line: address.text("addressLine")?,
                    city: address.text("city")?,
                    state: address.state()?,
                    zip: address.text("zip")?,
                },
            },
        })
    }
}

/// What is wrong with a request's body.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RequestProblem {
    #[error("The request body must be a JSON object")]
    NotAnObject,
    #[error("{0} is required")]
    Missing(String),
    #[error("{0} must be {1}")]
    Malformed(String, &'static str),
    #[error("{0}")]
    Amount(String),
    #[error("Currency not supported")]
    Currency,
}

impl From<AmountProblem> for RequestProblem {
    fn from(problem: AmountProblem) -> Self {
        Self::Amount(problem.to_string())
    }
}

/// The fields of one object, with the path to it for the error texts.
struct Fields<'a> {
    path: &'static str,
    fields: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    fn required(&self, name: &str) -> Result<&'a Value, RequestProblem> {
        self.optional(name).ok_or_else(|| RequestProblem::Missing(self.named(name)))
    }

    fn optional(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    fn named(&self, name: &str) -> String {
        format!("{}{name}", self.path)
    }

    fn malformed(&self, name: &str, expected: &'static str) -> RequestProblem {
        RequestProblem::Malformed(self.named(name), expected)
    }

    fn text(&self, name: &str) -> Result<String, RequestProblem> {
        let text = self.required(name)?.as_str().ok_or_else(|| self.malformed(name, "a string"))?;
        if text.trim().is_empty() {
            return Err(RequestProblem::Missing(self.named(name)));
        }
        Ok(text.to_owned())
    }

    fn web_address(&self, name: &str) -> Result<String, RequestProblem> {
        let text = self.text(name)?;
        if crate::link::is_web_address(&text) { Ok(text) } else { Err(self.malformed(name, "an http or https URL")) }
    }

    fn object(&self, name: &str) -> Result<Fields<'a>, RequestProblem> {
        let fields = self.required(name)?.as_object().ok_or_else(|| self.malformed(name, "an object"))?;
        let path = if self.path.is_empty() { "billingInformation." } else { "billingInformation.address." };
        Ok(Fields { path, fields })
    }

    fn amount(&self) -> Result<Centavos, RequestProblem> {
        let Value::Number(number) = self.required("amount")? else {
            return Err(self.malformed("amount", "a number"));
        };
        Ok(Centavos::from_number(number)?)
    }

    fn currency(&self) -> Result<(), RequestProblem> {
        if self.text("currency")? == CURRENCY { Ok(()) } else { Err(RequestProblem::Currency) }
    }

    fn ttl_minutes(&self) -> Result<u16, RequestProblem> {
        let Some(value) = self.optional("ttlMinutes") else {
            return Ok(*TTL_MINUTES.end());
        };
        let minutes = value.as_u64().and_then(|minutes| u16::try_from(minutes).ok());
        minutes
            .filter(|minutes| TTL_MINUTES.contains(minutes))
            .ok_or_else(|| self.malformed("ttlMinutes", "an integer between 10 and 2880"))
    }

    fn state(&self) -> Result<String, RequestProblem> {
        let state = self.text("state")?;
        if STATES.contains(&state.as_str()) { Ok(state) } else { Err(self.malformed("state", "a Mexican state code")) }
    }
}

/// How long a link lives; the longest time is also the default.
const TTL_MINUTES: std::ops::RangeInclusive<u16> = 10..=2_880;

/// The 32 codes; note GUA for Guanajuato, GRO for Guerrero and CDMX.
const STATES: [&str; 32] = [
    "AGU", "BCN", "BCS", "CAM", "CHP", "CHH", "CDMX", "COA", "COL", "DUR", "MEX", "GUA", "GRO", "HID", "JAL", "MIC",
    "MOR", "NAY", "NLE", "OAX", "PUE", "QUE", "ROO", "SLP", "SIN", "SON", "TAB", "TAM", "TLA", "VER", "YUC", "ZAC",
];
