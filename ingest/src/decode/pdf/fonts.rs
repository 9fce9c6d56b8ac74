//! What the codes of a font mean: letters and widths (ISO 32000-1, 9.6 to 9.10). Shapes are never looked at.

use super::cmap::CMap;
use crate::decode::html::entities;
use encoding_rs::{MACINTOSH, WINDOWS_1252};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use std::collections::BTreeMap;

/// A font as far as reading needs it.
pub(super) struct Font {
    kind: Kind,
    to_unicode: Option<CMap>,
    /// Widths by code (simple) or character id (composite), in thousandths of the size.
    widths: BTreeMap<u32, f64>,
    usual_width: f64,
}

enum Kind {
    /// One byte a letter.
    Simple(Vec<Option<String>>),
    /// Two bytes a letter; the flag tells codes that are UTF-16 themselves.
    Composite { is_utf16: bool },
}

/// A code of a string, read.
pub(super) struct Letter {
    /// Nothing if the font does not say which letter it is.
    pub(super) text: Option<String>,
    /// In thousandths of the size.
    pub(super) width: f64,
    /// The one-byte code 32, to which word spacing applies.
    pub(super) is_space: bool,
}

/// Font programs longer than this many widths are not letters of news.
const MOST_WIDTHS: usize = 70_000;

impl Font {
    pub(super) fn read(dict: &Dict<'_>) -> Font {
        let to_unicode = dict.get::<Stream<'_>>("ToUnicode").and_then(|s| Some(CMap::read(&s.decoded_data().ok()?)));
        let kind = dict.get::<Name<'_>>("Subtype");
        if kind.as_deref() == Some(b"Type0") {
            return composite(dict, to_unicode);
        }
        let scale = if kind.as_deref() == Some(b"Type3") { glyph_space(dict) } else { 1.0 };
        let base = dict.get::<Name<'_>>("BaseFont").map(|n| n.as_str().to_owned()).unwrap_or_default();
        let mut widths = BTreeMap::new();
        let first = dict.get::<i32>("FirstChar").unwrap_or(0).clamp(0, 255) as u32;
        if let Some(list) = dict.get::<Array<'_>>("Widths") {
            for (n, width) in list.iter::<Number>().take(256).enumerate() {
                widths.insert(first + n as u32, width.as_f64() * scale);
            }
        } else {
            widths = standard_widths(&base);
        }
        let missing = dict.get::<Dict<'_>>("FontDescriptor").and_then(|d| d.get::<f64>("MissingWidth"));
        let usual_width = missing.filter(|w| *w > 0.0).unwrap_or(500.0);
        Font { kind: Kind::Simple(encoding(dict)), to_unicode, widths, usual_width }
    }

    /// Reads the letters of a shown string.
    pub(super) fn letters(&self, codes: &[u8]) -> Vec<Letter> {
        match &self.kind {
            Kind::Simple(encoding) => codes.iter().map(|&code| self.simple(code, encoding)).collect(),
            Kind::Composite { is_utf16 } => codes
                .chunks(2)
                .map(|pair| {
                    let code = pair.iter().fold(0u32, |c, b| c << 8 | u32::from(*b));
                    let own = || char::from_u32(code).filter(|_| *is_utf16).map(String::from);
                    let text = self.to_unicode.as_ref().and_then(|map| map.get(code)).or_else(own);
                    Letter { text, width: self.width(code), is_space: false }
                })
                .collect(),
        }
    }

    fn simple(&self, code: u8, encoding: &[Option<String>]) -> Letter {
        let mapped = self.to_unicode.as_ref().and_then(|map| map.get(u32::from(code)));
        let text = mapped.or_else(|| encoding.get(usize::from(code)).cloned().flatten());
        Letter { text, width: self.width(u32::from(code)), is_space: code == b' ' }
    }

    fn width(&self, code: u32) -> f64 {
        let width = self.widths.get(&code).copied().unwrap_or(self.usual_width);
        if width.is_finite() { width } else { self.usual_width }
    }
}

