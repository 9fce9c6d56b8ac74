//! What is told of events: status, days, labels, on short invented news.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use annals_core::reading::{Event, Status, read};
use annals_core::text::Text;
use annals_core::when::When;

/// The day every text here is published: a Friday.
fn published() -> When {
    When::day("2024-11-15".parse().unwrap())
}

fn events(body: &str) -> (Text, Vec<Event>) {
    let text = Text::verbatim(body);
    let events = read(&text, Some(&published())).events;
    (text, events)
}

/// Checks how the event whose trigger is marked by `⟦ ⟧` stands.
fn check_status(marked: &str, status: Status) {
    let start = marked.find('⟦').unwrap();
    let body = marked.replace(['⟦', '⟧'], "");
    let (text, events) = events(&body);
    let event = events.iter().find(|e| e.trigger.start() == start);
    let event = event.unwrap_or_else(|| panic!("no event at the mark: {marked}"));
    assert_eq!(event.status, status, "{marked}: {}", text.get(event.trigger));
}

#[test]
fn plans_are_not_deeds() {
    check_status("The council will ⟦meet⟧ on Monday.", Status::Planned);
    check_status("The union plans a ⟦march⟧ through the city.", Status::Planned);
    check_status("The firm promised to ⟦reinstate⟧ the drivers.", Status::Planned);
    check_status("The team is due to ⟦arrive⟧ on Sunday.", Status::Planned);
    check_status("The mayor ordered the ⟦evacuation⟧ of a school.", Status::Planned);
    check_status("Neighbours worry about the planned ⟦attack⟧ on the town.", Status::Planned);
}

#[test]
fn what_is_called_off_or_put_off_is_not_held() {
    check_status("The bakers on Friday called off wage ⟦talks⟧ that were to start a day later.", Status::CalledOff);
    check_status("Trains stood still. The planned ⟦sitting⟧ did not take place.", Status::CalledOff);
    check_status("The order to ⟦evacuate⟧ the valley was lifted at noon.", Status::CalledOff);
    check_status("The choir has put off its ⟦arrival⟧ until Friday.", Status::Postponed);
    check_status("His cancellation of the choir’s ⟦trip⟧ was a surprise.", Status::CalledOff);
    check_status("The ⟦hearing⟧ was moved on Thursday from Friday to 20 December.", Status::Postponed);
    check_status("The council shifted its ⟦vote⟧ to next week.", Status::Postponed);
}

#[test]
fn denial_is_not_the_event() {
    check_status("The army denied that it had ⟦shelled⟧ the camp.", Status::Denied);
    check_status("She dismissed as gossip reports that divers would be ⟦sent in⟧.", Status::Denied);
    check_status("“No such parcel ⟦reached⟧ this office,” he said.", Status::Denied);
}

#[test]
fn calls_threats_and_conditions_are_unclear() {
    check_status("The mayor urged the firm to ⟦negotiate⟧.", Status::Unclear);
    check_status("If the dockers ⟦strike⟧, ships will wait.", Status::Unclear);
    check_status("Officials called for a ⟦ceasefire⟧.", Status::Unclear);
    check_status("The rebels could ⟦attack⟧ the port.", Status::Unclear);
}

#[test]
fn deeds_are_held() {
    check_status("The two ministers ⟦met⟧ on Thursday.", Status::Held);
    check_status("The two sides held ⟦talks⟧ on Thursday.", Status::Held);
    check_status("The bridge ⟦collapsed⟧ on Sunday.", Status::Held);
    check_status("The minister ⟦opened⟧ the line on Thursday.", Status::Held);
}

#[test]
fn a_label_of_a_deed_holds_no_plan() {
    let (text, events) = events("Envoys met on Thursday to discuss a planned attack on the town.");
    let met = events.iter().find(|e| text.get(e.trigger) == "met").unwrap();
    assert!(!text.get(met.label).contains("attack"), "{}", text.get(met.label));
}

#[test]
fn odd_text_yields_less_and_never_panics() {
    for odd in [
        "",
        "to",
        "was",
        "The talks",
        "“”",
        ", and",
        "will not to be",
        "— talks (",
        "talks talks talks , , , were",
        "\u{301}é to be been",
    ] {
        let (text, events) = events(odd);
        assert!(events.iter().all(|e| text.get(e.label).len() >= text.get(e.trigger).len()));
    }
}

