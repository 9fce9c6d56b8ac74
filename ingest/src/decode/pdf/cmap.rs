//! The table by which a font says what its codes mean (`ToUnicode`, ISO 32000-1, 9.10.3).

use std::collections::BTreeMap;

/// Codes to letters.
#[derive(Default)]
pub(super) struct CMap(BTreeMap<u32, String>);

/// Entries that are kept.
const MOST_CODES: usize = 70_000;

/// A piece of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Token<'a> {
    Hex(Vec<u8>),
    Word(&'a [u8]),
    Open,
    Close,
}

impl CMap {
    pub(super) fn read(table: &[u8]) -> CMap {
        let mut map = CMap::default();
        let mut pending: Vec<Token<'_>> = Vec::new();
        for token in tokens(table) {
            match &token {
                Token::Word(b"beginbfchar" | b"beginbfrange" | b"begincodespacerange" | b"begincidrange") => {
                    pending.clear()
                }
                Token::Word(b"endbfchar") => map.chars(&std::mem::take(&mut pending)),
                Token::Word(b"endbfrange") => map.ranges(&std::mem::take(&mut pending)),
                Token::Word(_) => {}
                _ => pending.push(token),
            }
        }
        map
    }

    pub(super) fn get(&self, code: u32) -> Option<String> {
        self.0.get(&code).cloned()
    }

    fn chars(&mut self, tokens: &[Token<'_>]) {
        for pair in tokens.chunks_exact(2) {
            if let [Token::Hex(code), Token::Hex(letters)] = pair {
                self.insert(number(code), utf16(letters, 0));
            }
        }
    }

    fn ranges(&mut self, tokens: &[Token<'_>]) {
        let mut rest = tokens;
        while let [Token::Hex(from), Token::Hex(to), next, ..] = rest {
            let codes = number(from)..=number(to);
            rest = &rest[3..];
            match next {
                Token::Hex(letters) => {
                    for (n, code) in codes.take(MOST_CODES).enumerate() {
                        self.insert(code, utf16(letters, n as u32));
                    }
                }
                Token::Open => {
                    let end = rest.iter().position(|t| *t == Token::Close).unwrap_or(rest.len());
                    for (code, letters) in codes.zip(&rest[..end]) {
                        if let Token::Hex(letters) = letters {
                            self.insert(code, utf16(letters, 0));
                        }
                    }
                    rest = rest.get(end + 1..).unwrap_or(&[]);
                }
                _ => {}
            }
        }
    }

    fn insert(&mut self, code: u32, letters: Option<String>) {
        if let Some(letters) = letters
            && self.0.len() < MOST_CODES
        {
            self.0.insert(code, letters);
        }
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, b| n << 8 | u32::from(*b))
}

/// Reads UTF-16, its last unit raised by `add`. Nothing for NUL and the like: the font does not know the letter.
fn utf16(bytes: &[u8], add: u32) -> Option<String> {
    let mut units: Vec<u16> = match bytes {
        [one] => vec![u16::from(*one)],
        _ => bytes.chunks_exact(2).map(|p| u16::from(p[0]) << 8 | u16::from(p[1])).collect(),
    };
    let last = units.last_mut()?;
    *last = last.wrapping_add(add as u16);
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
    (!text.chars().any(|c| c == '\0' || c == '\u{fffd}')).then_some(text)
}

fn tokens(table: &[u8]) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&byte) = table.get(at) {
        let rest = &table[at..];
        let len = match byte {
            b'<' if rest.get(1) != Some(&b'<') => {
                let end = rest.iter().position(|&b| b == b'>').unwrap_or(rest.len() - 1);
                out.push(Token::Hex(hex(&rest[1.min(end)..end])));
                end + 1
            }
            b'[' => {
                out.push(Token::Open);
                1
            }
            b']' => {
                out.push(Token::Close);
                1
            }
            b'%' => rest.iter().position(|&b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len()),
            b if b.is_ascii_alphabetic() => {
                let end = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
                out.push(Token::Word(&rest[..end]));
                end
            }
            _ => 1,
        };
        at += len.max(1);
    }
    out
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits.iter().filter_map(|&b| char::from(b).to_digit(16)).map(|d| d as u8).collect();
    digits.chunks(2).map(|p| p[0] << 4 | p.get(1).copied().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::CMap;

    #[test]
    fn codes_and_ranges_give_letters() {
        let map = CMap::read(
            b"1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <01> <0041> <0002> <00660069> endbfchar\n\
              2 beginbfrange <10> <12> <0061> <20> <21> [<0078> <D83DDE00>] endbfrange",
        );
        let got: Vec<_> = [1, 2, 0x12, 0x21].iter().map(|c| map.get(*c).unwrap_or_default()).collect();
        assert_eq!(got, ["A", "fi", "c", "😀"]);
        assert_eq!(map.get(3), None);
    }
}
