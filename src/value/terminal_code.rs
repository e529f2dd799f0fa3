//! Codes of card terminals.

/// A terminal code: the serial number of a Compago terminal, 1 to 40 characters of `A-Z a-z 0-9 _ - .`, the first one a
/// letter or a digit.
///
/// Compago calls it `terminalCode` and documents neither length nor characters
/// (<https://docs.compago.com/payment-intent/create>, read November 2026). The set here is the project's own: it is
/// safe in a path. Case is preserved, since it may be significant.
///
/// ```
/// use compago::value::{TerminalCode, WordError};
///
/// assert_eq!("SN-0001".parse::<TerminalCode>()?.as_str(), "SN-0001");
/// assert_eq!("../x".parse::<TerminalCode>(), Err(WordError::Character));
/// # Ok::<(), WordError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TerminalCode(String);

word!(TerminalCode, 40);
