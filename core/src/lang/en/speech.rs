//! Verbs of speech and belief, and the closed word classes that part clauses.

use super::entries;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a verb of speech takes. A verb may take several.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Takes {
    /// A quotation.
    pub quote: bool,
    /// A clause with or without "that".
    pub clause: bool,
    /// A clause behind "that" or "whether".
    pub that: bool,
    /// A question clause: "asked why".
    pub question: bool,
    /// A thing: "denied the charge".
    pub thing: bool,
    /// An infinitive: "vowed to fight".
    pub infinitive: bool,
    /// The one told, before the content: "told reporters that".
    pub told: bool,
    /// A name for a thing: "called it a mistake".
    pub naming: bool,
    /// A thing, if a document is the subject: "the poll shows a lead".
    pub shown: bool,
    /// Belief rather than speech.
    pub belief: bool,
    /// Its content is what is denied.
    pub denies: bool,
    /// Its content is a question, unless it is a request.
    pub asks: bool,
}

/// A verb of speech or belief.
#[derive(Clone, Debug)]
pub struct SpeechVerb {
    /// Its base form.
    pub lemma: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// The prepositions its content may stand behind: "called for".
    pub behind: Vec<&'static str>,
}

/// A form of a verb.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Form {
    /// "say"
    Base,
    /// "says"
    Third,
    /// "said", also the participle of regular verbs.
    Past,
    /// "written", where it differs from the past.
    Participle,
    /// "saying"
    Ing,
}

/// A closed class of words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// the, a, this
    Determiner,
    /// his, their
    Possessive,
    /// he, they, who
    Pronoun,
    /// him, them
    Object,
    /// of, in, on
    Preposition,
    /// and, but
    Conjunction,
    /// that, because, when
    Subordinator,
    /// is, has, would
    Auxiliary,
    /// also, later
    Adverb,
    /// Tuesday, May
    Time,
    /// A common verb form that is no other word.
    Verb,
}

struct Lexicon {
    verbs: Vec<SpeechVerb>,
    forms: BTreeMap<String, (usize, Form)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(lexicon);
static CLASSES: LazyLock<BTreeMap<&'static str, Class>> = LazyLock::new(classes);

/// Returns the verb of speech that a lower-cased word is a form of.
pub fn verb(lower: &str) -> Option<(&'static SpeechVerb, Form)> {
    let &(n, form) = LEXICON.forms.get(lower)?;
    Some((&LEXICON.verbs[n], form))
}

/// Returns the closed class of a lower-cased word.
pub fn class(lower: &str) -> Option<Class> {
    CLASSES.get(lower).copied()
}

static VOICES: LazyLock<BTreeMap<&'static str, bool>> = LazyLock::new(voices);

/// Says whether a lower-cased noun is a document that shows or finds something.
pub fn is_document(lower: &str) -> bool {
    VOICES.get(lower).copied().unwrap_or(false)
}

/// Says whether a lower-cased noun is a document, or people who speak without a name.
pub fn is_voice(lower: &str) -> bool {
    VOICES.contains_key(lower)
}

static NOUNS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lists = entries(include_str!("speech_nouns.txt")).filter_map(|l| l.split_once('\t'));
    lists.map(|(noun, leads)| (noun, leads.split(' ').collect())).collect()
});

/// Returns the words that lead from a lower-cased noun of speech to what was said: "that", "to", "for".
pub fn noun(lower: &str) -> Option<&'static [&'static str]> {
    NOUNS.get(lower).map(Vec::as_slice)
}

static SILENCES: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lists = entries(include_str!("silences.txt")).filter_map(|l| l.split_once('\t'));
    lists.map(|(class, words)| (class, words.split(' ').collect())).collect()
});

/// How a word takes part in telling that somebody did not speak.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Silent {
    /// "declined"
    Refuse,
    /// "to comment"
    Comment,
    /// "did not reply"
    Reply,
    /// "to a request"
    Request,
}

/// Says whether a lower-cased word takes part so in telling that somebody did not speak.
pub fn is_silent(lower: &str, part: Silent) -> bool {
    let class = match part {
        Silent::Refuse => "refuse",
        Silent::Comment => "comment",
        Silent::Reply => "reply",
        Silent::Request => "request",
    };
    SILENCES.get(class).is_some_and(|words| words.contains(&lower))
}

/// Returns the listed nouns, and whether each is a document.
fn voices() -> BTreeMap<&'static str, bool> {
    let lists = entries(include_str!("voices.txt")).filter_map(|l| l.split_once('\t'));
    lists.flat_map(|(class, words)| words.split(' ').map(move |w| (w, class == "document"))).collect()
}

