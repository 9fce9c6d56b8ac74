//! What a handler is given and what it gives back. Handlers are plain functions; only `mod.rs` and `door.rs` wait.

use super::Site;
use annals_core::when::Day;
use http_body_util::BodyExt;
use http_body_util::combinators::BoxBody;
use hyper::body::{Bytes, Frame, SizeHint};
use hyper::header::{
    ALLOW, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER, VARY, WWW_AUTHENTICATE,
};
use hyper::{HeaderMap, Response, StatusCode};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(crate) const JSON: &str = "application/json";
pub(crate) const HTML: &str = "text/html; charset=utf-8";
const PROBLEM: &str = "application/problem+json";

/// How a route is asked for; HEAD is answered as GET without the body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Method {
    Get,
    Post,
}

/// An address the server answers at.
pub(crate) struct Route {
    pub(crate) method: Method,
    /// The path; `{name}` stands for one part of it, which is given to the handler under that name.
    pub(crate) path: &'static str,
    /// What may stand in the path, the query or a form; anything else is refused.
    pub(crate) takes: &'static [Param],
    /// Runs on a thread of its own, so it may take its time.
    pub(crate) run: fn(&Site, &Given) -> Result<Reply, Problem>,
}

/// Something a request may give.
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) needed: bool,
    /// One sentence for the reader of the interface's description.
    pub(crate) says: &'static str,
}

/// What a parameter must look like.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// At most so many characters.
    Text(usize),
    /// A day, as 2031-05-06.
    Day,
    /// A time, as 2031-05-06T08:00:00Z, or the beginning of a day; UTC.
    Time,
    /// A whole number between two.
    Number(i64, i64),
    /// The id of a row of the record.
    Row,
    /// The id of a report.
    Report,
    /// One of these words.
    Of(&'static [&'static str]),
}

impl Kind {
    /// Says what is wrong with a value; nothing if it is good.
    pub(crate) fn refuses(self, value: &str) -> Option<String> {
        let is_hex = |s: &str| s.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        match self {
            Kind::Text(most) if value.chars().count() > most => Some(format!("give at most {most} characters")),
            Kind::Text(_) => None,
            Kind::Day => day(value).is_none().then(|| "write a day as 2031-05-06".to_owned()),
            Kind::Time => time(value).is_none().then(|| "write a time as 2031-05-06T08:00:00Z, or a day".to_owned()),
            Kind::Number(from, to) => {
                let is_plain = value.bytes().all(|b| b.is_ascii_digit());
                let good = is_plain && value.parse::<i64>().is_ok_and(|n| (from..=to).contains(&n));
                (!good).then(|| format!("give a whole number from {from} to {to}"))
            }
            Kind::Row => {
                let good = value.split_once('-').is_some_and(|(table, hash)| {
                    table.len() == 1
                        && table.bytes().all(|b| b.is_ascii_lowercase())
                        && hash.len() == 16
                        && is_hex(hash)
                });
                (!good).then(|| "an id is a letter, a hyphen and 16 hexadecimal digits".to_owned())
            }
            Kind::Report => {
                let good = value.len() == 32 && is_hex(value);
                (!good).then(|| "the id of a report has 32 hexadecimal digits".to_owned())
            }
            Kind::Of(words) => (!words.contains(&value)).then(|| format!("write one of: {}", words.join(", "))),
        }
    }
}

/// Reads a day written with four digits for the year.
fn day(text: &str) -> Option<Day> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() });
    if shape { text.parse().ok() } else { None }
}

/// Reads a time or the beginning of a day. Returns it as archives write it.
fn time(text: &str) -> Option<String> {
    let moment = || text.parse::<jiff::Timestamp>().ok().and_then(|t| jiff::Timestamp::from_second(t.as_second()).ok());
    day(text).map(|day| format!("{day}T00:00:00Z")).or_else(|| moment().map(|t| t.to_string()))
}

/// What a request gave, each value as its parameter wants it.
#[derive(Default)]
pub(crate) struct Given {
    pub(super) values: BTreeMap<&'static str, String>,
    /// The body of a POST; of a form it is read into the values.
    pub(super) body: Bytes,
}

