//! What wires, press offices and transcribers put around a text: transmission lines, slugs, priorities, `MORE`, end
//! marks with what follows them, numbers before every line.

/// A text without them, and what was taken out by kind.
pub(super) struct Stripped {
    pub(super) text: String,
    pub(super) removed: Vec<(&'static str, String)>,
}

/// Lines of a message in which its slug and priority stand.
const HEAD: usize = 8;

/// Takes them out; nothing if there are none.
pub(super) fn strip(text: &str) -> Option<Stripped> {
    let lines: Vec<&str> = text.split('\n').collect();
    let numbered = unnumbered(&lines);
    let was_numbered = numbered.is_some();
    let lines = numbered.unwrap_or(lines);
    let end = end_mark(&lines);
    let mut removed = Vec::new();
    let mut kept = Vec::with_capacity(lines.len());
    let mut shown = 0;
    for (n, line) in lines.iter().enumerate() {
        let bare = line.trim();
        shown += usize::from(!bare.is_empty());
        let kind = match end {
            Some(end) if n == end => Some("wire"),
            Some(end) if n > end => Some("after-end"),
            _ if is_continued(bare) || is_transmission(bare) => Some("wire"),
            _ if shown <= HEAD && (is_priority(bare) || is_slug(bare) || is_release(bare)) => Some("wire"),
            _ => None,
        };
        match kind.filter(|_| !bare.is_empty()) {
            Some(kind) => removed.push((kind, bare.to_owned())),
            None => kept.push(*line),
        }
    }
    let text = kept.join("\n");
    let is_changed = was_numbered || !removed.is_empty();
    (is_changed && !text.trim().is_empty()).then_some(Stripped { text, removed })
}

/// Takes the numbers off lines of which nearly all begin with the next one.
fn unnumbered<'t>(lines: &[&'t str]) -> Option<Vec<&'t str>> {
    let number = |line: &'t str| -> Option<(u32, &'t str)> {
        let bare = line.trim_start();
        let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &bare[digits..];
        let parted = rest.is_empty() || rest.starts_with([' ', '\t', ':', '|']);
        (parted && (1..=4).contains(&digits)).then(|| bare[..digits].parse().ok().map(|n| (n, rest)))?
    };
    let filled = lines.iter().filter(|l| !l.trim().is_empty()).count();
    // Lines are numbered from one. A chronology's numbers are days and years: its lines end as sentences do, those of a
    // transcript where the paper's width ends.
    let whole = |line: &&&str| line.trim_end().ends_with(['.', '!', '?', '”', '"']);
    if lines.iter().filter(whole).count() * 2 > filled {
        return None;
    }
    let mut next = Some(1);
    let mut hits = 0;
    let out = lines.iter().map(|line| match number(line) {
        Some((n, rest)) if next == Some(n) && !is_month(rest) => {
            next = Some(n + 1);
            hits += 1;
            rest.strip_prefix([':', '|']).unwrap_or(rest)
        }
        _ => line,
    });
    let out: Vec<&str> = out.collect();
    // A list of points is shorter, or has text between them.
    (hits >= 6 && hits * 10 >= filled * 9).then_some(out)
}

/// `1 May - …`: the number is a day.
fn is_month(rest: &str) -> bool {
    let word = rest.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    !word.is_empty() && !super::super::dates::find_dates(&format!("1 {word} 2000")).is_empty()
}

/// Returns where the report ends by its own mark, if no more than notes follow.
fn end_mark(lines: &[&str]) -> Option<usize> {
    let at = lines.iter().position(|line| {
        let bare = line.trim().trim_matches(['-', '–', '—', '(', ')', '*', ' ', '.', '=']);
        let marks = matches!(bare, "ENDS" | "END" | "Ends" | "30" | "###" | "# # #" | "//ENDS//" | "ENDE" | "FIN");
        marks && (bare != "30" || line.trim().starts_with(['-', '–', '—']))
    })?;
    let size = |lines: &[&str]| lines.iter().map(|l| l.trim().len()).sum::<usize>();
    (size(&lines[..at]) >= 200 && size(&lines[at..]) * 2 <= size(lines)).then_some(at)
}

/// `(MORE)`, `– more –`: the message goes on.
fn is_continued(line: &str) -> bool {
    let bare = line.trim_matches(['-', '–', '—', '(', ')', '*', ' ']);
    bare.len() < line.len()
        && matches!(bare.to_ascii_lowercase().as_str(), "more" | "more to come" | "mf" | "continued")
}

