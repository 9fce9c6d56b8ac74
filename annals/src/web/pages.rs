//! The pages for people: what each address asks of the archive. What a page looks like is `view::site`'s alone.

use super::exchange::{Given, Kind, LAST_PAGE, Method, PER_PAGE, Param, Problem, Reply, Route};
use super::{Site, ask, assets, overview};
use crate::app::brief::Brief;
use crate::app::changes::of_story;
use crate::app::due::due;
use crate::app::said::bearers;
use crate::app::search::Wanted;
use crate::app::shelf::{Holding, Shown};
use crate::view::desk::Desk;
use crate::view::site::{Frame, Part, decide, index, ledger, name, report, search, since, story, tables};
use annals_core::when::Day;
use annals_store::{Archive, Decision, Tally};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reports that one table may have compiled, the latest stories first.
const LOOKED_AT: usize = 400;
/// Reports that one list of stories may have compiled, all together. Of a longer list those records are told from that are
/// there: what turned in the others is told once somebody has looked. guess: what takes a twentieth of a second.
const QUICK: usize = 40;
/// A story of more reports is not compiled for the first list before somebody asks for it.
const LONG: usize = 150;
/// Rows of the ledger on a page.
const ROWS: i64 = 100;
/// Outlets offered for choice.
const OUTLETS: usize = 300;

const fn param(name: &'static str, kind: Kind) -> Param {
    Param { name, kind, needed: false, says: "" }
}

const ID: Param = Param { name: "id", kind: Kind::Report, needed: true, says: "The id of a report." };
const PAGE: Param = param("page", Kind::Number(1, LAST_PAGE));
const WORDS: Param = param("q", Kind::Text(500));

const fn page(path: &'static str, takes: &'static [Param], run: fn(&Site, &Given) -> Result<Reply, Problem>) -> Route {
    Route { method: Method::Get, path, takes, run }
}

pub(super) const ROUTES: &[Route] = &[
    page(
        "/",
        &[
            WORDS,
            param("outlet", Kind::Text(200)),
            param("person", Kind::Text(200)),
            // Text: a browser sends the empty box of a day, too.
            param("after", Kind::Text(20)),
            param("before", Kind::Text(20)),
            PAGE,
        ],
        stories,
    ),
    page(
        "/story/{id}",
        &[ID, param("zoom", Kind::Of(&["all", "month", "week"])), param("since", Kind::Text(40))],
        one_story,
    ),
    page("/story/{id}/name/{entity}", &[ID, param("entity", Kind::Row)], one_name),
    page("/story/{id}/name", &[ID, param("called", Kind::Text(500))], called),
    page("/report/{id}", &[ID], one_report),
    page("/figures", &[], figures),
    page("/due", &[], all_due),
    page("/ledger", &[param("after", Kind::Number(0, i64::MAX / 2))], rows),
    page("/decisions", &[], decisions),
    page("/search", &[WORDS, PAGE], find),
];

/// Puts what stands around every page around this one.
fn framed(site: &Site, part: Part, title: &str, body: &Markup) -> Markup {
    let archive = site.shelf().folder().file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let frame = Frame { style: assets::href("style.css"), script: assets::href("site.js"), archive: &archive };
    frame.page(part, title, body)
}

fn reply(site: &Site, part: Part, title: &str, body: &Markup) -> Result<Reply, Problem> {
    Ok(Reply::page(framed(site, part, title, body)))
}

/// Tells what went wrong.
pub(super) fn problem(site: &Site, problem: &Problem) -> Markup {
    let body = html! { div.front { h1 { (problem.title()) } p.notice { (problem.detail) } p { a href="/" { "To the stories" } } } };
    framed(site, Part::Search, problem.title(), &body)
}

fn id(given: &Given) -> &str {
    given.text("id").unwrap_or_default()
}

