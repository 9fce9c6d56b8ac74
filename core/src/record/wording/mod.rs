//! One quote in several wordings: where a text carries it, and which words were left out, added or changed.

mod told;

use super::Member;
use crate::reading::{Speech, Token, TokenKind, words};
use crate::text::{Span, Text};
use std::collections::BTreeMap;
use told::{Told, clause, turns};

/// Longest quote that is looked for, in words. guess: a speech, not a book.
pub const LONGEST: usize = 600;
/// Shortest quote that is looked for, in words. guess: two words are anybody's.
pub const SHORTEST: usize = 3;
/// Stretches of a text that a quote is held against where it is not printed word for word. guess.
const STRETCHES: usize = 5;
/// Share of a quote's words that a text must print in order to carry it, in percent. guess: below that it is another quote.
const LEAST: usize = 50;
/// The same where words were changed. guess.
const LEAST_ALTERED: usize = 60;
/// Fewest words that a text must share with a quote, unless the quote is shorter. guess: three are a phrase of the language.
const FEWEST: usize = 4;
/// Words in front of a quote that are looked at for what turns it round. guess: a clause.
const LEAD: usize = 15;
/// Fewest words in quotation marks that are a part of a quote if all of them stand in it so. guess.
const FEWEST_MARKED: usize = 3;

/// How a text prints a quote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Likeness {
    /// Word for word; marks and capitals may differ.
    Exact,
    /// Only a part, or with a gap that is marked "…"; no word is another.
    Trimmed,
    /// With other words, more words, a gap that is not marked, or one that leaves out a denial.
    Altered,
}

impl Likeness {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Likeness::Exact => "exact",
            Likeness::Trimmed => "trimmed",
            Likeness::Altered => "altered",
        }
    }
}

/// A stretch in which two wordings differ; one of the two may be empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The words of the first wording.
    pub from: String,
    /// What the second has in their place.
    pub to: String,
}

/// A wording of a quote found in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wording {
    /// How it is printed.
    pub likeness: Likeness,
    /// What differs, in the order of the quote.
    pub changes: Vec<Change>,
    /// Where it stands.
    pub span: Span,
}

/// A report that carries a quote.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The report: index into the members.
    pub report: usize,
    /// How it prints it.
    pub wording: Wording,
    /// The statement it stands in: index into the report's statements.
    pub statement: Option<usize>,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
}

/// A word to compare: as it counts, as it is printed, whether a gap is marked before it, and whether it is the sign of a
/// number: £, %, a minus.
#[derive(Clone, Debug)]
struct Word {
    folded: String,
    span: Span,
    gap: bool,
    sign: bool,
}

impl Word {
    /// Says whether a sign beside it is its own.
    fn takes_sign(&self) -> bool {
        self.sign || self.folded.starts_with(|c: char| c.is_numeric())
    }

    /// Says whether it turns what is said into its opposite: where it is left out, no mark makes the gap fair.
    fn denies(&self) -> bool {
        let stem = |stem: &str, ends: &[&str]| self.folded.strip_prefix(stem).is_some_and(|end| ends.contains(&end));
        matches!(
            self.folded.as_str(),
            "not"
                | "never"
                | "no"
                | "nobody"
                | "nothing"
                | "none"
                | "without"
                | "cannot"
                | "nor"
                | "neither"
                | "nowhere"
                | "no-one"
        ) || self.folded.ends_with("n't")
            || stem("refus", &["e", "es", "ed", "ing", "al", "als"])
            || stem("den", &["y", "ies", "ied", "ying", "ial", "ials"])
            || stem("fail", &["", "s", "ed", "ing", "ure", "ures"])
    }
}

/// Returns how many words a quote has.
pub fn length(quote: &str) -> usize {
    words::split(&Text::verbatim(quote)).tokens.iter().filter(|t| t.kind != TokenKind::Mark).count()
}

