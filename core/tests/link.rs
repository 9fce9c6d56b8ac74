//! How reports relate: copies, origins, stories. All texts are invented.

use annals_core::link::{Article, CopyKind, Links, Why, link};
use annals_core::report::{Credit, CreditKind};
use annals_core::text::Span;
use annals_core::when::Day;

const WIRE: &str = "Firefighters in Marrowby brought a blaze at the Lantry paper mill under control on Tuesday after 14 hours, \
the county brigade said.\n\nThe fire broke out at 9:20 p.m. on Monday in a store that held 300 tonnes of pulp. Two workers were taken \
to St Orwin Hospital with burns.\n\nFire chief Hester Quayle said 60 crews had worked through the night and that the river had been \
fouled by ash.\n\nThe mill employs 210 people and belongs to Brackwater Group, which bought it in 2019. Its manager, Owen Tarle, \
promised that wages would be paid until the end of March.\n\nThe council closed Weir Road and three schools. Residents of Lower \
Marrowby were told to keep their windows shut.";

const SPUN: &str = "Firemen in Marrowby got an inferno at the Lantry paper plant beneath control on Tuesday following 14 hours, \
the county brigade stated.\n\nThe fire erupted at 9:20 p.m. on Monday in a depot that contained 300 tonnes of pulp. Two laborers have been rushed \
to St Orwin Hospital with burns.\n\nFire boss Hester Quale stated 60 crews had toiled through the evening and that the river had been \
dirtied by ash.\n\nThe plant employs 210 individuals and belongs to Brackwater Group, which purchased it in 2019. Its supervisor, Owen Tarl, \
vowed that salaries could be paid until the top of March.\n\nThe council shut Weir Road and three colleges. Inhabitants of Lower \
Marrowby have been advised to hold their home windows shut.";

const OWN: &str = "Smoke still hung over Marrowby when the pupils of Weir Road school were sent home on Tuesday.\n\nTheir parents \
work at the Lantry mill, and many of them had spent the night on the towpath, watching. “I have been here 22 years,” said Ada Finn, a \
machine minder. “I do not know what we do on Friday.”\n\nThe brigade of the county, led by Hester Quayle, counted 60 crews. Brackwater Group \
has not said whether the mill will open again, and the union has asked for a meeting with Owen Tarle on Thursday.";

const OTHER: &str = "The Marrowby Choral Society will sing in the cathedral of Elsham on Saturday for the first time since it was founded.\n\n\
Tickets cost 12 crowns, and the conductor, Piers Holloway, has promised an evening without a single march. Rehearsals were held in a barn \
because the hall is being painted.";

struct Piece<'a> {
    text: &'a str,
    day: &'a str,
    outlet: Option<&'a str>,
    credit: &'a [(&'a str, CreditKind)],
}

fn piece<'a>(text: &'a str, day: &'a str) -> Piece<'a> {
    Piece { text, day, outlet: None, credit: &[] }
}

