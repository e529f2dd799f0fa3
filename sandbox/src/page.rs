//! What all pages share: escaping, the frame, headers, static files, the two languages.

use std::fmt::{self, Write};

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::world::App;

/// A text that may stand in HTML, in an element as well as in a quoted attribute.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '"' => formatter.write_str("&quot;")?,
                '\'' => formatter.write_str("&#39;")?,
                other => formatter.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// Spanish of Mexico unless `?lang=en`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Spanish,
    English,
}

impl Language {
    pub(crate) fn of(lang: Option<&str>) -> Self {
        match lang {
            Some(lang) if lang == "en" || lang.starts_with("en-") => Self::English,
            Some(_) | None => Self::Spanish,
        }
    }

    /// The text in this language.
    pub(crate) fn pick<T>(self, spanish: T, english: T) -> T {
        match self {
            Self::Spanish => spanish,
            Self::English => english,
        }
    }

    pub(crate) fn tag(self) -> &'static str {
        self.pick("es-MX", "en")
    }

    /// The query that keeps this language in a link of ours.
    pub(crate) fn query(self) -> &'static str {
        self.pick("", "?lang=en")
    }
}

/// A whole page. Everything but the titles and the brand is HTML already.
pub(crate) struct Page<'a> {
    pub(crate) status: StatusCode,
    pub(crate) language: Language,
    pub(crate) title: &'a str,
    pub(crate) brand: &'a str,
    /// The page's own path, for the switch of language.
    pub(crate) path: &'a str,
    pub(crate) main: String,
    /// What that switch keeps of the page's own query: nothing, or `&name=value`.
    pub(crate) kept: &'a str,
    pub(crate) live: Live<'a>,
}

/// What a page does by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Live<'a> {
    Still,
    /// Counts down.
    Countdown,
    /// Counts down and follows what happens; without scripts the browser goes on to `next` every few seconds.
    Terminal {
        next: &'a str,
    },
}

impl Live<'_> {
    fn head(self) -> String {
        match self {
            Self::Still => String::new(),
            Self::Countdown => COUNTDOWN.to_owned(),
            Self::Terminal { next } => format!(
                "{COUNTDOWN}<script type=\"module\" src=\"/assets/terminal.js\"></script>\n\
                 <noscript><meta http-equiv=\"refresh\" content=\"4; url={}\"></noscript>\n",
                Escaped(next),
            ),
        }
    }
}

const COUNTDOWN: &str = "<script type=\"module\" src=\"/assets/countdown.js\"></script>\n";

impl IntoResponse for Page<'_> {
    fn into_response(self) -> Response {
        let language = self.language;
        let html = format!(
            r##"<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="/assets/style.css">
<link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
{live}</head>
<body>
<a class="skip" href="#main">{skip}</a>
<header>
<p class="ribbon"><strong>{simulator}</strong> <span>{no_charge}</span></p>
<div class="bar">
<p class="brand"><span class="avatar" aria-hidden="true">{initial}</span>{brand}</p>
<nav aria-label="{languages}"><a href="{path}{other_query}{kept}" lang="{other_tag}" hreflang="{other_tag}">{other_name}</a></nav>
</div>
</header>
<main id="main">
{main}</main>
<footer class="foot"><p>{about}</p></footer>
</body>
</html>
"##,
            tag = language.tag(),
            title = Escaped(self.title),
            live = self.live.head(),
            skip = language.pick("Ir al contenido", "Skip to content"),
            simulator = language.pick("Simulador / Sandbox - no es Compago", "Simulator / Sandbox - not Compago"),
            no_charge = language.pick("Ningún cargo real", "No real charge"),
            initial = Escaped(self.brand.get(..self.brand.ceil_char_boundary(1)).unwrap_or_default()),
            brand = Escaped(self.brand),
            languages = language.pick("Idioma", "Language"),
            path = Escaped(self.path),
            kept = Escaped(self.kept),
            other_query = language.pick("?lang=en", "?lang=es"),
            other_tag = language.pick("en", "es-MX"),
            other_name = language.pick("English", "Español"),
            main = self.main,
            about = language.pick(
                "Entorno de pruebas del proyecto compago-edge. No pertenece a Compago ni mueve dinero.",
                "Test environment of the compago-edge project. Not part of Compago; it moves no money.",
            ),
        );
        (self.status, headers("text/html; charset=utf-8"), html).into_response()
    }
}

/// The static files of the pages.
pub(crate) fn assets() -> Router<App> {
    let file =
        |content_type: &'static str, text: &'static str| get(move || async move { (headers(content_type), text) });
    Router::new()
        .route("/style.css", file("text/css; charset=utf-8", include_str!("assets/style.css")))
        .route("/countdown.js", file("text/javascript; charset=utf-8", include_str!("assets/countdown.js")))
        .route("/terminal.js", file("text/javascript; charset=utf-8", include_str!("assets/terminal.js")))
        .route("/icon.svg", file("image/svg+xml", include_str!("assets/icon.svg")))
}

/// No `form-action`: Chromium applies it to the redirect that follows a form post, and paying leads to the shop.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

fn headers(content_type: &'static str) -> [(HeaderName, &'static str); 5] {
    [
        (CONTENT_TYPE, content_type),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_for_elements_and_attributes() {
        assert_eq!(
            Escaped(r#"<a href="x" id='y'>&amp;"#).to_string(),
            "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;"
        );
    }

    #[test]
    fn speaks_spanish_unless_asked_for_english() {
        assert_eq!(Language::of(None), Language::Spanish);
        assert_eq!(Language::of(Some("fr")), Language::Spanish);
        assert_eq!(Language::of(Some("en")), Language::English);
        assert_eq!(Language::of(Some("en-US")), Language::English);
    }
}
