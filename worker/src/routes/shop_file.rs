//! The shop's file, which the core reads. One with a mistake is refused as a whole: nothing is sold by a shop of which it is not known
//! who sells. The staff's routes go on.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use compago::edge::{CatalogRules, FileError, Languages, ShopFile};
use compago::flow::clock::is_fresh;
use compago::value::{TimeZone, Ttl, UnixMillis};
use worker::Env;

use super::merchant_file::{State, log_site_unreadable, log_unreadable};
use crate::http::error::ApiError;
use crate::http::site_files;
use crate::runtime::clock::now;

/// Where the file is on the site.
const PATH: &str = "/shop.json";
/// Where a merchant finds it.
pub(super) const FILE: &str = "shop/shop.json";

/// How long what was read holds: a deployment with another file begins other isolates.
const HOLDS: Duration = Duration::from_secs(10);

/// A shop's file that was read.
type Read = Result<Rc<ShopFile>, Rc<FileError>>;

thread_local! {
    /// The file as it was read last.
    static READ: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

struct Kept {
    /// When the site was last asked for it.
    asked_at: UnixMillis,
    /// The text that it was read from; `None` if there is no such file.
    text: Option<String>,
    file: Read,
}

/// The file of a shop that sells.
///
/// # Errors
/// [`ApiError::ShopFileUnreadable`], which is logged with the reason; [`ApiError::Internal`] if the site's files cannot be had now.
pub(super) async fn for_sale(env: &Env) -> Result<Rc<ShopFile>, ApiError> {
    read(env).await?.map_err(|error| {
        log_unreadable("shop-file-unreadable", FILE, &error);
        ApiError::ShopFileUnreadable
    })
}

/// By which clock the shop counts its days: the default one, if the file cannot be read.
pub(crate) async fn zone(env: &Env) -> TimeZone {
    if_readable(env).await.map_or_else(TimeZone::default, |shop| shop.time_zone.clone())
}

/// The longest time that the link of an order lives which exists already: the default one, if the file cannot be read.
pub(super) async fn link_life(env: &Env) -> Ttl {
    if_readable(env).await.map_or(Ttl::HOUR, |shop| shop.link_life)
}

/// For what goes on without the file. The log says that it does.
async fn if_readable(env: &Env) -> Option<Rc<ShopFile>> {
    for_sale(env)
        .await
        .inspect_err(|error| {
            if !matches!(error, ApiError::ShopFileUnreadable) {
                log_site_unreadable(error);
            }
        })
        .ok()
}

/// What the file decides about the catalog. While it cannot be read, the catalog is held to nothing that it might not ask for.
///
/// # Errors
/// [`ApiError::Internal`] if the site's files cannot be had now.
pub(super) async fn catalog_rules(env: &Env) -> Result<CatalogRules, ApiError> {
    let unknown = CatalogRules { languages: Languages::Spanish, shipping_required: false };
    Ok(read(env).await?.map_or(unknown, |shop| shop.catalog_rules()))
}

/// How the file is, for `/healthz`.
pub(super) async fn state(env: &Env) -> State {
    State::of(read(env).await)
}

/// Reads the file, unless that was done in the last ten seconds. If the site's files cannot be had, what was read before holds.
async fn read(env: &Env) -> Result<Read, ApiError> {
    let now = now();
    if let Some(file) = READ.with_borrow(|kept| {
        let kept = kept.as_ref().filter(|kept| is_fresh(kept.asked_at, HOLDS, now))?;
        Some(kept.file.clone())
    }) {
        return Ok(file);
    }
    let known = READ.with_borrow_mut(|kept| {
        let kept = kept.as_mut()?;
        // Who comes meanwhile does not ask as well.
        kept.asked_at = now;
        Some(kept.file.clone())
    });
    let text = match (site_files::text(PATH, env).await, known) {
        (Ok(text), _) => text,
        (Err(error), None) => return Err(error),
        (Err(error), Some(file)) => {
            log_site_unreadable(&error);
            return Ok(file);
        }
    };
    Ok(READ.with_borrow_mut(|kept| match kept {
        Some(kept) if kept.text == text => kept.file.clone(),
        Some(_) | None => {
            let file = ShopFile::parse_file(text.as_deref()).map(Rc::new).map_err(Rc::new);
            *kept = Some(Kept { asked_at: now, text, file: file.clone() });
            file
        }
    }))
}
