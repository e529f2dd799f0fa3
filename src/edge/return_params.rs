//! The query of the return URL. It is untrusted input.

use core::str::FromStr;

use super::Capability;
use crate::value::{ExternalId, PaymentId, percent};

/// The query of the return URL: our own `order`, and `id` and `externalId` as Compago appends them after a payment
/// (<https://docs.compago.com/one-time-payment/create>, read November 2026).
///
/// These values are untrusted: all that they can cause is a read of the payment that is stored with the order. They
/// decide neither which payment that is, nor that it was paid.
///
/// ```
/// use compago::edge::ReturnParams;
///
/// let order = "order=k7q2m9xd3fht0d3apd9386zf9cqby2xfs9q00a";
/// let id = "id=0f0e0d0c-1111-4222-8333-444455556666";
/// let params = ReturnParams::parse(&format!("{order}&{id}&externalId=K7Q2M9XD3FHT-1"));
/// assert_eq!(params.and_then(|params| params.external_id).map(|id| id.to_string()).as_deref(), Some("K7Q2M9XD3FHT-1"));
///
/// assert_eq!(ReturnParams::parse(&format!("{order}&{id}&{id}")).map(|params| params.id), Some(None));
/// assert!(ReturnParams::parse(&format!("{order}).?{id}")).is_some_and(|params| params.id.is_some()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnParams {
    /// Our own parameter, in the right form. Its MAC has not been checked yet.
    pub order: Capability,
    /// The payment that is said to have been paid; `None` if Compago appended none, or one that cannot be read.
    pub id: Option<PaymentId>,
    /// The attempt that is said to have been paid; `None` if Compago appended none, or one that cannot be read.
    pub external_id: Option<ExternalId>,
}

impl ReturnParams {
    /// Reads a query, with or without its question mark. `None` if it is too long, or if it names no order or several.
    ///
    /// Links are copied out of chats and rewritten on the way, so the order is found wherever there is one reading of it: a
    /// second question mark and `&amp;` separate parameters as well, and of a value counts what comes before the first
    /// character that no capability has, in either case. The MAC decides whether it is genuine.
    /// `id` and `externalId` must each appear once and be exact; otherwise they count as missing, so that a payer whose
    /// URL was damaged still reaches the page of the order.
    #[must_use]
    pub fn parse(query: &str) -> Option<Self> {
        let query = query.strip_prefix('?').unwrap_or(query);
        if query.len() > MAX_QUERY_BYTES {
            return None;
        }
        let mut orders =
            values(query, "order").filter_map(|value| capability(decoded(value).as_deref().unwrap_or(value)));
        let order = orders.next()?;
        if orders.any(|other| other != order) {
            return None;
        }
        Some(Self { order, id: only(query, "id"), external_id: only(query, "externalId") })
    }
}

/// The values of all parameters of this name.
fn values<'a>(query: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    query
        .split(['&', '?'])
        .map(|pair| pair.strip_prefix("amp;").unwrap_or(pair))
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .filter(move |(other, _)| decoded(other).is_some_and(|other| other.eq_ignore_ascii_case(name)))
        .map(|(_, value)| value)
}

/// The value of a parameter that appears once.
fn only<T: FromStr>(query: &str, name: &str) -> Option<T> {
    let mut values = values(query, name);
    match (values.next(), values.next()) {
        (Some(value), None) => decoded(value)?.parse().ok(),
        (None | Some(_), _) => None,
    }
}

/// The capability that a text holds before something that does not belong to it.
fn capability(text: &str) -> Option<Capability> {
    let visible = text.chars().filter(|character| !INVISIBLE.contains(character));
    let kept: String = visible
        .map(|character| character.to_ascii_lowercase())
        .skip_while(|character| !is_of_capability(*character))
        .take_while(|character| is_of_capability(*character))
        .collect();
    kept.parse().ok()
}

/// Crockford's base 32 in lower case has no i, l, o and u.
const fn is_of_capability(character: char) -> bool {
    matches!(character, '0'..='9' | 'a'..='h' | 'j' | 'k' | 'm' | 'n' | 'p'..='t' | 'v'..='z')
}

