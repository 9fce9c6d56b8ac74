//! Dictionary forms: a table of forms, and for the rest the longest known ending. Both are learned from treebanks.
//!
//! A line is a Penn tag, a form and its lemma with tabs between; with a star before both it is a rule about endings
//! (`VBD *ied *y`: `carried`, `carry`).

use super::tags::Xpos;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Characters of the longest ending that a rule looks at.
pub const LONGEST_ENDING: usize = 5;

/// Forms and endings with what takes their place.
#[derive(Default)]
pub struct Lemmas<'t> {
    forms: BTreeMap<(Xpos, &'t str), &'t str>,
    endings: BTreeMap<(Xpos, &'t str), &'t str>,
}

impl<'t> Lemmas<'t> {
    /// Reads a table; a line that is none is left out.
    pub fn read(table: &'t str) -> Lemmas<'t> {
        let mut lemmas = Lemmas::default();
        for line in table.lines().filter(|l| !l.starts_with("# ")) {
            let mut fields = line.split('\t');
            let (Some(tag), Some(form), Some(lemma)) = (fields.next(), fields.next(), fields.next()) else { continue };
            let Some(tag) = Xpos::named(tag) else { continue };
            match (form.strip_prefix('*'), lemma.strip_prefix('*')) {
                (Some(ending), Some(instead)) => lemmas.endings.insert((kin(tag), ending), instead),
                _ => lemmas.forms.insert((tag, form), lemma),
            };
        }
        lemmas
    }

    /// Adds a form that the table does not have.
    pub fn add(&mut self, tag: Xpos, form: &'t str, lemma: &'t str) {
        self.forms.entry((tag, form)).or_insert(lemma);
    }

    /// Returns the lemma of a form as it stands in a text. Names keep their capitals.
    pub fn lemma<'a>(&self, form: &'a str, tag: Xpos) -> Cow<'a, str> {
        let folded = fold(form, tag);
        if let Some(lemma) = self.forms.get(&(tag, &*folded)) {
            return Cow::Owned((*lemma).to_owned());
        }
        let starts = folded.char_indices().rev().map(|(at, _)| at).take(LONGEST_ENDING);
        let mut found = None;
        for at in starts {
            if let Some(instead) = self.endings.get(&(kin(tag), &folded[at..])) {
                found = Some((at, *instead));
            }
        }
        match found {
            Some((at, instead)) => Cow::Owned(format!("{}{instead}", &folded[..at])),
            None => folded,
        }
    }
}

/// Returns the tag whose endings behave like those of a tag: past tense and past participle are one.
pub fn kin(tag: Xpos) -> Xpos {
    if tag == Xpos::Vbn { Xpos::Vbd } else { tag }
}

/// Returns a form in small letters, but for names, and with a plain apostrophe.
pub fn fold(form: &str, tag: Xpos) -> Cow<'_, str> {
    let is_name = matches!(tag, Xpos::Nnp | Xpos::Nnps);
    let is_plain = |c: char| c != '’' && (is_name || !c.is_uppercase());
    if form.chars().all(is_plain) {
        return Cow::Borrowed(form);
    }
    let form = form.replace('’', "'");
    Cow::Owned(if is_name { form } else { form.to_lowercase() })
}
