//! TODO stories
