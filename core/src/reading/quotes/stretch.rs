//! How far what was said reaches: where content ends, and where the next clause begins.

use super::attribute::Reader;
use super::clause::Tag;
use super::silences::Silence;
use crate::lang::en::speech::{self, Class, Form};
use crate::reading::syntax::Relation;

impl Reader<'_, '_> {
    /// Says whether the sentence goes on behind a quotation as part of what was said.
    pub(super) fn goes_on(&self, at: usize, end: usize) -> bool {
        let page = self.page;
        if at >= end {
            return false;
        }
        let stopped = page.tag(at - 1) == Tag::Quote && at >= 2 && matches!(page.tag(at - 2), Tag::Stop | Tag::Comma);
        if stopped {
            return false;
        }
        match page.tag(at) {
            Tag::Class(Class::Conjunction) => {
                at + 1 < end
                    && (self.is_that(at + 1) || page.tag(at + 1) == Tag::Quote || page.is(at + 1, Class::Auxiliary))
            }
            Tag::Class(Class::Auxiliary) => true,
            Tag::Class(Class::Preposition) => {
                !matches!(page.lower(at), "in" | "on" | "during" | "after" | "before" | "at")
            }
            Tag::Word => speech::verb(page.lower(at)).is_none(),
            Tag::Capital => true,
            _ => false,
        }
    }

    /// Returns where content that begins at `start` ends: the line's end, or where another attribution begins.
    pub(super) fn content_end(&self, start: usize, end: usize, cue: usize) -> usize {
        let page = self.page;
        let mut close = end;
        let later = self.cues.get(cue.saturating_add(1)..).unwrap_or_default();
        for next in later.iter().filter(|c| c.words.start > start) {
            let at = next.start();
            let Some(before) = at.checked_sub(1).filter(|&b| b > start) else { continue };
            let joined = page.is(before, Class::Conjunction)
                || matches!(page.lower(before), "while" | "whereas" | "though" | "although" | "as");
            let quoted = page.tag(before) == Tag::Quote && matches!(page.tag(before - 1), Tag::Comma | Tag::Stop);
            let comma = page.tag(before) == Tag::Comma || quoted;
            let breaks = match next.form {
                Form::Ing => comma || page.tag(before) == Tag::Dash || joined && page.tag(before - 1) == Tag::Comma,
                // "While denying the charge, Lund said …"
                _ if self.fronts(cue) && next.subject.is_some() => comma,
                _ if next.subject.is_none() => joined,
                _ => {
                    joined && matches!(page.tag(before - 1), Tag::Comma | Tag::Dash)
                        || page.tag(before) == Tag::Semicolon
                }
            };
            if breaks {
                close = close.min(if quoted { before + 1 } else { before });
                break;
            }
        }
        // "Lund said the gate held but declined to say for how long": what is not said is no content.
        let silent = |s: &Silence| {
            let before = (start + 1..s.cue.start).rev().find(|&n| !page.is(n, Class::Adverb))?;
            page.is(before, Class::Conjunction).then_some(before).filter(|_| s.cue.start > start)
        };
        if let Some(at) = self.silences.iter().find_map(silent) {
            close = close.min(at);
        }
        // "While Lund said the gate held, Roe called it …": the clause that a cue heads ends where its main clause goes on.
        if let Some(own) = self.cues.get(cue) {
            let (verb, close_of) = (page.node(own.after - 1), page.node(close));
            let nodes = page.syntax.subtree(verb);
            let sub = page.syntax.nodes.get(verb).is_some_and(|v| {
                let fronted = v.relation == Relation::Advcl && v.head.is_some_and(|h| h as usize > verb);
                fronted || v.relation == Relation::AclRelcl
            });
            if sub && nodes.end < close_of && nodes.end > page.node(start) {
                close = close.min(page.words.inside(page.syntax.nodes[nodes.end].span).start).max(start + 1);
            }
        }
        let according = (start..close).find(|&n| {
            page.lower(n) == "according" && page.marks.of(n).is_none() && n > start && page.tag(n - 1) == Tag::Comma
        });
        let close = according.unwrap_or(close);
        // “…”, and she left: behind the quotation the reporter goes on.
        let reporter = (start + 1..close.saturating_sub(2)).find(|&n| {
            page.tag(n) == Tag::Comma
                && page.tag(n - 1) == Tag::Quote
                && matches!(page.lower(n + 1), "and" | "but")
                && matches!(page.lower(n + 2), "he" | "she" | "they")
        });
        self.trim_end(start, reporter.unwrap_or(close))
    }

    /// Says whether a cue is a participle at the front of its line.
    pub(super) fn fronts(&self, cue: usize) -> bool {
        self.cues.get(cue).is_some_and(|c| c.form == Form::Ing && c.words.start <= self.line.tokens.start + 1)
    }

    /// Takes marks and joining words off the end.
    pub(super) fn trim_end(&self, start: usize, end: usize) -> usize {
        let page = self.page;
        let mut end = end;
        while end > start
            && (matches!(page.tag(end - 1), Tag::Comma | Tag::Stop | Tag::Semicolon | Tag::Colon | Tag::Dash)
                || page.is(end - 1, Class::Conjunction))
        {
            end -= 1;
        }
        end
    }

    pub(super) fn end_of_line(&self) -> usize {
        self.line.tokens.end
    }

    pub(super) fn is_joint(&self, n: usize) -> bool {
        let class = matches!(self.page.tag(n), Tag::Class(Class::Conjunction | Class::Adverb))
            || self.page.tag(n) == Tag::Comma;
        class || matches!(self.page.tag(n), Tag::Other | Tag::Dash | Tag::Opens)
    }

    pub(super) fn skip_marks(&self, at: usize) -> usize {
        let end = self.end_of_line();
        (at..end).find(|&n| !matches!(self.page.tag(n), Tag::Comma | Tag::Colon | Tag::Dash | Tag::Stop)).unwrap_or(end)
    }

    /// Returns where the clause that ends before `at` begins.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        self.clause_start_from(self.used).min(at)
    }

    /// Skips joining words and marks behind what is used already.
    pub(super) fn clause_start_from(&self, from: usize) -> usize {
        let end = self.end_of_line();
        (from..end)
            .find(|&n| {
                let mark = matches!(self.page.tag(n), Tag::Comma | Tag::Semicolon | Tag::Stop | Tag::Dash | Tag::Colon);
                !mark && !self.page.is(n, Class::Conjunction) && !matches!(self.page.lower(n), "while" | "whereas")
            })
            .unwrap_or(end)
    }
}
