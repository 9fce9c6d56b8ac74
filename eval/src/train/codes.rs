//! Which clues get a row of numbers, which tags and moves there are: read off the training part.

use super::oracle;
use super::treebank::Sentence;
use annals_core::reading::syntax::clues::{self, KINDS};
use annals_core::reading::syntax::moves::{MOVES, Move, State};
use annals_core::reading::syntax::tags::{Upos, Xpos};
use std::collections::BTreeMap;

/// Least times that a form must stand in the training part to have a row of its own.
const LEAST_FORM: u32 = 2;
/// The same for ends and shapes.
const LEAST_PART: u32 = 4;
/// The same for a tag and for a move.
const LEAST_TAG: u32 = 10;
const LEAST_MOVE: u32 = 5;

/// Numbers of what the network sees and says.
pub(crate) struct Codes {
    /// Keys by row; the first are those of what is unknown, one a kind.
    pub(crate) keys: Vec<u32>,
    /// How often each row stands in the training part.
    pub(crate) counts: Vec<u32>,
    pub(crate) tags: Vec<(Upos, Xpos)>,
    /// Numbers of moves in rising order.
    pub(crate) moves: Vec<usize>,
    rows: BTreeMap<u32, u32>,
}

impl Codes {
    /// Reads them off sentences.
    pub(crate) fn learn(train: &[Sentence]) -> Codes {
        let mut seen: BTreeMap<(usize, u32), u32> = BTreeMap::new();
        let mut tags: BTreeMap<(Upos, Xpos), u32> = BTreeMap::new();
        for word in train.iter().flat_map(|s| &s.words) {
            for place in clues::keys(&word.form).into_iter().enumerate() {
                *seen.entry(place).or_default() += 1;
            }
            *tags.entry((word.upos, word.xpos)).or_default() += 1;
        }
        let mut codes = Codes {
            keys: (0..KINDS as u32).collect(),
            counts: vec![0; KINDS],
            tags: tags.iter().filter(|(_, n)| **n >= LEAST_TAG).map(|(t, _)| *t).collect(),
            moves: moves(train),
            rows: BTreeMap::new(),
        };
        for ((kind, key), count) in seen {
            let least = if kind == 0 { LEAST_FORM } else { LEAST_PART };
            if count >= least && !codes.rows.contains_key(&key) {
                codes.rows.insert(key, codes.keys.len() as u32);
                codes.keys.push(key);
                codes.counts.push(count);
            }
        }
        codes
    }

    /// Returns the rows of a word's clues.
    pub(crate) fn rows(&self, form: &str) -> [u32; KINDS] {
        let keys = clues::keys(form);
        std::array::from_fn(|kind| self.rows.get(&keys[kind]).copied().unwrap_or(kind as u32))
    }

    /// Returns the number of a tag among those that are learned.
    pub(crate) fn tag(&self, tag: (Upos, Xpos)) -> Option<usize> {
        self.tags.binary_search(&tag).ok()
    }
}

/// Returns the moves that build the gold trees, but for rare ones.
fn moves(train: &[Sentence]) -> Vec<usize> {
    let mut counts = [0; MOVES];
    let mut state = State::default();
    for sentence in train {
        let heads: Vec<u32> = sentence.words.iter().map(|w| w.head).collect();
        state.start(heads.len());
        while !state.is_done() {
            let costs = oracle::costs(&state, &heads);
            let cheapest = (0..3).min_by_key(|n| (costs[*n], 2 - n)).unwrap_or(0);
            let relation = state.stack().last().map_or(0, |w| sentence.words[*w as usize].relation as u8);
            let action = [Move::Shift, Move::Left(relation), Move::Right(relation)][cheapest];
            counts[action.number()] += 1;
            state.act(action);
        }
    }
    (0..MOVES).filter(|n| *n == 0 || counts[*n] >= LEAST_MOVE).collect()
}
