//! The origins on which one Worker answers, which part of it belongs on which of them, and the other origins whose pages sell.

use super::page_url::is_own_page;
use crate::value::{HttpsUrl, Origin};

/// The origins of one Worker: the shop's, one of their own for the operator's desk and the till if there is one, and the embed
/// origins, where other hosts serve pages of the merchant's that sell.
///
/// ```
/// use compago::edge::{Area, Misdirected, PageOrigin, RequestedAt, Site};
///
/// let site = Site::new("https://shop.example".parse()?, Some("https://staff.shop.example".parse()?));
/// let at = RequestedAt::new("https://shop.example/operator", None, None);
///
/// assert_eq!(site.check(&at, Area::Shop), Ok(()));
/// assert_eq!(site.check(&at, Area::Staff), Err(Misdirected::WrongHost(site.staff())));
///
/// let site = site.with_embeds(vec!["https://blog.example".parse()?]);
/// assert_eq!(site.page_origin("https://blog.example"), PageOrigin::Embed);
/// assert_eq!(site.page_origin("https://blog.example.org"), PageOrigin::Foreign);
/// # Ok::<(), compago::value::UrlError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    shop: Origin,
    staff: Option<Origin>,
    embeds: Vec<Origin>,
}

/// Where the page that calls the shop's API is, by the request's `Origin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageOrigin {
    /// On the shop's own origin.
    Shop,
    /// On an embed origin: it may order, follow its orders and read the answers.
    Embed,
    /// Anywhere else.
    Foreign,
}

/// Which of the origins a resource belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// What payers use: the shop's pages and `/api/shop`.
    Shop,
    /// What signed-in people and programs with a token use: desk, till, sessions, `/api/operator` and `/api/pos`.
    Staff,
    /// Files that the pages of both areas load.
    Shared,
    /// What other sites and tools read: answered on any host, also one that is not configured.
    Public,
}

/// Why a request is not answered where it was sent. It names the origin to use instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Misdirected<'a> {
    /// The host is none of ours, or that of the other area.
    #[error("the request belongs to {0}")]
    WrongHost(&'a Origin),
    /// The host is right, but the client spoke plain http where the origin is https.
    #[error("the request has to be sent over https to {0}")]
    PlainHttp(&'a Origin),
}

/// Where a client sent its request, as far as the Worker can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestedAt<'a> {
    authority: &'a str,
    secure: bool,
}

impl<'a> RequestedAt<'a> {
    /// Reads the request's absolute URL and what a TLS-terminating proxy says of the client's connection: `CF-Visitor`
    /// (<https://developers.cloudflare.com/fundamentals/reference/http-headers/#cf-visitor>) and `X-Forwarded-Proto`.
    ///
    /// A client can forge either header where no proxy overwrites it. All it gains is to be answered over the plain
    /// connection that it chose: no browser sends them to another site on a page's behalf without asking first, and
    /// neither changes the host, an origin check or who is authenticated.
    #[must_use]
    pub fn new(url: &'a str, cf_visitor: Option<&str>, forwarded_proto: Option<&str>) -> Self {
        let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let visitor_is_secure = cf_visitor.is_some_and(|json| {
            crate::json::parse(json)
                .is_ok_and(|visitor| visitor.field::<String>("scheme").is_ok_and(|it| it == "https"))
        });
        // The first of several is what the client spoke with the outermost proxy.
        let forwarded_is_secure = forwarded_proto
            .and_then(|list| list.split(',').next())
            .is_some_and(|proto| proto.trim().eq_ignore_ascii_case("https"));
        Self { authority, secure: scheme == "https" || visitor_is_secure || forwarded_is_secure }
    }

    fn is_at(&self, origin: &Origin) -> bool {
        let own = origin.as_str().split_once("://").map_or("", |(_, authority)| authority);
        // A proxy that speaks http with the Worker may hand on the port of the client's https.
        let sent =
            if self.secure { self.authority.strip_suffix(":443").unwrap_or(self.authority) } else { self.authority };
        sent.eq_ignore_ascii_case(own)
    }
}

