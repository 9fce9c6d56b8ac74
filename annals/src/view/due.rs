//! What is owed on a terminal: what fell silent first, then what is ahead, then what was answered.

use super::desk::Desk;
use super::wrap::{Colour, Ink, Sheet};
use super::{dates, words};
use crate::app::brief::Brief;
use crate::app::due::{Due, Owed, Standing};
use annals_core::record::{EventRow, Outcome};
use annals_core::when::{Day, When};

/// The headings, in the order of [`Standing`].
pub(super) const HEADINGS: [(Standing, &str); 5] = [
    (Standing::Silent, "Fell silent: the day is past, and none of these reports was found to say what came of it"),
    (Standing::Ahead, "Ahead"),
    (Standing::Undated, "Promised for no day, or put off to none"),
    (Standing::Kept, "Kept"),
    (Standing::Missed, "Not kept, or called off"),
];

/// Returns the list as text. Width in columns.
pub(crate) fn render(brief: &Brief, due: &Due, width: usize, colour: Colour) -> String {
    let desk = Desk::new(brief);
    let mut sheet = Sheet::new(width, colour);
    let reports = words::count(brief.record.members.len(), "report", "reports");
    let year = due.as_of.map(|d| d.year());
    match due.as_of {
        Some(day) => sheet.heading(&format!("What is owed on {} · {reports}", dates::full(day))),
        None => sheet.heading(&format!("What is owed · {reports}, none of them dated")),
    }
    if due.owed.is_empty() {
        sheet.put(0, &[], &[("No report promises or plans anything.", Ink::Plain)]);
    }
    for (standing, heading) in HEADINGS {
        let rows: Vec<&Owed> = due.owed.iter().filter(|o| o.standing == standing).collect();
        if rows.is_empty() {
            continue;
        }
        sheet.gap();
        sheet.put(0, &[], &[(heading, Ink::Bold)]);
        rows.iter().for_each(|owed| row(&mut sheet, &desk, due.as_of, owed, year));
    }
    sheet.finish()
}

fn row(sheet: &mut Sheet, desk: &Desk<'_>, as_of: Option<Day>, owed: &Owed, year: Option<i16>) {
    let event = &desk.record.events[owed.event];
    let day = by(event, owed, year);
    let told = desk.told(event);
    sheet.put(20, &[(&format!("  {day}"), Ink::Plain)], &[(&words::clipped(&desk.words(told), 240), Ink::Plain)]);
    let mut about = vec![desk.cited(told.report, year), words::origins(event.support.bounds)];
    about.extend(distance(owed, as_of));
    if owed.standing >= Standing::Kept {
        about.extend(answer(desk, event, year));
    } else if let Some(heard) = owed.heard.filter(|h| desk.report(told.report).when().map(When::to) != Some(*h)) {
        about.push(format!("last heard of {}", dates::short(heard, year)));
    }
    let about = about.iter().map(|a| a.replace(' ', "\u{a0}")).collect::<Vec<_>>().join(" · ");
    sheet.put(20, &[], &[(&about, Ink::Dim)]);
}

/// Returns `by Wed 13 Nov` for what is promised, `Tue 19 Nov` for what is set.
pub(super) fn by(event: &EventRow, owed: &Owed, year: Option<i16>) -> String {
    match &owed.by {
        Some(when) if event.due.is_some() => format!("by {}", dates::interval(when, year)),
        Some(when) => dates::interval(when, year),
        None => "no day".into(),
    }
}

/// Returns how far its day is away: `3 days over`, `in 2 days`.
pub(super) fn distance(owed: &Owed, as_of: Option<Day>) -> Option<String> {
    let (by, as_of) = (owed.by.as_ref()?, as_of?);
    let days = |from: Day, to: Day| from.until(to).map_or(0, |span| span.get_days());
    match owed.standing {
        Standing::Silent => {
            Some(format!("{} over", words::count(days(by.to(), as_of).unsigned_abs() as usize, "day", "days")))
        }
        Standing::Ahead if by.from() <= as_of && as_of <= by.to() => {
            Some("today".to_owned()).filter(|_| by.exact().is_some())
        }
        Standing::Ahead => {
            Some(format!("in {}", words::count(days(as_of, by.from()).unsigned_abs() as usize, "day", "days")))
        }
        _ => None,
    }
}

/// Returns who says what came of it.
pub(super) fn answer(desk: &Desk<'_>, event: &EventRow, year: Option<i16>) -> Option<String> {
    let last = event.history.last().filter(|_| event.history.len() > 1)?;
    let cite = last.evidence.cites().last()?;
    let verb = if event.outcome == Some(Outcome::Kept) { "kept" } else { "not kept" };
    Some(format!("{verb}: {}", desk.cited(cite.report, year)))
}
