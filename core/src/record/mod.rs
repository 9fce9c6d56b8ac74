//! What the reports say together: rows with evidence, compared, supported, put in order.
//!
//! [`compile`] calls the parts in a fixed order. A row cannot be built without evidence, and everything it prints is a
//! passage of a report: lines and labels are [`Cite`]s, not strings.

mod accounts;
pub mod check;
pub mod collation;
pub mod commitments;
pub mod dating;
mod decided;
pub mod differences;
pub mod doers;
pub mod events;
pub mod evidence;
pub mod figures;
mod grouping;
mod kept;
pub mod names;
mod regroup;
pub mod revisions;
mod sentences;
mod speakers;
pub mod statements;
pub mod timeline;
pub mod turns;
mod versions;
mod wholes;
pub mod wording;

use crate::link::{Article, Links, link};
use crate::reading::{EventKind, NameKind, Reading, Status};
use crate::report::Report;
use crate::text::{PartKind, Span};
use crate::when::{Day, When};

pub use decided::{Decision, Effect, Ruling, Subject, Verdict, is_report_id};
pub use evidence::{Bounds, Cite, Evidence, RowId, Support};
pub use grouping::Grouping;
pub use regroup::{Grouped, is_of_reports, regroup, regroup_kept};
pub use speakers::{DecidedSpeaker, is_statement_id, place, statement_ids};

/// A report and what it says.
#[derive(Clone, Debug)]
pub struct Member {
    /// The report.
    pub report: Report,
    /// What it says.
    pub reading: Reading,
}

/// Somebody or something, named in one report or more.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its id.
    pub id: RowId,
    /// What it is.
    pub kind: NameKind,
    /// Its canonical name: the fullest and commonest form as printed.
    pub name: String,
    /// Every form as printed, sorted, each once.
    pub aliases: Vec<String>,
    /// Its roles as printed, sorted, each once.
    pub roles: Vec<String>,
    /// Where it is named or meant.
    pub mentions: Vec<Cite>,
    /// Why forms were joined, in plain words; one line a join.
    pub grounds: Vec<String>,
    /// One passage for each form.
    pub evidence: Evidence,
}

/// Who a figure rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Party {
    /// An entity: index into [`Record::entities`].
    Entity(usize),
    /// Words as printed.
    Words(Cite),
}

/// One stretch of what somebody said, in one report.
#[derive(Clone, Debug)]
pub struct StatementRow {
    /// Its id.
    pub id: RowId,
    /// The report: index into [`Record::members`].
    pub report: usize,
    /// The statement: index into the report's [`Reading::statements`].
    pub statement: usize,
    /// This stretch of its content.
    pub content: Span,
    /// Who said it: index into [`Record::entities`].
    pub speaker: Option<usize>,
    /// What a person decided of that: then `speaker` is theirs.
    pub decided: Option<DecidedSpeaker>,
    /// Shared by the versions of one utterance in different reports.
    pub utterance: RowId,
    /// How many carry this utterance.
    pub support: Support,
    /// The passage.
    pub evidence: Evidence,
}

/// A step in the life of an event.
#[derive(Clone, Debug)]
pub struct Step {
    /// How things stood.
    pub status: Status,
    /// When that was so: the day it is told of, else the day of the report.
    pub as_of: Option<When>,
    /// The passages.
    pub evidence: Evidence,
}

/// What came of a promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It was done.
    Kept,
    /// A report says that it was not.
    Missed,
    /// Nothing is known.
    Open,
}

/// An event, as all reports tell it.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// Its id.
    pub id: RowId,
    /// What it is.
    pub kind: EventKind,
    /// The clause that names it best.
    pub label: Cite,
    /// Who takes part: indices into [`Record::entities`], sorted, each once.
    pub participants: Vec<usize>,
    /// Where: index into [`Record::entities`].
    pub place: Option<usize>,
    /// When, as narrowly as the reports that agree allow.
    pub when: Option<When>,
    /// The latest status.
    pub status: Status,
    /// How it came to that, in order of time.
    pub history: Vec<Step>,
    /// For what was promised: by when.
    pub due: Option<When>,
    /// For what was promised: what came of it.
    pub outcome: Option<Outcome>,
    /// The tellings joined here: (report, index into its [`Reading::events`]), sorted.
    pub tellings: Vec<(usize, usize)>,
    /// How many carry it.
    pub support: Support,
    /// The passages.
    pub evidence: Evidence,
}

