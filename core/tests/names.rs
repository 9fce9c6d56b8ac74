//! Who is named in a report, and who is who across reports: short invented news and what we should see.

use annals_core::link::Links;
use annals_core::reading::{NameKind, read};
use annals_core::record::{Decision, Effect, Entity, Member, Record, Verdict, compile, compile_with};
use annals_core::report::{Report, Source};
use annals_core::text::{PartKind, Text};

/// Checks the mentions of a text: `words|name` for each, `=` before a word that stands for a name.
fn check_mentions(body: &str, expected: &[&str]) {
    let text = Text::from_paragraphs(body.split("\n\n").map(|p| (PartKind::Body, p)));
    let names = read(&text, None).names;
    let found: Vec<String> = names
        .mentions
        .iter()
        .map(|m| {
            let name = text.get(names.names[m.name].full);
            format!("{}{}|{name}", if m.proper { "" } else { "=" }, text.get(m.span))
        })
        .collect();
    assert_eq!(found, expected);
}

fn check_kinds(body: &str, expected: &[(&str, NameKind)]) {
    let text = Text::from_paragraphs([(PartKind::Body, body)]);
    let names = read(&text, None).names;
    for (words, kind) in expected {
        let name = names.names.iter().find(|n| text.get(n.full) == *words);
        assert_eq!(name.map(|n| n.kind), Some(*kind), "{words} in {body}");
    }
}

fn check_roles(body: &str, name: &str, expected: &[&str]) {
    let text = Text::from_paragraphs([(PartKind::Body, body)]);
    let names = read(&text, None).names;
    let found = names.names.iter().find(|n| text.get(n.full) == name);
    let roles: Vec<&str> = found.map_or(Vec::new(), |n| n.roles.iter().map(|r| text.get(*r)).collect());
    assert_eq!(roles, expected, "{body}");
}

/// Reads one-paragraph reports of one story and returns the aliases of each entity, joined by `/`.
fn aliases(bodies: &[&str]) -> Vec<String> {
    let members: Vec<Member> = bodies
        .iter()
        .enumerate()
        .map(|(n, body)| {
            let text = Text::from_paragraphs([(PartKind::Body, *body)]);
            let report = Report::new(Source { path: format!("{n}.txt"), record: None }, text);
            let reading = read(&report.text, None);
            Member { report, reading }
        })
        .collect();
    let links = Links { stories: vec![(0..bodies.len()).collect()], ..Links::default() };
    let mut all: Vec<String> = compile(members, links).entities.iter().map(|e| e.aliases.join("/")).collect();
    all.sort();
    all
}

fn check_same(bodies: &[&str], forms: &[&str]) {
    let all = aliases(bodies);
    let joined = all.iter().any(|a| forms.iter().all(|f| a.split('/').any(|x| x == *f)));
    assert!(joined, "{forms:?} in {all:?}");
}

fn check_apart(bodies: &[&str], forms: &[&str]) {
    let all = aliases(bodies);
    for form in forms {
        assert!(all.iter().any(|a| a.split('/').any(|x| x == *form)), "{form} in {all:?}");
    }
    let joined = all.iter().any(|a| forms.iter().all(|f| a.split('/').any(|x| x == *f)));
    assert!(!joined, "{forms:?} in {all:?}");
}

#[test]
fn a_surname_means_the_person_named_before() {
    check_mentions(
        "Trade Minister Runa Velde left on Monday. Velde said nothing.",
        &["Runa Velde|Runa Velde", "Velde|Runa Velde"],
    );
}

#[test]
fn sentence_openers_are_no_names() {
    check_mentions(
        "Meanwhile Runa Velde waited. Police came. Talks failed. However, nobody left.",
        &["Runa Velde|Runa Velde"],
    );
}

#[test]
fn pronouns_and_roles_stand_for_the_only_one_who_fits() {
    check_mentions(
        "Mrs Velde, the mayor, met reporters. She was calm. The mayor then left.",
        &["Velde|Velde", "=She|Velde", "=The mayor|Velde"],
    );
}

#[test]
fn a_pronoun_that_may_mean_two_means_nobody() {
    check_mentions(
        "Oskar Brun met Peter Lund in the hall. He was late.",
        &["Oskar Brun|Oskar Brun", "Peter Lund|Peter Lund"],
    );
}

#[test]
fn two_of_one_surname_are_kept_apart() {
    check_mentions(
        "Captain Oskar Brun and the singer Ida Brun met.\n\nMr Brun spoke first.",
        &["Oskar Brun|Oskar Brun", "Ida Brun|Ida Brun", "Brun|Oskar Brun"],
    );
}

#[test]
fn acronyms_are_their_organizations() {
    check_mentions(
        "The Quarry and Salt Workers' Union (QSWU) met. The QSWU left. The union was angry.",
        &[
            "Quarry and Salt Workers' Union|Quarry and Salt Workers' Union",
            "QSWU|Quarry and Salt Workers' Union",
            "QSWU|Quarry and Salt Workers' Union",
            "=The union|Quarry and Salt Workers' Union",
        ],
    );
}

