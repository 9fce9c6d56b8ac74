//! What a short line of a page is when it is no news: share buttons, captions, comments, counters.
//!
//! The phrases are in `lang/furniture.txt`. Used for saved text and for pages alike.

use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Is,
    Starts,
}

struct Phrases {
    /// By first word, to look at few.
    opening: BTreeMap<&'static str, Vec<(Mode, &'static str, &'static str)>>,
    ending: Vec<(&'static str, &'static str)>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases { opening: BTreeMap::new(), ending: Vec::new() };
    for line in include_str!("lang/furniture.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.splitn(3, ' ');
        let (Some(kind), Some(mode), Some(phrase)) = (fields.next(), fields.next(), fields.next()) else { continue };
        match mode {
            "ends" => phrases.ending.push((kind, phrase)),
            _ => {
                let mode = if mode == "is" { Mode::Is } else { Mode::Starts };
                phrases.opening.entry(first_word(phrase)).or_default().push((mode, kind, phrase));
            }
        }
    }
    phrases
});

fn first_word(line: &str) -> &str {
    line.split([' ', ':']).next().unwrap_or("")
}

/// Longest line, in bytes, that a phrase can make furniture; longer ones are prose.
const LONGEST: usize = 260;

/// Returns the kind of furniture that a line is, if it is any.
pub(crate) fn kind_of(line: &str) -> Option<&'static str> {
    let line = line.trim();
    if line.len() > LONGEST || line.is_empty() {
        return None;
    }
    let lower = line.to_lowercase().replace('’', "'");
    let bare = lower.trim_matches([':', '.', '!', '?', ' ', '»', '›', '>', '…', '|', '+', '•', '–', '—']);
    by_phrase(&lower, bare)
        .or_else(|| counter(bare))
        .or_else(|| photo_credit(line, &lower))
        .or_else(|| contact(&lower))
        .or_else(|| own_channel(line, &lower))
}

/// `Follow our channel on …`: the outlet's own pages elsewhere. What somebody is quoted with is no such line.
fn own_channel(line: &str, lower: &str) -> Option<&'static str> {
    const OURS: &[&str] = &[
        "our",
        "us",
        "unser",
        "unsere",
        "unseren",
        "unserem",
        "uns",
        "notre",
        "nos",
        "nous",
        "nuestro",
        "nuestra",
        "nuestros",
        "nuestras",
        "síguenos",
        "nostro",
        "nostra",
        "nostri",
        "seguici",
        "nosso",
        "nossa",
        "nossos",
        "nossas",
        "siga-nos",
        "ons",
        "onze",
        "nasz",
        "nasze",
        "naszym",
        "nas",
        "наш",
        "наши",
        "нашем",
        "нашу",
        "нас",
        "bizi",
    ];
    const CHANNELS: &[&str] = &[
        "youtube",
        "whatsapp",
        "telegram",
        "facebook",
        "instagram",
        "twitter",
        "tiktok",
        "linkedin",
        "bluesky",
        "newsletter",
        "google news",
        "телеграм",
        "телеграме",
        "вконтакте",
    ];
    let quoted = lower.contains(['"', '“', '„', '«']);
    let told = [" said", " says", " told "].iter().any(|w| lower.contains(w));
    // `US` is a country, but in a line of capitals.
    let is_country = |word: &str| word == "US" && line.chars().any(char::is_lowercase);
    let ours = || {
        let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !is_country(w));
        words.any(|w| OURS.contains(&w.to_lowercase().as_str()))
    };
    (!quoted && !told && lower.len() <= 200 && CHANNELS.iter().any(|c| lower.contains(c)) && ours())
        .then_some("subscribe")
}

/// Says whether a paragraph discloses what the outlet earns by its links.
pub(crate) fn is_disclosure(line: &str) -> bool {
    const PAY: &[&str] =
        &["commission", "affiliate", "compensation", "compensated", "provision", "afiliados", "affiliés"];
    const OWN: &[&str] = &[
        "we may earn",
        "we may receive",
        "we may get",
        "we may make",
        "we may be",
        "we earn",
        "we receive",
        "we can earn",
        "our advertisers",
        "erhalten wir",
        "wir erhalten",
    ];
    const BY: &[&str] = &["link", "purchase", "product", "advertis", "partner", "kauf"];
    if line.len() > 700 || line.contains(['"', '“', '„', '«']) {
        return false;
    }
    let lower = line.to_lowercase();
    [PAY, OWN, BY].iter().all(|words| words.iter().any(|w| lower.contains(w)))
}

