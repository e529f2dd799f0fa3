//! The 32 states of Mexico, by the codes Compago takes.

use core::{fmt, str::FromStr};

use thiserror::Error;

/// Declares the enum, its codes and its names from one table.
macro_rules! states {
    ($($variant:ident $code:literal $name:literal,)+) => {
        /// A state of Mexico. The codes are ISO 3166-2:MX but for Mexico City (`CDMX`) and Guanajuato (`GUA`)
        /// (<https://docs.compago.com/one-time-payment/create>, read November 2026).
        ///
        /// ```
        /// use compago::value::StateCode;
        ///
        /// let state: StateCode = "NLE".parse()?;
        /// assert_eq!(state.name(), "Nuevo León");
        /// assert_eq!(StateCode::ALL.len(), 32);
        /// # Ok::<(), compago::value::StateCodeError>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum StateCode {
            $(#[doc = concat!($name, ", `", $code, "`.")] $variant,)+
        }

        impl StateCode {
            /// All states in the alphabetical order of their names, for a list to choose from.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code that goes over the wire.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// The name in Spanish, as people of the state write it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

states! {
    Aguascalientes "AGU" "Aguascalientes",
    BajaCalifornia "BCN" "Baja California",
    BajaCaliforniaSur "BCS" "Baja California Sur",
    Campeche "CAM" "Campeche",
    Chiapas "CHP" "Chiapas",
    Chihuahua "CHH" "Chihuahua",
    CiudadDeMexico "CDMX" "Ciudad de México",
    Coahuila "COA" "Coahuila",
    Colima "COL" "Colima",
    Durango "DUR" "Durango",
    EstadoDeMexico "MEX" "Estado de México",
    Guanajuato "GUA" "Guanajuato",
    Guerrero "GRO" "Guerrero",
    Hidalgo "HID" "Hidalgo",
    Jalisco "JAL" "Jalisco",
    Michoacan "MIC" "Michoacán",
    Morelos "MOR" "Morelos",
    Nayarit "NAY" "Nayarit",
    NuevoLeon "NLE" "Nuevo León",
    Oaxaca "OAX" "Oaxaca",
    Puebla "PUE" "Puebla",
    Queretaro "QUE" "Querétaro",
    QuintanaRoo "ROO" "Quintana Roo",
    SanLuisPotosi "SLP" "San Luis Potosí",
    Sinaloa "SIN" "Sinaloa",
    Sonora "SON" "Sonora",
    Tabasco "TAB" "Tabasco",
    Tamaulipas "TAM" "Tamaulipas",
    Tlaxcala "TLA" "Tlaxcala",
    Veracruz "VER" "Veracruz",
    Yucatan "YUC" "Yucatán",
    Zacatecas "ZAC" "Zacatecas",
}

impl FromStr for StateCode {
    type Err = StateCodeError;

    fn from_str(text: &str) -> Result<Self, StateCodeError> {
        Self::ALL.iter().copied().find(|state| state.code() == text).ok_or(StateCodeError)
    }
}

impl fmt::Display for StateCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

text_on_the_wire!(StateCode);

/// The text is not the code of a Mexican state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("state is not one of the 32 codes of Mexican states")]
pub struct StateCodeError;
