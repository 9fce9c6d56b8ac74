//! TODO origins
