//! Which traits the value types have: a table that the compiler checks.

use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use compago::api::list::PageSize;
use compago::endpoint::Method;
use compago::problem::{Locale, ProblemCode};
use compago::value::{
    Address, AddressLine, Amount, BillingInformation, ButtonColor, ButtonText, Card, CardPaymentId, ChargeAmount, City,
    Currency, Description, Email, Environment, ExternalId, FormTtl, HttpsUrl, ItemName, Origin, Payer, PaymentId,
    PaymentIntentId, PaymentMethodId, PersonName, PhoneNumber, Quantity, Reference, SaleReference, Sku, StateCode,
    TerminalCode, TimeRangeError, Ttl, UnixMillis, Zip,
};
use compago::webhook::{EventId, EventKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use uuid::Uuid;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

trait Plain: Clone + Debug + Eq + Hash + Send + Sync + Unpin + 'static {}
impl<T: Clone + Debug + Eq + Hash + Send + Sync + Unpin + 'static> Plain for T {}

trait Wire: Plain + Serialize + DeserializeOwned {}
impl<T: Plain + Serialize + DeserializeOwned> Wire for T {}

trait Parsed: Wire + Ord + Display + FromStr {}
impl<T: Wire + Ord + Display + FromStr> Parsed for T {}

trait Converted: Plain + Ord + Display + FromStr + AsRef<str> + TryFrom<String> + Into<String> {}
impl<T: Plain + Ord + Display + FromStr + AsRef<str> + TryFrom<String> + Into<String>> Converted for T {}

trait Text: Parsed + Converted + for<'a> TryFrom<&'a str> {}
impl<T: Parsed + Converted + for<'a> TryFrom<&'a str>> Text for T {}

trait Number: Wire + Copy + Ord + TryFrom<u32> {}
impl<T: Wire + Copy + Ord + TryFrom<u32>> Number for T {}

trait Id: Parsed + Copy + From<Uuid> + Into<Uuid> {}
impl<T: Parsed + Copy + From<Uuid> + Into<Uuid>> Id for T {}

macro_rules! table {
    ($($bound:ident: $($type:ty),+;)+) => {
        #[test]
        fn the_table_of_value_types() {
            $({
                fn holds<T: $bound>() {}
                $(holds::<$type>();)+
            })+
        }
    };
}

table! {
    Text: AddressLine, ButtonText, City, Currency, Description, Email, Environment, ExternalId, HttpsUrl, ItemName,
        PersonName, PhoneNumber, SaleReference, Sku, StateCode, TerminalCode, Zip, EventId;
    Converted: Origin;
    Parsed: Amount, ButtonColor, ChargeAmount, Reference, UnixMillis, EventKind, ProblemCode;
    Id: PaymentId, PaymentIntentId, PaymentMethodId, CardPaymentId;
    Number: FormTtl, Quantity, Ttl, PageSize;
    Wire: Address, BillingInformation, Card, Payer, Locale;
    Plain: Method;
}

#[test]
fn text_is_converted_by_the_same_rules_as_it_is_parsed() {
    assert_eq!(Email::try_from(" ana@example.com ").unwrap().as_ref(), "ana@example.com");
    assert_eq!(String::from("52 55 1234 0000".parse::<PhoneNumber>().unwrap()), "+525512340000");
    assert!(Sku::try_from("a b".to_owned()).is_err());
    assert_eq!(Currency::try_from("MXN"), Ok(Currency::Mxn));
    assert_eq!(("PATCH".parse(), "patch".parse::<Method>().is_err()), (Ok(Method::Patch), true));
    assert_eq!(Method::Delete.to_string(), "DELETE");
}

#[test]
fn ids_are_uuids() {
    let uuid = Uuid::from_u128(0x0f0e_0d0c_1111_4222_8333_4444_5555_6666);
    let id = PaymentId::from(uuid);
    assert_eq!(id.to_string(), "0f0e0d0c-1111-4222-8333-444455556666");
    assert_eq!(Uuid::from(id), uuid);
}

#[test]
fn times_of_other_types() {
    let time: UnixMillis = "2026-03-01T18:00:00.250Z".parse().unwrap();
    let system = SystemTime::try_from(time).unwrap();
    assert_eq!(system, SystemTime::UNIX_EPOCH + Duration::from_millis(1_772_388_000_250));
    assert_eq!(UnixMillis::from(system), time);
    let calendar = OffsetDateTime::try_from(time).unwrap();
    assert_eq!((calendar.year(), calendar.millisecond()), (2026, 250));
    assert_eq!(UnixMillis::from(calendar), time);
    assert_eq!(OffsetDateTime::try_from(UnixMillis(i64::MAX)), Err(TimeRangeError));

    let before = UnixMillis(-1_500);
    assert_eq!(UnixMillis::from(OffsetDateTime::try_from(before).unwrap()), before);
    #[cfg(not(target_family = "wasm"))]
    assert_eq!(UnixMillis::from(SystemTime::try_from(before).unwrap()), before);
    let earlier = Duration::from_micros(1_500_300);
    let expected = UnixMillis(-1_501);
    assert_eq!(UnixMillis::from(OffsetDateTime::UNIX_EPOCH - earlier), expected, "rounded down");
    #[cfg(not(target_family = "wasm"))]
    assert_eq!(UnixMillis::from(SystemTime::UNIX_EPOCH - earlier), expected, "rounded down");
}
