//! What a thing on sale is called.

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

cleaned_text!(ItemName, 80);
