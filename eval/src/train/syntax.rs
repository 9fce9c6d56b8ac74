//! Trains the tagger and parser: one network, all errors of a sentence at once, Adam, an average of the weights at the end.

use super::codes::Codes;
use super::net::{Network, Rate};
use super::numbers::{Dice, softmax};
use super::oracle;
use super::treebank::{Case, Sentence};
use annals_core::reading::syntax::clues::KINDS;
use annals_core::reading::syntax::moves::{Move, NONE, State};
use annals_core::reading::syntax::tags::Relation;

// What is chosen before training. What else was tried is in the README beside the model.

const EPOCHS: usize = 20;
/// Words of a step.
const BATCH: usize = 400;
/// Learning rate; it falls to nothing in a straight line.
const RATE: f32 = 0.002;
/// Steps until the rate is full.
const WARM_UP: f32 = 200.0;
/// How much of the mean square of past gradients stays at each step.
const KEEP_SQUARES: f32 = 0.99;
/// How much of the average of the weights stays at each step.
const KEEP_AVERAGE: f32 = 0.998;
/// Steps between two looks of the average at the weights.
const AVERAGED_EVERY: usize = 8;
/// Chance that a number of the encoder is dropped.
const DROP: f32 = 0.15;
/// Chance that a number of the hidden layer is dropped.
const DROP_HIDDEN: f32 = 0.25;
/// A form that stands n times in the training part is taken for unknown with chance d / (d + n).
const DROP_FORM: f32 = 0.5;
/// Chance that the parser goes on from its own move, right or wrong, from the second epoch.
const EXPLORE: f32 = 0.9;
/// Shares of sentences that are read in capitals, in small letters and with capital initials, as headlines and posts are.
const CASES: [(f32, Case); 3] = [(0.05, Case::Capitals), (0.03, Case::Small), (0.05, Case::Initials)];
const SEED: u64 = 1;

/// A network in training.
pub(crate) struct Training<'a> {
    codes: &'a Codes,
    train: &'a [Sentence],
    pub(crate) network: Network,
    dice: Dice,
    state: State,
    steps: usize,
    all_steps: usize,
    powers: (f32, f32),
}