/// What a figure is to the one before it in its series, in order of the days they hold for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Follows {
    /// A value that the series had before, given again.
    Repeated,
    /// Another value for a later day, or told as what it became.
    New,
    /// Another value for the same day by the same source in another report.
    Revision,
    /// Another value for the same day: counted by others or in another way.
    Other,
}

impl Follows {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Follows::Repeated => "repeated",
            Follows::New => "new",
            Follows::Revision => "revision",
            Follows::Other => "other",
        }
    }
}

/// A figure in one report.
#[derive(Clone, Debug)]
pub struct FigureRow {
    /// Its id.
    pub id: RowId,
    /// The report: index into [`Record::members`].
    pub report: usize,
    /// The figure: index into the report's [`Reading::figures`].
    pub figure: usize,
    /// Shared by the figures of one quantity.
    pub series: RowId,
    /// Whom it rests on.
    pub according_to: Option<Party>,
    /// What it is to the value before it in its series; none of the first, and of figures of no known day.
    pub follows: Option<Follows>,
    /// How many carry this value of this quantity.
    pub support: Support,
    /// The passage.
    pub evidence: Evidence,
}

/// What two rows differ in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Matter {
    /// A number.
    Figure,
    /// A day.
    Date,
    /// Whether it happened.
    Status,
    /// Who did it.
    Name,
}

/// How rows that differ relate.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Relation {
    /// They cannot both be right.
    Contradict,
    /// The later one tells what has changed since.
    Update,
    /// One is more exact than the other.
    Narrower,
}

/// Rows of independent reports that differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// In what.
    pub kind: Matter,
    /// The rows, earlier first.
    pub rows: Vec<RowId>,
    /// How they relate.
    pub relation: Relation,
    /// One plain sentence that says what differs.
    pub note: String,
    /// Both passages.
    pub evidence: Evidence,
}

/// A line of a story's timeline: a passage and the row it tells.
#[derive(Clone, Debug)]
pub struct Line {
    /// When.
    pub when: Option<When>,
    /// The event, statement or figure.
    pub row: RowId,
    /// The sentence or clause to print.
    pub line: Cite,
    /// How many independent origins carry it.
    pub origins: u32,
    /// The fewest and the most that may.
    pub bounds: Bounds,
}

/// A story: reports of one development.
#[derive(Clone, Debug)]
pub struct Story {
    /// Its id.
    pub id: RowId,
    /// The headline that stands for it.
    pub title: Cite,
    /// Its reports: indices into [`Record::members`], in order of time.
    pub reports: Vec<usize>,
    /// How many independent origins it has.
    pub origins: u32,
    /// The fewest and the most that it may have.
    pub bounds: Bounds,
    /// The earliest publication day.
    pub first: Option<Day>,
    /// The latest publication day.
    pub last: Option<Day>,
    /// What happened, in order of time.
    pub timeline: Vec<Line>,
    /// Three to six source sentences that tell it.
    pub summary: Vec<Cite>,
}

/// The sourced record of all reports given.
#[derive(Clone, Debug)]
pub struct Record {
    /// The reports, in the order given.
    pub members: Vec<Member>,
    /// How they relate.
    pub links: Links,
    /// People, organizations, places.
    pub entities: Vec<Entity>,
    /// Who said what.
    pub statements: Vec<StatementRow>,
    /// What happened.
    pub events: Vec<EventRow>,
    /// Figures.
    pub figures: Vec<FigureRow>,
    /// Where reports differ.
    pub differences: Vec<Difference>,
    /// The stories.
    pub stories: Vec<Story>,
    /// What came of each decision, in the order given.
    pub rulings: Vec<Ruling>,
}

