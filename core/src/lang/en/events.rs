//! Words for events: verbs with their forms, event nouns and verbs by kind, and words that decide how an event stands.

use super::entries;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a word form may be; bits.
pub mod form {
    /// The base form: `meet`.
    pub const BASE: u8 = 1;
    /// Third person present: `meets`.
    pub const PRESENT: u8 = 2;
    /// Past tense: `met`.
    pub const PAST: u8 = 4;
    /// Past participle: `met`, `taken`.
    pub const PARTICIPLE: u8 = 8;
    /// `meeting`.
    pub const ING: u8 = 16;
}

/// A form of a verb.
#[derive(Clone, Copy, Debug)]
pub struct VerbForm {
    /// The verb: `meet`.
    pub base: &'static str,
    /// What this form may be: bits of [`form`].
    pub forms: u8,
}

/// What an event word names.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// What it is: `meeting`.
    pub kind: &'static str,
    /// A normalised word: `talk`.
    pub head: &'static str,
}

/// How a governing word decides; bits.
pub mod govern {
    /// Set, due, promised.
    pub const PLAN: u16 = 1;
    /// Called off.
    pub const CANCEL: u16 = 2;
    /// Put off.
    pub const POSTPONE: u16 = 4;
    /// Denied.
    pub const DENY: u16 = 8;
    /// Asked for, threatened, considered.
    pub const UNCLEAR: u16 = 16;
    /// Refused, avoided.
    pub const REFUSE: u16 = 32;
    /// Held, staged: the event is what is done.
    pub const HOLD: u16 = 64;
    /// Goes on.
    pub const CONTINUE: u16 = 128;
    /// Said of events: takes place.
    pub const OCCUR: u16 = 256;
    /// Said.
    pub const SAY: u16 = 512;
    /// Took place.
    pub const HELD: u16 = 1024;
    /// Stands before the event in time.
    pub const BEFORE: u16 = 2048;
    /// Names a topic only.
    pub const TOPIC: u16 = 4096;
}

static VERBS: LazyLock<BTreeMap<String, VerbForm>> = LazyLock::new(verbs);
static NOUNS: LazyLock<BTreeMap<String, Named>> = LazyLock::new(nouns);
static EVENT_VERBS: LazyLock<BTreeMap<&'static str, Named>> = LazyLock::new(event_verbs);
static KINDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let named = NOUNS.values().chain(EVENT_VERBS.values()).map(|n| n.kind);
    named.chain(["attack", "statement", "other"]).collect()
});
static GOVERNORS: LazyLock<BTreeMap<&'static str, BTreeMap<&'static str, u16>>> = LazyLock::new(governors);

static NOMINALS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let listed = entries(include_str!("event_nominals.txt")).flat_map(str::split_whitespace);
    listed.flat_map(|w| [w.to_owned(), plural(w)]).collect()
});

static SENSES: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut out: BTreeMap<&'static str, BTreeSet<&'static str>> = BTreeMap::new();
    for (class, words) in entries(include_str!("event_senses.txt")).filter_map(|l| l.split_once(':')) {
        out.entry(class).or_default().extend(words.split_whitespace());
    }
    out
});

/// Says whether a lower-cased word is of a class of `event_senses.txt`.
pub fn in_sense(class: &str, word: &str) -> bool {
    SENSES.get(class).is_some_and(|words| words.contains(word))
}

/// Returns the verb that a lower-cased word is a form of.
pub fn verb(lower: &str) -> Option<VerbForm> {
    VERBS.get(lower).copied()
}

/// Returns what an event verb (base form, particle joined by `_`) names.
pub fn event_verb(base: &str) -> Option<Named> {
    EVENT_VERBS.get(base).copied()
}

/// Returns the kind of event of this name.
pub fn event_kind(name: &str) -> Option<&'static str> {
    KINDS.get(name).copied()
}

static GOVERNING_PHRASALS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    GOVERNORS.get("verb").into_iter().flat_map(BTreeMap::keys).copied().filter(|w| w.contains('_')).collect()
});

