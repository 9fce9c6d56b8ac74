//! Splits a sentence into the words that Universal Dependencies count in English: `do|n't`, `Lund|'s`, `ten|-|year`.
//!
//! Finer than [`crate::reading::words`] in contractions, possessives and hyphens, coarser in addresses and runs of
//! marks. Where to part was read off the EWT training part; every white space parts.

use crate::lang::en::takes_stop;
use std::ops::Range;

/// Bytes of one word; a run of characters that goes on is cut there.
const LONGEST_WORD: usize = 200;

/// Beginnings that keep their hyphen: `non-smokers`, `e-mail`.
const PREFIXES: [&str; 25] = [
    "anti", "co", "counter", "cross", "de", "e", "ex", "inter", "mid", "mini", "multi", "neo", "non", "over", "post",
    "pre", "pro", "pseudo", "re", "semi", "socio", "sub", "super", "un", "ultra",
];

/// Endings that are words of their own, after an apostrophe.
const ENDINGS: [&str; 7] = ["s", "m", "d", "ll", "re", "ve", "t"];

/// Words written as one that count as two, and where they part.
const FUSED: [(&str, usize); 18] = [
    ("cannot", 3),
    ("gonna", 3),
    ("gotta", 3),
    ("wanna", 3),
    ("dont", 2),
    ("didnt", 3),
    ("doesnt", 4),
    ("wont", 2),
    ("cant", 2),
    ("isnt", 2),
    ("wasnt", 3),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("havent", 4),
    ("arent", 3),
    ("thats", 4),
    ("ive", 1),
];

/// Words that take a full stop inside a sentence or at its end, beside those that [`takes_stop`] knows.
const STOPPED: [&str; 14] =
    ["inc", "corp", "ltd", "co", "jr", "vs", "approx", "ca", "est", "ed", "al", "cf", "vol", "dept"];

/// Appends the words of a sentence as ranges of its bytes, in order, none empty and none across white space.
pub fn split(sentence: &str, words: &mut Vec<Range<usize>>) {
    let sentence = sentence.trim_end();
    let mut at = 0;
    for run in sentence.split_inclusive(char::is_whitespace) {
        let is_last = at + run.len() == sentence.len();
        let mut rest = run.trim_end();
        let mut from = at;
        // The length of a piece is looked for in a short stretch alone, so that time grows with the length of the run.
        while !rest.is_empty() {
            let front = cut(rest);
            pieces(front, from, is_last && front.len() == rest.len(), words);
            from += front.len();
            rest = &rest[front.len()..];
        }
        at += run.len();
    }
}

/// Returns the front of a run, as long as a word may be.
fn cut(run: &str) -> &str {
    let mut end = LONGEST_WORD.min(run.len());
    while !run.is_char_boundary(end) {
        end -= 1;
    }
    &run[..end]
}

/// Splits what stands between white space.
fn pieces(run: &str, base: usize, is_last: bool, words: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while at < run.len() {
        let rest = &run[at..];
        let len = piece_len(rest, is_last, at > 0).clamp(1, rest.len());
        if rest.starts_with(char::is_alphabetic) {
            contraction(&rest[..len], base + at, words);
        } else {
            words.push(base + at..base + at + len);
        }
        at += len;
    }
}

/// Returns the length of the word at the front.
fn piece_len(rest: &str, is_last: bool, inside: bool) -> usize {
    let Some(first) = rest.chars().next() else { return 0 };
    if first.is_alphanumeric() || (matches!(first, '@' | '#') && rest[1..].starts_with(char::is_alphabetic)) {
        let len = address_len(rest);
        if len > 0 {
            return len;
        }
    }
    if first.is_numeric() || (first == '.' && !inside && rest[1..].starts_with(|c: char| c.is_ascii_digit())) {
        return number_len(rest);
    }
    if first.is_alphabetic() {
        return word_len(rest, is_last);
    }
    if ["''", "``", "’’", "‘‘"].iter().any(|q| rest.starts_with(q)) {
        return 2 * first.len_utf8();
    }
    if matches!(first, '\'' | '’' | '`') && inside {
        return ending_len(rest);
    }
    let twin = matches!(first, '.' | '-' | '!' | '?' | '*' | '=' | '_' | '+' | '<' | '>' | '~');
    if twin {
        let alike = |c: char| c == first || (matches!(first, '!' | '?') && matches!(c, '!' | '?'));
        return rest.len() - rest.trim_start_matches(alike).len();
    }
    smiley_len(rest).unwrap_or(first.len_utf8())
}

