//! Core tests
