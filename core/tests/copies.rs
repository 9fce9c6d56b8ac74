//! Copies are the same however the reports are read: in one stream, in time shards, by several threads, or after they came
//! late. The reports are generated nonsense.

#![allow(clippy::unwrap_used, reason = "tests")]

use annals_core::link::{Article, Copies, Imprint, Match};
use annals_core::text::Span;
use annals_core::when::Day;

const DAYS: u32 = 60;
const A_DAY: u32 = 12;
const WINDOW: u32 = 9;

/// Numbers that look random (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % sides
    }
}

/// A report: its number and day, and its text.
type Piece = (u32, Day, String);

fn word(dice: &mut Dice) -> String {
    let small = ["the", "of", "in", "and", "said", "that", "was", "on"];
    match dice.roll(10) {
        0..4 => small[dice.roll(small.len())].to_owned(),
        4 => dice.roll(900).to_string(),
        5 => format!("Orwin{}", dice.roll(300)),
        _ => format!("lantry{}", dice.roll(4000)),
    }
}

/// Writes reports in order of time; every third repeats an earlier one, a tenth to a half of its words changed.
fn pieces() -> Vec<Piece> {
    let mut dice = Dice(0x5eed);
    let mut words: Vec<Vec<String>> = Vec::new();
    for n in 0..(DAYS * A_DAY) as usize {
        let mut text: Vec<String> = match dice.roll(3) {
            0 if n > 0 => words[n - 1 - dice.roll(n.min(150))].clone(),
            _ => (0..80).map(|_| word(&mut dice)).collect(),
        };
        let changes = 2 + dice.roll(8);
        text.iter_mut().for_each(|w| {
            if dice.roll(20) < changes {
                *w = word(&mut dice);
            }
        });
        words.push(text);
    }
    let first: Day = "2031-03-01".parse().unwrap();
    let text = |words: &Vec<String>| words.chunks(10).map(|s| format!("It {}. ", s.join(" "))).collect();
    let day = |n: u32| (0..n / A_DAY).fold(first, |day, _| day.tomorrow().unwrap());
    (0u32..).zip(&words).map(|(n, w)| (n, day(n), text(w))).collect()
}

fn imprint(piece: &Piece) -> Imprint {
    let body: Vec<Span> = Span::within(&piece.2, 0, piece.2.len()).into_iter().collect();
    Imprint::of(&Article { day: Some(piece.1), title: "", text: &piece.2, body: &body, outlet: None, credit: &[] })
}

/// What is known of a report in the end, with numbers that do not depend on where reading began.
type Row = (u32, Vec<(u32, Match)>);

fn rows(pieces: &[Piece], imprints: &[Imprint]) -> Vec<Row> {
    let mut copies = Copies::within(WINDOW);
    let row = |(piece, imprint): (&Piece, &Imprint)| {
        let matches = copies.add(imprint);
        (piece.0, matches.into_iter().map(|m| (pieces[m.with].0, Match { with: 0, ..m })).collect())
    };
    pieces.iter().zip(imprints).map(row).collect()
}

fn read(pieces: &[Piece]) -> Vec<Row> {
    rows(pieces, &pieces.iter().map(imprint).collect::<Vec<_>>())
}

#[test]
fn time_shards_that_begin_a_window_early_find_the_same_copies() {
    let pieces = pieces();
    let whole = read(&pieces);
    assert!(whole.iter().filter(|r| !r.1.is_empty()).count() > 100, "too few copies to tell");
    for shard in [5, 17, 30] {
        let mut sharded: Vec<Row> = Vec::new();
        for from in (0..DAYS).step_by(shard) {
            let (begin, end) = (from.saturating_sub(WINDOW) * A_DAY, ((from + shard as u32) * A_DAY).min(DAYS * A_DAY));
            let found = read(&pieces[begin as usize..end as usize]);
            sharded.extend(found.into_iter().filter(|r| r.0 >= from * A_DAY));
        }
        assert_eq!(sharded, whole, "shards of {shard} days");
    }
}

#[test]
fn threads_that_share_the_reading_find_the_same_copies() {
    let pieces = pieces();
    let (one, other) = pieces.split_at(pieces.len() / 2);
    let imprints = std::thread::scope(|scope| {
        let late = scope.spawn(|| other.iter().map(imprint).collect::<Vec<_>>());
        let mut imprints: Vec<Imprint> = one.iter().map(imprint).collect();
        imprints.extend(late.join().unwrap());
        imprints
    });
    assert_eq!(rows(&pieces, &imprints), read(&pieces));
}

#[test]
fn reports_older_than_the_window_are_not_compared() {
    let pieces = pieces();
    for (n, matches) in read(&pieces) {
        assert!(matches.iter().all(|m| (n / A_DAY) - (m.0 / A_DAY) <= WINDOW));
    }
}
