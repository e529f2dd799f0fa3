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
    pub(crate) frame: Frame<'a>,
}

/// Where a page may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame<'a> {
    /// In a window of its own.
    Alone,
    /// Inside any page, without the merchant's name and our own words around it; `style` is a sheet beside the common one.
    Embedded { style: Option<&'a str> },
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

impl Page<'_> {
    fn header(&self) -> String {
        let language = self.language;
        let switch = format!(
            r#"<nav aria-label="{languages}"><a href="{path}{query}{kept}" lang="{tag}" hreflang="{tag}">{name}</a></nav>"#,
            languages = language.pick("Idioma", "Language"),
            path = Escaped(self.path),
            query = language.pick("?lang=en", "?lang=es"),
            kept = Escaped(self.kept),
            tag = language.pick("en", "es-MX"),
            name = language.pick("English", "Español"),
        );
        let ribbon = format!(
            "<strong>{}</strong> <span>{}</span>",
            language.pick("Simulador / Sandbox - no es Compago", "Simulator / Sandbox - not Compago"),
            language.pick("Ningún cargo real", "No real charge"),
        );
        match self.frame {
            Frame::Embedded { .. } => format!("<header class=\"ribbon\"><p>{ribbon}</p>{switch}</header>\n"),
            Frame::Alone => format!(
                "<a class=\"skip\" href=\"#main\">{skip}</a>\n<header>\n<p class=\"ribbon\">{ribbon}</p>\n\
                 <div class=\"bar\">\n<p class=\"brand\"><span class=\"avatar\" aria-hidden=\"true\">{initial}</span>{brand}</p>\n\
                 {switch}\n</div>\n</header>\n",
                skip = language.pick("Ir al contenido", "Skip to content"),
                initial = Escaped(self.brand.get(..self.brand.ceil_char_boundary(1)).unwrap_or_default()),
                brand = Escaped(self.brand),
            ),
        }
    }

    fn footer(&self) -> String {
        match self.frame {
            Frame::Embedded { .. } => String::new(),
            Frame::Alone => format!(
                "<footer class=\"foot\"><p>{}</p></footer>\n",
                self.language.pick(
                    "Entorno de pruebas del proyecto compago-edge. No pertenece a Compago ni mueve dinero.",
                    "Test environment of the compago-edge project. Not part of Compago; it moves no money.",
                ),
            ),
        }
    }
}

impl IntoResponse for Page<'_> {
    fn into_response(self) -> Response {
        let (style, body) = match self.frame {
            Frame::Alone => (None, "<body>"),
            Frame::Embedded { style } => (style, "<body class=\"embedded\">"),
        };
        let style = style.map(|style| format!("<link rel=\"stylesheet\" href=\"{}\">\n", Escaped(style)));
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
{style}<link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
{live}</head>
{body}
{header}<main id="main">
{main}</main>
{footer}</body>
</html>
"##,
            tag = self.language.tag(),
            title = Escaped(self.title),
            style = style.unwrap_or_default(),
            live = self.live.head(),
            header = self.header(),
            main = self.main,
            footer = self.footer(),
        );
        (self.status, headers("text/html; charset=utf-8", self.frame), html).into_response()
    }
}

/// A static file, or one that is written for a page.
pub(crate) fn file(content_type: &'static str, text: impl IntoResponse) -> Response {
    (headers(content_type, Frame::Alone), text).into_response()
}

/// The static files of the pages.
pub(crate) fn assets() -> Router<App> {
    let fixed = |content_type: &'static str, text: &'static str| get(move || async move { file(content_type, text) });
    Router::new()
        .route("/style.css", fixed(CSS, include_str!("assets/style.css")))
        .route("/countdown.js", fixed("text/javascript; charset=utf-8", include_str!("assets/countdown.js")))
        .route("/terminal.js", fixed("text/javascript; charset=utf-8", include_str!("assets/terminal.js")))
        .route("/icon.svg", fixed("image/svg+xml", include_str!("assets/icon.svg")))
}

pub(crate) const CSS: &str = "text/css; charset=utf-8";

/// No `form-action`: Chromium applies it to the redirect that follows a form post, and paying leads to the shop.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; frame-ancestors ";

fn headers(content_type: &'static str, frame: Frame<'_>) -> [(HeaderName, String); 5] {
    let ancestors = match frame {
        Frame::Alone => "'none'",
        Frame::Embedded { .. } => "*",
    };
    [
        (CONTENT_TYPE, content_type.to_owned()),
        (CACHE_CONTROL, "no-store".to_owned()),
        (CONTENT_SECURITY_POLICY, format!("{POLICY}{ancestors}")),
        (REFERRER_POLICY, "no-referrer".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
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
