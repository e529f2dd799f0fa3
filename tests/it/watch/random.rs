//! A deterministic generator, so that a case can be repeated.

use std::time::Duration;

pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    pub(super) fn up_to(&mut self, longest: Duration) -> Duration {
        let millis = u64::try_from(longest.as_millis()).unwrap();
        Duration::from_millis(self.below(millis + 1))
    }
}

/// Bits that look random, always the same for the same two numbers.
pub(super) fn mixed(one: u64, other: u64) -> u64 {
    let mut random = Random(one ^ other.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    random.below(1 << 31) ^ random.below(1 << 31) << 31
}
