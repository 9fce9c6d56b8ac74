//! What leaves the program: JSON shapes, text and HTML. Byte offsets become code points here and nowhere else.

pub(crate) mod changes;
pub(crate) mod check;
mod dates;
mod decided;
pub(crate) mod desk;
mod doubts;
pub(crate) mod due;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod quote_check;
pub(crate) mod rebuild;
pub(crate) mod said;
#[cfg(test)]
mod sample;
pub(crate) mod search;
pub(crate) mod series;
pub(crate) mod site;
pub(crate) mod speech;
pub(crate) mod stories;
pub(crate) mod text;
pub(crate) mod words;
pub(crate) mod wrap;
