//! Where words come from: datelines, credit lines, `contributed`, `told …`, picture credits.

use super::byline::{is_agency, is_newsroom};
use super::clean::fold;
use super::dates::find_dates;
use super::draft::byline_of;
use annals_core::report::{Credit, CreditKind, Removed};
use annals_core::text::{PartKind, Text};
use annals_core::when::When;

/// The opening of a first paragraph that names the place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Dateline {
    /// The place, as printed.
    pub(crate) place: String,
    /// Bytes up to and with the dash or colon.
    pub(crate) len: usize,
    /// The day, when it is printed with its year.
    pub(crate) when: Option<When>,
}

/// Reads the dateline at the start of a paragraph.
pub(crate) fn dateline(paragraph: &str) -> Option<Dateline> {
    let (head, len, colon) = split_dateline(paragraph)?;
    let rest = paragraph[len..].trim_start();
    let open = rest.chars().next()?;
    if rest.len() < 20 || !(open.is_uppercase() || open.is_numeric() || matches!(open, '"' | '“' | '‘' | '\'' | '«'))
    {
        return None;
    }
    let (plain, bracket) = bracketed(head);
    let mut items = plain.split(',').map(str::trim).filter(|i| !i.is_empty());
    let first = items.next()?;
    // `WASHINGTON Nov 10`, `GENEVA 3 May 2024`: the date may follow without a comma.
    let dates = find_dates(head);
    let place = cut_date(first);
    let words: Vec<&str> = place.split_whitespace().collect();
    if words.is_empty() || words.len() > 5 || !words.iter().all(|w| is_place_word(w)) {
        return None;
    }
    let capitals = place.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !place.chars().any(char::is_lowercase);
    let mut dated = !dates.is_empty() || place.len() < first.len();
    for item in items {
        let day = cut_date(item).is_empty();
        dated |= day;
        if !day && !item.split_whitespace().all(is_place_word) {
            return None;
        }
    }
    let spaced_colon = colon && head.ends_with(' ');
    let sure =
        capitals || dated || bracket.is_some() || spaced_colon || (colon && words.len() <= 2 && !is_label(place));
    if !sure || is_label(place) || (!capitals && is_newsroom(place)) {
        return None;
    }
    Some(Dateline { place: place.to_owned(), len, when: dates.first().and_then(super::dates::Printed::published) })
}

/// Returns what stands before the first dash or colon, the length with it, and whether it is a colon.
fn split_dateline(paragraph: &str) -> Option<(&str, usize, bool)> {
    let mut depth = 0;
    for (at, c) in paragraph.char_indices().take(110) {
        let next = &paragraph[at + c.len_utf8()..];
        let spaced = next.starts_with(' ') && at > 0 && paragraph[..at].ends_with([' ', ')', ']']);
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if depth != 0 => {}
            '—' | '–' | '―' => return Some((&paragraph[..at], at + c.len_utf8(), false)),
            '-' if next.starts_with('-') => {
                let dashes = next.bytes().take_while(|b| *b == b'-').count();
                return Some((&paragraph[..at], at + 1 + dashes, false));
            }
            '-' if spaced => return Some((&paragraph[..at], at + 1, false)),
            ':' if next.starts_with(' ') && !paragraph[..at].ends_with(|c: char| c.is_ascii_digit()) => {
                return Some((&paragraph[..at], at + 1, true));
            }
            ':' if next.starts_with(' ') => return None,
            '"' | '“' | '?' | '!' | ';' | '\n' => return None,
            _ => {}
        }
    }
    None
}

/// Parts off the bracket: `WEST VELL, May 9 (North Wire)`.
fn bracketed(head: &str) -> (&str, Option<&str>) {
    let Some(open) = head.find(['(', '[']) else { return (head, None) };
    let inner = head[open + 1..].split([')', ']']).next().unwrap_or("");
    (&head[..open], Some(inner.trim()))
}

/// Returns the words before a day of the month: `WASHINGTON Nov. 10` gives `WASHINGTON`.
fn cut_date(item: &str) -> &str {
    let is_date_word = |w: &str| {
        let bare = w.trim_matches([',', '.']).to_lowercase();
        let probe = format!("1 {bare} 2000");
        let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
        let number = (1..=4).contains(&digits) && matches!(&bare[digits..], "" | "st" | "nd" | "rd" | "th");
        number
            || (bare.chars().all(char::is_alphabetic) && !find_dates(&probe).is_empty())
            || ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].contains(&bare.as_str())
    };
    let mut from = 0;
    for word in item.split(' ') {
        if !word.is_empty() && is_date_word(word) {
            return item[..from].trim_end();
        }
        from = (from + word.len() + 1).min(item.len());
    }
    item
}

