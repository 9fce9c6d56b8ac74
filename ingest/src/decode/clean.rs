//! Characters: NFC, no soft hyphens, zero-width or control characters, plain spaces and line feeds.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Returns the text in NFC with line feeds alone as line ends and nothing that cannot be seen.
pub(crate) fn clean(text: &str) -> String {
    let plain = |b: u8| (b >= 0x20 || b == b'\n') && b < 0x7f;
    if text.bytes().all(plain) {
        return text.to_owned();
    }
    let mut seen_return = false;
    let mut before = ' ';
    let kept = text.chars().filter_map(move |c| {
        let after_return = std::mem::replace(&mut seen_return, c == '\r');
        let last = std::mem::replace(&mut before, c);
        match c {
            // Persian, Hindi and their kin spell with joiners; elsewhere they are of no meaning.
            '\u{200c}' | '\u{200d}' if needs_joiners(last) => Some(c),
            '\n' if after_return => None,
            '\r' | '\n' | '\u{2028}' | '\u{2029}' | '\u{b}' => Some('\n'),
            '\u{c}' => Some('\u{c}'),
            '\t' => Some(' '),
            '\u{ad}' | '\u{feff}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => None,
            '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => None,
            c if c.is_control() => None,
            c if c.is_whitespace() => Some(' '),
            c => Some(c),
        }
    });
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => kept.collect(),
        _ => kept.nfc().collect(),
    }
}

/// Says whether a letter is of a script that spells with joiners: Arabic, Syriac, and those of South and South-East Asia.
fn needs_joiners(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
        && !c.is_control()
        && c != '\u{feff}'
}

/// Returns the words parted by single spaces.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Returns a line for comparison: lower case, letters and digits, single spaces.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’') {
            gap = true;
        }
    }
    out
}

/// Says whether a text holds lower-case letters nowhere but upper-case ones somewhere.
pub(crate) fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Returns words printed in capitals as they stand in running text: `NORTH WIRE` as `North Wire`.
///
/// A form found in `context` wins, since only there one sees that `HTS` is an acronym.
pub(crate) fn uncapitalise(name: &str, context: &str) -> String {
    if !is_capitals(name) {
        return name.to_owned();
    }
    let titled = name.split(' ').map(titled_word).collect::<Vec<_>>().join(" ");
    if name.contains(' ') || context.contains(&titled) { titled } else { name.to_owned() }
}

fn titled_word(word: &str) -> String {
    const SMALL: &[&str] = &["OF", "AND", "FOR", "IN", "ON", "DE", "LA", "THE"];
    let vowels = word.chars().any(|c| "AEIOUYÄÖÜÉÈ".contains(c));
    if word.chars().count() <= 3 && !vowels {
        return word.to_owned();
    }
    if SMALL[..6].contains(&word) {
        return word.to_lowercase();
    }
    let mut out = String::with_capacity(word.len());
    let mut first = true;
    for c in word.chars() {
        if first {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        first = c == '-' || (first && !c.is_alphabetic());
    }
    out
}
