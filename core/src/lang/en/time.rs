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
    /// `recent`.
    Recent,
    /// `latest`.
    Latest,
    /// A day with a name: month * 100 + day; 1 Easter, 2 Thanksgiving.
    Holiday(u16),
}

/// What a word tells about the tense of its clause.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TenseWord {
    /// `will`.
    Will,
    /// `would`.
    Would,
    /// `be`.
    Be,
    /// `is`.
    Present,
    /// `was`.
    Past,
    /// `due`.
    Plan,
    /// `set`: a plan before "for", "until" and the like.
    Put,
    /// `failed`: what follows with "to" was in the past.
    Done,
    /// `opens`.
    Opens,
    /// `meet`: after "to" something to come.
    Base,
    /// `said`.
    Told,
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
            "fiscal" => TimeWord::Fiscal,
            "recent" => TimeWord::Recent,
            "latest" => TimeWord::Latest,
            "holiday" => TimeWord::Holiday(n as u16),
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
            Some("will") => TenseWord::Will,
            Some("would") => TenseWord::Would,
            Some("be") => TenseWord::Be,
            Some("present") => TenseWord::Present,
            Some("past") => TenseWord::Past,
            Some("plan") => TenseWord::Plan,
            Some("put") => TenseWord::Put,
            Some("done") => TenseWord::Done,
            Some("opens") => TenseWord::Opens,
            Some("base") => TenseWord::Base,
            Some("told") => TenseWord::Told,
            _ => continue,
        };
        // The first list that has a word counts.
        fields.for_each(|word| {
            words.entry(word).or_insert(what);
        });
    }
    words
});

/// Returns what a lower-case word does in a time expression.
pub fn time_word(lower: &str) -> Option<TimeWord> {
    TIMES.get(lower).copied()
}

/// Returns what a lower-case word tells about tense; regular past forms in `-ed` are told.
pub fn tense_word(lower: &str) -> Option<TenseWord> {
    let known = TENSES.get(lower).copied();
    let regular = || lower.len() > 4 && lower.ends_with("ed") && !lower.ends_with("eed") && lower != "hundred";
    known.or_else(|| regular().then_some(TenseWord::Told))
}
