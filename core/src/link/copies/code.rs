//! A report's words in few bytes: what the index remembers of a text, enough to align it with another one.
//!
//! A word that holds sentences together takes one byte, any other word two, of which fourteen bits are its hash: two
//! different words look alike once in sixteen thousand pairs, two runs of three words as good as never. Case, endings and
//! the text itself are gone.

use crate::link::words::{CAPITAL, FUNCTION, NUMBER, QUOTED, Words};

/// A word as it is remembered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::link) struct Coded {
    /// Equal for equal words; below [`CONTENT`] for words that hold sentences together.
    pub(in crate::link) code: u16,
    /// [`FUNCTION`], [`QUOTED`], [`KEPT`].
    flags: u8,
}

/// A name or a number: what a rewrite keeps.
const KEPT: u8 = 64;
/// The first code of a word that is no function word.
const CONTENT: u16 = 0x8000;
/// Different codes of function words; the lists hold about two words to one of them.
const FUNCTIONS: u32 = 124;
/// Ends a sentence.
const STOP: u8 = 124;
/// Begins or ends a quotation.
const QUOTE: u8 = 125;

impl Coded {
    pub(super) fn is_function(self) -> bool {
        self.flags & FUNCTION != 0
    }

    pub(super) fn is_quoted(self) -> bool {
        self.flags & QUOTED != 0
    }

    /// Says whether it is a name or a number.
    pub(super) fn is_kept(self) -> bool {
        self.flags & KEPT != 0
    }
}

/// The words of a report as they are remembered; the n-th is the n-th of its [`Words`].
#[derive(Clone, Debug, Default)]
pub(in crate::link) struct Code {
    pub(in crate::link) words: Vec<Coded>,
    /// Half-open ranges of `words`, in text order, none empty.
    pub(in crate::link) sentences: Vec<(u32, u32)>,
}

impl Code {
    pub(in crate::link) fn of(body: &Words) -> Code {
        let coded = body.words.iter().map(|word| {
            let function = word.is(FUNCTION);
            let code = if function { (word.key % FUNCTIONS) as u16 } else { CONTENT | (word.key & 0x3fff) as u16 };
            let kept = !function && (word.is(CAPITAL) || word.is(NUMBER));
            Coded { code, flags: word.flags & (FUNCTION | QUOTED) | if kept { KEPT } else { 0 } }
        });
        Code { words: coded.collect(), sentences: body.sentences.clone() }
    }

    /// Writes the words as bytes.
    pub(in crate::link) fn write(&self, out: &mut Vec<u8>) {
        let mut quoted = false;
        for &(from, to) in &self.sentences {
            for word in &self.words[from as usize..to as usize] {
                if word.is_quoted() != quoted {
                    quoted = !quoted;
                    out.push(QUOTE);
                }
                if word.is_function() {
                    out.push(word.code as u8);
                } else {
                    let [high, low] = (word.code & 0x3fff).to_be_bytes();
                    out.extend([0x80 | if word.is_kept() { 0x40 } else { 0 } | high, low]);
                }
            }
            out.push(STOP);
        }
    }

    /// Reads what [`Code::write`] wrote, in place of what was there.
    pub(in crate::link) fn read(&mut self, bytes: &[u8]) {
        self.words.clear();
        self.sentences.clear();
        self.words.reserve(bytes.len());
        let (mut quoted, mut from, mut at) = (0, 0, 0);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                STOP => {
                    let to = self.words.len() as u32;
                    self.sentences.push((from, to));
                    from = to;
                    at += 1;
                }
                QUOTE => {
                    quoted ^= QUOTED;
                    at += 1;
                }
                _ => {
                    // Worked out for either kind, since nobody could guess which is next.
                    let next = bytes.get(at + 1).copied().unwrap_or(0);
                    let content = Coded { code: CONTENT | u16::from_be_bytes([byte & 0x3f, next]), flags: byte & KEPT };
                    let function = Coded { code: u16::from(byte), flags: FUNCTION };
                    let is_content = byte >= 0x80;
                    let Coded { code, flags } = std::hint::select_unpredictable(is_content, content, function);
                    self.words.push(Coded { code, flags: quoted | flags });
                    at += 1 + usize::from(is_content);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::{Article, words};
    use crate::text::Span;

    #[test]
    fn what_is_written_is_read_again() {
        let text = "“We lost 300 tonnes,” said Owen Tarle. The mill in Marrowby “will open”.\n\nNobody was hurt";
        let body: Vec<Span> = Span::within(text, 0, text.len()).into_iter().collect();
        let article = Article { day: None, title: "", text, body: &body, outlet: None, credit: &[] };
        let code = Code::of(&words::body(&article));
        let mut bytes = Vec::new();
        code.write(&mut bytes);
        let mut again = Code::default();
        again.read(&bytes);
        assert_eq!(again.words, code.words);
        assert_eq!(again.sentences, code.sentences);
        assert_eq!(again.sentences.len(), 3);
        assert_eq!(code.words.iter().filter(|w| w.is_kept()).count(), 4);
    }
}
