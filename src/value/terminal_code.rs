//! The name of a card terminal.

/// A terminal code: the serial number of a Compago terminal, 1 to 40 of `A-Z a-z 0-9 _ - .`, beginning with a letter or a
/// digit.
///
/// Compago calls it `terminalCode` and names neither length nor characters
/// (<https://docs.compago.com/payment-intent/create>, read November 2026). The set here is ours: it is safe in a path.
/// Case is kept, since nothing says that it does not matter.
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
