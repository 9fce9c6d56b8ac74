//! Source words made safe to show: control characters and direction controls can neither command a terminal nor reorder
//! a page. The record itself keeps every character.

use annals_core::record::Bounds;
use annals_core::report::Source;
use std::borrow::Cow;

/// Returns the words on one line: white space runs become one space, direction controls are shown by their code
/// (`‹U+202E›`), other control and invisible characters are left out or shown as `·`.
pub(crate) fn one_line(words: &str) -> Cow<'_, str> {
    let plain = words.trim() == words
        && !words.contains("  ")
        && words.chars().all(|c| c == ' ' || (!c.is_whitespace() && is_plain(c)));
    if plain {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            push(&mut out, c);
        }
    }
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

/// Returns where something was found: the file, and in brackets the record within.
pub(crate) fn source(source: &Source) -> String {
    match &source.record {
        Some(record) => format!("{} ({})", one_line(&source.path), one_line(record)),
        None => one_line(&source.path).into_owned(),
    }
}

/// Returns the words with their line breaks, made safe the same way.
pub(crate) fn lines(words: &str) -> Cow<'_, str> {
    if words.chars().all(|c| c == '\n' || is_plain(c)) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            c => push(&mut out, c),
        }
    }
    Cow::Owned(out)
}

fn push(out: &mut String, c: char) {
    if is_plain(c) {
        out.push(c);
    } else if is_direction(c) {
        out.push_str(&format!("‹U+{:04X}›", u32::from(c)));
    } else if c.is_control() && c != '\r' {
        out.push('·');
    }
}

fn is_plain(c: char) -> bool {
    !c.is_control() && !is_direction(c) && !is_invisible(c)
}

/// Says whether a character reorders what stands around it (Unicode Bidi_Control).
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Says whether a character takes no room and carries no meaning between Latin letters; joiners stay, scripts need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns the words cut at a word's end to at most `most` characters, with `…` where something is left out.
pub(crate) fn clipped(words: &str, most: usize) -> Cow<'_, str> {
    let Some((end, _)) = words.char_indices().nth(most) else { return Cow::Borrowed(words) };
    let head = &words[..end];
    let at = head.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    Cow::Owned(format!("{} …", head[..at].trim_end_matches([' ', ',', ';', ':', '–', '-'])))
}

/// Returns `1 report`, `2 reports`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n as f64), if n == 1 { one } else { many })
}

/// Returns `1 origin`, `2 origins`, `2–3 origins` where the number is not sure.
pub(crate) fn origins(bounds: Bounds) -> String {
    between(bounds, "origin", "origins")
}

/// Returns `1 independent origin`, `2–3 independent origins`.
pub(crate) fn independent(bounds: Bounds) -> String {
    between(bounds, "independent origin", "independent origins")
}

fn between(bounds: Bounds, one: &str, many: &str) -> String {
    format!("{} {}", span(bounds), if bounds.high == 1 { one } else { many })
}

/// Returns `3`, or `2–3` where the number is not sure.
pub(crate) fn span(bounds: Bounds) -> String {
    let [low, high] = [bounds.low, bounds.high].map(|n| number(f64::from(n)));
    if low == high { low } else { format!("{low}–{high}") }
}

/// Returns a number with its thousands parted by commas: `3,400`, `1,250,000`, `5.5`.
pub(crate) fn number(value: f64) -> String {
    let printed = format!("{}", value.abs());
    let (whole, rest) = match printed.split_once('.') {
        Some((whole, rest)) => (whole, Some(rest)),
        None => (printed.as_str(), None),
    };
    let mut out = String::new();
    if value < 0.0 {
        out.push('−');
    }
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n) % 3 == 0 && whole.len() > 3 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.extend(rest.chars().take(2));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_command_a_terminal() {
        assert_eq!(one_line("a\u{1b}[31mred\u{7}"), "a·[31mred·");
        assert_eq!(one_line("pay \u{202e}evil\u{2069}"), "pay ‹U+202E›evil‹U+2069›");
        assert_eq!(one_line(" two\n  lines\r\n"), "two lines");
        assert_eq!(one_line("zero\u{200b}width"), "zerowidth");
        assert_eq!(lines("a\nb\u{1b}"), "a\nb·");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(3400.0), "3,400");
        assert_eq!(number(1_250_000.0), "1,250,000");
        assert_eq!(number(5.5), "5.5");
        assert_eq!(number(-12.0), "−12");
        assert_eq!(number(0.125), "0.12");
        assert_eq!(number(2024.0), "2,024");
    }

    #[test]
    fn long_words_are_cut_at_a_word() {
        assert_eq!(clipped("one two three", 9), "one two …");
        assert_eq!(clipped("one", 9), "one");
        assert_eq!(clipped("ééééééééé", 4), "éééé …");
    }
}
