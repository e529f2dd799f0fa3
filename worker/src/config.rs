//! The configuration: the one place that knows the names of bindings, secrets and variables.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use compago::edge::{RoleTokens, RotatedToken, SessionCookie, SigningKeys, Site};
use compago::flow::charge::search::Attribution;
use compago::value::{ApiKey, Environment, HttpsUrl, Loopback, Origin, RetainDays};
use compago::webhook::SigningSecrets;
use compago_client::BaseUrl;
use compago_client::transport::worker::CompagoTransport;
use js_sys::Object;
use worker::Env;

mod limits;
mod origins;
mod secrets;

pub(crate) use limits::Limits;
pub(crate) use secrets::configured_values;

/// One Durable Object for each order.
pub(crate) const ORDERS: &str = "ORDERS";
/// One Durable Object for each terminal, and for each charge that any terminal may take.
pub(crate) const TERMINALS: &str = "TERMINALS";
/// One Durable Object for each saved card, and for each request to save one.
pub(crate) const PAYMENT_METHODS: &str = "PAYMENT_METHODS";
/// One Durable Object for each key of the index of keys: an idempotency key, an id of Compago's, a payer's capability.
pub(crate) const REGISTER: &str = "REGISTER";
/// One Durable Object for each client whose tokens were wrong, and for each role that charges at terminals.
pub(crate) const RATE_LIMITS: &str = "RATE_LIMITS";
/// The Durable Object that counts the payment links of anonymous orders that can still be paid.
pub(crate) const OPEN_LINKS: &str = "OPEN_LINKS";
/// The Durable Object of the operator's index.
pub(crate) const DESK: &str = "DESK";
/// One Durable Object for each session that was ended before its time.
pub(crate) const SESSIONS: &str = "SESSIONS";
/// One Durable Object for each month: the directory of the objects that were created in it.
pub(crate) const ROSTERS: &str = "ROSTERS";
/// The Durable Object that keeps what the Worker has generated, and what was found out about its settings.
pub(crate) const SETTINGS: &str = "SETTINGS";
/// The static pages.
pub(crate) const ASSETS: &str = "ASSETS";
/// Cloudflare's own limiter of creating, where it is configured.
pub(crate) const CREATE_LIMIT: &str = "CREATE_LIMIT";
/// Cloudflare's own limiter of returning, where it is configured.
pub(crate) const RETURN_LIMIT: &str = "RETURN_LIMIT";

const MODE: &str = "MODE";
const COMPAGO_BASE_URL: &str = "COMPAGO_BASE_URL";
const COMPAGO_API_KEY: &str = "COMPAGO_API_KEY";
const CHECKOUT_ORIGINS: &str = "CHECKOUT_ORIGINS";
const SHOP_ORIGIN: &str = "SHOP_ORIGIN";
const STAFF_ORIGIN: &str = "STAFF_ORIGIN";
const EMBED_ORIGINS: &str = "EMBED_ORIGINS";
const SIGNING_KEY: &str = "SIGNING_KEY";
const OPERATOR_TOKEN: &str = "OPERATOR_TOKEN";
const CASHIER_TOKEN: &str = "CASHIER_TOKEN";
const WEBHOOK_URL: &str = "WEBHOOK_URL";
const WEBHOOK_SECRET: &str = "WEBHOOK_SECRET";
const SOLE_CHARGER: &str = "SOLE_CHARGER";
const RETAIN_DAYS: &str = "RETAIN_DAYS";

/// A Compago environment in which nothing that is confirmed is money.
const DEMO_HOST: &str = "demo.api.harmony.compago.com";
/// The environment in which it is.
const PRODUCTION_HOST: &str = "api.harmony.compago.com";

thread_local! {
    /// What was last read, and from what. An isolate outlives the environment it began with: Cloudflare keeps it where
    /// only a secret or a variable was changed.
    static READ: RefCell<Option<(Env, Rc<Config>)>> = const { RefCell::new(None) };
}

