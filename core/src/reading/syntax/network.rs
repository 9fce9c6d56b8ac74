//! The network that tags and parses, in whole numbers: 8-bit weights, 16-bit activations, 32-bit sums.
//!
//! A word is the sum of its clues' rows. Blocks of a convolution and a gated memory that runs both ways put it in its
//! sentence. From that come its tag and, for each move of the parser, the part it adds to a hidden layer. The training
//! program computes the same in floating point; scores differ by rounding alone.

use super::clues::{self, KINDS};
use super::moves::{CLUE_ROWS, MOVES, Move, NONE, SLOTS, State};
use super::tags::{Upos, Xpos};
use std::ops::Range;

/// Numbers of a word's vector.
pub const WIDTH: usize = 64;

/// Numbers of the hidden layer that moves are chosen from.
pub const HIDDEN: usize = 128;

/// Words to each side that a convolution sees.
pub const REACH: usize = 1;

/// Blocks of convolution and memory.
pub const DEPTH: usize = 2;

/// First bytes of a model file; another layout gets another number.
pub const MAGIC: &[u8; 8] = b"ANSYNTX1";

/// Numbers that a convolution sees.
const WINDOW: usize = WIDTH * (2 * REACH + 1);

/// Numbers of a memory that runs one way.
const HALF: usize = WIDTH / 2;

/// Activations between layers are stored times this; 16 bits then hold -32..32.
const VECTOR_SCALE: f32 = 1024.0;

/// Parts of the hidden layer are stored times this; 16 bits then hold -64..64.
const HIDDEN_SCALE: f32 = 512.0;

/// Outputs of a layer that are computed together; four of the 128-bit registers that every 64-bit processor of PCs has.
const BLOCK: usize = 32;

/// Weights from some numbers to several: 8 bits each, a scale for each output, and a bias.
struct Layer {
    inputs: usize,
    outputs: usize,
    /// Weights times 256: for each block of outputs, for each input, those of the block.
    weights: Vec<[i16; BLOCK]>,
    scales: Vec<[f32; BLOCK]>,
    biases: Vec<[f32; BLOCK]>,
}

impl Layer {
    fn read(file: &mut File, inputs: usize, outputs: usize, input_scale: f32) -> Option<Layer> {
        let scales = file.floats(outputs)?.into_iter().map(|s| s * 256.0 / input_scale).collect();
        let biases = file.floats(outputs)?;
        let rows = file.take(outputs * inputs)?;
        let blocks = outputs.div_ceil(BLOCK);
        let mut weights = vec![[0; BLOCK]; blocks * inputs];
        for (out, row) in rows.chunks_exact(inputs).enumerate() {
            for (input, byte) in row.iter().enumerate() {
                weights[out / BLOCK * inputs + input][out % BLOCK] = i16::from(*byte as i8) << 8;
            }
        }
        Some(Layer { inputs, outputs, weights, scales: in_blocks(scales), biases: in_blocks(biases) })
    }

    /// Returns the outputs of one block for inputs with their numbers.
    ///
    /// Products keep their upper 16 bits, which plain SSE2 does in one instruction for eight; that cuts half a unit off
    /// each on average, which is given back at the end.
    fn block(&self, block: usize, inputs: impl Iterator<Item = (usize, i16)>) -> [f32; BLOCK] {
        let weights = &self.weights[block * self.inputs..(block + 1) * self.inputs];
        let mut sums = [0i16; BLOCK];
        let mut products = 0u16;
        for (n, x) in inputs {
            if x != 0 {
                products += 1;
                for (sum, w) in sums.iter_mut().zip(&weights[n]) {
                    *sum = sum.saturating_add(((i32::from(x) * i32::from(*w)) >> 16) as i16);
                }
            }
        }
        let cut = f32::from(products) * 0.5;
        let mut out = [0.0; BLOCK];
        let with = sums.iter().zip(&self.scales[block]).zip(&self.biases[block]);
        for (out, ((sum, scale), bias)) in out.iter_mut().zip(with) {
            *out = (f32::from(*sum) + cut) * scale + bias;
        }
        out
    }

    /// Returns the best of a range of outputs for inputs with their numbers.
    fn best(&self, range: Range<usize>, inputs: impl Iterator<Item = (usize, i16)> + Clone) -> usize {
        let mut best = (range.start, f32::NEG_INFINITY);
        for block in range.start / BLOCK..range.end.div_ceil(BLOCK) {
            for (n, score) in self.block(block, inputs.clone()).into_iter().enumerate() {
                let out = block * BLOCK + n;
                if score > best.1 && range.contains(&out) {
                    best = (out, score);
                }
            }
        }
        best.0
    }

