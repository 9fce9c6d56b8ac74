//! Character references: `&eacute;`, `&#233;`, `&#xE9;`.

use std::borrow::Cow;
use std::sync::LazyLock;

static NAMED: LazyLock<Vec<(&str, char)>> = LazyLock::new(|| {
    let lines = include_str!("../lang/entities.txt").lines().filter(|l| !l.starts_with('#'));
    let mut named: Vec<(&str, char)> = lines
        .filter_map(|l| l.split_once(' '))
        .filter_map(|(name, code)| Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?)))
        .collect();
    named.sort_unstable();
    named
});

/// Longest name looked for.
const LONGEST: usize = 12;

/// Returns the words with references replaced; what is none stays as it is.
pub(in crate::decode) fn decode(words: &str) -> Cow<'_, str> {
    if !words.contains('&') {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((c, len)) => {
                out.push(c);
                rest = &rest[len..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn reference(rest: &str) -> Option<(char, usize)> {
    let bytes = rest.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
        let from = if hex { 3 } else { 2 };
        let digits = bytes[from.min(bytes.len())..]
            .iter()
            .take(8)
            .take_while(|b| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() })
            .count();
        let code = u32::from_str_radix(rest.get(from..from + digits)?, if hex { 16 } else { 10 }).ok()?;
        let end = from + digits + usize::from(bytes.get(from + digits) == Some(&b';'));
        return Some((code_point(code), end));
    }
    let len = bytes[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    if len < 2 {
        return None;
    }
    let name = rest.get(1..=len)?;
    let closed = bytes.get(1 + len) == Some(&b';');
    let at = NAMED.binary_search_by(|(n, _)| (*n).cmp(name)).ok()?;
    let c = NAMED.get(at)?.1;
    // Without its semicolon a name could be part of an address: `&copy=1`.
    (closed || matches!(name, "amp" | "nbsp" | "quot" | "lt" | "gt")).then_some((c, 1 + len + usize::from(closed)))
}

/// Numbers 128 to 159 mean windows-1252, as browsers read them.
fn code_point(code: u32) -> char {
    if (0x80..=0x9f).contains(&code) {
        let byte = [code as u8];
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next().unwrap_or('\u{fffd}');
    }
    char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}')
}