fn links(pieces: &[Piece<'_>]) -> Links {
    let bodies: Vec<Vec<Span>> =
        pieces.iter().map(|p| Span::within(p.text, 0, p.text.len()).into_iter().collect()).collect();
    let span = |p: &Piece<'_>, n: usize| Span::within(p.text, n, n + 5);
    let credits: Vec<Vec<Credit>> = pieces
        .iter()
        .map(|p| {
            let each = p.credit.iter().enumerate();
            each.map(|(n, (name, kind))| Credit { name: (*name).into(), kind: *kind, span: span(p, n * 7) }).collect()
        })
        .collect();
    let articles: Vec<Article<'_>> = pieces
        .iter()
        .zip(&bodies)
        .zip(&credits)
        .map(|((p, body), credit)| Article {
            day: p.day.parse::<Day>().ok(),
            title: "",
            text: p.text,
            body,
            outlet: p.outlet,
            credit,
        })
        .collect();
    link(&articles)
}

fn check_copies(pieces: &[Piece<'_>], expected: &[(usize, Option<usize>, CopyKind)]) {
    let found = links(pieces);
    let rows: Vec<_> = found.copies.iter().map(|c| (c.report, c.of, c.kind)).collect();
    assert_eq!(rows, expected);
    for copy in &found.copies {
        assert!(!copy.passages.is_empty() || !copy.credits.is_empty(), "a copy without evidence");
    }
}

fn check_origins(pieces: &[Piece<'_>], expected: &[&[usize]]) {
    let mut found: Vec<Vec<usize>> = links(pieces).origins.into_iter().map(|o| o.reports).collect();
    found.iter_mut().for_each(|o| o.sort_unstable());
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn the_same_words_are_an_exact_copy_of_the_earlier_report() {
    check_copies(&[piece(WIRE, "2031-03-05"), piece(WIRE, "2031-03-04")], &[(0, Some(1), CopyKind::Exact)]);
}

#[test]
fn the_first_paragraphs_alone_are_an_excerpt() {
    let cut = &WIRE[..WIRE.find("The mill employs").unwrap()];
    check_copies(&[piece(WIRE, "2031-03-04"), piece(cut, "2031-03-04")], &[(1, Some(0), CopyKind::Excerpt)]);
}

#[test]
fn a_spun_rewrite_is_found_by_what_it_keeps() {
    check_copies(&[piece(WIRE, "2031-03-04"), piece(SPUN, "2031-03-05")], &[(1, Some(0), CopyKind::Rewrite)]);
}

#[test]
fn two_who_tell_of_one_fire_are_no_copies_but_one_story() {
    let pieces = [piece(WIRE, "2031-03-04"), piece(OWN, "2031-03-04"), piece(OTHER, "2031-03-04")];
    check_copies(&pieces, &[]);
    assert_eq!(links(&pieces).stories, [vec![0, 1], vec![2]]);
}

#[test]
fn a_form_that_a_desk_fills_in_anew_is_no_copy() {
    let form = |name: &str, age: u32, street: &str, hour: &str| {
        format!(
            "The county coroner has released the name of a person who was found dead.\n\nHe is {name}, {age}. His body was \
            found on {street} at {hour}, and the cause of death has not been established. Anybody who knows more is asked \
            to call the coroner of the county or the police station that is nearest to where they live."
        )
    };
    let (first, next) =
        (form("Aldous Verrin", 41, "Tanner Street", "6:10"), form("Silas Oakhurst", 67, "Pike Lane", "3:45"));
    check_copies(&[piece(&first, "2031-03-04"), piece(&next, "2031-03-19")], &[]);
    check_copies(&[piece(&first, "2031-03-04"), piece(&first, "2031-03-19")], &[(1, Some(0), CopyKind::Exact)]);
}

#[test]
fn two_reports_with_one_background_paragraph_are_no_copies() {
    let background = &WIRE[WIRE.find("The mill employs").unwrap()..WIRE.find("The council").unwrap()];
    let (one, two) = (format!("{OWN}\n\n{background}"), format!("{OTHER}\n\n{background}"));
    check_copies(&[piece(&one, "2031-03-04"), piece(&two, "2031-03-05")], &[]);
}

#[test]
fn what_looks_like_a_rewrite_of_an_old_report_is_none() {
    check_copies(&[piece(WIRE, "2031-03-04"), piece(SPUN, "2031-09-05")], &[]);
}

#[test]
fn a_backdated_copy_that_credits_its_source_does_not_become_the_original() {
    let wire = Piece { outlet: Some("Northmoor Press Agency (NPA)"), ..piece(WIRE, "2031-03-04") };
    let copy =
        Piece { outlet: Some("The Elsham Echo"), credit: &[("NPA", CreditKind::Line)], ..piece(WIRE, "2031-03-01") };
    check_copies(&[wire, copy], &[(1, Some(0), CopyKind::Credited)]);
}

#[test]
fn a_backdated_copy_does_not_become_the_original() {
    // By the date that stands in the text, told as over.
    let dated = WIRE.replace("on Monday in a store", "on 3 March in a store");
    check_copies(&[piece(&dated, "2031-03-04"), piece(&dated, "2031-03-01")], &[(1, Some(0), CopyKind::Exact)]);
    // By weekdays that are fresh on one of the days alone: the fourth is a Tuesday.
    check_copies(&[piece(WIRE, "2031-03-04"), piece(WIRE, "2031-03-02")], &[(1, Some(0), CopyKind::Exact)]);
    // By where it breaks off.
    let cut = &WIRE[..WIRE.find(" to St Orwin").unwrap()];
    check_copies(&[piece(WIRE, "2031-03-04"), piece(cut, "2031-03-03")], &[(1, Some(0), CopyKind::Excerpt)]);
}

#[test]
fn a_day_to_come_does_not_make_a_report_backdated() {
    let announced =
        WIRE.replace("promised that wages", "promised that the mill will open again on 6 March and that wages");
    check_copies(&[piece(&announced, "2031-03-04"), piece(&announced, "2031-03-07")], &[(1, Some(0), CopyKind::Exact)]);
    check_copies(&[piece(WIRE, "2031-03-05"), piece(WIRE, "2031-03-09")], &[(1, Some(0), CopyKind::Exact)]);
}

#[test]
fn reports_that_credit_one_absent_newsroom_share_an_origin() {
    let openly = Piece { credit: &[("NPA", CreditKind::Line)], ..piece(WIRE, "2031-03-04") };
    let by_interviews = Piece {
        credit: &[("Northmoor Press Agency", CreditKind::Told), ("NPA", CreditKind::Told)],
        ..piece(OWN, "2031-03-05")
    };
    check_origins(&[openly, by_interviews, piece(OTHER, "2031-03-05")], &[&[0, 1], &[2]]);
}

/// Checks origins and, with a word for each reason, what is not sure of them.
fn check_doubts(pieces: &[Piece<'_>], origins: usize, expected: &[(usize, usize, &str)]) {
    let found = links(pieces);
    assert_eq!(found.origins.len(), origins);
    let why = |why: &Why| match why {
        Why::Partly => "partly".to_owned(),
        Why::Told { newsroom, times } => format!("told {newsroom} {times}"),
        Why::Metadata { newsroom } => format!("metadata {newsroom}"),
        Why::Contributed { newsroom } => format!("contributed {newsroom}"),
        Why::Alike => "alike".to_owned(),
    };
    let doubts: Vec<_> = found.doubts.iter().map(|d| (d.report, d.with, why(&d.why))).collect();
    let expected: Vec<_> = expected.iter().map(|(a, b, why)| (*a, *b, (*why).to_owned())).collect();
    assert_eq!(doubts, expected);
}

/// What a second reporter wrote about the same fire, so that the two are one story.
fn second() -> String {
    format!(
        "{OWN}\n\nThe blaze at the Lantry paper mill in Marrowby broke out on Monday; two workers are in St Orwin Hospital."
    )
}

#[test]
fn interviews_given_to_a_newsroom_leave_in_doubt_whose_text_it_is() {
    let second = second();
    let openly = Piece { credit: &[("NPA", CreditKind::Line)], ..piece(WIRE, "2031-03-04") };
    let told =
        Piece { credit: &[("NPA", CreditKind::Told), ("NPA", CreditKind::Told)], ..piece(&second, "2031-03-05") };
    check_doubts(&[openly, told], 1, &[(1, 0, "told NPA 2")]);
}

#[test]
fn who_contributed_and_whose_name_is_alike_may_be_one_origin() {
    let second = second();
    let wire = Piece { outlet: Some("Northmoor Press Agency"), ..piece(WIRE, "2031-03-04") };
    let helped = Piece { credit: &[("NPA", CreditKind::Contributed)], ..piece(&second, "2031-03-05") };
    check_doubts(&[wire, helped], 2, &[(1, 0, "contributed NPA")]);
    let wire = Piece { outlet: Some("Northmoor Press Agency"), ..piece(WIRE, "2031-03-04") };
    let alike = Piece { outlet: Some("NPA"), ..piece(&second, "2031-03-05") };
    check_doubts(&[wire, alike], 2, &[(1, 0, "alike")]);
}

#[test]
fn what_the_data_of_a_page_credit_is_counted_and_in_doubt() {
    let second = second();
    let body: Vec<Vec<Span>> =
        [WIRE, &second].iter().map(|t| Span::within(t, 0, t.len()).into_iter().collect()).collect();
    let credit = [Credit { name: "NPA".into(), kind: CreditKind::Line, span: None }];
    let article = |n: usize| Article {
        day: "2031-03-04".parse::<Day>().ok(),
        title: "",
        text: if n == 0 { WIRE } else { &second },
        body: &body[n],
        outlet: Some(if n == 0 { "Northmoor Press Agency" } else { "The Elsham Echo" }),
        credit: if n == 0 { &[] } else { &credit },
    };
    let found = link(&[article(0), article(1)]);
    assert_eq!(found.origins.len(), 1);
    assert_eq!(found.doubts[0].why, Why::Metadata { newsroom: "NPA".into() });
}

#[test]
fn a_report_that_is_copied_by_its_smaller_part_may_be_an_origin() {
    let half = &WIRE[..WIRE.find("The mill employs").unwrap()];
    let copy = format!("{}\n\n{half}", second());
    check_doubts(&[piece(WIRE, "2031-03-04"), piece(&copy, "2031-03-05")], 1, &[(1, 0, "partly")]);
    check_doubts(&[piece(WIRE, "2031-03-04"), piece(half, "2031-03-05")], 1, &[]);
    check_doubts(&[piece(WIRE, "2031-03-04"), piece(SPUN, "2031-03-05")], 1, &[]);
}

#[test]
fn one_agency_in_two_stories_is_two_origins() {
    let [fire, choir] = [WIRE, OTHER].map(|t| Piece { credit: &[("NPA", CreditKind::Line)], ..piece(t, "2031-03-04") });
    check_origins(&[fire, choir], &[&[0], &[1]]);
}

#[test]
fn one_interview_and_a_picture_are_no_origin() {
    let one = Piece { credit: &[("NPA", CreditKind::Told), ("NPA", CreditKind::Photo)], ..piece(WIRE, "2031-03-04") };
    let line = Piece { credit: &[("NPA", CreditKind::Line)], ..piece(OTHER, "2031-03-04") };
    check_origins(&[one, line], &[&[0], &[1]]);
}

#[test]
fn what_people_told_the_outlet_itself_is_its_own() {
    let text = "Ada Finn told the Echo that she would stay. “So will I,” Owen Tarle told the Echo later that evening.";
    let own =
        Piece { outlet: Some("The Elsham Echo"), credit: &[("Echo", CreditKind::Told)], ..piece(text, "2031-03-04") };
    check_copies(&[own], &[]);
    let other = Piece { outlet: Some("Newsmill"), credit: &[("Echo", CreditKind::Told)], ..piece(text, "2031-03-04") };
    check_copies(&[other], &[(0, None, CopyKind::Credited)]);
}

#[test]
fn nothing_and_empty_texts_are_linked_to_nothing() {
    assert_eq!(links(&[]), Links::default());
    assert!(links(&[piece("", "2031-03-04"), piece("", ""), piece("…", "")]).copies.is_empty());
}
