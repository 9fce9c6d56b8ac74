//! Words that tell names: places, demonyms, organizations, heads, titles, roles, given names; and folding of spellings.

use super::entries;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::LazyLock;

/// Whether a word is said of men or of women.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Gender {
    /// Of men.
    Male,
    /// Of women.
    Female,
}

/// What a listed name is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    /// A country or continent.
    Country,
    /// Any other place.
    Place,
    /// An organization.
    Organization,
    /// An adjective of a country: "Israeli", "South African".
    Demonym,
    /// People of a country: "Israelis".
    People,
}

/// What a word says of whom it stands before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Title {
    /// A form of address: "Mr", "Dr".
    Address,
    /// An office or occupation: "minister".
    Role,
}

struct Listed {
    known: Known,
    canonical: &'static str,
    /// Whether it is of the long lists, whose names people and firms bear as well.
    lesser: bool,
}

static LISTED: LazyLock<BTreeMap<String, Listed>> = LazyLock::new(listed);
static TITLES: LazyLock<BTreeMap<&'static str, (Title, Option<Gender>)>> = LazyLock::new(titles);
static MODIFIERS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| labelled(include_str!("titles.txt"), "modifier").collect());
static ORGANIZATION_HEADS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| words(include_str!("organization_heads.txt")).collect());
static PLACE_HEADS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    entries(include_str!("place_heads.txt")).filter(|l| !l.contains(':')).flat_map(str::split_whitespace).collect()
});
static PLACE_OPENERS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| labelled(include_str!("place_heads.txt"), "before").collect());
static NOT_NAMES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| words(include_str!("not_names.txt")).collect());
static SENTENCE_WORDS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| words(include_str!("sentence_words.txt")).collect());
static COMMON: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| words(include_str!("common_words.txt")).collect());
static FIRST_NAMES: LazyLock<BTreeMap<Cow<'static, str>, Option<Gender>>> = LazyLock::new(first_names);

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    entries(list).flat_map(str::split_whitespace)
}

/// Returns the words of the lines that begin with a label and a colon.
fn labelled(list: &'static str, label: &'static str) -> impl Iterator<Item = &'static str> {
    entries(list)
        .filter_map(move |l| l.strip_prefix(label).and_then(|l| l.strip_prefix(':')))
        .flat_map(str::split_whitespace)
}

fn titles() -> BTreeMap<&'static str, (Title, Option<Gender>)> {
    let list = include_str!("titles.txt");
    let mut titles = BTreeMap::new();
    for (label, title) in [("role", Title::Role), ("address", Title::Address)] {
        for word in labelled(list, label) {
            let (word, gender) = match word.split_once(':') {
                Some((w, "m")) => (w, Some(Gender::Male)),
                Some((w, _)) => (w, Some(Gender::Female)),
                None => (word, None),
            };
            titles.insert(word, (title, gender));
        }
    }
    titles
}

fn first_names() -> BTreeMap<Cow<'static, str>, Option<Gender>> {
    let mut names = BTreeMap::new();
    for list in [include_str!("first_names.txt"), include_str!("given_names.txt")] {
        for (label, gender) in [("m", Some(Gender::Male)), ("f", Some(Gender::Female)), ("u", None)] {
            for word in labelled(list, label) {
                let word = if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(fold(word)) };
                let both = names.get(&word).is_some_and(|known| *known != gender);
                names.insert(word, if both { None } else { gender });
            }
        }
    }
    names
}

