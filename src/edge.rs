//! What our own Worker offers: the typed requests and answers of its HTTP API. The pages use them as a client and the
//! Worker as a server, so that the two cannot drift.

pub mod billing;
pub mod catalog;
pub mod form;
pub mod operator;
pub mod shop;

pub use self::{
    catalog::{Catalog, CatalogError, CatalogItem, LocalizedName, Priced},
    operator::OperatorOrderRequest,
    shop::{Line, ShopOrderRequest},
};
