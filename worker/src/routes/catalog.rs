//! The shop's catalog: a file of the site, which the core reads. One with a mistake is refused as a whole, since a product that is shown
//! with a wrong price, or cannot be ordered, helps nobody.

use std::cell::RefCell;
use std::rc::Rc;

use compago::edge::status_answers::FileHealth;
use compago::edge::{Catalog, CatalogRules, FileError, ShopCatalog, ShopFile};
use compago::problem::Locale;
use serde_json::json;
use worker::{Env, Response};

use super::shop_file;
use crate::config;
use crate::http::error::ApiError;
use crate::http::respond::json_answer;
use crate::http::site_files;
use crate::runtime::log::{self, Level};

/// Where the file is on the site.
pub(crate) const PATH: &str = "/catalog.json";
/// Where a merchant finds it.
const FILE: &str = "shop/catalog.json";

thread_local! {
    /// The last good catalog, the text that it was read from and the shop's rules. The file itself is asked for each time: a shop may
    /// change it while the isolate lives.
    static READ: RefCell<Option<(String, CatalogRules, Rc<Catalog>)>> = const { RefCell::new(None) };
}

/// What is for sale.
///
/// # Errors
/// [`ApiError::CatalogUnreadable`], which is logged with the reason; [`ApiError::Internal`] if the site's files cannot be had now.
pub(crate) async fn for_sale(env: &Env) -> Result<Rc<Catalog>, ApiError> {
    read(env).await?.map_err(|error| {
        let problems = error.problems();
        let first = problems.first().map(|problem| problem.message(FILE, Locale::En)).unwrap_or_default();
        log::write(Level::Error, "catalog-unreadable", json!({ "reason": first, "problems": problems.len() }));
        ApiError::CatalogUnreadable
    })
}

/// `GET /api/shop/catalog`.
///
/// # Errors
/// [`ApiError::CatalogUnreadable`].
pub(crate) async fn answer(env: &Env) -> Result<Response, ApiError> {
    let catalog = for_sale(env).await?;
    let shop = shop_file::read(env).await?.map_err(|_| ApiError::Misconfigured)?;
    let environment = config::environment(env).ok_or(ApiError::Misconfigured)?;
    let site = config::site(env).ok_or(ApiError::Misconfigured)?;
    Ok(json_answer(200, &ShopCatalog::new(&catalog, environment, shop.seller(site.shop())))?)
}

/// `GET /catalog.json`, which the shop's page shows.
///
/// # Errors
/// [`ApiError::CatalogUnreadable`].
pub(crate) async fn serve_file(known: Option<&str>, env: &Env) -> Result<Response, ApiError> {
    for_sale(env).await?;
    site_files::answer(PATH, 200, known, env).await
}

/// How the catalog and the shop's file are, for `/healthz`. A file is missing if the site's files cannot be had now.
pub(crate) struct Health {
    catalog: Option<Result<Rc<Catalog>, FileError>>,
    shop: Option<Result<ShopFile, FileError>>,
}

impl Health {
    /// Reads both.
    pub(crate) async fn of(env: &Env) -> Self {
        Self {
            catalog: read(env).await.map_err(log_unknown).ok(),
            shop: shop_file::read(env).await.map_err(log_unknown).ok(),
        }
    }

    /// Whether orders can be priced.
    pub(crate) fn is_good(&self) -> bool {
        matches!((&self.catalog, &self.shop), (Some(Ok(_)), Some(Ok(_))))
    }

    /// Returns the catalog as the health report shows it. Reasons are given in that language.
    pub(crate) fn catalog(&self, locale: Locale) -> FileHealth<'_> {
        shop_file::health(self.catalog.as_ref(), FILE, locale)
    }

    /// Returns the shop's file as the health report shows it.
    pub(crate) fn shop(&self, locale: Locale) -> FileHealth<'_> {
        shop_file::health(self.shop.as_ref(), "shop/shop.json", locale)
    }
}

fn log_unknown(error: ApiError) {
    log::write(Level::Error, "site-unreadable", json!({ "error": error.internal() }));
}

async fn read(env: &Env) -> Result<Result<Rc<Catalog>, FileError>, ApiError> {
    let text = site_files::text(PATH, env).await?;
    let rules = shop_file::read(env).await?.map(|shop| shop.catalog_rules()).unwrap_or_default();
    let known = READ.with_borrow(|known| {
        let (.., catalog) = known.as_ref().filter(|(from, by, _)| text.as_ref() == Some(from) && *by == rules)?;
        Some(Rc::clone(catalog))
    });
    if let Some(catalog) = known {
        return Ok(Ok(catalog));
    }
    let catalog = Catalog::parse_file(text.as_deref(), rules).map(Rc::new);
    READ.set(text.zip(catalog.as_ref().ok().cloned()).map(|(text, catalog)| (text, rules, catalog)));
    Ok(catalog)
}
