//! page
use crate::app::brief::Brief;
/// page
#[allow(dead_code)]
pub(crate) fn page(_: &Brief) -> String {
    String::new()
}