    /// Hands all outputs on, block by block.
    fn all(&self, input: &[i16], mut take: impl FnMut(usize, &[f32; BLOCK])) {
        for block in 0..self.outputs.div_ceil(BLOCK) {
            take(block * BLOCK, &self.block(block, numbered(input)));
        }
    }
}

fn numbered(input: &[i16]) -> impl Iterator<Item = (usize, i16)> + Clone + '_ {
    input.iter().copied().enumerate()
}

fn in_blocks(values: Vec<f32>) -> Vec<[f32; BLOCK]> {
    let mut blocks = vec![[0.0; BLOCK]; values.len().div_ceil(BLOCK)];
    for (n, value) in values.into_iter().enumerate() {
        blocks[n / BLOCK][n % BLOCK] = value;
    }
    blocks
}

/// Returns a number times a scale as 16 bits, cut at their ends.
fn narrow(value: f32, scale: f32) -> i16 {
    // Adding 1.5 × 2²³ rounds to a whole number that stands in the low bits; faster than a cast in plain SSE2.
    let whole = (value * scale).clamp(-32_767.0, 32_767.0) + 12_582_912.0;
    whole.to_bits() as i16
}

/// The tagger and parser.
pub struct Network {
    /// Hashed by their low bits: key and row; row 0 (never looked up) marks an empty place.
    places: Vec<(u32, u32)>,
    rows: Vec<[i8; WIDTH]>,
    row_scale: f32,
    convolutions: Vec<Layer>,
    memories: Vec<Layer>,
    tag_layer: Layer,
    tags: Vec<(Upos, Xpos)>,
    /// For each slot, what a word's vector adds to the hidden layer, and what "no word" adds.
    slots: Vec<Layer>,
    missing: Vec<[i16; HIDDEN]>,
    clues: Vec<[i16; HIDDEN]>,
    moves: Layer,
    /// The move of each output, shift first, then all to the left.
    move_numbers: Vec<u8>,
    lefts: usize,
}

/// Space for one sentence, used again and again.
#[derive(Default)]
pub struct Desk {
    vectors: Vec<f32>,
    /// [`Desk::vectors`] in 16 bits, with empty words at both ends.
    padded: Vec<i16>,
    gates: Vec<f32>,
    seen: Vec<[i16; HIDDEN]>,
    is_seen: Vec<bool>,
    /// The tree of the sentence, once it is parsed.
    pub state: State,
    /// The tags of the sentence, once it is parsed.
    pub tags: Vec<(Upos, Xpos)>,
}

