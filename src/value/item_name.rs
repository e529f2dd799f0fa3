//! Names of products.

/// A product's name in one language: 1 to 80 characters.
///
/// ```
/// use compago::value::ItemName;
///
/// assert_eq!("Café de Chiapas, 500 g".parse::<ItemName>()?.as_str(), "Café de Chiapas, 500 g");
/// # Ok::<(), compago::value::TextError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemName(String);

limited_text!(
    ItemName,
    80,
    crate::value::text::clean,
    crate::value::text::clean,
    crate::value::TextError,
    "Returns the cleaned text: trimmed, with single spaces, without invisible characters."
);
