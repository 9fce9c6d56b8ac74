//! A quote held against reports, on a terminal: who carries it word for word, trimmed or altered.

use super::desk::Desk;
use super::said::differs;
use super::words;
use super::wrap::{Colour, Ink, Sheet};
use crate::app::brief::Brief;
use crate::app::said::Held;
use annals_core::record::wording::{Carried, Likeness};

/// Returns the answer as text. Width in columns.
pub(crate) fn render(brief: &Brief, held: &Held, width: usize, colour: Colour) -> String {
    let desk = Desk::new(brief);
    let mut sheet = Sheet::new(width, colour);
    sheet.heading(&format!("“{}”", words::clipped(&words::one_line(&held.quote), 300)));
    sheet.put(0, &[], &[(&summary(&desk, held), Ink::Bold)]);
    for carried in &held.carried {
        sheet.gap();
        one(&mut sheet, &desk, carried);
    }
    sheet.finish()
}

fn summary(desk: &Desk<'_>, held: &Held) -> String {
    let reports = words::count(desk.record.members.len(), "report", "reports");
    if held.carried.is_empty() {
        return format!("absent: none of {reports} carries it");
    }
    let of = |likeness: Likeness| held.carried.iter().filter(|c| c.wording.likeness == likeness).count();
    let kinds = [Likeness::Exact, Likeness::Trimmed, Likeness::Altered];
    let told: Vec<String> =
        kinds.iter().map(|l| (of(*l), l.name())).filter(|(n, _)| *n > 0).map(|(n, l)| format!("{n} {l}")).collect();
    let reports_of: Vec<usize> = held.carried.iter().map(|c| c.report).collect();
    let carried = match desk.grouping.origins(&reports_of).1 {
        bounds if bounds.high == 1 => "one origin alone carries it".to_owned(),
        bounds => format!("{} carry it", words::independent(bounds)),
    };
    format!("{} of {reports}: {} · {carried}", held.carried.len(), told.join(", "))
}

fn one(sheet: &mut Sheet, desk: &Desk<'_>, carried: &Carried) {
    let ink = if carried.wording.likeness == Likeness::Altered { Ink::Alert } else { Ink::Plain };
    let printed = words::clipped(&desk.words_at(carried.report, carried.wording.span), 400).into_owned();
    let shown = if carried.quoted { format!("“{printed}”") } else { printed };
    sheet.put(10, &[(carried.wording.likeness.name(), ink)], &[(&shown, Ink::Plain)]);
    if !carried.wording.changes.is_empty() {
        sheet.put(10, &[], &[(&differs(&carried.wording.changes), ink)]);
    }
    let mut about = vec![desk.cited(carried.report, None), speaker(desk, carried)];
    if !carried.quoted {
        about.push("not in quotation marks".to_owned());
    }
    if desk.copy_of(carried.report).is_some() {
        about.push("in a copy".to_owned());
    }
    sheet.put(10, &[], &[(&about.join(" · "), Ink::Dim)]);
}

fn speaker(desk: &Desk<'_>, carried: &Carried) -> String {
    let row =
        desk.record.statements.iter().find(|r| r.report == carried.report && Some(r.statement) == carried.statement);
    let Some(row) = row else { return "no speaker named".to_owned() };
    let told = match (row.speaker, desk.who(row)) {
        (Some(_), Some(name)) => format!("said by {name}"),
        (None, Some(words)) => format!("said by “{words}”"),
        (_, None) => "no speaker named".to_owned(),
    };
    let decided = row.decided.as_ref().map(|d| format!(" ({})", words::one_line(&d.ground)));
    told + &decided.unwrap_or_default()
}
