//! The shop's catalog: a file of the site, which the core reads. One with a mistake is refused as a whole, since a product that is shown
//! with a wrong price, or cannot be ordered, helps nobody.

use std::cell::RefCell;
use std::rc::Rc;

use compago::edge::{Catalog, CatalogRules, FileError, ShopCatalog, Site};
use worker::{Env, Response};

use super::merchant_file::{State, log_unreadable};
use super::shop_file;
use crate::config;
use crate::http::error::ApiError;
use crate::http::respond::json_answer;
use crate::http::site_files;

/// Where the file is on the site.
pub(crate) const PATH: &str = "/catalog.json";
/// Where a merchant finds it.
pub(super) const FILE: &str = "shop/catalog.json";

thread_local! {
    /// The last good catalog, and what it was read from. The file itself is asked for each time: a shop may change it while the
    /// isolate lives.
    static READ: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

struct Kept {
    text: String,
    rules: CatalogRules,
    catalog: Rc<Catalog>,
}

/// What is for sale, by the rules of the shop's file.
///
/// # Errors
/// [`ApiError::CatalogUnreadable`], which is logged with the reason; [`ApiError::Internal`] if the site's files cannot be had now.
pub(crate) async fn for_sale(rules: CatalogRules, env: &Env) -> Result<Rc<Catalog>, ApiError> {
    read(rules, env).await?.map_err(|error| {
        log_unreadable("catalog-unreadable", FILE, &error);
        ApiError::CatalogUnreadable
    })
}

/// `GET /api/shop/catalog`.
///
/// # Errors
/// [`ApiError::CatalogUnreadable`] and [`ApiError::ShopFileUnreadable`]; [`ApiError::Misconfigured`] if it is not known where the shop
/// sells and in which environment.
pub(crate) async fn answer(site: Option<&Site>, env: &Env) -> Result<Response, ApiError> {
    let (site, environment) = site.zip(config::environment(env)).ok_or(ApiError::Misconfigured)?;
    let shop = shop_file::for_sale(env).await?;
    let catalog = for_sale(shop.catalog_rules(), env).await?;
    Ok(json_answer(200, &ShopCatalog::new(&catalog, environment, shop.seller(site.shop())))?)
}

/// `GET /catalog.json`, which the shop's page shows.
///
/// # Errors
/// [`ApiError::CatalogUnreadable`] and [`ApiError::ShopFileUnreadable`].
pub(crate) async fn serve_file(known: Option<&str>, env: &Env) -> Result<Response, ApiError> {
    for_sale(shop_file::for_sale(env).await?.catalog_rules(), env).await?;
    site_files::answer(PATH, 200, known, env).await
}

/// How the catalog is, for `/healthz`.
pub(super) async fn state(env: &Env) -> State {
    match shop_file::catalog_rules(env).await {
        Ok(rules) => State::of(read(rules, env).await),
        Err(error) => State::of::<Rc<Catalog>>(Err(error)),
    }
}

async fn read(rules: CatalogRules, env: &Env) -> Result<Result<Rc<Catalog>, Rc<FileError>>, ApiError> {
    let text = site_files::text(PATH, env).await?;
    let known = READ.with_borrow(|known| {
        let known = known.as_ref().filter(|known| text.as_ref() == Some(&known.text) && known.rules == rules)?;
        Some(Rc::clone(&known.catalog))
    });
    if let Some(catalog) = known {
        return Ok(Ok(catalog));
    }
    let catalog = Catalog::parse_file(text.as_deref(), rules).map(Rc::new).map_err(Rc::new);
    let kept = text.zip(catalog.as_ref().ok()).map(|(text, catalog)| Kept { text, rules, catalog: Rc::clone(catalog) });
    READ.set(kept);
    Ok(catalog)
}