/// Compiles what the pages that all ask for are made of.
pub(super) fn prepare(site: &Site, holding: &Holding) {
    drop(site.overview(holding));
    let first = holding.stories.iter().take(PER_PAGE as usize).filter(|shown| (2..=LONG).contains(&shown.reports));
    first.for_each(|shown| drop(holding.story(&shown.id)));
    drop(Latest::of(holding));
}

fn stories(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let text = |name| given.text(name).unwrap_or_default().trim().to_owned();
    let asked = index::Asked {
        words: text("q"),
        outlet: text("outlet"),
        person: text("person"),
        after: text("after"),
        before: text("before"),
    };
    let holding = site.now();
    let (mut all, unclear) = match chosen(site, &holding, &asked) {
        Ok(all) => (all, None),
        Err(problem) if problem.status == 400 => (Vec::new(), Some(problem.detail)),
        Err(problem) => return Err(problem),
    };
    let (page, per_page) = (given.number("page").unwrap_or(1), PER_PAGE as usize);
    let total = all.len();
    all = all.into_iter().skip((page - 1) * per_page).take(per_page).collect();
    let is_short = all.iter().map(|shown| shown.reports).sum::<usize>() <= QUICK;
    let mut is_early = false;
    let stories = all.into_iter().map(|shown| {
        let record = || if is_short { holding.story(&shown.id) } else { holding.story_if_compiled(&shown.id) };
        let record = (shown.reports > 1).then(record);
        is_early |= record.as_ref().is_some_and(Option::is_none);
        index::Listed::new(shown, record.flatten().as_deref())
    });
    let stories = stories.collect();
    let overview = site.overview(&holding);
    let list = index::List {
        asked: &asked,
        unclear,
        stories,
        total,
        holds: (overview.reports, holding.stories.len()),
        lost: holding.lost,
        page: (page, total.div_ceil(per_page).max(1)),
        outlets: overview.outlets.iter().take(OUTLETS).map(String::as_str).collect(),
    };
    let page = reply(site, Part::Stories, "Stories", &index::page(&list))?;
    Ok(Reply { is_early, ..page })
}

fn chosen<'a>(site: &Site, holding: &'a Holding, asked: &index::Asked) -> Result<Vec<&'a Shown>, Problem> {
    fn some(text: &str) -> Option<&str> {
        Some(text).filter(|t| !t.is_empty())
    }
    let day = |text: &str| -> Result<Option<Day>, Problem> {
        let read = |t: &str| t.parse().map_err(|_| Problem::new(400, format!("“{t}” is no day: write 2031-05-06")));
        some(text).map(read).transpose()
    };
    let filter = ask::Filter {
        words: some(&asked.words),
        outlet: some(&asked.outlet),
        person: some(&asked.person),
        after: day(&asked.after)?,
        before: day(&asked.before)?,
    };
    Ok(ask::chosen(site, holding, &filter)?.0)
}

fn one_story(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let holding = site.now();
    let (shown, brief) = ask::story(&holding, id(given))?;
    let desk = Desk::on_site(&brief, &shown.id);
    let since = given.text("since").and_then(|time| {
        let changes = of_story(&holding, &shown.id, time)?;
        Some(since::Since { time: time.to_owned(), changes })
    });
    let decisions = decided(site, &holding)?;
    let others = others(site, &holding, shown);
    let writing = decide::Writing { token: site.token(), decisions: &decisions };
    let view = story::View {
        id: &shown.id,
        zoom: given.text("zoom").and_then(story::Zoom::of),
        since: since.as_ref(),
        kept_at: &shown.kept_at,
        decide: &decide::OfStory { writing, others: &others },
    };
    reply(site, Part::Stories, &desk.headline().unwrap_or_default(), &story::page(&desk, &view))
}

/// Returns the decisions that hold.
fn decided(site: &Site, holding: &Holding) -> Result<Vec<Decision>, Problem> {
    Ok(as_now(holding, Archive::open(site.shelf().folder())?.decisions(|_| true)?))
}

