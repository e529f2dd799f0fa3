//! Shared by all pages: layout, headers, static files, the two languages.

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

use crate::world::App;

/// Mexican Spanish, or English with `?lang=en`.
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

    /// Returns the text in this language.
    pub(crate) fn pick<T>(self, spanish: T, english: T) -> T {
        match self {
            Self::Spanish => spanish,
            Self::English => english,
        }
    }

    pub(crate) fn tag(self) -> &'static str {
        self.pick("es-MX", "en")
    }

    /// Returns the query that keeps this language in our own links.
    pub(crate) fn query(self) -> &'static str {
        self.pick("", "?lang=en")
    }
}

/// A whole page.
pub(crate) struct Page<'a> {
    pub(crate) status: StatusCode,
    pub(crate) language: Language,
    pub(crate) title: &'a str,
    pub(crate) brand: &'a str,
    /// The page's own path, for the language switch.
    pub(crate) path: &'a str,
    pub(crate) main: Markup,
    /// The part of the page's query that the switch keeps: nothing, or `&name=value`.
    pub(crate) kept: &'a str,
    pub(crate) live: Live<'a>,
    pub(crate) frame: Frame<'a>,
}

/// Where a page may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame<'a> {
    /// As a top-level page only.
    Alone,
    /// Inside any page, without the merchant's name and the sandbox's own texts; `style` is an additional style sheet.
    Embedded { style: Option<&'a str> },
}

/// The script of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Live<'a> {
    Still,
    /// Displays a countdown.
    Countdown,
    /// Displays a countdown and polls for changes; without scripts the browser opens `next` every few seconds.
    Terminal {
        next: &'a str,
    },
}

impl Page<'_> {
    fn head(&self) -> Markup {
        let sheet = match self.frame {
            Frame::Alone => None,
            Frame::Embedded { style } => style,
        };
        html! {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (self.title) }
                link rel="stylesheet" href="/assets/style.css";
                @if let Some(sheet) = sheet { link rel="stylesheet" href=(sheet); }
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                @match self.live {
                    Live::Still => {}
                    Live::Countdown => { (script("/assets/countdown.js")) }
                    Live::Terminal { next } => {
                        (script("/assets/countdown.js"))
                        (script("/assets/terminal.js"))
                        noscript { meta http-equiv="refresh" content={ "4; url=" (next) }; }
                    }
                }
            }
        }
    }

    fn header(&self) -> Markup {
        let language = self.language;
        let initial = self.brand.get(..self.brand.ceil_char_boundary(1)).unwrap_or_default();
        match self.frame {
            Frame::Embedded { .. } => html! {
                header.ribbon { p { (ribbon(language)) } (self.language_switch()) }
            },
            Frame::Alone => html! {
                a.skip href="#main" { (language.pick("Ir al contenido", "Skip to content")) }
                header {
                    p.ribbon { (ribbon(language)) }
                    div.bar {
                        p.brand { span.avatar aria-hidden="true" { (initial) } (self.brand) }
                        (self.language_switch())
                    }
                }
            },
        }
    }

    fn language_switch(&self) -> Markup {
        let language = self.language;
        let tag = language.pick("en", "es-MX");
        html! {
            nav aria-label=(language.pick("Idioma", "Language")) {
                a href={ (self.path) (language.pick("?lang=en", "?lang=es")) (self.kept) } lang=(tag) hreflang=(tag) {
                    (language.pick("English", "Español"))
                }
            }
        }
    }

    fn footer(&self) -> Markup {
        let text = self.language.pick(
            "Entorno de pruebas del proyecto compago-edge. No pertenece a Compago ni mueve dinero.",
            "Test environment of the compago-edge project. Not part of Compago; it moves no money.",
        );
        html! {
            @match self.frame {
                Frame::Embedded { .. } => {}
                Frame::Alone => { footer.foot { p { (text) } } }
            }
        }
    }
}

impl IntoResponse for Page<'_> {
    fn into_response(self) -> Response {
        let class = match self.frame {
            Frame::Alone => None,
            Frame::Embedded { .. } => Some("embedded"),
        };
        let html = html! {
            (DOCTYPE)
            html lang=(self.language.tag()) {
                (self.head())
                body class=[class] {
                    (self.header())
                    main id="main" { (self.main) }
                    (self.footer())
                }
            }
        };
        (self.status, headers(self.frame), html).into_response()
    }
}

fn script(address: &str) -> Markup {
    html! { script type="module" src=(address) {} }
}

fn ribbon(language: Language) -> Markup {
    html! {
        strong { (language.pick("Simulador / Sandbox - no es Compago", "Simulator / Sandbox - not Compago")) }
        " "
        span { (language.pick("Ningún cargo real", "No real charge")) }
    }
}

/// Returns the response with a static or generated file.
pub(crate) fn file(content_type: &'static str, text: impl IntoResponse) -> Response {
    ([(CONTENT_TYPE, content_type)], headers(Frame::Alone), text).into_response()
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

/// No `form-action`: Chromium applies it to the redirect that follows a form post, and paying redirects to the shop.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; frame-ancestors ";

fn headers(frame: Frame<'_>) -> [(HeaderName, String); 4] {
    let ancestors = match frame {
        Frame::Alone => "'none'",
        Frame::Embedded { .. } => "*",
    };
    [
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
    fn speaks_spanish_unless_asked_for_english() {
        assert_eq!(Language::of(None), Language::Spanish);
        assert_eq!(Language::of(Some("fr")), Language::Spanish);
        assert_eq!(Language::of(Some("en")), Language::English);
        assert_eq!(Language::of(Some("en-US")), Language::English);
    }
}
