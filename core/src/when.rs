//! Days and intervals of days. A date in news is an interval with a ground, not a timestamp.

use serde::{Deserialize, Serialize};

/// A calendar day, proleptic Gregorian, no zone.
pub type Day = jiff::civil::Date;

/// The narrowest interval of days that the text supports; both ends belong to it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct When {
    from: Day,
    to: Day,
    /// A stated time of day, ISO 8601: `18:22` or with its offset `18:22+03:00`.
    pub time: Option<String>,
}

impl When {
    /// Returns the interval of one day.
    pub fn day(day: Day) -> When {
        When { from: day, to: day, time: None }
    }

    /// Returns the interval between two days, whichever is given first.
    pub fn between(a: Day, b: Day) -> When {
        When { from: a.min(b), to: a.max(b), time: None }
    }

    /// Returns the first day.
    pub fn from(&self) -> Day {
        self.from
    }

    /// Returns the last day.
    pub fn to(&self) -> Day {
        self.to
    }

    /// Returns the day, if it is one alone.
    pub fn exact(&self) -> Option<Day> {
        (self.from == self.to).then_some(self.from)
    }

    /// Returns the number of days, at least 1.
    pub fn days(&self) -> u32 {
        (self.to - self.from).get_days() as u32 + 1
    }

    /// Says whether the two share a day.
    pub fn meets(&self, other: &When) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Returns the days common to both, without time of day unless both state the same.
    pub fn common(&self, other: &When) -> Option<When> {
        self.meets(other).then(|| When {
            from: self.from.max(other.from),
            to: self.to.min(other.to),
            time: if self.time == other.time { self.time.clone() } else { None },
        })
    }
}

/// Returns the day `days` after `day` (before it, if negative), or the last day the calendar knows.
pub fn days_after(day: Day, days: i64) -> Day {
    day.saturating_add(jiff::Span::new().days(days.clamp(-7_000_000, 7_000_000)))
}
