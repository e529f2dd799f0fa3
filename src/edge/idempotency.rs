//! The `Idempotency-Key` of a request that creates something, after [draft-ietf-httpapi-idempotency-key-header] (read
//! November 2026): requests with the same key create one object.
//!
//! [draft-ietf-httpapi-idempotency-key-header]: https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/

use core::{fmt, str::FromStr};

use super::signing_key::{Purpose, SigningKey, SigningKeys};
use crate::value::Reference;

/// A key that a client chose: 1 to 255 visible ASCII characters, such as a UUID.
///
/// The draft wants a string of structured fields, in quotes; many clients send the bare text. Both give the same key.
///
/// ```
/// use compago::edge::IdempotencyKey;
///
/// let quoted: IdempotencyKey = r#""8e03978e-40d5-43dd-bc93-6894a57f9324""#.parse()?;
/// let bare: IdempotencyKey = "8e03978e-40d5-43dd-bc93-6894a57f9324".parse()?;
/// assert_eq!(quoted, bare);
/// # Ok::<(), compago::edge::IdempotencyKeyError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyKey(redacted)")
    }
}

impl IdempotencyKey {
    /// The longest legal key, in characters.
    pub const MAX_CHARS: usize = 255;

    /// The key without quotes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The reference of the order that this key makes: the same key gives the same order for ever, and without the signing
    /// key nobody can tell which.
    ///
    /// ```
    /// use compago::edge::{IdempotencyKey, Scope, SigningKeys};
    ///
    /// let keys: SigningKeys = "a-signing-key-of-at-least-32-characters".parse()?;
    /// let key: IdempotencyKey = "8e03978e-40d5-43dd-bc93-6894a57f9324".parse()?;
    /// assert_eq!(key.reference(Scope::Shop, &keys), key.reference(Scope::Shop, &keys));
    /// assert_ne!(key.reference(Scope::Shop, &keys), key.reference(Scope::Operator, &keys));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn reference(&self, scope: Scope, keys: &SigningKeys) -> Reference {
        self.derive(scope, keys.newest())
    }

    /// The references that the older signing keys gave, the newest of them first. A request that was first sent before the signing key
    /// was changed made one of these: if it exists, it is the order.
    #[must_use]
    pub fn former_references(&self, scope: Scope, keys: &SigningKeys) -> Vec<Reference> {
        keys.older().iter().map(|key| self.derive(scope, key)).collect()
    }

    fn derive(&self, scope: Scope, key: &SigningKey) -> Reference {
        let [a, b, c, d, e, f, g, h, ..] = key.mac(Purpose::Reference, &[scope.as_str().as_bytes(), self.0.as_bytes()]);
        Reference::from_bytes(&[a, b, c, d, e, f, g, h])
    }
}

impl FromStr for IdempotencyKey {
    type Err = IdempotencyKeyError;

    fn from_str(header: &str) -> Result<Self, IdempotencyKeyError> {
        let header = header.trim_matches([' ', '\t']);
        let key = match header.strip_prefix('"') {
            Some(rest) => quoted(rest)?,
            None => bare(header)?,
        };
        if key.is_empty() {
            return Err(IdempotencyKeyError::Empty);
        }
        if key.len() > Self::MAX_CHARS {
            return Err(IdempotencyKeyError::TooLong);
        }
        Ok(Self(key))
    }
}

/// The namespace of a key: equal keys in different scopes are different keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Orders of the shop's customers.
    Shop,
    /// Orders of the operator or of the merchant's own backend.
    Operator,
    /// Charges at the tills.
    Cashier,
    /// Saved cards: cards that are saved, charged or refunded for the operator.
    Card,
}

impl Scope {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Operator => "operator",
            Self::Cashier => "cashier",
            Self::Card => "card",
        }
    }
}

/// Why a header holds no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdempotencyKeyError {
    /// Nothing, or nothing between the quotes.
    #[error("the idempotency key is empty")]
    Empty,
    /// More than [`IdempotencyKey::MAX_CHARS`].
    #[error("the idempotency key has more than 255 characters")]
    TooLong,
    /// A space, a control character or something outside of ASCII; outside of quotes also a quote, comma, semicolon or
    /// backslash.
    #[error("the idempotency key has a character that is not allowed")]
    Character,
    /// A quote that does not end, ends too early, or holds a backslash before something else than `"` and `\`.
    #[error("the idempotency key is not a string in quotes, such as \"8e03978e-40d5-43dd-bc93-6894a57f9324\"")]
    Quotes,
}