impl Site {
    /// A site whose desk and till have an origin of their own, or share the shop's.
    #[must_use]
    pub fn new(shop: Origin, staff: Option<Origin>) -> Self {
        let staff = staff.filter(|staff| *staff != shop);
        Self { shop, staff, embeds: Vec::new() }
    }

    /// The same site with these embed origins instead of those that it had.
    #[must_use]
    pub fn with_embeds(self, embeds: Vec<Origin>) -> Self {
        Self { embeds, ..self }
    }

    /// Where payers are.
    #[must_use]
    pub const fn shop(&self) -> &Origin {
        &self.shop
    }

    /// Where desk and till are.
    #[must_use]
    pub fn staff(&self) -> &Origin {
        self.staff.as_ref().unwrap_or(&self.shop)
    }

    /// The origins of other pages that sell.
    #[must_use]
    pub fn embeds(&self) -> &[Origin] {
        &self.embeds
    }

    /// Where the page with that `Origin` header is. The text is compared as a whole, since browsers write each origin in one way:
    /// another port or scheme, `null`, capitals, a dot at the end or a second origin make it foreign.
    #[must_use]
    pub fn page_origin(&self, header: &str) -> PageOrigin {
        if header == self.shop.as_str() {
            PageOrigin::Shop
        } else if self.embeds.iter().any(|embed| header == embed.as_str()) {
            PageOrigin::Embed
        } else {
            PageOrigin::Foreign
        }
    }

    /// Whether a payer may be sent on to that page: on the shop's origin, but not to its API, or on an embed origin. Anywhere else it would
    /// be an open redirect.
    #[must_use]
    pub fn may_return_to(&self, page: &HttpsUrl) -> bool {
        match self.page_origin(page.origin().as_str()) {
            PageOrigin::Shop => is_own_page(page, &self.shop),
            PageOrigin::Embed => true,
            PageOrigin::Foreign => false,
        }
    }

    /// Whether a request was sent to where the resource is.
    ///
    /// # Errors
    /// Where to send it instead. The host is looked at before the scheme: a redirect leads to the right place at once.
    pub fn check(&self, at: &RequestedAt<'_>, area: Area) -> Result<(), Misdirected<'_>> {
        match (self.own(at), self.allowed(area)) {
            (Some(own), [first, second]) if own == first || own == second => {
                if is_secure(own) && !at.secure {
                    Err(Misdirected::PlainHttp(own))
                } else {
                    Ok(())
                }
            }
            (None, _) if area == Area::Public => Ok(()),
            (None | Some(_), [canonical, _]) => Err(Misdirected::WrongHost(canonical)),
        }
    }

    /// The value of `Strict-Transport-Security` for a request, where it may cover the host's subdomains as well: at one of
    /// our own https origins that is the merchant's own domain. `workers.dev` and `pages.dev` belong to others as well, and
    /// another host that leads here promised nothing.
    #[must_use]
    pub fn strict_transport(&self, at: &RequestedAt<'_>) -> Option<&'static str> {
        let own = self.own(at)?;
        let shared = SHARED_DOMAINS.iter().any(|domain| own.host().ends_with(domain));
        (is_secure(own) && !own.is_loopback() && !shared).then_some("max-age=31536000; includeSubDomains")
    }

    /// The one of our origins at which a request came in.
    fn own(&self, at: &RequestedAt<'_>) -> Option<&Origin> {
        [&self.shop, self.staff()].into_iter().find(|origin| at.is_at(origin))
    }

    /// Where resources of an area are answered, the canonical origin first.
    fn allowed(&self, area: Area) -> [&Origin; 2] {
        match area {
            Area::Shop => [&self.shop, &self.shop],
            Area::Staff => [self.staff(), self.staff()],
            Area::Shared | Area::Public => [&self.shop, self.staff()],
        }
    }
}

/// Domains under which anybody can have a host.
const SHARED_DOMAINS: [&str; 2] = [".workers.dev", ".pages.dev"];

fn is_secure(origin: &Origin) -> bool {
    origin.as_str().starts_with("https://")
}
