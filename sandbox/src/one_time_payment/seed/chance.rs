//! A deterministic pseudo-random generator of numbers, ids, amounts and payers.

use uuid::{Builder, Uuid};

use crate::money::Centavos;
use crate::one_time_payment::{Address, BillingInformation};

/// The state of splitmix64.
pub(super) struct Chance(u64);

impl Chance {
    /// Seeds the generator with the FNV-1a hash of a text.
    pub(super) fn of(text: &str) -> Self {
        Self(
            text.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)),
        )
    }

    /// Returns a number less than `bound`; 0 if `bound` is 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or(0)
    }

    pub(super) fn id(&mut self) -> Uuid {
        let bits = (u128::from(self.next()) << 64) | u128::from(self.next());
        Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
    }

    /// Returns an amount of $10.00 to $5,009.99; half of them are whole pesos.
    pub(super) fn amount(&mut self) -> Centavos {
        let pesos = 10 + self.below(5_000);
        let rest = if self.below(2) == 0 { 0 } else { self.below(100) };
        Centavos::new(pesos * 100 + rest)
    }

    pub(super) fn payer(&mut self) -> BillingInformation {
        let Person(first_name, last_name, mailbox) = self.one_of(&PEOPLE).unwrap_or(Person("Ana", "Ruiz", "ana"));
        let City(city, state, zip) = self.one_of(&CITIES).unwrap_or(City("Puebla", "PUE", "72000"));
        BillingInformation {
            email: format!("{mailbox}@example.com"),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            phone_number: format!("+5255{:08}", self.below(100_000_000)),
            address: Address {
                address_line: format!("Calle {} {}", 1 + self.below(40), 1 + self.below(300)),
                city: city.to_owned(),
                state: state.to_owned(),
                zip: zip.to_owned(),
            },
        }
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let at = self.next().checked_rem(u64::try_from(all.len()).ok()?)?;
        all.get(usize::try_from(at).ok()?).copied()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// First name, last name, mailbox.
#[derive(Clone, Copy)]
struct Person(&'static str, &'static str, &'static str);

/// City, state, zip.
#[derive(Clone, Copy)]
struct City(&'static str, &'static str, &'static str);

const PEOPLE: [Person; 8] = [
    Person("María", "Hernández", "maria.hernandez"),
    Person("José Luis", "García", "jl.garcia"),
    Person("Guadalupe", "Martínez", "lupita"),
    Person("Iñaki", "Núñez", "inaki.nunez"),
    Person("Sofía", "O'Farrill", "sofia"),
    Person("Juan Carlos", "Pérez López", "jcperez"),
    Person("Ximena", "Güemes", "ximena.guemes"),
    Person("Ana", "Ruiz", "ana.ruiz"),
];

const CITIES: [City; 5] = [
    City("Ciudad de México", "CDMX", "03100"),
    City("Puebla", "PUE", "72000"),
    City("Mérida", "YUC", "97000"),
    City("Guadalajara", "JAL", "44100"),
    City("León", "GUA", "37000"),
];