fn is_place_word(word: &str) -> bool {
    const SMALL: &[&str] = &["de", "la", "el", "al", "of", "the", "and", "du", "des", "del", "do", "da", "upon", "sur"];
    let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '/'));
    letters && (word.chars().next().is_some_and(|c| !c.is_lowercase()) || SMALL.contains(&word))
}

/// Words before a colon or dash that head a text rather than name a place.
fn is_label(word: &str) -> bool {
    const LABELS: &[&str] = &[
        "analysis",
        "explainer",
        "watch",
        "opinion",
        "update",
        "updated",
        "note",
        "correction",
        "question",
        "answer",
        "summary",
        "exclusive",
        "breaking",
        "live",
        "video",
        "photos",
        "fact check",
        "factbox",
        "editor's note",
        "editor’s note",
        "read",
        "listen",
        "interview",
        "comment",
        "q",
        "a",
        "remember",
        "warning",
        "review",
        "profile",
        "timeline",
        "background",
        "sources",
        "source",
        "the",
        "it",
        "this",
        "today",
        "yesterday",
        "why",
        "how",
        "what",
        "who",
        "key points",
        "verdict",
        "reporter",
        "introduction",
    ];
    LABELS.contains(&word.to_lowercase().as_str())
}

const LINE_OPENERS: &[&str] = &[
    "source:",
    "sources:",
    "source -",
    "(source:",
    "courtesy:",
    "credit:",
    "credits:",
    "with inputs from",
    "with input from",
    "(with inputs from",
    "(with input from",
    "with agency inputs",
    "(with agency inputs",
    "with reporting by",
    "with additional reporting",
    "additional reporting",
    "(additional reporting",
    "reporting by",
    "(reporting by",
    "writing by",
    "(writing by",
    "written by",
    "edited by",
    "(edited by",
    "editing by",
    "(editing by",
    "compiled by",
    "(compiled by",
    "produced by",
    "translated by",
    "— with reporting",
    "(compiled from",
];

const LINE_PHRASES: &[&str] = &[
    "contributed to this report",
    "contributed to this story",
    "contributed to this article",
    "contributed reporting",
    "originally appeared in",
    "originally appeared on",
    "originally published by",
    "originally published in",
    "originally published on",
    "first published by",
    "was first published in",
    "was first published on",
    "is republished from",
    "reported from",
];

/// Says whether a paragraph is a credit line; `behind` counts the paragraphs that follow it.
pub(crate) fn is_line(paragraph: &str, behind: usize) -> bool {
    if paragraph.len() > 420 || behind > 6 {
        return false;
    }
    let lower = paragraph.to_lowercase();
    let lower = lower.trim_start_matches(['*', '—', '–', '-', ' ']);
    if LINE_OPENERS.iter().any(|o| lower.starts_with(o)) {
        return true;
    }
    if LINE_PHRASES.iter().any(|p| lower.contains(p)) && lower.split(' ').count() <= 45 {
        return true;
    }
    behind <= 3 && bare_name(paragraph).is_some()
}

