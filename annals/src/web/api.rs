//! The interface for programs, `/api/v1`: each operation with what it takes, what it gives and who answers. The routes and
//! the description (`openapi.json`) are made of this one table, so neither can say what the other does not.

use super::exchange::{Given, Kind, LAST_FOUND, LAST_PAGE, MOST_PER_PAGE, Method, Param, Problem, Reply, Route};
use super::{Site, ask, openapi, writes};
use crate::view;
use annals_store::{Archive, Verb};
use serde_json::json;

/// An operation of the interface.
pub(super) struct Operation {
    pub(super) route: Route,
    /// Its name in the description.
    pub(super) name: &'static str,
    /// One sentence for who reads the description.
    pub(super) says: &'static str,
    /// The shape it takes as a body and the shape it gives: names in `openapi`.
    pub(super) body: Option<&'static str>,
    pub(super) gives: &'static str,
    /// What it answers when it does not give it, beside what every operation may answer.
    pub(super) fails: &'static [u16],
}

const fn get(
    path: &'static str,
    name: &'static str,
    says: &'static str,
    gives: &'static str,
    takes: &'static [Param],
    run: fn(&Site, &Given) -> Result<Reply, Problem>,
) -> Operation {
    Operation {
        route: Route { method: Method::Get, path, takes, run },
        name,
        says,
        body: None,
        gives,
        fails: &[304, 404],
    }
}

const fn param(name: &'static str, kind: Kind, says: &'static str) -> Param {
    Param { name, kind, needed: false, says }
}

const fn needed(name: &'static str, kind: Kind, says: &'static str) -> Param {
    Param { name, kind, needed: true, says }
}

const STORY: Param =
    needed("id", Kind::Report, "The id of any report of the story; that of its first is the story's own.");
const OF_STORY: Param = param("story", Kind::Report, "Only this story, by the id of any report of it.");
const PAGE: Param = param("page", Kind::Number(1, LAST_PAGE), "The page, counted from 1.");
const PER_PAGE: Param = param("per_page", Kind::Number(1, MOST_PER_PAGE), "Items of a page; 20 unless given.");
const QUERY: Param = param(
    "q",
    Kind::Text(500),
    "Words in any form, \"phrases\", -without, and the fields of `annals search`: person: org: place: outlet: after: before: status: has: language:",
);

pub(super) const OPERATIONS: &[Operation] = &[
    get(
        "/api/v1/stories",
        "listStories",
        "Lists stories, that of the latest report first.",
        "Stories",
        &[
            QUERY,
            param("after", Kind::Day, "Stories with a report of this day or later."),
            param("before", Kind::Day, "Stories with a report of this day or earlier."),
            param("outlet", Kind::Text(200), "Stories that this outlet reports."),
            param("person", Kind::Text(200), "Stories that name this person."),
            PAGE,
            PER_PAGE,
        ],
        stories,
    ),
    get(
        "/api/v1/stories/{id}",
        "getStory",
        "Gives the sourced record of a story, in the shape of docs/record.schema.json.",
        "Record",
        &[STORY],
        story,
    ),
    get(
        "/api/v1/stories/{id}/timeline",
        "getTimeline",
        "Gives the dated lines of a story, each with the passages it rests on.",
        "Timeline",
        &[STORY],
        |site, given| Reply::json(&ask::timeline(site, id(given))?),
    ),
    get(
        "/api/v1/stories/{id}/changes",
        "getChanges",
        "Gives what the archive knows of a story that it did not know at a time: reports, events, figures, differences, and what pages took back.",
        "Changes",
        &[STORY, needed("since", Kind::Time, "The time, as 2031-05-06T08:00:00Z, or a day.")],
        |site, given| Reply::json(&ask::changes(site, id(given), &given.time("since").unwrap_or_default())?),
    ),
    get(
        "/api/v1/reports/{id}",
        "getReport",
        "Gives a report with its text, and the rows of the record that rest on it.",
        "ReportOfStory",
        &[needed("id", Kind::Report, "The id of the report.")],
        report,
    ),
    get(
        "/api/v1/search",
        "search",
        "Searches the reports, best first; each with the passage that holds the words.",
        "Found",
        &[
            QUERY,
            param(
                "rows",
                Kind::Of(&["statements", "events", "figures"]),
                "Also the rows of each report that hold the words.",
            ),
            param("page", Kind::Number(1, LAST_FOUND), "The page, counted from 1."),
            PER_PAGE,
        ],
        search,
    ),
    get(
        "/api/v1/origins",
        "getOrigins",
        "Gives the independent origins of a story's reports and which reports are copies.",
        "Origins",
        &[needed("story", Kind::Report, "The id of any report of the story.")],
        |site, given| Reply::json(&ask::origins(site, given.text("story").unwrap_or_default())?),
    ),
    get(
        "/api/v1/quote-check",
        "checkQuote",
        "Says which reports carry a quote word for word, trimmed or altered, and what differs.",
        "Held",
        &[needed("quote", Kind::Text(4000), "The quote: 3 to 600 words."), OF_STORY],
        |site, given| Reply::json(&ask::quote(site, given.text("quote").unwrap_or_default(), given.text("story"))?),
    ),
    get(
        "/api/v1/due",
        "listDue",
        "Lists what was promised or planned, what came of it, and what fell silent.",
        "Due",
        &[OF_STORY, param("as_of", Kind::Day, "The day to look from; that of the last report unless given.")],
        |site, given| Reply::json(&ask::owed(site, given.day("as_of"), given.text("story"))?),
    ),
    get(
        "/api/v1/ledger",
        "listLedger",
        "Lists every input of every run and what became of it.",
        "Ledger",
        &[
            param("after", Kind::Number(0, i64::MAX / 2), "Rows behind this one; from the first unless given."),
            param("most", Kind::Number(1, 1000), "Rows at most; 100 unless given."),
        ],
        ledger,
    ),
    get(
        "/api/v1/decisions",
        "listDecisions",
        "Lists what people decided about names, copies, stories and speakers, also what was taken back.",
        "Decisions",
        &[],
        decisions,
    ),
    Operation {
        route: Route { method: Method::Post, path: "/api/v1/decisions", takes: &[], run: writes::decide },
        name: "decide",
        says: "Decides that two names are one or two, that a report is a copy of another or is not, that the stories of two reports are one or two, or who said a statement or did not.",
        body: Some("NewDecision"),
        gives: "Decision",
        fails: &[401, 404, 409],
    },
    Operation {
        route: Route {
            method: Method::Post,
            path: "/api/v1/decisions/{number}/undo",
            takes: &[needed("number", Kind::Number(1, i64::MAX / 2), "The number of the decision.")],
            run: writes::undo,
        },
        name: "undoDecision",
        says: "Takes a decision back. Both stay in the archive, with who took them and when.",
        body: Some("Ground"),
        gives: "Decision",
        fails: &[401, 404, 409],
    },
    get("/api/v1/openapi.json", "getDescription", "Gives this description.", "Description", &[], |_, _| {
        Ok(Reply::new(super::exchange::JSON, openapi::DOCUMENT.as_bytes()))
    }),
];

