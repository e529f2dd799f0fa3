//! Names of people.

/// A given or family name: 1 to 80 characters. Personal data: `Debug` is redacted.
///
/// ```
/// use compago::value::PersonName;
///
/// let name: PersonName = " María  José ".parse()?;
/// assert_eq!(name.as_str(), "María José");
/// assert_eq!(format!("{name:?}"), "PersonName(redacted)");
/// # Ok::<(), compago::value::TextError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

cleaned_text!(PersonName, 80);
redacted_debug!(PersonName);
