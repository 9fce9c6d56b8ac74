//! A small invented record made by hand, so that what is shown can be tested without the stages that find it.

use crate::app::brief::{Brief, Entry};
use crate::app::intake::Outcome;
use annals_core::link::{CopyKind, CopyOf, Links, Origin, Shared};
use annals_core::reading::{
    Certainty, Event, Figure, Modifier, NameKind, Reading, Speech, Statement, Status, Voice, words,
};
use annals_core::record::{
    Bounds, Cite, Difference, Entity, EventRow, Evidence, FigureRow, Line, Matter, Member, Outcome as Came, Party,
    Record, Relation, RowId, StatementRow, Step, Story, Support,
};
use annals_core::report::{Basis, Published, Report, Rival, Source};
use annals_core::text::{PartKind, Span, Text};
use annals_core::when::{Day, When};
use jiff::civil::date;

/// Returns a strike told by a wire, its copy, and a local paper that counts otherwise and is undated.
pub(super) fn brief() -> Brief {
    let wire = "Ferry crews walked out on Monday over rosters. The company said that 60 crew members took part.";
    let mut members = vec![
        member("North Wire", Some(date(2024, 3, 4)), "Ferry crews walk out", wire),
        member("Sound Post", Some(date(2024, 3, 5)), "Ferries stand still", wire),
        member(
            "Tolm Mirror",
            None,
            "Crews count 71",
            "“We counted 71 of us,” Oda Brenn said. Talks planned for Thursday were called off on Wednesday. The mayor promised a new roster by March 20.",
        ),
    ];
    members[2].report.published = Some(Published {
        when: When::between(date(2024, 3, 6), date(2024, 3, 7)),
        basis: Basis::Inferred,
        evidence: Vec::new(),
        ground: "it tells of Wednesday’s end of the talks".into(),
        rivals: vec![Rival { value: "2021-01-01".into(), why: "the page’s year of copyright".into() }],
    });
    let monday = When::day(date(2024, 3, 4));
    for copy in &mut members[..2] {
        figure(copy, "60", 60.0, "crew members", &monday);
        event(copy, "walked out", "Ferry crews walked out on Monday over rosters", Status::Held, &monday);
    }
    figure(&mut members[2], "71", 71.0, "of us", &monday);
    statement(&mut members[2], "We counted 71 of us", "Oda Brenn");
    let thursday = When::day(date(2024, 3, 7));
    event(
        &mut members[2],
        "called off",
        "Talks planned for Thursday were called off on Wednesday",
        Status::CalledOff,
        &thursday,
    );
    event(
        &mut members[2],
        "promised",
        "The mayor promised a new roster by March 20",
        Status::Planned,
        &When::day(date(2024, 3, 20)),
    );
    let events =
        vec![event_row(&members, &[(0, 0), (1, 0)]), event_row(&members, &[(2, 0)]), event_row(&members, &[(2, 1)])];
    let figures: Vec<FigureRow> = (0..3).map(|report| figure_row(&members, report)).collect();
    let difference = Difference {
        kind: Matter::Figure,
        rows: vec![figures[0].id, figures[2].id],
        relation: Relation::Contradict,
        note: "North Wire has 60 crew members on 4 March 2024, Tolm Mirror 71.".into(),
        evidence: Evidence::of([figures[0].evidence.cites()[0], figures[2].evidence.cites()[0]]).unwrap(),
    };
    let speaker = Entity {
        id: RowId::new('n', members[2].report.id, find(&members[2], "Oda Brenn"), ""),
        kind: NameKind::Person,
        name: "Oda Brenn".into(),
        aliases: vec!["Brenn".into(), "Oda Brenn".into()],
        roles: vec!["crew spokeswoman".into()],
        mentions: Vec::new(),
        grounds: Vec::new(),
        evidence: Evidence::one(2, find(&members[2], "Oda Brenn")),
    };
    let said = members[2].reading.statements[0].content[0];
    let statements = vec![StatementRow {
        id: RowId::new('s', members[2].report.id, said, ""),
        report: 2,
        statement: 0,
        content: said,
        speaker: Some(0),
        decided: None,
        utterance: RowId::new('u', members[2].report.id, said, ""),
        support: Support { reports: 1, outlets: 1, origins: 1, bounds: Bounds::sure(1) },
        evidence: Evidence::one(2, members[2].reading.statements[0].passage),
    }];
    let line = |e: &EventRow| Line {
        when: e.when.clone(),
        row: e.id,
        line: e.label,
        origins: e.support.origins,
        bounds: e.support.bounds,
    };
    let stories = vec![Story {
        id: RowId::new('t', members[0].report.id, find(&members[0], "Ferry crews walk out"), ""),
        title: Cite { report: 0, span: find(&members[0], "Ferry crews walk out") },
        reports: vec![0, 1, 2],
        origins: 2,
        bounds: Bounds::sure(2),
        first: Some(date(2024, 3, 4)),
        last: Some(date(2024, 3, 7)),
        timeline: events.iter().take(2).map(line).collect(),
        summary: vec![Cite { report: 0, span: find(&members[0], "Ferry crews walked out on Monday over rosters.") }],
    }];
    let shared = find(&members[0], wire);
    let there = find(&members[1], wire);
    let links = Links {
        copies: vec![CopyOf {
            report: 1,
            of: Some(0),
            origin: Some("North Wire".into()),
            kind: CopyKind::Exact,
            containment: Some(994),
            certain: true,
            decided: false,
            passages: vec![Shared { here: there, there: shared }],
            credits: Vec::new(),
        }],
        origins: vec![
            Origin { label: Some("North Wire".into()), reports: vec![0, 1], parts: Vec::new() },
            Origin { label: None, reports: vec![2], parts: Vec::new() },
        ],
        doubts: Vec::new(),
        stories: vec![vec![0, 1, 2]],
    };
    let ledger = vec![
        entry("a.txt", Outcome::Kept, vec![0, 1, 2], ""),
        entry("b\u{1b}[31m.png", Outcome::Refused, vec![], "a picture, not text"),
    ];
    let record = Record {
        members,
        links,
        entities: vec![speaker],
        statements,
        events,
        figures,
        differences: vec![difference],
        stories,
        rulings: Vec::new(),
    };
    Brief { record, as_of: None, ledger }
}

