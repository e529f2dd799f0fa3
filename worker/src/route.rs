//! Which path means what.

use crate::card::Route as Card;
use crate::desk::Route as Desk;
use crate::fault::Fault;
use crate::payments::Route as Payments;
use crate::till::Route as Till;

mod traits;

/// A route of the API. Everything else is a static file.
#[derive(PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// `GET /healthz`
    Health,
    /// `GET /api/shop/catalog`
    Catalog,
    /// `POST /api/shop/orders`
    CreateOrder,
    /// `GET /api/shop/return`
    Return,
    /// `GET /api/shop/orders/{order}`
    Order(&'a str),
    /// `POST /api/shop/orders/{order}/retry`
    Retry(&'a str),
    /// `POST /api/shop/orders/{order}/cancel`
    Cancel(&'a str),
    /// `GET /api/session`
    Session,
    /// `POST /api/session`
    SignIn,
    /// `DELETE /api/session`
    SignOut,
    /// `POST /api/operator/orders`
    CreateOperatorOrder,
    /// `GET /api/operator/orders/{reference}`
    OperatorOrder(&'a str),
    /// `POST /api/operator/orders/{reference}/check`
    CheckOrder(&'a str),
    /// `/api/operator/...`: Compago's one-time payments.
    Payments(Payments<'a>),
    /// `/api/operator/...`: the desk.
    Desk(Desk<'a>),
    /// `/api/pos/...`
    Till(Till<'a>),
    /// `/api/operator/payment-methods/...` and `/api/shop/cards/...`
    Card(Card<'a>),
    /// `GET` of a static file.
    File,
}

impl<'a> Route<'a> {
    /// Finds the route of a request.
    ///
    /// # Errors
    /// [`Fault::Method`] for a path that has other methods, [`Fault::NotFound`] below `/api` for one that has none.
    pub(crate) fn find(method: &str, path: &'a str) -> Result<Self, Fault> {
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        match segments.as_slice() {
            ["healthz"] => get(method, Self::Health),
            ["api", "shop", "catalog"] => get(method, Self::Catalog),
            ["api", "shop", "return"] | ["api", "shop", "return", ""] => get(method, Self::Return),
            ["api", "shop", "orders"] => post(method, Self::CreateOrder),
            ["api", "shop", "orders", order] => get(method, Self::Order(order)),
            ["api", "shop", "orders", order, "retry"] => post(method, Self::Retry(order)),
            ["api", "shop", "orders", order, "cancel"] => post(method, Self::Cancel(order)),
            ["api", "session"] if method == "POST" => Ok(Self::SignIn),
            ["api", "session"] if method == "DELETE" => Ok(Self::SignOut),
            ["api", "session"] => get(method, Self::Session).map_err(|_| Fault::Method(Methods::ReadPostOrDelete)),
            ["api", "operator", "orders"] => get_or_post(method, Self::Desk(Desk::Orders), Self::CreateOperatorOrder),
            ["api", "operator", "orders", reference] => get(method, Self::OperatorOrder(reference)),
            ["api", "operator", "orders", reference, "check"] => post(method, Self::CheckOrder(reference)),
            ["api", "pos", "payment-intents"] => post(method, Self::Till(Till::Charge)),
            ["api", "pos", "payment-intents", intent] => get(method, Self::Till(Till::Charged(intent))),
            ["api", "pos", "payment-intents", intent, "cancel"] => post(method, Self::Till(Till::Cancel(intent))),
            ["api", "pos", "terminals", code, "payment-intent"] => get(method, Self::Till(Till::Latest(code))),
            ["api", "shop", "cards", card] => get(method, Self::Card(Card::Payer(card))),
            ["api", "operator", "payment-methods", rest @ ..] => Card::find(method, rest).map(Self::Card),
            ["api", "operator", rest @ ..] => match Payments::find(method, rest)? {
                Some(route) => Ok(Self::Payments(route)),
                None => Desk::find(method, rest)?.map(Self::Desk).ok_or(Fault::NotFound),
            },
            ["api", ..] => Err(Fault::NotFound),
            _ => get(method, Self::File),
        }
    }
}

/// The methods of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Methods {
    Read,
    Post,
    ReadOrPost,
    ReadOrDelete,
    ReadPostOrDelete,
}

impl Methods {
    /// As the header `Allow` names them.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "GET, HEAD",
            Self::Post => "POST",
            Self::ReadOrPost => "GET, HEAD, POST",
            Self::ReadOrDelete => "GET, HEAD, DELETE",
            Self::ReadPostOrDelete => "GET, HEAD, POST, DELETE",
        }
    }
}

/// A route that is read.
///
/// # Errors
/// [`Fault::Method`].
pub(crate) fn get<T>(method: &str, route: T) -> Result<T, Fault> {
    if matches!(method, "GET" | "HEAD") { Ok(route) } else { Err(Fault::Method(Methods::Read)) }
}

/// A route that changes something.
///
/// # Errors
/// [`Fault::Method`].
pub(crate) fn post<T>(method: &str, route: T) -> Result<T, Fault> {
    if method == "POST" { Ok(route) } else { Err(Fault::Method(Methods::Post)) }
}

/// A path that is read as one route and changed as another.
///
/// # Errors
/// [`Fault::Method`].
pub(crate) fn get_or_post<T>(method: &str, got: T, posted: T) -> Result<T, Fault> {
    match method {
        "POST" => Ok(posted),
        _ => get(method, got).map_err(|_| Fault::Method(Methods::ReadOrPost)),
    }
}
