//! Whole lives of orders, with everything that can go wrong, against a model of Compago that knows the truth.

pub(crate) mod rng;
