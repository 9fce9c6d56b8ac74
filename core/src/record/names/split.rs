//! Parts, inside one report, two forms that the report seems to use for one bearer and a person says are two.

use crate::lang::en::names as lexicon;
use crate::reading::{Mention, Name, Reading};
use crate::record::{Decision, Member, Subject, Verdict};
use crate::text::{Span, Text};

/// Gives in each report the forms that a decision keeps apart a bearer each.
///
/// Pronouns and roles stay with the fuller form: whom they mean cannot be told anew.
pub(in crate::record) fn split(members: &mut [Member], decisions: &[Decision]) {
    for decision in decisions.iter().filter(|d| d.verdict == Verdict::NotSame && d.subject() == Subject::Names) {
        let sides = [folded(&decision.a), folded(&decision.b)];
        if sides[0] == sides[1] {
            continue;
        }
        for member in members.iter_mut() {
            let text = &member.report.text;
            for name in 0..member.reading.names.names.len() {
                part(text, &mut member.reading, name, &sides);
            }
        }
    }
}

/// Folds a name as decisions compare them.
pub(in crate::record) fn folded(name: &str) -> String {
    lexicon::fold(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn part(text: &Text, reading: &mut Reading, name: usize, sides: &[String; 2]) {
    let full = folded(text.get(reading.names.names[name].full));
    let [kept, moved] = if full == sides[1] { [&sides[1], &sides[0]] } else { [&sides[0], &sides[1]] };
    let called = |m: &Mention, form: &String| m.name == name && m.proper && folded(text.get(m.span)) == *form;
    let mentions = &mut reading.names.mentions;
    let spans: Vec<Span> = mentions.iter().filter(|m| called(m, moved)).map(|m| m.span).collect();
    let both = full == *kept || mentions.iter().any(|m| called(m, kept));
    let Some(&first) = spans.first().filter(|_| both) else { return };
    let other = reading.names.names.len();
    let kind = reading.names.names[name].kind;
    reading.names.names.push(Name { kind, full: first, roles: Vec::new(), acronym: None });
    for mention in mentions.iter_mut().filter(|m| spans.contains(&m.span)) {
        mention.name = other;
    }
    // What is said and done goes with the words that name who says or does it.
    let names = &reading.names;
    let goes = |within: Span| {
        let has = |who: usize| names.inside(within).any(|m| m.name == who);
        has(other) && !has(name)
    };
    for statement in reading.statements.iter_mut().filter(|s| s.speaker == Some(name)) {
        if statement.source.is_some_and(goes) {
            statement.speaker = Some(other);
        }
    }
    for party in reading.figures.iter_mut().filter_map(|f| f.according_to.as_mut()).filter(|p| p.name == Some(name)) {
        if goes(party.words) {
            party.name = Some(other);
        }
    }
    for event in &mut reading.events {
        if let Ok(at) = event.participants.binary_search(&name)
            && goes(event.passage)
        {
            event.participants.remove(at);
            event.participants.push(other);
        }
    }
}
