//! English number words, units, currencies, modifiers and the words that tell counted things apart.

use super::entries;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Word to value.
fn values(list: &'static str) -> BTreeMap<&'static str, f64> {
    entries(list).filter_map(|l| l.split_once(' ')).filter_map(|(w, v)| Some((w, v.trim().parse().ok()?))).collect()
}

fn set(list: &'static str) -> BTreeSet<&'static str> {
    entries(list).collect()
}

/// The parts of a line `name: form, form`; a name may have its own in words behind it, `USD = dollar`.
fn named(line: &'static str) -> Option<(&'static str, impl Iterator<Item = &'static str>)> {
    let (name, forms) = line.split_once(':')?;
    let name = name.split_once(" = ").map_or(name, |(name, _)| name);
    Some((name.trim(), forms.split(',').map(str::trim).filter(|f| !f.is_empty())))
}

static NUMBERS: LazyLock<BTreeMap<&'static str, f64>> = LazyLock::new(|| values(include_str!("number_words.txt")));
static FRACTIONS: LazyLock<BTreeMap<&'static str, f64>> = LazyLock::new(|| values(include_str!("fractions.txt")));
static STOPS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| set(include_str!("phrase_stops.txt")));
static NUMBERED: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| set(include_str!("numbered.txt")));
static SCOPES: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut out: BTreeMap<&'static str, BTreeSet<&'static str>> = BTreeMap::new();
    for (class, words) in entries(include_str!("figure_scope.txt")).filter_map(|l| l.split_once(':')) {
        out.entry(class).or_default().extend(words.split_whitespace());
    }
    out
});
static COUNTING: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| set(include_str!("counting_verbs.txt")));

/// Returns the value of a number word in lower case: `seventeen`, `hundred`, `million`.
pub fn number_word(lower: &str) -> Option<f64> {
    let first = *lower.as_bytes().first()?;
    // Few words begin like a number word; the look-up is spared for the rest.
    if !matches!(first, b'b' | b'c' | b'd' | b'e' | b'f' | b'h' | b'l' | b'm' | b'n' | b'o' | b'q' | b's' | b't' | b'z')
    {
        return None;
    }
    NUMBERS.get(lower).copied()
}

/// Returns how many of these parts make a whole: `thirds` 3.
pub fn fraction_word(lower: &str) -> Option<f64> {
    FRACTIONS.get(lower).copied()
}

/// Says whether a lower-case word ends the noun phrase behind a number.
pub fn ends_phrase(lower: &str) -> bool {
    STOPS.contains(lower)
}

/// Says whether a lower-case word makes the number behind it a name or a place in a list: `Highway 9`.
pub fn takes_number(lower: &str) -> bool {
    NUMBERED.contains(lower)
}

/// Says whether a lower-case word is of a class of `figure_scope.txt`: what it says of the count it stands beside.
pub fn in_scope(class: &str, lower: &str) -> bool {
    SCOPES.get(class).is_some_and(|words| words.contains(lower))
}

/// Says whether the subject of this lower-case verb answers for the figure in its object.
pub fn counts(lower: &str) -> bool {
    COUNTING.contains(lower)
}

/// A unit of measure or a currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Its name in the record.
    pub name: &'static str,
    /// What it measures.
    pub kind: UnitKind,
}

/// What a unit measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnitKind {
    /// Money.
    Money,
    /// A share of a whole, or a step between shares.
    Share,
    /// A length of time or an age.
    Time,
    /// Anything else.
    Measure,
}

const TIMES: [&str; 16] = [
    "second",
    "millisecond",
    "minute",
    "hour",
    "day",
    "week",
    "fortnight",
    "month",
    "year",
    "decade",
    "century",
    "quarter",
    "year of age",
    "month of age",
    "week of age",
    "day of age",
];

/// Says whether a unit of the record is a length of time or an age: no figure of anything.
pub fn is_time(unit: &str) -> bool {
    TIMES.contains(&unit)
}

static CURRENCIES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut map = BTreeMap::new();
    for line in entries(include_str!("currencies.txt")) {
        if let Some(own) = line.strip_prefix("own noun:") {
            for pair in own.split(';') {
                let mut forms = pair.split(',').map(str::trim);
                let Some(single) = forms.next() else { continue };
                map.insert(single, single);
                forms.for_each(|f| {
                    map.insert(f, single);
                });
            }
        } else if let Some((name, forms)) = named(line) {
            forms.for_each(|f| {
                map.insert(f, name);
            });
        }
    }
    map
});

