//! What the pages of one site have in common: learned from many, used on each.
//!
//! A block that stands on many pages of a site is its frame, whatever its class is called; no page alone can show that.
//! What was learned is a file of its own, to be read, kept and edited: with it and a page, the text is the same for
//! ever; without it, nothing depends on which pages lie beside.

use super::clean::squeeze;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The form of the file. Another number is refused.
const VERSION: u64 = 1;

/// Pages of a site that are compared; those with the smallest digests of their addresses, so that order does not matter.
/// guess: a share of 20 % is then known to ±6 points.
const SAMPLE: usize = 200;

/// Fewest pages of a site that show anything, and that a block stands on.
const FEWEST: usize = 3;

/// Share of a site's pages that a block of the frame stands on, in percent. guess: sections have frames of their own, and
/// a site has some five of them; measure on a crawl of known sites.
const SHARE: usize = 20;

/// The same where most blocks of the kind are the page's own, as paragraphs are: background that a newsroom repeats in
/// a running story stands on many pages, too. guess: as above.
const SHARE_AMONG_OWN: usize = 60;
const FEWEST_AMONG_OWN: usize = 5;

/// The same for a sentence that may be news: who says something, a number, a quotation. guess: no newsroom follows up a
/// story thirty times with the same sentence in most of its other reports.
const FEWEST_NEWS: usize = 30;

/// Longest block that is compared, in bytes.
const LONGEST: usize = 4_000;

/// Bytes of a block that the file shows.
const SHOWN: usize = 160;

/// The blocks and days of one page that may be of its site's frame.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Sketch {
    pub(super) site: String,
    pub(super) address: String,
    pub(super) blocks: BTreeSet<Seen>,
    pub(super) days: BTreeSet<DayAt>,
}

/// A day, and where on the page it stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct DayAt {
    /// The name of its ground.
    pub(super) place: String,
    pub(super) day: String,
}

/// A block: where in the markup it stands, and its words.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Seen {
    /// The innermost elements with their classes: `div.foot>ul.links>li`.
    pub(super) path: String,
    pub(super) text: String,
}

impl Seen {
    pub(super) fn new(path: String, text: &str) -> Option<Seen> {
        (text.len() <= LONGEST).then(|| Seen { path, text: squeeze(text) })
    }

    fn key(&self) -> String {
        hex(&annals_core::report::digest(&[&self.path, &self.text]))
    }
}

