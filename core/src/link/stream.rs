//! Linking one report after another: each answer depends on the reports before it alone. Holds an index for copies and one
//! for stories; neither knows the other.

use super::copies::{Copies, Imprint, Match};
use super::stories::{self, Change, Place, Terms, days};
use super::{Article, words};

/// What is known of a report when it arrives.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Earlier reports that share its text, the best first.
    pub matches: Vec<Match>,
    /// The story to tell its readers, by the number of a report that is in it: that under which they were told of the report
    /// that it follows. [`Stream::story`] knows what the story goes by now.
    pub story: usize,
}

/// What finding copies and stories looks at of a report.
#[derive(Debug)]
pub struct Read {
    imprint: Imprint,
    gist: Gist,
}

/// Links reports as they arrive.
///
/// A report's place is its day, then the order in which it was given. One without a day takes the latest day before it in
/// the order given. Its story depends on what stands up to two years before and one year behind its place, so reports that
/// arrive in another order are in the same stories in the end. What arrives may change the stories of others, see
/// [`Stream::take_changes`].
#[derive(Debug, Default)]
pub struct Stream {
    copies: Copies,
    stories: Stories,
}

impl Stream {
    /// Returns a stream that has seen nothing.
    pub fn new() -> Stream {
        Stream::default()
    }

    /// Takes the next report.
    pub fn add(&mut self, article: &Article<'_>) -> Arrival {
        self.add_read(Self::read(article))
    }

    /// Reads a report's text; threads may share this work.
    pub fn read(article: &Article<'_>) -> Read {
        let body = words::body(article);
        Read { imprint: Imprint::of_body(&body, article.day), gist: Gist::of_body(article, &body) }
    }

    /// Takes the next report, whose text was read.
    pub fn add_read(&mut self, read: Read) -> Arrival {
        self.add_at(read, self.stories.arrived)
    }

    /// Takes a report that was given as number `order`, whenever it arrives.
    pub fn add_at(&mut self, read: Read, order: u32) -> Arrival {
        Arrival { matches: self.copies.add(&read.imprint), story: self.stories.add_at(read.gist, order) }
    }

    /// Returns the story that a report is in by now, by the number of the story's first report.
    ///
    /// So an id that a story once had leads to the story that its first report is in now.
    pub fn story(&self, report: usize) -> usize {
        self.stories.index.story(report)
    }

    /// Returns the earlier report that a report follows in its story by now; none for one that begins it.
    pub fn parent(&self, report: usize) -> Option<usize> {
        self.stories.index.parent(report)
    }

    /// Returns which reports are in another story than was told since this was last asked, in order.
    pub fn take_changes(&mut self) -> Vec<Change> {
        self.stories.index.take_changes()
    }
}

/// What finding stories looks at in a report. Reading it needs no other report: threads may share the work.
#[derive(Debug)]
pub struct Gist {
    terms: Terms,
    /// Days since the epoch.
    day: Option<i32>,
}

impl Gist {
    /// Reads a report.
    pub fn of(article: &Article<'_>) -> Gist {
        Gist::of_body(article, &words::body(article))
    }

    fn of_body(article: &Article<'_>, body: &words::Words) -> Gist {
        Gist { terms: Terms::of(article, body), day: article.day.map(days) }
    }
}

/// Finds stories among reports as they arrive: the half of a [`Stream`] that asks for no copies.
#[derive(Debug, Default)]
pub struct Stories {
    index: stories::Index,
    arrived: u32,
    /// The latest day given.
    latest: Option<i32>,
}

impl Stories {
    /// Takes the next report. Returns the story to tell, as in [`Arrival::story`].
    pub fn add(&mut self, new: Gist) -> usize {
        self.add_at(new, self.arrived)
    }

    fn add_at(&mut self, new: Gist, order: u32) -> usize {
        if let (Some(day), None) = (new.day, self.latest) {
            self.index.begin(day);
        }
        self.latest = self.latest.max(new.day);
        self.arrived += 1;
        let place: Place = (new.day.or(self.latest).unwrap_or(i32::MIN), order);
        self.index.arrive(new.terms, place)
    }
}