fn classes() -> BTreeMap<&'static str, Class> {
    let mut all = BTreeMap::new();
    for (name, words) in entries(include_str!("clause_words.txt")).filter_map(|l| l.split_once('\t')) {
        let class = match name {
            "det" => Class::Determiner,
            "poss" => Class::Possessive,
            "pron" => Class::Pronoun,
            "object" => Class::Object,
            "prep" => Class::Preposition,
            "conj" => Class::Conjunction,
            "sub" => Class::Subordinator,
            "aux" => Class::Auxiliary,
            "adv" => Class::Adverb,
            "time" => Class::Time,
            _ => Class::Verb,
        };
        for word in words.split(' ') {
            all.entry(word).or_insert(class);
        }
    }
    all
}

fn lexicon() -> Lexicon {
    let mut verbs = Vec::new();
    let mut forms = BTreeMap::new();
    for line in entries(include_str!("speech_verbs.txt")) {
        let Some((head, takes)) = line.split_once('\t') else { continue };
        let doubles = head.ends_with('+');
        let mut given = head.trim_end_matches('+').split('/');
        let lemma = given.next().unwrap_or_default();
        let built = if doubles { double(lemma) } else { lemma.to_owned() };
        let past = given.next().map_or_else(|| past(lemma, &built), str::to_owned);
        let participle = given.next().map(str::to_owned);
        let n = verbs.len();
        let mut add = |form: String, kind| {
            forms.entry(form).or_insert((n, kind));
        };
        // The past goes first: where it equals the base ("read"), it is told as the past.
        add(past, Form::Past);
        add(lemma.to_owned(), Form::Base);
        add(third(lemma), Form::Third);
        if let Some(participle) = participle {
            add(participle, Form::Participle);
        }
        add(ing(lemma, &built), Form::Ing);
        verbs.push(read(lemma, takes));
    }
    Lexicon { verbs, forms }
}

fn read(lemma: &'static str, list: &'static str) -> SpeechVerb {
    let mut takes = Takes::default();
    let mut behind = Vec::new();
    for word in list.split(' ') {
        match word {
            "q" => takes.quote = true,
            "c" => takes.clause = true,
            "t" => takes.that = true,
            "w" => takes.question = true,
            "n" => takes.thing = true,
            "i" => takes.infinitive = true,
            "p" => takes.told = true,
            "s" => takes.naming = true,
            "d" => takes.shown = true,
            "b" => takes.belief = true,
            "denies" => takes.denies = true,
            "asks" => takes.asks = true,
            _ => behind.push(word.trim_matches(['(', ')'])),
        }
    }
    SpeechVerb { lemma, takes, behind }
}

fn double(lemma: &str) -> String {
    let mut out = lemma.to_owned();
    out.extend(lemma.chars().last());
    out
}

/// Says whether a final `y` stands behind a consonant, so that it turns into `i`.
fn turns(lemma: &str) -> bool {
    lemma.ends_with('y') && !lemma.trim_end_matches('y').ends_with(['a', 'e', 'o', 'u'])
}

fn past(lemma: &str, built: &str) -> String {
    if turns(lemma) {
        return format!("{}ied", lemma.trim_end_matches('y'));
    }
    format!("{built}{}", if lemma.ends_with('e') { "d" } else { "ed" })
}

fn third(lemma: &str) -> String {
    if turns(lemma) {
        return format!("{}ies", lemma.trim_end_matches('y'));
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|e| lemma.ends_with(e)) || lemma == "go";
    format!("{lemma}{}", if hisses { "es" } else { "s" })
}

fn ing(lemma: &str, built: &str) -> String {
    let stem = if lemma.ends_with('e') && !lemma.ends_with("ee") { lemma.trim_end_matches('e') } else { built };
    format!("{stem}ing")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_form(word: &str, lemma: &str, form: Form) {
        let found = verb(word).map(|(v, f)| (v.lemma, f));
        assert_eq!(found, Some((lemma, form)), "{word}");
    }

    #[test]
    fn forms_are_built() {
        check_form("said", "say", Form::Past);
        check_form("says", "say", Form::Third);
        check_form("denying", "deny", Form::Ing);
        check_form("denies", "deny", Form::Third);
        check_form("admitted", "admit", Form::Past);
        check_form("written", "write", Form::Participle);
        check_form("agreeing", "agree", Form::Ing);
        check_form("declaring", "declare", Form::Ing);
        assert!(verb("ship").is_none());
    }
}
