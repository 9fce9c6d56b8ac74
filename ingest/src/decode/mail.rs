//! E-mail (RFC 5322, MIME): newsletters, press releases, forwarded articles; and text pasted with its mail's head.
//!
//! The subject is the headline and `Date` the day it was sent. Who sent it wrote the mail, not the article: the sender
//! is taken for the outlet where the mail is a list's or the name a newsroom's, and never for an author.

use super::byline;
use super::clean::{clean, squeeze};
use super::draft::Draft;
use super::html::{self, meta::machine_date};
use super::published::{Claim, Ground};
use super::{Binary, Capture, Refused, plain};
use annals_core::report::{Report, Source};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// Mails inside mails beyond this depth are named and not opened.
const DEEPEST: u8 = 3;

/// A mail forwarded more often is read as it stands from there on.
const MOST_FORWARDED: u8 = 16;

/// Attachments that are opened.
const MOST_ATTACHMENTS: usize = 50;

/// Lines of a head that are looked at.
const LONGEST_HEAD: usize = 200;

/// Fields that only programs write: text with one of them among its first lines is a mail.
const TRANSPORT: &[&str] = &[
    "received",
    "message-id",
    "mime-version",
    "return-path",
    "delivered-to",
    "content-type",
    "dkim-signature",
    "list-id",
    "list-unsubscribe",
    "authentication-results",
    "x-mailer",
    "reply-to",
];

/// Says whether bytes begin with the head of a mail.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 << 10)];
    let (mut transport, mut known) = (false, false);
    for line in head.split(|&b| b == b'\n').take(LONGEST_HEAD) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|&b| b == b':') else { return false };
        let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return false;
        }
        transport |= TRANSPORT.contains(&name.as_str());
        known |= matches!(name.as_str(), "from" | "date" | "subject");
    }
    transport && known
}

/// Decodes a mail into a report, and each document attached to it into reports of their own.
pub(super) fn decode(input: &Binary<'_>) -> Result<Vec<Report>, Refused> {
    let parser = MessageParser::default();
    let message = parser.parse(input.bytes).ok_or_else(|| Refused { reason: "a damaged e-mail".into() })?;
    if let Some(page) = saved_page(&message, input) {
        return page;
    }
    let mut draft = read(&message, input.url);
    let mut reports = Vec::new();
    for (n, part) in message.attachments().enumerate() {
        let name = part.attachment_name().unwrap_or("without a name").to_owned();
        let found = if n < MOST_ATTACHMENTS && input.depth < DEEPEST {
            attached(part, n + 2, input)
        } else {
            Err("too many, or too deep in other letters".to_owned())
        };
        match found {
            Ok(found) => reports.extend(found),
            Err(why) => draft.remove("attachment", &format!("{name}: {why}")),
        }
    }
    if !draft.body.is_empty() {
        let draft = Draft { captured: input.captured, ..draft };
        reports.insert(0, draft.finish(input.source.clone()));
    } else if let Some(first) = reports.first_mut() {
        // A letter without words of its own: what else it brought is told with the first document.
        first.removed.extend(draft.removed.into_iter().filter(|r| r.kind == "attachment"));
    }
    if reports.is_empty() {
        return Err(Refused { reason: "an e-mail without words".into() });
    }
    Ok(reports)
}

/// Decodes a web page that a browser saved into one file (MHTML, RFC 2557): no letter, though written as one. Its address
/// and the day of saving stand in its head; frames and pictures are parts of the page, not documents of their own.
fn saved_page(message: &Message<'_>, input: &Binary<'_>) -> Option<Result<Vec<Report>, Refused>> {
    let field = |name: &str| message.header(name).and_then(|value| value.as_text()).map(str::to_owned);
    let address = field("Snapshot-Content-Location");
    let is_saved =
        message.from().and_then(|f| f.first()).and_then(|f| f.name()).is_some_and(|n| n.starts_with("Saved by"));
    if address.is_none() && !is_saved {
        return None;
    }
    let page = message.body_html(0)?;
    let saved = message.date().and_then(|d| machine_date(&d.to_rfc3339())).map(|when| when.from());
    let input = super::Input {
        text: clean(&page),
        is_cut: false,
        source: input.source,
        url: input.url.or(address.as_deref()),
        captured: input.captured.or(saved),
        templates: None,
    };
    Some(html::decode(&input))
}

