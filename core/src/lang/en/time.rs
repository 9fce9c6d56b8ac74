//! Words of time expressions and of tense, looked up by their lower-case form.

use super::entries;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A unit of time, finer first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unit {
    /// 1 s.
    Second,
    /// 60 s.
    Minute,
    /// 60 min.
    Hour,
    /// A calendar day.
    Day,
    /// Monday to Sunday.
    Week,
    /// Two weeks.
    Fortnight,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// Saturday and Sunday.
    Weekend,
    /// A thousand years.
    Millennium,
    /// From dusk to dawn.
    Night,
}

const UNITS: [Unit; 14] = [
    Unit::Second,
    Unit::Minute,
    Unit::Hour,
    Unit::Day,
    Unit::Week,
    Unit::Fortnight,
    Unit::Month,
    Unit::Quarter,
    Unit::Year,
    Unit::Decade,
    Unit::Century,
    Unit::Weekend,
    Unit::Millennium,
    Unit::Night,
];

/// What a word does in a time expression. Numbers are what the list says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeWord {
    /// 1 to 12.
    Month(i8),
    /// 1 (Monday) to 7.
    Weekday(i8),
    /// `Mon`: a weekday only beside a date.
    ShortWeekday(i8),
    /// `Mondays`.
    Weekdays(i8),
    /// 1 (spring) to 4.
    Season(i8),
    /// `week`.
    Unit(Unit),
    /// `weeks`.
    Units(Unit),
    /// 1 morning, 2 noon, 3 afternoon, 4 evening, 6 midnight.
    Part(i8),
    /// Days from publication.
    Deictic(i8),
    /// `tonight`.
    Tonight,
    /// `overnight`.
    Overnight,
    /// A cardinal.
    Number(u32),
    /// `hundred`.
    Scale(u32),
    /// `several`.
    Vague,
    /// `third`.
    Ordinal(u8),
    /// `nineties`.
    Tens(u8),
    /// -1 last, 0 this, 1 next.
    Turn(i8),
    /// 1 early, 2 mid, 3 late.
    Edge(i8),
    /// -1 earlier, 1 later.
    Shift(i8),
    /// `ago`.
    Ago,
    /// `every`.
    Each,
    /// -1 past, 0 present, 1 future.
    Reference(i8),
    /// `daily`: each such unit.
    Often(Unit),
    /// `the`.
    The,
    /// `a`, `an`.
    A,
    /// `that`, `same`.
    That,
    /// 1 `about`, 2 `more` (than), 3 `at` (least), 4 `up` (to).
    About(i8),
    /// 1 `beginning`, 2 `middle`, 3 `end`.
    End(i8),
    /// `half`.
    Half,
    /// `fiscal`.
    Fiscal,
    /// `Q3`.
    Quarter(i8),
    /// `recent`.
    Recent,
    /// `latest`.
    Latest,
}

/// How a day with a name is found in a year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// Days from Easter Sunday.
    Easter(i8),
    /// Days from Easter Sunday by the Julian calendar.
    Orthodox(i8),
    /// Month, which of its weekdays, weekday, days on top.
    Nth(i8, i8, i8, i8),
    /// Month and day of the Islamic year, number of days.
    Moon(i8, i8, i8),
    /// Days from the Jewish new year.
    Temple(i16),
}

/// What a verb tells about the clause that a time stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TenseWord {
    /// `schedule`.
    Plan,
    /// `set`: a plan before "for", "until" and the like.
    Put,
    /// `cancel`.
    Off,
    /// `fail`: what follows with "to" was in the past.
    Done,
    /// `open`: its present announces.
    Opens,
    /// `begin`: both of the last two.
    Both,
}

