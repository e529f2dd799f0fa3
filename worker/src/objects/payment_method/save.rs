//! Beginning to save a card. Who the payer is goes to Compago, and is kept nowhere.

use std::rc::Rc;

use compago::api::one_time_payment::link::CheckoutLink;
use compago::api::payment_method::create::{CreatePaymentMethod, Display};
use compago::edge::Capability;
use compago::edge::card_answers::SavedCardCreated;
use compago::edge::saved_card::{SaveCardRequest, SavedCardStatus};
use compago::endpoint::{CallError, call};
use compago::flow::record;
use compago::flow::saved_card::SavedCard;
use compago::flow::saved_card::terms::CardTerms;
use compago::json::{self, Json};
use compago::problem::Locale;
use compago::value::{FormTtl, PaymentMethodId, Reference};
use serde_json::json;
use worker::Response;

use super::message::{Begun, Command, Form, card_key};
use super::object::PaymentMethodMachines;
use super::store::{self, Name};
use crate::compago::CompagoApi;
use crate::config::{Config, PAYMENT_METHODS};
use crate::http::error::{ApiError, InternalError, ProviderCall};
use crate::http::order_urls::shop_home;
use crate::http::respond::{json_answer, json_text};
use crate::objects::envelope::send;
use crate::objects::stored::read;
use crate::objects::{key_index, refused_link};
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

impl PaymentMethodMachines {
    /// Makes the form, unless it was made.
    ///
    /// # Errors
    /// [`ApiError::InFlight`], or what Compago said. Then nobody has the form, and the same key makes another.
    pub(super) async fn save_card(
        self: &Rc<Self>,
        key: Reference,
        card: Capability,
        body: &str,
    ) -> Result<Response, ApiError> {
        let created = self.memory.run(key, self.form_of(key, card, body)).await?;
        Ok(json_text(201, created)?)
    }

    async fn form_of(&self, key: Reference, card: Capability, body: &str) -> Result<String, ApiError> {
        let created = match store::text(&self.durable.database()?, Name::Created)? {
            Some(created) => created,
            None => self.create_form(key, card, body).await?,
        };
        // Nobody gets a form that the page would not find: after a crash it is entered now.
        let id: PaymentMethodId = read::<Json>(&created)?.field("id").map_err(InternalError::from)?;
        key_index::put_if_absent(&card_key(&key), &json::to_string(&id), &self.durable.env).await?;
        Ok(created)
    }

    async fn create_form(&self, key: Reference, card: Capability, body: &str) -> Result<String, ApiError> {
        let config = Config::read(&self.durable.env)?;
        let body = json::parse(body).map_err(|_| ApiError::NotJson)?;
        let wanted = SaveCardRequest::from_json(&body, config.site.shop())?;
        let page = shop_home(&config)?.join_path("card").map_err(InternalError::from)?;
        let page = page.with_query_pair("card", card.as_str()).map_err(InternalError::from)?;
        let expires_at = now().plus(wanted.ttl.unwrap_or(FormTtl::DEFAULT).duration());
        let display_mode = match wanted.display {
            Display::Link => "LINK",
            Display::Embedded { .. } => "EMBEDDED",
        };
        let request = CreatePaymentMethod {
            payer: wanted.payer,
            external_id: wanted.external_id.clone(),
            verification_amount: wanted.verification_amount,
            display: wanted.display,
            redirect_url: Some(page.clone()),
            ttl: wanted.ttl,
        };
        let api = CompagoApi::new(&config);
        let result = call(&request, &api).await.map_err(|error| match error {
            CallError::Refused(refusal) => ApiError::from_creation_refusal(refusal.reason, ProviderCall::SaveCard),
            CallError::Undelivered(_) | CallError::Decode(_) => ApiError::ProviderUnavailable(ProviderCall::SaveCard),
        })?;
        let Ok(link) = CheckoutLink::parse(&result.checkout_url, &config.checkout_origins) else {
            log::write(Level::Error, "link-elsewhere", json!({ "paymentMethod": result.id }));
            refused_link::report(&result.checkout_url, &self.durable);
            return Err(ApiError::LinkElsewhere);
        };
        let created = json::to_string(&SavedCardCreated {
            id: result.id,
            card,
            status: SavedCardStatus::Pending,
            external_id: wanted.external_id.clone(),
            display_mode: display_mode.to_owned(),
            checkout_url: link.url().clone(),
            page,
            expires_at,
        });
        let terms = CardTerms { key, id: result.id, external_id: wanted.external_id, expires_at };
        let form = Form {
            display_mode: display_mode.to_owned(),
            checkout_url: link.url().clone(),
            return_url: wanted.return_url,
        };
        let begin = Command::Begin(Box::new(Begun { terms, form }));
        let begun = send(PAYMENT_METHODS, &result.id.to_string(), &begin, Locale::En, &self.durable.env).await?;
        if begun.status_code() != 200 {
            return Err(InternalError::Answered { whose: PAYMENT_METHODS, status: begun.status_code() }.into());
        }
        self.durable.commit(|database| store::put_text(database, Name::Created, &created))?;
        Ok(created)
    }

    /// Follows a card whose form was made.
    ///
    /// # Errors
    /// [`ApiError::Internal`] if Compago gave its id to another card before.
    pub(super) fn begin(self: &Rc<Self>, Begun { terms, form }: Begun) -> Result<Response, ApiError> {
        let known: Option<SavedCard> = store::find(&self.durable.database()?, Name::Card)?;
        if known.is_some_and(|card| *card.terms() != terms) {
            return Err(InternalError::Impossible("an id of Compago's belongs to another card").into());
        }
        let form = record::to_string(&form);
        self.apply(SavedCard::begin(terms, now()), |database| store::put_text(database, Name::Form, &form))?;
        Ok(json_answer(200, &json!({}))?)
    }
}
