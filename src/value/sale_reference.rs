//! The merchant's reference of a sale at a till.

/// A sale's reference, such as a table or a ticket number: 1 to 32 characters of `A-Z a-z 0-9 _ - .`, the first one a
/// letter or a digit. References may repeat; the external ids derived from them do not.
///
/// ```
/// use compago::value::{SaleReference, WordError};
///
/// assert_eq!("mesa-4".parse::<SaleReference>()?.as_str(), "mesa-4");
/// assert_eq!("mesa 4".parse::<SaleReference>(), Err(WordError::Character));
/// # Ok::<(), WordError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SaleReference(String);

word!(SaleReference, 32);