/// Everything that can be configured, checked.
#[derive(Debug)]
pub(crate) struct Config {
    /// In which world payments are made.
    pub(crate) environment: Environment,
    /// The base URL of Compago's API.
    pub(crate) base_url: HttpsUrl,
    /// Compago's API, called with the key that this Worker exists to hold.
    pub(crate) compago: CompagoTransport,
    /// Where a checkout link may point.
    pub(crate) checkout_origins: Vec<Origin>,
    /// The origins on which the pages and this Worker are served, and those of other pages that sell.
    pub(crate) site: Rc<Site>,
    /// The cookie of those who sign in.
    pub(crate) cookie: SessionCookie,
    /// For capabilities, references and sessions, if configured; see [`KeyedConfig`].
    pub(crate) signing_keys: Option<SigningKeys>,
    /// Who may act as operator or cashier; nobody, if neither token is set.
    pub(crate) tokens: RoleTokens,
    /// Where the merchant's backend receives webhooks. A shop without a backend has none.
    pub(crate) webhook_url: Option<HttpsUrl>,
    /// What webhooks are signed with, if configured.
    pub(crate) webhook_secrets: Option<SigningSecrets>,
    /// Whether a saved card's payment may be taken for a charge whose answer was lost.
    pub(crate) attribution: Attribution,
    /// How long personal data of a paid order is kept at most.
    pub(crate) retain_days: RetainDays,
    /// How much visitors and tills may cause.
    pub(crate) limits: Limits,
}

/// The configuration with the signing keys, which the Worker generates where none is configured.
#[derive(Debug, Clone)]
pub(crate) struct KeyedConfig {
    config: Rc<Config>,
    /// For capabilities, references and sessions.
    pub(crate) keys: SigningKeys,
    /// Whether there may be a generated key beside them that could not be read: what they do not recognise may be ours all the same.
    pub(crate) lacks_generated: bool,
}

impl KeyedConfig {
    /// The configuration with these keys.
    pub(crate) const fn new(config: Rc<Config>, keys: SigningKeys) -> Self {
        Self { config, keys, lacks_generated: false }
    }

    /// The configuration with these keys, while others cannot be read.
    pub(crate) const fn with_some(config: Rc<Config>, keys: SigningKeys) -> Self {
        Self { config, keys, lacks_generated: true }
    }
}

impl Deref for KeyedConfig {
    type Target = Config;

    fn deref(&self) -> &Config {
        &self.config
    }
}

/// The names of what is not configured as it must be; never a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Misconfigured {
    /// Required, and empty.
    pub(crate) missing: Vec<&'static str>,
    /// Set to something that cannot be used.
    pub(crate) malformed: Vec<&'static str>,
    /// What is wrong with those of them whose kind says so, by name.
    pub(crate) reasons: Vec<(&'static str, String)>,
}

impl Misconfigured {
    fn required<T>(&mut self, env: &Env, name: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        if text(env, name).is_none() {
            self.missing.push(name);
        }
        self.optional(env, name, parse)
    }

    fn optional<T>(&mut self, env: &Env, name: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let parsed = parse(&text(env, name)?);
        if parsed.is_none() {
            self.malformed.push(name);
        }
        parsed
    }
}

impl Config {
    /// Reads the configuration, unless it was read from this very environment before.
    ///
    /// # Errors
    /// The names of all that is missing or malformed.
    pub(crate) fn read(env: &Env) -> Result<Rc<Self>, Misconfigured> {
        let known = READ.with_borrow(|read| {
            let (_, config) = read.as_ref().filter(|(from, _)| Object::is(from, env))?;
            Some(Rc::clone(config))
        });
        if let Some(config) = known {
            return Ok(config);
        }
        let config = Rc::new(Self::parse(env)?);
        READ.set(Some((env.clone(), Rc::clone(&config))));
        Ok(config)
    }

