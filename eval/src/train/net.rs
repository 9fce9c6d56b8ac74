//! The network in floating point, forwards and backwards: a sentence is encoded once, then each state of the parser reads
//! the vectors of a few words.

use super::numbers::{Dice, add_scaled, dot, multiply, multiply_back, softmax, squash_slope};
use annals_core::reading::syntax::clues::KINDS;
use annals_core::reading::syntax::moves::{CLUE_ROWS, CLUE_SIZES, NONE, SLOTS};
use annals_core::reading::syntax::network::{DEPTH, HIDDEN, REACH, WIDTH, open, squash};

const HALF: usize = WIDTH / 2;

/// Numbers that are learned, and what the optimiser keeps of them.
#[derive(Default)]
pub(crate) struct Param {
    pub(crate) w: Vec<f32>,
    pub(crate) gradient: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    pub(crate) average: Vec<f32>,
}

impl Param {
    fn new(len: usize, mut value: impl FnMut() -> f32) -> Param {
        let w: Vec<f32> = (0..len).map(|_| value()).collect();
        let zero = vec![0.0; len];
        Param { average: w.clone(), gradient: zero.clone(), first: zero.clone(), second: zero, w }
    }

    fn uniform(inputs: usize, outputs: usize, dice: &mut Dice) -> Param {
        let most = (3.0 / inputs as f32).sqrt();
        Param::new(inputs * outputs, || (dice.unit() * 2.0 - 1.0) * most)
    }

    fn zeros(len: usize) -> Param {
        Param::new(len, || 0.0)
    }

    /// Adam over a range.
    fn step(&mut self, range: std::ops::Range<usize>, rate: &Rate) {
        let all = self.w[range.clone()]
            .iter_mut()
            .zip(&mut self.gradient[range.clone()])
            .zip(&mut self.first[range.clone()])
            .zip(&mut self.second[range]);
        for (((w, g), m), v) in all {
            let gradient = *g * rate.clip;
            *m = 0.9 * *m + 0.1 * gradient;
            *v = rate.keep_squares * *v + (1.0 - rate.keep_squares) * gradient * gradient;
            *w -= rate.step * *m / (v.sqrt() + 1e-8 * rate.fix2);
            *g = 0.0;
        }
    }
}

/// How far one step of the optimiser goes.
pub(crate) struct Rate {
    /// Learning rate, with the corrections of Adam's early steps.
    pub(crate) step: f32,
    pub(crate) keep_squares: f32,
    /// Correction of the mean squares of early steps.
    pub(crate) fix2: f32,
    /// What gradients are multiplied with, so that none is too long.
    pub(crate) clip: f32,
}

/// All that is learned.
pub(crate) struct Network {
    pub(crate) rows: Param,
    pub(crate) conv: Vec<[Param; 2]>,
    pub(crate) gates: Vec<[Param; 2]>,
    pub(crate) tags: [Param; 2],
    pub(crate) slots: Param,
    pub(crate) missing: Param,
    pub(crate) clues: Param,
    pub(crate) hidden: Param,
    pub(crate) moves: [Param; 2],
    pub(crate) tag_count: usize,
    move_count: usize,
    /// Rows whose gradient is not zero.
    touched: Vec<u32>,
    is_touched: Vec<bool>,
}

/// What one block of the encoder did.
#[derive(Default)]
struct Block {
    wide: Vec<f32>,
    conv: Vec<f32>,
    conv_mask: Vec<f32>,
    middle: Vec<f32>,
    gate: Vec<f32>,
    gate_slope: Vec<f32>,
    gate_out: Vec<f32>,
    gate_mask: Vec<f32>,
}

/// What the encoder did for one sentence.
#[derive(Default)]
pub(crate) struct Trace {
    rows: Vec<[u32; KINDS]>,
    mask: Vec<f32>,
    blocks: Vec<Block>,
    /// Vectors of the words.
    pub(crate) vectors: Vec<f32>,
    /// Words by slots by hidden.
    seen: Vec<f32>,
    seen_back: Vec<f32>,
    vectors_back: Vec<f32>,
}

