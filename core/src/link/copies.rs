//! TODO copies