/// Returns the text between the quotes of a structured-field string (RFC 9651, section 3.3.3); the first quote is gone.
fn quoted(rest: &str) -> Result<String, IdempotencyKeyError> {
    let mut key = String::new();
    let mut characters = rest.chars();
    loop {
        match characters.next().ok_or(IdempotencyKeyError::Quotes)? {
            '"' => break,
            '\\' => match characters.next() {
                Some(escaped @ ('"' | '\\')) => key.push(escaped),
                _ => return Err(IdempotencyKeyError::Quotes),
            },
            visible if visible.is_ascii_graphic() => key.push(visible),
            _ => return Err(IdempotencyKeyError::Character),
        }
    }
    if characters.next().is_some() {
        return Err(IdempotencyKeyError::Quotes);
    }
    Ok(key)
}

/// A key without quotes. A comma is refused because it joins two headers of one name.
fn bare(header: &str) -> Result<String, IdempotencyKeyError> {
    if header.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | ',' | ';' | '\\')) {
        Ok(header.to_owned())
    } else {
        Err(IdempotencyKeyError::Character)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::{IdempotencyKey, IdempotencyKeyError, Scope, SigningKeys};

    #[test]
    fn keys_are_read() {
        for (header, expected) in [
            ("a", "a"),
            (" \ta ", "a"),
            ("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
            (r#""a""#, "a"),
            (r#""a,b;c""#, "a,b;c"),
            (r#""a\"b\\c""#, r#"a"b\c"#),
            ("!#$%&'()*+-./:<=>?@[]^_`{|}~", "!#$%&'()*+-./:<=>?@[]^_`{|}~"),
        ] {
            assert_eq!(header.parse::<IdempotencyKey>().unwrap().as_str(), expected, "{header}");
        }
    }

    #[test]
    fn refusals() {
        for (header, expected) in [
            ("", IdempotencyKeyError::Empty),
            ("  ", IdempotencyKeyError::Empty),
            (r#""""#, IdempotencyKeyError::Empty),
            (r#"""#, IdempotencyKeyError::Quotes),
            (r#""a"#, IdempotencyKeyError::Quotes),
            (r#""a\""#, IdempotencyKeyError::Quotes),
            (r#""a\b""#, IdempotencyKeyError::Quotes),
            (r#""a"b"#, IdempotencyKeyError::Quotes),
            (r#""a", "b""#, IdempotencyKeyError::Quotes),
            (r#""a";p=1"#, IdempotencyKeyError::Quotes),
            (r#""a b""#, IdempotencyKeyError::Character),
            ("\"a\tb\"", IdempotencyKeyError::Character),
            ("\"ñ\"", IdempotencyKeyError::Character),
            ("a b", IdempotencyKeyError::Character),
            ("a, b", IdempotencyKeyError::Character),
            ("a,b", IdempotencyKeyError::Character),
            ("a;b", IdempotencyKeyError::Character),
            (r#"a"b"#, IdempotencyKeyError::Character),
            ("ñ", IdempotencyKeyError::Character),
            ("a\0", IdempotencyKeyError::Character),
        ] {
            assert_eq!(header.parse::<IdempotencyKey>(), Err(expected), "{header:?}");
        }
    }

    #[test]
    fn lengths() {
        assert!("k".repeat(255).parse::<IdempotencyKey>().is_ok());
        assert_eq!("k".repeat(256).parse::<IdempotencyKey>(), Err(IdempotencyKeyError::TooLong));
        assert!(format!("\"{}\"", "k".repeat(255)).parse::<IdempotencyKey>().is_ok());
        assert_eq!(format!("\"{}\"", "k".repeat(256)).parse::<IdempotencyKey>(), Err(IdempotencyKeyError::TooLong));
    }

    /// Python: hmac.new(key, b"reference\0shop\0" + b"key-1", "sha256"), the first 60 bits. A request that is repeated after
    /// an update must find its order, so this never changes.
    #[test]
    fn known_reference() {
        let keys: SigningKeys = "new-key-new-key-new-key-new-key-1".parse().unwrap();
        let key: IdempotencyKey = "key-1".parse().unwrap();
        assert_eq!(key.reference(Scope::Shop, &keys).compact(), "Y05HKDZ8KB1B");
        assert_eq!(key.former_references(Scope::Shop, &keys), []);
    }

    #[test]
    fn the_former_references_are_what_the_old_keys_gave() {
        let of = |text: &str| text.parse::<SigningKeys>().unwrap();
        let (old, oldest) = (of("old-key-old-key-old-key-old-key-1"), "oldest-key-oldest-key-oldest-key-1");
        let all = of("new-key-new-key-new-key-new-key-1 old-key-old-key-old-key-old-key-1");
        let all = all.with_oldest(oldest.parse().unwrap());
        let key: IdempotencyKey = "key-1".parse().unwrap();
        let expected = [key.reference(Scope::Shop, &old), key.reference(Scope::Shop, &of(oldest))];
        assert_eq!(key.former_references(Scope::Shop, &all), expected);
        assert!(!expected.contains(&key.reference(Scope::Shop, &all)));
    }
}
