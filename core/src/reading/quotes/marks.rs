//! Pairs quotation marks of every style within each paragraph. A quotation that is never closed ends with its paragraph.

use crate::reading::words::{TokenKind, Words};
use crate::text::Text;
use std::ops::Range;

/// A quotation: its words and its marks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Quotation {
    /// The tokens between the marks, at least one.
    pub(super) inner: Range<usize>,
    /// The tokens with the marks.
    pub(super) outer: Range<usize>,
    /// Whether a closing mark stands in its paragraph.
    pub(super) closed: bool,
    /// How many words it has.
    pub(super) words: usize,
}

/// The quotations of one text, and for each token the one it belongs to, marks included.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// In text order; they do not overlap (what is quoted within a quotation is part of it).
    pub(super) quotations: Vec<Quotation>,
    of: Vec<u32>,
}

impl Marks {
    /// Returns the quotation that a token belongs to.
    pub(super) fn of(&self, token: usize) -> Option<usize> {
        self.of.get(token).and_then(|&n| (n > 0).then(|| n as usize - 1))
    }
}

/// What a mark may do where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Does {
    Open,
    Close,
    /// A straight mark with space on both sides or on none.
    Either,
}

/// Marks that belong together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    Double,
    Angle,
    Single,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    token: usize,
    does: Does,
    style: Style,
    /// Tokens it is made of: two for ``, '' and ,, typed as doubles.
    len: usize,
}

/// Pairs the marks of all parts that are read.
pub(super) fn pair(text: &Text, words: &Words) -> Marks {
    let mut all = Marks { quotations: Vec::new(), of: vec![0; words.tokens.len()] };
    let mut open_before = false;
    let mut n = 0;
    while n < words.sentences.len() {
        let paragraph = words.sentences[n].paragraph;
        let from = words.sentences[n].tokens.start;
        let read = words.sentences[n].part.is_read();
        while n < words.sentences.len() && words.sentences[n].paragraph == paragraph {
            n += 1;
        }
        let tokens = from..words.sentences[n - 1].tokens.end;
        if read {
            open_before = pair_paragraph(text, words, tokens, open_before, &mut all);
        }
    }
    all
}

/// Pairs the marks of one paragraph; returns whether its last quotation stays open.
fn pair_paragraph(text: &Text, words: &Words, tokens: Range<usize>, open_before: bool, all: &mut Marks) -> bool {
    let marks = marks(text, words, tokens.clone());
    let doubles: Vec<Mark> = marks.iter().copied().filter(|m| m.style != Style::Single).collect();
    let singles: Vec<Mark> = marks.iter().copied().filter(|m| m.style == Style::Single).collect();
    let mut found = Vec::new();
    let mut first = 0;
    // A page break may part a quotation: its end then stands in the next paragraph, behind no opening mark.
    if open_before && doubles.first().is_some_and(|m| m.does == Does::Close) {
        found.push((tokens.start, tokens.start, doubles[0].token, doubles[0].token + doubles[0].len, true));
        first = 1;
    }
    let open = match nested(&doubles[first..]) {
        Some(pairs) => {
            found.extend(pairs);
            false
        }
        None => flat(&doubles[first..], tokens.end, &mut found),
    };
    let outside: Vec<Mark> =
        singles.into_iter().filter(|m| !found.iter().any(|f| f.0 <= m.token && m.token < f.3)).collect();
    pair_singles(text, words, &outside, &mut found);
    found.sort_unstable();
    for (outer_start, inner_start, inner_end, outer_end, closed) in found {
        let words_inside = words.tokens[inner_start..inner_end].iter().filter(|t| t.kind != TokenKind::Mark).count();
        if words_inside == 0 {
            continue;
        }
        let outer = outer_start..outer_end;
        all.quotations.push(Quotation {
            inner: inner_start..inner_end,
            outer: outer.clone(),
            closed,
            words: words_inside,
        });
        let number = all.quotations.len() as u32;
        all.of[outer].fill(number);
    }
    open
}

type Found = (usize, usize, usize, usize, bool);

/// Pairs marks with nesting; none if they do not come out even or straight marks leave it open.
fn nested(marks: &[Mark]) -> Option<Vec<Found>> {
    let mut found = Vec::new();
    let mut open: Vec<Mark> = Vec::new();
    for &mark in marks {
        let closes = match mark.does {
            Does::Close => true,
            Does::Open => false,
            Does::Either => !open.is_empty(),
        };
        if closes {
            let opening = open.pop()?;
            if open.is_empty() {
                found.push((opening.token, opening.token + opening.len, mark.token, mark.token + mark.len, true));
            }
        } else {
            open.push(mark);
        }
    }
    open.is_empty().then_some(found)
}

