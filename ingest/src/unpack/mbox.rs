//! Mailboxes (RFC 4155): messages one after another, each behind a `From ` line.

use super::{Place, Trouble, Walk};
use std::io::{BufRead, Read};

/// Says whether a mailbox begins here: a `From ` line, then a header.
pub(super) fn is_mbox(head: &[u8]) -> bool {
    let mut lines = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end);
    let is_header = |line: &[u8]| {
        let name = line.split(|b| *b == b':').next().unwrap_or(b"");
        name.len() < line.len() && !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
    };
    lines.next().is_some_and(is_from) && lines.next().is_some_and(is_header)
}

/// `From address weekday month day time year`: the address may be missing, weekday, month, clock and year are not.
fn is_from(line: &[u8]) -> bool {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let rest = String::from_utf8_lossy(&rest[..rest.len().min(500)]);
    let words: Vec<&str> = rest.split_whitespace().collect();
    let is_number =
        |w: &str, len: std::ops::RangeInclusive<usize>| len.contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit());
    let is_clock = |w: &str| w.len() >= 4 && w.contains(':') && w.bytes().all(|b| b.is_ascii_digit() || b == b':');
    words.windows(4).any(|w| {
        DAYS.contains(&w[0].trim_end_matches(','))
            && (is_number(w[2], 1..=2) || is_number(w[1], 1..=2))
            && words.iter().any(|w| is_clock(w))
            && words.iter().any(|w| is_number(w, 4..=4))
    })
}

impl Walk<'_> {
    pub(super) fn mbox(&mut self, stream: &mut dyn BufRead, place: &Place) -> Result<(), Trouble> {
        self.is_container = true;
        let mut count = 0u64;
        let (mut message, mut is_long, mut after_blank) = (Vec::new(), false, true);
        let mut line = Vec::new();
        loop {
            line.clear();
            let n = stream.take(1 << 20).read_until(b'\n', &mut line)?;
            let begins = n > 0 && after_blank && is_from(line.trim_ascii_end());
            if (n == 0 || begins) && count > 0 {
                let message = std::mem::take(&mut message);
                let mut part = place.within(&id(&message).unwrap_or_else(|| count.to_string()));
                if std::mem::take(&mut is_long) {
                    self.lost_part(part.record, format!("larger than {}", super::limits::size(self.limits.document)))?;
                } else {
                    part.content_type = Some("message/rfc822".into());
                    self.document(message, part, None)?;
                }
            }
            if n == 0 {
                return Ok(());
            }
            after_blank = line.trim_ascii().is_empty();
            if begins {
                count += 1;
            } else if (message.len() + n) as u64 > self.limits.document {
                is_long = true;
            } else {
                message.extend_from_slice(unquoted(&line));
            }
        }
    }
}

/// Takes off the `>` that keeps a line of a message from being read as the next one's beginning.
fn unquoted(line: &[u8]) -> &[u8] {
    let bare = line.iter().position(|b| *b != b'>').map_or(&[][..], |n| &line[n..]);
    if bare.starts_with(b"From ") && line.starts_with(b">") { &line[1..] } else { line }
}

/// Returns the message's own id.
fn id(message: &[u8]) -> Option<String> {
    let head = &message[..message.len().min(16_384)];
    let line = head
        .split(|b| *b == b'\n')
        .take_while(|l| !l.trim_ascii().is_empty())
        .find(|l| l.len() > 11 && l[..11].eq_ignore_ascii_case(b"message-id:"))?;
    let id = String::from_utf8_lossy(&line[11..]).trim().trim_matches(['<', '>']).to_owned();
    (!id.is_empty()).then_some(id)
}
