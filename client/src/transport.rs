//! The transports, one for each feature.
