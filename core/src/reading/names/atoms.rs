//! The words of a text as names see them: how each is capitalised, and its spelling folded.

use super::super::words::{TokenKind, Words};
use crate::lang::en::names as lexicon;
use crate::text::{Span, Text};
use std::collections::BTreeSet;
use std::ops::Range;

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// In lower case.
    Lower,
    /// With a capital at its front: `Lund`, `al-Amal`, `McKay`.
    Capital,
    /// In capitals, two letters at least: `WHO`, `U.S.`
    Capitals,
    /// One capital letter.
    Initial,
    /// Digits.
    Number,
    /// A mark.
    Mark,
}

/// A word, or a part of a hyphened one: `US` and `-backed`.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// Where it stands.
    pub(super) span: Span,
    /// How it is written.
    pub(super) shape: Shape,
    /// Its folded spelling; for marks the mark.
    pub(super) word: String,
}

impl Atom {
    /// Says whether it begins with a capital.
    pub(super) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Capitals | Shape::Initial)
    }
}

/// A sentence's atoms.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Indices into [`Sheet::atoms`].
    pub(super) atoms: Range<usize>,
    /// The number of its paragraph.
    pub(super) paragraph: usize,
    /// Whether nearly all its words are capitalised, as in a headline, so that capitals tell nothing.
    pub(super) headline: bool,
}

/// All atoms of the parts that are read.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// The text.
    pub(super) text: &'a Text,
    /// In text order.
    pub(super) atoms: Vec<Atom>,
    /// In text order.
    pub(super) lines: Vec<Line>,
    /// The words that occur in lower case.
    pub(super) lower: BTreeSet<String>,
    /// The words that occur capitalised inside a sentence.
    pub(super) upper: BTreeSet<String>,
    /// Pairs of neighbours that occur capitalised inside a sentence.
    pub(super) pairs: BTreeSet<String>,
    /// The second words of such pairs: surnames among them.
    pub(super) tails: BTreeSet<String>,
    /// The words in capitals that stand alone in brackets: acronyms as they are introduced.
    pub(super) acronyms: BTreeSet<String>,
}

