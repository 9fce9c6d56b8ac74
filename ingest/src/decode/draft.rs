//! What the formats have in common: the pieces of one report as found, and the report made of them.

use super::byline;
use super::clean::{clean, fold, squeeze};
use super::credit;
use super::published::{self, Claim, Ground, Order, Signs};
use super::template::site;
use annals_core::reading::words::LONGEST_READ;
use annals_core::report::{Removed, Report, Source};
use annals_core::text::{PartKind, Text};
use annals_core::when::{Day, When};

/// The pieces of one report.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) title: Option<String>,
    pub(crate) standfirst: Option<String>,
    /// Author and date lines as printed.
    pub(crate) byline_lines: Vec<String>,
    /// Authors known from elsewhere: metadata.
    pub(crate) people: Vec<String>,
    /// Newsrooms known from metadata.
    pub(crate) newsrooms: Vec<String>,
    /// Whom the text was taken from, by the metadata: names and addresses.
    pub(crate) origins: Vec<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) body: Vec<String>,
    pub(crate) removed: Vec<Removed>,
    pub(crate) claims: Vec<Claim>,
    /// How other dates of the page write day and month.
    pub(crate) order: Option<Order>,
    /// The day of the capture, if known.
    pub(crate) captured: Option<Day>,
    pub(crate) url: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) warnings: Vec<&'static str>,
    /// The digest of the site's frame that was used.
    pub(crate) template: Option<String>,
}

impl Draft {
    /// Keeps what was taken out.
    pub(crate) fn remove(&mut self, kind: &'static str, words: &str) {
        let exact = squeeze(words);
        if !exact.is_empty() {
            self.removed.push(Removed { kind: kind.into(), exact });
        }
    }

    /// Leaves out what stands behind the first [`LONGEST_READ`] bytes of paragraphs, and says so.
    pub(crate) fn shorten<T>(&mut self, paragraphs: &mut Vec<T>, words: impl Fn(&mut T) -> &mut String) {
        let mut left = LONGEST_READ;
        let long = paragraphs.iter_mut().position(|p| {
            let len = words(p).len();
            let fits = len <= left;
            left -= len.min(left);
            !fits
        });
        let Some(at) = long else { return };
        paragraphs.truncate(at + 1);
        let before: usize = paragraphs[..at].iter_mut().map(|p| words(p).len()).sum();
        let last = words(&mut paragraphs[at]);
        let end = super::front(last, LONGEST_READ - before).len();
        last.truncate(end);
        self.warnings.push("long-text");
    }

    /// Makes the report: splits the dateline off, moves credit lines last, resolves the date, points at evidence.
    pub(crate) fn finish(mut self, source: Source) -> Report {
        self.clean();
        let mut body = std::mem::take(&mut self.body);
        self.shorten(&mut body, |p| p);
        self.body = body;
        let credits = self.take_credits();
        let dateline = self.body.first().and_then(|first| credit::dateline(first));
        let mut parts: Vec<(PartKind, &str)> = Vec::new();
        parts.extend(self.title.iter().map(|t| (PartKind::Title, t.as_str())));
        parts.extend(self.standfirst.iter().map(|t| (PartKind::Standfirst, t.as_str())));
        parts.extend(self.byline_lines.iter().map(|t| (PartKind::Byline, t.as_str())));
        let mut body = self.body.iter().map(String::as_str);
        if let Some(line) = &dateline
            && let Some(first) = body.next()
        {
            parts.push((PartKind::Dateline, &first[..line.len]));
            parts.push((PartKind::Body, &first[line.len..]));
        }
        parts.extend(body.map(|p| (PartKind::Body, p)));
        parts.extend(credits.iter().map(|t| (PartKind::Credit, t.as_str())));
        let text = Text::from_paragraphs(parts);

        if let Some(line) = &dateline
            && let Some(when) = &line.when
        {
            self.claims.push(Claim::new(when.clone(), Ground::Dateline));
        }
        if let Some(when) = self.body.first().and_then(|first| opening_date(first)) {
            self.claims.push(Claim::new(when, Ground::Dateline));
        }
        let mut report = Report::new(source, text);
        report.byline = self.names(dateline.as_ref().map(|d| d.place.as_str()));
        report.credit = credit::find(&report.text, &self.removed, &self.sources(), self.outlet.as_deref());
        report.dateline = dateline.map(|d| d.place);
        report.language = language(&report.text, self.language.as_deref());
        let signs = Signs {
            declared: self.language.as_deref(),
            language: report.language.as_deref(),
            url: self.url.as_deref(),
            order: self.order,
            captured: self.captured,
        };
        report.published = published::resolve(&self.claims, signs, &report.text);
        report.section = self.section;
        report.url = self.url;
        report.outlet = self.outlet;
        report.title = self.title;
        report.removed = self.removed;
        report.warnings = self.warnings.into_iter().map(Into::into).collect();
        report.template = self.template;
        if report.published.is_none() {
            if self.claims.iter().any(|c| c.swapped.is_some() && c.ground.may_win()) {
                report.warnings.push("unclear-date".into());
            }
            report.warnings.push("no-date".into());
        }
        if report.title.is_none() {
            report.warnings.push("no-title".into());
        }
        // Everything later reads English: whoever sees few lines of such a report should know why.
        if report.language.as_deref().is_some_and(|l| l != "en") {
            report.warnings.push("not-english".into());
        }
        if is_garbled(report.text.as_str()) {
            report.warnings.push("garbled-text".into());
        }
        report.seal()
    }

