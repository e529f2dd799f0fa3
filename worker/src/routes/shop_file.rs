//! The shop's file: who sells, and how. It is a file of the site, which the core reads.

use compago::edge::status_answers::FileHealth;
use compago::edge::{FileError, ShopFile};
use compago::problem::Locale;
use worker::Env;

use crate::http::error::ApiError;
use crate::http::site_files;

/// Where the file is on the site.
const PATH: &str = "/shop.json";

/// Reads the file.
///
/// # Errors
/// [`ApiError::Internal`] if the site's files cannot be had now.
pub(crate) async fn read(env: &Env) -> Result<Result<ShopFile, FileError>, ApiError> {
    Ok(ShopFile::parse_file(site_files::text(PATH, env).await?.as_deref()))
}

/// Returns a file as the health report shows it. `file` is where a merchant finds it; nothing has been read if the site's files cannot be had.
pub(crate) fn health<'a, T>(read: Option<&'a Result<T, FileError>>, file: &str, locale: Locale) -> FileHealth<'a> {
    let (status, problems) = match read {
        Some(Ok(_)) => ("ok", None),
        Some(Err(error)) => {
            let problems = error.problems().iter().map(|problem| problem.localized(file, locale));
            ("unreadable", Some(problems.collect()))
        }
        None => ("unknown", None),
    };
    FileHealth { status, problems }
}
