//! The pages of the sample record: complete, safe, and each link to a place that is there.

use super::*;
use crate::app::brief::Brief;
use crate::app::changes::{Change, Changes};
use crate::app::shelf::Shown;
use crate::view::desk::Desk;
use crate::view::sample;
use annals_core::reading::Status;
use annals_store::{Decision, Verb};
use jiff::civil::date;
use std::collections::BTreeSet;
use std::sync::Arc;

const STORY: &str = "0123456789abcdef0123456789abcdef";

fn shown(title: &str, outlet: &str) -> Shown {
    Shown {
        id: STORY.into(),
        title: title.into(),
        first: Some(date(2024, 3, 4)),
        last: Some(date(2024, 3, 7)),
        reports: 3,
        outlets: vec![outlet.into(), "North Wire".into()],
        origins: 2,
        days: vec![(date(2024, 3, 4), 2), (date(2024, 3, 7), 1)],
        kept_at: "2024-03-08T06:00:00Z".into(),
    }
}

/// Returns every page over a record, by name.
fn pages(brief: &Brief, shown: &Shown) -> Vec<(&'static str, String)> {
    let desk = Desk::on_site(brief, STORY);
    let asked = index::Asked { words: shown.title.clone(), ..index::Asked::default() };
    let list = index::List {
        asked: &asked,
        unclear: None,
        stories: vec![index::Listed::new(shown, Some(brief))],
        total: 1,
        holds: (3, 1),
        lost: 2,
        page: (1, 1),
        outlets: shown.outlets.iter().map(String::as_str).collect(),
    };
    let changes = Changes {
        now: Arc::new(sample::brief()),
        origins_then: Some(1),
        reports: vec![2],
        changes: vec![Change::Status { event: 1, from: Status::Planned }, Change::Difference { difference: 0 }],
    };
    let since = since::Since { time: "2024-03-05T12:00:00Z".into(), changes };
    let decisions = [Decision {
        seq: 1,
        at: "2024-03-08T07:00:00Z".into(),
        by: Some(shown.title.clone()),
        why: None,
        verb: Verb::Same,
        a: "Brenn".into(),
        b: shown.title.clone(),
    }];
    let writing = || decide::Writing { token: "t0k3n", decisions: &decisions };
    let others = [("fedcba9876543210fedcba9876543210", shown.title.as_str())];
    let decide = decide::OfStory { writing: writing(), others: &others };
    let view = story::View { id: STORY, zoom: None, since: Some(&since), kept_at: &shown.kept_at, decide: &decide };
    let writing = writing();
    let frame = Frame { style: "/style.css", script: "/site.js", archive: &shown.title };
    let whole = |part, body: Markup| frame.page(part, &shown.title, &body).into_string();
    let told = || tables::Told { shown, desk: &desk };
    let looked = tables::Looked { stories: 1, of: 1 };
    let due = crate::app::due::due(brief, None);
    let as_of = due.as_of;
    vec![
        ("stories", whole(Part::Stories, index::page(&list))),
        ("story", whole(Part::Stories, story::page(&desk, &view))),
        ("report", whole(Part::Stories, report::page(&desk, 2, STORY, &writing))),
        ("copy", whole(Part::Stories, report::page(&desk, 1, STORY, &writing))),
        ("name", whole(Part::Stories, name::page(&desk, 0, STORY, &writing))),
        ("figures", whole(Part::Figures, tables::figures(&[told()], looked))),
        ("due", whole(Part::Due, tables::due(&[(told(), due)], as_of, looked))),
        ("decisions", whole(Part::Ledger, ledger::decisions(&decisions, &[1], &writing))),
    ]
}

fn page(name: &str) -> String {
    let pages = pages(&sample::brief(), &shown("Ferry crews walk out", "Sound Post"));
    pages.into_iter().find(|(n, _)| *n == name).map(|(_, page)| page).unwrap_or_default()
}

fn check_page(name: &str, words: &str) {
    let page = page(name);
    assert!(page.contains(words), "{words} not in {name}:\n{page}");
}

#[test]
fn a_story_is_listed_with_its_days_and_its_turns() {
    check_page("stories", "Reports a day, 4–7 Mar 2024: most on Mon 4 Mar 2024, 2 reports");
    check_page("stories", "called off Wed 6 Mar");
    check_page("stories", "2 reports of the archive cannot be made again");
}

#[test]
fn a_line_opens_onto_its_words_and_can_be_cited() {
    check_page("story", "<mark>Talks planned for Thursday were called off on Wednesday</mark>");
    check_page(
        "story",
        "“Talks planned for Thursday were called off on Wednesday.” – Tolm Mirror, “Crews count 71”, 6–7 Mar 2024?",
    );
}

#[test]
fn what_came_in_since_a_moment_is_told() {
    check_page("story", "New since <time datetime=\"2024-03-05T12:00:00Z\">2024-03-05 12:00 UTC</time>");
    check_page("story", "called off (was planned)");
}

#[test]
fn a_report_shows_what_its_words_are_used_for() {
    check_page("report", "Crews count <span class=\"m-figure\">71</span></h1>");
    check_page("report", "<span class=\"m-said\">We counted 71 of us</span>");
    check_page("report", "refused 2021-01-01: the page’s year of copyright");
    check_page("copy", "copied from North Wire");
    check_page("copy", "<span class=\"m-event m-copied\">");
}

