//! What speaks for a name being a person's, an organization's or a place's: its own words and the words beside it.

use super::NameKind;
use super::atoms::{Atom, Shape, Sheet};
use super::runs::{self, Found, Ground};
use crate::lang::en::names::{self as lexicon, Known};

/// Points for each kind.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Points {
    person: i32,
    organization: i32,
    place: i32,
    other: i32,
}

impl Points {
    /// Adds those of another mention of the same name.
    pub(super) fn add(&mut self, other: Points) {
        self.person += other.person;
        self.organization += other.organization;
        self.place += other.place;
        self.other += other.other;
    }

    /// Returns the kind with most points.
    pub(super) fn kind(self) -> NameKind {
        let best = self.person.max(self.organization).max(self.place).max(self.other);
        if best <= 0 {
            // Nothing tells: better no person, who could be taken for a speaker.
            NameKind::Other
        } else if best == self.person {
            NameKind::Person
        } else if best == self.place {
            NameKind::Place
        } else if best == self.organization {
            NameKind::Organization
        } else {
            NameKind::Other
        }
    }
}

const SAYING: [&str; 32] = [
    "said",
    "says",
    "told",
    "added",
    "asked",
    "replied",
    "wrote",
    "tweeted",
    "argued",
    "explained",
    "insisted",
    "warned",
    "claimed",
    "stressed",
    "recalled",
    "thinks",
    "believes",
    "admitted",
    "denied",
    "joked",
    "stated",
    "declared",
    "noted",
    "observed",
    "remarked",
    "complained",
    "suggested",
    "continued",
    "concluded",
    "urged",
    "died",
    "himself",
];

/// Says whether a folded word says that somebody speaks.
pub(super) fn says(word: &str) -> bool {
    SAYING[..SAYING.len() - 2].contains(&word)
}

/// Weighs one mention; what its own words say counts only the first time.
pub(super) fn weigh(sheet: &Sheet, found: &Found, first: bool) -> Points {
    let mut p = Points::default();
    if found.ground != Ground::Titled && !found.roles.is_empty() {
        p.person += 6;
    }
    if first || found.ground != Ground::Capitals {
        own_words(sheet, found, &mut p);
    }
    if matches!(found.ground, Ground::Capitals | Ground::FirstName | Ground::Titled | Ground::LesserPlace) {
        before(sheet, found, &mut p);
        behind(sheet, found, &mut p);
    }
    p
}

fn own_words(sheet: &Sheet, found: &Found, p: &mut Points) {
    let atoms = &sheet.atoms[found.atoms.clone()];
    match found.ground {
        Ground::Listed(Known::Organization) => p.organization += 12,
        Ground::Listed(Known::Country) => p.place += 20,
        Ground::Listed(Known::Place) => p.place += 8,
        Ground::Listed(Known::Demonym | Known::People) => p.other += 20,
        Ground::LesserPlace => p.place += 4,
        Ground::OrganizationHead => p.organization += 10,
        Ground::PlaceHead => p.place += 10,
        Ground::Titled => p.person += 12,
        Ground::FirstName => p.person += 6,
        Ground::Capitals | Ground::Echo => {}
    }
    if found.ground != Ground::Capitals {
        return;
    }
    // "Lund & Sons": partners make a firm.
    p.organization += if atoms.iter().any(|a| a.word == "&") { 8 } else { 0 };
    let capitals = atoms.iter().filter(|a| a.shape == Shape::Capitals).count();
    if atoms.len() == 1 && capitals == 1 {
        p.organization += 5;
        return;
    }
    let initial = atoms.len() > 1 && atoms[..atoms.len() - 1].iter().any(|a| a.shape == Shape::Initial);
    p.person += if initial { 5 } else { 0 };
    if (2..=3).contains(&atoms.len()) && runs::eastern(sheet, found.atoms.end - 1) {
        p.person += 8;
        return;
    }
    let usual = atoms
        .iter()
        .filter(|a| a.is_capital() && (sheet.lower.contains(&a.word) || lexicon::is_common(&a.word)))
        .count();
    let everyday = |a: &Atom| sheet.lower.contains(&a.word) || lexicon::is_common(&a.word);
    if atoms.len() == 2 && atoms[0].word.len() <= 5 && everyday(&atoms[0]) && !everyday(&atoms[1]) {
        // "Rice Velde", and as well "Blue Velde": what stands beside it decides. "Sun Velde" was looked at before.
        p.person += if lexicon::not_name(&atoms[0].word) { 3 } else { 1 };
        p.other += 2;
    } else if atoms.len() > 1 && usual * 2 >= atoms.len() {
        p.other += 3;
    } else if (2..=4).contains(&atoms.len()) {
        p.person += 2;
    } else if atoms.len() == 1 {
        const ENDINGS: [&str; 12] =
            ["land", "stan", "burg", "ville", "shire", "pur", "abad", "grad", "berg", "polis", "istan", "town"];
        p.place += if ENDINGS.iter().any(|e| atoms[0].word.ends_with(e)) { 3 } else { 0 };
        // In "Bay - Mart" the second half of a firm's name may be a given name elsewhere.
        let is_given = lexicon::first_name(&atoms[0].word).is_some() && !follows_dash(sheet, found);
        p.person += i32::from(is_given) * 2;
    }
}