/// Returns the newsroom that a paragraph consists of: `(VOA)`, `HTS`, `— Reuters`, `AFP/dpa`.
fn bare_name(paragraph: &str) -> Option<&str> {
    let name = paragraph.trim_matches(|c: char| !c.is_alphanumeric());
    let words = name.split(' ').count();
    let acronym = (2..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    let all_agencies = name.split(['/', ',', '-', '&']).map(str::trim).all(is_agency);
    let closed = paragraph.trim_start().starts_with(['(', '[', '—', '–', '-']) && words <= 4 && is_newsroom(name);
    (words <= 5
        && (acronym || all_agencies || closed)
        && !matches!(name, "ENDS" | "END" | "TAGS" | "MORE" | "SHARE" | "PRINT" | "HOME"))
    .then_some(name)
}

/// Returns where a bracketed newsroom begins that ends a paragraph.
pub(crate) fn trailing(paragraph: &str) -> Option<usize> {
    let closed =
        paragraph.strip_suffix(')').or_else(|| paragraph.strip_suffix(").")).or_else(|| paragraph.strip_suffix(']'))?;
    let open = closed.rfind(['(', '['])?;
    let before = paragraph[..open].trim_end();
    let name = closed[open + 1..].trim();
    let ends = before.ends_with(['.', '!', '?', '"', '”', '’', '»']);
    (ends && name.len() <= 40 && (is_agency(name) || name.split(['/', ',']).all(|n| is_agency(n.trim()))))
        .then_some(open)
}

/// Returns the part of a host that names its newsroom: `courier` of `news.courier.co.uk`.
pub(crate) fn of_host(host: &str) -> Option<&str> {
    const SECOND: [&str; 7] = ["co", "com", "org", "net", "gov", "ac", "edu"];
    let several = host.split('.').count() > 2;
    host.rsplit('.')
        .skip(1)
        .find(|label| !(several && SECOND.contains(label)))
        .filter(|l| !l.bytes().all(|b| b.is_ascii_digit()))
}

/// Finds every newsroom credited, with its place in the text. `newsrooms`: those that the metadata name.
pub(crate) fn find(text: &Text, removed: &[Removed], newsrooms: &[String], outlet: Option<&str>) -> Vec<Credit> {
    let mut found: Vec<Credit> = Vec::new();
    let mut add = |name: &str, kind: CreditKind, from: Option<usize>| {
        let name = name.trim_matches(|c: char| !c.is_alphanumeric());
        let same = found.iter().any(|c: &Credit| c.kind == kind && fold(&c.name) == fold(name));
        if !name.is_empty() && !same && !outlet.is_some_and(|o| is_same_newsroom(name, o)) {
            let span = from.and_then(|f| {
                let at = f + text.as_str().get(f..)?.find(name)?;
                text.span(at, at + name.len())
            });
            found.push(Credit { name: name.to_owned(), kind, span });
        }
    };
    for part in text.parts() {
        let words = text.get(part.span);
        let from = Some(part.span.start());
        match part.kind {
            PartKind::Byline => {
                for name in byline_of(words).newsrooms.iter().filter(|n| is_wire(n)) {
                    add(name, CreditKind::Line, from);
                }
            }
            PartKind::Dateline => {
                if let (_, Some(name)) = bracketed(words)
                    && !name.is_empty()
                    && name.len() <= 40
                    && !name.bytes().all(|b| b.is_ascii_digit())
                {
                    add(name, CreditKind::Line, from);
                }
            }
            PartKind::Credit => {
                let contributed = words.contains("contribut");
                let kind = if contributed { CreditKind::Contributed } else { CreditKind::Line };
                for name in line_names(words) {
                    add(name, kind, from);
                }
            }
            _ => {}
        }
    }
    for part in text.parts().iter().filter(|p| p.kind == PartKind::Body) {
        for (at, name) in told(text.get(part.span)) {
            add(name, CreditKind::Told, Some(part.span.start() + at));
        }
    }
    for name in newsrooms {
        add(name, CreditKind::Line, None);
    }
    for line in removed.iter().filter(|r| r.kind == "caption") {
        for name in photo_names(&line.exact) {
            add(name, CreditKind::Photo, None);
        }
    }
    found
}

/// Says whether a name is the outlet's own, in full or by its initials.
fn is_same_newsroom(name: &str, outlet: &str) -> bool {
    let (a, b) = (fold(name), fold(outlet));
    let core = |s: &str| s.strip_prefix("the ").unwrap_or(s).to_owned();
    let initials = |s: &str| s.split(' ').filter_map(|w| w.chars().next()).collect::<String>();
    let (a, b) = (core(&a), core(&b));
    a == b || b.ends_with(&format!(" {a}")) || (a.len() >= 2 && (initials(&b) == a || initials(&a) == b))
}

/// A newsroom that others take words from: an agency, or a name that says it is one.
pub(crate) fn is_wire(name: &str) -> bool {
    const OWN: &[&str] = &[
        "staff",
        "desk",
        "newsroom",
        "admin",
        "editor",
        "editors",
        "reporter",
        "reporters",
        "correspondent",
        "correspondents",
        "writer",
        "contributor",
        "team",
        "editorial",
        "services",
        "web",
    ];
    let folded = fold(name);
    is_agency(name)
        || (!folded.split(' ').any(|w| OWN.contains(&w))
            && folded.split(' ').any(|w| matches!(w, "wire" | "wires" | "agency" | "newswire" | "press")))
}

/// Returns the newsrooms named in a credit line.
fn line_names(line: &str) -> Vec<&str> {
    if let Some(name) = bare_name(line) {
        return name.split('/').collect();
    }
    let lower = line.to_lowercase();
    let sourced =
        lower.len() == line.len() && ["source", "(source", "courtesy", "credit"].iter().any(|o| lower.starts_with(o));
    let list = if sourced { line.split_once([':', '-']).map_or(line, |(_, rest)| rest) } else { line };
    let list = if sourced { list.split(". ").next().unwrap_or(list) } else { list };
    let mut out = Vec::new();
    for piece in list.split([',', ';', '(', ')', '/', '&']).flat_map(|p| p.split(" and ")) {
        let piece = piece.split(" contributed").next().unwrap_or(piece);
        let piece = [
            " inputs from ",
            " input from ",
            "published by ",
            "published in ",
            "published on ",
            "appeared in ",
            "appeared on ",
            " from the ",
            " of the ",
            " from ",
        ]
        .iter()
        .fold(piece, |p, cut| p.rsplit(cut).next().unwrap_or(p));
        let name = piece.trim().trim_end_matches('.').trim();
        let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        let short = (1..=5).contains(&name.split(' ').count()) && name.chars().next().is_some_and(char::is_uppercase);
        let newsroom =
            is_newsroom(name) && !name.to_lowercase().starts_with("report") && !name.to_lowercase().starts_with("edit");
        if short && (newsroom || sourced) {
            out.push(name);
        }
    }
    out
}

/// Returns the newsrooms that speakers told something, with the byte where each stands.
fn told(words: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    for (at, _) in words.match_indices("told ") {
        let from = at + "told ".len();
        if at > 0 && !words[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '”')) {
            continue;
        }
        let rest = &words[from..];
        let skip = if rest.starts_with("the ") { 4 } else { 0 };
        let name = capitalised(&rest[skip..]);
        if name.is_empty() || name.len() > 60 {
            continue;
        }
        let behind = &rest[skip + name.len()..];
        let acronym = (2..=5).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_uppercase())
            && ends_clause(behind)
            && !is_body(name);
        if is_agency(name) || (acronym && skip == 0) || is_paper(name) {
            out.push((from + skip, name));
        }
    }
    out
}

