//! Descriptions of payments, shown to the payer at the checkout.

/// A description: 1 to 200 characters. Compago documents no limit; this one is the project's own.
///
/// ```
/// use compago::value::Description;
///
/// let description: Description = "Pedido 881".parse()?;
/// assert_eq!(description.as_str(), "Pedido 881");
/// assert_eq!("Pedido\n881".parse::<Description>()?, description);
/// # Ok::<(), compago::value::TextError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Description(String);

cleaned_text!(Description, 200);

impl Description {
    /// Creates a description from clean parts, truncated to the limit.
    pub(crate) fn from_clean(text: String) -> Self {
        if text.chars().count() <= Self::MAX_CHARS {
            Self(text)
        } else {
            Self(text.chars().take(Self::MAX_CHARS).collect())
        }
    }
}
