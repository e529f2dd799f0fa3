//! The 32 states of Mexico: the codes that Compago accepts, and other names that people and programs use.

use core::{fmt, str::FromStr};

use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;

use super::Zip;
use super::text::{clean_code, without_prefix};

/// Declares the enum, its codes, names and aliases from one table.
macro_rules! states {
    ($($variant:ident $code:literal $name:literal [$($alias:literal),*],)+) => {
        /// A state of Mexico. The codes are those of ISO 3166-2:MX except for Mexico City (`CDMX`)
        /// (<https://docs.compago.com/one-time-payment/create>, read November 2026).
        ///
        /// Parsing accepts the codes, with or without ISO's `MX-`, the names, and the postal and everyday abbreviations
        /// that mean one state only. Case, accents, dots, spaces and hyphens are ignored. The two-letter codes of CURP
        /// and of HASC are not accepted, since `CL`, `CM`, `MC` and `SL` mean different states in each; nor is
        /// `México`, which may mean the country, the state or the city.
        ///
        /// ```
        /// use compago::value::StateCode;
        ///
        /// let state: StateCode = "NLE".parse()?;
        /// assert_eq!(state.name(), "Nuevo León");
        /// for text in ["N.L.", " nle", "MX-NLE", "Nuevo Leon"] {
        ///     assert_eq!(text.parse(), Ok(state));
        /// }
        /// assert_eq!("CMX".parse::<StateCode>()?.code(), "CDMX");
        /// assert_eq!(StateCode::ALL.len(), 32);
        /// # Ok::<(), compago::value::StateCodeError>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
        pub enum StateCode {
            $(#[doc = concat!($name, ", `", $code, "`.")] $variant,)+
        }

        impl StateCode {
            /// All states in alphabetical order of their names, for a list to choose from.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Returns the code used on the wire.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// Returns the code used on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                self.code()
            }

            /// Returns the Spanish name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// Returns the aliases in the normalised form in which texts are compared: capitals, without accents, dots,
            /// spaces and hyphens.
            #[must_use]
            pub const fn aliases(self) -> &'static [&'static str] {
                match self {
                    $(Self::$variant => &[$($alias),*],)+
                }
            }
        }
    };
}

states! {
    Aguascalientes "AGU" "Aguascalientes" ["AGS"],
    BajaCalifornia "BCN" "Baja California" ["BC"],
    BajaCaliforniaSur "BCS" "Baja California Sur" [],
    Campeche "CAM" "Campeche" ["CAMP"],
    Chiapas "CHP" "Chiapas" ["CHIS"],
    Chihuahua "CHH" "Chihuahua" ["CHIH"],
    CiudadDeMexico "CDMX" "Ciudad de México" ["CMX", "DIF", "DF", "DISTRITOFEDERAL", "MEXICOCITY"],
    Coahuila "COA" "Coahuila" ["COAH", "COAHUILADEZARAGOZA"],
    Colima "COL" "Colima" [],
    Durango "DUR" "Durango" ["DGO"],
    EstadoDeMexico "MEX" "Estado de México" ["EDOMEX", "EDOMEXICO", "EDODEMEXICO", "EDODEMEX"],
    Guanajuato "GUA" "Guanajuato" ["GTO"],
    Guerrero "GRO" "Guerrero" [],
    Hidalgo "HID" "Hidalgo" ["HGO"],
    Jalisco "JAL" "Jalisco" [],
    Michoacan "MIC" "Michoacán" ["MICH", "MICHOACANDEOCAMPO"],
    Morelos "MOR" "Morelos" [],
    Nayarit "NAY" "Nayarit" [],
    NuevoLeon "NLE" "Nuevo León" ["NL"],
    Oaxaca "OAX" "Oaxaca" [],
    Puebla "PUE" "Puebla" [],
    Queretaro "QUE" "Querétaro" ["QRO", "QUERETARODEARTEAGA"],
    QuintanaRoo "ROO" "Quintana Roo" ["QROO", "QR"],
    SanLuisPotosi "SLP" "San Luis Potosí" [],
    Sinaloa "SIN" "Sinaloa" [],
    Sonora "SON" "Sonora" [],
    Tabasco "TAB" "Tabasco" [],
    Tamaulipas "TAM" "Tamaulipas" ["TAMPS"],
    Tlaxcala "TLA" "Tlaxcala" ["TLAX"],
    Veracruz "VER" "Veracruz" ["VERACRUZDEIGNACIODELALLAVE"],
    Yucatan "YUC" "Yucatán" [],
    Zacatecas "ZAC" "Zacatecas" [],
}

