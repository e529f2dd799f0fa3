//! How types cross the wire, in one line for each field.

/// A string, through `Display` and `FromStr`: JSON cannot bring in what text could not.
macro_rules! text_on_the_wire {
    ($type:ty) => {
        impl $crate::json::ToJson for $type {
            fn to_json(&self, out: &mut $crate::json::Writer) {
                out.text_of(self);
            }
        }

        impl $crate::json::FromJson for $type {
            fn from_json(json: &$crate::json::Json) -> Result<Self, $crate::json::Unexpected> {
                json.text()?.parse().map_err(|_| $crate::json::Unexpected::HERE)
            }
        }
    };
}

/// A struct as an object, in both directions: each field with its name in JSON.
///
/// ```
/// struct Taken {
///     wait_ms: u64,
/// }
///
/// compago::record_on_the_wire!(Taken { wait_ms: "waitMs" });
///
/// assert_eq!(compago::json::to_string(&Taken { wait_ms: 5 }), r#"{"waitMs":5}"#);
/// assert_eq!(compago::json::from_str::<Taken>(r#"{"waitMs":5}"#).map(|taken| taken.wait_ms), Ok(5));
/// ```
#[macro_export]
macro_rules! record_on_the_wire {
    ($type:ty { $($field:ident: $name:literal),* $(,)? }) => {
        $crate::record_to_json!($type { $($field: $name),* });
        $crate::record_from_json!($type { $($field: $name),* });
    };
}

/// Like [`record_on_the_wire!`], for writing only.
#[macro_export]
macro_rules! record_to_json {
    ($type:ty { $($field:ident: $name:literal),* $(,)? }) => {
        impl $crate::json::ToJson for $type {
            fn to_json(&self, out: &mut $crate::json::Writer) {
                out.object()$(.field($name, &self.$field))*.end();
            }
        }
    };
}

/// Like [`record_on_the_wire!`], for reading only.
#[macro_export]
macro_rules! record_from_json {
    ($type:ty { $($field:ident: $name:literal),* $(,)? }) => {
        impl $crate::json::FromJson for $type {
            fn from_json(json: &$crate::json::Json) -> Result<Self, $crate::json::Unexpected> {
                Ok(Self { $($field: json.field($name)?),* })
            }
        }
    };
}

/// An enum, in both directions: a variant that holds nothing is its name, any other an object of one field.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// enum Stage {
///     Begun,
///     Open { tries: u8 },
/// }
///
/// compago::variants_on_the_wire!(Stage { Begun = "begun", Open { tries: "tries" } = "open" });
///
/// assert_eq!(compago::json::to_string(&Stage::Begun), r#""begun""#);
/// assert_eq!(compago::json::from_str(r#"{"open":{"tries":3}}"#), Ok(Stage::Open { tries: 3 }));
/// ```
#[macro_export]
macro_rules! variants_on_the_wire {
    (@write $out:ident $tag:literal) => { $out.text($tag) };
    (@write $out:ident $tag:literal $inner:ident) => { $out.object().field($tag, $inner).end() };
    (@write $out:ident $tag:literal { $($name:literal: $field:ident)* }) => {
        $out.object().name($tag).object()$(.field($name, $field))*.end().end()
    };
    ($type:ty {
        $($variant:ident $({ $($field:ident: $name:literal),* $(,)? })? $(($inner:ident))? = $tag:literal),* $(,)?
    }) => {
        impl $crate::json::ToJson for $type {
            fn to_json(&self, out: &mut $crate::json::Writer) {
                match self {
                    $(Self::$variant $({ $($field),* })? $(($inner))? => {
                        $crate::variants_on_the_wire!(@write out $tag $({ $($name: $field)* })? $($inner)?);
                    })*
                }
            }
        }

        impl $crate::json::FromJson for $type {
            fn from_json(json: &$crate::json::Json) -> Result<Self, $crate::json::Unexpected> {
                match json.variant()? {
                    $(($tag, _payload) => Ok(Self::$variant
                        $({ $($field: _payload.field($name)?),* })?
                        $(({ let $inner = _payload; $crate::json::FromJson::from_json($inner)? }))?
                    ),)*
                    _ => Err($crate::json::Unexpected::HERE),
                }
            }
        }
    };
}
