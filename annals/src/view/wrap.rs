//! Lines of a terminal: words wrapped by the room they take on screen, with colours that are never the only sign.

use unicode_width::UnicodeWidthStr;

/// How words look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ink {
    /// As everything else.
    Plain,
    /// Headings and values.
    Bold,
    /// Sources, counts, what can be skipped.
    Dim,
    /// Contradictions and what failed.
    Alert,
}

/// Words in one ink.
pub(crate) type Run<'a> = (&'a str, Ink);

/// The lines written so far.
pub(crate) struct Sheet {
    out: String,
    width: usize,
    coloured: Colour,
}

/// Whether colours are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Colour {
    /// On a terminal that wants them.
    On,
    /// In a file, a pipe, or where `NO_COLOR` is set.
    Off,
}

impl Sheet {
    /// Returns an empty sheet. Width in columns, held between 40 and 110.
    pub(crate) fn new(width: usize, coloured: Colour) -> Sheet {
        Sheet { out: String::new(), width: width.clamp(40, 110), coloured }
    }

    /// Returns the width in columns.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Returns what was written.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// Leaves a line empty, unless the one before is.
    pub(crate) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Writes a heading and a rule below it.
    pub(crate) fn heading(&mut self, words: &str) {
        self.put(0, &[], &[(words, Ink::Bold)]);
        let lines = self.out.trim_end().rsplit('\n').next().unwrap_or("");
        let wide = room(&plain(lines)).min(self.width);
        self.out.push_str(&"─".repeat(wide));
        self.out.push('\n');
    }

    /// Writes runs of words wrapped behind an indent; on the first line `lead` stands in the indent's room. Words held by
    /// a no-break space stay on one line; a run that begins with a comma or colon stands close to the one before.
    pub(crate) fn put(&mut self, indent: usize, lead: &[Run<'_>], runs: &[Run<'_>]) {
        let indent = indent.min(self.width / 2);
        let mut at = 0;
        for (n, (words, ink)) in lead.iter().enumerate() {
            if n > 0 {
                self.out.push(' ');
                at += 1;
            }
            self.paint(words, *ink);
            at += room(words);
        }
        if at >= indent && at > 0 {
            self.out.push('\n');
            at = 0;
        }
        let mut fresh = true;
        for (words, ink) in runs {
            for word in words.split(' ').filter(|w| !w.is_empty()) {
                let mut rest = word;
                while !rest.is_empty() {
                    let (piece, left) = fitting(rest, self.width - indent);
                    let wide = room(piece);
                    let blank = usize::from(!piece.starts_with([',', ':', ';']));
                    if !fresh && at + blank + wide > self.width {
                        self.out.push('\n');
                        (at, fresh) = (0, true);
                    }
                    if fresh {
                        self.out.extend(std::iter::repeat_n(' ', indent.saturating_sub(at)));
                        at = at.max(indent);
                    } else if blank > 0 {
                        self.out.push(' ');
                        at += 1;
                    }
                    self.paint(piece, *ink);
                    at += wide;
                    fresh = false;
                    rest = left;
                }
            }
        }
        self.out.push('\n');
    }

    fn paint(&mut self, words: &str, ink: Ink) {
        let code = match ink {
            Ink::Plain => "",
            Ink::Bold => "1",
            Ink::Dim => "2",
            Ink::Alert => "31",
        };
        let words = words.replace('\u{a0}', " ");
        if self.coloured == Colour::Off || code.is_empty() {
            self.out.push_str(&words);
        } else {
            self.out.push_str(&format!("\u{1b}[{code}m{words}\u{1b}[0m"));
        }
    }
}

/// Returns how many columns words take.
pub(crate) fn room(words: &str) -> usize {
    words.width()
}

/// Returns words with blanks behind them up to a width.
pub(crate) fn padded(words: &str, width: usize) -> String {
    format!("{words}{}", " ".repeat(width.saturating_sub(room(words))))
}

/// Parts a word that is wider than a line where the line ends.
fn fitting(word: &str, width: usize) -> (&str, &str) {
    if room(word) <= width {
        return (word, "");
    }
    let fits = |at: &usize| room(&word[..*at]) <= width;
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let first = word.chars().next().map_or(0, char::len_utf8);
    // A line holds at most as many characters that take room as it is wide; marks that take none may add some.
    let end = ends.take(width * 4).take_while(fits).last().unwrap_or(first);
    word.split_at(end)
}

/// Returns a line without its colours.
fn plain(line: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in line.chars() {
        match (inside, c) {
            (false, '\u{1b}') => inside = true,
            (true, 'm') => inside = false,
            (false, c) => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_put(indent: usize, lead: &str, words: &str, shown: &str) {
        let mut sheet = Sheet::new(40, Colour::Off);
        sheet.put(indent, &[(lead, Ink::Plain)], &[(words, Ink::Plain)]);
        assert_eq!(sheet.finish(), shown);
    }

    #[test]
    fn words_hang_behind_their_lead() {
        check_put(
            10,
            "11 Nov",
            "Dockers walk out at six terminals of the port",
            "11 Nov    Dockers walk out at six\n          terminals of the port\n",
        );
    }

    #[test]
    fn a_lead_too_wide_gets_its_own_line() {
        check_put(4, "30 Oct – 2 Nov", "Talks", "30 Oct – 2 Nov\n    Talks\n");
    }

    #[test]
    fn wide_characters_take_two_columns_and_long_words_are_parted() {
        let mut sheet = Sheet::new(40, Colour::Off);
        sheet.put(0, &[], &[(&"港".repeat(25), Ink::Plain)]);
        assert_eq!(sheet.finish(), format!("{}\n{}\n", "港".repeat(20), "港".repeat(5)));
    }

    #[test]
    fn colours_do_not_count() {
        let mut sheet = Sheet::new(40, Colour::On);
        sheet.heading("Strike");
        assert_eq!(sheet.finish(), "\u{1b}[1mStrike\u{1b}[0m\n──────\n");
    }
}
