//! Payment methods: cards that customers save on a page and that the merchant charges later.
//!
//! ```text
//! PENDING -- saved --> ACTIVE -- revoked --> REVOKED
//!    |  \-- declined --> PENDING               (another card may be tried)
//!    \-- its link's time passes --> EXPIRED
//! ```
//!
//! REVOKED and EXPIRED are final. EXPIRED refers to the link, never to the card
//! (docs.compago.com/payment-method/overview and /manage, read November 2026).

pub(crate) mod answer;
pub(crate) mod card;
pub(crate) mod charge;
pub(crate) mod collection;
pub(crate) mod display;
pub(crate) mod outcome;
pub(crate) mod request;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantNames};
use uuid::Uuid;

use crate::clock::whole_second;
use crate::link;
use crate::money::Centavos;
use crate::settings::{ReturnWithoutExternalId, Settings};
use card::Card;
use charge::Charge;
use display::Display;
use outcome::Start;
use request::{NewCharge, NewMethod};

/// One method as the sandbox stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Method {
    pub(crate) id: Uuid,
    pub(crate) external_id: Option<String>,
    /// In centavos; charged and voided when a card is saved.
    pub(crate) verification_amount: Centavos,
    pub(crate) display: Display,
    pub(crate) redirect_url: Option<String>,
    pub(crate) created_at: Timestamp,
    /// When the link expires.
    pub(crate) expires_at: Timestamp,
    /// The number of cards declined on the page.
    pub(crate) declines: u32,
    pub(crate) billing_information: BillingInformation,
    pub(crate) saved: Option<Saved>,
    /// The charges, oldest first.
    pub(crate) charges: Vec<Charge>,
}

/// The card of a method, once the customer has saved it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Saved {
    pub(crate) card: Card,
    pub(crate) at: Timestamp,
    /// The verification: charged and voided, so CANCELLED.
    pub(crate) verification: Charge,
    pub(crate) revoked_at: Option<Timestamp>,
}

impl Method {
    pub(crate) fn created(new: NewMethod, now: Timestamp) -> Self {
        let ttl = SignedDuration::from_mins(i64::from(new.ttl_minutes));
        Self {
            id: Uuid::new_v4(),
            external_id: new.external_id,
            verification_amount: new.verification_amount,
            display: new.display,
            redirect_url: new.redirect_url,
            created_at: now,
            // Counted from a whole second, so that the formatted time without a fraction is exact.
            expires_at: whole_second(now).checked_add(ttl).unwrap_or(Timestamp::MAX),
            declines: 0,
            billing_information: new.billing_information,
            saved: None,
            charges: Vec::new(),
        }
    }

    pub(crate) fn status(&self, now: Timestamp) -> Status {
        match &self.saved {
            Some(Saved { revoked_at: Some(_), .. }) => Status::Revoked,
            Some(Saved { revoked_at: None, .. }) => Status::Active,
            None if now >= self.expires_at => Status::Expired,
            None => Status::Pending,
        }
    }

    /// Saves a card: its verification is charged and voided.
    pub(crate) fn save(&mut self, card: Card, now: Timestamp) -> Result<(), NotPending> {
        self.still_pending(now)?;
        let verification = NewCharge { amount: self.verification_amount, description: None };
        let verification = Charge::made(verification, charge::Status::Cancelled, None, now);
        self.saved = Some(Saved { card, at: now, verification, revoked_at: None });
        Ok(())
    }

    /// Declines a card in the verification; another one may be tried.
    pub(crate) fn decline(&mut self, now: Timestamp) -> Result<(), NotPending> {
        self.still_pending(now)?;
        self.declines = self.declines.saturating_add(1);
        Ok(())
    }

    pub(crate) fn revoke(&mut self, now: Timestamp) -> Result<(), NotActive> {
        self.active()?.revoked_at = Some(now);
        Ok(())
    }

    /// Charges the card. Two equal calls cannot be distinguished from a repeated one: each is a charge.
    pub(crate) fn charge(
        &mut self,
        new: NewCharge,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<Charged<'_>, NotActive> {
        let card = self.active()?.card;
        let (status, refused) = match Start::of(card, settings) {
            Start::Answered(status) => (status, None),
            Start::Refused(why) => (charge::Status::Cancelled, Some(why)),
        };
        let charge = Charge::made(new, status, outcome::settlement(card, settings, now), now);
        Ok(match refused {
            Some(why) => {
                if settings.declined_error_listed {
                    self.charges.push(charge);
                }
                Charged::Refused(why)
            }
            None => Charged::Made(self.charges.push_mut(charge)),
        })
    }

    /// Returns the charges in Compago's list, oldest first. Whether the verification is among them is not documented.
    pub(crate) fn payments(&self, settings: &Settings) -> impl Iterator<Item = &Charge> {
        let saved = self.saved.iter().filter(|_| settings.verification_listed);
        saved.map(|saved| &saved.verification).chain(&self.charges)
    }

    /// Returns the URL to which the customer is redirected after saving a card, if the merchant gave one.
    pub(crate) fn return_address(&self, settings: &Settings) -> Option<String> {
        let external_id = self.external_id.as_deref().or(match settings.return_without_external_id {
            ReturnWithoutExternalId::Omit => None,
            ReturnWithoutExternalId::Empty => Some(""),
            ReturnWithoutExternalId::Null => Some("null"),
        });
        let redirect_url = self.redirect_url.as_deref()?;
        Some(link::return_address(redirect_url, &self.id.to_string(), external_id))
    }

    fn still_pending(&self, now: Timestamp) -> Result<(), NotPending> {
        match self.status(now) {
            Status::Pending => Ok(()),
            other @ (Status::Active | Status::Expired | Status::Revoked) => Err(NotPending(other)),
        }
    }

    fn active(&mut self) -> Result<&mut Saved, NotActive> {
        self.saved.as_mut().filter(|saved| saved.revoked_at.is_none()).ok_or(NotActive)
    }
}

/// The result of a charge.
pub(crate) enum Charged<'a> {
    Made(&'a Charge),
    Refused(&'static str),
}

/// The four statuses of a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, EnumString, IntoStaticStr, VariantNames)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
pub(crate) enum Status {
    Pending,
    Active,
    Expired,
    Revoked,
}

/// The method is not PENDING, so no card can be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotPending(pub(crate) Status);

/// The method is not ACTIVE, so the card cannot be charged or revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotActive;

/// The card holder, without an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct BillingInformation {
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) phone_number: String,
}
