//! What a later text took out, put in and kept, paragraph by paragraph and word by word.

use crate::view::words;
use maud::{Markup, html};

/// Units compared at most on either side: the table of a comparison grows with their product.
const MOST: usize = 2_000;

/// One step from the earlier to the later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    Kept(usize, usize),
    Out(usize),
    In(usize),
}

/// Returns the steps that keep most units (longest common subsequence); what was changed is taken out, then put in.
fn steps(before: &[&str], after: &[&str]) -> Vec<Step> {
    let (before, after) = (&before[..before.len().min(MOST)], &after[..after.len().min(MOST)]);
    let wide = after.len() + 1;
    let mut longest = vec![0u16; (before.len() + 1) * wide];
    for i in (0..before.len()).rev() {
        for j in (0..after.len()).rev() {
            longest[i * wide + j] = if before[i] == after[j] {
                longest[(i + 1) * wide + j + 1] + 1
            } else {
                longest[(i + 1) * wide + j].max(longest[i * wide + j + 1])
            };
        }
    }
    let (mut i, mut j, mut steps) = (0, 0, Vec::new());
    while i < before.len() || j < after.len() {
        if i < before.len() && j < after.len() && before[i] == after[j] {
            steps.push(Step::Kept(i, j));
            (i, j) = (i + 1, j + 1);
        } else if i < before.len() && (j == after.len() || longest[(i + 1) * wide + j] >= longest[i * wide + j + 1]) {
            steps.push(Step::Out(i));
            i += 1;
        } else {
            steps.push(Step::In(j));
            j += 1;
        }
    }
    steps
}

/// Shows two versions of a text as one: paragraphs that stayed are folded away, changed ones shown word by word.
pub(in crate::view) fn between(before: &str, after: &str) -> Markup {
    let old: Vec<&str> = before.lines().filter(|l| !l.trim().is_empty()).collect();
    let new: Vec<&str> = after.lines().filter(|l| !l.trim().is_empty()).collect();
    let mut rows: Vec<Markup> = Vec::new();
    let (mut out, mut into, mut kept) = (Vec::new(), Vec::new(), 0);
    for step in steps(&old, &new) {
        match step {
            Step::Kept(..) => {
                changed(&mut rows, &mut out, &mut into, &mut kept);
                kept += 1;
            }
            Step::Out(i) => out.push(old[i]),
            Step::In(j) => into.push(new[j]),
        }
    }
    changed(&mut rows, &mut out, &mut into, &mut kept);
    if kept > 0 {
        rows.push(stayed(kept));
    }
    html! { div.diff { @for row in rows { (row) } (left_out(&old, &new, "paragraphs")) } }
}

/// Says that texts go on behind what was compared of them.
fn left_out(old: &[&str], new: &[&str], of: &str) -> Markup {
    html! {
        @if old.len().max(new.len()) > MOST {
            span.by { "Only the first " (words::number(MOST as f64)) " " (of) " are compared; what stands behind them is not shown here." }
        }
    }
}

fn stayed(kept: usize) -> Markup {
    html! { p.stayed { (words::count(kept, "paragraph", "paragraphs")) " the same" } }
}

/// Shows what stands between two paragraphs that stayed.
fn changed<'t>(rows: &mut Vec<Markup>, out: &mut Vec<&'t str>, into: &mut Vec<&'t str>, kept: &mut usize) {
    if out.is_empty() && into.is_empty() {
        return;
    }
    if *kept > 0 {
        rows.push(stayed(*kept));
        *kept = 0;
    }
    rows.push(html! { p dir="auto" { (of_words(&out.join("\n"), &into.join("\n"))) } });
    out.clear();
    into.clear();
}

/// Shows a text with what was taken out and what was put in, word by word.
pub(in crate::view) fn of_words(old: &str, new: &str) -> Markup {
    let (was, is): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let mut runs: Vec<(char, Vec<&str>)> = Vec::new();
    for step in steps(&was, &is) {
        let (kind, word) = match step {
            Step::Kept(i, _) => ('=', was[i]),
            Step::Out(i) => ('-', was[i]),
            Step::In(j) => ('+', is[j]),
        };
        match runs.last_mut().filter(|(last, _)| *last == kind) {
            Some((_, words)) => words.push(word),
            None => runs.push((kind, vec![word])),
        }
    }
    html! {
        @for (kind, run) in &runs {
            @let told = words::one_line(&run.join(" ")).into_owned();
            @match kind { '-' => del { (told) }, '+' => ins { (told) }, _ => (told) } " "
        }
        (left_out(&was, &is, "words"))
    }
}

/// Returns the share of words that stay in their order, in percent of those of both texts.
pub(in crate::view) fn kept(old: &str, new: &str) -> usize {
    let (was, is): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let kept = steps(&was, &is).into_iter().filter(|s| matches!(s, Step::Kept(..))).count();
    (200 * kept).checked_div(was.len() + is.len()).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_word_is_taken_out_and_put_in() {
        let shown = between("Ten <b> ships wait.\nRain fell.", "Twelve <b> ships wait.\nRain fell.").into_string();
        assert!(shown.contains("<del>Ten</del> <ins>Twelve</ins> &lt;b&gt; ships wait."), "{shown}");
        assert!(shown.contains("1 paragraph the same"), "{shown}");
        assert!(!shown.contains("Only the first"), "{shown}");
        let long = between("Ten ships wait.", &"wait ".repeat(MOST + 1)).into_string();
        assert!(long.contains("Only the first 2,000 words are compared"), "{long}");
    }
}
