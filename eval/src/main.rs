//! The quality gate.
fn main() {}