/// Returns the capitalised words at the start: `North Wire by telephone` gives `North Wire`.
fn capitalised(words: &str) -> &str {
    let mut end = 0;
    for word in words.split(' ') {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !bare.chars().next().is_some_and(char::is_uppercase) {
            break;
        }
        let from = if end == 0 { 0 } else { end + 1 };
        end = from + bare.len();
        if bare.len() < word.len() {
            break;
        }
    }
    let name = words.get(..end).unwrap_or("");
    name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name)
}

fn ends_clause(behind: &str) -> bool {
    behind.is_empty()
        || behind.starts_with(['.', ',', ';', '”', '"'])
        || [" by ", " on ", " in an ", " in a ", " late ", " after ", " before "].iter().any(|w| behind.starts_with(w))
}

/// Names made of a word that only newsrooms bear: `North Wire`, `Radio Vell`, `the Observer`.
fn is_paper(name: &str) -> bool {
    const PAPERS: &[&str] = &[
        "Wire",
        "Newswire",
        "News",
        "Times",
        "Tribune",
        "Gazette",
        "Herald",
        "Observer",
        "Courier",
        "Chronicle",
        "Telegraph",
        "Radio",
        "TV",
        "Television",
        "Press",
        "Daily",
        "Journal",
        "Magazine",
        "Mirror",
        "Messenger",
        "Dispatch",
        "Examiner",
        "Inquirer",
        "Bulletin",
        "Globe",
        "Sentinel",
        "Ledger",
        "Weekly",
        "Newspaper",
        "Broadcasting",
        "Today",
        "Post",
        "Guardian",
        "Independent",
    ];
    let words: Vec<&str> = name.split(' ').collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    // `Independent` or `Press Secretary` alone could be anybody.
    PAPERS.contains(last) || (matches!(*first, "Radio" | "TV" | "Daily") && words.len() > 1)
}

/// Bodies known by their initials that are no newsrooms.
fn is_body(name: &str) -> bool {
    const BODIES: &[&str] = &[
        "UN", "EU", "NATO", "FBI", "CIA", "US", "UK", "USA", "UAE", "MP", "MPS", "IMF", "WHO", "WTO", "UNICEF", "IAEA",
        "OPEC", "ASEAN", "AU", "ICC", "ICJ", "NHS", "MI5", "FIFA", "UEFA", "IOC", "NASA", "FDA", "CDC", "EPA", "IRS",
        "DHS", "DOJ", "SEC", "CEO", "PM", "IDF", "PLO", "ANC", "BJP",
    ];
    BODIES.contains(&name)
}

/// Returns the newsrooms in a removed picture line.
fn photo_names(line: &str) -> Vec<&str> {
    let lower = line.to_lowercase();
    let cue = ["photo", "picture", "image", "getty"].iter().filter_map(|c| lower.rfind(c)).max().unwrap_or(0);
    let credit = line.get(cue..).unwrap_or(line);
    credit
        .split([':', '/', ',', '(', ')', '[', ']', '|'])
        .flat_map(|p| p.split(" via "))
        .map(|p| p.trim().trim_end_matches('.'))
        .filter(|p| !p.is_empty() && p.len() <= 40)
        .filter(|p| {
            is_agency(p) || is_wire(p) || ((2..=5).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_uppercase()))
        })
        .collect()
}