/// Returns the verb with its particle, if the two are listed as one.
pub fn phrasal(base: &str, particle: &str) -> Option<&'static str> {
    let joined = format!("{base}_{particle}");
    let listed = EVENT_VERBS.get_key_value(joined.as_str()).map(|(k, _)| *k);
    let particles: &BTreeSet<&'static str> = &GOVERNING_PHRASALS;
    listed.or_else(|| particles.get(joined.as_str()).copied())
}

/// Returns what a lower-cased noun names.
pub fn event_noun(lower: &str) -> Option<Named> {
    NOUNS.get(lower).copied()
}

/// Says whether a lower-cased noun names a deed or an occasion of no kind of its own: `announcement`.
pub fn is_nominal(lower: &str) -> bool {
    NOMINALS.contains(lower)
}

/// Returns how a word governs, as bits of [`govern`]; `part` is `verb` (base form), `adj`, `premod`, `noun` or `prep`.
pub fn governs(part: &'static str, word: &str) -> u16 {
    GOVERNORS.get(part).and_then(|words| words.get(word)).copied().unwrap_or(0)
}

fn verbs() -> BTreeMap<String, VerbForm> {
    let mut out: BTreeMap<String, VerbForm> = BTreeMap::new();
    let mut irregular: BTreeMap<&'static str, (&'static str, &'static str)> = BTreeMap::new();
    for line in entries(include_str!("irregular_verbs.txt")) {
        let mut parts = line.split_whitespace();
        if let (Some(base), Some(past), Some(participle)) = (parts.next(), parts.next(), parts.next()) {
            irregular.insert(base, (past, participle));
        }
    }
    for (&base, &(past, participle)) in &irregular {
        add(&mut out, base.to_owned(), base, form::BASE);
        add(&mut out, past.to_owned(), base, form::PAST);
        add(&mut out, participle.to_owned(), base, form::PARTICIPLE);
        present_and_ing(&mut out, base);
    }
    let listed = entries(include_str!("verbs.txt")).flat_map(str::split_whitespace);
    let events = entries(include_str!("event_verbs.txt")).flat_map(|l| l.split_whitespace().skip(2));
    let governing = entries(include_str!("governors.txt"))
        .filter(|l| l.starts_with("verb-"))
        .flat_map(|l| l.split_whitespace().skip(1));
    for word in listed.chain(events).chain(governing) {
        let base = word.split('_').next().unwrap_or(word);
        if irregular.contains_key(base) {
            continue;
        }
        add(&mut out, base.to_owned(), base, form::BASE);
        for past in pasts(base) {
            add(&mut out, past, base, form::PAST | form::PARTICIPLE);
        }
        present_and_ing(&mut out, base);
    }
    out
}

fn add(out: &mut BTreeMap<String, VerbForm>, word: String, base: &'static str, forms: u8) {
    let known = out.entry(word).or_insert(VerbForm { base, forms });
    if known.base == base {
        known.forms |= forms;
    }
}

fn present_and_ing(out: &mut BTreeMap<String, VerbForm>, base: &'static str) {
    add(out, plural(base), base, form::PRESENT);
    for stem in stems(base, false) {
        add(out, format!("{stem}ing"), base, form::ING);
    }
}

fn pasts(base: &str) -> Vec<String> {
    stems(base, true).into_iter().map(|stem| format!("{stem}ed")).collect()
}

