//! Sets that are joined step by step: each number points to another of its set, in the end to the one that stands for it.

/// Returns the number that stands for the set of `n`.
pub(crate) fn find(root: &mut [usize], n: usize) -> usize {
    let mut at = n;
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

/// Joins two sets; the smaller number leads.
pub(crate) fn unite(root: &mut [usize], a: usize, b: usize) {
    let (a, b) = (find(root, a), find(root, b));
    root[a.max(b)] = a.min(b);
}