#[test]
fn a_copy_can_be_said_to_be_none() {
    check_page("copy", "<input type=\"hidden\" name=\"decision\" value=\"not-same\">");
    check_page("copy", "It is not a copy of this");
    check_page("report", "It is a copy of that");
}

#[test]
fn a_name_can_be_decided_on_and_that_be_taken_back() {
    check_page("name", "<input type=\"hidden\" name=\"token\" value=\"t0k3n\">");
    check_page("name", "action=\"/decisions/undo\"");
    check_page("name", "crew spokeswoman");
}

/// Payloads of the kinds that break pages: tags, attributes, addresses, comments, entities, controls that turn writing round.
const HOSTILE: [&str; 10] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></style></textarea><svg onload=alert(1)>",
    "javascript:alert(1)",
    "<!--<iframe srcdoc=x>",
    "&lt;script&gt;&#60;b&#62;",
    "]]><a href=javascript:alert(1)>x</a>",
    "{{7*7}}${7*7}`",
    "gnol \u{202e}evil\u{2069} <base href=//x>",
];

#[test]
fn hostile_words_stay_words() {
    let known: BTreeSet<&str> = TAGS.split_whitespace().collect();
    for payload in HOSTILE {
        let mut brief = sample::brief();
        for member in &mut brief.record.members {
            let report = &mut member.report;
            report.outlet = Some(payload.into());
            report.title = Some(payload.into());
            report.byline = vec![payload.into()];
            report.dateline = Some(payload.into());
            report.url = Some(payload.into());
            report.source.path = payload.into();
            report.removed = vec![annals_core::report::Removed { kind: "furniture".into(), exact: payload.into() }];
        }
        for entity in &mut brief.record.entities {
            entity.name = payload.into();
            entity.aliases.push(payload.into());
            entity.roles.push(payload.into());
            entity.grounds.push(payload.into());
        }
        brief.record.differences[0].note = payload.into();
        for (name, page) in pages(&brief, &shown(payload, payload)) {
            check_tags(name, &page, &known);
            // What a form sends back must be the exact words; nothing that is printed may turn what stands around it.
            let printed = page.split("value=\"").map(|p| p.split_once('"').map_or(p, |(_, rest)| rest));
            assert!(!printed.skip(1).any(|p| p.contains('\u{202e}')), "{name}: {payload}");
        }
    }
}

const TAGS: &str = "!DOCTYPE html head meta title link script body a header nav ul ol li search form label input button span \
    main div p h1 h2 h3 h4 section article aside details summary time b small br svg path circle rect polygon g text figure \
    figcaption table thead tbody tr th td blockquote mark footer dl dt dd del ins option datalist select code";

/// Checks that a page has only elements of ours, no handlers, no style, and only links to places of the site.
fn check_tags(name: &str, page: &str, known: &BTreeSet<&str>) {
    for piece in page.split('<').skip(1) {
        let inside = piece.trim_start_matches('/');
        let tag = inside.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
        assert!(known.contains(tag), "{name}: <{piece}");
    }
    assert_eq!(page.matches("<script").count(), 1, "{name}");
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let mut quoted = false;
        let end = rest.find(|c: char| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let tag = &rest[..end.unwrap_or(rest.len())];
        for (n, attribute) in tag.split('"').step_by(2).enumerate() {
            let attribute = attribute.trim().trim_end_matches('=');
            let last = attribute.rsplit(' ').next().unwrap_or_default();
            assert!(!last.starts_with("on") && last != "style" && last != "srcdoc", "{name}: {n} {tag}");
            if last == "href" || last == "action" || last == "src" {
                let value = tag.split('"').nth(2 * n + 1).unwrap_or_default();
                assert!(
                    value.starts_with('/') && !value.starts_with("//") || value.starts_with('#'),
                    "{name}: {value}"
                );
            }
        }
    }
}

#[test]
fn links_within_a_page_lead_to_places_that_are_there() {
    for (name, page) in pages(&sample::brief(), &shown("Ferry crews walk out", "Sound Post")) {
        for at in page.match_indices("href=\"#").map(|(at, _)| at) {
            let place = page[at + 7..].split('"').next().unwrap_or_default();
            assert_eq!(page.matches(&format!("id=\"{place}\"")).count(), 1, "{name}: {place}");
        }
    }
}

#[test]
fn links_into_the_story_lead_to_places_that_are_there() {
    let story = page("story");
    for name in ["report", "copy", "figures", "due", "name"] {
        let page = page(name);
        for at in page.match_indices(&format!("/story/{STORY}#")).map(|(at, found)| at + found.len()) {
            let place = page[at..].split('"').next().unwrap_or_default();
            assert_eq!(story.matches(&format!("id=\"{place}\"")).count(), 1, "{name}: {place}");
        }
    }
}

#[test]
fn an_address_holds_any_words() {
    assert_eq!(encoded("a b&c=é/?#"), "a%20b%26c%3D%C3%A9%2F%3F%23");
}
