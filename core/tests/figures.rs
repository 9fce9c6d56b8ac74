//! Figures in short invented news: what is found, what is refused, what is told of it.

use annals_core::link::{Links, Origin};
use annals_core::reading::{Figure, read};
use annals_core::record::{Member, Record, Relation, compile};
use annals_core::report::{Basis, Published, Report, Source};
use annals_core::text::{PartKind, Text};
use annals_core::when::When;

/// One figure as `value unit | what`, with its modifier if it has one.
fn line(text: &Text, f: &Figure) -> String {
    let modifier = if f.modifier.name() == "exactly" { String::new() } else { format!("{} ", f.modifier.name()) };
    let what = f.what.map_or("-", |s| text.get(s));
    format!("{modifier}{} {} | {what}", f.value, f.unit.as_deref().unwrap_or("-"))
}

fn check_figures(words: &str, expected: &[&str]) {
    let text = Text::verbatim(words);
    let reading = read(&text, None);
    let found: Vec<String> = reading.figures.iter().map(|f| line(&text, f)).collect();
    assert_eq!(found, expected, "{words}");
}

fn check_heads(words: &str, expected: &[&str]) {
    let text = Text::verbatim(words);
    let reading = read(&text, None);
    let found: Vec<&str> = reading.figures.iter().map(|f| f.head.as_deref().unwrap_or("-")).collect();
    assert_eq!(found, expected, "{words}");
}

fn check_sources(words: &str, expected: &[&str]) {
    let text = Text::verbatim(words);
    let reading = read(&text, None);
    let source = |f: &Figure| f.according_to.as_ref().map_or("-".to_owned(), |a| text.get(a.words).to_owned());
    assert_eq!(reading.figures.iter().map(source).collect::<Vec<_>>(), expected, "{words}");
}

#[test]
fn the_inner_speaker_gives_the_figure() {
    check_sources(
        "Mayor Ana Lund urged people to stay out of the valley, where mountain guides say that more than 30 hikers are missing.",
        &["mountain guides"],
    );
    check_sources("Mayor Ana Lund said that 30 hikers were missing.", &["Mayor Ana Lund"]);
}

#[test]
fn numbers_are_read_in_digits_and_in_words() {
    check_figures("Forty-one trucks turned over.", &["41 truck | trucks"]);
    check_figures("They felled three thousand four hundred trees.", &["3400 tree | trees"]);
    check_figures("The plant made 1.4 million tyres.", &["1400000 tyre | tyres"]);
    check_figures("The walls are 600 metres long.", &["600 m | long"]);
}

#[test]
fn how_exact_a_figure_is_goes_with_it() {
    check_figures("Nearly 300 goats escaped.", &["nearly 300 goat | goats"]);
    check_figures("As many as 40 huts leaked.", &["up_to 40 hut | huts"]);
    check_figures("Some 90 wagons derailed.", &["about 90 wagon | wagons derailed"]);
    check_figures("They planted 100 or so oaks.", &["about 100 oak | oaks"]);
    check_figures("Dozens of barns leaked.", &["at_least 12 barn | barns"]);
}

#[test]
fn money_and_shares_have_units() {
    check_figures("It pays nearly $4 billion a year.", &["nearly 4000000000 USD per year | -"]);
    check_figures("The bridge cost 90,000 crowns.", &["90000 crown | crowns"]);
    check_figures("About two thirds of the barley rotted.", &["about 0.6666666666666666 - | barley"]);
}

#[test]
fn a_range_is_one_figure() {
    check_figures("Between 20 and 30 wells ran dry.", &["25 well | wells"]);
    check_figures("They sheared 20-30 lambs.", &["25 lamb | lambs"]);
    check_figures("Huts from $2 million to $4 million are for sale.", &["3000000 USD | -"]);
    check_figures("It forecast a 5 percent to 9 percent rise.", &["7 percentage | percent"]);
}

#[test]
fn the_first_end_of_a_change_has_the_scale_and_unit_of_the_second() {
    check_figures("Debt grew from 10 to 15 billion crowns.", &["10000000000 crown | -", "15000000000 crown | crowns"]);
}

#[test]
fn units_stand_in_many_forms() {
    check_figures("It cost sixteen dollars twenty-five cents.", &["16.25 USD | dollars"]);
    check_figures("The mill made MEUR 60.", &["60000000 EUR | -"]);
    check_figures("Sales grew more than sixfold.", &["more_than 6 count | -"]);
    check_figures("The rate is .5 percent.", &["0.5 percentage | percent"]);
    check_figures("It costs $80 per sq m.", &["80 USD per square metre | -"]);
    check_figures("It comes with a 7- or 8-inch screen.", &["7 inch | -", "8 inch | screen"]);
}

