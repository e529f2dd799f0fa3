//! Who causes a read.

use serde::{Deserialize, Serialize};

/// Whether a read was caused by somebody who watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Watched {
    /// A page asked.
    Yes,
    /// A page of an operator's asked.
    ByOperator,
    /// An operator asked.
    Check,
    /// The alarm fired.
    #[default]
    No,
}