/// Finds the reports that carry a quote, in their order. A quote longer than [`LONGEST`] is found word for word only.
pub fn carriers(members: &[Member], quote: &str) -> Vec<Carried> {
    let quote = Quote::of(quote);
    let found = members.iter().enumerate().filter_map(|(report, member)| {
        let text = &member.report.text;
        let whole = quote.find(text, &member.reading.words.tokens, &|span| Told::at(text, span));
        let wording = whole.or_else(|| quote.part(member))?;
        let statements = member.reading.statements.iter().enumerate();
        let overlap = |s: &crate::reading::Statement| -> usize {
            let shared = |c: &Span| c.end().min(wording.span.end()).saturating_sub(c.start().max(wording.span.start()));
            s.content.iter().map(shared).sum()
        };
        // What somebody is said to have said is theirs, not the words of who tells it.
        let ranked = statements.filter(|(_, s)| !s.act.is_silence()).map(|(n, s)| (overlap(s), s.within.is_some(), n));
        let best = ranked.filter(|(o, ..)| *o > 0).max_by_key(|&(o, inner, n)| (o, inner, usize::MAX - n));
        let statement = best.map(|(.., n)| n);
        let marked = statement.is_some_and(|n| member.reading.statements[n].kind != Speech::Indirect);
        let quoted = marked || is_marked(&member.report.text, wording.span);
        Some(Carried { report, wording, statement, quoted })
    });
    found.collect()
}

/// Says how the second of two wordings prints the first, and what differs.
pub fn compare(first: &str, second: &str) -> Option<Wording> {
    let text = Text::verbatim(second);
    Quote::of(first).find(&text, &words::split(&text).tokens, &|_| Told::Spoken)
}

/// Says whether a quotation mark stands right before a passage.
fn is_marked(text: &Text, span: Span) -> bool {
    let before = text.as_str()[..span.start()].trim_end();
    before.ends_with(['“', '"', '„', '«', '‘', '\''])
}

/// Returns what stands in quotation marks in a stretch of words; all of it if it holds no marks.
fn in_marks(text: &Text, content: Span) -> Vec<Span> {
    let words = text.get(content);
    let mark = |c: char| matches!(c, '“' | '”' | '"' | '„' | '«' | '»');
    if !words.contains(mark) {
        return vec![content];
    }
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in words.char_indices().filter(|(_, c)| mark(*c)) {
        match open.take() {
            Some(from) => out.extend(text.span(content.start() + from, content.start() + at)),
            None => open = Some(at + c.len_utf8()),
        }
    }
    // The mark that closes the last may stand behind the stretch.
    out.extend(open.and_then(|from| text.span(content.start() + from, content.end())));
    out
}

/// A quote cut into words.
struct Quote {
    text: Text,
    words: Vec<Word>,
}

impl Quote {
    fn of(quote: &str) -> Quote {
        let text = Text::verbatim(quote);
        let tokens = words::split(&text).tokens;
        let words = cut(&text, &tokens);
        Quote { text, words }
    }

    /// Finds the stretch of a text that prints most of the quote, if it prints enough of it: word for word wherever that
    /// stands, else the closest.
    fn find(&self, text: &Text, tokens: &[Token], told: &dyn Fn(Span) -> Told) -> Option<Wording> {
        let all = cut(text, tokens);
        if self.words.is_empty() {
            return None;
        }
        if let Some(exact) = self.exact(text, &all, told) {
            return Some(exact);
        }
        let length = self.words.len();
        let needed = FEWEST.min(length).max(length * LEAST / 100);
        let stretches = if length > LONGEST { Vec::new() } else { self.stretches(&all, needed) };
        let aligned = stretches.into_iter().map(|near| (align(&self.words, &all[near.clone()]), near));
        let ((_, pairs), near) = aligned.reduce(|best, next| if next.0.0 > best.0.0 { next } else { best })?;
        if pairs.len() < needed {
            return None;
        }
        let enough = pairs.len() * 100 >= length * LEAST_ALTERED;
        self.wording(text, &all[near], &pairs, told).filter(|w| enough || w.likeness != Likeness::Altered)
    }

