//! Whom a figure rests on: who says the statement it stands in, else "according to" with its clause, else who counts it.

use super::clauses::{self, Site};
use super::context::Context;
use super::line::Line;
use super::measure::Quantity;
use crate::lang::en::numbers::{counts, in_scope};
use crate::lang::en::speech::{self, Form};
use crate::reading::names::NameKind;
use crate::reading::quotes::Statement;
use crate::reading::syntax::{Relation, Upos};
use crate::reading::{Attributed, Voice};
use crate::text::Span;

/// Clauses climbed in search of a source. guess: deeper ones are misread.
const HIGHEST: usize = 6;

impl Context<'_> {
    /// Returns whom a figure rests on: inside a statement whoever is named in it for the figure, else its speaker; outside
    /// statements "according to X", "X put the number at".
    pub(super) fn according_to(&self, line: &Line, q: &Quantity, voice: Voice) -> Option<Attributed> {
        let site = Site::of(line, q);
        let accorded = || self.accorded(line, q, site);
        let counted = || self.counted_by(line, site?);
        let Voice::Statement(n) = voice else { return accorded().or_else(counted) };
        let statement = self.statements.get(n)?;
        if site.is_some_and(|site| stands_aside(line, statement, site)) {
            return accorded().or_else(counted);
        }
        let within = |found: &Attributed| statement.content.iter().any(|c| c.contains(found.words));
        if let Some(found) = accorded().filter(within) {
            return Some(found);
        }
        if statement.cue.is_some_and(|c| line.words.lower_at(c).starts_with("according")) {
            let same = |found: &Attributed| statement.source.is_some_and(|s| s.start() == found.words.start());
            let named = self.accorded(line, q, None).filter(same).filter(|f| f.name.is_some());
            return named.or_else(|| self.speaker(line, statement));
        }
        let inner = || accorded().or_else(counted);
        counted().filter(within).or_else(|| self.speaker(line, statement)).or_else(inner)
    }

    /// Who says a statement; a pronoun only where it is told who is meant.
    fn speaker(&self, line: &Line, statement: &Statement) -> Option<Attributed> {
        let words = statement.source?;
        let pronoun = matches!(line.words.lower_at(words), "he" | "she" | "they" | "it" | "we" | "i" | "who");
        (statement.speaker.is_some() || !pronoun).then_some(Attributed { name: statement.speaker, words })
    }

    fn attributed(&self, words: Span) -> Attributed {
        Attributed { name: self.name(words), words }
    }

    /// Who is meant by words; "officials in Hill County" are not the county.
    fn name(&self, words: Span) -> Option<usize> {
        let name = self.names.at(words)?;
        let whole = || self.names.inside(words).any(|m| m.name == name && m.span.start() <= words.start() + 4);
        (self.names.names[name].kind != NameKind::Place || whole()).then_some(name)
    }

    /// "…, according to the canal office" in the figure's clause or one that holds it, behind it, else before it.
    fn accorded(&self, line: &Line, q: &Quantity, site: Option<Site>) -> Option<Attributed> {
        let at = |n: &usize| line.lower(*n) == "according" && line.lower(n + 1) == "to";
        let covers = |n: &usize| site.is_none_or(|site| covers(line, *n, site, *n > q.from));
        let behind = (q.to..line.len()).find(|n| at(n) || line.print(*n) == ";").filter(at).filter(covers);
        let before = || (0..q.from).rev().find(|n| at(n) || line.print(*n) == ";").filter(at).filter(covers);
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

    /// "The ministry puts the number at 40", "doctors say that nine are ill", "the guild's count shows 40": the subject of the
    /// nearest verb of counting or speech that the figure, or its clause, stands under.
    fn counted_by(&self, line: &Line, site: Site) -> Option<Attributed> {
        let syntax = line.syntax;
        let mut below = site.noun;
        let mut clause = site.clause;
        for _ in 0..HIGHEST {
            if clause != below
                && answers(line, clause, below, site)
                && let Some(source) = subject(line, clause, below)
                && let Some(found) = self.named(line, source, site.number)
            {
                return Some(found);
            }
            if let Some(found) = self.said_beside(line, clause, site.number) {
                return Some(found);
            }
            // What a relative clause set off by a comma adds is the reporter's.
            if is_aside(line, clause) {
                return None;
            }
            below = clause;
            clause = clauses::outer(syntax, clause)?;
        }
        None
    }

    /// "Forty homes burned, the chief said": the verb of speech hangs on what it tells.
    fn said_beside(&self, line: &Line, clause: usize, number: usize) -> Option<Attributed> {
        let syntax = line.syntax;
        let says = |n: &usize| syntax.nodes[*n].relation == Relation::Parataxis && *n > clause && is_speech(line, *n);
        let verb = syntax.children(clause).find(says)?;
        self.named(line, subject(line, verb, verb)?, number)
    }

    /// The words of a source and who is meant; none for a pronoun, and none that hold the figure or count others.
    fn named(&self, line: &Line, noun: usize, number: usize) -> Option<Attributed> {
        let syntax = line.syntax;
        let words = clauses::phrase(line.text, syntax, noun)?;
        let counted = syntax.inside(words).any(|n| n == number || syntax.nodes[n].relation == Relation::Nummod);
        let node = &syntax.nodes[noun];
        // "Police say their inquiry found 20": the police.
        let theirs = syntax.child(noun, Relation::NmodPoss).is_some_and(|n| syntax.nodes[n].upos == Upos::Pron);
        let says = matches!(node.upos, Upos::Noun | Upos::Propn) && !counted && !theirs;
        says.then(|| self.attributed(words))
    }
}

