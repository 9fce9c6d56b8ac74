//! Stories do not depend on the order in which reports arrive, nor on how an archive is cut. All texts are invented.

use annals_core::link::{Article, Change, Stream};
use annals_core::text::Span;
use annals_core::when::Day;

/// A report and its day.
type Told = (String, String);

/// Returns an invented name, another for each number.
fn name(n: usize) -> String {
    let syllables = ["bra", "mel", "tor", "quin", "sep", "dal", "wick", "ro", "stan", "fe"];
    format!("{}{}{}", ["K", "D", "V", "P", "G"][n % 5], syllables[n / 5 % 10], syllables[(n * 7 + 3) % 10])
}

/// Returns `count` reports of stories that run for months, in order of time.
fn news(count: usize) -> Vec<Told> {
    let told = |n: usize| {
        // The same numbers on every machine; neighbouring reports are of other stories.
        let chance = (n * 2_654_435_761) >> 7;
        let story = chance % 5 + n / 30 * 3;
        let (town, mayor, river, firm) = (name(story), name(story + 11), name(story + 23), name(story + 37));
        let sentences = [
            format!("The council of {town} voted on Tuesday to close the bridge over the {river}."),
            format!("Mayor Anna {mayor} said that cracks had been found by divers of {firm}."),
            format!("Some {} families live on the far bank of the {river}, and no ferry runs there.", 40 + story),
            format!("{firm} wants {} million crowns for a new bridge in {town}.", 3 + story % 9),
            format!("A petition against Mayor {mayor} has been signed by {} people.", 200 + story * 13),
            format!("Lorries will have to drive through the old quarter of {town} until spring."),
        ];
        let text: Vec<&str> = (0..4).map(|k| sentences[(chance / 5 + k * (1 + chance % 2)) % 6].as_str()).collect();
        let day = format!("20{:02}-{:02}-{:02}", 10 + n / 48, n / 4 % 12 + 1, n % 4 * 7 + 1);
        (text.join(" "), day)
    };
    (0..count).map(told).collect()
}

/// Gives reports to a stream in an order, each with its place; returns the stream.
fn stream(told: &[Told], order: &[usize]) -> Stream {
    let mut stream = Stream::new();
    order.iter().for_each(|&n| {
        add(&mut stream, &told[n], n);
    });
    stream
}

fn add(stream: &mut Stream, (text, day): &Told, place: usize) -> usize {
    let body: Vec<Span> = Span::within(text, 0, text.len()).into_iter().collect();
    let day = day.parse::<Day>().ok();
    let article = Article { day, title: "", text, body: &body, outlet: None, credit: &[] };
    stream.add_at(Stream::read(&article), place as u32).story
}

/// Returns each report's story, by the places of reports.
fn stories(stream: &Stream, order: &[usize]) -> Vec<usize> {
    let mut stories = vec![0; order.len()];
    order.iter().enumerate().for_each(|(n, &place)| stories[place] = order[stream.story(n)]);
    stories
}

/// Returns an order in which no report comes more than `late` places late.
fn shuffled(count: usize, late: usize, seed: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&n| n + (n * 40_503 + seed * 977) % 8_191 % late);
    order
}

#[test]
fn any_order_of_arrival_gives_the_same_stories() {
    let told = news(120);
    let sorted: Vec<usize> = (0..told.len()).collect();
    let expected = stories(&stream(&told, &sorted), &sorted);
    let begun = expected.iter().enumerate().filter(|(n, s)| n == *s).count();
    assert!((10..60).contains(&begun), "{begun} stories of 120 reports");
    // 48 reports a year: none comes more than a window late.
    for (seed, late) in [(1, 2), (2, 9), (3, 40)] {
        let order = shuffled(told.len(), late, seed);
        assert_eq!(stories(&stream(&told, &order), &order), expected, "up to {late} places late");
    }
}

#[test]
fn shards_with_a_halo_on_both_sides_give_the_same_parents() {
    let told = news(340);
    let parents = |from: usize, to: usize| -> Vec<Option<usize>> {
        let order: Vec<usize> = (from..to).collect();
        let shard = stream(&told, &order);
        (0..to - from).map(|n| shard.parent(n).map(|p| p + from)).collect()
    };
    let whole = parents(0, told.len());
    // 48 reports a year: two windows before are 98 reports, one behind is 49.
    for (from, to) in [(0, 110), (110, 205), (205, 290), (290, 340)] {
        let (before, behind) = (from.min(100), (to + 50).min(told.len()));
        assert_eq!(parents(from - before, behind)[before..][..to - from], whole[from..to], "{from}..{to}");
    }
}

#[test]
fn what_was_told_and_the_log_read_to_the_end_are_the_stories() {
    let told = news(160);
    for late in [1, 30] {
        let order = shuffled(told.len(), late, 5);
        let mut stream = Stream::new();
        let mut stories: Vec<usize> = Vec::new();
        let mut changed = 0;
        for &n in &order {
            stories.push(add(&mut stream, &told[n], n));
            for Change { report, from, to } in stream.take_changes() {
                assert_eq!(std::mem::replace(&mut stories[report], to), from);
                changed += 1;
            }
        }
        assert!(changed > 0);
        assert_eq!(stories, (0..order.len()).map(|n| stream.story(n)).collect::<Vec<usize>>());
    }
}
