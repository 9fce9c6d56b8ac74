//! Linking one report after another: each answer depends on the reports before it alone. Holds an index for copies and one
//! for stories; neither knows the other.

use super::copies::{Copies, Imprint, Match};
use super::words::{self, Words};
use super::{Article, stories};

/// What is known of a report when it arrives.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Earlier reports that share its text, the best first.
    pub matches: Vec<Match>,
    /// Its story, by the number of the story's first report.
    pub story: usize,
}

/// The words of a report, and what finding copies looks at.
#[derive(Debug)]
pub struct Read {
    body: Words,
    imprint: Imprint,
}

/// Links reports as they arrive.
#[derive(Debug, Default)]
pub struct Stream {
    copies: Copies,
    stories: stories::Index,
}

impl Stream {
    /// Returns a stream that has seen nothing.
    pub fn new() -> Stream {
        Stream::default()
    }

    /// Takes the next report.
    pub fn add(&mut self, article: &Article<'_>) -> Arrival {
        self.add_read(article, Self::read(article))
    }

    /// Reads a report's text; threads may share this work.
    pub fn read(article: &Article<'_>) -> Read {
        let body = words::body(article);
        let imprint = Imprint::of_body(&body, article.day);
        Read { body, imprint }
    }

    /// Takes the next report, whose text was read.
    pub fn add_read(&mut self, article: &Article<'_>, read: Read) -> Arrival {
        let terms = self.stories.terms(article, &read.body);
        self.arrive((read.imprint, terms))
    }

    /// Learns from reports how common their words are, before the first arrives.
    pub fn learn<'a>(&mut self, articles: impl Iterator<Item = &'a Article<'a>>) {
        let terms: Vec<_> = articles.map(|a| self.stories.terms(a, &words::body(a))).collect();
        self.stories.learn(terms.iter());
    }

    fn arrive(&mut self, (imprint, mut terms): Profile) -> Arrival {
        let matches = self.copies.add(&imprint);
        let alike = self.stories.alike(&mut terms);
        let story = self.stories.arrive(terms, &alike, matches.first().map(|m| m.with));
        Arrival { matches, story }
    }
}

/// What both indexes keep of a report, from one pass over its text.
type Profile = (Imprint, stories::Terms);

/// Returns the reports met with the highest tallies, best first, and sets the tallies to zero.
pub(super) fn take_best(met: &mut Vec<u32>, tally: &mut [f32], most: usize) -> Vec<usize> {
    met.sort_by(|a, b| tally[*b as usize].total_cmp(&tally[*a as usize]).then(b.cmp(a)));
    met.iter().skip(most).for_each(|&r| tally[r as usize] = 0.0);
    met.truncate(most);
    met.iter().for_each(|&r| tally[r as usize] = 0.0);
    met.iter().map(|&r| r as usize).collect()
}