/// Says whether "according to" at an atom tells of a figure: what it hangs on holds the figure, or is joined to what does.
fn covers(line: &Line, at: usize, site: Site, behind: bool) -> bool {
    let syntax = line.syntax;
    let Some(word) = line.node(at) else { return true };
    let case = matches!(syntax.nodes[word].relation, Relation::Case | Relation::Mark);
    let source = if case { clauses::above(syntax, word) } else { Some(word) };
    let Some(mut told) = source.and_then(|n| clauses::above(syntax, n)) else { return true };
    // What stands behind the clause it hangs on tells of nothing further on.
    if !behind && told < word {
        return false;
    }
    use Relation::{Acl, Advcl, Appos, Conj, Nmod, Obj, Obl, Punct, Xcomp};
    for _ in 0..HIGHEST {
        if syntax.subtree(told).contains(&site.number) {
            return true;
        }
        if !matches!(syntax.nodes[told].relation, Conj | Advcl | Appos | Nmod | Obl | Obj | Acl | Xcomp | Punct) {
            return false;
        }
        match clauses::above(syntax, told) {
            Some(head) => told = head,
            None => return false,
        }
    }
    false
}

fn is_speech(line: &Line, n: usize) -> bool {
    let lower = line.words.lower_at(line.syntax.nodes[n].span);
    speech::verb(lower).is_some_and(|(v, form)| (v.takes.clause || v.takes.that) && form != Form::Ing)
}

/// Says whether the subject of a verb answers for what stands below it: a clause that it says, a thing that it counts.
fn answers(line: &Line, verb: usize, below: usize, site: Site) -> bool {
    use Relation::{Nsubj, NsubjPass};
    let syntax = line.syntax;
    let lower = line.words.lower_at(syntax.nodes[verb].span);
    // "Trying to find out whether nine came", "have not said who": nobody said it.
    let meant = syntax.children(verb).any(|n| syntax.nodes[n].relation == Relation::Mark)
        && clauses::above(syntax, verb).is_none_or(|h| syntax.lemma(line.text, h) != "continue");
    if meant || syntax.is_passive(verb) || line.capital_node(verb) || syntax.is_negated(line.text, verb) {
        return false;
    }
    let clause = clauses::clause_of(syntax, below) == below && below != site.noun;
    // "Put the number of drivers fined at 20": the participle is no clause of its own.
    if clause && syntax.nodes[below].relation != Relation::Acl {
        return says_clause(line, verb, below);
    }
    // The figure stands in the verb's own clause: which of its parts holds it?
    let mut part = site.noun;
    while clauses::above(syntax, part).is_some_and(|h| h != verb) {
        part = clauses::above(syntax, part).unwrap_or(verb);
    }
    let relation = syntax.nodes[part].relation;
    if !counts(lower) || matches!(relation, Nsubj | NsubjPass) {
        return false;
    }
    let behind = syntax.child(site.noun, Relation::Case).map_or("", |n| line.words.lower_at(syntax.nodes[n].span));
    // "Put the toll at 40", "raised it to 40"; who raises 40 crowns or gives 40 loaves does not count them.
    if in_scope("setting", lower) {
        return matches!(behind, "at" | "to" | "as") || has_count_object(line, verb);
    }
    true
}

