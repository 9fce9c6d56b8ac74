//! Around a figure: the day it holds for, whom it rests on, whose words it stands in, where.

use super::line::{Kind, Line};
use super::measure::Quantity;
use crate::lang::en::numbers::{counts, number_word};
use crate::lang::en::speech::{Form, verb};
use crate::reading::dates::{TimeExpression, TimeType};
use crate::reading::names::{NameKind, Names};
use crate::reading::quotes::Statement;
use crate::reading::{Attributed, Voice};
use crate::text::Span;
use crate::when::When;

/// What the report knows when its figures are read.
pub(super) struct Context<'a> {
    pub(super) names: &'a Names,
    pub(super) times: &'a [TimeExpression],
    pub(super) statements: &'a [Statement],
    pub(super) published: Option<&'a When>,
    /// The stretches of all statements' content by their start, with the statement's index.
    contents: Vec<(Span, usize)>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        names: &'a Names,
        times: &'a [TimeExpression],
        statements: &'a [Statement],
        published: Option<&'a When>,
    ) -> Context<'a> {
        // What stands in a refusal to speak is the outlet's.
        let each = statements.iter().enumerate().filter(|(_, s)| !s.act.is_silence());
        let mut contents: Vec<(Span, usize)> = each.flat_map(|(n, s)| s.content.iter().map(move |&c| (c, n))).collect();
        contents.sort_unstable();
        Context { names, times, statements, published, contents }
    }

    /// Returns the statement in whose words a figure stands: the innermost of those around it.
    pub(super) fn voice(&self, span: Span) -> Voice {
        let upto = self.contents.partition_point(|(c, _)| c.start() <= span.start());
        let holder = self.contents[..upto].iter().rev().take(6).find(|(c, _)| c.contains(span));
        holder.map_or(Voice::Outlet, |&(_, n)| Voice::Statement(n))
    }

    /// Returns whom a figure rests on: "according to X", "X put the number at", else who says the statement it stands in.
    pub(super) fn according_to(&self, line: &Line, q: &Quantity, voice: Voice) -> Option<Attributed> {
        if let Some(found) = self.accorded(line, q).or_else(|| self.counted_by(line, q)) {
            return Some(found);
        }
        let Voice::Statement(n) = voice else { return None };
        let statement = self.statements.get(n)?;
        if let Some(found) = self.said_within(line, q, statement) {
            return Some(found);
        }
        let words = statement.source?;
        let pronoun = matches!(line.words.lower_at(words), "he" | "she" | "they" | "it" | "we" | "i" | "who");
        (statement.speaker.is_some() || !pronoun).then_some(Attributed { name: statement.speaker, words })
    }

    fn attributed(&self, words: Span) -> Attributed {
        Attributed { name: self.names.at(words), words }
    }

    /// "…, according to the canal office" in the figure's sentence, behind it before another clause takes over.
    fn accorded(&self, line: &Line, q: &Quantity) -> Option<Attributed> {
        let at = |n: &usize| line.lower(*n) == "according" && line.lower(n + 1) == "to";
        let behind = (q.to..line.len()).find(|n| at(n) || line.print(*n) == ";").filter(at);
        let before = || (0..q.from).rev().find(|n| at(n) || line.print(*n) == ";").filter(at);
        let from = behind.or_else(before)? + 2;
        let stop = |n: &usize| {
            let print = line.print(*n);
            let mark = matches!(print, "," | ";" | "." | ":" | "(" | ")" | "”" | "\"" | "—" | "–");
            mark || matches!(line.lower(*n), "which" | "who" | "while" | "and" | "on" | "since" | "as")
        };
        let mut to = (from..line.len()).find(stop).unwrap_or(line.len());
        // "according to its head, Ann Lund": the name behind the comma belongs to it.
        if line.print(to) == "," {
            let more = (to + 1..line.len()).find(stop).unwrap_or(line.len());
            let whole = line.cover(from, more)?;
            let short = line.cover(from, to)?;
            let apposed = self.names.at(short).is_none() && self.names.at(whole).is_some() && more < to + 5;
            to = if apposed { more } else { to };
        }
        // "according to two aides who saw the letter": the clause says which.
        if line.lower(to) == "who" {
            let clause_end =
                |n: &usize| matches!(line.print(*n), "," | ";" | "." | ":" | "(" | ")" | "”" | "\"" | "—" | "–");
            let whole = (to..line.len().min(to + 9)).find(clause_end).unwrap_or(to);
            to = if whole > to + 1 { whole } else { to };
        }
        Some(self.attributed(line.cover(from, to)?))
    }

    /// "Ann Lund, the warden, counted 40", "the ministry puts the number at", "the guild's count shows".
    fn counted_by(&self, line: &Line, q: &Quantity) -> Option<Attributed> {
        let least = q.from.saturating_sub(16);
        let mut verbs = (least..q.from)
            .rev()
            .take_while(|&n| !matches!(line.print(n), ";" | "“" | "”" | "\"" | "."))
            .filter(|&n| counts(line.lower(n)) && !line.capital(n))
            // "Insurance claims filed by farmers had passed 3 million": a noun.
            .filter(|&n| {
                !(line.lower(n + 1).ends_with("ed") && matches!(line.lower(n + 2), "by" | "in" | "from" | "with"))
            });
        // "The office said 118 people had reported": what was counted itself is no source.
        let (start, end) = verbs.find_map(|verb| self.subject(line, verb))?;
        let words = line.text.trim(line.cover(start, end)?)?;
        let name = self.names.at(words);
        let proper = name.is_some();
        let noun = (start..end).any(|n| matches!(line.lower(n), "the" | "a" | "an" | "its" | "his" | "her" | "their"));
        let pronoun = end == start + 1
            && matches!(line.lower(start), "he" | "she" | "they" | "it" | "who" | "which" | "we" | "i");
        (proper || (noun && !pronoun)).then_some(Attributed { name, words })
    }

    /// "The mayor urged calm in the town, where doctors say that nine are ill": the inner speaker gives the figure, not the outer.
    fn said_within(&self, line: &Line, q: &Quantity, outer: &Statement) -> Option<Attributed> {
        let clause = |n: &usize| !matches!(line.print(*n), "," | ";" | ":" | "“" | "”" | "\"" | "(" | ")" | "—" | "–");
        let says = |n: &usize| {
            let inner = outer.content.iter().any(|c| c.contains(line.atoms[*n].span));
            inner && verb(line.lower(*n)).is_some_and(|(v, form)| v.takes.clause && form != Form::Ing)
        };
        let cue = (0..q.from).rev().take_while(clause).find(says)?;
        let (start, end) = self.subject(line, cue)?;
        let start = if matches!(line.lower(start), "where" | "when" | "after" | "though") { start + 1 } else { start };
        let words = line.text.trim(line.cover(start, end)?)?;
        let pronoun =
            end == start + 1 && matches!(line.lower(start), "he" | "she" | "they" | "it" | "who" | "we" | "i");
        (!pronoun).then(|| self.attributed(words))
    }

    /// The atoms of a verb's subject; none if the verb is passive or its subject holds another figure or verb.
    fn subject(&self, line: &Line, verb: usize) -> Option<(usize, usize)> {
        let before = verb.checked_sub(1).map_or("", |n| line.lower(n));
        let passive = matches!(
            before,
            "was" | "were" | "been" | "is" | "are" | "be" | "of" | "a" | "an" | "the" | "to" | "and" | "or" | ","
        );
        let infinitive = before == "to" && verb >= 2 && line.lower(verb - 2).starts_with("continue");
        let apposed = before == "," && (verb.saturating_sub(9)..verb - 1).any(|n| line.print(n) == ",");
        if passive && !infinitive && !apposed {
            return None;
        }
        let end = if infinitive { verb - 2 } else { verb };
        let end = (0..end).rev().find(|&n| !auxiliary(line.lower(n))).map_or(0, |n| n + 1);
        let start = subject_start(line, end);
        let counted = |n: usize| {
            let lower = line.lower(n);
            matches!(line.atoms[n].kind, Kind::Digits(_))
                || counts(lower)
                || number_word(lower).is_some()
                || matches!(lower, "who" | "are" | "is" | "was" | "were")
        };
        (start < end && !(start..end).any(counted)).then_some((start, end))
    }

    /// Returns the place named right behind or before the figure in its clause.
    pub(super) fn place(&self, line: &Line, from: usize, to: usize) -> Option<Span> {
        let end = (to..line.len().min(to + 14))
            .find(|&n| matches!(line.print(n), ";" | "." | "," | "“"))
            .unwrap_or((to + 14).min(line.len()));
        let within = line.cover(from, end.max(from + 1))?;
        let behind = self.names.inside(within).find(|m| self.names.names[m.name].kind == NameKind::Place && m.proper);
        let before = || {
            let opening = line.cover(0, from.min(4)).filter(|_| line.lower(0) == "in")?;
            self.names.inside(opening).find(|m| self.names.names[m.name].kind == NameKind::Place && m.proper)
        };
        behind.or_else(before).map(|m| m.span)
    }

    /// Returns the time a figure holds for.
    pub(super) fn as_of(&self, line: &Line, q: &Quantity, told_to: usize) -> Option<When> {
        let here = line.cover(q.number, q.to)?;
        let ends = line.atoms.last()?.span.end();
        let from = self.times.partition_point(|t| t.span.end() <= here.start());
        let behind = self.times[from..]
            .iter()
            .take_while(|t| t.span.end() <= ends)
            .find(|t| !t.span.overlaps(here) && dates(t))
            .filter(|t| self.belongs_behind(line, told_to, t));
        let starts = line.atoms.first()?.span.start();
        let before = self.times[..from].iter().rev().take_while(|t| t.span.start() >= starts).find(|t| dates(t));
        let before = before.filter(|t| self.belongs_before(line, q, t));
        // "By noon 162 had fallen ill, 44 more than on Thursday": the time behind is that of the second number.
        let second = |t: &&TimeExpression| {
            let at = line.atoms.partition_point(|a| a.span.start() < t.span.start());
            (told_to..at).any(|n| matches!(line.atoms[n].kind, Kind::Digits(_)) || number_word(line.lower(n)).is_some())
        };
        let behind = behind.filter(|t| before.is_none() || !second(t));
        if let Some(found) = behind.or(before) {
            return found.when.clone();
        }
        let now = running(line, q, told_to);
        self.published.filter(|p| now && p.exact().is_some()).map(|p| When::between(p.from(), p.to()))
    }

    /// A time behind a figure is its own unless another clause, a number of its own or "since" stands between.
    fn belongs_behind(&self, line: &Line, from: usize, time: &TimeExpression) -> bool {
        let at = line.atoms.partition_point(|a| a.span.start() < time.span.start());
        let lead = at.checked_sub(1).map_or("", |n| line.lower(n));
        let lead = if matches!(lead, "the" | "last" | "this") && at >= 2 { line.lower(at - 2) } else { lead };
        if matches!(lead, "since" | "before" | "after" | "from" | "between" | "of") || at < from {
            return at < from && lead != "since";
        }
        let clause = (from..at).find(|&n| {
            let lower = line.lower(n);
            matches!(
                lower,
                ";" | ":"
                    | "but"
                    | "while"
                    | "which"
                    | "when"
                    | "said"
                    | "says"
                    | "whereas"
                    | "against"
                    | "“"
                    | "”"
                    | "who"
                    | "called"
                    | "planned"
                    | "expected"
                    | "due"
            )
        });
        // "climbed to 15, from nine on Sunday", "40 ill, five more than on Sunday": the day is that of the other number.
        let number = |n: usize| {
            matches!(line.atoms.get(n).map(|a| a.kind), Some(Kind::Digits(_))) || number_word(line.lower(n)).is_some()
        };
        let rival = (from..at)
            .any(|n| line.lower(n) == "than" || (matches!(line.lower(n), "from" | "against") && number(n + 1)));
        clause.is_none() && !rival
    }

    /// A time before a figure is its own in the same clause, unless it starts a stretch.
    fn belongs_before(&self, line: &Line, q: &Quantity, time: &TimeExpression) -> bool {
        let at = line.atoms.partition_point(|a| a.span.start() < time.span.start());
        let lead = at.checked_sub(1).map_or("", |n| line.lower(n));
        if matches!(lead, "since" | "before" | "from" | "after" | "until") {
            return false;
        }
        (at..q.from).all(|n| {
            !matches!(
                line.lower(n),
                ";" | "but" | "which" | "who" | "when" | "because" | "since" | "after" | "before" | "and" | "while"
            )
        })
    }
}