    /// Finds the first place that prints the quote word for word, the signs of its numbers as well.
    fn exact(&self, text: &Text, all: &[Word], told: &dyn Fn(Span) -> Told) -> Option<Wording> {
        let length = self.words.len();
        // A longer one is a whole statement held against another: they begin alike or are not alike.
        let starts = if length > LONGEST { 0..1 } else { 0..all.len() };
        starts.into_iter().find_map(|at| {
            let run = all.get(at..at + length)?;
            if run.iter().zip(&self.words).any(|(a, b)| a.folded != b.folded) {
                return None;
            }
            let lead = at.min(LEAD);
            let near = &all[at - lead..all.len().min(at + length + 1)];
            let pairs: Vec<(usize, usize)> = (0..length).map(|n| (n, n + lead)).collect();
            self.wording(text, near, &pairs, told).filter(|w| w.likeness == Likeness::Exact)
        })
    }

    /// Returns the stretches of a text that hold most words of the quote, the fullest first, each with room around it.
    fn stretches(&self, all: &[Word], needed: usize) -> Vec<std::ops::Range<usize>> {
        let (length, width) = (self.words.len(), 2 * self.words.len() + 8);
        let full = self.fullness(all, width);
        let mut ends: Vec<usize> = Vec::new();
        while ends.len() < STRETCHES {
            let apart = |end: &usize| ends.iter().all(|e| e.abs_diff(*end) >= width);
            let free = (0..full.len()).filter(|end| full[*end] >= needed && apart(end));
            let Some(end) = free.max_by_key(|&end| (full[end], usize::MAX - end)) else { break };
            ends.push(end);
        }
        let stretch = |end: usize| (end + 1).saturating_sub(width + length)..all.len().min(end + 1 + length);
        ends.into_iter().map(stretch).collect()
    }

    /// Counts, for the window that ends at each word of a text, how many words of the quote it holds; a word that the quote
    /// has twice counts twice at most.
    fn fullness(&self, all: &[Word], width: usize) -> Vec<usize> {
        let mut free: BTreeMap<&str, i64> = BTreeMap::new();
        self.words.iter().for_each(|w| *free.entry(&w.folded).or_default() += 1);
        let mut here = 0;
        let mut out = Vec::with_capacity(all.len());
        for (end, word) in all.iter().enumerate() {
            if let Some(left) = free.get_mut(word.folded.as_str()) {
                here += usize::from(*left > 0);
                *left -= 1;
            }
            let gone = end.checked_sub(width).and_then(|gone| free.get_mut(all[gone].folded.as_str()));
            if let Some(left) = gone {
                *left += 1;
                here -= usize::from(*left > 0);
            }
            out.push(here);
        }
        out
    }

    /// Finds words in quotation marks that are a part of the quote: The pump “failed by June”, she said.
    fn part(&self, member: &Member) -> Option<Wording> {
        let text = &member.report.text;
        let contents = member.reading.statements.iter().filter(|s| s.kind != Speech::Indirect).flat_map(|s| &s.content);
        contents.flat_map(|&content| in_marks(text, content)).find_map(|span| {
            let tokens = &member.reading.words.tokens[member.reading.words.inside(span)];
            let near = cut(text, tokens);
            if near.len() > LONGEST || self.words.len() > LONGEST {
                return None;
            }
            let (_, pairs) = align(&self.words, &near);
            let run = pairs.windows(2).all(|p| p[1].0 == p[0].0 + 1);
            let all = near.len() >= FEWEST_MARKED && pairs.len() == near.len() && run;
            all.then(|| self.wording(text, &near, &pairs, &|_| Told::Spoken)).flatten()
        })
    }

