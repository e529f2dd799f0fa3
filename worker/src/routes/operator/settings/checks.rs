//! Whether what is set works: asks those who know.

use compago::api::list::PageSize;
use compago::api::one_time_payment::list::ListOneTimePayments;
use compago::edge::settings::Checks;
use compago::endpoint::call;
use compago::flow::setting_checks::{Asked, CheckFacts, CheckRecords, CompagoFinding, Findings};
use compago::problem::Locale;
use futures_util::future::join;
use serde_json::json;
use worker::Env;

use crate::compago::CompagoApi;
use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::{index_client, test_event};
use crate::routes::{catalog, shop_file};
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// Asks Compago and the merchant's backend, at the same time: for one payment of the list, and to accept a test event.
///
/// # Errors
/// [`ApiError::Misconfigured`].
pub(super) async fn ask(env: &Env) -> Result<Findings, ApiError> {
    let config = Config::read(env)?;
    let api = CompagoApi::new(&config);
    let wanted = ListOneTimePayments { status: None, currency: None, page: 1, page_size: PageSize::ONE };
    let (listed, webhook) = join(call(&wanted, &api), test_event::send(&config, env)).await;
    let url = config.base_url.as_str().to_owned();
    let compago = Some(Asked { at: now(), url, finding: CompagoFinding::of(&listed) });
    // One that cannot be signed now is in the log, and does not hide what Compago has answered.
    Ok(Findings { compago, webhook: webhook.unwrap_or_default() })
}

/// Returns what is known, without asking anybody outside.
pub(super) async fn of(records: &CheckRecords, signs: bool, config: &Config, locale: Locale, env: &Env) -> Checks {
    let progress = index_client::progress(env).await.inspect_err(|error| {
        log::write(Level::Error, "progress-not-read", json!({ "error": error.chain() }));
    });
    let (shop_file, catalog) = (shop_file::state(env).await, catalog::state(env).await);
    let facts = CheckFacts {
        environment: config.environment,
        compago: config.base_url.as_str(),
        checkout_origins: &config.checkout_origins,
        webhook: config.webhook_url.as_ref().map(|url| url.as_str()),
        signs,
        shop_file: shop_file.fact(shop_file::FILE),
        catalog: catalog.fact(catalog::FILE),
        progress: progress.ok(),
    };
    Checks::of(records, &facts, locale)
}