fn smiley_len(rest: &str) -> Option<usize> {
    [":)", ":(", ";)", ":-)", ":-(", ";-)", ":D", "=)", "<3"].iter().find(|s| **s == rest).map(|s| s.len())
}

/// Returns the length of an address of the net at the front, without the marks behind it, or 0.
fn address_len(rest: &str) -> usize {
    let mut end = rest.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '”', '’', '\'', '>']).len();
    let opened = rest[..end].find(['<', '>', '"', '“', '”', ',', ';']);
    end = opened.unwrap_or(end);
    let front = &rest[..end];
    let at_sign = front.find('@').is_some_and(|n| n > 0 && n + 1 < front.len());
    let handle = front.starts_with(['@', '#']) && front[1..].chars().all(|c| c.is_alphanumeric() || c == '_');
    if front.contains("://") || front.starts_with("www.") || front.starts_with("mailto:") || at_sign || handle {
        return end;
    }
    let host = front.split('/').next().unwrap_or("");
    let Some((name, domain)) = host.rsplit_once('.') else { return 0 };
    let known = matches!(
        domain,
        "com"
            | "org"
            | "net"
            | "gov"
            | "edu"
            | "info"
            | "uk"
            | "ca"
            | "de"
            | "nz"
            | "au"
            | "eu"
            | "doc"
            | "pdf"
            | "xls"
    );
    let plain = name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    if known && plain { end } else { 0 }
}

/// Returns the length of the number at the front: digits with inner `.,:/-` where digits go on, `th`, `s`, `k` behind.
fn number_len(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit_next = chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
        let joins = matches!(c, '.' | ',' | ':' | '/') && digit_next;
        if c.is_numeric() || joins {
            end = at + c.len_utf8();
        } else if c == '-' && digit_next && is_telephone(rest) {
            end = at + 1;
        } else if c.is_alphabetic() {
            let tail_len = rest[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len() - at);
            let tail = &rest[at..at + tail_len];
            let unit = matches!(
                tail,
                "am" | "pm" | "a" | "p" | "AM" | "PM" | "km" | "kg" | "cm" | "mm" | "m" | "mph" | "hrs" | "min" | "ft"
            );
            return if unit { end } else { at + tail_len };
        } else {
            break;
        }
    }
    end
}

/// Says whether a number has three groups parted by hyphens (or two of three and four digits), like that of a telephone.
fn is_telephone(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len());
    let mut groups = rest[..end].split('-').map(str::len);
    matches!(
        (groups.next(), groups.next(), groups.next()),
        (Some(1..), Some(1..), Some(1..)) | (Some(3), Some(4), None)
    )
}

/// Returns the length of the word at the front, contractions and possessives not yet parted.
fn word_len(rest: &str, is_last: bool) -> usize {
    let mut end = 0;
    // Single letters parted by stops, as in `U.S`.
    let (mut letters, mut stops, mut singles) = (0, 0, true);
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) || c == '_' {
            end = at + c.len_utf8();
            letters += 1;
            singles &= letters == 1 && c.is_alphabetic();
            continue;
        }
        let next = chars.peek().map(|(_, n)| *n);
        let letter_next = next.is_some_and(char::is_alphabetic);
        match c {
            '\'' | '’' if letter_next => letters += 1,
            '&' if end <= 2 && letter_next => letters += 1,
            '-' | '‑' if letter_next && keeps_hyphen(&rest[..at]) => letters += 1,
            // `Ph.D.`
            '.' if letter_next && letters <= 2 && is_initial(&rest[at + 1..]) => {
                (letters, stops, singles) = (0, 1, true)
            }
            '.' if letter_next && singles => (letters, stops) = (0, stops + 1),
            '.' if takes_this_stop(&rest[..at], stops > 0 && singles, &rest[at + 1..], is_last) => return at + 1,
            _ => break,
        }
        singles &= c == '.';
    }
    end
}

