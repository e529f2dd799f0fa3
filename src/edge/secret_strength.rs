//! Detects configured secrets that are guessable or used for two purposes.

use base64ct::{Base64, Encoding};

use crate::mac::rotated;

/// A secret of the configuration with the values that it has: two while it is rotated.
#[derive(Clone)]
pub struct NamedSecret<'a> {
    /// The name of the variable.
    pub name: &'static str,
    /// Its values.
    pub values: Vec<&'a str>,
    /// Whether somebody else chose it: then only that it is used for another purpose as well is a weakness.
    pub is_issued: bool,
}

impl<'a> NamedSecret<'a> {
    /// A variable with one value.
    #[must_use]
    pub fn one(name: &'static str, value: &'a str) -> Self {
        Self { name, values: Vec::from([value]), is_issued: false }
    }

    /// A variable with one value that another service issued, such as an API key.
    #[must_use]
    pub fn issued(name: &'static str, value: &'a str) -> Self {
        Self { name, values: Vec::from([value]), is_issued: true }
    }

    /// A variable with one or two values, with spaces, line ends or commas between them.
    #[must_use]
    pub fn list(name: &'static str, text: &'a str) -> Self {
        Self { name, values: rotated(text).collect(), is_issued: false }
    }
}

/// Why a secret must not be used. It never holds any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Fewer than six different characters, such as one of them over and over.
    #[error("it has too few different characters")]
    FewCharacters,
    /// A short text over and over.
    #[error("it repeats itself")]
    Repetition,
    /// Characters in the order of the alphabet, of the digits or of a keyboard's row of them.
    #[error("its characters follow one another in order")]
    Sequence,
    /// Another secret has the same value.
    #[error("it is the same as {0}")]
    SameAs(&'static str),
}

/// Returns the weak secrets, each once. Where two are the same, the later one is named.
///
/// Lengths are not judged here: each kind of secret has its own least length.
///
/// ```
/// use compago::edge::{NamedSecret, Weakness, weaknesses};
///
/// let secrets = [
///     NamedSecret::one("OPERATOR_TOKEN", "aaaaaaaaaaaaaaaa"),
///     NamedSecret::one("CASHIER_TOKEN", "4Zs2pRk0VtXw7QbJ"),
///     NamedSecret::list("SIGNING_KEY", "P0zjkD4Ry1f8qv1uYw6lHkXo2s5nA7cE, 4Zs2pRk0VtXw7QbJ"),
/// ];
/// let weak = weaknesses(&secrets);
/// assert_eq!(weak, [("OPERATOR_TOKEN", Weakness::FewCharacters), ("SIGNING_KEY", Weakness::SameAs("CASHIER_TOKEN"))]);
/// ```
#[must_use]
pub fn weaknesses(secrets: &[NamedSecret<'_>]) -> Vec<(&'static str, Weakness)> {
    let weakness = |(at, secret): (usize, &NamedSecret<'_>)| {
        let same = secrets.iter().take(at).find(|earlier| shares_value(earlier, secret));
        let same = same.map(|earlier| Weakness::SameAs(earlier.name));
        let judged = secret.values.iter().filter(|_| !secret.is_issued);
        let found = same.or_else(|| judged.into_iter().find_map(|value| weakness_of(value)))?;
        Some((secret.name, found))
    };
    secrets.iter().enumerate().filter_map(weakness).collect()
}

/// The secrets of the Worker that a person chooses.
const CHOSEN: [&str; 4] = ["OPERATOR_TOKEN", "CASHIER_TOKEN", "SIGNING_KEY", "WEBHOOK_SECRET"];
/// That which Compago issues.
const ISSUED: &str = "COMPAGO_API_KEY";

/// Returns those of the Worker's secrets that are weak, by the names of their settings; `value_of` returns the text of one that is set.
///
/// ```
/// use compago::edge::{Weakness, weak_settings};
///
/// let weak = weak_settings(|name| (name == "CASHIER_TOKEN").then(|| "abababababababab".to_owned()));
/// assert_eq!(weak, [("CASHIER_TOKEN", Weakness::FewCharacters)]);
/// ```
#[must_use]
pub fn weak_settings(value_of: impl Fn(&'static str) -> Option<String>) -> Vec<(&'static str, Weakness)> {
    let set = |name| Some((name, value_of(name)?));
    let (issued, chosen): (_, Vec<_>) = (set(ISSUED), CHOSEN.into_iter().filter_map(set).collect());
    let issued = issued.iter().map(|(name, text)| NamedSecret::issued(name, text));
    let chosen = chosen.iter().map(|(name, text)| NamedSecret::list(name, text));
    weaknesses(&issued.chain(chosen).collect::<Vec<_>>())
}

fn shares_value(one: &NamedSecret<'_>, other: &NamedSecret<'_>) -> bool {
    one.values.iter().any(|value| other.values.iter().any(|theirs| bare(value) == bare(theirs)))
}

/// A webhook secret without the sign of its kind.
fn bare(value: &str) -> &str {
    value.strip_prefix(WEBHOOK_PREFIX).unwrap_or(value)
}

fn weakness_of(value: &str) -> Option<Weakness> {
    // What a webhook secret encodes is the key, and it may come without the sign of its kind; other secrets are used as
    // they are written.
    let encoded = Base64::decode_vec(bare(value)).unwrap_or_default();
    if value.starts_with(WEBHOOK_PREFIX) && !encoded.is_empty() {
        return weakness_of_bytes(&encoded);
    }
    weakness_of_bytes(value.as_bytes())
        .or_else(|| (encoded.len() >= WEBHOOK_BYTES).then(|| weakness_of_bytes(&encoded)).flatten())
}

fn weakness_of_bytes(bytes: &[u8]) -> Option<Weakness> {
    let distinct = |mut values: Vec<u8>| {
        values.sort_unstable();
        values.dedup();
        values.len()
    };
    if distinct(bytes.to_vec()) < MIN_DISTINCT {
        return Some(Weakness::FewCharacters);
    }
    let repeats = |period: usize| bytes.iter().zip(bytes.iter().skip(period)).all(|(one, next)| one == next);
    if (1..=bytes.len() / 2).any(repeats) {
        return Some(Weakness::Repetition);
    }
    let steps = bytes.iter().zip(bytes.iter().skip(1)).map(|(one, next)| next.wrapping_sub(*one)).collect();
    (distinct(steps) < MIN_STEPS).then_some(Weakness::Sequence)
}

const WEBHOOK_PREFIX: &str = "whsec_";
/// The least that a webhook secret encodes.
const WEBHOOK_BYTES: usize = 24;
/// Of 16 random hexadecimal digits, one text in 30,000 has fewer.
const MIN_DISTINCT: usize = 6;
/// The differences of neighbours: of a random text there are about as many as characters.
const MIN_STEPS: usize = 5;