/// Words between a subject and its verb.
fn auxiliary(lower: &str) -> bool {
    matches!(
        lower,
        "has"
            | "have"
            | "had"
            | "also"
            | "now"
            | "later"
            | "earlier"
            | "then"
            | "itself"
            | "’s"
            | "yesterday"
            | "today"
    )
}

/// The first atom of the subject that ends before a verb.
fn subject_start(line: &Line, end: usize) -> usize {
    let mut start = end;
    let mut commas = 0;
    while start > 0 {
        let print = line.print(start - 1);
        let lower = line.lower(start - 1);
        if matches!(print, ";" | ":" | "“" | "”" | "\"" | "(" | ")" | ".")
            || matches!(lower, "while" | "but" | "and" | "that" | "which" | "as" | "because")
        {
            break;
        }
        if print == "," {
            // "Ann Lund, the warden, counted": both commas belong to the subject; one alone opens the clause.
            let paired =
                (start.saturating_sub(9)..start - 1).any(|n| line.print(n) == ",") || line.print(end - 1) == ",";
            commas += 1;
            if !paired && line.print(end - 1) != "," || commas > 2 {
                break;
            }
        }
        start -= 1;
    }
    start
}

/// Says whether an expression names days, not a length of time.
fn dates(time: &TimeExpression) -> bool {
    matches!(time.kind, TimeType::Date | TimeType::Time) && time.when.as_ref().is_some_and(|w| w.days() <= 31)
}

