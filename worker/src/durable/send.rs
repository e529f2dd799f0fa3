//! Sends the webhooks that an object owes, a portion with each alarm.

use compago::flow::outbox::{Delivery, DeliveryState, MAX_WAIT};
use wasm_bindgen::JsValue;

use super::deliver::deliver;
use super::{Durable, outbox};
use crate::clock::{jitter, now};
use crate::env::{Config, Webhook};
use crate::fault::Fault;
use crate::log::{self, Level};

/// How many webhooks are sent by one alarm: an alarm may make so many calls and no more, on a small plan 50. The next one goes
/// on at once.
const PORTION: u8 = 20;

impl Durable {
    /// Sends the webhooks that are due, one after the other; without an endpoint, gives up those that have waited for too long.
    pub(super) async fn deliver_due(&self, delivers: bool) -> Result<(), Fault> {
        if !delivers {
            return Ok(());
        }
        let done = match Config::read(&self.env).ok().as_deref() {
            Some(Config { webhook: Some(webhook), .. }) => self.deliver_some(webhook).await,
            Some(Config { webhook: None, .. }) => self.expire_some(),
            None => Ok(()),
        };
        self.delivering.set(false);
        done?;
        Ok(self.set_alarm()?)
    }

    async fn deliver_some(&self, webhook: &Webhook) -> Result<(), Fault> {
        for _ in 0..PORTION {
            let Some(owed) = outbox::first_due(&self.database()?, now())? else { break };
            let (delivery, begun) = owed.delivery.begin(now());
            self.save_delivery(&delivery)?;
            let Some(begun) = begun else { continue };
            let answer = deliver(delivery.id(), &owed.body, webhook).await;
            self.save_delivery(&delivery.answered(begun, answer, now(), jitter()))?;
        }
        Ok(())
    }

    fn expire_some(&self) -> Result<(), Fault> {
        for _ in 0..PORTION {
            let Some(owed) = outbox::first_due(&self.database()?, now().minus(MAX_WAIT))? else { break };
            self.save_delivery(&owed.delivery.expire(now()))?;
        }
        Ok(())
    }

    pub(super) fn save_delivery(&self, delivery: &Delivery) -> Result<(), JsValue> {
        if let DeliveryState::Parked { reason, .. } = delivery.state() {
            log::write(Level::Error, "webhook-parked", &[("id", delivery.id()), ("reason", &reason)]);
        }
        self.commit(&mut |database| outbox::update(database, delivery))
    }
}
