//! The time a figure holds for: a time expression of its own clause, else when the statement it stands in was made, else,
//! for how things stand, the day of the report.

use super::clauses::{self, Site};
use super::context::Context;
use super::line::{Kind, Line};
use super::measure::Quantity;
use crate::lang::en::numbers::{in_scope, number_word};
use crate::reading::Voice;
use crate::reading::dates::{TimeExpression, TimeType};
use crate::reading::syntax::{Relation, Tense, Upos, Xpos};
use crate::text::PartKind;
use crate::when::When;

/// The longest time that a figure may hold for, but for a year.
const LONGEST: u32 = 31;

impl Context<'_> {
    /// Returns the time a figure holds for; `told_to`: the atom behind the thing counted.
    pub(super) fn as_of(
        &self,
        line: &Line,
        q: &Quantity,
        told_to: usize,
        voice: Voice,
        part: PartKind,
    ) -> Option<When> {
        let site = Site::of(line, q);
        if let Some(time) = self.own_time(line, q, told_to, site) {
            return time.when.clone();
        }
        let now = part != PartKind::Title && is_running(line, q, site);
        let said = match voice {
            Voice::Statement(n) => self.statements.get(n)?.said.as_ref().filter(|w| w.exact().is_some()),
            Voice::Outlet => None,
        };
        // "Up from 70", "ten more than 50": what was before.
        let before = q.from.checked_sub(1).map_or("", |n| line.lower(n));
        if matches!(before, "from" | "than" | "against") {
            return None;
        }
        let reported = || self.published.filter(|p| now && p.exact().is_some());
        said.or_else(reported).map(|w| When::between(w.from(), w.to()))
    }

    /// Returns the time expression that belongs to a figure: one of its clause, the next behind it, else the next before.
    fn own_time(&self, line: &Line, q: &Quantity, told_to: usize, site: Option<Site>) -> Option<&TimeExpression> {
        let here = line.cover(q.number, q.to)?;
        let (starts, ends) = (line.atoms.first()?.span.start(), line.atoms.last()?.span.end());
        let from = self.times.partition_point(|t| t.span.end() <= here.start());
        let fits = |t: &TimeExpression| !t.span.overlaps(here) && self.dates(line, t);
        let shares = |t: &TimeExpression| site.is_none_or(|site| shares_clause(line, site, t, self.times));
        let follows = |t: &TimeExpression| site.is_some_and(|site| follows(line, site, told_to, t));
        let behind = self.times[from..].iter().take_while(|t| t.span.end() <= ends);
        let behind = behind.filter(|t| fits(t) && belongs_behind(line, told_to, t)).find(|t| shares(t) || follows(t));
        let before = self.times[..from].iter().rev().take_while(|t| t.span.start() >= starts);
        let before = before.filter(|t| fits(t) && belongs_before(line, q, t)).find(|t| shares(t));
        // "By noon 12 had left, four more than on Thursday": the time behind is that of the second number.
        let second = |t: &&TimeExpression| (told_to..atom_of(line, t)).any(|n| is_number(line, n));
        behind.filter(|t| before.is_none() || !second(t)).or(before)
    }

    /// Says whether an expression names days that a figure can hold for, not a length of time: days, or a year
    /// that is over and no name: "in 2019", "last year", not "the 2012 rule".
    fn dates(&self, line: &Line, time: &TimeExpression) -> bool {
        let Some(when) = time.when.as_ref().filter(|_| matches!(time.kind, TimeType::Date | TimeType::Time)) else {
            return false;
        };
        let over = self.published.is_none_or(|p| when.to() < p.from());
        let at = atom_of(line, time);
        let before = at.checked_sub(1).map_or("", |n| line.lower(n));
        let within = matches!(before, "in" | "during") || line.lower(at) == "last";
        when.days() <= LONGEST || (when.days() >= 365 && over && within)
    }
}

/// The first atom of a time expression.
fn atom_of(line: &Line, time: &TimeExpression) -> usize {
    line.atoms.partition_point(|a| a.span.start() < time.span.start())
}