static TIMES: LazyLock<BTreeMap<&'static str, TimeWord>> = LazyLock::new(|| {
    let mut words = BTreeMap::new();
    for line in entries(include_str!("time.txt")) {
        let mut fields = line.split_whitespace();
        let (Some(kind), Some(Ok(n))) = (fields.next(), fields.next().map(str::parse::<i32>)) else { continue };
        let small = n as i8;
        let unit = UNITS.get((n - 1).max(0) as usize).copied().unwrap_or(Unit::Day);
        let what = match kind {
            "month" => TimeWord::Month(small),
            "weekday" => TimeWord::Weekday(small),
            "short-weekday" => TimeWord::ShortWeekday(small),
            "weekdays" => TimeWord::Weekdays(small),
            "season" => TimeWord::Season(small),
            "unit" => TimeWord::Unit(unit),
            "units" => TimeWord::Units(unit),
            "part" => TimeWord::Part(small),
            "deictic" => TimeWord::Deictic(small),
            "tonight" => TimeWord::Tonight,
            "overnight" => TimeWord::Overnight,
            "number" => TimeWord::Number(n as u32),
            "scale" => TimeWord::Scale(n as u32),
            "vague" => TimeWord::Vague,
            "ordinal" => TimeWord::Ordinal(n as u8),
            "tens" => TimeWord::Tens(n as u8),
            "turn" => TimeWord::Turn(small),
            "edge" => TimeWord::Edge(small),
            "shift" => TimeWord::Shift(small),
            "ago" => TimeWord::Ago,
            "each" => TimeWord::Each,
            "reference" => TimeWord::Reference(small),
            "often" => TimeWord::Often(unit),
            "the" => TimeWord::The,
            "a" => TimeWord::A,
            "that" => TimeWord::That,
            "about" => TimeWord::About(small),
            "end" => TimeWord::End(small),
            "half" => TimeWord::Half,
            "quarter" => TimeWord::Quarter(small),
            "fiscal" => TimeWord::Fiscal,
            "recent" => TimeWord::Recent,
            "latest" => TimeWord::Latest,
            _ => continue,
        };
        fields.for_each(|word| {
            words.insert(word, what);
        });
    }
    words
});

static TENSES: LazyLock<BTreeMap<&'static str, TenseWord>> = LazyLock::new(|| {
    let mut words = BTreeMap::new();
    for line in entries(include_str!("tense.txt")) {
        let mut fields = line.split_whitespace();
        let what = match fields.next() {
            Some("plan") => TenseWord::Plan,
            Some("put") => TenseWord::Put,
            Some("off") => TenseWord::Off,
            Some("done") => TenseWord::Done,
            Some("opens") => TenseWord::Opens,
            Some("both") => TenseWord::Both,
            _ => continue,
        };
        // The first list that has a word counts.
        fields.for_each(|word| {
            words.entry(word).or_insert(what);
        });
    }
    words
});

/// Says whether a time expression in lower case names a weekday and no date: `friday`, `on monday evening`.
pub fn is_bare_weekday(lower: &str) -> bool {
    let words = || lower.split(|c: char| !c.is_alphabetic()).filter_map(time_word);
    let weekday = |w: TimeWord| matches!(w, TimeWord::Weekday(_) | TimeWord::ShortWeekday(_));
    words().any(weekday) && !words().any(|w| matches!(w, TimeWord::Month(_)))
}

/// Returns what a lower-case word does in a time expression.
pub fn time_word(lower: &str) -> Option<TimeWord> {
    TIMES.get(lower).copied()
}

/// The words of a named day behind its first, and how the day is found.
pub type NamedDay = (Vec<&'static str>, Holiday);

/// The days with a name by their first word, the longest first.
static HOLIDAYS: LazyLock<BTreeMap<&'static str, Vec<NamedDay>>> = LazyLock::new(|| {
    let mut holidays: BTreeMap<&str, Vec<NamedDay>> = BTreeMap::new();
    for line in entries(include_str!("holidays.txt")) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let number = |n: usize| fields.get(n).and_then(|f| f.parse::<i16>().ok()).unwrap_or(0);
        let small = |n: usize| number(n) as i8;
        let (holiday, numbers) = match fields.first() {
            Some(&"fixed") => (Holiday::Fixed(small(1), small(2)), 2),
            Some(&"easter") => (Holiday::Easter(small(1)), 1),
            Some(&"orthodox") => (Holiday::Orthodox(small(1)), 1),
            Some(&"nth") => (Holiday::Nth(small(1), small(2), small(3), small(4)), 4),
            Some(&"moon") => (Holiday::Moon(small(1), small(2), small(3)), 3),
            Some(&"temple") => (Holiday::Temple(number(1)), 1),
            _ => continue,
        };
        let Some((first, rest)) = fields.get(numbers + 1..).and_then(<[&str]>::split_first) else { continue };
        holidays.entry(first).or_default().push((rest.to_vec(), holiday));
    }
    for named in holidays.values_mut() {
        named.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    holidays
});

/// Returns the days whose name begins with a lower-case word, the longest first.
pub fn holidays(first: &str) -> &'static [NamedDay] {
    HOLIDAYS.get(first).map_or(&[], Vec::as_slice)
}

/// Returns what a verb tells about the times in its clause, by its dictionary form.
pub fn tense_word(lemma: &str) -> Option<TenseWord> {
    TENSES.get(lemma).copied()
}
