//! What the Worker fills into a page when it sends it. One build of the site serves each environment and each origin, so its pages have placeholders for
//! both: people must see on each page whether the money is real, and what is shared or indexed needs absolute addresses.

use compago::value::Environment;
use worker::Env;

use crate::config;

/// What the pages of the build have where the environment belongs, and the shop's origin.
const ENVIRONMENT: &str = "data-environment=\"unknown\"";
const ORIGIN: &str = "https://shop.invalid";

/// What is filled into pages.
pub(super) struct Page {
    /// As `MODE` has it, if that is valid.
    environment: Option<Environment>,
    /// The shop's origin, if that is valid.
    origin: Option<String>,
}

impl Page {
    /// Reads it from the settings. What is not configured remains a placeholder.
    pub(super) fn of(env: &Env) -> Self {
        let origin = config::site(env).map(|site| site.shop().to_string());
        Self { environment: config::environment(env), origin }
    }

    /// Returns the page with its placeholders filled in.
    pub(super) fn fill(&self, file: &str) -> String {
        let mut page = file.to_owned();
        if let Some(environment) = self.environment {
            page = page.replace(ENVIRONMENT, &format!("data-environment=\"{environment}\""));
        }
        if let Some(origin) = &self.origin {
            page = page.replace(ORIGIN, origin);
        }
        page
    }

    /// Returns the entity tag of the page: it names the version of the file and what was filled in. A weak one, since what serves the files
    /// may name a version weakly.
    pub(super) fn etag(&self, file: &str) -> String {
        let environment = self.environment.map_or("", Environment::as_str);
        let origin = self.origin.as_deref().unwrap_or_default();
        format!("W/\"{file};{environment};{origin}\"")
    }
}
