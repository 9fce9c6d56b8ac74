//! Which format bytes are in, by their content; what is no text is named and refused.

use super::{Refused, mail, office, wire};

/// A format of text that can be decoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    /// Text without markup.
    Plain,
    /// A web page.
    Html,
    /// RSS, Atom or RDF.
    Feed,
    /// An object or a list in JSON.
    Json,
    /// NITF or NewsML.
    Wire,
}

/// A format that reads the bytes as they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum BinaryFormat {
    /// An e-mail: each of its parts has a charset of its own.
    Mail,
    /// A word processor's document, or a sheet or slides.
    Office,
    /// Pages as they are printed.
    Pdf,
}

/// Returns the format of bytes that are no plain text or markup, if it is one that is read.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<BinaryFormat> {
    let front = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if front.starts_with(b"%PDF-") {
        return Some(BinaryFormat::Pdf);
    }
    if office::is_office(bytes) {
        return Some(BinaryFormat::Office);
    }
    mail::is_mail(bytes).then_some(BinaryFormat::Mail)
}

/// First bytes of formats that are no text, and what to call them.
const MAGIC: [(&[u8], &str); 23] = [
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
    (b"fLaC", "sound"),
    (b"RIFF", "sound, film or a WebP picture"),
    (b"SQLite format 3", "a database"),
    (b"wOF2", "a font"),
    (b"{\\rtf", "an RTF document; save its text instead"),
];

/// Bytes in the middle and at the end that are looked at.
const PART: usize = 4_096;

/// Refuses bytes that are no text.
pub(super) fn refuse_binary(bytes: &[u8]) -> Result<(), Refused> {
    let refuse = |what: &str| Err(Refused { reason: format!("not text: it looks like {what}") });
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refused { reason: "empty file".into() });
    }
    let head = &bytes[..bytes.len().min(8_192)];
    let zeros = head.iter().filter(|&&b| b == 0).count();
    for (magic, what) in MAGIC {
        // Two letters alone may begin a text.
        if bytes.starts_with(magic) && (magic.len() > 3 || zeros > 0 || magic[0] >= 0x80 || magic[0] < 0x20) {
            return refuse(what);
        }
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return refuse("film or sound");
    }
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let odd = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t' | 0xc | 0xb | 0x1b)).count();
    if !wide && (zeros > 0 || odd * 20 > head.len()) {
        return refuse("binary data (NUL or control bytes)");
    }
    // A file may begin as a text and go on as none; a few broken bytes are no more than that.
    let is_data = |part: &[u8]| part.iter().filter(|&&b| b < 9).count() * 50 > part.len();
    let parts = [bytes.len() / 2, bytes.len().saturating_sub(PART)];
    if !wide && bytes.len() > 2 * PART && parts.iter().any(|&at| is_data(&bytes[at..bytes.len().min(at + PART)])) {
        return refuse("binary data behind a beginning of text");
    }
    Ok(())
}

/// Refuses text that is no report: lists for machines, subtitles, programs, tables.
pub(super) fn refuse_other(text: &str) -> Result<(), Refused> {
    let head = skip_prolog(text.trim_start());
    let opens = |tags: &[&str]| tags.iter().any(|t| head.get(..t.len()).is_some_and(|h| h.eq_ignore_ascii_case(t)));
    let what = if opens(&["<urlset", "<sitemapindex"]) {
        "a list of addresses (sitemap)"
    } else if opens(&["<opml"]) {
        "a list of feeds (OPML)"
    } else if opens(&["WEBVTT"]) || text.lines().take(12).filter(|l| l.contains(" --> ")).count() >= 2 {
        "subtitles"
    } else if opens(&["User-agent:", "Sitemap:"]) {
        "rules for robots"
    } else if is_program(text) {
        "a program or style sheet"
    } else if is_table(text) {
        "a table; give it as JSON Lines or Parquet"
    } else {
        return Ok(());
    };
    Err(Refused { reason: format!("no report: it looks like {what}") })
}

/// Says whether most lines end or begin as those of a program do.
fn is_program(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).take(200).collect();
    let is_code = |l: &&&str| {
        l.ends_with([';', '{', '}', ')']) && l.contains(['=', '(', '{', '}', ':'])
            || l.starts_with("//")
            || l.starts_with("/*")
    };
    let code = lines.iter().filter(is_code).count();
    // One long line of a minified file has a sign of code every few letters.
    let signs = text.bytes().take(4_096).filter(|b| b"{}();=&|<>".contains(b)).count();
    (lines.len() >= 5 && code * 10 >= lines.len() * 7) || (text.len() > 400 && signs * 12 > text.len().min(4_096))
}

/// Says whether all lines have as many separators, as rows of a table have: ten lines or more, three columns or more.
fn is_table(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(100).collect();
    let regular = |mark: char| {
        let count = |l: &str| l.matches(mark).count();
        let first = lines.first().map_or(0, |l| count(l));
        first >= 2 && lines.iter().filter(|l| count(l) >= first).count() * 10 >= lines.len() * 9
    };
    lines.len() >= 10 && ['\t', ';', ','].into_iter().any(regular)
}

/// Returns the format of a text by its beginning.
pub(super) fn of(text: &str, content_type: Option<&str>) -> Format {
    let mut cut = text.len().min(4_096);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let head = text[..cut].trim_start().to_ascii_lowercase();
    let root = skip_prolog(&head);
    let feed = skip_document_type(root);
    if ["<rss", "<feed", "<rdf:rdf", "<atom:feed"].iter().any(|r| feed.starts_with(r)) {
        return Format::Feed;
    }
    if wire::is_wire(root) {
        return Format::Wire;
    }
    // `[Updated]` may open a text.
    let object = root.strip_prefix('[').map_or(root, str::trim_start).strip_prefix('{').map(str::trim_start);
    if object.is_some_and(|o| o.starts_with('"')) {
        return Format::Json;
    }
    const TAGS: &[&str] = &[
        "<html",
        "<!doctype",
        "<head",
        "<body",
        "<div",
        "<p>",
        "<p ",
        "<article",
        "<table",
        "<meta",
        "<title",
        "<br",
        "<script",
    ];
    let markup = TAGS.iter().any(|t| root.starts_with(t));
    // A page may begin with a comment, blank frames or words; two kinds of tags are no accident.
    let within = TAGS.iter().filter(|t| head.contains(*t)).count() >= 2 && head.contains("</");
    let declared = content_type.is_some_and(|c| c.contains("html")) && head.contains('<');
    if markup || within || declared { Format::Html } else { Format::Plain }
}

/// Skips the document type of old feeds, which may define entities: `<!DOCTYPE rss [ … ]>`.
fn skip_document_type(root: &str) -> &str {
    if !root.starts_with("<!doctype") {
        return root;
    }
    let first = root.find(['[', '>']).map_or("", |at| &root[at..]);
    let close = if first.starts_with('[') { "]>" } else { ">" };
    first.find(close).map_or(root, |at| skip_prolog(&first[at + close.len()..]))
}

/// Skips `<?xml …?>` and comments.
fn skip_prolog(mut head: &str) -> &str {
    loop {
        head = head.trim_start();
        let close = if head.starts_with("<?") {
            "?>"
        } else if head.starts_with("<!--") {
            "-->"
        } else {
            return head;
        };
        match head.find(close) {
            Some(at) => head = &head[at + close.len()..],
            None => return head,
        }
    }
}