impl<'a> Sheet<'a> {
    /// Looks at every word once.
    pub(super) fn of(text: &'a Text, words: &Words) -> Sheet<'a> {
        let mut sheet = Sheet {
            text,
            atoms: Vec::new(),
            lines: Vec::new(),
            lower: BTreeSet::new(),
            upper: BTreeSet::new(),
            pairs: BTreeSet::new(),
            tails: BTreeSet::new(),
            acronyms: BTreeSet::new(),
        };
        for s in words.sentences.iter().filter(|s| s.part.is_read()) {
            let first = sheet.atoms.len();
            for token in &words.tokens[s.tokens.clone()] {
                push(text, token.span, token.kind, &mut sheet.atoms);
            }
            let atoms = first..sheet.atoms.len();
            for three in sheet.atoms[atoms.clone()].windows(3) {
                if three[0].word == "(" && three[1].shape == Shape::Capitals && three[2].word == ")" {
                    sheet.acronyms.insert(three[1].word.clone());
                }
            }
            let headline = is_headline(&sheet.atoms[atoms.clone()]);
            if !headline {
                sheet.count(atoms.clone());
            }
            sheet.lines.push(Line { atoms, paragraph: s.paragraph, headline });
        }
        sheet
    }

    fn count(&mut self, atoms: Range<usize>) {
        let mut inside = false;
        let mut before: Option<&str> = None;
        for atom in &self.atoms[atoms] {
            let last = before.take();
            match atom.shape {
                Shape::Lower => {
                    self.lower.insert(atom.word.clone());
                }
                Shape::Capital | Shape::Capitals if inside => {
                    self.upper.insert(atom.word.clone());
                    if let Some(last) = last {
                        self.pairs.insert(format!("{last} {}", atom.word));
                        self.tails.insert(atom.word.clone());
                    }
                    before = Some(&atom.word);
                }
                Shape::Mark if matches!(atom.word.as_str(), "“" | "\"" | ":" | "‘" | "•") => {
                    inside = false;
                    continue;
                }
                _ => {}
            }
            inside |= atom.shape != Shape::Mark;
        }
    }

    /// Says whether the ending of an unknown word at a sentence's front is that of a common noun, and nothing else in
    /// the text shows it to be a name.
    pub(super) fn is_noun_at_front(&self, at: usize) -> bool {
        const ENDINGS: [&str; 16] = [
            "ing", "tion", "tions", "ness", "ment", "ments", "ly", "ity", "ities", "ism", "ers", "ors", "ists", "ages",
            "ures", "als",
        ];
        let atom = &self.atoms[at];
        let word = atom.word.as_str();
        atom.shape == Shape::Capital
            && ENDINGS.iter().any(|e| word.ends_with(e))
            && !self.upper.contains(word)
            && !self.tails.contains(word)
    }

    /// Returns the folded word at an index, empty outside `line`.
    pub(super) fn word(&self, line: &Line, at: usize) -> &str {
        if line.atoms.contains(&at) { &self.atoms[at].word } else { "" }
    }

    /// Says whether two neighbours touch.
    pub(super) fn touch(&self, at: usize) -> bool {
        at > 0 && self.atoms[at - 1].span.end() == self.atoms[at].span.start()
    }

    /// Returns the span from one atom to another, both included.
    pub(super) fn span(&self, atoms: Range<usize>) -> Option<Span> {
        let first = self.atoms.get(atoms.start)?;
        let last = self.atoms.get(atoms.end.checked_sub(1)?)?;
        Some(first.span.cover(last.span))
    }
}

fn push(text: &Text, span: Span, kind: TokenKind, out: &mut Vec<Atom>) {
    let words = text.get(span);
    match kind {
        TokenKind::Mark => out.push(Atom { span, shape: Shape::Mark, word: lexicon::fold(words) }),
        TokenKind::Number => out.push(Atom { span, shape: Shape::Number, word: lexicon::fold(words) }),
        TokenKind::Word => match hyphened(words) {
            Some(cut) => {
                let middle = span.start() + cut;
                let pieces = [(span.start(), middle), (middle, middle + 1), (middle + 1, span.end())];
                for span in pieces.into_iter().filter_map(|(from, to)| text.span(from, to)) {
                    let piece = text.get(span);
                    out.push(Atom { span, shape: shape(piece), word: lexicon::fold(piece) });
                }
            }
            None => out.push(Atom { span, shape: shape(words), word: lexicon::fold(words) }),
        },
    }
}

/// Returns where the hyphen stands of a word like `US-backed` or `Peru-Chile`, whose halves are words of their own.
fn hyphened(word: &str) -> Option<usize> {
    let at = word.find('-')?;
    let (head, tail) = (&word[..at], &word[at + 1..]);
    const PREFIXES: [&str; 9] = ["ex", "anti", "pro", "non", "pre", "post", "trans", "then", "now"];
    if PREFIXES.contains(&head) && tail.chars().next().is_some_and(char::is_uppercase) {
        return Some(at);
    }
    let capital = |s: &str| s.chars().next().is_some_and(char::is_uppercase);
    if !capital(head) || tail.is_empty() || lexicon::known(&lexicon::fold(word)).is_some() {
        return None;
    }
    let known = lexicon::known(&lexicon::fold(head)).is_some();
    let halves = if capital(tail) {
        known && lexicon::known(&lexicon::fold(tail)).is_some()
    } else {
        const TAILS: [&str; 14] = [
            "based",
            "led",
            "backed",
            "born",
            "funded",
            "owned",
            "controlled",
            "held",
            "run",
            "made",
            "trained",
            "appointed",
            "area",
            "style",
        ];
        known || TAILS.contains(&tail)
    };
    halves.then_some(at)
}

fn shape(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Shape::Mark };
    let rest: Vec<char> = letters.collect();
    if first.is_uppercase() {
        return if rest.is_empty() {
            Shape::Initial
        } else if rest.iter().all(|c| c.is_uppercase()) || (rest.len() >= 2 && plural_of_capitals(word)) {
            Shape::Capitals
        } else {
            Shape::Capital
        };
    }
    const ARTICLES: [&str; 15] =
        ["al-", "el-", "an-", "as-", "ash-", "at-", "ar-", "ad-", "az-", "bin-", "d'", "d’", "l'", "l’", "abu-"];
    let tail = ARTICLES.iter().find_map(|a| word.strip_prefix(a));
    if tail.is_some_and(|t| t.chars().next().is_some_and(char::is_uppercase)) {
        return Shape::Capital;
    }
    let mixed = rest.iter().any(|c| c.is_uppercase());
    if mixed && lexicon::begins_known(&lexicon::fold(word)) { Shape::Capital } else { Shape::Lower }
}

/// Says whether this is capitals with a small `s`: `MPs`, `NGOs`.
fn plural_of_capitals(word: &str) -> bool {
    word.strip_suffix('s').is_some_and(|w| w.len() >= 2 && w.chars().all(char::is_uppercase))
}

/// Says whether capitals tell nothing here: of four long words or more hardly any is in lower case, and everyday words
/// are capitalised behind the first: two, or one where all is in capitals.
fn is_headline(atoms: &[Atom]) -> bool {
    let words = || atoms.iter().filter(|a| !matches!(a.shape, Shape::Mark | Shape::Number));
    let long = || words().filter(|a| a.is_capital() && a.word.chars().count() >= 4);
    let small =
        words().filter(|a| a.shape == Shape::Lower && a.word.len() >= 3 && !lexicon::opens_sentence(&a.word)).count();
    let shouted = long().all(|a| a.shape == Shape::Capitals);
    let plain = long().skip(1).filter(|a| is_plain(&a.word)).count();
    long().count() >= 4 && small * 6 <= long().count() && (plain >= 2 || (plain == 1 && shouted))
}

/// Says whether a word is an everyday one that is not often part of names.
fn is_plain(word: &str) -> bool {
    lexicon::is_common(word)
        && !lexicon::organization_head(word)
        && !lexicon::modifies_role(word)
        && !lexicon::place_head(word)
        && lexicon::title(word).is_none()
        && lexicon::known(word).is_none()
        && lexicon::first_name(word).is_none()
}
