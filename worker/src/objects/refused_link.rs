//! A payment link that Compago made on an origin that is not allowed.

use compago::value::{HttpsUrl, Loopback};
use serde_json::json;
use worker::Env;

use super::settings;
use crate::runtime::log::{self, Level};

/// Reports such a link, in the log and among the checks of the settings: nobody is given it until somebody has looked.
pub(crate) async fn report(link: &str, env: &Env) {
    let origin = HttpsUrl::parse(link, Loopback::Allowed).map(|url| url.origin().to_string());
    let origin = origin.unwrap_or_else(|_| "no URL".to_owned());
    log::write(Level::Error, "checkout-origin-refused", json!({ "origin": origin }));
    settings::note_refused(origin, env).await;
}