/// `ZCZC NQS0412`, `NNNN`: the first and last line of a telegraph message (ITU-T F.1).
fn is_transmission(line: &str) -> bool {
    line == "NNNN" || line == "ZCZC" || (line.starts_with("ZCZC ") && line.len() < 60)
}

/// `URGENT`, `R`, `u i BC-QUAY`: how fast a message is to be handled (IPTC 7901).
fn is_priority(line: &str) -> bool {
    const WORDS: [&str; 9] =
        ["URGENT", "FLASH", "BULLETIN", "SNAP", "ALERT", "NEWSALERT", "EILMELDUNG", "EIL", "ADVISORY"];
    let bare = line.trim_matches(['*', '-', '–', '—', ':', '!', ' ']);
    WORDS.contains(&bare) || (bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// `BC-QUAY-STRIKE 2ndLd-Writethru 05-05 0312`: words in capitals joined by hyphens, then version and length.
fn is_slug(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let Some(first) = words.next() else { return false };
    let joined = first.split('-').count() >= 2
        && first.split('-').all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()))
        && first.bytes().filter(u8::is_ascii_uppercase).count() >= 4;
    // A headline in capitals may begin with a joined word; words of letters alone follow it.
    let counts = |w: &str| {
        w.bytes().any(|b| b.is_ascii_digit()) || w.contains('-') || matches!(w, "(" | ")" | "LEAD" | "UPDATE")
    };
    joined && line.len() <= 80 && words.all(counts)
}

/// What a press office prints over a release; no headline and nobody's name.
fn is_release(line: &str) -> bool {
    let bare = line.trim_matches(['*', '-', ':', '.', '!', ' ']).to_lowercase();
    matches!(
        bare.as_str(),
        "press release"
            | "news release"
            | "media release"
            | "press statement"
            | "media statement"
            | "for immediate release"
            | "immediate release"
            | "pressemitteilung"
            | "communiqué de presse"
            | "nota de prensa"
            | "comunicato stampa"
            | "zur sofortigen veröffentlichung"
            | "pour diffusion immédiate"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "SANDHOLM, May 5 (NQS) - The quay at Sandholm was closed on Monday after two cranes collided, the port authority said, and nobody was hurt.\nPort director Ilse Varn said that the quay would open again on Tuesday.\nHarbour master Tom Rede said that 12 ships were waiting.";

    fn check(text: &str, kept: &str, removed: &[&str]) {
        let stripped = strip(text);
        let found: Vec<&str> = stripped.iter().flat_map(|s| &s.removed).map(|(_, words)| words.as_str()).collect();
        assert_eq!(found, removed);
        assert_eq!(stripped.map_or(text.to_owned(), |s| s.text).trim(), kept);
    }

    #[test]
    fn a_messages_frame_is_taken_off() {
        let message = format!(
            "ZCZC NQS0412\nR\nBC-QUAY-STRIKE 2ndLd-Writethru 05-05 0312\nURGENT\n\nQuay closed\n{BODY}\n(MORE)\n-30-\nNNNN"
        );
        check(
            &message,
            &format!("Quay closed\n{BODY}"),
            &["ZCZC NQS0412", "R", "BC-QUAY-STRIKE 2ndLd-Writethru 05-05 0312", "URGENT", "(MORE)", "-30-", "NNNN"],
        );
        let release = format!(
            "FOR IMMEDIATE RELEASE\n\nQuay closed\n{BODY}\n\nENDS\n\nNotes to editors:\n1. The port was founded in 1810."
        );
        check(
            &release,
            &format!("Quay closed\n{BODY}"),
            &["FOR IMMEDIATE RELEASE", "ENDS", "Notes to editors:", "1. The port was founded in 1810."],
        );
    }

    #[test]
    fn a_plain_text_stays_as_it_is() {
        check(BODY, BODY, &[]);
        let early = format!("The bulletin printed three words.\nEND\n{BODY}\n{BODY}");
        check(&early, &early, &[]);
        check("RE-ELECTED MAYOR CLOSES QUAY\nMore", "RE-ELECTED MAYOR CLOSES QUAY\nMore", &[]);
    }

    #[test]
    fn numbers_before_lines_are_taken_off_but_not_those_of_a_list() {
        let lines =
            ["Quay closed", "", "The quay was closed", "on Monday after two", "cranes collided,", "the port said."];
        let numbered: Vec<String> = lines.iter().enumerate().map(|(n, l)| format!("  {}  {l}", n + 1)).collect();
        let plain: Vec<String> = lines.iter().map(|l| format!("  {l}")).collect();
        check(&numbered.join("\n"), plain.join("\n").trim(), &[]);
        let list = "1 ship waited\n2 cranes fell\n3 men ran";
        check(list, list, &[]);
    }
}
