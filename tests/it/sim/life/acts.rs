//! What the acts of people do to a life: to Compago's payments, and to the order through its shell.

use std::time::Duration;

use compago::flow::machine::Input;
use compago::flow::order::Event;
use compago::value::PaymentId;

use super::{Life, What};
use crate::sim::compago::Amendment;
use crate::sim::oracle;
use crate::sim::payer::{Act, pay_at};

impl Life {
    pub(super) fn act(&mut self, number: usize, act: Act) {
        match act {
            Act::OpenLink => self.open_link(number),
            Act::Pay(nth) => {
                if let Some(id) = self.shown[number].get(nth).copied()
                    && self.compago.pay(id, self.now)
                    && self.rng.percent(60)
                {
                    for _ in 0..=self.rng.below(3) {
                        let at = self.now.plus(self.rng.between(Duration::ZERO, Duration::from_secs(8)));
                        self.queue(at, number, What::Act(Act::Return(nth)));
                    }
                }
            }
            Act::Poll => _ = self.take(number, Input::Event(Event::Watched)),
            Act::Return(nth) => {
                let id = self.shown[number].get(nth);
                if let Some(payment) = self.compago.payments.iter().find(|payment| Some(&payment.id) == id) {
                    let (payment_id, external_id) = (payment.id, payment.external_id.parse().unwrap());
                    self.take(number, Input::Event(Event::PayerReturned { payment_id, external_id }));
                }
            }
            Act::Forge => self.forge(number),
            Act::Retry => _ = self.take(number, Input::Event(Event::RetryAsked)),
            Act::Cancel => _ = self.take(number, Input::Event(Event::CancelAsked)),
            Act::CancelElsewhere => {
                if let Some(id) = self.last_payment(number) {
                    self.compago.cancel(id, self.now);
                }
            }
            Act::Amend(amendment) => {
                if let Some(id) = self.last_payment(number).filter(|id| self.may_be_amended(number, *id, amendment)) {
                    self.compago.amend(id, amendment);
                }
            }
            Act::Reconcile => self.reconcile(number),
            Act::StrayAlarm => _ = self.take(number, Input::AlarmFired),
        }
    }

    /// The last payment of the order's that is not somebody else's.
    fn last_payment(&self, number: usize) -> Option<PaymentId> {
        let last = self.compago.made_as(&self.shells[number].machine().current().external_id);
        last.filter(|payment| !payment.foreign).map(|payment| payment.id)
    }

    /// Where a link contains no id, only the external id says to which payment it leads: that is not changed before the order knows
    /// its payment, since nothing could then tell the payment from that of a call that arrives late.
    fn may_be_amended(&self, number: usize, id: PaymentId, amendment: Amendment) -> bool {
        let is_bound =
            self.shells[number].saved().current().binding.as_ref().is_some_and(|bound| bound.payment_id == id);
        is_bound || amendment != Amendment::ExternalId || !self.compago.habits.link_without_id
    }

    /// What the list shows now comes before the order within ten minutes.
    fn reconcile(&mut self, number: usize) {
        let order = self.shells[number].machine();
        let ids: Vec<PaymentId> =
            order.attempts().filter_map(|attempt| Some(attempt.binding.as_ref()?.payment_id)).collect();
        let read_at = self.shells[number].clock(self.now);
        for listed in self.compago.reconcile(&ids, self.now, read_at) {
            let at = self.now.plus(self.rng.between(Duration::ZERO, Duration::from_secs(600)));
            self.queue(at, number, What::Told(Event::Listed(listed)));
        }
    }

    /// The payer gets the link, if there is one to get.
    fn open_link(&mut self, number: usize) {
        let order = self.shells[number].machine().clone();
        let Some(link) = order.current().link() else { return };
        let payment = self.compago.of_link(link.url().as_str()).cloned();
        let Some(payment) = payment else { return oracle::check(false, "a link that leads nowhere") };
        oracle::check(payment.made_as == order.current().external_id.as_str(), "a foreign link");
        let bound = order.current().binding.as_ref().map(|binding| binding.payment_id);
        oracle::check(bound == Some(payment.id), "a link to another payment than the one that is read");
        let shown = &mut self.shown[number];
        if !shown.contains(&payment.id) {
            shown.push(payment.id);
        }
        let nth = shown.iter().position(|id| *id == payment.id).unwrap();
        let payable = |id: &&PaymentId| {
            self.compago.payments.iter().any(|payment| payment.id == **id && payment.is_payable(self.now))
        };
        oracle::check(self.shown[number].iter().filter(payable).count() <= 1, "two links that can be paid");
        if let Some(at) = pay_at(&mut self.rng, self.now, payment.expires_at) {
            self.queue(at.max(self.now), number, What::Act(Act::Pay(nth)));
        }
    }

    /// True ids, put together falsely; some of them paid.
    fn forge(&mut self, number: usize) {
        let payments = &self.compago.payments;
        if payments.is_empty() {
            return;
        }
        let (one, other) = (self.rng.one_of(payments), self.rng.one_of(payments));
        let own = |external_id: &str| {
            self.shells[number].machine().attempts().any(|attempt| attempt.external_id.as_str() == external_id)
        };
        if one.id == other.id && own(&one.external_id) {
            return;
        }
        let before = self.shells[number].machine().clone();
        let (payment_id, external_id) = (one.id, other.external_id.parse().unwrap());
        let calls = self.shells[number].oracle.calls;
        self.take(number, Input::Event(Event::PayerReturned { payment_id, external_id }));
        oracle::check(*self.shells[number].machine() == before, "a forged return changed the order");
        oracle::check(self.shells[number].oracle.calls == calls, "a forged return made a call");
    }
}