fn before(sheet: &Sheet, found: &Found, p: &mut Points) {
    let line = &sheet.lines[found.line];
    let single = found.atoms.len() == 1;
    let Some(at) = found.atoms.start.checked_sub(1) else { return };
    match sheet.word(line, at) {
        // In "the Lund government" the article belongs to the noun behind.
        "the" if lends_itself(sheet, found) => {}
        "the" => {
            p.person -= 6;
            p.organization += 2;
        }
        "in" => p.place += if single { 4 } else { 3 },
        "at" | "near" | "outside" | "across" | "inside" | "around" | "towards" => p.place += if single { 3 } else { 2 },
        "northern" | "southern" | "eastern" | "western" | "central" | "downtown" | "nearby" | "neighbouring"
        | "neighboring" => {
            p.place += 4;
        }
        "from" | "to" | "into" | "via" => p.place += if single { 1 } else { 0 },
        "of" if at > 0 => {
            const OF_PLACE: [&str; 16] = [
                "town",
                "city",
                "village",
                "province",
                "port",
                "island",
                "capital",
                "north",
                "south",
                "east",
                "west",
                "region",
                "state",
                "outskirts",
                "suburb",
                "district",
            ];
            p.place += if OF_PLACE.contains(&sheet.word(line, at - 1)) { 6 } else { 0 };
        }
        w if lexicon::is_role(w) => p.person += 6,
        _ => {}
    }
}

/// Says whether a dash stands between the name and a capitalised word before it.
fn follows_dash(sheet: &Sheet, found: &Found) -> bool {
    let line = &sheet.lines[found.line];
    let Some(dash) = found.atoms.start.checked_sub(1).filter(|at| line.atoms.contains(at)) else { return false };
    let before = dash.checked_sub(1).filter(|at| line.atoms.contains(at));
    matches!(sheet.word(line, dash), "-" | "–") && before.is_some_and(|at| sheet.atoms[at].is_capital())
}

/// Says whether a plain noun follows the name, which so only describes it.
fn lends_itself(sheet: &Sheet, found: &Found) -> bool {
    let line = &sheet.lines[found.line];
    let next = found.atoms.end;
    line.atoms.contains(&next)
        && sheet.atoms[next].shape == Shape::Lower
        && !lexicon::opens_sentence(&sheet.atoms[next].word)
        && !says(&sheet.atoms[next].word)
        && (lexicon::is_common(&sheet.atoms[next].word) || lexicon::place_head(&sheet.atoms[next].word))
}

fn behind(sheet: &Sheet, found: &Found, p: &mut Points) {
    let line = &sheet.lines[found.line];
    let at = found.atoms.end;
    let next = sheet.word(line, at);
    let single = found.atoms.len() == 1;
    if SAYING.contains(&next) {
        p.person += if single { 2 } else { 3 };
    } else if next == "," {
        let age = sheet.word(line, at + 1);
        let comma = matches!(sheet.word(line, at + 2), "," | ".");
        if comma && age.parse::<u32>().is_ok_and(|n| n < 120) {
            p.person += 6;
        } else if age == "who" {
            p.person += 4;
        } else if matches!(lexicon::known(age), Some(Known::Country)) {
            p.place += 4;
        }
    } else if next == "who" {
        p.person += 4;
    } else if lexicon::place_head(next) || matches!(next, "area" | "metropolitan") {
        p.place += if single { 4 } else { 2 };
    } else if next == "-" && sheet.word(line, at + 1) == "based" {
        p.place += 5;
    } else if lexicon::is_role(next) {
        p.organization += 2;
    }
    let opens = found.atoms.start == line.atoms.start && sheet.atoms[at - 1].shape == Shape::Capitals;
    if opens && matches!(next, "," | "–" | "—" | "(" | "-" | "--") {
        p.place += 6;
    }
}
