//! Delivers the webhooks of an object's outbox, a batch with each alarm.

use std::pin::pin;

use compago::flow::outbox::{Answer, Delivery, DeliveryState, MAX_WAIT};
use compago::value::HttpsUrl;
use futures_util::future::{Either, select};
use serde_json::json;
use worker::Delay;

use super::deliver::{Webhook, deliver, log_attempt};
use super::projection::GATHER;
use super::{Change, Durable, Size, outbox, projection};
use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::database::Result as Stored;
use crate::objects::secrets::webhook_secrets;
use crate::runtime::clock::{jitter, now};
use crate::runtime::log::{self, Level};

/// How many webhooks are sent by one alarm: an alarm may make so many calls and no more, on a small plan 50. The next one goes
/// on at once.
const PORTION: u8 = 20;

impl Durable {
    /// Sends the webhooks that are due, one after the other; without an endpoint, dead-letters those that have waited for too long.
    pub(super) async fn deliver_due(&self) -> Result<(), ApiError> {
        if self.delivering.replace(true) {
            return Ok(());
        }
        let done = match Config::read(&self.env) {
            Ok(config) => match &config.webhook_url {
                Some(url) => self.deliver_some(url, &config).await,
                None => self.expire_some(),
            },
            Err(_) => Ok(()),
        };
        self.delivering.set(false);
        done
    }

    /// A try is written with its answer: after a crash it is repeated, with the same id. One that was due before the object was started
    /// may be such a try, so it is written down first: of tries that end the object, one alone is not counted.
    /// While the secrets cannot be read nothing is sent, and what is due is tried again later; while nobody knows one, it waits as without
    /// an endpoint.
    async fn deliver_some(&self, url: &HttpsUrl, config: &Config) -> Result<(), ApiError> {
        if outbox::first_due(&self.database()?, now())?.is_none() {
            return Ok(());
        }
        let Some(secrets) = webhook_secrets(config, &self.env).await? else { return self.expire_some() };
        let webhook = Webhook { url: url.clone(), secrets };
        for _ in 0..PORTION {
            let Some(pending) = outbox::first_due(&self.database()?, now())? else { break };
            let mut before = pending.delivery.clone();
            let (delivery, begun) = pending.delivery.begin(now());
            let Some(begun) = begun else {
                self.save_delivery(&delivery)?;
                continue;
            };
            if before.next_at().is_some_and(|at| at < self.started_at) {
                self.save_delivery(&delivery)?;
                before.clone_from(&delivery);
            }
            let answer = self.send(&delivery, &pending.body, &webhook, &mut before).await?;
            // A person may have put it back meanwhile: then an acceptance alone counts.
            let current = outbox::delivery(&self.database()?, delivery.id())?.filter(|current| *current != before);
            let delivery = current.unwrap_or(delivery).answered(begun, answer, now(), jitter());
            log_attempt(&delivery, answer);
            self.save_delivery(&delivery)?;
        }
        Ok(())
    }

    /// Sends one. If the endpoint is slow, the try is written down, and the index learns of it.
    async fn send(
        &self,
        delivery: &Delivery,
        body: &str,
        webhook: &Webhook,
        stored: &mut Delivery,
    ) -> Result<Answer, ApiError> {
        let sending = pin!(deliver(delivery.id(), body, webhook));
        Ok(match select(sending, Delay::from(GATHER)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(((), sending)) => {
                // A person may have put it back meanwhile.
                if outbox::delivery(&self.database()?, delivery.id())?.as_ref() == Some(&*stored) {
                    self.save_delivery(delivery)?;
                    stored.clone_from(delivery);
                }
                sending.await
            }
        })
    }

    fn expire_some(&self) -> Result<(), ApiError> {
        self.commit(outbox::publish_waiting)?;
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
        let reference = delivery.id().as_str().split('_').nth(1).and_then(|reference| reference.parse().ok());
        // After a crash, an object of many machines finds the webhooks of those alone that are not published.
        let is_found =
            self.class.size == Size::One || reference.is_some_and(|reference| self.unpublished.holds(&reference));
        let projection = delivery.projection();
        // A machine that is over is to be woken until its webhooks are published as well.
        let over = reference.and_then(|reference| self.unpublished.over_of(&reference));
        let (noted, written) =
            if is_found { (Some(Change { projection, over }), None) } else { (None, Some(projection)) };
        self.commit_change(noted, |database| {
            outbox::update(database, delivery)?;
            written.map_or(Ok(()), |projection| projection::put(database, projection, now()))
        })
    }
}
