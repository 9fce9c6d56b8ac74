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

/// `From address weekday month day time year`: the address may be missing, the clock is not.
fn is_from(line: &[u8]) -> bool {
    line.starts_with(b"From ")
        && line.iter().filter(|b| **b == b':').count() >= 1
        && line.iter().any(u8::is_ascii_digit)
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