fn is_number(line: &Line, at: usize) -> bool {
    matches!(line.atoms.get(at).map(|a| a.kind), Some(Kind::Digits(_))) || number_word(line.lower(at)).is_some()
}

/// Says whether the tree has a time in the clause of a figure, in one that this goes along with, or in one joined to it.
fn shares_clause(line: &Line, site: Site, time: &TimeExpression, times: &[TimeExpression]) -> bool {
    let syntax = line.syntax;
    let nodes = syntax.inside(time.span);
    let Some(top) = syntax.top(nodes.clone()) else { return false };
    let dated = clauses::clause_of(syntax, top);
    // "It reopens on 10 May after two dry weeks": the day is that of what comes then.
    let case = case_of(line, site.noun);
    if matches!(case, Some("after" | "before" | "until")) && clauses::above(syntax, top) != Some(site.noun) {
        return false;
    }
    // "On Monday, 4 May, the toll stood at nine": where the tree takes the day for the whole sentence, what follows it is the
    // main clause up to the word that opens another.
    let opens = |n: usize| {
        let node = &syntax.nodes[n];
        node.relation == Relation::Mark || matches!(node.xpos, Xpos::Wdt | Xpos::Wp | Xpos::Wrb)
    };
    if nodes.contains(&dated) && nodes.end <= site.noun {
        return !(nodes.end..site.noun).any(opens);
    }
    // "On 4 May the guild counted 20": trees at times hang the clause on the day.
    let mut own = site.clause;
    for _ in 0..4 {
        let astray = clauses::above(syntax, own).is_some_and(|h| nodes.contains(&h));
        if own == dated || astray {
            return true;
        }
        // "On Tuesday 12 died and 30 were hurt": what opens the first of two clauses opens both.
        let joined = syntax.nodes[own].relation == Relation::Conj
            && clauses::outer(syntax, own) == Some(dated)
            && nodes.end <= clauses::above(syntax, own).unwrap_or(0);
        if joined {
            return true;
        }
        if !clauses::goes_along(syntax, own) {
            break;
        }
        match clauses::outer(syntax, own) {
            Some(outer) => own = outer,
            None => break,
        }
    }
    let in_time = |n: usize| {
        let at = times.partition_point(|t| t.span.end() <= syntax.nodes[n].span.start());
        times.get(at).is_some_and(|t| t.span.overlaps(syntax.nodes[n].span))
    };
    // "Twelve died and 30 were hurt on Tuesday": two counts with one day behind them.
    let parallel = syntax.nodes[dated].relation == Relation::Conj
        && clauses::outer(syntax, dated) == Some(site.clause)
        && (site.clause.max(site.noun) + 1..top).any(|n| syntax.nodes[n].xpos == Xpos::Cd && !in_time(n));
    // "The people killed on Tuesday": a participle that describes what is counted; not what is only meant to be.
    let described = syntax.nodes[dated].relation == Relation::Acl
        && clauses::above(syntax, dated) == Some(site.noun)
        && !in_scope("expecting", line.words.lower_at(syntax.nodes[dated].span));
    // "The 15 June storm that left 12 homeless": what a relative clause tells happened when its noun did.
    let noun = matches!(syntax.nodes[site.clause].relation, Relation::AclRelcl | Relation::Acl)
        .then(|| clauses::above(syntax, site.clause))
        .flatten();
    let of_noun = noun.is_some() && clauses::above(syntax, top) == noun;
    parallel || described || of_noun
}

/// Returns the preposition of a noun.
fn case_of<'a>(line: &Line<'a>, noun: usize) -> Option<&'a str> {
    let case = line.syntax.child(noun, Relation::Case)?;
    Some(line.words.lower_at(line.syntax.nodes[case].span))
}

