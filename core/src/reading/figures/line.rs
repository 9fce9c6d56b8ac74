//! One sentence as atoms: tokens with digits parted from their letters and number words from their compounds.

use crate::lang::en::numbers::{currency, fraction_word, number_word, unit};
use crate::reading::syntax::Syntax;
use crate::reading::words::{Sentence, TokenKind, Words};
use crate::text::{Span, Text};
use std::ops::Range;

/// What an atom is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Kind {
    /// Digits that make a plain number.
    Digits(f64),
    /// Digits that are something else: `7:45`, `8th`, `1990s`, `007`, `1.2.3`.
    Odd,
    /// A word or a piece of one.
    Word,
    /// A mark.
    Mark,
}

/// How an atom stands to the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Glue {
    /// Parted by white space, or the first.
    Space,
    /// Without anything between.
    Tight,
    /// By a hyphen.
    Hyphen,
}

/// A piece of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    /// Where it stands.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: Kind,
    /// How it is joined to the atom before.
    pub(super) glue: Glue,
}

/// A sentence as atoms.
pub(super) struct Line<'a> {
    pub(super) text: &'a Text,
    pub(super) words: &'a Words,
    pub(super) syntax: &'a Syntax,
    /// The sentence's nodes in the tree.
    nodes: Range<usize>,
    pub(super) atoms: Vec<Atom>,
}

/// Says whether a sentence may hold a figure at all.
pub(super) fn has_number(words: &Words, sentence: &Sentence) -> bool {
    sentence.tokens.clone().any(|t| match words.tokens[t].kind {
        TokenKind::Number => true,
        TokenKind::Word => {
            let lower = words.lower(t);
            let first = lower.split('-').next().unwrap_or(lower);
            // "USD10m" is one token.
            lower.as_bytes().last().is_some_and(u8::is_ascii_digit)
                || lower.as_bytes().get(2..4).is_some_and(|b| b.iter().any(u8::is_ascii_digit))
                || number_word(first).is_some()
                || number_word(first.strip_suffix('s').unwrap_or("")).is_some()
                || number_word(first.strip_suffix("fold").unwrap_or("")).is_some()
                || matches!(first, "half" | "quarter" | "third" | "scores" | "minus")
        }
        TokenKind::Mark => false,
    })
}

impl<'a> Line<'a> {
    /// Cuts a sentence into atoms; `number` is its index.
    pub(super) fn of(text: &'a Text, words: &'a Words, syntax: &'a Syntax, number: usize) -> Line<'a> {
        let sentence = &words.sentences[number];
        let nodes = syntax.sentences.get(number).cloned().unwrap_or(0..0);
        let mut line = Line { text, words, syntax, nodes, atoms: Vec::with_capacity(sentence.tokens.len() + 8) };
        let mut end = usize::MAX;
        for t in sentence.tokens.clone() {
            let token = words.tokens[t];
            if token.span.start() < end && end != usize::MAX {
                continue;
            }
            let glue = if token.span.start() == end { Glue::Tight } else { Glue::Space };
            end = token.span.end();
            match token.kind {
                TokenKind::Number => line.number(token.span, glue),
                TokenKind::Word => end = line.coded(token.span, sentence.span, glue).unwrap_or(end),
                TokenKind::Mark => line.push(token.span, Kind::Mark, glue),
            }
        }
        line
    }

    fn push(&mut self, span: Span, kind: Kind, glue: Glue) {
        self.atoms.push(Atom { span, kind, glue });
    }

    /// Returns how many atoms there are.
    pub(super) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// Returns an atom in lower case; empty behind the end.
    pub(super) fn lower(&self, at: usize) -> &'a str {
        self.atoms.get(at).map_or("", |a| self.words.lower_at(a.span))
    }