/// Has decisions name reports by the ids that these have now.
fn as_now(holding: &Holding, mut all: Vec<Decision>) -> Vec<Decision> {
    let now: BTreeMap<i64, _> = holding.decisions.iter().map(|d| (d.line as i64, d)).collect();
    for decision in &mut all {
        let now = now.get(&decision.seq).into_iter();
        now.for_each(|now| (decision.a, decision.b) = (now.a.clone(), now.b.clone()));
    }
    all
}

/// Stories offered as the same.
const OFFERED: usize = 40;

/// Returns the stories nearest in time to one: id and headline.
fn others<'h>(site: &Site, holding: &'h Holding, shown: &Shown) -> Vec<(&'h str, &'h str)> {
    let ends = overview::ends(shown);
    let apart = |other: Option<(i64, i64)>| -> Option<i64> {
        let ((first, last), (from, to)) = (ends?, other?);
        Some((from - last).max(first - to).max(0))
    };
    let all = site.overview(holding);
    let rest = holding.stories.iter().zip(&all.ends).enumerate();
    let rest = rest.filter(|(_, (other, _))| other.id != shown.id && !other.title.is_empty());
    let mut near: Vec<(i64, usize)> = rest.map(|(n, (_, ends))| (apart(*ends).unwrap_or(i64::MAX), n)).collect();
    if near.len() > OFFERED {
        near.select_nth_unstable(OFFERED);
        near.truncate(OFFERED);
    }
    near.sort_unstable();
    near.into_iter().map(|(_, n)| (holding.stories[n].id.as_str(), holding.stories[n].title.as_str())).collect()
}

fn one_report(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let holding = site.now();
    let (shown, brief) = ask::story(&holding, id(given))?;
    let desk = Desk::on_site(&brief, &shown.id);
    let number = report::number(&desk, id(given)).ok_or_else(|| Problem::missing("such report"))?;
    let decisions = decided(site, &holding)?;
    let writing = decide::Writing { token: site.token(), decisions: &decisions };
    reply(site, Part::Stories, &report::title(&desk, number), &report::page(&desk, number, &shown.id, &writing))
}

fn one_name(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let holding = site.now();
    let (shown, brief) = ask::story(&holding, id(given))?;
    let wanted = given.text("entity").unwrap_or_default();
    let entity = brief.record.entities.iter().position(|e| e.id.to_string() == wanted);
    let entity =
        entity.ok_or_else(|| Problem::missing("such name in this story: it may have been joined with another"))?;
    bearer(site, shown, &brief, entity)
}

/// Shows who bears a name; a name that several bear leads to the first, and each of their pages has the others.
fn called(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let holding = site.now();
    let (shown, brief) = ask::story(&holding, id(given))?;
    let name = given.text("called").unwrap_or_default();
    let entity = bearers(&brief, name).into_iter().next();
    let entity = entity
        .or_else(|| brief.record.entities.iter().position(|e| e.name == name || e.aliases.iter().any(|a| a == name)));
    bearer(site, shown, &brief, entity.ok_or_else(|| Problem::missing("such name in this story"))?)
}

fn bearer(site: &Site, shown: &Shown, brief: &Brief, entity: usize) -> Result<Reply, Problem> {
    let desk = Desk::on_site(brief, &shown.id);
    let decisions = Archive::open(site.shelf().folder())?.decisions(|_| true)?;
    let writing = decide::Writing { token: site.token(), decisions: &decisions };
    reply(site, Part::Stories, &desk.name(entity), &name::page(&desk, entity, &shown.id, &writing))
}

/// The latest stories with their records, as many as can be compiled at once.
struct Latest {
    records: Vec<(Shown, Arc<Brief>)>,
    of: usize,
}

impl Latest {
    fn of(holding: &Holding) -> Latest {
        let (mut reports, mut records) = (0, Vec::new());
        for shown in &holding.stories {
            if reports > 0 && reports + shown.reports > LOOKED_AT {
                break;
            }
            reports += shown.reports;
            records.extend(holding.story(&shown.id).map(|brief| (shown.clone(), brief)));
        }
        Latest { records, of: holding.stories.len() }
    }

