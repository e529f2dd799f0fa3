//! Delivers the webhooks of an object's outbox, a batch with each alarm.

use std::pin::pin;

use compago::flow::outbox::{Answer, Delivery, DeliveryState, MAX_WAIT};
use futures_util::future::{Either, join, select};
use serde_json::json;
use worker::Delay;

use super::deliver::{deliver, log_attempt};
use super::projection::GATHER;
use super::{Durable, outbox};
use crate::config::{Config, Webhook};
use crate::http::error::ApiError;
use crate::objects::database::Result as Stored;
use crate::runtime::clock::{jitter, now};
use crate::runtime::log::{self, Level};

/// How many webhooks are sent by one alarm: an alarm may make so many calls and no more, on a small plan 50. The next one goes
/// on at once.
const PORTION: u8 = 20;

impl Durable {
    /// Sends the webhooks that are due, one after the other; without an endpoint, dead-letters those that have waited for too long.
    pub(super) async fn deliver_due(&self, delivers: bool) -> Result<(), ApiError> {
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

    async fn deliver_some(&self, webhook: &Webhook) -> Result<(), ApiError> {
        for _ in 0..PORTION {
            let Some(pending) = outbox::first_due(&self.database()?, now())? else { break };
            let (delivery, begun) = pending.delivery.begin(now());
            self.save_delivery(&delivery)?;
            let Some(begun) = begun else { continue };
            let (answer, published) = self.deliver_and_publish(&delivery, &pending.body, webhook).await;
            // A person may have put it back meanwhile.
            let current = outbox::delivery(&self.database()?, delivery.id())?.unwrap_or(delivery);
            let delivery = current.answered(begun, answer, now(), jitter());
            log_attempt(&delivery, answer);
            self.save_delivery(&delivery)?;
            published?;
        }
        Ok(())
    }

    /// Sends one. While the endpoint is slow, projections are published, also that the webhook is being sent: no alarm does so,
    /// since the runtime starts none while one is running.
    async fn deliver_and_publish(
        &self,
        delivery: &Delivery,
        body: &str,
        webhook: &Webhook,
    ) -> (Answer, Result<(), ApiError>) {
        let sending = pin!(deliver(delivery.id(), body, webhook));
        match select(sending, Delay::from(GATHER)).await {
            Either::Left((answer, _)) => (answer, Ok(())),
            Either::Right(((), sending)) => join(sending, self.publish_due(!self.publishing.replace(true))).await,
        }
    }

    fn expire_some(&self) -> Result<(), ApiError> {
        for _ in 0..PORTION {
            let Some(pending) = outbox::first_due(&self.database()?, now().minus(MAX_WAIT))? else { break };
            self.save_delivery(&pending.delivery.expire(now()))?;
        }
        Ok(())
    }

    pub(super) fn save_delivery(&self, delivery: &Delivery) -> Stored<()> {
        if let DeliveryState::DeadLettered { reason, .. } = delivery.state() {
            log::write(Level::Error, "webhook-dead-lettered", json!({ "id": delivery.id(), "reason": reason }));
        }
        self.commit(|database| outbox::update(database, delivery))
    }
}