impl Network {
    pub(crate) fn new(rows: usize, tag_count: usize, move_count: usize, dice: &mut Dice) -> Network {
        let wide = WIDTH * (2 * REACH + 1);
        Network {
            rows: Param::new(rows * WIDTH, || (dice.unit() * 2.0 - 1.0) * 0.3),
            conv: (0..DEPTH).map(|_| [Param::uniform(wide, WIDTH, dice), Param::zeros(WIDTH)]).collect(),
            gates: (0..DEPTH).map(|_| [Param::uniform(WIDTH, 2 * WIDTH, dice), Param::zeros(2 * WIDTH)]).collect(),
            tags: [Param::uniform(WIDTH, tag_count, dice), Param::zeros(tag_count)],
            slots: Param::new(WIDTH * SLOTS * HIDDEN, || (dice.unit() * 2.0 - 1.0) * 0.1),
            missing: Param::new(SLOTS * HIDDEN, || (dice.unit() * 2.0 - 1.0) * 0.1),
            clues: Param::new(CLUE_ROWS * HIDDEN, || (dice.unit() * 2.0 - 1.0) * 0.1),
            hidden: Param::zeros(HIDDEN),
            moves: [Param::uniform(HIDDEN, move_count, dice), Param::zeros(move_count)],
            tag_count,
            move_count,
            touched: Vec::new(),
            is_touched: vec![false; rows],
        }
    }

    fn dense(&mut self) -> Vec<&mut Param> {
        let Network { conv, gates, tags, slots, missing, clues, hidden, moves, .. } = self;
        let layers = conv.iter_mut().flatten().chain(gates.iter_mut().flatten());
        layers.chain(tags).chain([slots, missing, clues, hidden]).chain(moves).collect()
    }

    /// Swaps what is being learned with its average.
    pub(crate) fn swap_average(&mut self) {
        let Param { w, average, .. } = &mut self.rows;
        std::mem::swap(w, average);
        for Param { w, average, .. } in self.dense() {
            std::mem::swap(w, average);
        }
    }

    pub(crate) fn average(&mut self, keep: f32) {
        let blend = |p: &mut Param| {
            for (a, w) in p.average.iter_mut().zip(&p.w) {
                *a = keep * *a + (1.0 - keep) * w;
            }
        };
        blend(&mut self.rows);
        self.dense().into_iter().for_each(blend);
    }

    pub(crate) fn step(&mut self, rate: &mut Rate) {
        let norm: f32 = self.dense().iter().map(|p| dot(&p.gradient, &p.gradient)).sum();
        rate.clip = (5.0 / (norm.sqrt() + 1e-6)).min(1.0);
        for param in self.dense() {
            param.step(0..param.w.len(), rate);
        }
        for row in std::mem::take(&mut self.touched) {
            let row = row as usize;
            self.is_touched[row] = false;
            self.rows.step(row * WIDTH..(row + 1) * WIDTH, rate);
        }
    }

    /// Encodes a sentence; with dice, numbers are dropped by chance.
    pub(crate) fn encode(&self, rows: Vec<[u32; KINDS]>, chance: f32, mut dice: Option<&mut Dice>) -> Trace {
        let len = rows.len();
        let mut trace = Trace { rows, ..Trace::default() };
        let mut x = vec![0.0; len * WIDTH];
        for (x, rows) in x.chunks_exact_mut(WIDTH).zip(&trace.rows) {
            for &row in rows {
                add_scaled(x, 1.0, &self.rows.w[row as usize * WIDTH..][..WIDTH]);
            }
        }
        if let Some(dice) = dice.as_deref_mut() {
            dice.drop(chance, &mut x, &mut trace.mask);
        }
        for (conv, gates) in self.conv.iter().zip(&self.gates) {
            let mut block = Block { wide: widen(&x, len), ..Block::default() };
            block.conv = conv[1].w.repeat(len);
            multiply(&mut block.conv, &block.wide, &conv[0].w, WIDTH * (2 * REACH + 1), WIDTH);
            let mut update: Vec<f32> = block.conv.iter().map(|v| v.max(0.0)).collect();
            if let Some(dice) = dice.as_deref_mut() {
                dice.drop(chance, &mut update, &mut block.conv_mask);
            }
            add_scaled(&mut x, 1.0, &update);
            block.middle.clone_from(&x);
            block.gate = gates[1].w.repeat(len);
            multiply(&mut block.gate, &x, &gates[0].w, WIDTH, 2 * WIDTH);
            (block.gate_slope, block.gate_out) = (press(&mut block.gate), sweep(&block.gate, len));
            let mut update = block.gate_out.clone();
            if let Some(dice) = dice.as_deref_mut() {
                dice.drop(chance, &mut update, &mut block.gate_mask);
            }
            add_scaled(&mut x, 1.0, &update);
            trace.blocks.push(block);
        }
        trace.vectors = x;
        trace.vectors_back = vec![0.0; len * WIDTH];
        trace.seen = vec![0.0; len * SLOTS * HIDDEN];
        multiply(&mut trace.seen, &trace.vectors, &self.slots.w, WIDTH, SLOTS * HIDDEN);
        trace.seen_back = vec![0.0; len * SLOTS * HIDDEN];
        trace
    }