/// Returns the stems that endings in a vowel are put to; two where the last consonant may be doubled.
fn stems(base: &str, past: bool) -> Vec<String> {
    if let Some(stem) = base.strip_suffix("ie") {
        return vec![if past { stem.to_owned() + "i" } else { stem.to_owned() + "y" }];
    }
    if base.ends_with("ee") || base.ends_with("oe") || base.ends_with("ye") {
        return vec![if past { base[..base.len() - 1].to_owned() } else { base.to_owned() }];
    }
    if let Some(stem) = base.strip_suffix('e') {
        return vec![stem.to_owned()];
    }
    let letters: Vec<char> = base.chars().collect();
    let vowel = |c: char| "aeiou".contains(c);
    if let [.., before, 'y'] = letters[..]
        && !vowel(before)
        && past
    {
        return vec![base[..base.len() - 1].to_owned() + "i"];
    }
    let mut out = vec![base.to_owned()];
    if let [.., a, b, c] = letters[..]
        && !vowel(a)
        && vowel(b)
        && !vowel(c)
        && !"wxy".contains(c)
    {
        out.push(format!("{base}{c}"));
    }
    out
}

/// Returns the regular plural, which is also the third person present.
fn plural(word: &str) -> String {
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|e| word.ends_with(e));
    if let Some(stem) = word.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        format!("{stem}ies")
    } else if hisses || word.ends_with("go") || word.ends_with("do") || word.ends_with("to") {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

fn nouns() -> BTreeMap<String, Named> {
    let mut out = BTreeMap::new();
    for line in entries(include_str!("event_nouns.txt")) {
        let mut parts = line.split_whitespace();
        let (Some(kind), Some(head)) = (parts.next(), parts.next()) else { continue };
        for word in std::iter::once(head).chain(parts) {
            let named = Named { kind, head };
            match word.strip_suffix('!') {
                Some(word) => {
                    out.insert(word.to_owned(), named);
                }
                None => {
                    out.insert(plural(word), named);
                    out.insert(word.to_owned(), named);
                }
            }
        }
    }
    out
}

fn event_verbs() -> BTreeMap<&'static str, Named> {
    let mut out = BTreeMap::new();
    for line in entries(include_str!("event_verbs.txt")) {
        let mut parts = line.split_whitespace();
        let (Some(kind), Some(head)) = (parts.next(), parts.next()) else { continue };
        for word in parts {
            out.entry(word).or_insert(Named { kind, head });
        }
    }
    out
}

fn governors() -> BTreeMap<&'static str, BTreeMap<&'static str, u16>> {
    let mut out: BTreeMap<&'static str, BTreeMap<&'static str, u16>> = BTreeMap::new();
    for line in entries(include_str!("governors.txt")) {
        let mut parts = line.split_whitespace();
        let Some((part, class)) = parts.next().and_then(|p| p.split_once('-')) else { continue };
        let bit = match class {
            "plan" => govern::PLAN,
            "cancel" | "cancelled" => govern::CANCEL,
            "postpone" | "postponed" => govern::POSTPONE,
            "deny" => govern::DENY,
            "unclear" => govern::UNCLEAR,
            "refuse" => govern::REFUSE,
            "hold" => govern::HOLD,
            "continue" | "ongoing" => govern::CONTINUE,
            "occur" => govern::OCCUR,
            "sayish" => govern::SAY,
            "held" => govern::HELD,
            "before" => govern::BEFORE,
            _ => govern::TOPIC,
        };
        for word in parts {
            *out.entry(part).or_default().entry(word).or_insert(0) |= bit;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_verb(word: &str, base: &str, forms: u8) {
        let found = verb(word).unwrap_or_else(|| panic!("{word} is not known"));
        assert_eq!((found.base, found.forms & forms), (base, forms), "{word}");
    }

    #[test]
    fn forms_of_verbs_are_known() {
        check_verb("met", "meet", form::PAST | form::PARTICIPLE);
        check_verb("postponed", "postpone", form::PAST);
        check_verb("cancelled", "cancel", form::PARTICIPLE);
        check_verb("planning", "plan", form::ING);
        check_verb("denies", "deny", form::PRESENT);
        check_verb("withdrawn", "withdraw", form::PARTICIPLE);
    }

    #[test]
    fn particles_belong_to_the_verb() {
        assert_eq!(phrasal("call", "off"), Some("call_off"));
        assert_eq!(governs("verb", "call_off"), govern::CANCEL);
        assert_eq!(phrasal("call", "in"), None);
    }
}