fn id(given: &Given) -> &str {
    given.text("id").unwrap_or_default()
}

fn stories(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let filter = ask::Filter {
        words: given.text("q"),
        outlet: given.text("outlet"),
        person: given.text("person"),
        after: given.day("after"),
        before: given.day("before"),
    };
    let (page, per_page) = given.page();
    Reply::json(&ask::stories(site, &filter, page, per_page)?)
}

fn story(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let holding = site.now();
    let (_, brief) = ask::story(&holding, id(given))?;
    Reply::json(&view::json::record(&brief))
}

fn report(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let holding = site.now();
    let (shown, brief) = ask::story(&holding, id(given))?;
    let found = view::json::served::one_report(&brief, &shown.id, id(given));
    Reply::json(&found.ok_or_else(|| Problem::missing("such report"))?)
}

fn search(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let (page, per_page) = given.page();
    Reply::json(&ask::find(site, given.text("q").unwrap_or_default(), given.text("rows"), page, per_page)?)
}

fn ledger(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let archive = Archive::open(site.shelf().folder())?;
    let most = given.number("most").unwrap_or(100);
    let after = given.number("after").unwrap_or(0) as i64;
    let runs = archive.additions()?;
    let rows = archive.rows_after(after, most)?;
    let next = rows.last().filter(|_| rows.len() == most).map(|row| row.seq);
    let told = rows.iter().map(|row| {
        let run = runs.iter().find(|r| r.id == row.addition);
        json!({
            "seq": row.seq, "run": row.addition, "at": run.map(|r| &r.at), "version": run.map(|r| &r.version),
            "path": row.path, "record": row.record, "outcome": row.outcome.name(), "reason": row.reason,
        })
    });
    Reply::json(&json!({ "rows": told.collect::<Vec<_>>(), "next": next }))
}

fn decisions(site: &Site, _: &Given) -> Result<Reply, Problem> {
    let archive = Archive::open(site.shelf().folder())?;
    let holding: Vec<i64> = archive.decisions(|_| true)?.iter().map(|d| d.seq).collect();
    let all = archive.all_decisions()?;
    let now = site.now();
    let told = all.iter().map(|d| writes::json(&now, d, d.verb == Verb::Undo || holding.contains(&d.seq)));
    Reply::json(&json!({ "decisions": told.collect::<Vec<_>>() }))
}
