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

fn add(stream: &mut Stream, (text, day): &Told, place: usize) -> Option<usize> {
    let body: Vec<Span> = Span::within(text, 0, text.len()).into_iter().collect();
    let day = day.parse::<Day>().ok();
    let article = Article { day, title: "", text, body: &body, outlet: None, credit: &[] };
    stream.add_at(&article, Stream::read(&article), place as u32).parent
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
    // Of texts that repeat one another as much as these, copies are found among what has arrived: later than this, others.
    for (seed, late) in [(1, 2), (2, 9), (3, 40)] {
        let order = shuffled(told.len(), late, seed);
        assert_eq!(stories(&stream(&told, &order), &order), expected, "up to {late} places late");
    }
}

#[test]
fn shards_with_a_halo_of_two_windows_give_the_same_parents() {
    let told = news(340);
    let parents = |from: usize, to: usize| -> Vec<Option<usize>> {
        let mut shard = Stream::new();
        (from..to).map(|n| add(&mut shard, &told[n], n).map(|p| p + from)).collect()
    };
    let whole = parents(0, told.len());
    // 48 reports a year; two windows are 98 reports.
    for cut in [110, 205, 300] {
        assert_eq!(parents(cut - 100, told.len())[100..], whole[cut..], "cut at {cut}");
    }
}

#[test]
fn a_late_report_can_join_two_stories_and_the_old_id_leads_to_the_new() {
    let text = |s: &str| s.to_owned();
    let fire = text("A fire broke out in the Lantry paper mill in Marrowby on Monday, fire chief Hester Quayle said.");
    let both = text(
        "The fire in the Lantry paper mill in Marrowby, which fire chief Hester Quayle called the worst in years, \
         fouled the Elver. Anglers of the Elver club under Osric Plumley found dead trout.",
    );
    let fish = text(
        "Anglers of the Elver club found dead trout in the river. Osric Plumley blamed ash that fouled the Elver.",
    );
    let told = [(fire, text("2024-03-04")), (both, text("2024-03-05")), (fish, text("2024-03-06"))];
    let mut stream = stream(&told, &[0, 2]);
    assert_eq!((stream.story(0), stream.story(1)), (0, 1));
    add(&mut stream, &told[1], 1);
    assert_eq!(stream.take_changes(), [Change { report: 1, from: 1, to: 0 }]);
    assert_eq!((stream.story(0), stream.story(1), stream.story(2)), (0, 0, 0));
    assert_eq!(stream.take_changes(), []);
}