/// A Type 3 font has a space of its own; others count in thousandths.
fn glyph_space(dict: &Dict<'_>) -> f64 {
    let scale = dict.get::<Array<'_>>("FontMatrix").and_then(|m| m.iter::<Number>().next());
    scale.map_or(1.0, |s| s.as_f64().abs() * 1000.0)
}

fn composite(dict: &Dict<'_>, to_unicode: Option<CMap>) -> Font {
    let name = dict.get::<Name<'_>>("Encoding").map(|n| n.as_str().to_owned()).unwrap_or_default();
    let inner = dict.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next());
    let usual_width = inner.as_ref().and_then(|d| d.get::<f64>("DW")).unwrap_or(1000.0);
    let list = inner.as_ref().and_then(|d| d.get::<Array<'_>>("W"));
    let widths = list.map(|w| id_widths(&w)).unwrap_or_default();
    let is_utf16 = name.contains("UCS2") || name.contains("UTF16");
    Font { kind: Kind::Composite { is_utf16 }, to_unicode, widths, usual_width }
}

/// Reads `[1 [500 600] 7 9 450]`: widths from 1 on, then one width for 7 to 9.
fn id_widths(list: &Array<'_>) -> BTreeMap<u32, f64> {
    let mut out = BTreeMap::new();
    let mut numbers: Vec<f64> = Vec::new();
    for object in list.iter::<Object<'_>>() {
        if out.len() > MOST_WIDTHS {
            break;
        }
        match object {
            Object::Number(n) => numbers.push(n.as_f64()),
            Object::Array(widths) => {
                let first = numbers.pop().unwrap_or(0.0) as u32;
                for (n, width) in widths.iter::<Number>().take(MOST_WIDTHS).enumerate() {
                    out.insert(first.saturating_add(n as u32), width.as_f64());
                }
                numbers.clear();
            }
            _ => {}
        }
        if let [from, to, width] = numbers[..] {
            for code in (from as u32..=to as u32).take(MOST_WIDTHS) {
                out.insert(code, width);
            }
            numbers.clear();
        }
    }
    out
}

