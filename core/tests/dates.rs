//! Time expressions in invented news: what is found and which days are meant.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use annals_core::reading::{TimeType, read};
use annals_core::text::Text;
use annals_core::when::When;

/// Checks the time expressions of a text published on a day (`-` for none), each as `words=value`.
fn check_times(published: &str, body: &str, expected: &[&str]) {
    let text = Text::verbatim(body);
    let day = published.parse().ok().map(When::day);
    let times = read(&text, day.as_ref()).times;
    let found: Vec<String> = times.iter().map(|t| format!("{}={}", text.get(t.span), t.value)).collect();
    assert_eq!(found, expected, "in {body:?}");
}

/// Checks the days meant by the first time expression, as `from/to`.
fn check_days(published: &str, body: &str, expected: &str) {
    let text = Text::verbatim(body);
    let day = published.parse().ok().map(When::day);
    let times = read(&text, day.as_ref()).times;
    let days = times.first().and_then(|t| t.when.clone()).map(|w| format!("{}/{}", w.from(), w.to()));
    assert_eq!(days.as_deref().unwrap_or("none"), expected, "in {body:?}");
}

// 2031-06-11 is a Wednesday.

#[test]
fn a_weekday_looks_where_its_verb_looks() {
    check_times("2031-06-11", "The council met on Thursday.", &["Thursday=2031-06-05"]);
    check_times("2031-06-11", "The council will meet on Thursday.", &["Thursday=2031-06-12"]);
    check_times("2031-06-11", "The council is to meet on Thursday.", &["Thursday=2031-06-12"]);
    check_times("2031-06-11", "Talks planned for Thursday are in doubt.", &["Thursday=2031-06-12"]);
    check_times("2031-06-11", "On Friday, the court will rule.", &["Friday=2031-06-13"]);
    check_times("2031-06-11", "On Friday, the court ruled.", &["Friday=2031-06-06"]);
    check_times(
        "2031-06-11",
        "Officials said Wednesday they would vote Monday.",
        &["Wednesday=2031-06-11", "Monday=2031-06-16"],
    );
    check_times("2031-06-11", "He agreed to return on Saturday.", &["Saturday=2031-06-14"]);
    check_times("2031-06-11", "He failed to return on Saturday.", &["Saturday=2031-06-07"]);
    check_times("2031-06-11", "Talks planned for Tuesday never took place.", &["Tuesday=2031-06-10"]);
    check_times("2031-06-11", "The talks were to have been held on Friday.", &["Friday=2031-06-13"]);
    check_times("2031-06-11", "Pleas by the mayor, on Monday, to halt the march failed.", &["Monday=2031-06-09"]);
    check_times("2031-06-11", "The drivers come back on Monday.", &["Monday=2031-06-16"]);
    check_times("2031-06-11", "The vote will be held on Sunday.", &["Sunday=2031-06-15"]);
}

#[test]
fn qualifiers_of_weekdays_count() {
    check_times("2031-06-11", "It rained last Friday.", &["last Friday=2031-06-06"]);
    check_times("2031-06-11", "He flies out next Tuesday.", &["next Tuesday=2031-06-17"]);
    check_times("2031-06-11", "The gates close this Friday.", &["this Friday=2031-06-13"]);
}

#[test]
fn days_near_the_publication_are_counted() {
    check_times("2031-06-11", "It fell yesterday and rose today.", &["yesterday=2031-06-10", "today=2031-06-11"]);
    check_times("2031-06-11", "They return tomorrow.", &["tomorrow=2031-06-12"]);
    check_times("2031-06-11", "The bridge closed two days ago.", &["two days ago=2031-06-09"]);
    check_times("2031-06-11", "It broke last night.", &["last night=2031-06-10TNI"]);
}

#[test]
fn dates_come_in_many_orders() {
    for date in ["March 5, 2031", "5 March 2031", "2031-03-05", "5th of March, 2031", "Mar. 5, 2031", "05.03.2031"] {
        check_days("-", &format!("It opened on {date}."), "2031-03-05/2031-03-05");
    }
    check_days("-", "It ran from 5-9 March 2031.", "2031-03-05/2031-03-09");
    check_days("2031-06-11", "It opened on March 5.", "2031-03-05/2031-03-05");
    check_days("2031-12-30", "It will open on January 5.", "2032-01-05/2032-01-05");
}

#[test]
fn the_order_of_a_numeric_date_is_never_guessed() {
    check_days("2031-06-11", "Filed 03/04/2031 by the clerk.", "none");
    check_days("2031-06-11", "Filed 03/04/2031, stamped 15/04/2031.", "2031-04-03/2031-04-03");
    check_days("2031-06-11", "Filed 03/04/2031; the deadline was April 3.", "2031-04-03/2031-04-03");
    check_days("2031-06-11", "Filed 03/04/2031, stamped 04/15/2031.", "2031-03-04/2031-03-04");
}

