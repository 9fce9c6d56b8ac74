//! What an archive made again has otherwise, on a terminal and as JSON.

use super::words;
use super::wrap::{Colour, Ink, Sheet};
use crate::app::rebuild::{Otherwise, Rebuilt};
use anyhow::Result;
use serde_json::json;

/// Digits of an id that tell reports apart on a terminal; the JSON has all.
const DIGITS: usize = 8;

/// Writes what came of it for a terminal.
pub(crate) fn text(rebuilt: &Rebuilt, width: usize, colour: Colour) -> String {
    let mut sheet = Sheet::new(width, colour);
    for Otherwise { before, called, what, .. } in &rebuilt.otherwise {
        let id = before.get(..DIGITS).unwrap_or(before);
        let told = format!("– {}", what.join(", "));
        sheet.put(10, &[(id, Ink::Dim)], &[(&words::one_line(called), Ink::Plain), (&told, Ink::Bold)]);
    }
    sheet.gap();
    let made = format!("{} made again.", words::count(rebuilt.reports, "report", "reports"));
    let compared = match &rebuilt.before {
        None => "No other version of the program is known to have read them: there is nothing to compare.".to_owned(),
        Some((version, reader)) => format!(
            "{} of {} otherwise than by version {version} ({reader}).",
            rebuilt.otherwise.len(),
            words::count(rebuilt.compared, "report that both read is", "reports that both read are"),
        ),
    };
    sheet.put(0, &[], &[(&made, Ink::Plain), (&compared, Ink::Plain)]);
    sheet.finish()
}

/// Writes what came of it as JSON.
///
/// # Errors
/// None is known.
pub(crate) fn json(rebuilt: &Rebuilt) -> Result<String> {
    let otherwise =
        rebuilt.otherwise.iter().map(|o| json!({ "id": o.id, "before": o.before, "called": o.called, "what": o.what }));
    let before = rebuilt.before.as_ref().map(|(version, reader)| json!({ "version": version, "reader": reader }));
    let told = json!({
        "reports": rebuilt.reports, "before": before, "compared": rebuilt.compared,
        "otherwise": otherwise.collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string(&told)? + "\n")
}