/// Says whether a clause is what a verb says: hung on it as such, or as trees often have it: "The guild said ⟦nine came⟧" in
/// pieces, "⟦It stood at nine⟧, the guild reported".
fn says_clause(line: &Line, verb: usize, clause: usize) -> bool {
    use Relation::{AclRelcl, Advcl, Ccomp, Conj, Mark, Nsubj, NsubjPass, Obj, Parataxis, Xcomp};
    let syntax = line.syntax;
    let has = |n: usize, wanted: &[Relation]| syntax.children(n).any(|c| wanted.contains(&syntax.nodes[c].relation));
    let comma = |n: usize| line.text.get(syntax.nodes[n].span) == ",";
    let counted = counts(line.words.lower_at(syntax.nodes[verb].span));
    let speech = is_speech(line, verb);
    match syntax.nodes[clause].relation {
        Ccomp | Parataxis | Xcomp => speech || counted,
        Advcl => speech && clause < verb && !has(clause, &[Mark]),
        Conj => speech && has(clause, &[Nsubj, NsubjPass]) && has(verb, &[Obj]) && !(verb..clause).any(comma),
        AclRelcl => speech && clauses::above(syntax, clause).is_some_and(|n| syntax.nodes[n].relation == Obj),
        _ => false,
    }
}

/// Says whether a verb's object is a count: "gave the number", "raised the toll".
fn has_count_object(line: &Line, verb: usize) -> bool {
    let object = line.syntax.child(verb, Relation::Obj);
    object.is_some_and(|n| in_scope("tally", line.words.lower_at(line.syntax.nodes[n].span)))
}

/// Returns who a verb is told of: its subject, that of the verb it is joined to, the noun that it describes.
fn subject(line: &Line, verb: usize, below: usize) -> Option<usize> {
    let syntax = line.syntax;
    let mut at = verb;
    for _ in 0..HIGHEST {
        let subject = syntax.child(at, Relation::Nsubj).filter(|&n| n != below);
        let node = &syntax.nodes[at];
        if let Some(subject) = subject {
            let relative = matches!(line.words.lower_at(syntax.nodes[subject].span), "who" | "which" | "that");
            return if relative && node.relation == Relation::AclRelcl {
                clauses::above(syntax, at)
            } else {
                Some(subject)
            };
        }
        if node.relation == Relation::Acl {
            return clauses::above(syntax, at);
        }
        if !matches!(node.relation, Relation::Conj | Relation::Xcomp | Relation::Advcl) {
            return None;
        }
        at = clauses::above(syntax, at)?;
    }
    None
}

/// Says whether a figure stands in what the reporter adds to a demand or a promise: "urged her to leave the valley, where 60
/// homes are flooded".
fn stands_aside(line: &Line, statement: &Statement, site: Site) -> bool {
    if !statement.content.first().is_some_and(|&c| line.text.get(c).starts_with("to ")) {
        return false;
    }
    let within = |n: usize| statement.content.iter().any(|c| c.contains(line.syntax.nodes[n].span));
    let mut clause = site.clause;
    for _ in 0..HIGHEST {
        if is_aside(line, clause) {
            return true;
        }
        match clauses::outer(line.syntax, clause).filter(|&n| within(n)) {
            Some(outer) => clause = outer,
            None => return false,
        }
    }
    false
}

/// Says whether a clause is an aside: a relative one behind a comma.
fn is_aside(line: &Line, clause: usize) -> bool {
    let syntax = line.syntax;
    let asks = |n: usize| matches!(line.words.lower_at(syntax.nodes[n].span), "who" | "which" | "where" | "whose");
    let relative = match syntax.nodes[clause].relation {
        Relation::AclRelcl | Relation::AdvclRelcl => true,
        Relation::Parataxis | Relation::Advcl | Relation::Conj => {
            syntax.children(clause).any(|n| n < clause && asks(n))
        }
        _ => false,
    };
    let first = syntax.subtree(clause).start;
    let comma = |n: usize| line.text.get(syntax.nodes[n].span) == ",";
    relative && (comma(first) || first.checked_sub(1).is_some_and(comma))
}