    fn parse(env: &Env) -> Result<Self, Misconfigured> {
        let mut wrong = Misconfigured::default();
        let mode = wrong.required(env, MODE, |text| text.parse().ok());
        let loopback = if mode == Some(Environment::Local) { Loopback::Allowed } else { Loopback::Refused };
        let base_url = wrong.required(env, COMPAGO_BASE_URL, |text| {
            let url = HttpsUrl::parse(text.trim_end_matches('/'), loopback).ok()?;
            let other = if mode == Some(Environment::Production) { DEMO_HOST } else { PRODUCTION_HOST };
            (url.origin().host() != other).then_some(url)
        });
        // It was read as a URL before, and so is one.
        let base = base_url.as_ref().and_then(|url| url.as_str().parse::<BaseUrl>().ok());
        let api_key = wrong.required(env, COMPAGO_API_KEY, |text| text.parse::<ApiKey>().ok());
        if text(env, CHECKOUT_ORIGINS).is_none() {
            wrong.missing.push(CHECKOUT_ORIGINS);
        }
        let checkout_origins = wrong.origins(env, CHECKOUT_ORIGINS, loopback);
        let shop_origin = wrong.required(env, SHOP_ORIGIN, |text| Origin::parse(text, loopback).ok());
        let staff_origin = wrong.optional(env, STAFF_ORIGIN, |text| Origin::parse(text, loopback).ok());
        let embed_origins = wrong.embed_origins(env, loopback, staff_origin.as_ref()).unwrap_or_default();
        let signing_keys = wrong.explained(env, SIGNING_KEY);
        let operator = wrong.explained::<RotatedToken>(env, OPERATOR_TOKEN);
        let cashier = wrong.explained::<RotatedToken>(env, CASHIER_TOKEN);
        let tokens = RoleTokens::new(operator, cashier);
        let webhook_url = wrong.optional(env, WEBHOOK_URL, |text| HttpsUrl::parse(text, loopback).ok());
        let webhook_secrets = wrong.explained(env, WEBHOOK_SECRET);
        wrong.refuse_weak_secrets(env);
        let attribution = wrong.optional(env, SOLE_CHARGER, |text| match text {
            "true" => Some(Attribution::SoleCharger),
            "false" => Some(Attribution::Never),
            _ => None,
        });
        let attribution = attribution.unwrap_or_default();
        let retain_days = wrong
            .optional(env, RETAIN_DAYS, |text| limits::number(text).and_then(|days| RetainDays::from_days(days).ok()));
        let retain_days = retain_days.unwrap_or_default();
        let limits = Limits::read(env, &mut wrong);
        if env.durable_object(SETTINGS).is_err() {
            wrong.missing.push(SETTINGS);
        }
        match (mode, base_url.zip(base), api_key, checkout_origins, shop_origin, tokens) {
            (
                Some(environment),
                Some((base_url, base)),
                Some(api_key),
                Some(checkout_origins),
                Some(shop_origin),
                Ok(tokens),
            ) if wrong == Misconfigured::default() => {
                let site = Rc::new(Site::new(shop_origin, staff_origin).with_embeds(embed_origins));
                let cookie = SessionCookie::for_origin(site.staff());
                Ok(Self {
                    environment,
                    base_url,
                    compago: CompagoTransport::new(api_key, base, compago_client::Limits::default()),
                    checkout_origins,
                    site,
                    cookie,
                    signing_keys,
                    tokens,
                    webhook_url,
                    webhook_secrets,
                    attribution,
                    retain_days,
                    limits,
                })
            }
            _ => Err(wrong),
        }
    }
}

/// The origins of this Worker, also where something else is not configured; `None` if that of the shop is not.
pub(crate) fn site(env: &Env) -> Option<Rc<Site>> {
    if let Ok(config) = Config::read(env) {
        return Some(Rc::clone(&config.site));
    }
    let loopback = if environment(env) == Some(Environment::Local) { Loopback::Allowed } else { Loopback::Refused };
    let origin = |name| Origin::parse(&text(env, name)?, loopback).ok();
    let (shop, staff) = (origin(SHOP_ORIGIN)?, origin(STAFF_ORIGIN));
    let embeds = origins::valid_embed_origins(env, loopback, staff.as_ref());
    Some(Rc::new(Site::new(shop, staff).with_embeds(embeds)))
}

/// In which world payments are made, also where nothing else is configured.
pub(crate) fn environment(env: &Env) -> Option<Environment> {
    text(env, MODE)?.parse().ok()
}

fn text(env: &Env, name: &str) -> Option<String> {
    let value = env.var(name).ok()?.to_string();
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