fn by_phrase(lower: &str, bare: &str) -> Option<&'static str> {
    let opening =
        PHRASES.opening.get(first_word(lower)).into_iter().chain(PHRASES.opening.get(first_word(bare))).flatten();
    for (mode, kind, phrase) in opening {
        let hit = match mode {
            Mode::Is => bare == *phrase || lower == *phrase,
            _ => starts(lower, phrase) && !reads_as_prose(lower, phrase),
        };
        if hit {
            return Some(kind);
        }
    }
    let words = bare.split(' ').count();
    PHRASES
        .ending
        .iter()
        .find(|(kind, phrase)| {
            let limit = if *kind == "caption" { 60 } else { 5 };
            words <= limit
                && bare.ends_with(phrase)
                && (*kind == "caption"
                    || bare.len() == phrase.len()
                    || bare.bytes().next().is_some_and(|b| b.is_ascii_digit() || *kind == "subscribe"))
        })
        .map(|(kind, _)| *kind)
}

fn starts(line: &str, phrase: &str) -> bool {
    line.strip_prefix(phrase).is_some_and(|rest| {
        phrase.ends_with(|c: char| !c.is_alphanumeric()) || !rest.starts_with(char::is_alphanumeric)
    })
}

/// A sentence may open with the words of a button: `More from the talks is expected on Friday, the minister said.`
fn reads_as_prose(line: &str, phrase: &str) -> bool {
    if phrase.ends_with([':', '|', '(']) {
        return false;
    }
    let words = line.split(' ').count();
    // `Share this list with the neighbours before the meeting.` is advice.
    if phrase.starts_with("share") && words > 6 && line.ends_with('.') {
        return true;
    }
    let told = [" said", " says", " told ", " according to ", "\" ", "” "].iter().any(|w| line.contains(w));
    words > 30 || (told && words > 8)
}

/// `0`, `12 views`, `87%`, `3 MIN READ`.
fn counter(bare: &str) -> Option<&'static str> {
    let digits = bare.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.' | b'k')).count();
    let rest = bare.get(digits..)?.trim();
    if digits == 0 || bare.len() > 12 {
        return None;
    }
    matches!(rest, "" | "%" | "k" | "+").then_some("counter")
}

/// `… outside the town hall/Photo: North Wire`, `… at dawn. Picture: Ida Roe`, `[Picture: …]`.
fn photo_credit(line: &str, lower: &str) -> Option<&'static str> {
    const CUES: &[&str] = &[
        "photo:",
        "photo by ",
        "photo/",
        "photograph:",
        "picture:",
        "photos:",
        "(photo",
        "image:",
        "photo credit:",
        "pictures:",
        "photo courtesy",
        "photo -",
    ];
    let cue = CUES.iter().filter_map(|cue| lower.rfind(cue)).max()?;
    let behind = lower.get(cue..)?;
    // A credit is a few words at the end.
    (behind.split(' ').count() <= 9 && line.split(' ').count() <= 60).then_some("caption")
}

/// A line that is mostly telephone numbers and addresses.
fn contact(lower: &str) -> Option<&'static str> {
    let address = lower.contains('@') && lower.contains('.') && !lower.contains('"') && !lower.contains('“');
    let phone = lower.contains("tel.") || lower.contains("tel:") || lower.contains("phone:");
    let opens = ["contact", "news desk", "press", "email", "e-mail", "media", "enquiries", "http", "www.", "desk"]
        .iter()
        .any(|w| lower.starts_with(w));
    let words = lower.split(' ').count();
    ((address || phone) && (opens || words <= 10)).then_some("contact")
}

/// Headings whose following short lines belong to them: a list of links, of tags, of comments.
pub(crate) fn opens_list(kind: &str) -> bool {
    matches!(kind, "related" | "tags" | "comments")
}

/// Words that head a part of a paper rather than a story.
pub(crate) fn is_section(line: &str) -> bool {
    const SECTIONS: &[&str] = &[
        "news",
        "world",
        "world news",
        "politics",
        "business",
        "economy",
        "sport",
        "sports",
        "opinion",
        "culture",
        "arts",
        "health",
        "science",
        "technology",
        "tech",
        "national",
        "international",
        "local",
        "local news",
        "region",
        "regions",
        "provinces",
        "home",
        "home news",
        "nation",
        "middle east",
        "africa",
        "asia",
        "europe",
        "americas",
        "europe news",
        "uk",
        "us",
        "us news",
        "uk news",
        "australia",
        "environment",
        "climate",
        "education",
        "crime",
        "courts",
        "law",
        "money",
        "finance",
        "markets",
        "travel",
        "lifestyle",
        "entertainment",
        "top stories",
        "latest news",
        "breaking news",
        "general news",
        "features",
        "analysis",
        "comment",
        "labour",
        "shipping",
        "neighbours",
        "abroad",
        "city",
        "country",
        "weather",
        "obituaries",
        "letters",
        "editorial",
    ];
    let lower = line.trim().to_lowercase();
    SECTIONS.contains(&lower.as_str())
}
