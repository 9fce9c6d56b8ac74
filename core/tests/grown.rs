//! An archive that grows is linked as if all of it had been there at once: however its reports came, what was found before
//! and kept changes nothing. All texts are invented.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

use annals_core::link::{Article, Known, Links, Profile, Shelf, link, link_grown};
use annals_core::packed::Unpack;
use annals_core::report::{Credit, CreditKind};
use annals_core::text::Span;
use annals_core::when::Day;

/// Numbers that look thrown, the same on every machine (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }
}

struct Report {
    day: Option<Day>,
    title: String,
    text: String,
    outlet: Option<String>,
    credit: Vec<Credit>,
    body: Vec<Span>,
}

impl Report {
    fn article(&self) -> Article<'_> {
        let outlet = self.outlet.as_deref();
        Article { day: self.day, title: &self.title, text: &self.text, body: &self.body, outlet, credit: &self.credit }
    }
}

fn name(n: usize) -> String {
    let syllables = ["bra", "mel", "tor", "quin", "sep", "dal", "wick", "ro", "stan", "fe"];
    format!("{}{}{}", ["K", "D", "V", "P", "G"][n % 5], syllables[n / 5 % 10], syllables[(n * 7 + 3) % 10])
}

/// Returns one sentence of a story.
fn sentence(story: usize, dice: &mut Dice) -> String {
    let (town, mayor, river, firm) = (name(story), name(story + 11), name(story + 23), name(story + 37));
    let day = dice.pick(&["Monday", "Tuesday", "Friday", "2 March", "9 May"]);
    let number = 3 + dice.roll(90);
    match dice.roll(7) {
        0 => format!("The council of {town} voted on {day} to close the bridge over the {river} for {number} weeks."),
        1 => format!("Mayor Anna {mayor} said that {number} cracks had been found by divers of {firm} in the pillars."),
        2 => format!("Some {number} families live on the far bank of the {river}, and no ferry runs there at night."),
        3 => format!("{firm} wants {number} million crowns for a new bridge in {town}, which was built in 1962."),
        4 => format!("A petition against Mayor {mayor} has been signed by {number} people since {day}."),
        5 => format!("Lorries will have to drive through the old quarter of {town} until spring, {firm} announced."),
        _ => format!("“We cannot wait for {number} months,” Owen {mayor} told reporters in {town} on {day}."),
    }
}

/// Returns reports of stories over `years`: copies, excerpts and rewrites of one another among them, some without a day.
fn news(count: usize, years: usize, seed: u64) -> Vec<Report> {
    let mut dice = Dice(seed);
    let mut texts: Vec<(usize, String)> = Vec::new();
    let outlets = ["The Elsham Echo", "Northmoor Press Agency", "NPA", "Marrowby Post", "Newsmill"];
    let report = |n: usize| {
        let fresh = |dice: &mut Dice| {
            let story = n * 8 / count * 6 + dice.roll(7);
            let sentences: Vec<String> = (0..4 + dice.roll(5)).map(|_| sentence(story, dice)).collect();
            (story, sentences.join(if dice.roll(2) == 0 { " " } else { "\n\n" }))
        };
        let (story, text) = match (dice.roll(10), texts.is_empty()) {
            (0..=1, false) => texts[texts.len() - 1 - dice.roll(texts.len().min(50))].clone(),
            (2, false) => {
                let (story, text) = &texts[texts.len() - 1 - dice.roll(texts.len().min(50))];
                let words: Vec<&str> = text.split(' ').collect();
                (*story, words[..words.len() / 2].join(" "))
            }
            (3, false) => {
                let (story, text) = &texts[texts.len() - 1 - dice.roll(texts.len().min(50))];
                (*story, text.replace("said", "stated").replace("families", "households").replace("people", "citizens"))
            }
            _ => fresh(&mut dice),
        };
        texts.push((story, text.clone()));
        let at = n * 12 * years / count;
        let day = format!("{}-{:02}-{:02}", 2024 + at / 12, at % 12 + 1, 1 + dice.roll(28));
        let credit = |name: &str, kind| Credit { name: name.to_owned(), kind, span: Span::within(&text, 0, 3) };
        Report {
            day: (dice.roll(9) > 0).then(|| day.parse().unwrap()),
            title: if dice.roll(3) == 0 { String::new() } else { format!("Bridge of {} closed", name(story)) },
            outlet: (dice.roll(4) > 0).then(|| dice.pick(&outlets).to_owned()),
            credit: match dice.roll(8) {
                0 => vec![credit("NPA", CreditKind::Line)],
                1 => vec![credit("NPA", CreditKind::Contributed)],
                _ => Vec::new(),
            },
            body: Span::within(&text, 0, text.len()).into_iter().collect(),
            text,
        }
    };
    (0..count).map(report).collect()
}