/// Says whether the sentence tells how things stand now: "is", "have been", "stands at", "so far".
fn running(line: &Line, q: &Quantity, told_to: usize) -> bool {
    let ends = |n: &usize| matches!(line.print(*n), ";" | "." | "“" | "”" | ",");
    let to = (q.to..line.len()).find(ends).unwrap_or(line.len()).min(told_to + 8);
    let from = (0..q.from).rev().find(ends).map_or(0, |n| n + 1);
    let now = |n: usize| {
        matches!(
            line.lower(n),
            "is" | "are"
                | "have"
                | "has"
                | "now"
                | "currently"
                | "stands"
                | "remain"
                | "remains"
                | "still"
                | "puts"
                | "counts"
                | "says"
                | "live"
                | "lives"
                | "’ve"
                | "today"
                | "estimates"
                | "lists"
        )
    };
    // "The toll reached four", "climbed to 15": a running count holds for the day of the report.
    let lead = q.from.checked_sub(1).map_or("", |n| line.lower(n));
    let verb = q.from.checked_sub(2).map_or("", |n| line.lower(n));
    let counted = matches!(lead, "at" | "to")
        && (matches!(
            verb,
            "stood"
                | "stands"
                | "rose"
                | "risen"
                | "climbed"
                | "fell"
                | "fallen"
                | "grew"
                | "grown"
                | "rising"
                | "jumped"
                | "dropped"
                | "increased"
        ));
    if counted {
        return true;
    }
    let past = (from..to).any(|n| {
        matches!(line.lower(n), "was" | "were" | "had" | "did" | "will" | "would" | "ago" | "could" | "should" | "if")
    });
    (from..to).any(now) && !past
}
