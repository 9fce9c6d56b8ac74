//! Deeds of a draft held against the reports clause by clause: another day, another place, another doer, or not so at all.
//!
//! A clause is compared only with those of the reports that tell the same deed of the same thing. One that agrees is enough
//! to support it; it is contradicted only where all that speak of the matter say one other thing, and no sentence that
//! names the thing holds the draft's own words on it.

use super::frames::{self, Day, Frame, Noun};
use super::{Claim, Desk, Finding, Verdict};
use crate::lang::en::events::{event_noun, in_sense};
use crate::reading::NameKind;
use crate::record::differences::spell;
use crate::record::doers::akin;
use crate::record::{Cite, Entity};
use std::collections::{BTreeMap, BTreeSet};

/// Returns findings for the clauses of the draft.
pub(super) fn find(desk: &Desk<'_>) -> Vec<Finding> {
    let drafted = frames::of(desk, desk.draft);
    let reports = (0..desk.record.members.len()).filter(|&r| r != desk.draft);
    let reported: Vec<Frame> = reports.flat_map(|r| frames::of(desk, r)).collect();
    let mut of_act: BTreeMap<&str, Vec<&Frame>> = BTreeMap::new();
    let mut of_theme: BTreeMap<&str, Vec<&Frame>> = BTreeMap::new();
    for frame in &reported {
        of_act.entry(&frame.act).or_default().push(frame);
        if let Some(theme) = &frame.theme {
            of_theme.entry(&theme.head).or_default().push(frame);
        }
    }
    let mut found = Vec::new();
    for own in &drafted {
        let theirs = of_act.get(own.act.as_str()).map_or(&[][..], Vec::as_slice);
        let same: Vec<&Frame> = theirs.iter().copied().filter(|f| is_same(own, f)).collect();
        found.extend(day(desk, own, &same, theirs));
        found.extend(doer(desk, own, &same));
        found.extend(polarity(desk, own, theirs));
        // Where a hearing or session was is told with whatever verb it is told with.
        let occasion = own.theme.as_ref().filter(|t| event_noun(&t.head).is_some());
        let told = occasion.and_then(|t| of_theme.get(t.head.as_str())).map_or(&same[..], Vec::as_slice);
        found.extend(place(desk, own, told));
    }
    found
}

/// Says whether two clauses tell one deed of one thing.
fn is_same(own: &Frame, other: &Frame) -> bool {
    let theme = own.theme.as_ref().zip(other.theme.as_ref()).is_some_and(|(a, b)| a.may_be(b));
    theme && own.negated == other.negated && own.fact && other.fact
}

fn cite(frame: &Frame) -> Cite {
    Cite { report: frame.report, span: frame.sentence }
}

/// Holds the day of a deed against the one day that all reports of it name.
fn day(desk: &Desk<'_>, own: &Frame, same: &[&Frame], of_act: &[&Frame]) -> Option<Finding> {
    let [mine] = &own.days[..] else { return None };
    let theme = own.theme.as_ref().filter(|t| t.definite)?;
    let told: Vec<(&Frame, &Day)> =
        same.iter().flat_map(|f| f.days.iter().filter(|d| d.of == mine.of).map(move |d| (*f, d))).collect();
    let agreeing: Vec<Cite> = told.iter().filter(|(_, d)| d.meets(mine)).map(|(f, _)| cite(f)).collect();
    if !agreeing.is_empty() {
        return Some(desk.finding(Claim::Date, mine.span, Verdict::Supported, String::new(), agreeing));
    }
    let (first, theirs) = told.first()?;
    let is_one = told.iter().all(|(_, d)| d.when.meets(&theirs.when));
    if !is_one || of_act.iter().any(|f| names_with_day(desk, f, theme, mine)) {
        return None;
    }
    let note = format!("{} tells it for {}", desk.outlet(first.report), spell(&theirs.when));
    let cites = told.iter().map(|(f, _)| cite(f)).collect();
    Some(desk.finding(Claim::Date, mine.span, Verdict::Contradicted, note, cites))
}