fn hex(digest: &[u8; 16]) -> String {
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

/// Returns the site of an address: its host without `www.`.
pub(super) fn site(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.to_ascii_lowercase();
    let host = host.split(':').next()?.trim_start_matches("www.");
    host.contains('.').then(|| host.to_owned())
}

/// What one page shows: its blocks and its days.
type Page = (BTreeSet<Seen>, BTreeSet<DayAt>);

/// Collects pages until all are seen.
#[derive(Clone, Debug, Default)]
pub struct Learner {
    sites: BTreeMap<String, BTreeMap<[u8; 16], Page>>,
}

impl Learner {
    /// Takes a page. Another capture of the same address does not count again.
    pub fn add(&mut self, sketch: Sketch) {
        let pages = self.sites.entry(sketch.site).or_default();
        let at = annals_core::report::digest(&[&sketch.address]);
        // Of two captures of a page, either would do; the smaller set is the same in any order.
        match pages.get_mut(&at) {
            Some(known) if *known <= (sketch.blocks.clone(), sketch.days.clone()) => {}
            Some(known) => *known = (sketch.blocks, sketch.days),
            None => {
                pages.insert(at, (sketch.blocks, sketch.days));
            }
        }
        if pages.len() > SAMPLE {
            pages.pop_last();
        }
    }

    /// Returns what the sites have in common, sites with too few pages left out.
    pub fn finish(self) -> Templates {
        let mut sites = BTreeMap::new();
        for (site, pages) in self.sites {
            let frame = frame(pages.values().map(|page| &page.0));
            let days = days(&pages.values().map(|page| &page.1).collect::<Vec<_>>());
            if !frame.is_empty() || !days.is_empty() {
                sites.insert(site, Site { pages: pages.len(), frame, days });
            }
        }
        Templates { sites }
    }
}

/// Returns the blocks that are of the frame, by key.
fn frame<'s>(pages: impl ExactSizeIterator<Item = &'s BTreeSet<Seen>> + Clone) -> BTreeMap<String, Block> {
    let count = pages.len();
    let mut seen: BTreeMap<&Seen, usize> = BTreeMap::new();
    for block in pages.clone().flatten() {
        *seen.entry(block).or_default() += 1;
    }
    let is_repeated = |n: usize| n >= FEWEST && n * 100 >= count * SHARE;
    // Of each kind of block: the bytes of all on the pages, and of the repeated ones. Short lines show little.
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (block, &n) in &seen {
        let kind = kinds.entry(&block.path).or_default();
        let bytes = n * block.text.len();
        kind.0 += bytes;
        kind.1 += if is_repeated(n) { bytes } else { 0 };
    }
    let is_frame = |block: &Seen, n: usize| {
        let (all, repeated) = kinds.get(block.path.as_str()).copied().unwrap_or_default();
        let fewest = if tells_news(&block.text) { FEWEST_NEWS } else { FEWEST_AMONG_OWN };
        let among_own = n >= fewest && n * 100 >= count * SHARE_AMONG_OWN;
        is_repeated(n) && (repeated * 2 >= all || among_own)
    };
    seen.into_iter()
        .filter(|(block, n)| is_frame(block, *n))
        .map(|(block, pages)| (block.key(), Block { path: block.path.clone(), text: shown(&block.text), pages }))
        .collect()
}

/// Says whether a block may tell news rather than speak to the reader.
fn tells_news(text: &str) -> bool {
    const SAID: [&str; 8] = [" said", " says", " told ", " according to", "sagte", " a dit", " dijo", " сказал"];
    text.len() >= 60
        && (text.chars().any(|c| c.is_ascii_digit() || matches!(c, '"' | '“' | '”' | '«' | '„'))
            || SAID.iter().any(|said| text.contains(said)))
}

/// Returns the days that are of the frame: the same on most pages, which elsewhere give days that differ.
///
/// Where all grounds agree on one day, the pages were published on one day.
fn days(pages: &[&BTreeSet<DayAt>]) -> BTreeMap<DayAt, usize> {
    let mut seen: BTreeMap<&DayAt, usize> = BTreeMap::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages {
        for day in *page {
            *seen.entry(day).or_default() += 1;
        }
        for place in page.iter().map(|d| d.place.as_str()).collect::<BTreeSet<_>>() {
            *places.entry(place).or_default() += 1;
        }
    }
    let constant: BTreeSet<&DayAt> = seen
        .iter()
        .filter(|(day, n)| {
            let all = places.get(day.place.as_str()).copied().unwrap_or(0);
            **n >= FEWEST_AMONG_OWN && **n * 100 >= all * SHARE_AMONG_OWN
        })
        .map(|(day, _)| *day)
        .collect();
    let is_contradicted = |day: &DayAt| {
        let with: Vec<_> = pages.iter().filter(|page| page.contains(day)).collect();
        let other = |page: &&&&BTreeSet<DayAt>| {
            page.iter().any(|d| d.place != day.place && d.day != day.day && !constant.contains(d))
        };
        with.iter().filter(other).count() * 2 >= with.len()
    };
    constant.iter().filter(|day| is_contradicted(day)).map(|day| ((*day).clone(), seen[*day])).collect()
}