impl Network {
    /// Reads a model file; none if it is no such file.
    pub fn read(file: &mut File) -> Option<Network> {
        if file.take(MAGIC.len())? != MAGIC {
            return None;
        }
        let (row_count, tag_count, move_count) = (file.number()?, file.number()?, file.number()?);
        let keys = file.take(row_count * 4)?.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b));
        let places = place(keys.collect());
        let tags = file.take(tag_count * 2)?.as_chunks::<2>().0;
        let tag = |[u, x]: &[u8; 2]| Some((*Upos::ALL.get(usize::from(*u))?, *Xpos::ALL.get(usize::from(*x))?));
        let tags = tags.iter().map(tag).collect::<Option<Vec<_>>>()?;
        let move_numbers = file.take(move_count)?.to_vec();
        let row_scale = *file.floats(1)?.first()?;
        let rows = file.take(row_count * WIDTH)?.as_chunks::<WIDTH>().0;
        let rows = rows.iter().map(|row| row.map(|b| b as i8)).collect();
        let mut convolutions = Vec::new();
        let mut memories = Vec::new();
        for _ in 0..DEPTH {
            convolutions.push(Layer::read(file, WINDOW, WIDTH, VECTOR_SCALE)?);
            memories.push(Layer::read(file, WIDTH, 2 * WIDTH, VECTOR_SCALE)?);
        }
        let tag_layer = Layer::read(file, WIDTH, tag_count, VECTOR_SCALE)?;
        let slots = (0..SLOTS).map(|_| Layer::read(file, WIDTH, HIDDEN, VECTOR_SCALE)).collect::<Option<Vec<_>>>()?;
        let missing = file.table(SLOTS)?;
        let clues = file.table(CLUE_ROWS)?;
        let moves = Layer::read(file, HIDDEN, move_count, HIDDEN_SCALE)?;
        let lefts =
            move_numbers.iter().filter(|n| matches!(Move::from_number(usize::from(**n)), Move::Left(_))).count();
        let is_whole = row_count >= KINDS && move_numbers.first() == Some(&0) && move_count <= MOVES;
        if !is_whole {
            return None;
        }
        Some(Network {
            places,
            rows,
            row_scale,
            convolutions,
            memories,
            tag_layer,
            tags,
            slots,
            missing,
            clues,
            moves,
            move_numbers,
            lefts,
        })
    }

    /// Tags and parses the words of one sentence; the results are in the desk.
    pub fn parse<'a>(&self, words: impl Iterator<Item = &'a str>, desk: &mut Desk) {
        desk.vectors.clear();
        for word in words {
            self.add_word(word, &mut desk.vectors);
        }
        let len = desk.vectors.len() / WIDTH;
        for (convolution, memory) in self.convolutions.iter().zip(&self.memories) {
            desk.narrow_vectors();
            let vectors = desk.vectors.as_chunks_mut::<WIDTH>().0;
            for (n, vector) in vectors.iter_mut().enumerate() {
                convolution.all(&desk.padded[n * WIDTH..n * WIDTH + WINDOW], |from, block| {
                    for (value, more) in vector[from..from + BLOCK].iter_mut().zip(block) {
                        *value += more.max(0.0);
                    }
                });
            }
            desk.narrow_vectors();
            self.gate(memory, desk);
            desk.sweep();
        }
        desk.narrow_vectors();
        self.tag(desk);
        desk.is_seen.clear();
        desk.is_seen.resize(len * SLOTS, false);
        desk.seen.resize(len * SLOTS, [0; HIDDEN]);
        desk.state.start(len);
        while !desk.state.is_done() {
            let action = self.decide(desk);
            desk.state.act(action);
        }
    }

    /// Appends the vector of a word outside any sentence.
    fn add_word(&self, word: &str, vectors: &mut Vec<f32>) {
        let mut sum = [0i16; WIDTH];
        for (kind, key) in clues::keys(word).into_iter().enumerate() {
            let row = &self.rows[self.row(key).unwrap_or(kind)];
            for (s, r) in sum.iter_mut().zip(row) {
                *s += i16::from(*r);
            }
        }
        vectors.extend(sum.map(|s| f32::from(s) * self.row_scale));
    }

    fn row(&self, key: u32) -> Option<usize> {
        let mask = self.places.len() - 1;
        let mut at = key as usize & mask;
        loop {
            let (found, row) = self.places[at];
            if row == 0 {
                return None;
            }
            if found == key {
                return Some(row as usize);
            }
            at = (at + 1) & mask;
        }
    }

    /// Writes candidates and gates of the memory for each word: both of the way forwards, then both of the way back.
    fn gate(&self, memory: &Layer, desk: &mut Desk) {
        desk.gates.clear();
        let words = desk.padded.as_chunks::<WIDTH>().0;
        for word in &words[REACH..words.len() - REACH] {
            // A block is half a vector: candidates, gates, candidates, gates.
            memory.all(word, |from, block| {
                let is_gate = from / HALF % 2 == 1;
                desk.gates.extend(if is_gate { block.map(open) } else { block.map(squash) });
            });
        }
    }

    fn tag(&self, desk: &mut Desk) {
        desk.tags.clear();
        let words = desk.padded.as_chunks::<WIDTH>().0;
        for word in &words[REACH..words.len() - REACH] {
            let best = self.tag_layer.best(0..self.tags.len(), numbered(word));
            desk.tags.push(self.tags[best]);
        }
    }

    /// Returns the best move that may be done.
    fn decide(&self, desk: &mut Desk) -> Move {
        let [shift, left, right] = desk.state.may();
        if !left && !right {
            return Move::Shift;
        }
        let mut hidden = [0i16; HIDDEN];
        for (slot, word) in desk.state.slots().into_iter().enumerate() {
            let part = if word == NONE { &self.missing[slot] } else { self.see(desk, word as usize, slot) };
            add(&mut hidden, part);
        }
        for row in desk.state.clues() {
            add(&mut hidden, &self.clues[usize::from(row)]);
        }
        // About half of them are below nothing, in no order that a processor could foresee.
        let mut alive = [(0, 0); HIDDEN];
        let mut count = 0;
        for (n, h) in hidden.into_iter().enumerate() {
            alive[count] = (n, h);
            count += usize::from(h > 0);
        }
        let last = if right { self.move_numbers.len() } else { 1 + self.lefts };
        let first = if shift { 0 } else { 1 + self.lefts };
        let best = self.moves.best(first..last, alive[..count].iter().copied());
        Move::from_number(usize::from(self.move_numbers[best]))
    }

    /// Returns what a word adds to the hidden layer in a slot; computed when first asked for.
    fn see<'a>(&self, desk: &'a mut Desk, word: usize, slot: usize) -> &'a [i16; HIDDEN] {
        let at = word * SLOTS + slot;
        if !desk.is_seen[at] {
            desk.is_seen[at] = true;
            let vector = &desk.padded[(word + REACH) * WIDTH..(word + REACH + 1) * WIDTH];
            let seen = &mut desk.seen[at];
            self.slots[slot].all(vector, |from, block| {
                for (value, part) in seen[from..from + BLOCK].iter_mut().zip(block) {
                    *value = narrow(*part, HIDDEN_SCALE);
                }
            });
        }
        &desk.seen[at]
    }
}

