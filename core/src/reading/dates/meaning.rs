//! What a time expression can say, before it is counted from anything.

use crate::lang::en::time::{Holiday, Unit};

/// What is meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    /// A day of the calendar, or the days to `until` of the same month.
    Day { year: YearOf, month: i8, day: i8, until: Option<i8> },
    /// `03/04/2024`: which is the month cannot be told from the words.
    Slashed { first: i8, second: i8, year: i16 },
    /// A month.
    Month { year: YearOf, month: i8, turn: Option<i8> },
    /// A year.
    Year(i16),
    /// A year before the common era.
    YearBefore(i16),
    /// `the 2029 period`: the quarter in hand, of another year.
    QuarterOf(i16),
    /// `the year ended March 31`: so many months up to the end of a month.
    Ended { months: i64, year: YearOf, month: i8, as_quarter: bool },
    /// A year of accounts.
    FiscalYear(i16),
    /// Ten years: the first.
    Decade(i16),
    /// A century by its number.
    Century(i16),
    /// A quarter; `turn` tells the year where `year` does not.
    Quarter { number: i8, year: Option<i16>, turn: Option<i8> },
    /// A half of a year.
    Half { number: i8, year: Option<i16>, turn: Option<i8> },
    /// A season, 1 spring to 4 winter.
    Season { season: i8, year: Option<i16>, turn: Option<i8> },
    /// A weekday, 1 to 7; `from` where "previous" or "following" counts from another day.
    Weekday { day: i8, turn: Option<i8>, from: From },
    /// Days from the day of publication.
    Deictic(i64),
    /// The night between the day before publication and its day.
    Overnight,
    /// `last week`: whole units from the one of publication, or of the time mentioned before.
    Turn { unit: Unit, by: i64, from: From },
    /// `two days ago`; no count where it cannot be told.
    Shift { count: Option<i64>, unit: Unit, from: From },
    /// `that year`, `the quarter`: the one mentioned before or that of the publication, moved by so many years.
    Same { unit: Unit, years: i64, from: From },
    /// A day with a name.
    Holiday { which: Holiday, year: YearOf, turn: Option<i8> },
    /// `PAST_REF` and the like.
    Reference(&'static str),
    /// A length, as a value.
    Length(String),
    /// A repeated time, as a value.
    Set(String),
    /// A time of day alone; its day is that mentioned before.
    Clock,
}

/// What tells the year of a day or month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum YearOf {
    /// Nothing beside it.
    Untold,
    /// The year in digits.
    Year(i16),
    /// `last year`: years from the one of publication.
    Turn(i8),
    /// `the same year`, `the following year`: years from the one mentioned before.
    Before(i8),
}

impl YearOf {
    /// Returns the year in digits.
    pub(super) fn year(self) -> Option<i16> {
        match self {
            YearOf::Year(year) => Some(year),
            _ => None,
        }
    }
}

impl Meaning {
    /// Says whether a time is counted in days from the publication: "on Thursday", "yesterday".
    pub(super) fn is_near(&self) -> bool {
        matches!(self, Meaning::Weekday { .. } | Meaning::Deictic(_) | Meaning::Turn { unit: Unit::Week, .. })
    }

    /// Returns the year that stands in the words of a date.
    pub(super) fn states_year(&self) -> Option<i16> {
        match self {
            Meaning::Day { year, .. } | Meaning::Month { year, .. } => year.year(),
            Meaning::Year(year) => Some(*year),
            _ => None,
        }
    }

    /// Says whether the days meant depend on where the clause looks.
    pub(super) fn needs_tense(&self) -> bool {
        match self {
            Meaning::Day { year, .. }
            | Meaning::Month { year, .. }
            | Meaning::Ended { year, .. }
            | Meaning::Holiday { year, .. } => *year == YearOf::Untold,
            Meaning::Quarter { year, .. } | Meaning::Season { year, .. } => year.is_none(),
            Meaning::Weekday { .. } => true,
            // "Soon" in a past clause is no time to come.
            Meaning::Reference(name) => *name == "FUTURE_REF",
            Meaning::Turn { unit, .. } => *unit == Unit::Weekend,
            _ => false,
        }
    }
}

/// What a relative time is counted from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum From {
    /// The day of publication.
    Published,
    /// The time mentioned before, else the day of publication.
    Before,
}

/// A time of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// 1 morning, 3 afternoon, 4 evening, 5 night.
    Of(i8),
    /// Hour, minute, offset from UTC.
    Clock(u8, u8, &'static str),
}

/// A time expression not yet resolved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// The first atom.
    pub(super) from: usize,
    /// The atom behind the last.
    pub(super) to: usize,
    /// What is meant.
    pub(super) meaning: Meaning,
    /// The time of day.
    pub(super) part: Option<Part>,
    /// 1 early, 2 mid, 3 late, 0 all of it.
    pub(super) edge: i8,
}