fn shown(text: &str) -> String {
    let mut end = text.len().min(SHOWN);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if end < text.len() { format!("{}…", &text[..end]) } else { text.to_owned() }
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Block {
    path: String,
    text: String,
    pages: usize,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Site {
    pages: usize,
    frame: BTreeMap<String, Block>,
    days: BTreeMap<DayAt, usize>,
}

/// The frames of sites.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Templates {
    sites: BTreeMap<String, Site>,
}

impl Templates {
    /// Returns how many sites have a frame.
    pub fn sites(&self) -> usize {
        self.sites.len()
    }

    /// Returns the file's text: JSON, sorted, the same for the same pages in any order.
    pub fn to_json(&self) -> String {
        let sites: BTreeMap<&String, Value> = self.sites.iter().map(|(name, site)| (name, site.to_json())).collect();
        let all = json!({"annals_templates": VERSION, "sites": sites});
        serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
    }

    /// Reads the file's text.
    ///
    /// # Errors
    /// A plain reason: it is not JSON, not such a file, or of another version.
    pub fn from_json(text: &str) -> Result<Templates, String> {
        let all: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
        match all.get("annals_templates").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(other) => {
                return Err(format!(
                    "version {other} of the templates; this program reads {VERSION}: learn them again"
                ));
            }
            None => return Err("no file of templates: `annals learn` makes one".into()),
        }
        let sites = all.get("sites").and_then(Value::as_object).ok_or("no sites in it")?;
        let read = |(name, site): (&String, &Value)| match Site::from_json(site) {
            Some(site) => Ok((name.clone(), site)),
            None => Err(format!("the entry of {name} is not as `annals learn` writes it")),
        };
        Ok(Templates { sites: sites.iter().map(read).collect::<Result<_, String>>()? })
    }

    /// Returns the frame of the site that an address is on.
    pub(super) fn of(&self, url: &str) -> Option<Frame<'_>> {
        self.sites.get(&site(url)?).map(Frame)
    }
}

impl Site {
    fn to_json(&self) -> Value {
        let block = |(key, b): (&String, &Block)| json!({"key": key, "path": b.path, "text": b.text, "pages": b.pages});
        let day = |(d, pages): (&DayAt, &usize)| json!({"place": d.place, "day": d.day, "pages": pages});
        json!({
            "pages": self.pages,
            "blocks": self.frame.iter().map(block).collect::<Vec<_>>(),
            "days": self.days.iter().map(day).collect::<Vec<_>>(),
        })
    }

    fn from_json(site: &Value) -> Option<Site> {
        let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
        let word = |block: &Value, name: &str| Some(block.get(name)?.as_str()?.to_owned());
        let block = |b: &Value| {
            Some((
                word(b, "key")?,
                Block { path: word(b, "path")?, text: word(b, "text")?, pages: number(b.get("pages")?)? },
            ))
        };
        let frame = site.get("blocks")?.as_array()?.iter().filter_map(block).collect();
        let day =
            |d: &Value| Some((DayAt { place: word(d, "place")?, day: word(d, "day")? }, number(d.get("pages")?)?));
        let days = site.get("days")?.as_array()?.iter().filter_map(day).collect();
        Some(Site { pages: number(site.get("pages")?)?, frame, days })
    }
}

/// The frame of one site.
#[derive(Clone, Copy)]
pub(super) struct Frame<'t>(&'t Site);

impl Frame<'_> {
    /// Says whether a block is of the frame.
    pub(super) fn has(self, block: &Seen) -> bool {
        self.0.frame.contains_key(&block.key())
    }

    /// Says whether the site's other pages give that day there, too.
    pub(super) fn has_day(self, day: &DayAt) -> bool {
        self.0.days.contains_key(day)
    }

    /// Returns a digest of the frame: names which one a text was made with.
    pub(super) fn digest(self) -> String {
        let mut keys: Vec<&str> = self.0.frame.keys().map(String::as_str).collect();
        keys.extend(self.0.days.keys().flat_map(|d| [d.place.as_str(), d.day.as_str()]));
        hex(&annals_core::report::digest(&keys))
    }
}
