//! A payment link that Compago made on an origin that is not allowed.

use compago::value::{HttpsUrl, Loopback};
use serde_json::json;

use super::durable::Durable;
use super::settings;
use crate::runtime::log::{self, Level};

/// Reports such a link, in the log and among the checks of the settings: nobody is given it until somebody has looked. The settings
/// object is asked to keep it in the background: what Compago answered is stored without waiting for it.
pub(crate) fn report(link: &str, durable: &Durable) {
    let origin = HttpsUrl::parse(link, Loopback::Allowed).ok().map(|url| url.origin().to_string());
    log::write(Level::Error, "checkout-origin-refused", json!({ "origin": origin }));
    let env = durable.env.clone();
    durable.in_background(async move { settings::note_refused(origin, &env).await });
}