struct Kept<'a> {
    reports: &'a [Report],
    numbers: &'a [usize],
    words: Vec<Vec<u8>>,
    read: usize,
}

impl Shelf for Kept<'_> {
    fn words(&mut self, report: usize, out: &mut Vec<u8>) -> bool {
        self.read += 1;
        out.extend_from_slice(&self.words[report]);
        true
    }

    fn text(&mut self, report: usize) -> Option<String> {
        Some(self.reports[self.numbers[report]].article().body_text())
    }
}

/// Links the reports at these places in the list, in the order in which they came; returns how many words were read, too.
fn grow(reports: &[Report], came: &[usize], known: Known) -> (Links, Known, usize) {
    let (profiles, words): (Vec<Profile>, Vec<Vec<u8>>) =
        came.iter().map(|&n| Profile::of(&reports[n].article())).unzip();
    let mut sorted = came.to_vec();
    sorted.sort_unstable();
    let ranks: Vec<usize> = came.iter().map(|n| sorted.binary_search(n).unwrap()).collect();
    let mut kept = Kept { reports, numbers: came, words, read: 0 };
    let (links, known) = link_grown(&profiles, &ranks, known, &mut kept).unwrap();
    (links, known, kept.read)
}

/// Checks that reports that come in several runs, in this order, are linked after each as they would be at once.
fn check_grows(reports: &[Report], came: &[usize], runs: &[usize]) {
    let mut known = Known::default();
    for &run in runs {
        let came = &came[..run];
        let mut there = came.to_vec();
        there.sort_unstable();
        let whole = link(&there.iter().map(|&n| reports[n].article()).collect::<Vec<_>>());
        let (links, now, _) = grow(reports, came, known);
        assert_eq!(links, whole, "after {run} reports");
        // What was found of each report is as if it had been looked at again.
        assert_eq!(now, grow(reports, came, Known::default()).1, "after {run} reports");
        known = Known::unpack(&now.pack(), run).unwrap();
        assert_eq!(known, now);
        let mut bytes = Vec::new();
        links.pack(&mut bytes);
        assert_eq!(Links::unpack(&mut Unpack::new(&bytes), run).as_ref(), Some(&links));
    }
}

/// Returns an order in which each report comes at most `late` places late.
fn shuffled(count: usize, late: usize, dice: &mut Dice) -> Vec<usize> {
    let mut order: Vec<(usize, usize)> = (0..count).map(|n| (n + dice.roll(late), n)).collect();
    order.sort_unstable();
    order.into_iter().map(|o| o.1).collect()
}

#[test]
fn what_grows_is_linked_as_what_is_there_at_once() {
    // Within months, and over more years than any window is long.
    for (seed, years) in [(1, 1), (2, 6)] {
        let reports = news(260, years, seed * 7919);
        let mut dice = Dice(seed);
        for late in [1, 260] {
            let came = shuffled(reports.len(), late, &mut dice);
            check_grows(&reports, &came, &[1, 150, 151, 260]);
        }
    }
}

#[test]
fn the_news_under_test_holds_what_can_go_wrong() {
    let reports = news(260, 6, 3 * 7919);
    let (links, ..) = grow(&reports, &(0..260).collect::<Vec<_>>(), Known::default());
    assert!(links.copies.iter().filter(|c| c.of.is_some()).count() > 40);
    assert!(links.doubts.len() > 10 && links.origins.len() < 230);
    assert!((10..150).contains(&links.stories.len()), "{} stories", links.stories.len());
}

#[test]
fn a_report_that_joins_many_costs_little() {
    let reports = news(600, 3, 99);
    let came: Vec<usize> = (0..600).collect();
    let (.., known, all) = grow(&reports, &came[..599], Known::default());
    let (.., last) = grow(&reports, &came, known.clone());
    assert!(last * 10 < all, "{last} texts were read for one report, {all} for all");
    let (.., none) = grow(&reports, &came[..599], known);
    assert_eq!(none, 0);
}