    fn desks(&self) -> Vec<(&Shown, Desk<'_>)> {
        self.records.iter().map(|(shown, brief)| (shown, Desk::on_site(brief, &shown.id))).collect()
    }

    fn looked(&self) -> tables::Looked {
        tables::Looked { stories: self.records.len(), of: self.of }
    }
}

fn figures(site: &Site, _: &Given) -> Result<Reply, Problem> {
    let latest = Latest::of(&site.now());
    let desks = latest.desks();
    let told: Vec<tables::Told> = desks.iter().map(|(shown, desk)| tables::Told { shown, desk }).collect();
    reply(site, Part::Figures, "Figures", &tables::figures(&told, latest.looked()))
}

fn all_due(site: &Site, _: &Given) -> Result<Reply, Problem> {
    let holding = site.now();
    let latest = Latest::of(&holding);
    let as_of = holding.stories.iter().filter_map(|s| s.last).max();
    let desks = latest.desks();
    let told = desks.iter().map(|(shown, desk)| (tables::Told { shown, desk }, due(desk.brief, as_of)));
    reply(site, Part::Due, "What is due", &tables::due(&told.collect::<Vec<_>>(), as_of, latest.looked()))
}

fn rows(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let archive = Archive::open(site.shelf().folder())?;
    let head = archive.head()?;
    let last = head.as_ref().map_or(0, |(seq, _)| *seq);
    let after = given.number("after").map_or((last - ROWS).max(0), |n| n as i64);
    let rows = archive.rows_after(after, ROWS as usize)?;
    let end = rows.last().map_or(after, |row| row.seq);
    let mut tally = Tally::default();
    archive.ledger(None, |row| tally.add(row.outcome))?;
    let mut reports: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for (seq, _, part) in archive.parts(after)?.into_iter().take_while(|(seq, ..)| *seq <= end) {
        reports.entry(seq).or_default().push(part.id);
    }
    let runs = archive.additions()?;
    let page = ledger::Page {
        tally: &tally,
        rows: &rows,
        reports,
        runs: &runs,
        earlier: (after > 0).then(|| (after - ROWS).max(0)),
        later: (end < last).then_some(end),
        head: head.as_ref().map(|(_, hash)| hash.as_str()),
    };
    reply(site, Part::Ledger, "Ledger", &ledger::page(&page))
}

fn decisions(site: &Site, _: &Given) -> Result<Reply, Problem> {
    let archive = Archive::open(site.shelf().folder())?;
    let holding: Vec<i64> = archive.decisions(|_| true)?.iter().map(|d| d.seq).collect();
    let all = as_now(&site.now(), archive.all_decisions()?);
    let writing = decide::Writing { token: site.token(), decisions: &[] };
    reply(site, Part::Ledger, "What people decided", &ledger::decisions(&all, &holding, &writing))
}

fn find(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let asked = given.text("q").unwrap_or_default().trim().to_owned();
    let (page, per_page) = (given.number("page").unwrap_or(1), PER_PAGE as usize);
    let holding = site.now();
    let (answer, unclear) = match ask::parse(&asked) {
        _ if asked.is_empty() => (None, None),
        Ok(query) => {
            let wanted = Wanted {
                query,
                offset: (page - 1) * per_page,
                limit: per_page,
                facets: true,
                rows: None,
                kept_by: None,
            };
            (Some(site.searcher().search(&wanted)?), None)
        }
        Err(problem) => (None, Some(problem.detail)),
    };
    let stories = answer.iter().flat_map(|a| &a.found).map(|f| holding.story_of_report(&f.hit.id)).collect();
    let total = answer.as_ref().map_or(0, |a| a.total);
    let page = search::Page {
        asked: &asked,
        answer: answer.as_ref(),
        stories,
        unclear,
        page: (page, total.div_ceil(per_page).max(1)),
    };
    let title = if asked.is_empty() { "Search".to_owned() } else { format!("{asked} – search") };
    reply(site, Part::Search, &title, &search::page(&page))
}
