//! Quantities of order lines.

use thiserror::Error;

/// A quantity: 1 to 99.
///
/// ```
/// use compago::value::Quantity;
///
/// assert_eq!(Quantity::new(2)?.get(), 2);
/// assert!(Quantity::new(0).is_err());
/// # Ok::<(), compago::value::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(u32);

bounded_number!(Quantity: new or QuantityError, get);

impl Quantity {
    /// One.
    pub const MIN: Self = Self(1);

    /// Ninety-nine: a higher quantity in one cart is assumed to be a typing error.
    pub const MAX: Self = Self(99);

    /// Creates a quantity.
    ///
    /// # Errors
    ///
    /// Outside of [`Quantity::MIN`] to [`Quantity::MAX`].
    pub const fn new(count: u32) -> Result<Self, QuantityError> {
        if count < Self::MIN.0 || count > Self::MAX.0 { Err(QuantityError) } else { Ok(Self(count)) }
    }

    /// Returns the number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// Fewer than 1 or more than 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("quantity is not between 1 and 99")]
pub struct QuantityError;