static UNITS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut map = BTreeMap::new();
    for (name, forms) in entries(include_str!("units.txt")).filter_map(named) {
        forms.for_each(|f| {
            map.insert(f, name);
        });
    }
    map
});

/// Returns the currency that lower-case words or a sign name: its ISO 4217 code, or its own noun where several countries share it.
pub fn currency(lower: &str) -> Option<Unit> {
    CURRENCIES.get(lower).map(|name| Unit { name, kind: UnitKind::Money })
}

/// Says whether a unit of the record is a currency, alone or by the day.
pub fn currency_name(unit: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| CURRENCIES.values().copied().collect());
    NAMES.contains(unit.split(" per ").next().unwrap_or(unit))
}

/// Says whether a record's unit is one of measure, share or time, and nothing counted.
pub fn is_unit(unit: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| UNITS.values().copied().collect());
    NAMES.contains(unit)
}

/// Returns the unit or currency of a form in lower case. Forms that begin with `=` stand against the digits.
pub fn unit(lower: &str) -> Option<Unit> {
    let measure = |name: &'static str| Unit {
        name,
        kind: match name {
            "percentage" | "percentage point" | "basis point" | "point" => UnitKind::Share,
            _ if is_time(name) => UnitKind::Time,
            _ => UnitKind::Measure,
        },
    };
    UNITS.get(lower).map(|name| measure(name)).or_else(|| currency(lower))
}

/// The names of the record that are no words, and those in words.
static IN_WORDS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lists = [include_str!("currencies.txt"), include_str!("units.txt")];
    let names = lists.into_iter().flat_map(entries).filter_map(|l| l.split_once(':')?.0.split_once(" = "));
    names.map(|(code, words)| (code.trim(), words.trim())).collect()
});

/// Returns a unit of the record in words: `dollar per barrel` for `USD per barrel`.
pub fn unit_in_words(unit: &str) -> String {
    let parts = unit.split(" per ").map(|part| IN_WORDS.get(part).copied().unwrap_or(part));
    parts.collect::<Vec<_>>().join(" per ")
}

/// A word of a modifier, where it stands and the modifier's name in the record.
static MODIFIERS: LazyLock<[BTreeMap<&'static str, &'static str>; 2]> = LazyLock::new(|| {
    let mut maps = [BTreeMap::new(), BTreeMap::new()];
    for (name, forms) in entries(include_str!("figure_modifiers.txt")).filter_map(named) {
        let (side, name) = name.strip_prefix("after ").map_or((0, name), |name| (1, name));
        forms.for_each(|f| {
            maps[side].insert(f, name);
        });
    }
    maps
});

/// Returns the record's name of a modifier that stands before a number.
pub fn modifier_before(lower: &str) -> Option<&'static str> {
    MODIFIERS[0].get(lower).copied()
}

/// Returns the record's name of a modifier that stands behind a number.
pub fn modifier_after(lower: &str) -> Option<&'static str> {
    MODIFIERS[1].get(lower).copied()
}

/// What is told of counted things, under one name for all its wordings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    /// Its name in heads.
    pub name: &'static str,
    /// Whether it grows or shrinks from day to day.
    pub changes: bool,
    /// Whether everybody counts the same, so that two sources can contradict each other.
    pub shared: bool,
}

impl State {
    /// Says whether its count is one running total, so that a later number takes the place of an earlier one. Arrests,
    /// marches and dismissals come in groups.
    pub fn updates(self) -> bool {
        !matches!(self.name, "detained" | "dismissed" | "protesting" | "living")
    }

    /// Says whether its count can only grow while an event is told of.
    pub fn grows(self) -> bool {
        matches!(self.name, "killed" | "injured" | "infected")
    }

    /// Reads the name with its marks, `killed!`, `fallen=!`.
    fn parse(marked: &'static str) -> State {
        let name = marked.trim_end_matches(['=', '!']);
        State { name, changes: !marked.contains('='), shared: marked.contains('!') }
    }
}

/// Phrases by their first word, longest first: the words and the state.
type Phrases = BTreeMap<&'static str, Vec<(Vec<&'static str>, State)>>;