/// Reads the encoding of a simple font: a base, and differences by the names of letters.
fn encoding(dict: &Dict<'_>) -> Vec<Option<String>> {
    let named = dict.get::<Name<'_>>("Encoding");
    let differing = dict.get::<Dict<'_>>("Encoding");
    let base = named.or_else(|| differing.as_ref()?.get::<Name<'_>>("BaseEncoding"));
    let is_true_type = dict.get::<Name<'_>>("Subtype").as_deref() == Some(b"TrueType");
    let by_byte: fn(u8) -> Option<char> = match base.as_deref() {
        Some(b"WinAnsiEncoding") => windows,
        Some(b"MacRomanEncoding") => macintosh,
        _ if is_true_type => windows,
        _ => standard,
    };
    let mut out: Vec<Option<String>> = (0..=255u8).map(|b| by_byte(b).map(String::from)).collect();
    let differences = differing.and_then(|d| d.get::<Array<'_>>("Differences"));
    let mut code = 0usize;
    for object in differences.iter().flat_map(|d| d.iter::<Object<'_>>()) {
        match object {
            Object::Number(n) => code = n.as_f64().clamp(0.0, 256.0) as usize,
            Object::Name(name) => {
                if let Some(slot) = out.get_mut(code) {
                    *slot = letter_of(name.as_str());
                }
                code += 1;
            }
            _ => {}
        }
    }
    out
}

fn windows(byte: u8) -> Option<char> {
    let bytes = [byte];
    WINDOWS_1252.decode_without_bom_handling(&bytes).0.chars().next().filter(|c| !c.is_control())
}

fn macintosh(byte: u8) -> Option<char> {
    let bytes = [byte];
    MACINTOSH.decode_without_bom_handling(&bytes).0.chars().next().filter(|c| !c.is_control())
}

/// Adobe's standard encoding (ISO 32000-1, annex D): ASCII but for two quotes; few letters above.
fn standard(byte: u8) -> Option<char> {
    const HIGH: &[(u8, char)] = &[
        (0xa1, '¡'),
        (0xa2, '¢'),
        (0xa3, '£'),
        (0xa5, '¥'),
        (0xa7, '§'),
        (0xa9, '\''),
        (0xaa, '“'),
        (0xab, '«'),
        (0xae, 'ﬁ'),
        (0xaf, 'ﬂ'),
        (0xb1, '–'),
        (0xb4, '·'),
        (0xb7, '•'),
        (0xb8, '‚'),
        (0xb9, '„'),
        (0xba, '”'),
        (0xbb, '»'),
        (0xbc, '…'),
        (0xbd, '‰'),
        (0xbf, '¿'),
        (0xd0, '—'),
        (0xe1, 'Æ'),
        (0xe8, 'Ł'),
        (0xe9, 'Ø'),
        (0xea, 'Œ'),
        (0xf1, 'æ'),
        (0xf5, 'ı'),
        (0xf8, 'ł'),
        (0xf9, 'ø'),
        (0xfa, 'œ'),
        (0xfb, 'ß'),
    ];
    match byte {
        0x27 => Some('’'),
        0x60 => Some('‘'),
        0x20..=0x7e => Some(char::from(byte)),
        _ => HIGH.iter().find(|(b, _)| *b == byte).map(|(_, c)| *c),
    }
}

/// Returns the letters that a letter's name stands for: `eacute`, `f_i`, `uni00E9`, `a.sc`.
fn letter_of(name: &str) -> Option<String> {
    // Names that are not also those of HTML. Source: Adobe Glyph List for New Fonts.
    const NAMES: &[(&str, &str)] = &[
        ("space", " "),
        ("exclam", "!"),
        ("quotedbl", "\""),
        ("numbersign", "#"),
        ("dollar", "$"),
        ("percent", "%"),
        ("ampersand", "&"),
        ("quotesingle", "'"),
        ("quoteright", "’"),
        ("quoteleft", "‘"),
        ("parenleft", "("),
        ("parenright", ")"),
        ("asterisk", "*"),
        ("plus", "+"),
        ("comma", ","),
        ("hyphen", "-"),
        ("minus", "−"),
        ("period", "."),
        ("slash", "/"),
        ("zero", "0"),
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("colon", ":"),
        ("semicolon", ";"),
        ("less", "<"),
        ("equal", "="),
        ("greater", ">"),
        ("question", "?"),
        ("at", "@"),
        ("bracketleft", "["),
        ("backslash", "\\"),
        ("bracketright", "]"),
        ("underscore", "_"),
        ("grave", "`"),
        ("braceleft", "{"),
        ("bar", "|"),
        ("braceright", "}"),
        ("quotedblleft", "“"),
        ("quotedblright", "”"),
        ("quotedblbase", "„"),
        ("quotesinglbase", "‚"),
        ("guillemotleft", "«"),
        ("guillemotright", "»"),
        ("guilsinglleft", "‹"),
        ("guilsinglright", "›"),
        ("endash", "–"),
        ("emdash", "—"),
        ("ellipsis", "…"),
        ("bullet", "•"),
        ("periodcentered", "·"),
        ("fi", "fi"),
        ("fl", "fl"),
        ("ff", "ff"),
        ("ffi", "ffi"),
        ("ffl", "ffl"),
        ("germandbls", "ß"),
        ("dotlessi", "ı"),
        ("ae", "æ"),
        ("AE", "Æ"),
        ("oe", "œ"),
        ("OE", "Œ"),
        ("sterling", "£"),
        ("Euro", "€"),
        ("registered", "®"),
        ("degree", "°"),
        ("nbspace", " "),
        ("sfthyphen", "\u{ad}"),
        ("dagger", "†"),
        ("daggerdbl", "‡"),
        ("section", "§"),
        ("paragraph", "¶"),
        ("copyright", "©"),
        ("perthousand", "‰"),
        ("multiply", "×"),
        ("exclamdown", "¡"),
        ("questiondown", "¿"),
        ("Lslash", "Ł"),
        ("lslash", "ł"),
        ("onehalf", "½"),
        ("onequarter", "¼"),
        ("threequarters", "¾"),
        ("trademark", "™"),
    ];
    let name = name.split('.').next().filter(|n| !n.is_empty())?;
    if name.contains('_') {
        return name.split('_').map(letter_of).collect();
    }
    if let Some((_, letter)) = NAMES.iter().find(|(n, _)| *n == name) {
        return Some((*letter).to_owned());
    }
    let mut chars = name.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return Some(only.to_string());
    }
    let digits = name.strip_prefix("uni").filter(|d| d.len() >= 4).and_then(|d| d.get(..4));
    let digits = digits.or_else(|| name.strip_prefix('u').filter(|d| (4..=6).contains(&d.len())));
    if let Some(letter) = digits.and_then(|d| u32::from_str_radix(d, 16).ok()).and_then(char::from_u32) {
        return Some(letter.to_string());
    }
    let reference = format!("&{name};");
    let letter = entities::decode(&reference);
    (letter != reference).then(|| letter.into_owned()).or_else(|| accented(name))
}

/// Letters with marks that HTML 4 has no name for: `ccaron`, `Zdotaccent`.
fn accented(name: &str) -> Option<String> {
    const MARKS: &[(&str, char)] = &[
        ("caron", '\u{30c}'),
        ("acute", '\u{301}'),
        ("grave", '\u{300}'),
        ("dieresis", '\u{308}'),
        ("circumflex", '\u{302}'),
        ("tilde", '\u{303}'),
        ("ring", '\u{30a}'),
        ("cedilla", '\u{327}'),
        ("commaaccent", '\u{327}'),
        ("ogonek", '\u{328}'),
        ("macron", '\u{304}'),
        ("breve", '\u{306}'),
        ("dotaccent", '\u{307}'),
        ("hungarumlaut", '\u{30b}'),
    ];
    let (letter, mark) = MARKS.iter().find_map(|(mark, c)| Some((name.strip_suffix(mark)?, *c)))?;
    (letter.chars().count() == 1).then(|| format!("{letter}{mark}"))
}

/// Widths of the fonts that every reader has, for which files need give none. Source: Adobe's Core 14 metrics.
fn standard_widths(base: &str) -> BTreeMap<u32, f64> {
    const SANS: [u16; 95] = [
        278, 278, 355, 556, 556, 889, 667, 222, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 222, 556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
        500, 500, 500, 334, 260, 334, 584,
    ];
    const SERIF: [u16; 95] = [
        250, 333, 408, 500, 500, 833, 778, 333, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500,
        500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722,
        611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444,
        500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722,
        500, 500, 444, 480, 200, 480, 541,
    ];
    if base.contains("Courier") {
        return (0..=255).map(|code| (code, 600.0)).collect();
    }
    let table = if base.contains("Times") { &SERIF } else { &SANS };
    table.iter().zip(32..).map(|(width, code)| (code, f64::from(*width))).collect()
}

#[cfg(test)]
mod tests {
    use super::letter_of;

    #[test]
    fn names_of_letters_give_letters() {
        let cases = [
            ("eacute", "é"),
            ("f_i", "fi"),
            ("uni00E9", "é"),
            ("a.sc", "a"),
            ("ccaron", "č"),
            ("Zdotaccent", "Z\u{307}"),
            ("u1F600", "😀"),
            ("quoteright", "’"),
            ("seven", "7"),
            ("Q", "Q"),
        ];
        for (name, letter) in cases {
            assert_eq!(letter_of(name).as_deref(), Some(letter), "{name}");
        }
        assert_eq!(letter_of("g123"), None);
    }
}
