//! What a move of the arc-hybrid system costs: gold arcs that can no longer be built after it.
//!
//! Source: Goldberg and Nivre 2013, "Training deterministic parsers with non-deterministic oracles".

use annals_core::reading::syntax::moves::{NONE, State};

/// Cost of a move that may not be done.
pub(crate) const NEVER: u32 = u32::MAX;

/// Returns the costs of shift, left and right; `heads` as in gold words.
pub(crate) fn costs(state: &State, heads: &[u32]) -> [u32; 3] {
    let may = state.may();
    let stack = state.stack();
    let (next, end) = (state.next() as u32, heads.len() as u32);
    let top = |n: usize| stack.len().checked_sub(n).map(|i| stack[i]);
    let in_buffer = |word: u32| word != NONE && word >= next;
    let mut costs = [NEVER; 3];
    if may[0] {
        let gold = heads[next as usize];
        let below = &stack[..stack.len().saturating_sub(1)];
        let lost_head = below.contains(&gold);
        let lost = stack.iter().filter(|s| heads[**s as usize] == next).count();
        costs[0] = u32::from(lost_head) + lost as u32;
    }
    if let (true, Some(s0)) = (may[1] || may[2], top(1)) {
        let gold = heads[s0 as usize];
        let children = (next..end).filter(|w| heads[*w as usize] == s0).count() as u32;
        let root = gold == NONE;
        if may[1] {
            let lost = root || (in_buffer(gold) && gold != next) || (top(2) == Some(gold));
            costs[1] = u32::from(lost) + children;
        }
        if may[2] {
            costs[2] = u32::from(root || in_buffer(gold)) + children;
        }
    }
    costs
}