    /// Takes out control characters: heads of mails, properties of files and columns of tables may hold any.
    fn clean(&mut self) {
        let is_control = |c: char| c.is_control() && c != '\n';
        let one = self.title.iter_mut().chain(&mut self.standfirst).chain(&mut self.outlet);
        let several =
            self.byline_lines.iter_mut().chain(&mut self.people).chain(&mut self.newsrooms).chain(&mut self.origins);
        let long = self.body.iter_mut().chain(self.removed.iter_mut().map(|r| &mut r.exact));
        for words in one.chain(several).chain(long).filter(|w| w.contains(is_control)) {
            *words = squeeze(&clean(words));
        }
        self.title = self.title.take().filter(|t| !t.is_empty());
        self.byline_lines.retain(|l| !l.is_empty());
        self.body.retain(|p| !p.is_empty());
        if let Some(url) = &mut self.url {
            url.retain(|c| !c.is_control());
        }
    }

    /// Takes the lines that say where the text comes from out of the last paragraphs.
    fn take_credits(&mut self) -> Vec<String> {
        let mut credits = Vec::new();
        let whole = self.body.len();
        let mut n = 0;
        self.body.retain(|paragraph| {
            n += 1;
            let is_credit = whole > 1 && credit::is_line(paragraph, whole - n);
            if is_credit {
                credits.push(paragraph.clone());
            }
            !is_credit
        });
        // `… on Friday. (AP)`: the bracket ends the last paragraph.
        if let Some(last) = self.body.last_mut()
            && let Some(at) = credit::trailing(last)
        {
            credits.push(last[at..].to_owned());
            last.truncate(at);
            last.truncate(last.trim_end().len());
        }
        credits
    }

    /// Newsrooms that the metadata name as where the text comes from. An address names one by its host.
    fn sources(&self) -> Vec<String> {
        let own = self.url.as_deref().and_then(site);
        let taken = self.origins.iter().filter_map(|origin| match origin.contains("://") {
            true => {
                site(origin).filter(|s| own.as_ref() != Some(s)).and_then(|s| credit::of_host(&s).map(str::to_owned))
            }
            false => Some(origin.clone()),
        });
        let named = taken.filter(|name| (2..=60).contains(&name.chars().count()));
        self.newsrooms.iter().filter(|n| credit::is_wire(n)).cloned().chain(named).collect()
    }

    /// Authors: those printed, then those of the metadata who are not yet named.
    fn names(&self, place: Option<&str>) -> Vec<String> {
        let mut people: Vec<String> = Vec::new();
        let printed = self.byline_lines.iter().flat_map(|line| byline_of(line).people);
        for name in printed.chain(self.people.iter().cloned()) {
            let folded = fold(&name);
            // A person's own site bears the person's name.
            let is_outlet =
                self.outlet.as_deref().is_some_and(|o| format!("{} ", fold(o)).starts_with(&format!("{folded} ")))
                    && !byline::is_known_person(&name);
            if !is_outlet && place.is_none_or(|p| fold(p) != folded) && people.iter().all(|p| fold(p) != folded) {
                people.push(name);
            }
        }
        people
    }
}

/// Reads the names of a printed line, its dates left out.
pub(crate) fn byline_of(line: &str) -> byline::Byline {
    let dates = super::dates::find_dates(line);
    byline::names(&super::dates::without_dates(line, &dates))
}

/// Reads the date that a first paragraph opens with: `27.1.2022 - …`, `(21 November 2022) …`.
fn opening_date(paragraph: &str) -> Option<When> {
    let mut cut = paragraph.len().min(60);
    while !paragraph.is_char_boundary(cut) {
        cut -= 1;
    }
    let found = super::dates::find_dates(&paragraph[..cut]).into_iter().next()?;
    let behind = paragraph[found.end..].trim_start();
    let set_off = behind.starts_with([')', '-', '–', '—', ':', '|']);
    let opens = set_off && paragraph[..found.start].trim_matches(['(', '[', ' ']).is_empty();
    found.published().filter(|_| opens)
}

/// Returns the language: declared, unless a long text plainly is in another.
fn language(text: &Text, declared: Option<&str>) -> Option<String> {
    let declared = declared.map(|d| d.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase());
    let declared = declared.filter(|d| (2..=3).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_lowercase()));
    let words = text.as_str();
    let mut cut = words.len().min(4_000);
    while !words.is_char_boundary(cut) {
        cut -= 1;
    }
    let seen = (cut >= 120).then(|| code(whichlang::detect_language(&words[..cut])));
    match (declared, seen) {
        (Some(d), Some(seen)) if cut >= 600 && d != seen && KNOWN.contains(&d.as_str()) => Some(seen.to_owned()),
        (Some(d), _) => Some(d),
        (None, seen) => seen.map(str::to_owned),
    }
}

/// Languages that the detector tells apart.
const KNOWN: &[&str] =
    &["ar", "de", "en", "es", "fr", "hi", "it", "ja", "ko", "nl", "pt", "ru", "sv", "tr", "vi", "zh"];

fn code(lang: whichlang::Lang) -> &'static str {
    use whichlang::Lang;
    match lang {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

/// A rough sign of a wrong encoding: replacement characters, or the pairs that UTF-8 read as Latin-1 leaves.
fn is_garbled(text: &str) -> bool {
    let broken = text.chars().filter(|&c| c == '\u{fffd}').count();
    let doubled = text.matches("â€").count() + text.matches("Ã©").count() + text.matches("Ã¼").count();
    broken * 2_000 > text.len() || doubled >= 2
}
