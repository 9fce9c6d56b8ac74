//! What the words beside a date say of it: the day of publication, of a change, or of something else.

use std::sync::LazyLock;

/// What kind of day the words beside a date announce.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cue {
    /// `published`, `veröffentlicht`.
    Published,
    /// `updated`, `mis à jour`.
    Modified,
    /// A label of another kind: `release date:`, `born:`.
    Other,
}

/// Kind and phrase, as listed.
static CUES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../lang/date_cues.txt").lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|l| l.split_once(' '))
        .flat_map(|(kind, phrases)| phrases.split(';').map(move |phrase| (kind, phrase.trim())))
        .collect()
});

/// Bytes before a date in which its cue stands.
const REACH: usize = 60;

/// Returns the cue in the words between the last date and this one; the cue nearest to the date counts.
pub(super) fn before(words: &str) -> Option<Cue> {
    let mut from = words.len().saturating_sub(REACH);
    while !words.is_char_boundary(from) {
        from += 1;
    }
    let words = words[from..].to_lowercase();
    if let Some(cue) = nearest(&words) {
        return Some(cue);
    }
    // `Release date: 4 May`: a label that says nothing of publishing is the label of something else.
    let (label, rest) = words.rsplit_once([':', '：'])?;
    let label = label.rsplit(['|', '·', '•', '.', ',', '–', '—', '/', '(']).next().unwrap_or("").trim();
    let short = (1..=4).contains(&label.split(' ').filter(|w| !w.is_empty()).count());
    let plain = label.split(' ').any(|w| CUES.iter().any(|(kind, phrase)| *kind == "plain" && w == *phrase));
    (rest.trim().is_empty() && short && !plain && label.chars().any(char::is_alphabetic)).then_some(Cue::Other)
}

fn nearest(words: &str) -> Option<Cue> {
    let found = CUES.iter().filter(|(kind, _)| *kind != "plain").filter_map(|(kind, phrase)| {
        let at = words.rfind(phrase).filter(|&at| begins_word(words, at, phrase))?;
        // `Edited by Ida Roe, 4 May`: that names a person.
        (!words[at..].starts_with("edited by")).then_some((at + phrase.len(), *kind))
    });
    found.max().map(|(_, kind)| of_kind(kind))
}

fn of_kind(kind: &str) -> Cue {
    match kind {
        "published" => Cue::Published,
        "modified" => Cue::Modified,
        _ => Cue::Other,
    }
}

/// Says whether a phrase begins a word; scripts without spaces have no word to begin.
fn begins_word(words: &str, at: usize, phrase: &str) -> bool {
    let unspaced = phrase.chars().next().is_some_and(|c| c >= '\u{0e00}');
    unspaced || !words[..at].ends_with(char::is_alphanumeric)
}

/// Returns the cue behind a date, as Chinese, Japanese and Korean put it: `2020年7月12日 更新`.
pub(super) fn behind(words: &str) -> Option<Cue> {
    let near: String = words.chars().take(6).collect();
    if !near.chars().any(|c| c >= '\u{3000}') {
        return None;
    }
    let rest = near.trim_start_matches(|c: char| !c.is_alphanumeric());
    CUES.iter()
        .filter(|(kind, phrase)| *kind != "plain" && rest.starts_with(phrase))
        .map(|(kind, _)| of_kind(kind))
        .next()
}

/// Returns what a line says that is a label alone: `Published`, `Last updated:`.
pub(crate) fn label(line: &str) -> Option<Cue> {
    if line.len() > 40 || line.split(' ').count() > 4 || line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    nearest(&line.to_lowercase())
}

/// Returns the last cue of a sentence, wherever in it the date stands.
pub(crate) fn anywhere(line: &str) -> Option<Cue> {
    nearest(&line.to_lowercase())
}