#[test]
fn what_is_to_be_done_is_planned() {
    check_status("Bakers and millers are to ⟦meet⟧ at the town hall on Sunday evening.", Status::Planned);
    check_status("The spring ⟦fair⟧ is to be held on Sunday.", Status::Planned);
    check_status("The guards ⟦come back⟧ on Monday, 18 November.", Status::Planned);
}

#[test]
fn what_somebody_spoke_to_was_held() {
    check_status("The surgeon told an ⟦inquiry⟧ that had been put off twice that he was sorry.", Status::Held);
    check_status("After the ⟦talks⟧ both sides left the city.", Status::Held);
}

#[test]
fn one_noun_may_be_off_on_one_day_and_set_for_another() {
    let (text, events) = events(
        "The meeting on rents, which was not held on Monday because the landlords left, will be held on Sunday.",
    );
    let told: Vec<(Status, Option<String>)> = events
        .iter()
        .filter(|e| e.kind == "meeting")
        .map(|e| (e.status, e.when.as_ref().map(|w| w.from().to_string())))
        .collect();
    let expected = [(Status::CalledOff, "2024-11-11"), (Status::Planned, "2024-11-17")];
    let expected: Vec<(Status, Option<String>)> = expected.map(|(s, d)| (s, Some(d.to_owned()))).into();
    assert_eq!(told, expected, "{}", text.as_str());
}

#[test]
fn a_time_within_a_participle_does_not_date_the_verb() {
    let (_, events) = events("The six guards dismissed last week are to be taken back.");
    let back = events.iter().find(|e| e.kind == "reinstatement").unwrap();
    assert_eq!((back.status, &back.when), (Status::Planned, &None));
}

#[test]
fn a_gun_fired_is_nobody_sacked() {
    let (_, told) = events("The guard fired his weapon twice. The firm fired two guards.");
    assert_eq!(told.iter().filter(|e| e.kind == "dismissal").count(), 1);
}

#[test]
fn a_label_keeps_its_no() {
    let (text, told) = events("No deaths were reported in the valley.");
    let labels: Vec<&str> = told.iter().map(|e| text.get(e.label)).collect();
    assert!(labels.iter().all(|l| l.starts_with("No ")), "{labels:?}");
}

#[test]
fn a_deadline_that_is_met_is_no_meeting() {
    let kinds = |body: &str| events(body).1.iter().map(|e| e.kind).collect::<Vec<_>>();
    assert!(!kinds("The brewery met a Sunday deadline for its accounts.").contains(&"meeting"));
    assert!(kinds("The brewer met the mayor on Sunday.").contains(&"meeting"));
}

#[test]
fn what_describes_the_subject_is_not_what_is_told_of_it() {
    check_status("⟦Talks⟧ planned for 20 November were called off by the millers.", Status::CalledOff);
    check_status("The six guards dismissed last week are to be ⟦taken back⟧.", Status::Planned);
}

#[test]
fn a_verb_shares_the_auxiliaries_before_the_one_beside_it() {
    check_status("The council will meet on Monday and ⟦vote⟧ on the bill.", Status::Planned);
    check_status("The driver was stopped at the bridge and ⟦arrested⟧.", Status::Held);
}

#[test]
fn what_holds_on_a_condition_is_no_plan() {
    check_status("The dockers will ⟦strike⟧ if the talks fail.", Status::Unclear);
    check_status("Had it ⟦rained⟧ on Friday, the races would have been off.", Status::Unclear);
    check_status("The sides had met before the talks were ⟦called off⟧.", Status::Held);
}

#[test]
fn questions_commands_and_forecasts_tell_no_event() {
    check_status("Did the minister ⟦meet⟧ the union on Friday?", Status::Unclear);
    check_status("⟦Meet⟧ us at the quay on Sunday.", Status::Unclear);
    check_status("More people will ⟦die⟧ of hunger.", Status::Unclear);
    check_status("Readers can guess who will ⟦win⟧ the race.", Status::Unclear);
}

#[test]
fn a_bare_day_behind_a_verb_of_saying_is_the_day_of_saying() {
    let (text, told) = events("The mayor said Monday the guild is making progress.");
    let making = told.iter().find(|e| text.get(e.trigger) == "making").unwrap();
    assert_eq!((making.status, &making.when), (Status::Ongoing, &None));
}

#[test]
fn courts_sit_in_session_and_parcels_do_not() {
    let kinds = |body: &str| events(body).1.iter().map(|e| e.kind).collect::<Vec<_>>();
    assert!(kinds("The court sat for two days.").contains(&"meeting"));
    assert!(!kinds("The parcel sat next to the door.").contains(&"meeting"));
}

