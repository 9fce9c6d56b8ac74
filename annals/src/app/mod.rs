//! What the program does: one function per request, plain values in and out.

pub(crate) mod archive;
pub(crate) mod brief;
pub(crate) mod captures;
pub(crate) mod changes;
pub(crate) mod check;
pub(crate) mod decide;
pub(crate) mod decided;
pub(crate) mod decisions;
pub(crate) mod documents;
pub(crate) mod due;
pub(crate) mod indexing;
pub(crate) mod intake;
mod linked;
pub(crate) mod marks;
pub(crate) mod news;
mod readings;
pub(crate) mod rebuild;
pub(crate) mod said;
pub(crate) mod search;
pub(crate) mod shelf;
