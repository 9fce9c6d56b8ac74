//! What depends on the language of a report: word lists as data files, each naming its source and licence.

pub mod en;
