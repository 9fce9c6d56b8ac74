//! Characters that cannot be seen but change what is read: direction controls, and nothing-wide ones within words.
//!
//! `clean` takes them out of every text; here a report is told where they stood in its own words (see "Trojan Source",
//! Boucher and Anderson 2021).

use super::clean::{clean, squeeze};
use super::html::entities;
use annals_core::report::Report;
use std::collections::BTreeSet;

/// Places looked at in one capture: beyond them nothing new is learned.
const MOST: usize = 1_000;

/// Bytes on either side by which a place is found again in the clean text.
const AROUND: usize = 24;

/// A place in a capture where something unseen stood.
pub(super) struct Unseen {
    code: &'static str,
    /// The clean words around it.
    words: String,
}

/// Finds what cannot be seen, as itself or as a numeric reference (`&#8238;`).
pub(super) fn find(text: &str) -> Vec<Unseen> {
    let mut found = Vec::new();
    if !text.is_ascii() {
        let odd = text.char_indices().filter(|(_, c)| is_unseen(*c));
        found.extend(odd.take(MOST).filter_map(|(at, c)| place(text, at, at + c.len_utf8(), c)));
    }
    let mut from = 0;
    while found.len() < MOST
        && let Some(at) = text[from..].find("&#").map(|n| from + n)
    {
        from = at + 2;
        // Other letters may follow: the digits end before them.
        let len = text[from..].bytes().take(8).take_while(u8::is_ascii).count();
        let digits = &text[from..from + len];
        let Some(end) = digits.find(';') else { continue };
        let number = match digits[..end].strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => digits[..end].parse(),
        };
        if let Some(c) = number.ok().and_then(char::from_u32).filter(|c| is_unseen(*c)) {
            found.extend(place(text, at, at + 3 + end, c));
        }
    }
    found
}

/// Adds a warning for each kind that stood in the report's own words.
pub(super) fn warn(unseen: &[Unseen], report: &mut Report) {
    let text = report.text.as_str();
    let codes: BTreeSet<&'static str> =
        unseen.iter().filter(|u| !u.words.is_empty() && text.contains(&u.words)).map(|u| u.code).collect();
    report.warnings.extend(codes.into_iter().map(Into::into));
    report.warnings.sort_unstable();
    report.warnings.dedup();
}

fn is_unseen(c: char) -> bool {
    is_direction(c) || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Embeddings, overrides and isolates. Plain marks (LRM, RLM) reorder nothing on their own.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn place(text: &str, start: usize, end: usize, c: char) -> Option<Unseen> {
    let (mut from, mut to) = (start.saturating_sub(AROUND), text.len().min(end + AROUND));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let before = &text[from..start];
    let before = &before[before.rfind(['>', '\n', ';']).map_or(0, |n| n + 1)..];
    let after = &text[end..to];
    let after = &after[..after.find(['<', '\n', '&']).unwrap_or(after.len())];
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let code = if is_direction(c) {
        "bidi-controls"
    } else if latin(before.chars().next_back()) && latin(after.chars().next()) {
        // Between words they are left over from typesetting; other scripts need the joiners.
        "zero-width"
    } else {
        return None;
    };
    let words = squeeze(&clean(&entities::decode(&format!("{before}{after}"))));
    Some(Unseen { code, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, codes: &[&str]) {
        let found: Vec<&str> = find(text).iter().map(|u| u.code).collect();
        assert_eq!(found, codes, "{text:?}");
    }

    #[test]
    fn what_cannot_be_seen_is_found_where_it_changes_the_reading() {
        check("paid to \u{202e}drawkcab\u{202c} accounts", &["bidi-controls", "bidi-controls"]);
        check("paid to &#8238;drawkcab&#x202C; accounts", &["bidi-controls", "bidi-controls"]);
        check("the may\u{200b}or said", &["zero-width"]);
        check("the\u{200b} mayor\u{feff}", &[]);
        check("می\u{200c}خواهم", &[]);
        check("port & harbour &#169; &#; &#x; &#99999999;", &[]);
    }
}