fn listed() -> BTreeMap<String, Listed> {
    let mut all = BTreeMap::new();
    let mut add = |name: &str, known, canonical| {
        all.entry(fold(name)).or_insert(Listed { known, canonical, lesser: false });
    };
    for line in entries(include_str!("countries.txt")) {
        let mut fields = line.split(';');
        let name = fields.next().unwrap_or("").trim();
        add(name, Known::Country, name);
        let mut parts = || fields.next().unwrap_or("").split(',').map(str::trim).filter(|p| !p.is_empty());
        parts().for_each(|alias| add(alias, Known::Country, name));
        for demonym in parts() {
            add(demonym, Known::Demonym, name);
            if demonym.ends_with(['n', 'i', 't', 'r', 'k', 'b', 'd', 'e']) && !demonym.ends_with("ese") {
                add(&format!("{demonym}s"), Known::People, name);
            }
        }
    }
    for line in entries(include_str!("organizations.txt")) {
        for item in line.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let (short, full) = item.split_once(" = ").unwrap_or((item, item));
            add(short, Known::Organization, full);
        }
    }
    let places = |list: &'static str| entries(list).flat_map(|l| l.split(',')).map(str::trim).filter(|p| !p.is_empty());
    for name in [include_str!("regions.txt"), include_str!("cities.txt")].into_iter().flat_map(places) {
        add(name, Known::Place, name);
    }
    for name in [include_str!("more_cities.txt"), include_str!("more_regions.txt")].into_iter().flat_map(places) {
        all.entry(fold(name)).or_insert(Listed { known: Known::Place, canonical: name, lesser: true });
    }
    all
}

/// Returns a spelling in lower case without accents, with plain apostrophes and hyphens.
pub fn fold(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
            continue;
        }
        match c {
            '’' | '‘' | '`' | 'ʼ' | 'ʻ' => out.push('\''),
            '\u{2010}' | '\u{2011}' | '–' => out.push('-'),
            '\u{300}'..='\u{36f}' => {}
            _ => c.to_lowercase().for_each(|l| out.push_str(plain(l).unwrap_or(l.encode_utf8(&mut [0; 4])))),
        }
    }
    out
}

/// Returns what stands for a lower-case letter with an accent.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ' | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' => {
            "a"
        }
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' | 'ə' => {
            "e"
        }
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' | 'ḥ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' | 'ỉ' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö'
        | 'ø'
        | 'ō'
        | 'ŏ'
        | 'ő'
        | 'ơ'
        | 'ọ'
        | 'ỏ'
        | 'ố'
        | 'ồ'
        | 'ổ'
        | 'ỗ'
        | 'ộ'
        | 'ớ'
        | 'ờ'
        | 'ở'
        | 'ỡ'
        | 'ợ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'ṭ' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ủ' | 'ứ' | 'ừ' | 'ử' | 'ữ' | 'ự' => {
            "u"
        }
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỷ' | 'ỹ' | 'ỵ' => "y",
        'ź' | 'ż' | 'ž' | 'ẓ' => "z",
        'þ' => "th",
        _ => return None,
    })
}

/// Returns what a folded phrase is known to name.
pub fn known(folded: &str) -> Option<Known> {
    LISTED.get(folded).map(|l| l.known)
}

/// Says whether a folded phrase is a place of the long lists only, whose name people and firms bear as well.
pub fn is_lesser_place(folded: &str) -> bool {
    LISTED.get(folded).is_some_and(|l| l.lesser)
}

/// Says whether a listed phrase begins with this one.
pub fn begins_known(folded: &str) -> bool {
    let onward = (Bound::Included(folded), Bound::Unbounded);
    LISTED.range::<str, _>(onward).next().is_some_and(|(k, _)| k.starts_with(folded))
}

/// Returns the usual name of what a folded phrase is known to name: "United States" for "u.s.".
pub fn canonical(folded: &str) -> Option<&'static str> {
    LISTED.get(folded).filter(|l| !matches!(l.known, Known::Demonym | Known::People)).map(|l| l.canonical)
}

/// Returns the country of an adjective or people in lower case: "Israel" for "israeli" and "israelis".
pub fn country_of_demonym(lower: &str) -> Option<&'static str> {
    let listed = if lower.is_ascii() { LISTED.get(lower) } else { LISTED.get(&fold(lower)) };
    listed.filter(|l| matches!(l.known, Known::Demonym | Known::People)).map(|l| l.canonical)
}

