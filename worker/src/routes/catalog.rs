//! The shop's catalog: a file of the site, which the core reads. One with a mistake is refused as a whole, since a product that is shown
//! with a wrong price, or cannot be ordered, helps nobody.

use std::cell::RefCell;
use std::rc::Rc;

use compago::edge::status_answers::CatalogHealth;
use compago::edge::{Catalog, CatalogError};
use compago::problem::Locale;
use serde_json::json;
use worker::{Env, Response};

use crate::http::error::ApiError;
use crate::http::respond::json_answer;
use crate::http::site_files;
use crate::runtime::log::{self, Level};

/// Where the file is on the site.
pub(crate) const PATH: &str = "/catalog.json";
/// Where a merchant finds it.
const FILE: &str = "shop/catalog.json";

thread_local! {
    /// The last good catalog, and the text that it was read from. The file itself is asked for each time: a shop may change it while the
    /// isolate lives.
    static READ: RefCell<Option<(String, Rc<Catalog>)>> = const { RefCell::new(None) };
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
    Ok(json_answer(200, &*for_sale(env).await?)?)
}

/// `GET /catalog.json`, which the shop's page shows.
///
/// # Errors
/// [`ApiError::CatalogUnreadable`].
pub(crate) async fn serve_file(known: Option<&str>, env: &Env) -> Result<Response, ApiError> {
    for_sale(env).await?;
    site_files::answer(PATH, 200, known, env).await
}

/// How the catalog is, for `/healthz`.
pub(crate) enum Health {
    /// Orders can be priced.
    Good,
    /// What is wrong, and the language to say it in.
    Unreadable(CatalogError, Locale),
    /// The site's files cannot be had now: how the catalog is is not known.
    Unknown,
}

impl Health {
    /// Reads the catalog. Reasons are given in that language.
    pub(crate) async fn of(env: &Env, locale: Locale) -> Self {
        match read(env).await {
            Ok(Ok(_)) => Self::Good,
            Ok(Err(error)) => Self::Unreadable(error, locale),
            Err(error) => {
                log::write(Level::Error, "site-unreadable", json!({ "error": error.internal() }));
                Self::Unknown
            }
        }
    }

    /// Whether orders can be priced.
    pub(crate) fn is_good(&self) -> bool {
        matches!(self, Self::Good)
    }

    /// Returns it as the health report shows it.
    pub(crate) fn view(&self) -> CatalogHealth<'_> {
        let (status, problems) = match self {
            Self::Good => ("ok", None),
            Self::Unreadable(error, locale) => {
                let problems = error.problems().iter().map(|problem| problem.localized(FILE, *locale));
                ("unreadable", Some(problems.collect()))
            }
            Self::Unknown => ("unknown", None),
        };
        CatalogHealth { status, problems }
    }
}

async fn read(env: &Env) -> Result<Result<Rc<Catalog>, CatalogError>, ApiError> {
    let text = site_files::text(PATH, env).await?;
    let known = READ.with_borrow(|known| {
        let (_, catalog) = known.as_ref().filter(|(from, _)| text.as_ref() == Some(from))?;
        Some(Rc::clone(catalog))
    });
    if let Some(catalog) = known {
        return Ok(Ok(catalog));
    }
    let catalog = Catalog::parse_file(text.as_deref()).map(Rc::new);
    READ.set(text.zip(catalog.as_ref().ok().cloned()));
    Ok(catalog)
}