impl<'a> Training<'a> {
    pub(crate) fn new(codes: &'a Codes, train: &'a [Sentence]) -> Training<'a> {
        let mut dice = Dice(SEED);
        let words: usize = train.iter().map(|s| s.words.len()).sum();
        Training {
            network: Network::new(codes.keys.len(), codes.tags.len(), codes.moves.len(), &mut dice),
            all_steps: (EPOCHS * words / BATCH).max(1),
            codes,
            train,
            dice,
            state: State::default(),
            steps: 0,
            powers: (1.0, 1.0),
        }
    }

    /// Goes over all sentences once for each epoch; `after` is told the number of the epoch and the averaged network.
    pub(crate) fn run(&mut self, mut after: impl FnMut(usize, &Network)) {
        let mut order: Vec<usize> = (0..self.train.len()).collect();
        for epoch in 0..EPOCHS {
            self.dice.shuffle(&mut order);
            let mut words = 0;
            for (n, &at) in order.iter().enumerate() {
                let sentence = &self.train[at];
                self.learn(sentence, epoch);
                words += sentence.words.len();
                if words >= BATCH || n + 1 == order.len() {
                    self.step();
                    words = 0;
                }
            }
            self.network.swap_average();
            after(epoch + 1, &self.network);
            self.network.swap_average();
        }
    }

    /// Adds up what one sentence teaches.
    fn learn(&mut self, sentence: &Sentence, epoch: usize) {
        let rows = self.rows(sentence);
        let mut trace = self.network.encode(rows, DROP, Some(&mut self.dice));
        let mut error = self.network.tag(&trace);
        for (word, error) in sentence.words.iter().zip(error.chunks_exact_mut(self.codes.tags.len())) {
            match self.codes.tag((word.upos, word.xpos)) {
                Some(tag) => error[tag] -= 1.0,
                None => error.fill(0.0),
            }
        }
        self.network.tag_back(&mut trace, &error);
        let heads: Vec<u32> = sentence.words.iter().map(|w| w.head).collect();
        self.state.start(heads.len());
        let mut mask = Vec::new();
        while !self.state.is_done() {
            let (slots, clues, may) = (self.state.slots(), self.state.clues(), self.state.may());
            let best = self.best_moves(sentence, &heads);
            let chances = Some((&mut self.dice, DROP_HIDDEN, &mut mask));
            let (hidden, mut scores) = self.network.decide(&trace, &slots, &clues, chances);
            for (score, &number) in scores.iter_mut().zip(&self.codes.moves) {
                if !may[kind(number)] {
                    *score = -1e9;
                }
            }
            softmax(&mut scores);
            let choice = top(&scores, |_| true);
            let good = top(&scores, |n| best[n]);
            let right: f32 = scores.iter().zip(&best).filter(|(_, b)| **b).map(|(s, _)| *s).sum();
            for (score, _) in scores.iter_mut().zip(&best).filter(|(_, b)| **b) {
                *score -= *score / right.max(1e-9);
            }
            self.network.decide_back(&mut trace, &slots, &clues, &hidden, &mask, &scores);
            let explores = epoch > 0 && self.dice.unit() < EXPLORE;
            let chosen = if explores { choice } else { good };
            let number = chosen.map_or_else(|| kind_only(may), |n| self.codes.moves[n]);
            self.state.act(Move::from_number(number));
        }
        self.network.encode_back(&mut trace);
    }

    /// Returns the rows of the words' clues; some sentences are read in another case, some forms taken for unknown.
    fn rows(&mut self, sentence: &Sentence) -> Vec<[u32; KINDS]> {
        let mut chance = self.dice.unit();
        let mut case = Case::AsWritten;
        for (share, other) in CASES {
            if (0.0..share).contains(&chance) {
                case = other;
            }
            chance -= share;
        }
        let mut rows = Vec::with_capacity(sentence.words.len());
        for word in &sentence.words {
            let mut row = self.codes.rows(&case.write(&word.form));
            let count = self.codes.counts[row[0] as usize] as f32;
            if self.dice.unit() < DROP_FORM / (DROP_FORM + count) {
                row[0] = 0;
            }
            rows.push(row);
        }
        rows
    }

    /// Says of each move whether none costs less.
    fn best_moves(&self, sentence: &Sentence, heads: &[u32]) -> Vec<bool> {
        let costs = oracle::costs(&self.state, heads);
        let least = costs.into_iter().min().unwrap_or(0);
        let mut below = self.state.stack().iter().rev();
        let (top, second) = (below.next().copied().unwrap_or(NONE), below.next().copied().unwrap_or(NONE));
        let is_best = |number: usize| {
            let (head, relation) = match Move::from_number(number) {
                _ if costs[kind(number)] != least => return false,
                Move::Shift => return true,
                Move::Left(relation) => (self.state.next() as u32, relation),
                Move::Right(relation) => (second, relation),
            };
            let gold = &sentence.words[top as usize];
            gold.head != head || gold.relation as u8 == relation
        };
        self.codes.moves.iter().map(|n| is_best(*n)).collect()
    }

    fn step(&mut self) {
        self.steps += 1;
        self.powers = (self.powers.0 * 0.9, self.powers.1 * KEEP_SQUARES);
        let left = (1.0 - self.steps as f32 / self.all_steps as f32).max(0.01);
        let warm = (self.steps as f32 / WARM_UP).min(1.0);
        let fix2 = (1.0 - self.powers.1).sqrt();
        let step = RATE * left * warm * fix2 / (1.0 - self.powers.0);
        self.network.step(&mut Rate { step, keep_squares: KEEP_SQUARES, fix2, clip: 1.0 });
        if self.steps.is_multiple_of(AVERAGED_EVERY) {
            // A young average forgets faster.
            let keep = KEEP_AVERAGE.min(1.0 - 10.0 / (self.steps as f32 + 10.0));
            let share = (1.0 - keep) * AVERAGED_EVERY as f32;
            self.network.average(1.0 - share.min(1.0));
        }
    }
}

/// Returns 0 for shift, 1 for left, 2 for right.
fn kind(number: usize) -> usize {
    match Move::from_number(number) {
        Move::Shift => 0,
        Move::Left(_) => 1,
        Move::Right(_) => 2,
    }
}

/// Returns any move that may be done.
fn kind_only(may: [bool; 3]) -> usize {
    let dep = Relation::Dep as u8;
    match may {
        [true, ..] => 0,
        [_, true, _] => Move::Left(dep).number(),
        _ => Move::Right(dep).number(),
    }
}

fn top(scores: &[f32], is_asked: impl Fn(usize) -> bool) -> Option<usize> {
    (0..scores.len()).filter(|n| is_asked(*n)).fold(None, |best, n| match best {
        Some(b) if scores[b] >= scores[n] => best,
        _ => Some(n),
    })
}