/// Format characters that chats and mail programs put into long words: soft hyphen, zero-width spaces and joiners, marks of
/// direction, word joiner, byte order mark.
const INVISIBLE: [char; 8] =
    ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{feff}'];

/// The three parameters take 160; the rest is room for what others append on the way.
const MAX_QUERY_BYTES: usize = 2048;

/// The text of a name or a value. A `+` stays one: none of the three parameters can hold a space.
fn decoded(text: &str) -> Option<String> {
    String::from_utf8(percent::decode(text)?).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::ReturnParams;

    const ORDER: &str = "k7q2m9xd3fht0d3apd9386zf9cqby2xfs9q00a";
    const ID: &str = "0f0e0d0c-1111-4222-8333-444455556666";

    fn parse(query: &str) -> Option<ReturnParams> {
        ReturnParams::parse(&query.replace("@order", ORDER).replace("@id", ID))
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
            let params = parse(&query).unwrap();
            assert_eq!(params.order.as_str(), ORDER, "{query}");
            assert_eq!(params.id.map(|id| id.to_string()).as_deref(), id.then_some(ID), "{query}");
            assert_eq!(params.external_id.as_ref().map(|id| id.as_str()), external_id, "{query}");
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
            "order=0@order",
            "order=@order&order=00000000000000000000000000000000000000",
            "order=@order?ORDER=00000000000000000000000000000000000000",
            "orders=@order",
        ] {
            assert_eq!(parse(query), None, "{query}");
        }
    }

    /// What chats, mail programs and gateways make of a return URL.
    #[test]
    fn the_order_is_found_in_what_others_made_of_the_url() {
        let capitals = ORDER.to_uppercase();
        let broken = ORDER.replacen("3fht", "3fht%E2%80%8B", 1);
        for (query, claimed) in [
            ("order=@order?id=@id&externalId=E-1", true),
            ("order=@order&amp;id=@id&amp;externalId=E-1", true),
            ("order=@order??id=@id&externalId=E-1", true),
            ("fbclid=x?order=@order?id=@id?externalId=E-1", true),
            ("order=@order.", false),
            ("order=@order).", false),
            ("order=@order%20", false),
            ("order=%20@order", false),
            ("order=@order+", false),
            ("order=@order%", false),
            ("order=@order%FF", false),
            ("order=@order/", false),
            ("order=@order%2F", false),
            ("order=@order%3Fid%3D@id", false),
            ("order=@order%E2%80%8B", false),
            ("order=%E2%80%8B@order", false),
            ("order=@order%C2%A0pagado", false),
            ("order=<@order>", false),
            ("order=%22@order%22", false),
            ("order=@order\u{200b}", false),
            ("Order=@order", false),
            (&format!("order={capitals}"), false),
            (&format!("ORDER={capitals}&ID=@id&EXTERNALID=E-1"), true),
            (&format!("order={broken}"), false),
            ("order=@order&order=@order", false),
            ("order=@order&%6frder=@order", false),
            ("order=@order&order", false),
            ("order=&order=@order", false),
            ("order=no&order=@order", false),
        ] {
            let params = parse(query);
            assert!(params.is_some(), "{query}");
            let params = params.unwrap();
            assert_eq!(params.order.as_str(), ORDER, "{query}");
            assert_eq!(params.id.zip(params.external_id).is_some(), claimed, "{query}");
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
            let params = parse(query).unwrap();
            assert_eq!(params.order.as_str(), ORDER, "{query}");
            assert_eq!((params.id, params.external_id), (None, None), "{query}");
        }
        let one_sided = parse("order=@order&id=@id&externalId=a&externalId=b").unwrap();
        assert_eq!((one_sided.id.is_some(), one_sided.external_id), (true, None));
    }

    #[test]
    fn lengths() {
        let external_id = |length| parse(&format!("order=@order&externalId={}", "e".repeat(length)));
        assert!(external_id(64).unwrap().external_id.is_some());
        assert!(external_id(65).unwrap().external_id.is_none());
        let whole = |length: usize| ReturnParams::parse(&format!("{:x<length$}", format!("order={ORDER}&x=")));
        assert!(whole(2048).is_some());
        assert_eq!(whole(2049), None);
    }
}