impl Record {
    /// Returns the row of who tells the outlet what another is said to have said; none where the speaker told it.
    pub fn teller(&self, row: &StatementRow) -> Option<&StatementRow> {
        let number = self.members[row.report].reading.statements[row.statement].within?;
        // Rows stand in the order of reports and their statements.
        let from = self.statements.partition_point(|r| (r.report, r.statement) < (row.report, number));
        let stretches = self.statements[from..].iter().take_while(|r| (r.report, r.statement) == (row.report, number));
        stretches.clone().find(|r| r.content.contains(row.content)).or_else(|| stretches.clone().next())
    }
}

/// Links reports by what they say of themselves and each other: their text, day, outlet and credits.
pub fn links(reports: &[&Report]) -> Links {
    link(&articles(reports, &bodies(reports)))
}

/// Calls `look` with what linking looks at of a report.
pub fn as_article<T>(report: &Report, look: impl FnOnce(&Article<'_>) -> T) -> T {
    let bodies = bodies(&[report]);
    look(&articles(&[report], &bodies)[0])
}

/// Returns the stretches of article text of each report.
fn bodies(reports: &[&Report]) -> Vec<Vec<Span>> {
    let body = |r: &&Report| -> Vec<Span> {
        r.text.parts().iter().filter(|p| p.kind == PartKind::Body).map(|p| p.span).collect()
    };
    reports.iter().map(body).collect()
}

/// Returns what linking looks at.
fn articles<'a>(reports: &[&'a Report], bodies: &'a [Vec<Span>]) -> Vec<Article<'a>> {
    reports
        .iter()
        .zip(bodies)
        .map(|(r, body)| Article {
            day: r.when().map(When::to),
            title: r.title.as_deref().unwrap_or(""),
            text: r.text.as_str(),
            body,
            outlet: r.outlet.as_deref(),
            credit: &r.credit,
        })
        .collect()
}

/// Compiles the record of reports that were read and linked. Undated reports should have been dated before
/// ([`dating::infer`]) and read again.
pub fn compile(members: Vec<Member>, links: Links) -> Record {
    compile_with(members, links, &[])
}

/// Compiles like [`compile`], with what people decided.
pub fn compile_with(members: Vec<Member>, mut links: Links, decisions: &[Decision]) -> Record {
    let reports: Vec<&Report> = members.iter().map(|m| &m.report).collect();
    let regrouped = regroup(&reports, &mut links, decisions);
    compile_regrouped(members, links, decisions, regrouped)
}

/// Compiles like [`compile_with`] where copies and stories are as people decided them already; `regrouped` is what came of
/// that.
pub fn compile_regrouped(
    mut members: Vec<Member>,
    mut links: Links,
    decisions: &[Decision],
    regrouped: Vec<Ruling>,
) -> Record {
    regroup::measure(&members, &mut links);
    names::split(&mut members, decisions);
    let grouping = Grouping::of(&links, &members);
    let versions = versions::pairs(&members, &links);
    let mut cast = names::join(&members, &grouping, &versions, decisions);
    let (statements, said) = statements::rows((&members, &grouping), &cast, &versions, decisions);
    let mut events = events::rows(&members, &links, &grouping, &cast);
    commitments::settle(&members, &grouping, &cast, &mut events);
    let figures = figures::rows(&members, &grouping, &cast, &statements);
    let mut differences = differences::find(&members, &grouping, &cast, &events, &figures);
    differences.extend(doers::find(&members, &grouping, &cast, &events));
    let copied = timeline::copied(&links);
    differences.extend(turns::find(&members, &grouping, &copied, &events));
    differences.extend(accounts::find(&members, &grouping, &cast, &copied, &events));
    let stories = timeline::stories(&members, &links, &grouping, &statements, &events, &figures);
    let mut rulings = std::mem::take(&mut cast.rulings);
    rulings.extend(regrouped);
    rulings.extend(said);
    rulings.sort_by_key(|r| decisions.iter().position(|d| *d == r.decision));
    Record { members, links, entities: cast.entities, statements, events, figures, differences, stories, rulings }
}