fn entry(path: &str, outcome: Outcome, reports: Vec<usize>, reason: &str) -> Entry {
    Entry { source: Source { path: path.into(), record: None }, outcome, reports, reason: reason.into() }
}

fn member(outlet: &str, day: Option<Day>, title: &str, body: &str) -> Member {
    let text = Text::from_paragraphs([(PartKind::Title, title), (PartKind::Body, body)]);
    let mut report = Report::new(Source { path: format!("{outlet}.txt"), record: None }, text);
    report.outlet = Some(outlet.into());
    report.language = Some("en".into());
    report.published = day.map(|day| Published {
        when: When::day(day),
        basis: Basis::Stated,
        evidence: Vec::new(),
        ground: "in the dateline".into(),
        rivals: Vec::new(),
    });
    let reading = Reading { words: words::split(&report.text), ..Reading::default() };
    Member { report: report.seal(), reading }
}

fn find(member: &Member, words: &str) -> Span {
    let text = &member.report.text;
    let at = text.as_str().find(words).unwrap();
    text.span(at, at + words.len()).unwrap()
}

/// Returns the sentence at a byte.
fn sentence(member: &Member, at: usize) -> Span {
    let words = &member.reading.words;
    words.sentences[words.sentence_at(at).unwrap()].span
}

fn figure(member: &mut Member, number: &str, value: f64, what: &str, as_of: &When) {
    let span = find(member, number);
    let figure = Figure {
        span,
        value,
        low: value,
        high: value,
        modifier: Modifier::Exactly,
        unit: Some("people".into()),
        thing: None,
        what: Some(find(member, what)),
        head: None,
        place: None,
        as_of: Some(as_of.clone()),
        according_to: None,
        voice: Voice::Outlet,
        passage: sentence(member, span.start()),
    };
    member.reading.figures.push(figure);
}

fn statement(member: &mut Member, content: &str, source: &str) {
    let content = find(member, content);
    let statement = Statement {
        content: vec![content],
        source: Some(find(member, source)),
        cue: Some(find(member, "said")),
        kind: Speech::Direct,
        act: annals_core::reading::Act::Said,
        within: None,
        speaker: None,
        ground: None,
        said: None,
        to: None,
        passage: sentence(member, content.start()),
    };
    member.reading.statements.push(statement);
}

fn event(member: &mut Member, trigger: &str, label: &str, status: Status, when: &When) {
    let label = find(member, label);
    let event = Event {
        trigger: find(member, trigger),
        kind: "other",
        head: trigger.into(),
        label,
        participants: Vec::new(),
        place: None,
        when: Some(when.clone()),
        due: if status == Status::Planned { Some(when.clone()) } else { None },
        was: None,
        status,
        as_of: None,
        future: status == Status::Planned,
        certainty: Certainty::Certain,
        negated: false,
        voice: Voice::Outlet,
        passage: sentence(member, label.start()),
    };
    member.reading.events.push(event);
}

fn event_row(members: &[Member], tellings: &[(usize, usize)]) -> EventRow {
    let told = |&(r, n): &(usize, usize)| &members[r].reading.events[n];
    let (report, first) = (tellings[0].0, told(&tellings[0]));
    let evidence = Evidence::of(tellings.iter().map(|t| Cite { report: t.0, span: told(t).passage })).unwrap();
    let step = |status, day| Step { status, as_of: Some(When::day(day)), evidence: evidence.clone() };
    let history = match first.status {
        Status::CalledOff => vec![step(Status::Planned, date(2024, 3, 4)), step(Status::CalledOff, date(2024, 3, 6))],
        status => vec![step(status, date(2024, 3, 4))],
    };
    EventRow {
        id: RowId::new('e', members[report].report.id, first.label, ""),
        kind: first.kind,
        label: Cite { report, span: first.label },
        participants: Vec::new(),
        place: None,
        when: first.when.clone(),
        status: first.status,
        history,
        due: first.due.clone(),
        outcome: first.due.as_ref().map(|_| Came::Open),
        tellings: tellings.to_vec(),
        support: Support {
            reports: tellings.len() as u32,
            outlets: tellings.len() as u32,
            origins: 1,
            bounds: Bounds::sure(1),
        },
        evidence,
    }
}

fn figure_row(members: &[Member], report: usize) -> FigureRow {
    let figure = &members[report].reading.figures[0];
    FigureRow {
        id: RowId::new('f', members[report].report.id, figure.span, ""),
        report,
        figure: 0,
        series: RowId::new('q', members[0].report.id, members[0].reading.figures[0].span, ""),
        according_to: (report == 2).then_some(Party::Entity(0)),
        follows: None,
        support: Support { reports: 1, outlets: 1, origins: 1, bounds: Bounds::sure(1) },
        evidence: Evidence::one(report, figure.passage),
    }
}
