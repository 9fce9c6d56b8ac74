//! Statements in short pieces of invented news: who said what, and what nobody said.

use annals_core::reading::{Act, Reading, Speech, read};
use annals_core::text::{Span, Text};

fn reading(body: &str) -> (Text, Reading) {
    let text = Text::verbatim(body);
    let day = jiff::civil::date(2024, 11, 13);
    let reading = read(&text, Some(&annals_core::when::When::day(day)));
    (text, reading)
}

/// Checks the statements of a text: for each its source as printed ("" for none) and its content, stretches parted by " | ".
fn check_said(body: &str, expected: &[(&str, &str)]) {
    let (text, reading) = reading(body);
    let words = |spans: &[Span]| spans.iter().map(|s| text.get(*s)).collect::<Vec<_>>().join(" | ");
    let found: Vec<(&str, String)> =
        reading.statements.iter().map(|s| (s.source.map_or("", |s| text.get(s)), words(&s.content))).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(s, c)| (*s, c.as_str())).collect();
    assert_eq!(found, expected, "{body}");
}

fn check_kind(body: &str, expected: Speech) {
    let (_, reading) = reading(body);
    assert_eq!(reading.statements.iter().map(|s| s.kind).collect::<Vec<_>>(), [expected], "{body}");
}

#[test]
fn a_quotation_goes_around_its_cue() {
    check_said(
        "“We lost,” Ana Lund, head of the choir, said on Monday. “We will sing again.”",
        &[("Ana Lund, head of the choir", "We lost | We will sing again.")],
    );
    check_said("“We lost,” said Ana Lund.", &[("Ana Lund", "We lost")]);
}

#[test]
fn indirect_speech_runs_to_the_end_of_its_clause() {
    check_said(
        "The mayor said on Friday that the bridge was shut, adding that nobody was hurt.",
        &[("The mayor", "that the bridge was shut"), ("The mayor", "that nobody was hurt")],
    );
    check_said("Two boats sank after the storm, the mayor said.", &[("the mayor", "Two boats sank after the storm")]);
}

#[test]
fn according_to_stands_before_or_behind() {
    check_said("According to the ministry, nine people died.", &[("the ministry", "nine people died")]);
    check_said("Nine people died, according to the ministry.", &[("the ministry", "Nine people died")]);
}

#[test]
fn a_source_without_a_comma_ends_where_the_clause_begins() {
    check_said(
        "According to the health office over 90 people have fallen ill in the valley.",
        &[("the health office", "over 90 people have fallen ill in the valley")],
    );
}

#[test]
fn a_quotation_with_a_name_behind_it_is_not_the_last_speakers() {
    check_said(
        "Ana Lund said the gate was shut.\n“So far it is one to nil for the river.” - Jon Roe",
        &[("Ana Lund", "the gate was shut"), ("", "So far it is one to nil for the river.")],
    );
}

#[test]
fn scare_quotes_and_denied_verbs_say_nothing() {
    check_said("The “bridge to nowhere” opens today.", &[]);
    check_said("The mayor did not say when it opens.", &[]);
}

#[test]
fn what_stands_behind_a_verb_with_its_own_subject_does_not_speak() {
    check_said("Ana Lund, who owns two boats, denied the report.", &[("Ana Lund, who owns two boats", "the report")]);
    check_said("The owners called the mayor on Monday.", &[]);
}

#[test]
fn a_title_is_no_quotation() {
    check_said(
        "On the radio’s “Morning Tide,” Ana Lund said the bridge was shut.",
        &[("Ana Lund", "the bridge was shut")],
    );
}

#[test]
fn an_answer_is_not_the_question() {
    check_said(
        "Ana Lund was asked: “Will the gate be mended by May?” She answered: “It will not be mended in May.”",
        &[("", "Will the gate be mended by May?"), ("She", "It will not be mended in May.")],
    );
    check_said(
        "“Tell her I was late,” Ana Lund said, and her brother laughed. “Do not forget the boat.”",
        &[("Ana Lund", "Tell her I was late"), ("", "Do not forget the boat.")],
    );
    check_said(
        "Ana Lund: “We wait for the boats.” Peter Roe: “We do not wait.”",
        &[("Ana Lund", "We wait for the boats."), ("Peter Roe", "We do not wait.")],
    );
}

