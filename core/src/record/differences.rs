//! Where independent reports differ: contradiction, update, or one more exact than the other.

use super::names::Cast;
use super::{Difference, EventRow, FigureRow, Grouping, Member};

/// Compares rows of independent origins within each story.
pub fn find(
    _members: &[Member],
    _grouping: &Grouping,
    _cast: &Cast,
    _events: &[EventRow],
    _figures: &[FigureRow],
) -> Vec<Difference> {
    Vec::new()
}
