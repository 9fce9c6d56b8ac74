//! Linking one report after another: each answer depends on the reports before it alone. Holds an index for copies and one
//! for stories; neither knows the other.

use super::copies::{self, Match};
use super::{Article, stories, words};

/// What is known of a report when it arrives.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Earlier reports that share its text, the best first.
    pub matches: Vec<Match>,
    /// Its story, by the number of the story's first report.
    pub story: usize,
}

/// Links reports as they arrive.
#[derive(Debug, Default)]
pub struct Stream {
    copies: copies::Index,
    stories: stories::Index,
}

impl Stream {
    /// Returns a stream that has seen nothing.
    pub fn new() -> Stream {
        Stream::default()
    }

    /// Takes the next report.
    pub fn add(&mut self, article: &Article<'_>) -> Arrival {
        let profile = self.profile(article);
        self.arrive(profile)
    }

    /// Takes all reports, in this order, after it has learned from all how common their words are.
    pub(super) fn add_all<'a>(&mut self, articles: impl Iterator<Item = &'a Article<'a>>) -> Vec<Arrival> {
        let profiles: Vec<Profile> = articles.map(|a| self.profile(a)).collect();
        self.stories.learn(profiles.iter().map(|p| &p.1));
        profiles.into_iter().map(|p| self.arrive(p)).collect()
    }

    fn profile(&mut self, article: &Article<'_>) -> Profile {
        let body = words::body(article);
        let terms = self.stories.terms(article, &body);
        (copies::Report::of(&body, article.day.map(days)), terms)
    }

    fn arrive(&mut self, (report, mut terms): Profile) -> Arrival {
        let matches = self.copies.arrive(&report);
        let alike = self.stories.alike(&mut terms);
        let story = self.stories.arrive(terms, &alike, matches.first().map(|m| m.with));
        Arrival { matches, story }
    }
}

/// What both indexes keep of a report, from one pass over its text.
type Profile = (copies::Report, stories::Terms);

/// Returns the days since 1 January 1970.
fn days(day: crate::when::Day) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    (day - epoch).get_days()
}

/// Returns the reports met with the highest tallies, best first, and sets the tallies to zero.
pub(super) fn take_best(met: &mut Vec<u32>, tally: &mut [f32], most: usize) -> Vec<usize> {
    met.sort_by(|a, b| tally[*b as usize].total_cmp(&tally[*a as usize]).then(b.cmp(a)));
    met.iter().skip(most).for_each(|&r| tally[r as usize] = 0.0);
    met.truncate(most);
    met.iter().for_each(|&r| tally[r as usize] = 0.0);
    met.iter().map(|&r| r as usize).collect()
}