/// Pairs marks without nesting; returns whether the last quotation stays open.
fn flat(marks: &[Mark], end: usize, found: &mut Vec<Found>) -> bool {
    let mut open: Option<Mark> = None;
    for &mark in marks {
        match (open, mark.does) {
            (None, Does::Open | Does::Either) => open = Some(mark),
            (Some(opening), Does::Close | Does::Either) => {
                found.push((opening.token, opening.token + opening.len, mark.token, mark.token + mark.len, true));
                open = None;
            }
            // A second opening mark: the copy lost one in between; the words are still quoted.
            (Some(_), Does::Open) | (None, Does::Close) => {}
        }
    }
    if let Some(opening) = open {
        found.push((opening.token, opening.token + opening.len, end, end, false));
    }
    open.is_some()
}

/// Pairs single marks, which are apostrophes too: an opening one needs a closing one that ends a phrase.
fn pair_singles(text: &Text, words: &Words, marks: &[Mark], found: &mut Vec<Found>) {
    let mut open: Option<(Mark, Option<Mark>)> = None;
    let mut done = Vec::new();
    for &mark in marks {
        match (&mut open, mark.does) {
            (None, Does::Open) => open = Some((mark, None)),
            (Some((opening, maybe)), Does::Close) => {
                let before = words.tokens[mark.token - 1];
                let plural = before.kind == TokenKind::Word && text.get(before.span).ends_with(['s', 'S', 'z', 'x']);
                if plural {
                    maybe.get_or_insert(mark);
                } else {
                    done.push((*opening, mark));
                    open = None;
                }
            }
            (Some((opening, Some(closing))), Does::Open) => {
                done.push((*opening, *closing));
                open = Some((mark, None));
            }
            _ => {}
        }
    }
    if let Some((opening, Some(closing))) = open {
        done.push((opening, closing));
    }
    found.extend(done.iter().map(|(o, c)| (o.token, o.token + 1, c.token, c.token + 1, true)));
}

fn marks(text: &Text, words: &Words, tokens: Range<usize>) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        let here = at;
        at += 1;
        if words.tokens[here].kind != TokenKind::Mark {
            continue;
        }
        let twin = at < tokens.end
            && words.tokens[here].span.end() == words.tokens[at].span.start()
            && text.get(words.tokens[here].span) == text.get(words.tokens[at].span);
        let len = if twin && "'’‘`".contains(text.get(words.tokens[here].span)) { 2 } else { 1 };
        let (style, does) = match text.get(words.tokens[here].span) {
            "“" | "„" | "‟" => (Style::Double, Does::Open),
            // In Swedish and German copy ” and “ change sides; space tells.
            "”" => (Style::Double, side(text, words, here, len, &tokens).unwrap_or(Does::Close)),
            "\"" | "＂" => (Style::Double, side(text, words, here, len, &tokens).unwrap_or(Does::Either)),
            "«" => (Style::Angle, side(text, words, here, len, &tokens).unwrap_or(Does::Open)),
            "»" => (Style::Angle, side(text, words, here, len, &tokens).unwrap_or(Does::Close)),
            "``" => (Style::Double, Does::Open),
            "`" if twin => (Style::Double, Does::Open),
            "'" | "’" if twin => (Style::Double, side(text, words, here, len, &tokens).unwrap_or(Does::Close)),
            "‘" if twin => (Style::Double, Does::Open),
            "‘" | "‚" => (Style::Single, Does::Open),
            "'" | "’" | "`" => match side(text, words, here, len, &tokens) {
                Some(does) => (Style::Single, does),
                None => continue,
            },
            _ => continue,
        };
        at = here + len;
        // German low marks: „…“
        let low = out.last().is_some_and(|m: &Mark| text.get(words.tokens[m.token].span) == "„");
        let does = if low && text.get(words.tokens[here].span) == "“" { Does::Close } else { does };
        out.push(Mark { token: here, does, style, len });
    }
    out
}

/// Tells from the space around a mark whether it opens or closes.
fn side(text: &Text, words: &Words, at: usize, len: usize, tokens: &Range<usize>) -> Option<Does> {
    let last = at + len - 1;
    let span = words.tokens[at].span.cover(words.tokens[last].span);
    let whole = text.as_str();
    let open_before = at == tokens.start
        || whole[..span.start()].chars().next_back().is_none_or(|c| c.is_whitespace() || "([{—–-‘“'\"".contains(c));
    let open_behind = last + 1 >= tokens.end
        || whole[span.end()..].chars().next().is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–-”’'\"".contains(c));
    match (open_before, open_behind) {
        (true, false) => Some(Does::Open),
        (false, true) => Some(Does::Close),
        _ => None,
    }
}
