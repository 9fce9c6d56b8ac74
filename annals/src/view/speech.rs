//! What somebody said, as a reader wants it: one utterance with its wordings, a denial told as a denial.

use super::desk::Desk;
use super::words;
use annals_core::reading::Speech;
use annals_core::record::{Bounds, RowId, StatementRow};
use annals_core::text::Span;
use annals_core::when::{Day, When};
use std::collections::BTreeMap;

/// One thing that somebody said, in all its versions.
pub(crate) struct Utterance<'a> {
    /// Its id.
    pub(crate) id: RowId,
    /// Who said it.
    pub(crate) speaker: Option<usize>,
    /// One row a report's version, the best first: originals before copies, own words before the reporter's.
    pub(crate) versions: Vec<&'a StatementRow>,
    /// When it was said.
    pub(crate) said: Option<When>,
    /// The day to put it at: said, else the report's.
    pub(crate) day: Option<Day>,
    /// How many ways it is worded.
    pub(crate) wordings: usize,
    /// How many independent origins carry it.
    pub(crate) origins: usize,
    /// The fewest and the most that may.
    pub(crate) bounds: Bounds,
}

impl<'a> Utterance<'a> {
    pub(super) fn new(desk: &Desk<'a>, rows: Vec<&'a StatementRow>) -> Utterance<'a> {
        let id = desk.utterance(rows[0]);
        let mut versions = rows;
        versions.sort_by_key(|r| {
            let s = desk.statement(r);
            (s.kind, r.report, r.statement, r.content)
        });
        versions.dedup_by_key(|r| (r.report, r.statement));
        let folded = |r: &StatementRow| spoken(desk, r).to_lowercase().replace(['’', '‘', '“', '”', '"'], "'");
        let mut carried: BTreeMap<String, usize> = BTreeMap::new();
        versions.iter().for_each(|r| *carried.entry(folded(r)).or_default() += 1);
        // What a rewriter made of it stands last: their words are not the speaker's. Which report rewrote which is not
        // always known, so a wording that two reports print goes first.
        versions.sort_by_cached_key(|r| {
            let alone = carried.get(&folded(r)).is_none_or(|n| *n < 2);
            (desk.statement(r).kind, desk.is_reworded(r.report) && alone, alone, desk.copy_of(r.report).is_some())
        });
        let wordings = &carried;
        let reports: Vec<usize> = versions.iter().map(|r| r.report).collect();
        let (origins, bounds) = desk.grouping.origins(&reports);
        let said = versions.iter().filter_map(|r| desk.statement(r).said.as_ref()).min_by_key(|w| w.days()).cloned();
        let published = || versions.iter().filter_map(|r| desk.report(r.report).when()).map(When::to).min();
        Utterance {
            id,
            speaker: match versions.iter().find(|r| r.decided.is_some()) {
                Some(decided) => decided.speaker,
                None => versions.iter().find_map(|r| r.speaker),
            },
            day: said.as_ref().map(When::to).or_else(published),
            said,
            wordings: wordings.len(),
            origins: origins as usize,
            bounds,
            versions,
        }
    }

    /// Returns the version to show.
    pub(crate) fn best(&self) -> &'a StatementRow {
        self.versions[0]
    }

    /// Returns the version that tells who said it: the first of which a person decided that, else the one to show.
    pub(crate) fn told(&self) -> &'a StatementRow {
        self.versions.iter().copied().find(|r| r.decided.is_some()).unwrap_or(self.versions[0])
    }

    /// Returns what a person decided about who said it: who, when and why.
    pub(crate) fn decided(&self) -> Option<String> {
        self.told().decided.as_ref().map(|decided| words::one_line(&decided.ground).into_owned())
    }

    /// Says whether the name of who said it is a person's word, and no report's.
    pub(crate) fn is_named_by_a_person(&self) -> bool {
        self.told().decided.as_ref().is_some_and(|decided| decided.name.is_some())
    }
}