/// Decodes an attachment as the record of that number; nothing if it is a picture or gives no report.
///
/// # Errors
/// Why there is none, in plain words.
fn attached(part: &MessagePart<'_>, number: usize, input: &Binary<'_>) -> Result<Vec<Report>, String> {
    let bytes = match &part.body {
        PartType::Message(inner) => inner.raw_message(),
        _ => part.contents(),
    };
    let kind = part.content_type().map(|c| format!("{}/{}", c.ctype(), c.subtype().unwrap_or("")));
    if kind.as_deref().is_some_and(|k| k.starts_with("image/") || k.starts_with("text/calendar")) {
        return Err("not read".to_owned());
    }
    let above = input.source.record.as_deref().map(|r| format!("{r}/")).unwrap_or_default();
    let record = Some(format!("{above}{number}"));
    let source = Source { path: input.source.path.clone(), record };
    let capture =
        Capture { bytes, source, content_type: kind.as_deref(), captured: input.captured, ..Capture::default() };
    super::decode_at(&capture, input.depth + 1).map_err(|refused| refused.reason)
}

/// Reads the mail itself.
fn read(message: &Message<'_>, url: Option<&str>) -> Draft {
    let subject = message.subject().map(|s| squeeze(&clean(s)));
    let head = Head {
        from: message.from().and_then(|f| f.first()).and_then(|f| f.name().or(f.address())).map(|n| squeeze(&clean(n))),
        date: message.header_raw("Date").map(squeeze),
        subject: subject.filter(|s| !s.is_empty()),
    };
    let list = message.header_raw("List-Id").map(squeeze);
    let is_list = list.is_some() || message.header_raw("List-Unsubscribe").is_some();
    let plain = joined(message.text_bodies().filter_map(|p| match &p.body {
        PartType::Text(words) => Some(words.as_ref()),
        _ => None,
    }));
    let page = joined(message.html_bodies().filter_map(|p| match &p.body {
        PartType::Html(words) => Some(words.as_ref()),
        _ => None,
    }));
    let outlet = head.outlet(list.as_deref(), is_list);
    // Only plain words show what is quoted from an earlier mail.
    let has_quotes = plain.lines().any(|l| l.starts_with('>') || opens_quoted(l));
    let length = |d: &Draft| d.body.iter().map(String::len).sum::<usize>();
    let mut draft = Draft::default();
    if !page.is_empty() && !has_quotes {
        draft = html::item(&page, head.title().as_deref(), outlet.as_deref());
        cut_quoted(&mut draft);
    }
    if length(&draft) * 3 < plain.len() && !plain.is_empty() {
        let mut second = Draft { title: head.title(), outlet, ..Draft::default() };
        read_plain(&clean(&plain), &mut second);
        if length(&second) > length(&draft) * 3 {
            draft = second;
        }
    }
    draft.url = url.map(str::to_owned);
    head.claim(&mut draft);
    draft
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.collect::<Vec<_>>().join("\n\n")
}

/// The fields of a head that a reader sees.
#[derive(Default)]
struct Head {
    from: Option<String>,
    date: Option<String>,
    subject: Option<String>,
}

impl Head {
    /// The subject without `Fwd:` and `Re:`.
    fn title(&self) -> Option<String> {
        let mut title = self.subject.as_deref()?;
        while let Some((mark, rest)) = title.split_once(':')
            && matches!(mark.trim().to_lowercase().as_str(), "re" | "fw" | "fwd" | "aw" | "wg" | "tr" | "rv")
        {
            title = rest.trim_start();
        }
        (!title.is_empty()).then(|| title.to_owned())
    }

    /// The sender as an outlet: a newsroom's name, or the name that a mailing list has.
    fn outlet(&self, list: Option<&str>, is_list: bool) -> Option<String> {
        let from = self.from.as_deref().filter(|f| !f.contains('@'));
        // `Ida Roe from The Bay Letter`.
        let named =
            from.map(|f| [" from ", " at ", " @ ", " | "].iter().find_map(|w| f.split_once(w)).map_or(f, |(_, n)| n));
        let own = named.filter(|n| byline::is_newsroom(n) || (is_list && !byline::is_person(n)));
        let listed = list.and_then(|l| l.split_once('<')).map(|(name, _)| name.trim().trim_matches('"').trim());
        own.or(listed.filter(|n| !n.is_empty() && !byline::is_person(n))).map(html::outlet_name)
    }

    /// Keeps the head among what was left out, and its date as a claim.
    fn claim(&self, draft: &mut Draft) {
        if let Some(when) = self.date.as_deref().and_then(machine_date) {
            draft.claims.push(Claim::new(when, Ground::MailDate));
        }
        for (name, value) in [("From", &self.from), ("Date", &self.date), ("Subject", &self.subject)] {
            if let Some(value) = value {
                draft.remove("mail-header", &format!("{name}: {value}"));
            }
        }
    }
}

