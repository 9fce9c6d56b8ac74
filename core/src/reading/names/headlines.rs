//! Names in headlines written in capitals: only those that the rest of the report or a list knows.

use super::atoms::{Shape, Sheet};
use super::runs::{Found, Ground};
use crate::lang::en::names as lexicon;
use std::collections::BTreeSet;

/// Finds again, in lines whose capitals tell nothing, the names found elsewhere.
pub(super) fn echo(sheet: &Sheet, found: &mut Vec<Found>) {
    if !sheet.lines.iter().any(|l| l.headline) {
        return;
    }
    let forms = forms(sheet, found);
    let first: BTreeSet<&str> = forms.iter().map(|f| f.split(' ').next().unwrap_or("")).collect();
    let mut echoes = Vec::new();
    for (number, line) in sheet.lines.iter().enumerate().filter(|(_, l)| l.headline) {
        let mut at = line.atoms.start;
        while at < line.atoms.end {
            let best = longest(sheet, line.atoms.end, at, &forms, &first);
            if let Some(end) = best
                && let Some(span) = sheet.span(at..end)
            {
                let atoms = at..end;
                echoes.push(Found { atoms, line: number, span, ground: Ground::Echo, roles: Vec::new(), gender: None });
                at = end;
            } else {
                at += 1;
            }
        }
    }
    found.extend(echoes);
    found.sort_by_key(|f| f.span.start());
}

/// Returns the forms a headline may use: names as found, and the last word of a person's.
fn forms(sheet: &Sheet, found: &[Found]) -> BTreeSet<String> {
    let mut forms = BTreeSet::new();
    for f in found {
        let words: Vec<&str> = sheet.atoms[f.atoms.clone()].iter().map(|a| a.word.as_str()).collect();
        let person = matches!(f.ground, Ground::Titled | Ground::FirstName | Ground::Capitals);
        if let (true, Some(last)) = (person && words.len() > 1, words.last())
            && last.len() > 2
        {
            forms.insert((*last).to_owned());
        }
        forms.insert(words.join(" "));
    }
    forms
}

fn longest(sheet: &Sheet, end: usize, at: usize, forms: &BTreeSet<String>, first: &BTreeSet<&str>) -> Option<usize> {
    let atom = &sheet.atoms[at];
    if !atom.is_capital() {
        return None;
    }
    let mut phrase = String::new();
    let mut best = None;
    for n in at..end.min(at + 10) {
        if n > at {
            phrase.push(' ');
        }
        phrase.push_str(&sheet.atoms[n].word);
        let listed =
            lexicon::canonical(&phrase).is_some() && (n > at || atom.word.len() > 3 || atom.shape == Shape::Capitals);
        let known = forms.contains(&phrase) && (n > at || !sheet.lower.contains(&phrase));
        if known || (listed && !sheet.lower.contains(&phrase)) {
            best = Some(n + 1);
        } else if !first.contains(atom.word.as_str()) && !lexicon::begins_known(&phrase) {
            break;
        }
    }
    best
}