/// Figures as what stands in the answers of `annals read`.
fn check_units_in_words(words: &str, expected: &[&str]) {
    let reading = read(&Text::verbatim(words), None);
    let found: Vec<String> = reading.figures.iter().filter_map(Figure::unit_in_words).collect();
    assert_eq!(found, expected, "{words}");
}

#[test]
fn what_is_counted_is_told_in_dictionary_forms() {
    check_units_in_words("They hired 800 skilled dock workers.", &["skilled dock worker"]);
    check_units_in_words("Some 40 Asian and African elephants left.", &["asian african elephant"]);
    check_units_in_words("They run three thousand tests per day.", &["test per day"]);
    check_units_in_words("Petrol costs $2 per gallon.", &["dollar per gallon"]);
}

#[test]
fn a_daily_count_is_not_a_total() {
    check_heads(
        "Before, 3,200 trucks a day crossed. Since May, 3,200 trucks have crossed.",
        &["truck per day", "truck+crossed"],
    );
}

#[test]
fn who_is_a_number_is_that_old() {
    check_figures("Ana, who was 10, sang.", &["10 year of age | -"]);
}

#[test]
fn dates_names_addresses_and_telephones_count_nothing() {
    check_figures("On May 12 she took Highway 9 to Number 10 and rang 555 0199.", &[]);
    check_figures("The Boeing 737 left at 5 p.m. from 14 Orchard Lane.", &[]);
    check_figures("No one knew which one it was in 1987.", &[]);
}

#[test]
fn the_state_of_the_counted_is_part_of_the_thing() {
    check_heads("Eight miners are missing and three were found dead.", &["miner/missing", "people/killed"]);
    check_heads("At least 15 people were killed and 48 injured.", &["people/killed", "people/injured"]);
    check_heads("The death toll rose to four.", &["people/killed"]);
    check_heads("The number of strikers rose to 700.", &["people/striking"]);
    check_heads("About 300 strikers sang hymns.", &["people/striking+sang"]);
    check_heads("Nine ferries were waiting, up from four.", &["ferry/waiting", "ferry/waiting"]);
}

/// Reports of one story: outlet, day, words.
fn story(reports: &[(&str, i8, &str)]) -> Record {
    let members: Vec<Member> = reports
        .iter()
        .map(|(outlet, day, words)| {
            let text = Text::from_paragraphs([(PartKind::Body, *words)]);
            let when = When::day(jiff::civil::date(2031, 3, *day));
            let reading = read(&text, Some(&when));
            let mut report = Report::new(Source { path: (*outlet).to_owned(), record: None }, text);
            report.outlet = Some((*outlet).to_owned());
            report.published = Some(Published {
                when,
                basis: Basis::Stated,
                evidence: Vec::new(),
                ground: String::new(),
                rivals: Vec::new(),
            });
            Member { report: report.seal(), reading }
        })
        .collect();
    let each = 0..members.len();
    let origins = each.clone().map(|r| Origin { label: None, reports: vec![r], parts: Vec::new() }).collect();
    compile(members, Links { origins, stories: vec![each.collect()], ..Links::default() })
}

fn check_differences(reports: &[(&str, i8, &str)], expected: &[Relation]) {
    let record = story(reports);
    let found: Vec<Relation> = record.differences.iter().map(|d| d.relation).collect();
    let notes: Vec<&str> = record.differences.iter().map(|d| d.note.as_str()).collect();
    assert_eq!(found, expected, "{notes:?}");
}

#[test]
fn a_later_count_is_an_update() {
    check_differences(
        &[("Hill Post", 4, "Three people are missing."), ("Vale Echo", 5, "Five people are missing.")],
        &[Relation::Update],
    );
}

#[test]
fn two_sources_on_one_day_contradict() {
    check_differences(
        &[
            ("Hill Post", 4, "Twenty barges are waiting, according to the pilots’ guild."),
            ("Vale Echo", 4, "Thirty-two barges are waiting, according to the canal office."),
        ],
        &[Relation::Contradict],
    );
}

#[test]
fn rounded_and_exact_agree() {
    check_differences(
        &[
            ("Hill Post", 4, "More than 1,400 people are on strike."),
            ("Vale Echo", 4, "Some 1,500 people are on strike."),
        ],
        &[Relation::Narrower],
    );
}

#[test]
fn a_part_is_not_compared_with_the_whole() {
    check_differences(
        &[
            ("Hill Post", 4, "Some 3,000 people are on strike."),
            ("Vale Echo", 4, "About 200 strikers marched to the mill."),
        ],
        &[],
    );
    check_differences(
        &[("Hill Post", 4, "Nine people are missing."), ("Vale Echo", 5, "Two more people are missing.")],
        &[],
    );
}

