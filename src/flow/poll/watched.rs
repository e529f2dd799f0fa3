//! Who causes a read.

/// Whether a read was caused by somebody who watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    /// A page asked.
    Yes,
    /// A page of an operator's asked.
    ByOperator,
    /// An operator asked.
    Check,
    /// The alarm rang.
    No,
}

variants_on_the_wire!(Watched {
    Yes = "yes",
    ByOperator = "by-operator",
    Check = "check",
    No = "no",
});
