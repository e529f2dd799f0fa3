//! `Debug` for types of which a part must not be printed.

/// Implements `Debug` with the named fields alone. The others may hold personal data, text that another program chose,
/// or a URL that is enough to pay.
macro_rules! debug_only {
    ($type:ident { $($field:ident),* $(,)? }) => {
        impl core::fmt::Debug for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($type))$(.field(stringify!($field), &self.$field))*.finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use debug_only;
