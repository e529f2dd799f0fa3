//! What the return URL says. Anyone can type it.

use core::str::FromStr;

use super::Capability;
use crate::value::{ExternalId, PaymentId, percent};

/// The query of the return URL: our own `order`, and `id` and `externalId` as Compago appends them after a payment
/// (<https://docs.compago.com/one-time-payment/create>, read November 2026).
///
/// It is a hint and no more: all it can cause is that the payment which was stored with the order is looked up. It never
/// says which payment that is, nor that it was paid.
///
/// ```
/// use compago::edge::ReturnHint;
///
/// let order = "order=k7q2m9xd3fht0d3apd9386zf9cqby2xfs9q00a";
/// let id = "id=0f0e0d0c-1111-4222-8333-444455556666";
/// let hint = ReturnHint::parse(&format!("{order}&{id}&externalId=K7Q2M9XD3FHT-1"));
/// assert_eq!(hint.and_then(|hint| hint.external_id).map(|id| id.to_string()).as_deref(), Some("K7Q2M9XD3FHT-1"));
///
/// assert_eq!(ReturnHint::parse(&format!("{order}&{id}&{id}")).map(|hint| hint.id), Some(None));
/// assert_eq!(ReturnHint::parse(&format!("{order}&{order}&{id}")), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnHint {
    /// Ours, in the right form. Whether it is genuine is not known yet.
    pub order: Capability,
    /// The payment that is said to have been made. Missing if Compago appended nothing, or nothing legible.
    pub id: Option<PaymentId>,
    /// The attempt that is said to have been paid. Missing if Compago appended nothing, or nothing legible.
    pub external_id: Option<ExternalId>,
}

impl ReturnHint {
    /// Reads a query, with or without its question mark. `None` if it is too long, or if `order` is missing, stands there
    /// twice or is not what it should be. Of the other two, what is wrong counts as missing: a payer with half a return
    /// still belongs on the page of the order.
    #[must_use]
    pub fn parse(query: &str) -> Option<Self> {
        let query = query.strip_prefix('?').unwrap_or(query);
        if query.len() > MAX_QUERY_BYTES {
            return None;
        }
        let order = only(query, "order")?;
        Some(Self { order, id: only(query, "id"), external_id: only(query, "externalId") })
    }
}

/// The value of a parameter that stands there once.
fn only<T: FromStr>(query: &str, name: &str) -> Option<T> {
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut values = pairs.filter(|(other, _)| decoded(other).as_deref() == Some(name)).map(|(_, value)| value);
    match (values.next(), values.next()) {
        (Some(value), None) => decoded(value)?.parse().ok(),
        (None | Some(_), _) => None,
    }
}

/// The three parameters take 160; the rest is room for what others append on the way.
const MAX_QUERY_BYTES: usize = 2048;

/// The text of a name or a value. A `+` stays one: none of the three parameters can hold a space.
fn decoded(text: &str) -> Option<String> {
    String::from_utf8(percent::decode(text)?).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::ReturnHint;

    const ORDER: &str = "k7q2m9xd3fht0d3apd9386zf9cqby2xfs9q00a";
    const ID: &str = "0f0e0d0c-1111-4222-8333-444455556666";

    fn parse(query: &str) -> Option<ReturnHint> {
        ReturnHint::parse(&query.replace("@order", ORDER).replace("@id", ID))
    }

    #[test]
    fn hints_are_read() {
        for (query, id, external_id) in [
            ("order=@order", false, None),
            ("?order=@order", false, None),
            ("order=@order&id=@id&externalId=E-1", true, Some("E-1")),
            ("externalId=E-1&utm=1&utm=2&id=@id&order=@order&", true, Some("E-1")),
            ("order=@order&externalId=E%2D1", false, Some("E-1")),
            ("%6Frder=@order", false, None),
            ("order=%6@order", false, None),
            ("order=@order&%FF=1&%=2&ID=x&externalid=!", false, None),
        ] {
            let query = query.replace("%6@order", &ORDER.replacen('k', "%6b", 1));
            let hint = parse(&query).unwrap();
            assert_eq!(hint.order.as_str(), ORDER, "{query}");
            assert_eq!(hint.id.map(|id| id.to_string()).as_deref(), id.then_some(ID), "{query}");
            assert_eq!(hint.external_id.as_ref().map(|id| id.as_str()), external_id, "{query}");
        }
    }

    #[test]
    fn refusals() {
        for query in [
            "",
            "?",
            "id=@id",
            "order",
            "order=",
            "order=o",
            "order=@order0",
            "order=@order+",
            "order=@order?id=@id",
            "order=@order&order=@order",
            "order=@order&%6frder=@order",
            "order=@order&order",
        ] {
            assert_eq!(parse(query), None, "{query}");
        }
    }

    #[test]
    fn a_claim_that_is_wrong_leaves_the_order() {
        for query in [
            "order=@order&id=@id&id=@id",
            "order=@order&id=@id&%69d=@id",
            "order=@order&id=@id&id",
            "order=@order&externalId=a&externalId=b",
            "order=@order&externalId=",
            "order=@order&externalId=a%20b",
            "order=@order&externalId=a+b",
            "order=@order&externalId=a/b",
            "order=@order&id=",
            "order=@order&id=1",
            "order=@order&id=../payment-intent/x",
            "order=@order&id=@id%00",
            "order=@order&id=%20@id",
            "order=@order&externalId=%F",
            "order=@order&externalId=%GG",
            "order=@order&externalId=%FF",
            "order=@order&externalId=%",
        ] {
            let hint = parse(query).unwrap();
            assert_eq!(hint.order.as_str(), ORDER, "{query}");
            assert_eq!((hint.id, hint.external_id), (None, None), "{query}");
        }
        let one_sided = parse("order=@order&id=@id&externalId=a&externalId=b").unwrap();
        assert_eq!((one_sided.id.is_some(), one_sided.external_id), (true, None));
    }

    #[test]
    fn lengths() {
        let external_id = |length| parse(&format!("order=@order&externalId={}", "e".repeat(length)));
        assert!(external_id(64).unwrap().external_id.is_some());
        assert!(external_id(65).unwrap().external_id.is_none());
        let whole = |length: usize| ReturnHint::parse(&format!("{:x<length$}", format!("order={ORDER}&x=")));
        assert!(whole(2048).is_some());
        assert_eq!(whole(2049), None);
    }
}
