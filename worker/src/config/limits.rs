//! How much visitors and tills may cause: a variable for each limit.

use core::ops::RangeInclusive;

use compago::flow::open_links::LinkLimits;
use compago::flow::rate::Limit;
use worker::Env;

use super::Misconfigured;

/// Orders and other attempts that one client may ask for in a minute.
const LIMIT_CREATE_PER_MINUTE: &str = "LIMIT_CREATE_PER_MINUTE";
/// Unpaid links of anonymous orders that one client may hold open.
const LIMIT_OPEN_PER_ADDRESS: &str = "LIMIT_OPEN_PER_ADDRESS";
/// The same for an IPv6 network of 48 bits.
const LIMIT_OPEN_PER_NETWORK: &str = "LIMIT_OPEN_PER_NETWORK";
/// The same for the shop.
const LIMIT_OPEN_PER_SHOP: &str = "LIMIT_OPEN_PER_SHOP";
/// Charges at terminals in a minute, for each role.
const LIMIT_CHARGE_PER_MINUTE: &str = "LIMIT_CHARGE_PER_MINUTE";
/// Wrong tokens of one client in a minute.
const LIMIT_FAILURES_PER_MINUTE: &str = "LIMIT_FAILURES_PER_MINUTE";

/// What is counted in a minute.
const RATES: RangeInclusive<u32> = 1..=1_000;
/// All open links are held in one object's memory.
const OPEN: RangeInclusive<u32> = 1..=100_000;

/// The limits that are configured.
#[derive(Debug)]
pub(crate) struct Limits {
    /// Of payment links that visitors ask for.
    pub(crate) links: LinkLimits,
    /// Of charges at terminals, for each role.
    pub(crate) charges: Limit,
    /// Of wrong tokens, for each client.
    pub(crate) failures: Limit,
}

impl Limits {
    /// Reads the limits; one that is not set has its default.
    pub(super) fn read(env: &Env, wrong: &mut Misconfigured) -> Self {
        let rate = |wrong: &mut Misconfigured, name, default| {
            let limit = wrong.optional(env, name, |text| number_in(text, &RATES));
            Limit::per_minute(limit.unwrap_or(default))
        };
        let links = LinkLimits {
            rate: rate(wrong, LIMIT_CREATE_PER_MINUTE, 20),
            per_client: wrong.optional(env, LIMIT_OPEN_PER_ADDRESS, |text| number_in(text, &OPEN)).unwrap_or(30),
            per_network: wrong.optional(env, LIMIT_OPEN_PER_NETWORK, |text| number_in(text, &OPEN)).unwrap_or(300),
            per_shop: wrong.optional(env, LIMIT_OPEN_PER_SHOP, |text| number_in(text, &OPEN)).unwrap_or(20_000),
        };
        Self {
            links,
            charges: rate(wrong, LIMIT_CHARGE_PER_MINUTE, 120),
            failures: rate(wrong, LIMIT_FAILURES_PER_MINUTE, 10),
        }
    }
}

/// Reads a number of whole digits alone: neither a sign nor a fraction.
pub(super) fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Reads a number within bounds.
fn number_in(text: &str, range: &RangeInclusive<u32>) -> Option<u32> {
    number(text).filter(|number| range.contains(number))
}
