//! What a payment is for, in words that the payer sees on the checkout.

/// A description: 1 to 200 characters. Compago names no limit; this one is ours.
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
    /// Text that was made of clean parts; what is above the limit is cut off.
    pub(crate) fn from_clean(text: String) -> Self {
        if text.chars().count() <= Self::MAX_CHARS {
            Self(text)
        } else {
            Self(text.chars().take(Self::MAX_CHARS).collect())
        }
    }
}
