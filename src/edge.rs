//! The requests and responses of the Worker's HTTP API. The Worker, Rust clients and the npm package's validation share
//! these types.

pub mod billing;
pub mod calls;
pub mod capability;
pub mod card_answers;
pub mod card_list;
pub mod catalog;
pub mod catalog_answer;
pub mod charge_answers;
pub mod client_address;
pub mod csv;
mod csv_format;
pub mod delivery;
pub mod fingerprint;
pub mod form;
pub mod fulfilment;
pub mod host;
pub mod idempotency;
pub mod index_answers;
pub mod items;
pub mod list;
pub mod localized_name;
pub mod merchant_file;
pub mod metadata;
pub mod one_time_payment;
pub mod operator;
pub mod operator_query;
pub mod order;
pub mod order_csv;
pub mod order_detail;
mod origin_list;
mod page_url;
pub mod palette;
pub mod payment_intent;
pub mod query;
pub mod reconciliation;
pub mod return_params;
pub mod role_token;
pub mod role_tokens;
pub mod saved_card;
pub mod secret_strength;
pub mod session;
pub mod session_cookie;
pub mod settings;
pub mod shipping;
pub mod shop;
pub mod shop_file;
pub mod shown_text;
pub mod signing_key;
pub mod site;
pub mod status_answers;
mod tag;
pub mod total;

pub use self::{
    capability::{Capability, CapabilityError, CapabilityPurpose},
    catalog::{Catalog, CatalogItem, CatalogRules, ItemPage, Languages, Priced},
    catalog_answer::ShopCatalog,
    client_address::{ClientAddress, ClientKey, ClientKeyError},
    fingerprint::{BodyFingerprints, Fingerprint, FingerprintError},
    host::{Edge, FieldProblem, ProblemDetails},
    idempotency::{IdempotencyKey, IdempotencyKeyError, Scope},
    localized_name::LocalizedName,
    merchant_file::{FileError, FileField, FilePlace, FileProblem, FileProblemKind, LocalizedText, SitePath},
    operator::OperatorOrderRequest,
    origin_list::{WrongOrigin, origin_list},
    query::{InvalidQuery, Query},
    return_params::ReturnParams,
    role_token::{RoleToken, RoleTokenError, RotatedToken, TokenVersion},
    role_tokens::{Role, RoleTokens, UnknownRole, bearer_token},
    secret_strength::{NamedSecret, Weakness, weak_settings, weaknesses},
    session::{OPERATOR_IDLE, SESSION_LIFETIME, Session, SessionId, SessionIdError},
    session_cookie::SessionCookie,
    shop::{Line, ShopOrderRequest},
    shop_file::{SellerView, ShopFile},
    signing_key::{SigningKey, SigningKeyError, SigningKeys},
    site::{Area, Misdirected, PageOrigin, RequestedAt, Site},
};
