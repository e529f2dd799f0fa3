//! Files that the merchant edits: the catalog and the shop's file. Both are read and refused in one way: all errors at once, each with
//! its place and its remedy.

mod error;
mod field;
mod kind;
mod localized_text;
mod prose;
mod read;
mod site_path;
mod view;

pub use error::{FileError, FilePlace, FileProblem};
pub use field::FileField;
pub use kind::FileProblemKind;
pub use localized_text::LocalizedText;
pub use site_path::{SiteLink, SitePath};
pub use view::FileProblemView;

pub(in crate::edge) use field::SCHEMA;
pub(in crate::edge) use prose::Prose;
pub(in crate::edge) use read::{Fields, Reader};
