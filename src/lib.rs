//! wip

pub mod body;
pub mod edge;
pub mod problem;
pub mod value;