/// Says whether no other clause begins between what is counted and a time behind it: whatever the time hangs on there, it
/// is told of the figure's clause: "the raid that left two men dead and four hurt ⟦Monday⟧".
fn follows(line: &Line, site: Site, told_to: usize, time: &TimeExpression) -> bool {
    use Relation::{Aux, AuxPass, Cop, Mark, Nsubj, NsubjPass};
    let syntax = line.syntax;
    let (Some(from), to) = (line.node(told_to.saturating_sub(1)), syntax.inside(time.span).start) else { return false };
    let begins = |n: usize| {
        let opens =
            |c: usize| matches!(syntax.nodes[c].relation, Aux | AuxPass | Cop | Mark | Nsubj | NsubjPass) && c < to;
        let over = syntax.subtree(n).contains(&site.clause);
        // "Hurt in a storm that broke on Monday": no more than when it was.
        let happens = !over && in_scope("happening", line.words.lower_at(syntax.nodes[n].span));
        let clause = clauses::clause_of(syntax, n) == n && n != site.clause;
        let node = &syntax.nodes[n];
        let joined = node.relation == Relation::Conj && matches!(node.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
        clause && !happens && (over || joined || syntax.children(n).any(opens))
    };
    from < to && !(from + 1..to).any(begins)
}

/// A time behind a figure is its own unless it begins a stretch or is that of another number.
fn belongs_behind(line: &Line, from: usize, time: &TimeExpression) -> bool {
    let at = atom_of(line, time);
    let lead = at.checked_sub(1).map_or("", |n| line.lower(n));
    let lead = if matches!(lead, "the" | "last" | "this") && at >= 2 { line.lower(at - 2) } else { lead };
    let dated_by = lead == "of" && at >= 2 && line.lower(at - 2) == "as";
    if dated_by {
        return true;
    }
    if matches!(lead, "since" | "before" | "after" | "from" | "between" | "of") || at < from {
        return at < from && lead != "since";
    }
    // "climbed to 15, from nine on Sunday", "five more than on Sunday": the day is that of the other number.
    let rival = |n: usize| {
        line.lower(n) == "than"
            || matches!(line.lower(n), ";" | "“" | "”")
            || (matches!(line.lower(n), "from" | "against") && is_number(line, n + 1))
    };
    !(from..at).any(rival)
}

/// A time before a figure is its own unless it begins a stretch or is that of a number before it.
fn belongs_before(line: &Line, q: &Quantity, time: &TimeExpression) -> bool {
    let at = atom_of(line, time);
    let lead = at.checked_sub(1).map_or("", |n| line.lower(n));
    if matches!(lead, "since" | "before" | "from" | "after" | "until") {
        return false;
    }
    // "Since the attack on 7 May the two have met 20 times": where a stretch begins.
    let begins = |n: usize| matches!(case_of(line, n), Some("since" | "before" | "after" | "until"));
    let top = line.syntax.top(line.syntax.inside(time.span));
    let noun = top.and_then(|n| clauses::above(line.syntax, n)).filter(|&n| line.syntax.nodes[n].upos == Upos::Noun);
    if noun.is_some_and(begins) {
        return false;
    }
    let joined = |n: usize| matches!(line.lower(n), "," | "and" | "but" | "while" | ";");
    let others = (at.saturating_sub(12)..at).any(|n| is_number(line, n)) && (at..q.from).any(joined);
    !others && !(at..q.from).any(|n| line.lower(n) == ";")
}

/// Says whether a figure tells how things stand when the report is made: "is", "have been", "the toll reached".
fn is_running(line: &Line, q: &Quantity, site: Option<Site>) -> bool {
    // "The toll reached four", "climbed to 15": a running count holds for the day of the report.
    let lead = q.from.checked_sub(1).map_or("", |n| line.lower(n));
    let verb = q.from.checked_sub(2).map_or("", |n| line.lower(n));
    let reached = matches!(lead, "at" | "to") && in_scope("reaching", verb);
    let told = site.and_then(|site| clauses::tense(line.text, line.syntax, site.clause));
    reached || told == Some(Tense::Present)
}
