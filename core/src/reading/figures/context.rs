//! Around a figure: whose words it stands in, and where.

use super::line::Line;
use crate::reading::Voice;
use crate::reading::dates::TimeExpression;
use crate::reading::names::{NameKind, Names};
use crate::reading::quotes::Statement;
use crate::text::Span;
use crate::when::When;

/// What the report knows when its figures are read.
pub(super) struct Context<'a> {
    pub(super) names: &'a Names,
    pub(super) times: &'a [TimeExpression],
    pub(super) statements: &'a [Statement],
    pub(super) published: Option<&'a When>,
    /// The stretches of all statements' content by their start, with the statement's index.
    contents: Vec<(Span, usize)>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        names: &'a Names,
        times: &'a [TimeExpression],
        statements: &'a [Statement],
        published: Option<&'a When>,
    ) -> Context<'a> {
        // What stands in a refusal to speak is the outlet's.
        let each = statements.iter().enumerate().filter(|(_, s)| !s.act.is_silence());
        let mut contents: Vec<(Span, usize)> = each.flat_map(|(n, s)| s.content.iter().map(move |&c| (c, n))).collect();
        contents.sort_unstable();
        Context { names, times, statements, published, contents }
    }

    /// Returns the statement in whose words a figure stands: the innermost of those around it.
    pub(super) fn voice(&self, span: Span) -> Voice {
        let upto = self.contents.partition_point(|(c, _)| c.start() <= span.start());
        let holder = self.contents[..upto].iter().rev().take(6).find(|(c, _)| c.contains(span));
        holder.map_or(Voice::Outlet, |&(_, n)| Voice::Statement(n))
    }

    /// Returns the place named right behind or before the figure in its clause.
    pub(super) fn place(&self, line: &Line, from: usize, to: usize) -> Option<Span> {
        let end = (to..line.len().min(to + 14))
            .find(|&n| matches!(line.print(n), ";" | "." | "," | "“"))
            .unwrap_or((to + 14).min(line.len()));
        let within = line.cover(from, end.max(from + 1))?;
        let behind = self.names.inside(within).find(|m| self.names.names[m.name].kind == NameKind::Place && m.proper);
        let before = || {
            let opening = line.cover(0, from.min(4)).filter(|_| line.lower(0) == "in")?;
            self.names.inside(opening).find(|m| self.names.names[m.name].kind == NameKind::Place && m.proper)
        };
        behind.or_else(before).map(|m| m.span)
    }
}