impl Given {
    /// Returns a value; none if it was not given or is empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|v| !v.is_empty())
    }

    /// Returns a day.
    pub(crate) fn day(&self, name: &str) -> Option<Day> {
        self.text(name).and_then(day)
    }

    /// Returns a time, as archives write it.
    pub(crate) fn time(&self, name: &str) -> Option<String> {
        self.text(name).and_then(time)
    }

    /// Returns a number.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.text(name).and_then(|v| v.parse().ok())
    }

    /// Returns the page asked for, counted from 1, and how many items it has.
    pub(crate) fn page(&self) -> (usize, usize) {
        (self.number("page").unwrap_or(1), self.number("per_page").unwrap_or(PER_PAGE as usize))
    }
}

/// Items of a page unless told otherwise, and at most.
pub(crate) const PER_PAGE: i64 = 20;
pub(crate) const MOST_PER_PAGE: i64 = 100;
/// The last page of a list that may be asked for, and of a search, which reads what it passes over; guess: who is that far
/// asks for something else.
pub(crate) const LAST_PAGE: i64 = 1_000;
pub(crate) const LAST_FOUND: i64 = 50;

/// An answer.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) bytes: Bytes,
    /// Where to go on, or what was made.
    pub(super) place: Option<String>,
    /// It stands at this address for ever.
    pub(super) is_lasting: bool,
    /// The bytes are packed with gzip.
    pub(super) is_packed: bool,
    /// More can be told as soon as it is made: it is not kept for who asks next.
    pub(super) is_early: bool,
}

impl Reply {
    /// Returns an answer of bytes.
    pub(crate) fn new(kind: &'static str, bytes: impl Into<Bytes>) -> Reply {
        Reply {
            status: 200,
            kind,
            bytes: bytes.into(),
            place: None,
            is_lasting: false,
            is_packed: false,
            is_early: false,
        }
    }

    /// Returns a page.
    pub(crate) fn page(page: maud::Markup) -> Reply {
        Reply::new(HTML, page.into_string())
    }

    /// Returns a JSON object.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which is our fault.
    pub(crate) fn json(value: &impl serde::Serialize) -> Result<Reply, Problem> {
        serde_json::to_vec(value).map(|bytes| Reply::new(JSON, bytes)).map_err(|e| Problem::new(500, e.to_string()))
    }

    /// Returns it packed, for who takes that, where it is worth the time. A long page is packed to a sixth.
    ///
    /// Packing tells a listener how alike its parts are, the token among them; nobody listens on this machine's own line,
    /// and what other sites ask for is not answered.
    #[must_use]
    pub(super) fn packed(self) -> Reply {
        /// Bytes below which packing saves nothing that is felt.
        const WORTH: usize = 4 * 1024;
        let is_text = self.kind.starts_with("text/") || self.kind.contains("json") || self.kind.contains("xml");
        if self.status != 200 || !is_text || self.is_packed || self.bytes.len() < WORTH {
            return self;
        }
        /// Bytes above which who asks would wait longer for the packing than for the line.
        const LONG: usize = 512 * 1024;
        let level = if self.bytes.len() > LONG { 1 } else { 5 };
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
        let packed = std::io::Write::write_all(&mut packer, &self.bytes).and_then(|()| packer.finish());
        match packed {
            Ok(bytes) => Reply { bytes: bytes.into(), is_packed: true, ..self },
            Err(_) => self,
        }
    }

    /// Sends the reader of a form on to a page of this server.
    pub(crate) fn go(place: &str) -> Reply {
        Reply { status: 303, place: Some(place.to_owned()), ..Reply::new(HTML, "") }
    }
}

impl From<Reply> for Response<Body> {
    fn from(reply: Reply) -> Response<Body> {
        let mut response = respond(reply.status, reply.kind, reply.bytes);
        if reply.is_packed {
            put(response.headers_mut(), CONTENT_ENCODING, "gzip");
        }
        put(response.headers_mut(), VARY, "Accept-Encoding");
        if let Some(Ok(place)) = reply.place.map(|place| HeaderValue::from_str(&place)) {
            response.headers_mut().insert(LOCATION, place);
        }
        response
    }
}

/// Why something cannot be answered: `application/problem+json` (RFC 9457), or a page for who asked for one.
#[derive(Debug)]
pub(crate) struct Problem {
    /// The HTTP status.
    pub(crate) status: u16,
    /// What is wrong and what to do.
    pub(crate) detail: String,
    /// The methods that are answered here.
    pub(super) allow: Option<&'static str>,
}

