//! What the program does: one function per request, plain values in and out.

pub(crate) mod brief;
pub(crate) mod intake;