    /// Tells what differs between the quote and words aligned with it.
    fn wording(
        &self,
        text: &Text,
        near: &[Word],
        pairs: &[(usize, usize)],
        told: &dyn Fn(Span) -> Told,
    ) -> Option<Wording> {
        let (&(first, from), &(last, to)) = (pairs.first()?, pairs.last()?);
        let mut changes = Vec::new();
        let mut altered = false;
        let gone = |range: std::ops::Range<usize>| printed(&self.text, &self.words[range]);
        // A sign cut off its number makes it another number, also at the ends of what is alike.
        let own = usize::from(first > 0 && self.words[first - 1].sign && self.words[first].takes_sign());
        let theirs = usize::from(from > 0 && near[from - 1].sign && near[from].takes_sign());
        // What is cut off in front of a clause may turn it round, on either side: "I never said | the pump failed".
        let hidden = turns(text, &near[..from], near[from].span.start(), told(near[from].span));
        altered |= hidden || turns(&self.text, &self.words[..first], self.words[first].span.start(), Told::Spoken);
        if first > own {
            changes.push(Change { from: gone(0..first - own), to: String::new() });
        }
        if hidden && own + theirs == 0 {
            let clause = near[..from].len() - clause(text, &near[..from], near[from].span.start()).len();
            changes.push(Change { from: String::new(), to: printed(text, &near[clause..from]) });
        }
        if own + theirs > 0 {
            altered = true;
            changes.push(Change { from: gone(first - own..first), to: printed(text, &near[from - theirs..from]) });
        }
        for pair in pairs.windows(2) {
            let ((a, b), (c, d)) = (pair[0], pair[1]);
            if c == a + 1 && d == b + 1 {
                continue;
            }
            let (out, new) = (a + 1..c, b + 1..d);
            let marked = new.is_empty() && near[d].gap || out.is_empty() && self.words[c].gap;
            let denied = self.words[out.clone()].iter().chain(&near[new.clone()]).any(Word::denies);
            altered |= !marked || denied;
            changes.push(Change { from: gone(out), to: printed(text, &near[new]) });
        }
        let follows = |words: &[Word], at: usize| {
            usize::from(words[at].takes_sign() && words.get(at + 1).is_some_and(|w| w.sign && w.folded != "-"))
        };
        let (own, theirs) = (follows(&self.words, last), follows(near, to));
        if own + theirs > 0 {
            altered = true;
            let change = printed(text, &near[to + 1..to + 1 + theirs]);
            changes.push(Change { from: gone(last + 1..last + 1 + own), to: change });
        }
        if last + 1 + own < self.words.len() {
            changes.push(Change { from: gone(last + 1 + own..self.words.len()), to: String::new() });
        }
        let likeness = match (altered, changes.is_empty()) {
            (true, _) => Likeness::Altered,
            (false, true) => Likeness::Exact,
            (false, false) => Likeness::Trimmed,
        };
        Some(Wording { likeness, changes, span: near[from].span.cover(near[to].span) })
    }
}