/// Says whether the sentence of a clause names a thing together with the draft's day, whatever the tree makes of it.
fn names_with_day(desk: &Desk<'_>, frame: &Frame, thing: &Noun, mine: &Day) -> bool {
    let reading = &desk.member(frame.report).reading;
    let words = &reading.words;
    let named =
        words.inside(frame.sentence).any(|t| words.lower(t).trim_end_matches('s') == thing.head.trim_end_matches('s'));
    let inside = reading.times.iter().filter(|t| frame.sentence.contains(t.span));
    let day = |when| Day { of: "", when, bare: false, span: mine.span };
    named && inside.filter_map(|t| t.when.clone()).any(|when| when.exact().is_some() && mine.meets(&day(when)))
}

/// Returns the sentences of reports that have all of some words.
fn sentences_with(desk: &Desk<'_>, wanted: &BTreeSet<&str>) -> Vec<Cite> {
    let mut found = Vec::new();
    for (report, member) in desk.record.members.iter().enumerate().filter(|(n, _)| *n != desk.draft) {
        let words = &member.reading.words;
        let holds = |span| {
            let told: BTreeSet<&str> = words.inside(span).map(|t| words.lower(t)).collect();
            let has = |w: &&str| told.contains(*w) || told.contains(format!("{w}s").as_str());
            wanted.iter().all(has)
        };
        let read = words.sentences.iter().filter(|s| s.part.is_read() && holds(s.span));
        found.extend(read.map(|s| Cite { report, span: s.span }));
    }
    found
}

/// Holds the place of a deed against those that the reports name: of buildings and named places only, since "in the town"
/// and "in the hall" can both be right.
fn place(desk: &Desk<'_>, own: &Frame, same: &[&Frame]) -> Option<Finding> {
    let [(case, mine)] = &own.places[..] else { return None };
    let theme = own.theme.as_ref().filter(|t| t.definite)?;
    let comparable = |(c, p): &&(String, Noun)| is_venue(mine) == is_venue(p) && (is_venue(p) || c == case);
    let meets = |f: &&&Frame| own.days.iter().all(|a| f.days.iter().all(|b| a.of != b.of || a.meets(b)));
    let told: Vec<(&Frame, &Noun)> =
        same.iter().filter(meets).flat_map(|f| f.places.iter().filter(comparable).map(move |(_, p)| (*f, p))).collect();
    let shares = |p: &Noun| p.may_be(mine) || !p.words().is_disjoint(&mine.words());
    let agreeing: Vec<Cite> = told.iter().filter(|(_, p)| shares(p)).map(|(f, _)| cite(f)).collect();
    if !agreeing.is_empty() {
        return Some(desk.finding(Claim::Place, mine.span, Verdict::Supported, String::new(), agreeing));
    }
    let (first, theirs) = told.first()?;
    let wanted: BTreeSet<&str> = mine.words().into_iter().chain([theme.head.as_str()]).collect();
    if !told.iter().all(|(_, p)| p.may_be(theirs)) || !sentences_with(desk, &wanted).is_empty() {
        return None;
    }
    let words = desk.member(first.report).report.text.get(theirs.span);
    let note = format!("{} tells of {words}", desk.outlet(first.report));
    let cites = told.iter().map(|(f, _)| cite(f)).collect();
    Some(desk.finding(Claim::Place, mine.span, Verdict::Contradicted, note, cites))
}

fn is_venue(place: &Noun) -> bool {
    in_sense("venues", &place.head)
}

