//! What people decided about names, copies, stories and speakers: from a file, one JSON object a line, and from archives.

use annals_core::record::{Decision, Verdict};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    decision: String,
    a: String,
    b: String,
    by: Option<String>,
    when: Option<String>,
    why: Option<String>,
}

/// Reads decisions; empty lines and lines that begin with `#` are passed over.
///
/// # Errors
/// Names the first line that is none: a correction must not get lost without a word.
pub(crate) fn parse(text: &str) -> Result<Vec<Decision>, String> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate().map(|(n, l)| (n + 1, l.trim()));
    lines.filter(|(_, l)| !l.is_empty() && !l.starts_with('#')).map(|(n, l)| one(n, l)).collect()
}

fn one(line: usize, text: &str) -> Result<Decision, String> {
    let told: Line = serde_json::from_str(text).map_err(|e| {
        // The place is said once, and the file has more lines than the one that the parser saw.
        let why = e.to_string();
        let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
        format!(
            "line {line}: {why}. Write {{\"decision\": \"same\", \"not-same\", \"merge\", \"split\", \"said-by\" or \"not-said-by\", \"a\": name or id, \"b\": name or id}}, \
             and if you like \"by\", \"when\", \"why\""
        )
    })?;
    let (a, b) = (told.a.trim().to_owned(), told.b.trim().to_owned());
    if a.is_empty() || b.is_empty() {
        return Err(format!("line {line}: a name is empty"));
    }
    let Some(verdict) = Verdict::ALL.into_iter().find(|v| v.name() == told.decision) else {
        return Err(format!(
            "line {line}: “{}” is no decision: same, not-same, merge, split, said-by or not-said-by",
            told.decision
        ));
    };
    Ok(Decision { line, verdict, a, b, by: told.by, when: told.when, why: told.why })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_numbered_by_their_lines() {
        let text = "# names\n\n{\"decision\": \"not-same\", \"a\": \"Ann Lund\", \"b\": \"Anna Lund\", \"why\": \"sisters\"}\n";
        let read = parse(text).map(|d| (d.len(), d[0].line, d[0].verdict, d[0].why.clone()));
        assert_eq!(read, Ok((1, 3, Verdict::NotSame, Some("sisters".into()))));
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        for bad in [
            "{}",
            "same Ann Bo",
            r#"{"decision": "maybe", "a": "A", "b": "B"}"#,
            r#"{"decision": "same", "a": "A", "b": " "}"#,
        ] {
            assert!(parse(&format!("#\n{bad}")).is_err_and(|why| why.starts_with("line 2: ")), "{bad}");
        }
    }
}