fn add(sum: &mut [i16; HIDDEN], part: &[i16; HIDDEN]) {
    for (s, p) in sum.iter_mut().zip(part) {
        *s = s.saturating_add(*p);
    }
}

impl Desk {
    fn narrow_vectors(&mut self) {
        self.padded.clear();
        self.padded.resize(REACH * WIDTH, 0);
        self.padded.extend(self.vectors.iter().map(|v| narrow(*v, VECTOR_SCALE)));
        self.padded.resize(self.padded.len() + REACH * WIDTH, 0);
    }

    /// Runs the memory along the sentence and back, and adds it to the vectors.
    fn sweep(&mut self) {
        let gates = self.gates.as_chunks::<{ 2 * WIDTH }>().0;
        let vectors = self.vectors.as_chunks_mut::<WIDTH>().0;
        let mut memory = [0.0; HALF];
        for (gate, vector) in gates.iter().zip(vectors.iter_mut()) {
            remember(&mut memory, &gate[..WIDTH], &mut vector[..HALF]);
        }
        memory = [0.0; HALF];
        for (gate, vector) in gates.iter().zip(vectors.iter_mut()).rev() {
            remember(&mut memory, &gate[WIDTH..], &mut vector[HALF..]);
        }
    }
}

fn remember(memory: &mut [f32; HALF], gate: &[f32], vector: &mut [f32]) {
    let (candidates, gates) = gate.split_at(HALF);
    for (((m, z), f), v) in memory.iter_mut().zip(candidates).zip(gates).zip(vector) {
        *m = f * *m + (1.0 - f) * z;
        *v += *m;
    }
}

/// Spreads keys over a table of twice as many places or more, row numbers beside them.
fn place(keys: Vec<u32>) -> Vec<(u32, u32)> {
    let size = (keys.len() * 2 + 1).next_power_of_two();
    let mut places = vec![(0, 0); size];
    for (row, key) in keys.into_iter().enumerate().skip(KINDS) {
        let mut at = key as usize & (size - 1);
        while places[at].1 != 0 {
            at = (at + 1) & (size - 1);
        }
        places[at] = (key, row as u32);
    }
    places
}

/// Returns a number pressed into -1..1, much like its hyperbolic tangent, but of plain arithmetic: the same on every machine.
pub fn squash(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    x * (27.0 + x * x) / (27.0 + 9.0 * x * x)
}

/// Returns a number pressed into 0..1.
pub fn open(x: f32) -> f32 {
    0.5 + 0.5 * squash(0.5 * x)
}

/// A model file that is being read; every function returns none beyond its end.
pub struct File<'a>(pub &'a [u8]);

impl<'a> File<'a> {
    /// Returns the next bytes.
    pub fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(front)
    }

    /// Returns the next number of 32 bits.
    pub fn number(&mut self) -> Option<usize> {
        let bytes = self.take(4)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*bytes) as usize)
    }

    fn floats(&mut self, len: usize) -> Option<Vec<f32>> {
        let bytes = self.take(len.checked_mul(4)?)?;
        Some(bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// Returns rows of the hidden layer's width with one scale, in 16 bits.
    fn table(&mut self, rows: usize) -> Option<Vec<[i16; HIDDEN]>> {
        let scale = *self.floats(1)?.first()?;
        let rows = self.take(rows * HIDDEN)?.as_chunks::<HIDDEN>().0;
        Some(rows.iter().map(|row| row.map(|b| narrow(f32::from(b as i8) * scale, HIDDEN_SCALE))).collect())
    }
}
