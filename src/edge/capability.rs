//! Capabilities: unguessable tokens that let a payer see one order or one card form.

use core::fmt;
use core::str::FromStr;

use serde::{Serialize, Serializer};
use serde_with::DeserializeFromStr;

use super::signing_key::{Purpose, SigningKey, SigningKeys};
use super::tag::{TAG_CHARS, tag};
use crate::mac;
use crate::value::Reference;

/// The `order` of the HTTP API, and the `card`: 38 characters, of which the first twelve are the reference in lower case and
/// the others 130 bits that only a holder of the signing key can make, for one purpose.
///
/// A reference may be read out on the telephone; a capability is a key and stays between the Worker and one browser. So
/// `Debug` shows the reference only. Text of the right form is a `Capability` in a browser as well; whether it is
/// genuine is checked by [`open`](Self::open) in the Worker.
///
/// ```
/// use compago::edge::{Capability, CapabilityPurpose, SigningKeys};
/// use compago::value::Reference;
///
/// let keys: SigningKeys = "a-signing-key-of-at-least-32-characters".parse()?;
/// let reference: Reference = "K7Q2-M9XD-3FHT".parse()?;
///
/// let order = Capability::issue(CapabilityPurpose::Order, &reference, &keys);
/// assert_eq!(order.as_str().len(), 38);
/// assert_eq!(order.open(CapabilityPurpose::Order, &keys), Some(reference));
///
/// let guessed: Capability = "k7q2m9xd3fht00000000000000000000000000".parse()?;
/// assert_eq!(guessed.open(CapabilityPurpose::Order, &keys), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, DeserializeFromStr)]
pub struct Capability(String);

/// What a capability is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapabilityPurpose {
    /// Follows an order.
    Order,
    /// Shows the form that saves a card, and what became of it.
    Card,
}

impl CapabilityPurpose {
    /// The purposes under which a MAC is recognised; the first is the one that is issued. Earlier versions issued
    /// cards under the purpose of orders, and their pages may still be open; the key index then shows that the
    /// reference belongs to a card.
    const fn accepted(self) -> &'static [Purpose] {
        match self {
            Self::Order => &[Purpose::Order],
            Self::Card => &[Purpose::Card, Purpose::Order],
        }
    }
}

impl Capability {
    /// How many characters it has.
    pub const CHARS: usize = Reference::CHARS + TAG_CHARS;

    /// The capability of an order or a card, made with the newest key.
    #[must_use]
    pub fn issue(purpose: CapabilityPurpose, reference: &Reference, keys: &SigningKeys) -> Self {
        let name = reference.compact().to_ascii_lowercase();
        let issued = match purpose {
            CapabilityPurpose::Order => Purpose::Order,
            CapabilityPurpose::Card => Purpose::Card,
        };
        let tag = tag_of(issued, &name, keys.newest());
        Self(name + &tag)
    }

    /// Returns the reference if this was issued for the purpose with one of the keys. Runs in constant time.
    #[must_use]
    pub fn open(&self, purpose: CapabilityPurpose, keys: &SigningKeys) -> Option<Reference> {
        let (name, given) = self.0.split_at_checked(Reference::CHARS)?;
        let given = mac::hash(given.as_bytes());
        let accepted = purpose.accepted();
        let genuine = keys.any(|key| {
            accepted
                .iter()
                .fold(false, |any, purpose| mac::same(mac::hash(tag_of(*purpose, name, key).as_bytes()), given) | any)
        });
        if genuine { name.parse().ok() } else { None }
    }

    /// The text, for a path or a query.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Capability {
    type Err = CapabilityError;

    fn from_str(text: &str) -> Result<Self, CapabilityError> {
        if text.len() != Self::CHARS {
            return Err(CapabilityError::Length);
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase()) {
            return Err(CapabilityError::Character);
        }
        Ok(Self(text.to_owned()))
    }
}

impl Serialize for Capability {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Debug for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Capability({}, redacted)", self.0.get(..Reference::CHARS).unwrap_or_default())
    }
}

/// The reason why a text is not a capability. A caller hears the same of every one that opens nothing: there is no such order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CapabilityError {
    /// Not 38 characters.
    #[error("an order has 38 characters")]
    Length,
    /// Something else than digits and lower-case letters.
    #[error("an order is made of digits and lower-case letters")]
    Character,
}

