//! Status, code and words of each refusal. The words of what is wrong with a body's fields stand in the core.
//!
//! A title is true of every refusal with its code, a detail of every request that can be refused so: "nothing was charged" is
//! said only of calls that charge and are known not to have, "the same key" only where a key is required. Where that differs by
//! what was asked of the payment provider, the words are in `provider`; those of requests that nobody could answer are in `request`,
//! of orders, charges and cards in `payment`.

use crate::http::error::Fault;

mod payment;
mod provider;
mod request;

/// How a refusal is told.
pub(super) struct Told {
    pub(super) status: u16,
    /// Names the refusal to programs, and its page to people.
    pub(super) code: &'static str,
    /// Title and detail in Spanish.
    pub(super) es: (&'static str, &'static str),
    /// Title and detail in English.
    pub(super) en: (&'static str, &'static str),
}

/// How this one is told.
pub(super) const fn told(fault: &Fault) -> &'static Told {
    match fault {
        Fault::InvalidBody(_) => &request::INVALID_BODY,
        Fault::NotJson => &request::NOT_JSON,
        Fault::TooLarge => &request::TOO_LARGE,
        Fault::BodyIncomplete => &request::BODY_INCOMPLETE,
        Fault::MediaType => &request::MEDIA_TYPE,
        Fault::NotFound => &request::NOT_FOUND,
        Fault::Method(_) => &request::METHOD,
        Fault::KeyMissing => &request::KEY_MISSING,
        Fault::KeyMalformed => &request::KEY_MALFORMED,
        Fault::KeyReused => &request::KEY_REUSED,
        Fault::InFlight => &request::IN_FLIGHT,
        Fault::TooMany { .. } => &request::TOO_MANY,
        Fault::TooManyOpenLinks { .. } => &request::TOO_MANY_OPEN_LINKS,
        Fault::ShopBusy { .. } => &request::SHOP_BUSY,
        Fault::Unauthenticated => &request::UNAUTHENTICATED,
        Fault::WrongToken => &request::WRONG_TOKEN,
        Fault::Forbidden => &request::FORBIDDEN,
        Fault::ForeignOrigin => &request::FOREIGN_ORIGIN,
        Fault::ProviderUnavailable(call) => provider::unavailable(*call),
        Fault::ProviderRefused(call) => provider::refused(*call),
        Fault::RequestRefused(call) => provider::request_refused(*call),
        Fault::WrongHost { .. } => &request::WRONG_HOST,
        Fault::HttpsRequired { .. } => &request::HTTPS_REQUIRED,
        Fault::AmountBelowMinimum { .. } => &payment::AMOUNT_BELOW_MINIMUM,
        Fault::ExternalIdTaken => &payment::EXTERNAL_ID_TAKEN,
        Fault::PaymentOnHold { .. } => &payment::PAYMENT_ON_HOLD,
        Fault::StillPayable => &payment::STILL_PAYABLE,
        Fault::OrderPaid => &payment::ORDER_PAID,
        Fault::OrderOnHold => &payment::ORDER_ON_HOLD,
        Fault::OrderClosed => &payment::ORDER_CLOSED,
        Fault::Verifying => &payment::VERIFYING,
        Fault::NotCancellable => &payment::NOT_CANCELLABLE,
        Fault::TerminalBusy => &payment::TERMINAL_BUSY,
        Fault::IntentPaid => &payment::INTENT_PAID,
        Fault::TerminalNotFound => &payment::TERMINAL_NOT_FOUND,
        Fault::IntentUnknown => &payment::INTENT_UNKNOWN,
        Fault::CardNotActive => &payment::CARD_NOT_ACTIVE,
        Fault::CardNotRevocable => &payment::CARD_NOT_REVOCABLE,
        Fault::CardBusy => &payment::CARD_BUSY,
        Fault::PaymentNotConfirmed => &payment::PAYMENT_NOT_CONFIRMED,
        Fault::LinkElsewhere => &payment::LINK_ELSEWHERE,
        Fault::InvalidQuery => &request::INVALID_QUERY,
        Fault::Misconfigured => &request::MISCONFIGURED,
        Fault::CatalogUnreadable => &request::CATALOG_UNREADABLE,
        Fault::Internal(_) => &request::INTERNAL,
    }
}