/// Says whether what follows is one capital with a stop.
fn is_initial(behind: &str) -> bool {
    let mut chars = behind.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
}

/// Says whether a word goes on behind its hyphen.
fn keeps_hyphen(front: &str) -> bool {
    front.len() <= 6 && PREFIXES.iter().any(|p| p.eq_ignore_ascii_case(front))
}

/// Says whether the stop behind a word is part of it. Behind the last word of a sentence it is only in abbreviations; before
/// that it always is, if a word follows at once.
fn takes_this_stop(word: &str, spelled: bool, behind: &str, is_last: bool) -> bool {
    let ends_run = behind.is_empty() || behind.starts_with(|c: char| !c.is_alphanumeric() && c != '.');
    if !ends_run {
        return false;
    }
    let known = spelled || takes_stop(word) || STOPPED.iter().any(|s| s.eq_ignore_ascii_case(word));
    let single = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let open = !is_last && word.len() <= 4 && behind.chars().all(|c| matches!(c, ',' | ';' | ':' | '-'));
    let last_stop = is_last && behind.chars().all(|c| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']'));
    if last_stop {
        spelled || (known && !single && STOPPED.iter().any(|s| s.eq_ignore_ascii_case(word)))
    } else {
        known || open
    }
}

/// Returns the length of what an apostrophe inside a run begins: `'s`, `'ll`, or the apostrophe alone.
fn ending_len(rest: &str) -> usize {
    let mark = rest.chars().next().map_or(1, char::len_utf8);
    let tail = &rest[mark..];
    let len = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
    if ENDINGS.iter().any(|e| e.eq_ignore_ascii_case(&tail[..len])) { mark + len } else { mark }
}

/// Appends a word, parted where it is two.
fn contraction(word: &str, base: usize, words: &mut Vec<Range<usize>>) {
    let end = base + word.len();
    let at = parting(word);
    match at {
        Some(at) if at > 0 && at < word.len() => words.extend([base..base + at, base + at..end]),
        _ => words.push(base..end),
    }
}

fn parting(word: &str) -> Option<usize> {
    if let Some(mark) = word.rfind(['\'', '’']) {
        let tail = word[mark..].trim_start_matches(['\'', '’']);
        if tail.eq_ignore_ascii_case("t") {
            let n = word[..mark].char_indices().next_back()?;
            return n.1.eq_ignore_ascii_case(&'n').then_some(n.0);
        }
        return ENDINGS.iter().any(|e| e.eq_ignore_ascii_case(tail)).then_some(mark);
    }
    FUSED.iter().find(|(fused, _)| fused.eq_ignore_ascii_case(word)).map(|(_, at)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_words(sentence: &str, expected: &str) {
        let mut words = Vec::new();
        split(sentence, &mut words);
        assert_eq!(words.into_iter().map(|w| &sentence[w]).collect::<Vec<_>>().join("|"), expected);
    }

    #[test]
    fn contractions_and_possessives_are_parted() {
        check_words("They don’t know Lund's plan.", "They|do|n’t|know|Lund|'s|plan|.");
        check_words("We cannot; the rowers' oars aren't.", "We|can|not|;|the|rowers|'|oars|are|n't|.");
    }

    #[test]
    fn hyphens_part_words_but_not_prefixes() {
        check_words("a 15-year non-binding long-planned deal", "a|15|-|year|non-binding|long|-|planned|deal");
    }

    #[test]
    fn stops_stay_with_abbreviations() {
        check_words("Dr. A. Lund of Vell Ltd. left the U.S.", "Dr.|A.|Lund|of|Vell|Ltd.|left|the|U.S.");
    }

    #[test]
    fn addresses_numbers_and_runs_of_marks_are_whole() {
        check_words(
            "See www.vell.example/a?b=1, or ask lund@vell.example!!",
            "See|www.vell.example/a?b=1|,|or|ask|lund@vell.example|!!",
        );
        check_words("$1,200.50 at 5pm on 9/11...", "$|1,200.50|at|5|pm|on|9/11|...");
    }
}