static STATES: LazyLock<[Phrases; 2]> = LazyLock::new(|| {
    let mut sides: [Phrases; 2] = [Phrases::new(), Phrases::new()];
    for line in entries(include_str!("states.txt")) {
        let Some((name, forms)) = line.split_once(':') else { continue };
        let state = State::parse(name.trim());
        for (side, forms) in forms.splitn(2, '|').enumerate() {
            for form in forms.split(',').map(str::trim).filter(|f| !f.is_empty()) {
                let words: Vec<&str> = form.split(' ').collect();
                sides[side].entry(words[0]).or_default().push((words, state));
            }
        }
    }
    for phrases in sides.iter_mut().flat_map(|s| s.values_mut()) {
        phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    sides
});

/// Returns the states whose wording begins with this lower-case word, longest first.
pub fn states(first: &str) -> &'static [(Vec<&'static str>, State)] {
    STATES[0].get(first).map_or(&[], Vec::as_slice)
}

/// Returns the states whose count is named by a phrase that begins with this lower-case word, longest first: `death toll`.
pub fn tolls(first: &str) -> &'static [(Vec<&'static str>, State)] {
    STATES[1].get(first).map_or(&[], Vec::as_slice)
}

/// Returns the state of a name used in heads.
pub fn state_named(name: &str) -> Option<State> {
    static NAMED: LazyLock<BTreeMap<&'static str, State>> = LazyLock::new(|| {
        let names = entries(include_str!("states.txt")).filter_map(|l| Some(State::parse(l.split_once(':')?.0.trim())));
        names.map(|s| (s.name, s)).collect()
    });
    NAMED.get(name).copied()
}

static PERSONS: LazyLock<BTreeMap<&'static str, bool>> = LazyLock::new(|| {
    entries(include_str!("persons.txt"))
        .map(|l| l.strip_prefix('*').map_or((l, false), |general| (general, true)))
        .collect()
});

/// Says whether a lower-case noun in the singular means people; `Some(true)` if so general that it adds nothing.
pub fn person(singular: &str) -> Option<bool> {
    PERSONS.get(singular).copied().or_else(|| {
        let by_rule = singular.len() > 4 && (singular.ends_with("man") || singular.ends_with("woman"));
        by_rule.then_some(false)
    })
}

static IRREGULAR: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| entries(include_str!("irregular_plurals.txt")).filter_map(|l| l.split_once(' ')).collect());

/// Returns the singular of a lower-case plural noun; none if the word does not look like one.
pub fn singular(lower: &str) -> Option<String> {
    if let Some(one) = IRREGULAR.get(lower) {
        return Some((*one).to_owned());
    }
    if lower.len() > 5 && lower.ends_with("men") {
        return Some(format!("{}man", &lower[..lower.len() - 3]));
    }
    if lower.len() < 3 || !lower.is_ascii() || !lower.ends_with('s') {
        return None;
    }
    if lower.ends_with("ss") || lower.ends_with("us") || lower.ends_with("is") || lower.ends_with("ous") {
        return None;
    }
    let stem = &lower[..lower.len() - 1];
    if let Some(y) = stem.strip_suffix("ie") {
        return Some(format!("{y}y"));
    }
    let hissing = ["sse", "she", "che", "xe", "zze"].iter().any(|s| stem.ends_with(s));
    Some(if hissing { stem[..stem.len() - 1].to_owned() } else { stem.to_owned() })
}

static SAME: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = entries(include_str!("same_things.txt")).filter_map(named);
    lines.flat_map(|(name, forms)| forms.map(move |f| (f, name))).collect()
});

/// Returns the one word under which heads keep a noun: `vessel` is `ship`.
pub fn same_thing(singular: &str) -> &str {
    SAME.get(singular).copied().unwrap_or(singular)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_lead_to_their_singular() {
        let plurals = ["ships", "lorries", "boxes", "men", "women", "children", "buses", "cases", "firemen", "gas"];
        let singles: Vec<Option<String>> = plurals.iter().map(|p| singular(p)).collect();
        let expected = ["ship", "lorry", "box", "man", "woman", "child", "bus", "case", "fireman", "ga"];
        assert_eq!(singles, expected.map(|s| Some(s.to_owned())));
    }

    #[test]
    fn forms_lead_to_units_and_currencies() {
        assert_eq!(unit("per cent").map(|u| u.name), Some("percentage"));
        assert_eq!(unit("us dollars").map(|u| u.name), Some("USD"));
        assert_eq!(unit("crowns").map(|u| (u.name, u.kind)), Some(("crown", UnitKind::Money)));
        assert_eq!(unit("years").map(|u| u.kind), Some(UnitKind::Time));
    }
}