#[test]
fn a_quotation_goes_on_behind_the_occasion() {
    check_said(
        "“We wait,” Ana Lund said after the vote, and “we sing all night.”",
        &[("Ana Lund", "We wait | we sing all night.")],
    );
}

#[test]
fn a_quotation_left_open_goes_on_in_the_next_paragraph() {
    check_said(
        "“We were asked to wait for the boats.\n“We did not wait,” Ana Lund said.",
        &[("Ana Lund", "We were asked to wait for the boats. | We did not wait")],
    );
}

/// Checks what is done with the words of each statement, and by whom as printed.
fn check_acts(body: &str, expected: &[(&str, Act, &str)]) {
    let (text, reading) = reading(body);
    let source = |s: &annals_core::reading::Statement| s.source.map_or("", |s| text.get(s));
    let found: Vec<(&str, Act, &str)> =
        reading.statements.iter().map(|s| (source(s), s.act, text.get(s.content[0]))).collect();
    assert_eq!(found, expected, "{body}");
}

#[test]
fn a_refusal_to_speak_says_nothing() {
    check_acts(
        "The mayor declined to comment on the case.",
        &[("The mayor", Act::RefusedComment, "declined to comment on the case")],
    );
    check_acts(
        "Ana Lund, who refused to say when the gate opens, left.",
        &[("Ana Lund", Act::RefusedComment, "refused to say when the gate opens")],
    );
    check_acts("The owners would not discuss it.", &[("The owners", Act::RefusedComment, "would not discuss it")]);
    check_acts(
        "The firm did not immediately respond to a request for comment.",
        &[("The firm", Act::NoReply, "did not immediately respond to a request for comment")],
    );
    check_acts(
        "Ana Lund could not be reached for comment.",
        &[("Ana Lund", Act::NoReply, "could not be reached for comment")],
    );
    check_acts("The mayor refused to open the gate.", &[]);
    check_acts("The firm did not respond to the flood in time.", &[]);
}

#[test]
fn what_is_not_said_is_no_part_of_what_is() {
    check_acts(
        "The mayor said the gate was shut but declined to say why.",
        &[("The mayor", Act::Said, "the gate was shut"), ("The mayor", Act::RefusedComment, "declined to say why")],
    );
    check_acts(
        "The firm said it would not comment on the case.",
        &[("The firm", Act::Said, "it would not comment on the case")],
    );
}

#[test]
fn denials_and_questions_are_told_as_such() {
    check_acts("The mayor denied that she took money.", &[("The mayor", Act::Denied, "that she took money")]);
    check_acts("The mayor asked whether the gate was safe.", &[("The mayor", Act::Asked, "whether the gate was safe")]);
    check_acts("The mayor asked for help.", &[]);
}

#[test]
fn what_somebody_is_said_to_have_said_is_theirs() {
    let body = "Ana Lund said the owners had promised to mend the gate by May.";
    let (text, reading) = reading(body);
    let told: Vec<_> = reading.statements.iter().map(|s| (s.source.map(|s| text.get(s)), s.within)).collect();
    assert_eq!(told, [(Some("Ana Lund"), None), (Some("the owners"), Some(0))], "{body}");
    check_acts(
        "Ana Lund said she feared the gate would fail.",
        &[("Ana Lund", Act::Said, "she feared the gate would fail")],
    );
}

#[test]
fn a_noun_of_speech_attributes() {
    check_said(
        "The owners laughed at Ana Lund’s warning that the gate may fail.",
        &[("Ana Lund", "that the gate may fail")],
    );
    check_said("The owners had no answer to his call for a gate and a vote.", &[("his", "a gate and a vote")]);
    check_speakers("Peter Lund spoke. The owners had no answer to his call for a gate and a vote.", &["-"]);
}

#[test]
fn who_stands_before_a_colon_speaks() {
    check_said(
        "The swing did not surprise the teacher Ana Lund: “We saw it in the first week.”",
        &[("Ana Lund", "We saw it in the first week.")],
    );
}

#[test]
fn an_unclosed_quotation_ends_with_its_paragraph() {
    check_said(
        "The mayor said: “There is no such plan.\nThe bridge stays shut.",
        &[("The mayor", "There is no such plan.")],
    );
}

