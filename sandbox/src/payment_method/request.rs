//! The bodies of the calls about saved cards
//! (docs.compago.com/payment-method/save-card, /charge and /refund, read November 2026).

use super::BillingInformation;
use super::display::Display;
use crate::body::{self, Fields, RequestProblem};
use crate::link;
use crate::money::{CURRENCY, Centavos};

/// A well-formed request to save a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewMethod {
    /// The merchant's own id of the customer; not documented as unique.
    pub(crate) external_id: Option<String>,
    pub(crate) verification_amount: Centavos,
    pub(crate) display: Display,
    pub(crate) redirect_url: Option<String>,
    pub(crate) ttl_minutes: u32,
    pub(crate) billing_information: BillingInformation,
}

impl NewMethod {
    pub(crate) fn parse(body: &[u8]) -> Result<Self, RequestProblem> {
        let body = body::object(body)?;
        let body = Fields::of(&body);
        let billing = body.object("billingInformation")?;
        Ok(Self {
            billing_information: BillingInformation {
                email: billing.text("email")?,
                first_name: billing.text("firstName")?,
                last_name: billing.text("lastName")?,
                phone_number: billing.text("phoneNumber")?,
            },
            external_id: body.optional_text("externalId")?,
            verification_amount: verification_amount(&body)?,
            display: Display::parse(&body)?,
            redirect_url: redirect_url(&body)?,
            ttl_minutes: ttl_minutes(&body)?,
        })
    }
}

/// A well-formed charge. The method checks whether the card can be charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewCharge {
    pub(crate) amount: Centavos,
    pub(crate) description: Option<String>,
}

impl NewCharge {
    /// Parses a charge. The texts for amount and currency are labels of the documentation's table. The reference allows
    /// amounts from 0.01, the guide from 1; the guide documents the error.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, RequestProblem> {
        let body = body::object(body)?;
        let body = Fields::of(&body);
        let amount = match body.amount() {
            Ok(amount) if amount >= Centavos::ONE_PESO => amount,
            Ok(_) | Err(RequestProblem::Amount(_)) => return Err(RequestProblem::Label("Invalid amount")),
            Err(other) => return Err(other),
        };
        if body.optional_text("currency")?.is_some_and(|currency| currency != CURRENCY) {
            return Err(RequestProblem::Label("Currency not supported"));
        }
        Ok(Self { amount, description: body.optional_text("description")? })
    }
}

/// Parses the reason of a refund that has a body.
pub(crate) fn refund_reason(body: &[u8]) -> Result<Option<String>, RequestProblem> {
    Fields::of(&body::object(body)?).optional_text("reason")
}

/// Parses the verification amount. The guide's minimum is 1, the reference's 0.01; here the guide's applies, as for
/// charges.
fn verification_amount(body: &Fields<'_>) -> Result<Centavos, RequestProblem> {
    let Some(value) = body.optional("verificationAmount") else {
        return Ok(Centavos::ONE_PESO);
    };
    value
        .as_number()
        .and_then(|number| Centavos::from_number(number).ok())
        .filter(|amount| *amount >= Centavos::ONE_PESO)
        .ok_or_else(|| body.malformed("verificationAmount", "a number of at least 1 with at most 2 decimals"))
}

fn redirect_url(body: &Fields<'_>) -> Result<Option<String>, RequestProblem> {
    let text = body.optional_text("redirectUrl")?;
    match text {
        Some(text) if !link::is_web_address(&text) => Err(body.malformed("redirectUrl", "an http or https URL")),
        text => Ok(text),
    }
}

/// Parses the lifetime. No maximum is documented.
fn ttl_minutes(body: &Fields<'_>) -> Result<u32, RequestProblem> {
    let Some(value) = body.optional("ttlMinutes") else {
        return Ok(TWO_DAYS);
    };
    let minutes = value.as_u64().and_then(|minutes| u32::try_from(minutes).ok());
    minutes.filter(|minutes| *minutes >= 1).ok_or_else(|| body.malformed("ttlMinutes", "an integer of at least 1"))
}

const TWO_DAYS: u32 = 2_880;