/// Returns words as printed, from the first to the last.
fn printed(text: &Text, words: &[Word]) -> String {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
    text.get(first.span.cover(last.span)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts a text into words that compare: lower case, apostrophes alike, marks left out but for the signs of numbers.
fn cut(text: &Text, tokens: &[Token]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut gap = false;
    for (n, token) in tokens.iter().enumerate() {
        let shown = text.get(token.span);
        let sign = if token.kind == TokenKind::Mark { sign(text, tokens, n) } else { None };
        if token.kind == TokenKind::Mark && sign.is_none() {
            gap |= matches!(shown, "…" | "[" | "]" | "...") || shown.starts_with("..");
            continue;
        }
        let mut folded = sign.unwrap_or_else(|| shown.to_lowercase().replace('’', "'"));
        let mut span = token.span;
        // "5 per cent", "5 percent" and "5%" are one number.
        if folded == "cent" && !gap && out.last().is_some_and(|w| w.folded == "per") {
            let per = out.pop();
            (span, gap) = (per.as_ref().map_or(span, |w| w.span.cover(span)), per.is_some_and(|w| w.gap));
            folded = "%".to_owned();
        } else if folded == "percent" {
            folded = "%".to_owned();
        }
        let sign = sign_of_number(&folded);
        out.push(Word { folded, span, gap, sign });
        gap = false;
    }
    out
}

/// Says whether a folded word is the sign of a number.
fn sign_of_number(folded: &str) -> bool {
    let mut chars = folded.chars();
    chars.next().is_some_and(|c| is_currency(c) || matches!(c, '%' | '‰' | '-' | '+' | '±')) && chars.next().is_none()
}

/// Returns how a mark counts if it is the sign of a number: a currency, a share, or a minus or plus right before it.
fn sign(text: &Text, tokens: &[Token], n: usize) -> Option<String> {
    let token = tokens[n];
    let c = text.get(token.span).chars().next()?;
    if is_currency(c) || matches!(c, '%' | '‰') {
        return Some(c.to_string());
    }
    let folded = match c {
        '-' | '−' | '–' if token.span.end() - token.span.start() == c.len_utf8() => "-",
        '+' => "+",
        '±' => "±",
        _ => return None,
    };
    // "5–10" is a range and "A-4" a name: a sign stands free to its left.
    let free = text.as_str()[..token.span.start()].chars().next_back().is_none_or(|b| !b.is_alphanumeric());
    let next = tokens.get(n + 1).filter(|t| t.span.start() == token.span.end())?;
    let number = next.kind == TokenKind::Number || text.get(next.span).starts_with(is_currency);
    (free && number).then(|| folded.to_owned())
}

/// Says whether a character is a currency sign (Unicode general category Sc, the signs in use).
fn is_currency(c: char) -> bool {
    matches!(c, '$' | '¢'..='¥' | '֏' | '؋' | '৲' | '৳' | '૱' | '௹' | '฿' | '៛' | '₠'..='\u{20c0}' | '﷼' | '＄' | '￠' | '￡' | '￥' | '￦')
}

/// Aligns two wordings: pairs of equal words in order, as many as there are, close together rather than scattered; and how
/// good they are.
///
/// A local alignment (Smith and Waterman 1981): 3 for a pair, −1 for a word left out on either side. guess: a pair pays for
/// three words between it and the rest, so that a chance word far off is no part of the quote.
fn align(a: &[Word], b: &[Word]) -> (i32, Vec<(usize, usize)>) {
    let width = b.len() + 1;
    let mut score = vec![0i32; (a.len() + 1) * width];
    let mut best = (0, 0, 0);
    let mut number: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut left, mut right) = (vec![0u32; a.len()], vec![0u32; b.len()]);
    for (slot, word) in left.iter_mut().zip(a).chain(right.iter_mut().zip(b)) {
        let next = number.len() as u32;
        *slot = *number.entry(&word.folded).or_insert(next);
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let pair = if left[i - 1] == right[j - 1] { score[(i - 1) * width + j - 1] + 3 } else { 0 };
            let gap = score[(i - 1) * width + j].max(score[i * width + j - 1]) - 1;
            let here = pair.max(gap).max(0);
            score[i * width + j] = here;
            if here > best.0 {
                best = (here, i, j);
            }
        }
    }
    let (most, mut i, mut j) = best;
    let mut pairs = Vec::new();
    while i > 0 && j > 0 && score[i * width + j] > 0 {
        let here = score[i * width + j];
        if left[i - 1] == right[j - 1] && here == score[(i - 1) * width + j - 1] + 3 {
            pairs.push((i - 1, j - 1));
            (i, j) = (i - 1, j - 1);
        } else if here == score[(i - 1) * width + j] - 1 {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs.reverse();
    (most, pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(quote: &str, text: &str, likeness: Option<Likeness>, changes: &[(&str, &str)]) {
        let found = compare(quote, text);
        assert_eq!(found.as_ref().map(|w| w.likeness), likeness, "{text}");
        let told: Vec<(String, String)> = found.into_iter().flat_map(|w| w.changes).map(|c| (c.from, c.to)).collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(told, changes, "{text}");
    }

    const QUOTE: &str = "We asked for rest days and were given leaflets about cooking.";

    #[test]
    fn marks_and_capitals_are_no_difference() {
        let text = "He said: “WE asked for ‘rest days’, and were given leaflets about cooking”, and left.";
        check(QUOTE, text, Some(Likeness::Exact), &[]);
    }

    #[test]
    fn a_part_of_it_is_trimmed() {
        let text = "The crews “were given leaflets about cooking”, she said.";
        check(QUOTE, text, Some(Likeness::Trimmed), &[("We asked for rest days and", "")]);
        let text = "“We asked for rest days … and were given leaflets,” she said.";
        check(QUOTE, text, Some(Likeness::Trimmed), &[("about cooking", "")]);
    }

    #[test]
    fn other_words_and_silent_gaps_are_told() {
        let text = "“We asked for pay rises and were given leaflets about cooking,” she said.";
        check(QUOTE, text, Some(Likeness::Altered), &[("rest days", "pay rises")]);
        let text = "“We asked for days and were given leaflets about cooking,” she said.";
        check(QUOTE, text, Some(Likeness::Altered), &[("rest", "")]);
    }

    #[test]
    fn a_marked_gap_without_the_denial_is_altered() {
        let quote = "We did not say that the pump failed in June.";
        let text = "“We … say that the pump failed in June,” she said.";
        check(quote, text, Some(Likeness::Altered), &[("did not", "")]);
        let quote = "The board, refusing to wait, will sell the old hall.";
        check(quote, "“The board … will sell the old hall.”", Some(Likeness::Altered), &[("refusing to wait", "")]);
        let quote = "The board … will sell the old hall.";
        check(
            quote,
            "“The board won't say if it will sell the old hall.”",
            Some(Likeness::Altered),
            &[("", "won't say if it")],
        );
    }

    #[test]
    fn a_clause_without_what_turns_it_is_altered() {
        let quote = "I never said the pump failed in June.";
        check(quote, "“… the pump failed in June,” she said.", Some(Likeness::Altered), &[("I never said", "")]);
        let quote = "The owners claim the pump failed in June.";
        check(quote, "“The pump failed in June,” she said.", Some(Likeness::Altered), &[("The owners claim", "")]);
        let quote = "We never rest. The pump failed in June.";
        check(quote, "“The pump failed in June,” she said.", Some(Likeness::Trimmed), &[("We never rest", "")]);
        let quote = "I say the pump failed in June.";
        check(quote, "“The pump failed in June,” she said.", Some(Likeness::Trimmed), &[("I say", "")]);
        let quote = "the pump failed in June";
        let text = "“I never said the pump failed in June,” she said.";
        check(quote, text, Some(Likeness::Altered), &[("", "I never said")]);
    }

    #[test]
    fn the_sign_of_a_number_counts() {
        check("£5 million was lost", "“$5 million was lost,” he said.", Some(Likeness::Altered), &[("£", "$")]);
        check("5 million was lost", "“$5 million was lost,” he said.", Some(Likeness::Altered), &[("", "$")]);
        check("They lost £5 million then", "They lost $5 million then.", Some(Likeness::Altered), &[("£", "$")]);
        check("Sales rose by 5%", "Sales rose by 5 points.", Some(Likeness::Altered), &[("%", "")]);
        check("Sales rose by 5%", "Sales rose by 5 per cent.", Some(Likeness::Exact), &[]);
        check("It was −5 at night", "It was 5 at night.", Some(Likeness::Altered), &[("−", "")]);
        check("We take 5-10 of them", "We take 5–10 of them.", Some(Likeness::Exact), &[]);
    }

    #[test]
    fn the_whole_text_is_searched() {
        let decoy = "For rest and days we asked; leaflets were given, and cooking went about.";
        let far = "The hall was shut and its doors were painted green over the winter by two men. ".repeat(6);
        check(QUOTE, &format!("{decoy} {far} “{QUOTE}”"), Some(Likeness::Exact), &[]);
        let text = format!("{decoy} {far} “{}”", QUOTE.replace("rest", "free"));
        check(QUOTE, &text, Some(Likeness::Altered), &[("rest", "free")]);
    }

    #[test]
    fn a_long_quote_is_not_cut() {
        let long: String = (0..LONGEST + 50).map(|n| format!("word{n} ")).collect();
        assert_eq!(length(&long), LONGEST + 50);
        check(&long, &long, Some(Likeness::Exact), &[]);
        check(&format!("{long} more"), &long, None, &[]);
    }

    #[test]
    fn a_text_about_something_else_carries_nothing() {
        check(QUOTE, "The crews were given a new hall for cooking lessons on Monday.", None, &[]);
        check("", "Nothing.", None, &[]);
    }
}