impl Problem {
    /// Returns a problem.
    pub(crate) fn new(status: u16, detail: impl Into<String>) -> Problem {
        Problem { status, detail: detail.into(), allow: None }
    }

    /// Returns the problem of something that is not there.
    pub(crate) fn missing(what: &str) -> Problem {
        Problem::new(404, format!("there is no {what}"))
    }

    /// Returns the usual name of its status.
    pub(crate) fn title(&self) -> &'static str {
        StatusCode::from_u16(self.status).ok().and_then(|s| s.canonical_reason()).unwrap_or("Error")
    }

    /// Returns it as JSON.
    pub(super) fn response(&self) -> Response<Body> {
        let told = serde_json::json!({
            "type": "about:blank", "title": self.title(), "status": self.status, "detail": self.detail,
        });
        self.respond(PROBLEM, told.to_string().into())
    }

    /// Returns it with a body and the headers that go with its status.
    pub(super) fn respond(&self, kind: &'static str, bytes: Bytes) -> Response<Body> {
        let mut response = respond(self.status, kind, bytes);
        let headers = response.headers_mut();
        if let Some(allow) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(allow));
        }
        match self.status {
            401 => put(headers, WWW_AUTHENTICATE, "X-Annals-Token"),
            503 => put(headers, RETRY_AFTER, "5"),
            _ => {}
        }
        response
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Problem {
        match error.downcast_ref::<annals_store::Error>() {
            Some(annals_store::Error::Busy { .. }) => Problem::new(503, format!("{error:#}")),
            _ => Problem::new(500, format!("{error:#}")),
        }
    }
}

impl From<annals_store::Error> for Problem {
    fn from(error: annals_store::Error) -> Problem {
        anyhow::Error::from(error).into()
    }
}

fn put(headers: &mut HeaderMap, name: hyper::header::HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

/// Returns a response of bytes.
pub(super) fn respond(status: u16, kind: &'static str, bytes: Bytes) -> Response<Body> {
    let mut response = Response::new(Chunks(bytes).boxed());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    put(response.headers_mut(), CONTENT_TYPE, kind);
    response
}

/// What goes out.
pub(super) type Body = BoxBody<Bytes, Infallible>;

/// Bytes in pieces: a reader who does not read keeps one piece waiting in the connection, not all.
struct Chunks(Bytes);

const PIECE: usize = 64 * 1024;

impl hyper::body::Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let rest = &mut self.get_mut().0;
        let piece = rest.split_to(rest.len().min(PIECE));
        Poll::Ready(if piece.is_empty() { None } else { Some(Ok(Frame::data(piece))) })
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

/// Returns a body that keeps something until it is sent or given up.
pub(super) fn keeping<T: Send + Sync + Unpin + 'static>(body: Body, kept: T) -> Body {
    Keeping { body, _kept: kept }.boxed()
}

struct Keeping<T> {
    body: Body,
    _kept: T,
}

impl<T: Send + Sync + Unpin + 'static> hyper::body::Body for Keeping<T> {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Pin::new(&mut self.get_mut().body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_taken_only_in_its_shape() {
        let good = [
            (Kind::Day, "2031-05-06"),
            (Kind::Time, "2031-05-06"),
            (Kind::Time, "2031-05-06T08:00:00+02:00"),
            (Kind::Number(1, 100), "100"),
            (Kind::Row, "s-0123456789abcdef"),
            (Kind::Of(&["a", "b"]), "b"),
            (Kind::Text(3), "äöü"),
        ];
        let bad = [
            (Kind::Day, "2031-02-30"),
            (Kind::Day, "+2031-2-03"),
            (Kind::Time, "2031-05-06T08:00"),
            (Kind::Number(1, 100), "+1"),
            (Kind::Number(1, 100), "101"),
            (Kind::Number(1, 100), "99999999999999999999"),
            (Kind::Row, "s-0123456789ABCDEF"),
            (Kind::Row, "é-0123456789abcdef"),
            (Kind::Report, "../../etc/passwd"),
            (Kind::Of(&["a", "b"]), ""),
            (Kind::Text(3), "abcd"),
        ];
        good.iter().for_each(|(kind, value)| assert_eq!(kind.refuses(value), None, "{kind:?} {value}"));
        bad.iter().for_each(|(kind, value)| assert!(kind.refuses(value).is_some(), "{kind:?} {value}"));
    }
}
