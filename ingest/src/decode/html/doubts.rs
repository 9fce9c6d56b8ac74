//! What makes a page's text doubtful: each sign is a warning code of the report. Nothing here changes the text.

use super::blocks::Block;
use super::dom::{Dom, Kind, NodeId};
use super::marks::Mark;
use std::collections::BTreeSet;

/// A page as it was read.
pub(super) struct Page<'p> {
    pub(super) dom: &'p Dom<'p>,
    pub(super) blocks: &'p [Block],
    /// Which blocks are of the article.
    pub(super) article: &'p [bool],
    /// No paragraph looked like one; short ones were taken.
    pub(super) is_guess: bool,
    /// The headline, if one was found.
    pub(super) headline: Option<&'p str>,
    /// The paragraphs of the text as they stand now.
    pub(super) body: &'p [String],
}

/// Bytes below which a text is no more than a stub.
/// Source: of the measured pages with an article, one in fifty has fewer.
const STUB: usize = 450;

/// Bytes of hidden paragraphs that are worth a word: two of them.
const HIDDEN: usize = 300;

/// Bytes below which a text behind a paywall is its opening only. guess: four paragraphs; count openings to settle it.
const OPENING: usize = 1_500;

/// A code and what it is given for.
type Check = (&'static str, fn(&Page<'_>) -> bool);

/// Returns the codes, in order of the alphabet.
pub(super) fn of(page: &Page<'_>) -> Vec<&'static str> {
    let checks: [Check; 10] = [
        ("gallery", is_gallery),
        ("hidden-text", hides_text),
        ("live-blog", is_live),
        ("many-links", is_linked),
        ("multi-page", has_pages),
        ("nested-article", is_several),
        ("no-root", |page| page.is_guess),
        ("off-headline", is_off_headline),
        ("paywall", is_walled),
        ("short-body", is_short),
    ];
    checks.into_iter().filter(|(_, check)| check(page)).map(|(code, _)| code).collect()
}

impl Page<'_> {
    fn len(&self) -> usize {
        self.body.iter().map(String::len).sum()
    }

    /// Returns the blocks from the first of the article to a few behind its last.
    fn around(&self) -> &[Block] {
        let first = self.article.iter().position(|a| *a).unwrap_or(0);
        let last = self.article.iter().rposition(|a| *a).unwrap_or(0);
        &self.blocks[first.min(self.blocks.len())..(last + 6).min(self.blocks.len())]
    }

    fn paragraphs(&self, is: impl Fn(usize, &Block) -> bool) -> usize {
        let good = self.blocks.iter().enumerate().filter(|(n, b)| b.is_good() && is(*n, b));
        good.map(|(_, b)| b.text.len()).sum()
    }

    /// Says whether the page's descriptions for machines hold a word, followed by one of the values.
    fn describes(&self, word: &str, values: &[&str]) -> bool {
        self.dom.all("script").filter(|&n| self.dom.attr(n, "type").is_some_and(|t| t.contains("ld+json"))).any(|n| {
            let texts = self.dom.children(n).filter_map(|child| match self.dom.nodes[child as usize].kind {
                Kind::Text(words) => Some(words),
                Kind::Element(..) => None,
            });
            let mut texts =
                texts.flat_map(|words| words.match_indices(word).map(move |(at, _)| &words[at + word.len()..]));
            texts.any(|rest| {
                let value = rest.trim_start_matches(['"', ':', ' ', '\n', '\t']);
                values.iter().any(|v| value.get(..v.len()).is_some_and(|start| start.eq_ignore_ascii_case(v)))
            })
        })
    }
}

/// Little text: a stub, or a short text beside far more that was left out.
fn is_short(page: &Page<'_>) -> bool {
    let len = page.len();
    len < STUB
        || len * 3
            < page
                .paragraphs(|n, b| !page.article[n] && !matches!(b.furniture, Some("comments" | "hidden" | "cookies")))
}

fn is_walled(page: &Page<'_>) -> bool {
    page.len() < OPENING && page.describes("isAccessibleForFree", &["false"])
}