fn tag_of(purpose: Purpose, name: &str, key: &SigningKey) -> String {
    tag(&key.mac(purpose, &[name.as_bytes()]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::CapabilityPurpose::{Card, Order};
    use super::{Capability, CapabilityError, SigningKeys};
    use crate::value::Reference;

    const NEW: &str = "new-key-new-key-new-key-new-key-1";
    const OLD: &str = "old-key-old-key-old-key-old-key-1";

    fn keys(text: &str) -> SigningKeys {
        text.parse().unwrap()
    }

    fn reference() -> Reference {
        "K7Q2-M9XD-3FHT".parse().unwrap()
    }

    /// Python: hmac.new(key, b"order\0" + b"k7q2m9xd3fht", "sha256"), the first 130 bits. Capabilities that are out with
    /// payers must open after every update, so this never changes.
    #[test]
    fn known_text() {
        assert_eq!(
            Capability::issue(Order, &reference(), &keys(NEW)).as_str(),
            "k7q2m9xd3fht0d3apd9386zf9cqby2xfs9q00a"
        );
    }

    /// Python: as above with b"card\0", and with b"order\0" for those that were issued before cards had a purpose of their own.
    #[test]
    fn a_capability_opens_for_its_purpose_alone() {
        let keys = keys(NEW);
        let order: Capability = "k7q2m9xd3fht0d3apd9386zf9cqby2xfs9q00a".parse().unwrap();
        let card: Capability = "k7q2m9xd3fhtycxgw9w44v6xbnrw88rg2z5bge".parse().unwrap();
        assert_eq!(Capability::issue(Card, &reference(), &keys), card);
        assert_eq!(card.open(Card, &keys), Some(reference()));
        assert_eq!(card.open(Order, &keys), None);
        assert_eq!(order.open(Order, &keys), Some(reference()));
        assert_eq!(order.open(Card, &keys), Some(reference()), "a card's page from before");
    }

    #[test]
    fn any_change_closes_it() {
        let keys = keys(NEW);
        let text = Capability::issue(Order, &reference(), &keys).as_str().to_owned();
        for at in 0..text.len() {
            let other = if text.as_bytes().get(at) == Some(&b'0') { "1" } else { "0" };
            let mut changed = text.clone();
            changed.replace_range(at..=at, other);
            assert_eq!(changed.parse::<Capability>().unwrap().open(Order, &keys), None, "at {at}");
        }
    }

    /// Crockford's base 32 reads O as 0: without this, one order had many names.
    #[test]
    fn one_text_for_each_order() {
        let keys = keys(NEW);
        let reference = "0000-0000-0000".parse().unwrap();
        let text = Capability::issue(Order, &reference, &keys).as_str().replacen('0', "o", 1);
        assert_eq!(text.parse::<Capability>().unwrap().open(Order, &keys), None);
    }

    #[test]
    fn keys_are_changed_in_two_steps() {
        let issued = Capability::issue(Order, &reference(), &keys(OLD));
        let both = keys(&format!("{NEW} {OLD}"));
        assert_eq!(issued.open(Order, &both), Some(reference()));
        assert_eq!(Capability::issue(Order, &reference(), &both).open(Order, &both), Some(reference()));
        assert_eq!(Capability::issue(Order, &reference(), &both), Capability::issue(Order, &reference(), &keys(NEW)));
        assert_eq!(issued.open(Order, &keys(NEW)), None);
    }

    #[test]
    fn refusals() {
        for (text, expected) in [
            ("", CapabilityError::Length),
            ("k7q2m9xd3fht", CapabilityError::Length),
            ("k7q2m9xd3fht000000000000000000000000000", CapabilityError::Length),
            ("K7Q2M9XD3FHT00000000000000000000000000", CapabilityError::Character),
            ("k7q2-m9xd-3fht000000000000000000000000", CapabilityError::Character),
            ("ñ7q2m9xd3fht0000000000000000000000000", CapabilityError::Character),
        ] {
            assert_eq!(text.parse::<Capability>().err(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_key_part_is_not_printed() {
        let order = Capability::issue(Order, &reference(), &keys(NEW));
        assert_eq!(format!("{order:?}"), "Capability(k7q2m9xd3fht, redacted)");
    }
}
