//! The stories of an archive as a list, on a terminal and as JSON.

use super::wrap::{Colour, Ink, Sheet};
use super::{dates, words};
use crate::app::shelf::Shown;
use anyhow::Result;
use serde_json::{Value, json};

/// Digits of an id that tell stories apart on a terminal; the JSON has all.
const DIGITS: usize = 8;

/// Writes stories for a terminal.
pub(crate) fn text(stories: &[&Shown], width: usize, colour: Colour) -> String {
    let mut sheet = Sheet::new(width, colour);
    for story in stories {
        let id = story.id.get(..DIGITS).unwrap_or(&story.id);
        let when = match (story.first, story.last) {
            (Some(first), Some(last)) => dates::range(first, last),
            _ => "no date".to_owned(),
        };
        let title = if story.title.is_empty() { "(no title)" } else { &story.title };
        let counts = format!(
            "({when}, {}, {})",
            words::count(story.reports, "report", "reports"),
            words::count(story.origins, "independent origin", "independent origins")
        );
        sheet.put(10, &[(id, Ink::Dim)], &[(&words::one_line(title), Ink::Bold), (&counts, Ink::Dim)]);
    }
    sheet.gap();
    sheet.put(0, &[], &[(&words::count(stories.len(), "story", "stories"), Ink::Dim)]);
    sheet.finish()
}

/// Writes stories as JSON, an object a line.
///
/// # Errors
/// None is known.
pub(crate) fn json(stories: &[&Shown]) -> Result<String> {
    let mut lines = String::new();
    for story in stories {
        lines += &serde_json::to_string(&value(story))?;
        lines.push('\n');
    }
    Ok(lines)
}

/// Returns a story as JSON.
pub(crate) fn value(story: &Shown) -> Value {
    json!({
        "id": story.id, "title": story.title,
        "first": story.first.map(|d| d.to_string()), "last": story.last.map(|d| d.to_string()),
        "reports": story.reports, "outlets": story.outlets, "origins": story.origins,
        "days": story.days.iter().map(|(day, n)| json!({ "day": day.to_string(), "reports": n })).collect::<Vec<_>>(),
        "kept_at": story.kept_at,
    })
}