/// Reads the words of a mail: what it quotes goes out; what it only passes on is read as if it had come by itself.
fn read_plain(text: &str, draft: &mut Draft) {
    read_forwarded(text, 0, draft);
}

/// Reads the words of a mail that was forwarded so many times.
fn read_forwarded(text: &str, times: u8, draft: &mut Draft) {
    let lines: Vec<&str> = text.lines().collect();
    let is_forward = |line: &str| times < MOST_FORWARDED && opens_forwarded(line);
    let quoted_from = lines.iter().position(|l| opens_quoted(l) || is_forward(l));
    if let Some(at) = quoted_from
        && is_forward(lines[at])
        && lines[..at].iter().map(|l| l.split_whitespace().count()).sum::<usize>() < 40
    {
        let (head, body) = pasted_lines(&lines[at + 1..]);
        draft.title = head.title().or(draft.title.take());
        draft.outlet = head.outlet(None, false).or(draft.outlet.take());
        draft.warnings.push("forwarded-mail");
        draft.remove("mail-note", &lines[..at].join(" "));
        head.claim(draft);
        return read_forwarded(&body.join("\n"), times + 1, draft);
    }
    let mut own = String::with_capacity(text.len());
    let mut quoted: Vec<&str> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let is_quoted = line.starts_with('>') || quoted_from.is_some_and(|at| n >= at);
        // `-- ` alone opens a signature (RFC 3676).
        if *line == "-- " || (*line == "--" && n + 12 > lines.len()) {
            draft.remove("signature", &lines[n + 1..].join(" "));
            break;
        }
        if is_quoted {
            quoted.push(line.trim_start_matches(['>', ' ']));
        } else {
            own.push_str(line);
            own.push('\n');
        }
    }
    draft.remove("quoted-mail", &quoted.join(" "));
    // An error here is a mail of nothing but quotes; it leaves the draft without a body.
    let _ = plain::read(&own, draft);
}

/// Takes out of a page what follows the line that opens a quoted mail.
fn cut_quoted(draft: &mut Draft) {
    if let Some(at) = draft.body.iter().position(|p| opens_quoted(p) && p.len() < 300) {
        let quoted = draft.body.split_off(at);
        draft.remove("quoted-mail", &quoted.join(" "));
    }
}

/// `On Tue, 3 May 2022 at 09:14, Ida Roe <…> wrote:`, `-----Original Message-----`.
fn opens_quoted(line: &str) -> bool {
    let bare = line.trim().trim_matches(['-', '_', '=', ' ', '>']);
    let attribution = bare.starts_with("On ") && bare.ends_with("wrote:") && bare.bytes().any(|b| b.is_ascii_digit());
    attribution || (line.trim().starts_with("--") && bare.eq_ignore_ascii_case("original message"))
}

/// `---------- Forwarded message ---------`, `Begin forwarded message:`.
fn opens_forwarded(line: &str) -> bool {
    let bare = line.trim().trim_matches(['-', '_', '=', ' ', '>', ':']).to_ascii_lowercase();
    matches!(bare.as_str(), "forwarded message" | "begin forwarded message")
}

/// Reads a text pasted with the head of its mail. Returns nothing if it has none.
pub(super) fn pasted<'a>(text: &'a str, draft: &mut Draft) -> Option<String> {
    let lines: Vec<&'a str> = text.trim_start().lines().collect();
    let (head, body) = pasted_lines(&lines);
    let known = [&head.from, &head.date, &head.subject].into_iter().flatten().count();
    // `Subject:` or `Date:` alone may head a notice.
    if known < 2 || head.from.is_none() {
        return None;
    }
    draft.title = head.title();
    draft.outlet = head.outlet(None, false);
    head.claim(draft);
    Some(body.join("\n"))
}

/// Parts the fields at the top from what follows.
fn pasted_lines<'a, 'b>(lines: &'b [&'a str]) -> (Head, &'b [&'a str]) {
    let mut head = Head::default();
    let mut at = lines.iter().take_while(|l| l.trim().is_empty()).count();
    for line in &lines[at..] {
        let Some((name, value)) = line.split_once(':') else { break };
        let name = name.trim_matches(['*', ' ', '>']).to_ascii_lowercase();
        let value = squeeze(value.trim_matches(['*', ' ']));
        let person = || value.split('<').next().unwrap_or("").trim().trim_matches('"').to_owned();
        match name.as_str() {
            "from" => head.from = Some(if person().is_empty() { value.clone() } else { person() }),
            "date" | "sent" => head.date = Some(value),
            "subject" => head.subject = Some(value),
            "to" | "cc" | "bcc" | "reply-to" | "importance" | "attachments" => {}
            _ => break,
        }
        at += 1;
    }
    (head, &lines[at..])
}
