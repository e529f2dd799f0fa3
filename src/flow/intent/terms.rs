//! What is to be charged. None of it changes over a charge's life.

use serde::{Deserialize, Serialize};

use crate::api::payment_intent::create::CreatePaymentIntent;
use crate::value::{Amount, Currency, ExternalId, Metadata, Reference, SaleReference, TerminalCode, UnixMillis};

/// What is to be charged, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IntentTerms {
    /// The reference, derived from the request's idempotency key.
    pub key: Reference,
    /// What the card is charged.
    pub amount: Amount,
    /// Its currency.
    pub currency: Currency,
    /// The terminal; any of the organisation if none.
    pub terminal_code: Option<TerminalCode>,
    /// The merchant's own name for the sale.
    pub reference: Option<SaleReference>,
    /// What Compago knows the charge by: never used before, and never again.
    pub external_id: ExternalId,
    /// When the till asked for it.
    pub placed_at: UnixMillis,
    /// The merchant's own data.
    pub metadata: Metadata,
}

impl IntentTerms {
    /// The call that makes the intent.
    pub fn create(&self) -> CreatePaymentIntent {
        CreatePaymentIntent {
            amount: self.amount,
            currency: self.currency,
            external_id: self.external_id.clone(),
            terminal_code: self.terminal_code.clone(),
        }
    }
}

/// The external id of a charge: the merchant's reference, the time in UTC to the second, and the charge's own name. A
/// reference may come again, such as a table's number; this does not.
///
/// A dot becomes a hyphen, since [`ExternalId`] takes none. `None` for no reference that there is.
///
/// ```
/// use compago::flow::intent::terms::external_id;
/// use compago::value::UnixMillis;
///
/// let sale = "mesa-4".parse()?;
/// let id = external_id(Some(&sale), &"K7Q2-M9XD-3FHT".parse()?, UnixMillis(1_772_388_000_000));
/// assert_eq!(id.map(|id| id.to_string()).as_deref(), Some("mesa-4_20260301T180000_k7q2m9xd3fht"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn external_id(sale: Option<&SaleReference>, key: &Reference, now: UnixMillis) -> Option<ExternalId> {
    let sale = sale.map_or("pos", SaleReference::as_str).replace('.', "-");
    let time: String =
        now.to_string().chars().filter(|c| !matches!(c, '-' | ':')).take("20260301T180000".len()).collect();
    format!("{sale}_{time}_{}", key.compact().to_ascii_lowercase()).parse().ok()
}