    /// Returns an atom as printed; empty behind the end.
    pub(super) fn print(&self, at: usize) -> &'a str {
        self.atoms.get(at).map_or("", |a| self.text.get(a.span))
    }

    /// Says whether an atom is a word.
    pub(super) fn is_word(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|a| a.kind == Kind::Word)
    }

    /// Says whether an atom begins with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.print(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Says whether a node of the tree begins with a capital.
    pub(super) fn capital_node(&self, node: usize) -> bool {
        self.text.get(self.syntax.nodes[node].span).starts_with(char::is_uppercase)
    }

    /// Returns how an atom is joined to the one before.
    pub(super) fn glue(&self, at: usize) -> Glue {
        self.atoms.get(at).map_or(Glue::Space, |a| a.glue)
    }

    /// Returns the first node of an atom in the tree.
    pub(super) fn node(&self, at: usize) -> Option<usize> {
        let span = self.atoms.get(at)?.span;
        let nodes = &self.syntax.nodes[self.nodes.clone()];
        let n = self.nodes.start + nodes.partition_point(|n| n.span.end() <= span.start());
        (n < self.nodes.end && self.syntax.nodes[n].span.start() < span.end()).then_some(n)
    }

    /// Returns the atom that holds the start of a node.
    pub(super) fn atom(&self, node: usize) -> Option<usize> {
        let start = self.syntax.nodes[node].span.start();
        let at = self.atoms.partition_point(|a| a.span.end() <= start);
        (at < self.atoms.len()).then_some(at)
    }

    /// Returns the span of the atoms `from..to`.
    pub(super) fn cover(&self, from: usize, to: usize) -> Option<Span> {
        let first = self.atoms.get(from)?;
        Some(first.span.cover(self.atoms.get(to.checked_sub(1)?)?.span))
    }

    /// Returns the words of atoms `from..to` in lower case, parted as printed by a space, a hyphen or nothing.
    pub(super) fn joined(&self, from: usize, to: usize) -> String {
        let mut out = String::new();
        for at in from..to.min(self.len()) {
            match self.glue(at) {
                _ if at == from => {}
                Glue::Space => out.push(' '),
                Glue::Hyphen => out.push('-'),
                Glue::Tight => {}
            }
            out.push_str(self.lower(at));
        }
        out
    }

    /// Cuts digits from the letters behind them.
    fn number(&mut self, span: Span, glue: Glue) {
        let print = self.text.get(span);
        if self.decimals(span, glue) {
            return;
        }
        let len = print.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | ':'))).unwrap_or(print.len());
        let (digits, tail) = print.split_at(len);
        let kind = match tail {
            "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" | "s" => Kind::Odd,
            _ => number_of(digits).or_else(|| vulgar(print)).map_or(Kind::Odd, Kind::Digits),
        };
        let whole = kind == Kind::Odd || tail.is_empty() || digits.is_empty();
        let parts = (self.text.span(span.start(), span.start() + len), self.text.span(span.start() + len, span.end()));
        match parts {
            (Some(first), Some(second)) if !whole => {
                self.push(first, kind, glue);
                match vulgar(tail) {
                    Some(part) => self.push(second, Kind::Digits(part), Glue::Tight),
                    None => self.push(second, Kind::Word, Glue::Tight),
                }
            }
            _ => self.push(span, kind, glue),
        }
    }

    /// Joins decimals to the point that opens their number: ".001".
    fn decimals(&mut self, span: Span, glue: Glue) -> bool {
        let Some(point) = self.atoms.last().filter(|a| a.glue == Glue::Space && self.text.get(a.span) == ".") else {
            return false;
        };
        let print = self.text.get(span);
        if glue != Glue::Tight || !print.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let Ok(value) = format!("0.{print}").parse() else { return false };
        let whole = Atom { span: point.span.cover(span), kind: Kind::Digits(value), glue: Glue::Space };
        self.atoms.pop();
        self.atoms.push(whole);
        true
    }

    /// Cuts a currency code from the digits against it, "USD1,700", and "minus" and "sub" before a hyphen, else reads a word; the end of what was read beyond it.
    fn coded(&mut self, span: Span, within: Span, glue: Glue) -> Option<usize> {
        let print = self.text.get(span);
        let letters = print.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let is_code = (2..=3).contains(&letters) && print[..letters].bytes().all(|b| b.is_ascii_uppercase());
        let is_code = is_code && currency(&self.words.lower_at(span)[..letters]).is_some();
        // "minus-1.4", "sub-7".
        let prefix = print[..letters]
            .strip_suffix('-')
            .filter(|p| p.eq_ignore_ascii_case("minus") || p.eq_ignore_ascii_case("sub"));
        if !is_code && prefix.is_none() {
            self.word(span, glue);
            return None;
        }
        let from = span.start() + letters;
        let rest = &self.text.as_str()[from..within.end()];
        let len = rest.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(rest.len());
        let digits = rest[..len].trim_end_matches([',', '.']).len();
        self.push(self.text.span(span.start(), prefix.map_or(from, |p| span.start() + p.len()))?, Kind::Word, glue);
        let glue = if prefix.is_some() { Glue::Hyphen } else { Glue::Tight };
        let number = self.text.span(from, from + digits)?;
        self.push(number, number_of(self.text.get(number)).map_or(Kind::Odd, Kind::Digits), glue);
        let behind = &self.text.as_str()[from + digits..within.end()];
        let letters = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
        let end = from + digits + letters;
        if let Some(tail) = self.text.span(from + digits, end) {
            self.push(tail, Kind::Word, Glue::Tight);
        }
        Some(span.end().max(end))
    }

    /// Cuts a compound that begins with a number word, and one that hangs on digits by a hyphen.
    fn word(&mut self, span: Span, glue: Glue) {
        let lower = self.words.lower_at(span);
        let hangs = glue == Glue::Tight && self.hangs_on_digits();
        if hangs {
            self.atoms.pop();
        }
        let glue = if hangs { Glue::Hyphen } else { glue };
        let first = lower.split('-').next().unwrap_or(lower);
        if let Some(times) = lower.strip_suffix("fold").filter(|times| number_word(times).is_some()) {
            let cut = span.start() + times.len();
            if let (Some(times), Some(fold)) = (self.text.span(span.start(), cut), self.text.span(cut, span.end())) {
                self.push(times, Kind::Word, glue);
                self.push(fold, Kind::Word, Glue::Hyphen);
                return;
            }
        }
        let numeral = number_word(first).is_some() || fraction_word(first).is_some() || first == "minus";
        // "43 percent-owned", "a 5,000 barrel-a-day plant".
        let behind_number = self.atoms.last().is_some_and(|a| matches!(a.kind, Kind::Digits(_)) && glue == Glue::Space);
        let numeral = numeral || (behind_number && unit(first).is_some());
        if !(hangs || numeral) || first.len() == lower.len() {
            self.push(span, Kind::Word, glue);
            return;
        }
        let mut from = span.start();
        let mut glue = glue;
        for piece in lower.split('-') {
            if let Some(part) = self.text.span(from, from + piece.len()) {
                let kind = number_of(piece).map_or(Kind::Word, Kind::Digits);
                self.push(part, kind, glue);
            }
            from += piece.len() + 1;
            glue = Glue::Hyphen;
        }
    }

    /// Says whether the last atoms are digits and a hyphen against them.
    fn hangs_on_digits(&self) -> bool {
        let [.., number, mark] = self.atoms.as_slice() else { return false };
        let digits = matches!(number.kind, Kind::Digits(_));
        digits && mark.glue == Glue::Tight && matches!(self.text.get(mark.span), "-" | "\u{2010}" | "\u{2011}")
    }
}

/// Returns the value of digits with commas and one point; none for clock times, versions and codes.
fn number_of(digits: &str) -> Option<f64> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') {
        return None;
    }
    let whole = digits.split('.').next().unwrap_or(digits);
    let zero_led = whole.len() > 1 && whole.starts_with('0');
    let points = digits.bytes().filter(|&b| b == b'.').count();
    let groups_of_points = points > 1 && digits.split('.').skip(1).all(|g| g.len() == 3);
    let after_comma = digits.rsplit(',').next().unwrap_or(digits);
    let comma_decimal = digits.contains(',') && points == 0 && after_comma.len() < 3;
    if zero_led || (points > 1 && !groups_of_points) || digits.len() > 24 {
        return None;
    }
    if groups_of_points {
        return digits.replace('.', "").parse().ok();
    }
    if comma_decimal {
        return digits.replace(',', ".").parse().ok();
    }
    digits.replace(',', "").parse().ok()
}

/// Returns the value of a fraction printed as one character.
fn vulgar(print: &str) -> Option<f64> {
    Some(match print {
        "½" => 0.5,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        _ => return None,
    })
}
