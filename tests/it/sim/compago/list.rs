//! The list of payments, and how it may be wrong.

use compago::endpoint::Reply;
use compago::flow::order::facts::Listed;
use compago::value::{PaymentId, UnixMillis};
use serde_json::{Value, json};

use super::{Compago, Payment, Shown};
use crate::order::bench::START;
use crate::order::bodies::ok;

impl Compago {
    pub(crate) fn list(&self, now: UnixMillis) -> Reply {
        let visible = self.payments.iter().filter(|payment| payment.created_at.plus(self.habits.lag) <= now);
        let mut items: Vec<Value> = visible.map(|payment| self.item(payment, now)).collect();
        if self.habits.unreadable_neighbour {
            items.push(json!({ "id": 7 }));
        }
        ok(json!({ "count": items.len(), "page": 1, "pageSize": 500, "items": items }))
    }

    /// A page of the list of confirmed payments.
    pub(crate) fn page(&self, page: u32, page_size: u16, now: UnixMillis) -> Reply {
        if self.habits.list_fails {
            return crate::recording::reply(500, "");
        }
        let confirmed = |payment: &&Payment| self.habits.ignores_filter || self.status(payment, now) == "CONFIRMED";
        let visible = self.payments.iter().filter(|payment| payment.created_at.plus(self.habits.lag) <= now);
        let mut listed: Vec<(UnixMillis, Value)> = visible
            .filter(confirmed)
            .filter(|payment| payment.shown != Shown::Not)
            .map(|payment| (payment.since, self.item(payment, now)))
            .collect();
        let others = self.habits.busy.map_or(0, |every| now.since(START).as_millis() / every.as_millis());
        listed.extend((0..u32::try_from(others).unwrap()).map(|number| {
            let mut id = [0xff; 16];
            id[..4].copy_from_slice(&number.to_be_bytes());
            let id = PaymentId::from_bytes(id).to_string();
            let at = START.plus(self.habits.busy.unwrap() * (number + 1));
            (at, json!({ "id": id, "status": "CONFIRMED", "amount": 1, "currency": "MXN", "externalId": id }))
        }));
        if self.habits.unreadable_neighbour {
            listed.push((START, json!({ "id": 7 })));
        }
        listed.sort_by_key(|(since, _)| if self.habits.newest_first { -since.0 } else { since.0 });
        let size = self.habits.page_size.min(page_size.into());
        let first = size * usize::try_from(page - 1).unwrap();
        let items: Vec<Value> = listed.iter().skip(first).take(size).map(|(_, item)| item.clone()).collect();
        ok(json!({ "count": listed.len(), "page": page, "pageSize": size, "items": items }))
    }

    /// An item of the list.
    fn item(&self, payment: &Payment, now: UnixMillis) -> Value {
        let status = self.status(payment, now);
        if status == "CONFIRMED" && payment.shown == Shown::Unreadable {
            return json!({ "id": payment.id.to_string(), "status": status });
        }
        json!({
            "id": payment.id.to_string(), "status": status, "amount": payment.amount, "currency": payment.currency,
            "externalId": payment.external_id, "expiresAt": payment.expires_at.to_string(),
            "redirectUrl": payment.redirect_url, "homepageUrl": payment.homepage_url
        })
    }

    /// The items of the list that reconciliation would bring before an order with these payments: those that are confirmed,
    /// and those with other facts than were bound.
    pub(crate) fn reconcile(&self, ids: &[PaymentId], now: UnixMillis, read_at: UnixMillis) -> Vec<Listed> {
        let visible = self.payments.iter().filter(|payment| payment.created_at.plus(self.habits.lag) <= now);
        let item = |payment: &Payment| Listed {
            payment_id: payment.id,
            external_id: payment.external_id.clone(),
            amount: payment.amount.to_string().parse().unwrap(),
            currency: payment.currency.to_owned(),
            status: compago::json::from_str(&format!("\"{}\"", self.status(payment, now))).unwrap(),
            read_at,
        };
        visible
            .filter(|payment| ids.contains(&payment.id))
            .filter(|payment| payment.amended || self.status(payment, now) == "CONFIRMED")
            .map(item)
            .collect()
    }
}