#[test]
fn words_may_be_partly_quoted() {
    check_kind("The firm said it “regretted” the move.", Speech::Mixed);
    check_kind("The firm said: “We regret the move.”", Speech::Direct);
    check_kind("The firm said it regretted the move.", Speech::Indirect);
}

/// Checks the speaker of each statement, "-" for none, and its day if one is given.
fn check_speakers(body: &str, expected: &[&str]) {
    let (text, reading) = reading(body);
    let names = &reading.names.names;
    let found: Vec<&str> =
        reading.statements.iter().map(|s| s.speaker.map_or("-", |n| text.get(names[n].full))).collect();
    assert_eq!(found, expected, "{body}");
}

fn check_day(body: &str, expected: Option<i8>) {
    let (_, reading) = reading(body);
    let found = reading.statements.last().and_then(|s| s.said.as_ref()).and_then(|w| w.exact()).map(|d| d.day());
    assert_eq!(found, expected, "{body}");
}

#[test]
fn a_pronoun_is_the_speaker_before_it() {
    check_speakers(
        "Mr Peter Lund said the bridge was shut. He added that it would open soon.",
        &["Peter Lund", "Peter Lund"],
    );
}

#[test]
fn the_time_of_another_clause_does_not_date_the_words() {
    check_day("“We lost,” said Ana Lund on Tuesday.", Some(12));
    check_day("Ten goats fell ill, according to Ana Lund, four more than on Friday. “It slows,” she said.", None);
    check_day("“We lost,” said Ana Lund, noting that the hall had been shut on Tuesday.", None);
}

#[test]
fn nobody_speaks_of_himself_by_name() {
    check_speakers("Mr Peter Lund signed the order on Monday. He said that Lund had no choice.", &["-"]);
}

#[test]
fn a_sister_or_an_office_is_not_the_person() {
    check_speakers("Peter Lund’s office said the bridge was shut.", &["-"]);
    check_speakers("Peter Lund’s sister, Agnes Lund, said the bridge was shut.", &["Agnes Lund"]);
}

#[test]
fn the_day_stands_with_the_cue_and_not_in_the_words() {
    check_day("Peter Lund told reporters on Monday that the bridge would open by Friday.", Some(11));
    check_day("Peter Lund says the bridge opened on Monday.", None);
}

#[test]
fn what_turns_the_words_round_is_kept() {
    check_said("The mayor urged the union not to strike.", &[("The mayor", "not to strike")]);
}

#[test]
fn clauses_that_a_cue_interrupts_are_told() {
    check_said("Still, he said, the bridge was safe.", &[("he", "the bridge was safe")]);
    check_said(
        "While admitting that the work was late, Ana Lund said the bridge was safe.",
        &[("Ana Lund", "that the work was late"), ("Ana Lund", "the bridge was safe")],
    );
}

#[test]
fn a_paragraph_without_a_cue_goes_on_with_its_speaker() {
    check_said(
        "Ana Lund was furious. “Nobody asked the people here.”",
        &[("Ana Lund", "Nobody asked the people here.")],
    );
}

/// Checks that no stretch of words runs into another paragraph, and that nobody's words go on behind a paragraph in which
/// somebody else speaks.
fn check_paragraphs(body: &str, reading: &Reading) {
    let words = &reading.words;
    let of = |at: usize| words.sentence_at(at).map(|n| words.sentences[n].paragraph);
    for statement in &reading.statements {
        for content in &statement.content {
            assert_eq!(of(content.start()), of(content.end() - 1), "{body:?}");
        }
        let first = of(statement.content[0].start());
        let last = statement.content.last().and_then(|c| of(c.start()));
        let others = reading.statements.iter().filter(|o| o.source.is_some() && o.source != statement.source);
        for at in others.map(|o| of(o.content[0].start())) {
            assert!(at <= first || at >= last, "{body:?}");
        }
    }
}