#[test]
fn kinds_follow_words_and_neighbours() {
    check_kinds(
        "The Ministry of Canals in Ostrel denied it. Dr Jonna Weil, 41, works at Ostrel General Hospital near the Vard River.",
        &[
            ("Ministry of Canals", NameKind::Organization),
            ("Ostrel", NameKind::Place),
            ("Jonna Weil", NameKind::Person),
            ("Ostrel General Hospital", NameKind::Organization),
            ("Vard River", NameKind::Place),
        ],
    );
}

#[test]
fn roles_stand_on_either_side() {
    check_roles(
        "Tessa Orlin, general secretary of the Bakers' Guild, left.",
        "Tessa Orlin",
        &["general secretary of the Bakers' Guild"],
    );
    check_roles("“No,” said its spokeswoman, Mirja Kolb, adding nothing.", "Mirja Kolb", &["spokeswoman"]);
    check_roles("It was the guild's president, Nils Ahrend.", "Nils Ahrend", &["president"]);
    check_roles("Deputy Prime Minister Nils Ahrend left.", "Nils Ahrend", &["Deputy Prime Minister"]);
    check_roles("In a letter to the minister Ahrend said no.", "Ahrend", &["minister"]);
}

#[test]
fn titles_are_no_names_but_may_hold_one() {
    check_mentions(
        "The Minister of Labour, Tessa Orlin, met the President of Peru. US Secretary of State Bo Lund left.",
        &["Tessa Orlin|Tessa Orlin", "Peru|Peru", "US|US", "Bo Lund|Bo Lund"],
    );
}

#[test]
fn headlines_in_capitals_take_only_names_known_elsewhere() {
    check_mentions(
        "Bakers Storm Town Hall After Velde Cuts Bread Subsidy Again\n\nMayor Runa Velde cut the subsidy.",
        &["Velde|Runa Velde", "Runa Velde|Runa Velde"],
    );
}

#[test]
fn countries_are_one_by_any_name() {
    check_same(
        &["The US said no.", "The United States said no.", "U.S. officials said no."],
        &["US", "United States", "U.S."],
    );
}

#[test]
fn misspelt_persons_join_in_a_story() {
    check_same(
        &["Minister Jorim Haldan spoke. Haldan left.", "Minister Jorrim Haldane spoke. Haldane left."],
        &["Jorim Haldan", "Jorrim Haldane", "Haldane"],
    );
}

#[test]
fn other_given_names_are_other_people() {
    check_apart(
        &["Spokesman Martin Kessel spoke.", "Spokesman Aaron Daniel Kessel spoke."],
        &["Martin Kessel", "Aaron Daniel Kessel"],
    );
    check_apart(&["Pieter Dahl and Petra Dahl met.", "Petra Dahl left."], &["Pieter Dahl", "Petra Dahl"]);
}

#[test]
fn any_text_gives_whole_sorted_mentions_and_does_not_panic() {
    let pieces = [
        "The",
        "Dr",
        ".",
        " ",
        "’s",
        "É",
        "ß",
        "\u{301}",
        "-",
        "of",
        "and",
        "Minister",
        "US",
        "-backed",
        "(",
        ")",
        "“",
        "”",
        "\n\n",
        "Lund",
        "al-",
        "Ministry",
        "'",
        ",",
        "in",
        "🙂",
        "İstanbul",
        "…",
        "--",
        "5",
        "$",
        "he",
        "the minister",
        "K.",
        "&",
        "：",
        "Ǆ",
    ];
    let mut seed: u64 = 7;
    for _ in 0..3000 {
        let mut body = String::new();
        for _ in 0..40 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            body.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            if seed & (1 << 20) != 0 {
                body.push(' ');
            }
        }
        let text = Text::verbatim(&body);
        let names = read(&text, None).names;
        let mut end = 0;
        for m in &names.mentions {
            assert!(m.span.start() >= end, "{body}");
            assert!(text.span(m.span.start(), m.span.end()).is_some(), "{body}");
            assert!(m.name < names.names.len());
            end = m.span.end();
        }
    }
}

#[test]
fn other_orders_and_articles_of_one_name_join() {
    check_same(&["Mr Tarek al-Sabrin spoke.", "Mr Tarek Sabrin left."], &["Tarek al-Sabrin", "Tarek Sabrin"]);
    check_same(&["Mayor Runa Veldik spoke.", "Mayor Veldik Runa left."], &["Runa Veldik", "Veldik Runa"]);
    check_apart(&["Mr James Martin spoke.", "Mr Martin James left."], &["James Martin", "Martin James"]);
}

#[test]
fn surnames_that_are_everyday_words_or_short_forms_are_names() {
    check_kinds("The judge heard Park Mi-ran in court.", &[("Park Mi-ran", NameKind::Person)]);
    check_mentions("The envoy met Sun Veling there. On Friday Sun left.", &["Sun Veling|Sun Veling", "Sun|Sun Veling"]);
    check_mentions("They left on Sun at noon.", &[]);
}

