//! What a person decided about names, stories, copies and speakers, and what came of it. A decision always wins over what the reports
//! suggest; [`super::names`], [`mod@super::regroup`] and [`super::speakers`] carry it out.

use super::RowId;

/// What was decided of two names, of two reports, or of a statement and a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The names are one's; the first report is taken from the second.
    Same,
    /// They are two's; neither report is taken from the other.
    NotSame,
    /// The stories of the two reports are one.
    Merge,
    /// The first report belongs to another story than the second.
    Split,
    /// The statement was said by whoever the second is.
    SaidBy,
    /// It was not.
    NotSaidBy,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 6] =
        [Verdict::Same, Verdict::NotSame, Verdict::Merge, Verdict::Split, Verdict::SaidBy, Verdict::NotSaidBy];

    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::NotSame => "not-same",
            Verdict::Merge => "merge",
            Verdict::Split => "split",
            Verdict::SaidBy => "said-by",
            Verdict::NotSaidBy => "not-said-by",
        }
    }
}

/// What a decision is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// Whether two names are one's.
    Names,
    /// Whether a report is taken from another.
    Copies,
    /// Whether two reports belong to one story.
    Stories,
    /// Who said a statement.
    Speakers,
}

impl Subject {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Names => "names",
            Subject::Copies => "copies",
            Subject::Stories => "stories",
            Subject::Speakers => "speakers",
        }
    }
}

/// A decision as written down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// Its line in the file, or its number in the archive, from 1.
    pub line: usize,
    /// What was decided.
    pub verdict: Verdict,
    /// One of the two: a name as printed or an entity's id; of stories and copies a report's id or its beginning;
    /// of a speaker the id of the statement, `@` and that of its report behind it if that is known.
    pub a: String,
    /// The other.
    pub b: String,
    /// Who decided.
    pub by: Option<String>,
    /// When, as written.
    pub when: Option<String>,
    /// Why.
    pub why: Option<String>,
}

impl Decision {
    /// Returns what it is about: two that look like ids of reports are reports, any others are names.
    pub fn subject(&self) -> Subject {
        match self.verdict {
            Verdict::Merge | Verdict::Split => Subject::Stories,
            Verdict::SaidBy | Verdict::NotSaidBy => Subject::Speakers,
            Verdict::Same | Verdict::NotSame if is_report_id(&self.a) && is_report_id(&self.b) => Subject::Copies,
            Verdict::Same | Verdict::NotSame => Subject::Names,
        }
    }

    /// Returns who decided, when and why: ", says Ann Lund, 2024-03-05: the same passport".
    pub fn told(&self) -> String {
        let by = self.by.as_ref().map(|by| format!(", says {by}")).unwrap_or_default();
        let when = self.when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
        let why = self.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        format!("{by}{when}{why}")
    }
}

/// Digits of a report's id that must be given at least, where a name could be given as well.
const LEAST_DIGITS: usize = 4;

/// Says whether words look like a report's id or the beginning of one: small hexadecimal digits, not letters alone, so that
/// no name is taken for one.
pub fn is_report_id(words: &str) -> bool {
    let is_digit = |b: u8| b.is_ascii_digit() || matches!(b, b'a'..=b'f');
    (LEAST_DIGITS..=32).contains(&words.len())
        && words.bytes().all(is_digit)
        && words.bytes().any(|b| b.is_ascii_digit())
}

/// What came of a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// It holds.
    Holds,
    /// No report has one of its names, or is the one that it names; it will hold when one is.
    Waits,
    /// A later decision says otherwise.
    Overruled,
    /// It cannot be: a name parted from itself, or from a name that cannot be told from it in one report.
    Impossible,
}

/// A decision and what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ruling {
    /// The decision.
    pub decision: Decision,
    /// What came of it.
    pub effect: Effect,
    /// What a person should know of that; empty if it simply holds.
    pub note: String,
    /// Whom it speaks of: indices into [`Record::entities`](crate::record::Record::entities), sorted, each once.
    pub entities: Vec<usize>,
    /// The reports that it names, in its order: indices into [`Record::members`](crate::record::Record::members). None if
    /// it names none, or one of them is not there.
    pub reports: Vec<usize>,
    /// The statements that it holds for.
    pub statements: Vec<RowId>,
}

impl Ruling {
    /// Returns what came of a decision, with nothing to note.
    pub(crate) fn of(decision: &Decision, effect: Effect) -> Ruling {
        let decision = decision.clone();
        Ruling {
            decision,
            effect,
            note: String::new(),
            entities: Vec::new(),
            reports: Vec::new(),
            statements: Vec::new(),
        }
    }

    /// Says whether it is about copies and holds.
    pub fn is_of_copies(&self) -> bool {
        self.effect == Effect::Holds && self.decision.subject() == Subject::Copies && self.reports.len() == 2
    }
}