/// Holds who called or put something off against who did so in the reports: each decision has one doer.
fn doer(desk: &Desk<'_>, own: &Frame, same: &[&Frame]) -> Option<Finding> {
    let mine = own.doer.as_ref().filter(|_| matches!(&*own.act, "cancel" | "postpone") && !own.negated)?;
    let told = |wanted: Likeness| -> Vec<(&Frame, &Noun)> {
        let named = same.iter().filter_map(|f| Some((*f, f.doer.as_ref()?)));
        named.filter(|(_, d)| likeness(desk, mine, d) == wanted).collect()
    };
    let cites = |told: &[(&Frame, &Noun)]| told.iter().map(|(f, _)| cite(f)).collect::<Vec<Cite>>();
    let (agreeing, others) = (told(Likeness::One), told(Likeness::Another));
    if !agreeing.is_empty() {
        return Some(desk.finding(Claim::Doer, mine.span, Verdict::Supported, String::new(), cites(&agreeing)));
    }
    let (first, theirs) = others.first()?;
    let note = format!("{} says it was {}", desk.outlet(first.report), name(desk, first, theirs));
    Some(desk.finding(Claim::Doer, mine.span, Verdict::Contradicted, note, cites(&others)))
}

fn name(desk: &Desk<'_>, frame: &Frame, doer: &Noun) -> String {
    let printed = || desk.member(frame.report).report.text.get(doer.span).to_owned();
    doer.entity.map_or_else(printed, |e| desk.record.entities[e].name.clone())
}

/// Whether two who did something are one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// They are, or one acts for the other, as a chief executive for his company.
    One,
    /// They are not.
    Another,
    /// Cannot be told: `the company` may be any.
    Unknown,
}

fn likeness(desk: &Desk<'_>, a: &Noun, b: &Noun) -> Likeness {
    let entity = |n: &Noun| n.entity.map(|e| &desk.record.entities[e]);
    let (one, known) = match (entity(a), entity(b)) {
        (Some(x), Some(y)) => (a.may_be(b) || akin(x, y), is_known(x) && is_known(y)),
        (Some(x), None) => (shares_word(x, b), is_known(x) && !b.which.is_empty()),
        (None, Some(y)) => (shares_word(y, a), is_known(y) && !a.which.is_empty()),
        (None, None) => (!a.words().is_disjoint(&b.words()), !a.which.is_empty() && !b.which.is_empty()),
    };
    match (one, known) {
        (true, _) => Likeness::One,
        (false, true) => Likeness::Another,
        (false, false) => Likeness::Unknown,
    }
}

/// Says whether it is known enough of somebody to tell them from others: a body, or a person with a role.
fn is_known(entity: &Entity) -> bool {
    match entity.kind {
        NameKind::Person => !entity.roles.is_empty(),
        // A name of no known kind is no person of that role.
        NameKind::Organization | NameKind::Other => true,
        NameKind::Place => false,
    }
}

fn shares_word(entity: &Entity, noun: &Noun) -> bool {
    let forms = std::iter::once(&entity.name).chain(&entity.aliases).chain(&entity.roles);
    let lower: Vec<String> = forms.map(|f| f.to_lowercase()).collect();
    noun.words()
        .iter()
        .any(|w| lower.iter().any(|f| f.split(|c: char| !c.is_alphanumeric()).any(|x| x.starts_with(*w))))
}

/// Holds a deed of somebody against reports that tell that they did not do it, or the other way round.
fn polarity(desk: &Desk<'_>, own: &Frame, all: &[&Frame]) -> Option<Finding> {
    let people =
        |f: &Frame| -> BTreeSet<usize> { [&f.doer, &f.theme].into_iter().flatten().filter_map(|n| n.entity).collect() };
    let mine = people(own);
    let linked = |f: &&Frame| {
        let both = own.doer.is_some() && f.doer.is_some();
        let apart = both && own.theme.as_ref().zip(f.theme.as_ref()).is_some_and(|(a, b)| !a.may_be(b));
        own.fact && f.fact && !mine.is_disjoint(&people(f)) && !apart
    };
    let told: Vec<&Frame> = all.iter().copied().filter(linked).collect();
    if told.is_empty() || told.iter().any(|f| f.negated == own.negated) {
        return None;
    }
    let note = if own.negated { "the reports tell that it was so" } else { "the reports tell that it was not so" };
    let cites = told.iter().map(|f| cite(f)).collect();
    Some(desk.finding(Claim::Event, own.verb, Verdict::Contradicted, note.into(), cites))
}
