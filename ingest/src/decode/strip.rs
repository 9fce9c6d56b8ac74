//! The last resort: words between tags, so that a page is kept even if its decoder fails.

use super::clean::squeeze;

/// Returns the words outside tags, one paragraph a line.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                out.push('\n');
            }
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out.lines().map(squeeze).filter(|l| l.len() >= 40).collect()
}