/// Returns what a folded word says of whom it stands before, and of whom it is said.
pub fn title(folded: &str) -> Option<(Title, Option<Gender>)> {
    TITLES.get(folded.trim_end_matches('.')).copied().or_else(|| {
        let (first, last) = folded.rsplit_once('-')?;
        (MODIFIERS.contains(first) || TITLES.contains_key(first) || last == "general" || last == "elect")
            .then(|| TITLES.get(last).copied().or_else(|| TITLES.get(first).copied()))?
    })
}

/// Says whether a folded word is an office or occupation: "minister", "spokeswoman", also in the plural.
pub fn is_role(folded: &str) -> bool {
    matches!(title(folded), Some((Title::Role, _)))
}

/// Says whether a folded word goes before an office: "prime", "deputy", "foreign".
pub fn modifies_role(folded: &str) -> bool {
    MODIFIERS.contains(folded)
}

/// Says whether a folded word makes a phrase an organization's name.
pub fn organization_head(folded: &str) -> bool {
    ORGANIZATION_HEADS.contains(folded)
}

/// Says whether a folded word at its end makes a phrase a place's name.
pub fn place_head(folded: &str) -> bool {
    PLACE_HEADS.contains(folded)
}

/// Says whether a folded word at its front makes a phrase a place's name.
pub fn opens_place(folded: &str) -> bool {
    PLACE_OPENERS.contains(folded)
}

/// Says whether a folded word, though capitalised, names nobody.
pub fn not_name(folded: &str) -> bool {
    NOT_NAMES.contains(folded)
}

/// Says whether a folded word at the front of a sentence is no part of a name behind it.
pub fn opens_sentence(folded: &str) -> bool {
    SENTENCE_WORDS.contains(folded) || super::starts_sentence(folded)
}

/// Says whether a folded word is an everyday word, in any of its forms: "talks", "boarding", "angrily".
pub fn is_common(folded: &str) -> bool {
    if COMMON.contains(folded) {
        return true;
    }
    const ENDINGS: [(&str, &[&str]); 13] = [
        ("ies", &["y"]),
        ("es", &["", "e"]),
        ("s", &[""]),
        ("ied", &["y"]),
        ("ed", &["", "e"]),
        ("ing", &["", "e"]),
        ("ily", &["y"]),
        ("ly", &["", "le"]),
        ("er", &["", "e"]),
        ("ers", &["", "e"]),
        ("est", &["", "e"]),
        ("less", &[""]),
        ("ised", &["e", ""]),
    ];
    ENDINGS
        .iter()
        .filter_map(|(end, put)| Some((folded.strip_suffix(end)?, put)))
        .filter(|(stem, _)| stem.len() > 2)
        .any(|(stem, put)| {
            let bytes = stem.as_bytes();
            let doubled = bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
            let single = stem.get(..stem.len() - 1).filter(|_| doubled);
            put.iter().any(|p| COMMON.contains(format!("{stem}{p}").as_str()))
                || single.is_some_and(|s| COMMON.contains(s))
        })
        || folded.strip_prefix("un").is_some_and(|rest| COMMON.contains(rest))
}

/// Says whether a folded word is a given name, and of whom.
pub fn first_name(folded: &str) -> Option<Option<Gender>> {
    FIRST_NAMES.get(folded).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fold() {
        assert_eq!(fold("Łukasz O’Brién–Şahin"), "lukasz o'brien-sahin");
    }

    #[test]
    fn countries_are_known_by_their_adjectives() {
        assert_eq!(country_of_demonym("peruvian"), Some("Peru"));
        assert_eq!(country_of_demonym("peruvians"), Some("Peru"));
        assert_eq!(country_of_demonym("peru"), None);
        assert_eq!(canonical("u.s."), Some("United States"));
    }

    #[test]
    fn everyday_words_are_known_in_their_forms() {
        for word in ["talks", "stopping", "carried", "angrily", "used", "families", "unfair"] {
            assert!(is_common(word), "{word}");
        }
        assert!(!is_common("lund"));
    }

    #[test]
    fn titles_may_be_compounds() {
        assert_eq!(title("vice-president").map(|t| t.0), Some(Title::Role));
        assert_eq!(title("secretary-general").map(|t| t.0), Some(Title::Role));
        assert_eq!(title("table"), None);
    }
}