/// Returns what was said in words that can stand alone: own words in quotation marks, a clause as it is, and everything
/// else with the verb it hangs on: "denied that …", "promised to …".
pub(crate) fn spoken(desk: &Desk<'_>, row: &StatementRow) -> String {
    let statement = desk.statement(row);
    let text = &desk.report(row.report).text;
    let stretches: Vec<String> = statement.content.iter().map(|&s| closed(desk, row.report, s)).collect();
    if statement.kind == Speech::Direct {
        let bare = stretches.iter().map(|s| s.trim_matches(['“', '”', '"', '‘']).to_owned());
        return format!("“{}”", bare.collect::<Vec<_>>().join(" … "));
    }
    // "declined to comment": the outlet's words, shown as they stand.
    if statement.act.is_silence() {
        return stretches.join(" … ");
    }
    let whole = statement.content.iter().copied().reduce(Span::cover).unwrap_or(statement.passage);
    let told = stretches.join(" … ");
    let words = told.split_whitespace().count();
    // A clause with the cue in its middle reads best as it stands.
    if stretches.len() > 1 && whole.len() < 320 {
        return closed(desk, row.report, whole);
    }
    let Some(cue) = statement.cue else { return without_that(&told) };
    let negated = denied_before(text.as_str(), cue.start());
    let plain = is_plain(&text.get(cue).to_lowercase()) && negated.is_none();
    if plain && words >= 4 {
        return without_that(&told);
    }
    let from = negated.unwrap_or(cue.start());
    let joined = text.span(from, whole.end()).filter(|_| cue.end() <= whole.start());
    let contiguous =
        joined.filter(|_| whole.start() - cue.end() < 90 && !text.as_str()[cue.end()..whole.start()].contains('\n'));
    match contiguous {
        Some(span) => closed(desk, row.report, span),
        None => desk.words_at(row.report, statement.passage),
    }
}

/// Returns the words at a span, with the mark that closes a quotation which they open.
fn closed(desk: &Desk<'_>, report: usize, span: Span) -> String {
    let text = desk.report(report).text.as_str();
    let words = desk.words_at(report, span);
    let open = words.matches('“').count() > words.matches('”').count() || words.matches('"').count() % 2 == 1;
    let mut rest = text[span.end()..].chars();
    let mut tail = String::new();
    while open && tail.chars().count() < 3 {
        match rest.next() {
            Some(mark @ ('”' | '"')) => {
                tail.push(mark);
                return words + &tail;
            }
            Some(mark @ (',' | '.' | '!' | '?')) => tail.push(mark),
            _ => break,
        }
    }
    words
}

/// Returns who told it, where the speaker is said by another to have said it.
pub(crate) fn teller(desk: &Desk<'_>, row: &StatementRow) -> Option<String> {
    let outer = desk.record.teller(row)?;
    desk.who(outer)
}

fn without_that(told: &str) -> String {
    // "The Times reported (address) that …"
    let told = told.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(told, |(_, rest)| rest.trim_start());
    // "The company said it: the mill would close."
    let told = told.strip_prefix("it: ").unwrap_or(told);
    told.strip_prefix("that ").unwrap_or(told).trim_start().to_owned()
}

/// Says whether a cue only says that something was said, so that what was said can stand without it.
fn is_plain(cue: &str) -> bool {
    const PLAIN: [&str; 36] = [
        "said",
        "says",
        "say",
        "saying",
        "told",
        "tells",
        "telling",
        "added",
        "adds",
        "adding",
        "stated",
        "states",
        "stating",
        "announced",
        "announces",
        "announcing",
        "reported",
        "reports",
        "explained",
        "explains",
        "noted",
        "notes",
        "noting",
        "mentioned",
        "declared",
        "according",
        "wrote",
        "writes",
        "writing",
        "repeated",
        "replied",
        "answered",
        "recalled",
        "stressed",
        "insisted",
        "to",
    ];
    cue.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).all(|w| {
        PLAIN.contains(&w) || matches!(w, "has" | "have" | "had" | "also" | "later" | "that" | "is" | "was" | "are")
    })
}

/// Returns where a negation of the cue begins that stands at most four words before it: "did not say", "declined to say".
fn denied_before(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    for _ in 0..4 {
        let before = text[..end].trim_end();
        let start = before.rfind(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’')).map_or(0, |n| n + 1);
        let start = (start..=before.len()).find(|n| text.is_char_boundary(*n))?;
        let word = before[start..].to_lowercase();
        let negates = matches!(
            word.as_str(),
            "not"
                | "never"
                | "refused"
                | "refuses"
                | "declined"
                | "declines"
                | "denied"
                | "denies"
                | "without"
                | "cannot"
                | "stopped"
        ) || word.ends_with("n't")
            || word.ends_with("n’t");
        if negates {
            return Some(start);
        }
        if word.is_empty() {
            return None;
        }
        end = start;
    }
    None
}

/// Somebody and what they said, in order of time.
pub(crate) struct Speaker<'a> {
    /// Who: index into the record's entities; none where only words name the source.
    pub(crate) entity: Option<usize>,
    /// Their name, or the words; empty where nothing names them.
    pub(crate) name: String,
    /// What they said.
    pub(crate) said: Vec<Utterance<'a>>,
}

impl Speaker<'_> {
    /// Says whether it is known who they are: from the reports, or because a person said so.
    pub(crate) fn is_named(&self) -> bool {
        self.entity.is_some() || self.is_named_by_a_person()
    }

    /// Says whether their name is a person's word, and no report's.
    pub(crate) fn is_named_by_a_person(&self) -> bool {
        self.entity.is_none() && self.said.iter().all(Utterance::is_named_by_a_person)
    }
}