#[test]
fn a_day_before_an_event_is_its_day() {
    let (_, told) = events("Bakers have called off Sunday wage talks.");
    let talks = told.iter().find(|e| e.kind == "meeting").unwrap();
    assert_eq!((talks.status, talks.as_of.is_none()), (Status::CalledOff, true));
}

#[test]
fn what_a_claim_is_about_falls_with_the_claim() {
    check_status("She denied the news which went round on Monday about the ⟦sending⟧ of divers.", Status::Denied);
}

#[test]
fn a_meeting_shares_how_what_is_done_in_it_stands() {
    check_status("The ministers signed the accord at a ⟦meeting⟧ on Thursday.", Status::Held);
    check_status("The firm will answer questions at a public ⟦hearing⟧ on Monday.", Status::Planned);
}

#[test]
fn a_day_inside_quotation_marks_does_not_date_the_verb_outside() {
    let (text, told) = events("“We should have closed the sluice on Monday,” Ada Lind told the inquiry.");
    let said = told.iter().find(|e| text.get(e.trigger) == "told").unwrap();
    assert_eq!(said.when, None);
}

#[test]
fn a_time_of_day_alone_gives_a_plan_no_day() {
    let when = |body: &str, trigger: &str| {
        let (text, told) = events(body);
        told.iter().find(|e| text.get(e.trigger) == trigger).unwrap().when.clone()
    };
    assert_eq!(when("The mayor spoke on Tuesday morning. Ferries would sail from the piers from 6 a.m.", "sail"), None);
    let monday = when("The council will meet at 6 p.m. on Monday.", "meet").unwrap();
    assert_eq!((monday.exact(), monday.time.as_deref()), (Some("2024-11-18".parse().unwrap()), Some("18:00")));
    assert!(when("The tower leaned on Tuesday. The wall fell at 6 a.m.", "fell").is_some());
}

#[test]
fn a_label_keeps_what_its_event_cannot_do_without() {
    let label = |body: &str, trigger: &str| {
        let (text, told) = events(body);
        text.get(told.iter().find(|e| text.get(e.trigger) == trigger).unwrap().label).to_owned()
    };
    let received = "The envoy received today, Friday, in the hall of the palace in Tolm, the weavers and the spinners.";
    assert_eq!(label(received, "received"), received.trim_end_matches('.'));
    assert_eq!(
        label("North/South talks in Tolm to end the siege", "talks"),
        "North/South talks in Tolm to end the siege"
    );
    let raid = "They met to discuss the Norland attack on Tolm last Saturday, and plans to mend the bridge.";
    assert_eq!(label(raid, "attack"), "the Norland attack on Tolm last Saturday");
}

#[test]
fn what_stays_shut_goes_on() {
    check_status("Baths in Tolm and Hove stay ⟦closed⟧ for the rest of the week.", Status::Ongoing);
    check_status("Two mills remain ⟦closed⟧.", Status::Ongoing);
}

#[test]
fn deeds_of_no_kind_of_their_own_are_events_too() {
    let (text, told) = events("The announcement came a day after the dispute over the use of the quay.");
    let triggers: Vec<&str> = told.iter().map(|e| text.get(e.trigger)).collect();
    assert_eq!(triggers, ["announcement", "came", "dispute", "use"]);
}

#[test]
fn how_something_is_tells_no_event() {
    let (text, told) = events("The mill is a large building and has been the main employer.");
    assert!(told.is_empty(), "{:?}", told.iter().map(|e| text.get(e.trigger)).collect::<Vec<_>>());
}

#[test]
fn a_day_that_is_set_is_that_of_what_it_is_set_for() {
    let day = |kind: &str, body: &str| {
        let (_, told) = events(body);
        told.iter().find(|e| e.kind == kind).and_then(|e| e.when.as_ref().map(|w| w.to().day()))
    };
    let headline = "The warden visits the valley of the mill and fixes Tuesday for the hearing";
    assert_eq!((day("travel", headline), day("trial", headline)), (None, Some(19)));
    // However far the tree hangs the end of a stretch, it belongs where its beginning does.
    let moved = "The hill rescuers did postpone their arrival to the Orlan town of Velm from today, Friday, to next Monday, \
                 and the head of the team, Captain Ana Lund, said that the dogs and 20 men are waiting at the pass.";
    assert_eq!(day("travel", moved), Some(18));
}
