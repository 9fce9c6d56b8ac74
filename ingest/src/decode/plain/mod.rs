//! Text as saved from a page, from a PDF or as sent by a wire: headline, author and date lines, paragraphs.

pub(super) mod pages;
mod wire;

use super::draft::Draft;
use super::head::{self, Para};
use super::{Input, Refused, mail};
use annals_core::report::Report;

/// A text of more paragraphs is a log or a list, not a report.
const MOST_PARAGRAPHS: usize = 50_000;

/// Decodes a text into one report.
pub(super) fn decode(input: &Input<'_>) -> Result<Vec<Report>, Refused> {
    let mut draft = Draft { url: input.url.map(str::to_owned), captured: input.captured, ..Draft::default() };
    draft.warnings.extend(input.is_cut.then_some("long-text"));
    let below = mail::pasted(&input.text, &mut draft);
    read(below.as_deref().unwrap_or(&input.text), &mut draft)?;
    Ok(vec![draft.finish(input.source.clone())])
}

/// Reads a text into the draft; a title that is known is kept.
pub(super) fn read(text: &str, draft: &mut Draft) -> Result<(), Refused> {
    let stripped = wire::strip(text);
    let repaired = pages::repair(stripped.as_ref().map_or(text, |s| &s.text));
    for (kind, words) in stripped.iter().flat_map(|s| &s.removed).chain(&repaired.removed) {
        draft.remove(kind, words);
    }
    if repaired.blocks.len() > MOST_PARAGRAPHS {
        return Err(Refused { reason: format!("more than {MOST_PARAGRAPHS} paragraphs: no single report") });
    }
    let mut paras = Vec::new();
    for (block, lines) in repaired.blocks.iter().enumerate() {
        for line in lines {
            // Columns of a head stand far apart.
            for field in line.split("   ").map(str::trim).filter(|f| !f.is_empty()) {
                paras.extend(para(field, block));
            }
        }
    }
    if paras.len() > MOST_PARAGRAPHS {
        return Err(Refused { reason: format!("more than {MOST_PARAGRAPHS} lines: no single report") });
    }
    let paras = join_broken(paras);
    head::read(paras, draft);
    if draft.body.is_empty() && draft.title.is_none() {
        return Err(Refused { reason: "no text that reads as a report".into() });
    }
    Ok(())
}

/// Makes a paragraph of a line, Markdown marks taken off.
fn para(line: &str, block: usize) -> Option<Para> {
    let mut level = 0;
    let mut words = line;
    if let Some(rest) = words.strip_prefix('#') {
        let more = rest.trim_start_matches('#');
        if more.starts_with(' ') {
            level = 1 + u8::try_from(rest.len() - more.len()).unwrap_or(5).min(5);
            words = more;
        }
    }
    let words = words.strip_prefix("> ").unwrap_or(words);
    let text = without_links(&words.replace("**", "").replace("__", ""));
    let text = super::clean::squeeze(&text);
    (!text.is_empty()).then_some(Para { text, level, block, ..Para::default() })
}

/// Turns `[words](address)` into `words`, drops `![…](…)`.
fn without_links(line: &str) -> String {
    if !line.contains("](") {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(middle) = rest.find("](") {
        let Some(open) = rest[..middle].rfind('[') else { break };
        let Some(close) = rest[middle..].find(')') else { break };
        let picture = rest[..open].ends_with('!');
        out.push_str(rest[..open].trim_end_matches('!'));
        if !picture {
            out.push_str(&rest[open + 1..middle]);
        }
        rest = &rest[middle + close + 1..];
    }
    out.push_str(rest);
    out
}

/// Joins paragraphs that were parted in mid-sentence by a blank line.
fn join_broken(paras: Vec<Para>) -> Vec<Para> {
    let mut out: Vec<Para> = Vec::with_capacity(paras.len());
    for para in paras {
        if let Some(last) = out.last_mut()
            && last.level == 0
            && para.level == 0
            && last.text.len() >= 100
            && para.text.len() >= 12
            && super::furniture::kind_of(&last.text).is_none()
            && super::furniture::kind_of(&para.text).is_none()
            && pages::runs_on(&last.text, &para.text)
        {
            last.text.push(' ');
            last.text.push_str(&para.text);
            continue;
        }
        out.push(para);
    }
    out
}
