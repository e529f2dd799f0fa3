//! What causes a read.

/// What causes a read of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReadCause {
    /// A payer's open page asked for the order's state.
    PayerPage,
    /// An operator's open page asked for it.
    OperatorPage,
    /// An operator asked for a read.
    OperatorCheck,
    /// The alarm fired, or an event is followed by a read in any case.
    #[default]
    Alarm,
}