#[test]
fn whom_a_person_killed_leaves_out_the_person() {
    let later = ("Vale Echo", 5, "The shooting left five people dead.");
    check_differences(&[("Hill Post", 4, "The shooting left four people dead."), later], &[Relation::Update]);
    check_differences(&[("Hill Post", 4, "Four people were killed by a man."), later], &[]);
    check_differences(&[("Hill Post", 4, "A gunman stood up and began firing, killing four people."), later], &[]);
}

#[test]
fn parts_and_older_occasions_are_no_news_of_the_whole() {
    let first = ("Hill Post", 4, "Seven people were injured.");
    check_differences(&[first, ("Vale Echo", 5, "Nine people were injured.")], &[Relation::Update]);
    check_differences(&[first, ("Vale Echo", 5, "The nine others were injured.")], &[]);
    check_differences(&[first, ("Vale Echo", 5, "Nine people were critically injured.")], &[]);
    check_differences(&[first, ("Vale Echo", 5, "A storm two years ago left nine people injured.")], &[]);
    check_differences(&[first, ("Vale Echo", 5, "In an unrelated crash nine people were injured.")], &[]);
    check_differences(&[first, ("Vale Echo", 28, "Nine people were injured.")], &[]);
    check_differences(&[first, ("Vale Echo", 5, "Five people were injured.")], &[]);
}

#[test]
fn who_kills_is_not_counted_among_those_he_kills() {
    check_differences(&[("Hill Post", 4, "He killed four people."), ("Vale Echo", 5, "Five people are dead.")], &[]);
    check_differences(
        &[("Hill Post", 4, "The flood killed four people."), ("Vale Echo", 5, "Five people are dead.")],
        &[Relation::Update],
    );
}

/// The series of a story's figures: how many there are.
fn check_series(reports: &[(&str, i8, &str)], expected: usize) {
    let record = story(reports);
    let series: std::collections::BTreeSet<_> = record.figures.iter().map(|f| f.series).collect();
    assert_eq!(series.len(), expected, "{reports:?}");
}

#[test]
fn different_values_are_one_series_only_where_the_quantity_is_the_same() {
    check_series(&[("Hill Post", 4, "Six people are missing."), ("Vale Echo", 5, "Nine people are missing.")], 1);
    check_series(&[("Hill Post", 4, "Six people are missing."), ("Vale Echo", 5, "Nine people were killed.")], 2);
    check_series(&[("Hill Post", 4, "They drew 20 samples."), ("Vale Echo", 5, "Two clean samples will do.")], 2);
    check_series(&[("Hill Post", 4, "It expects 15,000 guests."), ("Vale Echo", 5, "It had 15,000 guests.")], 2);
}

#[test]
fn the_tree_says_whose_state_it_is() {
    check_heads("Five hikers, two of them guides, were killed.", &["hiker/killed"]);
    check_heads("A man who injured five people last week was released.", &["people/injured"]);
}

#[test]
fn one_value_in_two_reports_is_one_series() {
    let record = story(&[
        ("Hill Post", 4, "Nine people are missing."),
        ("Vale Echo", 4, "Nine people were missing on Tuesday."),
    ]);
    assert_eq!(record.figures[0].series, record.figures[1].series);
    assert_eq!(record.figures[0].support.origins, 2);
}

#[test]
fn a_day_belongs_to_the_number_it_follows() {
    let record = story(&[("Hill Post", 4, "The number of missing climbed to 11, from six on Monday.")]);
    let days: Vec<Option<i8>> = record.members[0]
        .reading
        .figures
        .iter()
        .map(|f| f.as_of.as_ref().and_then(|w| Some(w.exact()?.day())))
        .collect();
    assert_eq!(days, [Some(4), Some(3)]);
    assert_eq!(record.differences.len(), 1);
    assert_eq!(record.differences[0].relation, Relation::Update);
}

#[test]
fn a_count_that_has_grown_is_no_contradiction() {
    check_differences(
        &[
            ("Hill Post", 3, "Six people were missing on Monday, the river police said."),
            ("Vale Echo", 4, "The number of missing climbed to 11, from six on Monday, Captain Orla Venn said."),
        ],
        &[Relation::Update, Relation::Update],
    );
}

#[test]
fn those_of_several_events_are_not_those_of_one() {
    check_differences(
        &[
            ("Hill Post", 4, "Four people were injured in a landslide above Norra."),
            ("Vale Echo", 5, "Seven people were injured in landslides across the valley."),
        ],
        &[],
    );
}