/// The text has none of the headline's longer words: it may be that of another report, or of the site.
fn is_off_headline(page: &Page<'_>) -> bool {
    let stem = |word: &str| word.chars().take(5).flat_map(char::to_lowercase).collect::<String>();
    let words = |text: &str| {
        let long = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 5);
        long.map(stem).collect::<BTreeSet<String>>()
    };
    let Some(headline) = page.headline.map(words).filter(|words| words.len() >= 3) else { return false };
    !page.body.iter().any(|p| words(p).intersection(&headline).next().is_some())
}

/// Entries under times of day, or a page that calls itself a live blog.
fn is_live(page: &Page<'_>) -> bool {
    let is_time = |b: &&Block| b.mark == Some(Mark::Date) && b.text.len() <= 40 && b.text.contains(':');
    let times = page
        .around()
        .iter()
        .filter(|b| b.furniture.is_none() || b.furniture == Some(super::blocks::MARKED))
        .filter(is_time)
        .count();
    times >= 8 || page.describes("@type", &["LiveBlogPosting"])
}

/// Words under pictures, taken or left out, make up most of a page.
fn is_gallery(page: &Page<'_>) -> bool {
    let is_caption = |b: &&Block| b.furniture == Some("caption") || page.dom.tag(b.node) == "figcaption";
    let captions = || page.around().iter().filter(is_caption);
    captions().count() >= 6 && captions().map(|b| b.text.len()).sum::<usize>() * 3 > page.len() * 2
}

/// `Page 1 of 3`, or numbers of pages at the text's end.
fn has_pages(page: &Page<'_>) -> bool {
    let is_count = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        let number = |n: usize| words.get(n).and_then(|w| w.parse::<u32>().ok());
        matches!(words.len(), 3 | 4)
            && number(words.len() - 3).is_some_and(|at| number(words.len() - 1).is_some_and(|all| at <= all && all > 1))
    };
    let numbers: Vec<&Block> = page
        .around()
        .iter()
        .rev()
        .take(24)
        .filter(|b| b.link_percent() >= 50 || b.furniture == Some("navigation"))
        .collect();
    let is_second = |b: &&Block| b.text == "2" && b.linked > 0;
    page.around().iter().any(|b| b.text.len() <= 20 && is_count(&b.text)) || numbers.iter().any(is_second)
}

/// Several elements `article` of a page hold paragraphs: one was taken, or all.
fn is_several(page: &Page<'_>) -> bool {
    let long = |node: NodeId| {
        let end = page.dom.end(node);
        let here = |b: &Block| b.furniture.is_none() && b.node >= node && b.node < end;
        let (taken, left): (Vec<_>, Vec<_>) =
            page.blocks.iter().enumerate().filter(|(_, b)| here(b) && b.is_good()).partition(|(n, _)| page.article[*n]);
        let len = |blocks: &[(usize, &Block)]| blocks.iter().map(|(_, b)| b.text.len()).sum::<usize>();
        (len(&taken), len(&left))
    };
    let outer = page.dom.all("article").take(40).map(long).filter(|(taken, left)| taken + left >= STUB);
    let (mut whole, mut others) = (0, 0);
    for (taken, left) in outer {
        whole += usize::from(taken >= STUB);
        others += usize::from(left >= 2 * STUB && left > taken);
    }
    whole >= 3 || others >= 1
}

/// Text styled away that would add much to what is shown.
fn hides_text(page: &Page<'_>) -> bool {
    let hidden = page.paragraphs(|_, b| b.furniture == Some("hidden"));
    hidden >= HIDDEN && hidden * 3 > page.len()
}

fn is_linked(page: &Page<'_>) -> bool {
    let taken = || page.blocks.iter().zip(page.article).filter(|(_, taken)| **taken).map(|(b, _)| b);
    let (all, linked) =
        taken().fold((0, 0), |(all, linked), b| (all + b.text.len(), linked + b.linked.min(b.text.len())));
    all > 0 && linked * 10 > all * 3
}