#[test]
fn the_stop_of_a_firm_is_its_own_inside_a_sentence() {
    check_mentions("Shares of Veling Corp. rose.", &["Veling Corp.|Veling Corp."]);
    check_mentions("Shares went to Veling Corp.", &["Veling Corp|Veling Corp"]);
}

fn decision(line: usize, same: bool, a: &str, b: &str) -> Decision {
    let verdict = if same { Verdict::Same } else { Verdict::NotSame };
    Decision { line, verdict, a: a.into(), b: b.into(), by: None, when: None, why: Some("a letter".into()) }
}

fn decided(bodies: &[&str], decisions: &[Decision]) -> Record {
    let members = bodies.iter().enumerate().map(|(n, body)| {
        let text = Text::from_paragraphs([(PartKind::Body, *body)]);
        let report = Report::new(Source { path: format!("{n}.txt"), record: None }, text);
        let reading = read(&report.text, None);
        Member { report, reading }
    });
    let links = Links { stories: vec![(0..bodies.len()).collect()], ..Links::default() };
    compile_with(members.collect(), links, decisions)
}

#[test]
fn what_a_person_decided_wins_and_is_told() {
    let bodies = ["Mayor Runa Velde spoke on Monday.", "Mayor Runa Veldde left.", "Oskar Brun came."];
    let apart = decided(&bodies, &[decision(1, false, "runa velde", "Runa Veldde")]);
    let velde: Vec<&Entity> = apart.entities.iter().filter(|e| e.name.starts_with("Runa")).collect();
    assert_eq!(velde.len(), 2);
    assert!(velde.iter().all(|e| e.grounds.iter().any(|g| g.starts_with("decided: not “") && g.ends_with("a letter"))));
    let one = decided(&bodies, &[decision(1, true, "Oskar Brun", &velde[0].id.to_string())]);
    assert!(one.entities.iter().any(|e| e.aliases.len() == 3), "the two spellings join as before, and Brun is decided");
    assert_eq!(one.rulings[0].effect, Effect::Holds);
}

#[test]
fn of_decisions_that_contradict_each_other_the_later_holds() {
    let bodies = ["Runa Velde spoke.", "Ada Lund left.", "Oskar Brun came."];
    let all = [
        decision(1, false, "Runa Velde", "Oskar Brun"),
        decision(2, true, "Runa Velde", "Ada Lund"),
        decision(3, true, "Ada Lund", "Oskar Brun"),
        decision(4, true, "Ada Lund", "Ida Holm"),
    ];
    let record = decided(&bodies, &all);
    let effects: Vec<Effect> = record.rulings.iter().map(|r| r.effect).collect();
    assert_eq!(effects, [Effect::Overruled, Effect::Holds, Effect::Holds, Effect::Waits]);
    assert!(record.rulings[0].note.contains("which is later"), "{}", record.rulings[0].note);
    assert_eq!(record.entities.len(), 1);
}

#[test]
fn a_decision_parts_what_one_report_seems_to_join() {
    let body = "Mayor Runa Velde spoke. “We wait,” Velde said. Runa Velde left.";
    let record = decided(&[body], &[decision(1, false, "Velde", "Runa Velde")]);
    let names: Vec<&str> = record.entities.iter().map(|e| e.name.as_str()).collect();
    assert!(names.contains(&"Velde") && names.contains(&"Runa Velde"), "{names:?}");
    assert_eq!(record.rulings[0].effect, Effect::Holds);
    let speaker = record.statements[0].speaker.map(|e| record.entities[e].name.as_str());
    assert_eq!(speaker, Some("Velde"));
}

#[test]
fn each_form_of_a_name_has_its_ground() {
    let record = decided(&["Runa Velde leads the Union of Dock Workers (UDW). Velde said the UDW was ready."], &[]);
    let grounds: Vec<&str> = record.entities.iter().flat_map(|e| e.grounds.iter().map(String::as_str)).collect();
    assert!(grounds.contains(&"“Velde” is, in the same report, part of the name “Runa Velde”"), "{grounds:?}");
    assert!(grounds.contains(&"“UDW” is introduced as the short form of “Union of Dock Workers”"), "{grounds:?}");
}

#[test]
fn words_in_capitals_for_stress_and_several_of_a_kind_are_no_names() {
    check_mentions("It was VERY late and they did NOT wait. Many NGOs left.", &[]);
    check_mentions(
        "The Coast Aid Relief Effort (CARE) came. Then CARE left again.",
        &[
            "Coast Aid Relief Effort|Coast Aid Relief Effort",
            "CARE|Coast Aid Relief Effort",
            "CARE|Coast Aid Relief Effort",
        ],
    );
}

#[test]
fn a_city_of_a_name_is_one_place_and_a_state_of_things_is_none() {
    check_mentions("They met in the Port of Velde.", &["Port of Velde|Port of Velde"]);
    check_mentions("The State of Emergency ended.", &[]);
}