    /// Returns the chances of the tags of each word.
    pub(crate) fn tag(&self, trace: &Trace) -> Vec<f32> {
        let mut scores = self.tags[1].w.repeat(trace.rows.len());
        multiply(&mut scores, &trace.vectors, &self.tags[0].w, WIDTH, self.tag_count);
        scores.chunks_exact_mut(self.tag_count).for_each(softmax);
        scores
    }

    /// Goes back from the tags; `error` is what the scores should lose.
    pub(crate) fn tag_back(&mut self, trace: &mut Trace, error: &[f32]) {
        let [w, b] = &mut self.tags;
        for row in error.chunks_exact(self.tag_count) {
            add_scaled(&mut b.gradient, 1.0, row);
        }
        let size = (WIDTH, self.tag_count);
        multiply_back(Some(&mut trace.vectors_back), &mut w.gradient, error, &trace.vectors, &w.w, size);
    }

    /// Returns the hidden layer of a state before and the scores of the moves after it.
    pub(crate) fn decide(
        &self,
        trace: &Trace,
        slots: &[u32; SLOTS],
        clues: &[u16; CLUE_SIZES.len()],
        mask: Option<(&mut Dice, f32, &mut Vec<f32>)>,
    ) -> (Vec<f32>, Vec<f32>) {
        let mut hidden = self.hidden.w.clone();
        for (slot, &word) in slots.iter().enumerate() {
            if word == NONE {
                add_scaled(&mut hidden, 1.0, &self.missing.w[slot * HIDDEN..][..HIDDEN]);
            } else {
                add_scaled(&mut hidden, 1.0, &trace.seen[(word as usize * SLOTS + slot) * HIDDEN..][..HIDDEN]);
            }
        }
        for &clue in clues {
            add_scaled(&mut hidden, 1.0, &self.clues.w[usize::from(clue) * HIDDEN..][..HIDDEN]);
        }
        for h in &mut hidden {
            *h = h.max(0.0);
        }
        if let Some((dice, chance, mask)) = mask {
            dice.drop(chance, &mut hidden, mask);
        }
        let mut scores = self.moves[1].w.clone();
        for (h, w) in hidden.iter().zip(self.moves[0].w.chunks_exact(self.move_count)) {
            if *h != 0.0 {
                add_scaled(&mut scores, *h, w);
            }
        }
        (hidden, scores)
    }

    /// Goes back from one decision.
    pub(crate) fn decide_back(
        &mut self,
        trace: &mut Trace,
        slots: &[u32; SLOTS],
        clues: &[u16; CLUE_SIZES.len()],
        hidden: &[f32],
        mask: &[f32],
        error: &[f32],
    ) {
        let count = self.move_count;
        let [w, b] = &mut self.moves;
        add_scaled(&mut b.gradient, 1.0, error);
        let mut back = [0.0; HIDDEN];
        let rows = w.w.chunks_exact(count).zip(w.gradient.chunks_exact_mut(count));
        for (((h, m), back), (w, g)) in hidden.iter().zip(mask).zip(&mut back).zip(rows) {
            if *h > 0.0 {
                add_scaled(g, *h, error);
                *back = dot(w, error) * m;
            }
        }
        add_scaled(&mut self.hidden.gradient, 1.0, &back);
        for (slot, &word) in slots.iter().enumerate() {
            if word == NONE {
                add_scaled(&mut self.missing.gradient[slot * HIDDEN..][..HIDDEN], 1.0, &back);
            } else {
                add_scaled(&mut trace.seen_back[(word as usize * SLOTS + slot) * HIDDEN..][..HIDDEN], 1.0, &back);
            }
        }
        for &clue in clues {
            add_scaled(&mut self.clues.gradient[usize::from(clue) * HIDDEN..][..HIDDEN], 1.0, &back);
        }
    }

