//! Files of the site that the merchant edits: what the log, `/healthz` and the checks of the settings say of them.

use std::rc::Rc;

use compago::edge::FileError;
use compago::edge::status_answers::FileHealth;
use compago::flow::setting_checks::FileFact;
use compago::problem::Locale;
use serde_json::json;

use crate::http::error::ApiError;
use crate::runtime::log::{self, Level};

/// Logs that a file cannot be used, with the first reason.
pub(super) fn log_unreadable(event: &str, file: &str, error: &FileError) {
    let problems = error.problems();
    let first = problems.first().map(|problem| problem.message(file, Locale::En)).unwrap_or_default();
    log::write(Level::Error, event, json!({ "reason": first, "problems": problems.len() }));
}

/// How a file is, for `/healthz`.
pub(super) enum State {
    /// Nothing is wrong with it.
    Good,
    /// What is wrong with it.
    Unreadable(Rc<FileError>),
    /// The site's files cannot be had now: how this one is is not known.
    Unknown,
}

impl State {
    /// Returns the state of a file that was read.
    pub(super) fn of<T>(read: Result<Result<T, Rc<FileError>>, ApiError>) -> Self {
        match read {
            Ok(Ok(_)) => Self::Good,
            Ok(Err(error)) => Self::Unreadable(error),
            Err(error) => {
                log_site_unreadable(&error);
                Self::Unknown
            }
        }
    }

    /// Whether nothing is wrong with it.
    pub(super) const fn is_good(&self) -> bool {
        matches!(self, Self::Good)
    }

    /// Returns it as the checks of the settings take it.
    pub(super) fn fact<'a>(&'a self, file: &'a str) -> FileFact<'a> {
        match self {
            Self::Good => FileFact::Good,
            Self::Unreadable(error) => FileFact::Unreadable(error, file),
            Self::Unknown => FileFact::Unknown,
        }
    }

    /// Returns it as the health report shows it, with reasons in that language.
    pub(super) fn view(&self, file: &str, locale: Locale) -> FileHealth<'_> {
        let (status, problems) = match self {
            Self::Good => ("ok", None),
            Self::Unreadable(error) => {
                let problems = error.problems().iter().map(|problem| problem.localized(file, locale));
                ("unreadable", Some(problems.collect()))
            }
            Self::Unknown => ("unknown", None),
        };
        FileHealth { status, problems }
    }
}

/// Logs that the site's files cannot be had now.
pub(super) fn log_site_unreadable(error: &ApiError) {
    log::write(Level::Error, "site-unreadable", json!({ "error": error.internal() }));
}