#[test]
fn clock_times_take_their_day_along() {
    check_times("2031-06-11", "It fell at 8:15 p.m. on Sunday.", &["8:15 p.m. on Sunday=2031-06-08T20:15"]);
    check_times("2031-06-11", "It ended at 6.30 on Friday morning.", &["6.30 on Friday morning=2031-06-06T06:30"]);
    check_times("2031-06-11", "They left on Tuesday evening.", &["Tuesday evening=2031-06-10TEV"]);
    let spoken = "ten to four yesterday morning=2031-06-10T03:50";
    check_times("2031-06-11", "It ended at ten to four yesterday morning.", &[spoken]);
}

#[test]
fn without_a_publication_day_relative_times_stay_open() {
    check_times("-", "The council met on Thursday.", &["Thursday=XXXX-WXX-4"]);
    check_days("-", "The council met on Thursday.", "none");
    check_times("-", "It closed yesterday.", &["yesterday=XXXX-XX-XX"]);
    check_times(
        "-",
        "It opened on 4 May 2031 and closed three days later.",
        &["4 May 2031=2031-05-04", "three days later=2031-05-07"],
    );
}

#[test]
fn lengths_and_sets_are_no_days() {
    let text = Text::verbatim("After a three-day strike and two hours of talks, trams run every Friday and daily.");
    let times = read(&text, None).times;
    let found: Vec<_> = times.iter().map(|t| (t.kind, t.value.as_str())).collect();
    let expected = [
        (TimeType::Duration, "P3D"),
        (TimeType::Duration, "PT2H"),
        (TimeType::Set, "XXXX-WXX-5"),
        (TimeType::Set, "P1D"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn modal_may_and_marching_are_no_months() {
    check_times("2031-06-11", "May the best win. They may march on.", &[]);
    check_times("2031-06-11", "It opened in May.", &["May=2031-05"]);
}

#[test]
fn nested_words_without_end_are_read() {
    for word in ["early ", "the morning of ", "hundred ", "the end of ", "at 6.30 on ", "last "] {
        check_times("2031-06-11", &word.repeat(500), &[]);
    }
}

#[test]
fn date_lines_have_a_day_a_time_and_the_time_of_a_place() {
    let line = "Fri 20 Jun 2031 7:45 pm - Harbour Time";
    check_times("2031-06-21", line, &[&format!("{line}=2031-06-20T19:45")]);
    check_times("2031-06-21", "Posted 20 June 2031, 18:22 UTC+3.", &["20 June 2031, 18:22 UTC+3=2031-06-20T18:22"]);
}

#[test]
fn the_second_of_two_days_takes_its_month_and_the_first_its_year() {
    check_times("-", "They met on 24 April and 2 May 2031.", &["24 April=2031-04-24", "2 May 2031=2031-05-02"]);
    check_times("2031-06-11", "They met on April 24 and 25.", &["April 24=2031-04-24", "25=2031-04-25"]);
    check_times("2031-06-11", "On April 24 and 25 people came.", &["April 24=2031-04-24"]);
    check_times("-", "It rained between May and June 2029.", &["May=2029-05", "June 2029=2029-06"]);
}

#[test]
fn the_year_of_a_day_may_stand_beside_it_in_words() {
    check_times("2031-06-11", "He resigned in March last year.", &["March last year=2030-03"]);
    let found = ["1987=1987", "March the same year=1987-03"];
    check_times("2031-06-11", "She moved in 1987 and died in March the same year.", &found);
    check_times("2031-06-11", "She moved in 1987 and sang that year.", &["1987=1987", "that year=1987"]);
    // Two days behind a year is no day.
    check_days("2031-06-11", "Two days later it rained.", "none");
}

#[test]
fn lives_and_histories_count_from_the_years_they_tell() {
    let life = "Born in 1820, she wed in 1840 and sailed in 1845. In 1850 she returned. \
                In March 1851 she fell ill. On 2 June she was buried.";
    let text = Text::verbatim(life);
    let times = read(&text, Some(&When::day("2031-06-11".parse().unwrap()))).times;
    assert_eq!(times.last().map(|t| t.value.as_str()), Some("1851-06-02"));
}

#[test]
fn periods_of_accounts_end_with_their_day() {
    check_days("2031-06-11", "Sales fell in the year ended March 31.", "2030-04-01/2031-03-31");
    check_days("2031-06-11", "In the three months to April, prices rose.", "2031-02-01/2031-04-30");
    check_times("2031-06-11", "Sales fell in Q1 2030.", &["Q1 2030=2030-Q1"]);
    check_times("2031-06-11", "It beat the 2029 third quarter.", &["the 2029 third quarter=2029-Q3"]);
}

#[test]
fn days_with_a_name_are_days() {
    check_times("2031-06-11", "They struck on New Year's Eve.", &["New Year's Eve=2030-12-31"]);
    check_days("2031-06-11", "The gates will stay shut until Yom Kippur.", "2031-09-27/2031-09-27");
    // The moon is seen a day early or late.
    check_days("2031-06-11", "The truce held through Eid al-Fitr.", "2031-01-24/2031-01-26");
    check_times("2031-06-11", "The Lunar New Year parade was long.", &[]);
}
