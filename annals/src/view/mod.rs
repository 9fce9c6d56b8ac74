//! What leaves the program: JSON shapes, text and HTML. Byte offsets become code points here and nowhere else.

pub(crate) mod json;