#[test]
fn odd_text_never_panics_and_content_stays_in_its_paragraph() {
    let pieces = [
        "“",
        "”",
        "\"",
        "'",
        "’",
        "‘",
        "«",
        "»",
        "„",
        "said",
        "Lund",
        ",",
        ".",
        "\n",
        " ",
        "that",
        "according to",
        "(",
        ")",
        "é",
        "told",
        ":",
        "—",
        "saying",
        "who",
        "1,200",
        "on Monday",
        "…",
        "?",
        "\u{a0}",
        "``",
        "''",
        "and",
        "she",
        "the",
        "X’s",
    ];
    let mut seed: u64 = 7;
    for _ in 0..3000 {
        let mut body = String::new();
        for _ in 0..40 {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            body.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            if seed >> 63 == 1 {
                body.push(' ');
            }
        }
        let (text, reading) = reading(&body);
        let starts: Vec<usize> = reading.statements.iter().map(|s| s.content[0].start()).collect();
        assert!(starts.is_sorted(), "{body:?}");
        for content in reading.statements.iter().flat_map(|s| &s.content) {
            assert!(text.parts().iter().any(|p| p.span.contains(*content)), "{body:?}");
        }
        check_paragraphs(&body, &reading);
    }
}

#[test]
fn a_clause_about_who_was_told_is_not_what_was_said() {
    check_said(
        "“We were late,” Ana Lund told a meeting in the school that had been put off twice.",
        &[("Ana Lund", "We were late")],
    );
}

#[test]
fn nobody_speaks_where_something_is_called_off_or_people_are_told_to_go() {
    check_said("The mayor called it off at dawn as the hall has no roof.", &[]);
    check_said("Two streets told to boil water as the dam rises", &[]);
    check_said("Insurance claims reported by farmers had reached 6 million.", &[]);
}

#[test]
fn nouns_that_look_like_verbs_say_nothing() {
    check_said("The next two states will test the new rules on fishing.", &[]);
    check_said("The road was blocked by a group of farmers called Green Dawn.", &[]);
}

#[test]
fn a_headline_or_an_interview_names_its_speaker_before_a_colon() {
    check_said("Minister: no talks with the union", &[("Minister", "no talks with the union")]);
    check_said("Ana Lund: a portrait\nThe choir sang on Monday.", &[]);
    check_said(
        "Ten questions for the mayor\nAna Lund: We have repaired nine of the ten gates.",
        &[("Ana Lund", "We have repaired nine of the ten gates")],
    );
}

#[test]
fn a_quotation_without_a_known_verb_is_kept_and_titles_are_not() {
    check_said(
        "The old sign at the gate, “nobody here will ever go hungry again”, was gone.",
        &[("", "nobody here will ever go hungry again")],
    );
    check_said("She grew up with “The Long Winter of the Grey Geese” and other books.", &[]);
    check_said("“It will not hold,” Ana Lund fumed. ", &[("Ana Lund", "It will not hold")]);
}

#[test]
fn who_issued_a_statement_or_was_quoted_says_it() {
    check_said("Ana Lund issued a statement saying the gate was safe.", &[("Ana Lund", "the gate was safe")]);
    check_said("Ana Lund was quoted as saying the gate was safe.", &[("Ana Lund", "the gate was safe")]);
    check_said("Asked about the gate, Ana Lund said it was safe.", &[("Ana Lund", "it was safe")]);
}

#[test]
fn a_second_sentence_goes_on_with_the_quotation_and_not_with_the_note_behind_it() {
    check_said(
        "“We lost,” Ana Lund said, noting that the hall was cold. “We will sing again next year.”",
        &[("Ana Lund", "We lost | We will sing again next year."), ("Ana Lund", "that the hall was cold")],
    );
}

#[test]
fn a_clause_in_front_ends_where_the_main_clause_begins() {
    check_said(
        "While Ana Lund said there was no danger, the engineer called the gate unsafe.",
        &[("Ana Lund", "there was no danger"), ("the engineer", "the gate unsafe")],
    );
}

#[test]
fn a_survey_shows_and_a_person_does_not() {
    check_said(
        "A new survey shows a wide lead for the mayor in all towns.",
        &[("A new survey", "a wide lead for the mayor in all towns")],
    );
    check_said("Ana Lund showed great patience with the goats.", &[]);
}

#[test]
fn a_text_that_ends_behind_a_cue_is_read_to_its_end() {
    // Found by the fuzz target `statements`.
    let words = "according to the report shows  on Tuesday on Tuesdayhe according to ";
    assert!(read(&Text::verbatim(words), None).words.tokens.len() > 5);
}