    /// Goes back through the encoder, once all errors of the sentence are in the trace.
    pub(crate) fn encode_back(&mut self, trace: &mut Trace) {
        let len = trace.rows.len();
        let size = (WIDTH, SLOTS * HIDDEN);
        let slots = &mut self.slots;
        let mut dx = std::mem::take(&mut trace.vectors_back);
        multiply_back(Some(&mut dx), &mut slots.gradient, &trace.seen_back, &trace.vectors, &slots.w, size);
        for (n, block) in trace.blocks.iter().enumerate().rev() {
            let out: Vec<f32> = dx.iter().zip(&block.gate_mask).map(|(d, m)| d * m).collect();
            let pre = sweep_back(&block.gate, &block.gate_slope, &block.gate_out, &out, len);
            let [w, b] = &mut self.gates[n];
            for row in pre.chunks_exact(2 * WIDTH) {
                add_scaled(&mut b.gradient, 1.0, row);
            }
            multiply_back(Some(&mut dx), &mut w.gradient, &pre, &block.middle, &w.w, (WIDTH, 2 * WIDTH));
            let pre: Vec<f32> = (dx.iter().zip(&block.conv_mask).zip(&block.conv))
                .map(|((d, m), c)| if *c > 0.0 { d * m } else { 0.0 })
                .collect();
            let [w, b] = &mut self.conv[n];
            for row in pre.chunks_exact(WIDTH) {
                add_scaled(&mut b.gradient, 1.0, row);
            }
            let inputs = WIDTH * (2 * REACH + 1);
            let mut wide = vec![0.0; len * inputs];
            multiply_back(Some(&mut wide), &mut w.gradient, &pre, &block.wide, &w.w, (inputs, WIDTH));
            narrow(&wide, &mut dx, len);
        }
        for ((dx, mask), rows) in dx.chunks_exact_mut(WIDTH).zip(trace.mask.chunks_exact(WIDTH)).zip(&trace.rows) {
            for (d, m) in dx.iter_mut().zip(mask) {
                *d *= m;
            }
            for &row in rows {
                add_scaled(&mut self.rows.gradient[row as usize * WIDTH..][..WIDTH], 1.0, dx);
                if !self.is_touched[row as usize] {
                    self.is_touched[row as usize] = true;
                    self.touched.push(row);
                }
            }
        }
    }
}

/// Puts beside each word's vector those of its neighbours.
fn widen(x: &[f32], len: usize) -> Vec<f32> {
    let span = 2 * REACH + 1;
    let mut wide = vec![0.0; len * WIDTH * span];
    for (at, row) in wide.chunks_exact_mut(WIDTH * span).enumerate() {
        for (n, part) in row.chunks_exact_mut(WIDTH).enumerate() {
            if let Some(from) = (at + n).checked_sub(REACH).filter(|f| *f < len) {
                part.copy_from_slice(&x[from * WIDTH..][..WIDTH]);
            }
        }
    }
    wide
}

fn narrow(wide: &[f32], dx: &mut [f32], len: usize) {
    let span = 2 * REACH + 1;
    for (at, row) in wide.chunks_exact(WIDTH * span).enumerate() {
        for (n, part) in row.chunks_exact(WIDTH).enumerate() {
            if let Some(from) = (at + n).checked_sub(REACH).filter(|f| *f < len) {
                add_scaled(&mut dx[from * WIDTH..][..WIDTH], 1.0, part);
            }
        }
    }
}

/// Presses candidates and gates into their ranges; returns the slopes. A row holds candidates and gates of the way
/// forwards, then of the way back.
fn press(gate: &mut [f32]) -> Vec<f32> {
    let mut slopes = Vec::with_capacity(gate.len());
    for side in gate.chunks_exact_mut(WIDTH) {
        let (candidates, gates) = side.split_at_mut(HALF);
        for v in candidates {
            slopes.push(squash_slope(*v));
            *v = squash(*v);
        }
        for v in gates {
            slopes.push(0.25 * squash_slope(0.5 * *v));
            *v = open(*v);
        }
    }
    slopes
}

/// Runs the gated memory along the sentence, forwards in the first half of a vector and backwards in the second.
fn sweep(gate: &[f32], len: usize) -> Vec<f32> {
    let mut out = vec![0.0; len * WIDTH];
    for side in 0..2 {
        let mut memory = [0.0; HALF];
        for step in 0..len {
            let at = if side == 0 { step } else { len - 1 - step };
            let row = &gate[at * 2 * WIDTH + side * WIDTH..][..WIDTH];
            for n in 0..HALF {
                memory[n] = row[HALF + n] * memory[n] + (1.0 - row[HALF + n]) * row[n];
            }
            out[at * WIDTH + side * HALF..][..HALF].copy_from_slice(&memory);
        }
    }
    out
}

fn sweep_back(gate: &[f32], slope: &[f32], out: &[f32], error: &[f32], len: usize) -> Vec<f32> {
    let mut pre = vec![0.0; len * 2 * WIDTH];
    for side in 0..2 {
        let mut back = [0.0; HALF];
        for step in (0..len).rev() {
            let at = if side == 0 { step } else { len - 1 - step };
            let before = if side == 0 { at.checked_sub(1) } else { Some(at + 1).filter(|b| *b < len) };
            let base = at * 2 * WIDTH + side * WIDTH;
            for n in 0..HALF {
                let (z, f) = (gate[base + n], gate[base + HALF + n]);
                let memory = before.map_or(0.0, |b| out[b * WIDTH + side * HALF + n]);
                let d = back[n] + error[at * WIDTH + side * HALF + n];
                pre[base + n] = d * (1.0 - f) * slope[base + n];
                pre[base + HALF + n] = d * (memory - z) * slope[base + HALF + n];
                back[n] = d * f;
            }
        }
    }
    pre
}