impl FromStr for StateCode {
    type Err = StateCodeError;

    fn from_str(text: &str) -> Result<Self, StateCodeError> {
        let cleaned = clean_code(text);
        let named = comparable(without_prefix(&cleaned, "MX-"));
        let is_named = |state: &Self| {
            state.code() == named || state.aliases().contains(&named.as_str()) || comparable(state.name()) == named
        };
        Self::ALL.iter().copied().find(is_named).ok_or(StateCodeError)
    }
}

impl StateCode {
    /// Returns the state that a postal code belongs to, by its first two digits; `None` if no state has that prefix.
    ///
    /// The prefixes are those that Correos de México assigns.
    ///
    /// ```
    /// use compago::value::StateCode;
    ///
    /// assert_eq!(StateCode::of_zip(&"72000".parse()?), Some(StateCode::Puebla));
    /// assert_eq!(StateCode::of_zip(&"00999".parse()?), None);
    /// # Ok::<(), compago::value::ZipError>(())
    /// ```
    #[must_use]
    pub fn of_zip(zip: &Zip) -> Option<Self> {
        let prefix: u8 = zip.as_str().get(..2)?.parse().ok()?;
        Some(match prefix {
            1..=16 => Self::CiudadDeMexico,
            20 => Self::Aguascalientes,
            21 | 22 => Self::BajaCalifornia,
            23 => Self::BajaCaliforniaSur,
            24 => Self::Campeche,
            25..=27 => Self::Coahuila,
            28 => Self::Colima,
            29 | 30 => Self::Chiapas,
            31..=33 => Self::Chihuahua,
            34 | 35 => Self::Durango,
            36..=38 => Self::Guanajuato,
            39..=41 => Self::Guerrero,
            42 | 43 => Self::Hidalgo,
            44..=49 => Self::Jalisco,
            50..=57 => Self::EstadoDeMexico,
            58..=61 => Self::Michoacan,
            62 => Self::Morelos,
            63 => Self::Nayarit,
            64..=67 => Self::NuevoLeon,
            68..=71 => Self::Oaxaca,
            72..=75 => Self::Puebla,
            76 => Self::Queretaro,
            77 => Self::QuintanaRoo,
            78 | 79 => Self::SanLuisPotosi,
            80..=82 => Self::Sinaloa,
            83..=85 => Self::Sonora,
            86 => Self::Tabasco,
            87..=89 => Self::Tamaulipas,
            90 => Self::Tlaxcala,
            91..=96 => Self::Veracruz,
            97 => Self::Yucatan,
            98 | 99 => Self::Zacatecas,
            _ => return None,
        })
    }
}

/// Normalises a text for comparison: capitals, without accents, dots, spaces, hyphens and underscores.
fn comparable(text: &str) -> String {
    let letters = text.chars().filter(|character| !matches!(character, ' ' | '.' | '-' | '_' | '\u{301}'));
    let plain = letters.map(|letter| match letter {
        'á' | 'Á' => 'A',
        'é' | 'É' => 'E',
        'í' | 'Í' => 'I',
        'ó' | 'Ó' => 'O',
        other => other.to_ascii_uppercase(),
    });
    plain.collect()
}

impl fmt::Display for StateCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// The text is not the code of a Mexican state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("state is not one of the 32 codes of Mexican states")]
pub struct StateCodeError;
