//! The arc-hybrid transition system: a stack, the words still to come, and three kinds of moves.
//!
//! Source: Kuhlmann, Gómez-Rodríguez and Satta 2011. The last word left on the stack is the root. What the network
//! sees of a state is made here, for training and use alike.

use super::tags::Relation;

/// Relations a word can have.
pub const RELATIONS: usize = Relation::ALL.len();

/// Numbers of moves: shift, left by each relation, right by each relation.
pub const MOVES: usize = 1 + 2 * RELATIONS;

/// Words of a state whose vectors the network sees.
pub const SLOTS: usize = 8;

/// Values of each clue of a state, in the order of [`State::clues`].
pub const CLUE_SIZES: [usize; 14] = [LABELS, LABELS, LABELS, LABELS, LABELS, LABELS, LABELS, 16, 16, 4, 8, 8, 64, 64];

/// Relations and "no such word".
const LABELS: usize = RELATIONS + 1;

/// All values of all clues.
pub const CLUE_ROWS: usize = {
    let (mut sum, mut n) = (0, 0);
    while n < CLUE_SIZES.len() {
        sum += CLUE_SIZES[n];
        n += 1;
    }
    sum
};

/// No word.
pub const NONE: u32 = u32::MAX;

/// What a move does; the relation is given apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Move {
    /// The next word goes on the stack.
    Shift,
    /// The top of the stack hangs on the next word and leaves.
    Left(u8),
    /// The top of the stack hangs on the one below and leaves.
    Right(u8),
}

impl Move {
    /// Returns the move of a number below [`MOVES`].
    pub fn from_number(n: usize) -> Move {
        match n {
            0 => Move::Shift,
            n if n <= RELATIONS => Move::Left((n - 1) as u8),
            n => Move::Right((n - 1 - RELATIONS) as u8),
        }
    }

    /// Returns the number of this move.
    pub fn number(self) -> usize {
        match self {
            Move::Shift => 0,
            Move::Left(relation) => 1 + usize::from(relation),
            Move::Right(relation) => 1 + RELATIONS + usize::from(relation),
        }
    }
}

/// What is known of one word's children.
#[derive(Clone, Copy)]
struct Children {
    first: u32,
    last: u32,
    /// Second from the right.
    inner: u32,
    left: u8,
    right: u8,
    /// Which groups of relations there are, a bit each.
    groups: u8,
}

const CHILDLESS: Children = Children { first: NONE, last: NONE, inner: NONE, left: 0, right: 0, groups: 0 };

/// A half-built tree.
#[derive(Default)]
pub struct State {
    stack: Vec<u32>,
    next: usize,
    len: usize,
    heads: Vec<u32>,
    relations: Vec<u8>,
    children: Vec<Children>,
}

impl State {
    /// Starts a sentence of `len` words.
    pub fn start(&mut self, len: usize) {
        self.stack.clear();
        self.next = 0;
        self.len = len;
        self.heads.clear();
        self.heads.resize(len, NONE);
        self.relations.clear();
        self.relations.resize(len, Relation::Root as u8);
        self.children.clear();
        self.children.resize(len, CHILDLESS);
    }

    /// Says whether the tree is whole.
    pub fn is_done(&self) -> bool {
        self.next == self.len && self.stack.len() <= 1
    }

    /// Returns head (or [`NONE`] for the root) of each word so far.
    pub fn heads(&self) -> &[u32] {
        &self.heads
    }

    /// Returns the number of the relation of each word so far.
    pub fn relations(&self) -> &[u8] {
        &self.relations
    }

    /// Returns the stack, its top last.
    pub fn stack(&self) -> &[u32] {
        &self.stack
    }

    /// Returns the next word, or the length if none is left.
    pub fn next(&self) -> usize {
        self.next
    }

    /// Returns which of shift, left and right may be done.
    pub fn may(&self) -> [bool; 3] {
        let more = self.next < self.len;
        [more, more && !self.stack.is_empty(), self.stack.len() >= 2]
    }

    /// Does a move that [`State::may`] be done; any other does nothing.
    pub fn act(&mut self, action: Move) {
        match (action, self.may()) {
            (Move::Shift, [true, _, _]) => {
                self.stack.push(self.next as u32);
                self.next += 1;
            }
            (Move::Left(relation), [_, true, _]) => {
                if let Some(child) = self.stack.pop() {
                    self.attach(child, self.next as u32, relation);
                }
            }
            (Move::Right(relation), [_, _, true]) => {
                if let (Some(child), Some(&head)) = (self.stack.pop(), self.stack.last()) {
                    self.attach(child, head, relation);
                }
            }
            _ => {}
        }
    }

    fn attach(&mut self, child: u32, head: u32, relation: u8) {
        self.heads[child as usize] = head;
        self.relations[child as usize] = relation;
        let of = &mut self.children[head as usize];
        of.groups |= group(relation);
        if child < head {
            of.left = (of.left + 1).min(3);
            if of.first == NONE || child < of.first {
                of.first = child;
            }
        } else {
            of.right = (of.right + 1).min(3);
            if of.last == NONE || child > of.last {
                of.inner = of.last;
                of.last = child;
            }
        }
    }

    /// Returns the words whose vectors the network sees: the top three of the stack, the next, and children of those.
    pub fn slots(&self) -> [u32; SLOTS] {
        let [s0, s1, s2, b0] = self.tops();
        let (of0, of1, next) = (self.children_of(s0), self.children_of(s1), self.children_of(b0));
        [s0, s1, s2, b0, of0.first, of0.last, of1.last, next.first]
    }

    fn tops(&self) -> [u32; 4] {
        let top = |n: usize| self.stack.len().checked_sub(n).map_or(NONE, |i| self.stack[i]);
        let next = if self.next < self.len { self.next as u32 } else { NONE };
        [top(1), top(2), top(3), next]
    }

    fn children_of(&self, word: u32) -> Children {
        self.children.get(word as usize).copied().unwrap_or(CHILDLESS)
    }

    /// Returns the rows of a state's clues in one table of [`CLUE_ROWS`].
    pub fn clues(&self) -> [u16; CLUE_SIZES.len()] {
        let [s0, s1, _, b0] = self.tops();
        let (of0, of1, next) = (self.children_of(s0), self.children_of(s1), self.children_of(b0));
        let label = |word: u32| self.relations.get(word as usize).map_or(RELATIONS, |r| usize::from(*r));
        let count = |c: Children| usize::from(c.left * 4 + c.right);
        let values = [
            label(of0.first),
            label(of0.last),
            label(of0.inner),
            label(of1.first),
            label(of1.last),
            label(of1.inner),
            label(next.first),
            count(of0),
            count(of1),
            usize::from(next.left),
            distance(s0, b0),
            distance(s1, s0),
            usize::from(of0.groups),
            usize::from(of1.groups),
        ];
        let mut rows = [0; CLUE_SIZES.len()];
        let mut base = 0;
        for ((row, value), size) in rows.iter_mut().zip(values).zip(CLUE_SIZES) {
            *row = (base + value) as u16;
            base += size;
        }
        rows
    }
}

/// Returns how far apart two words are, in eight steps.
fn distance(a: u32, b: u32) -> usize {
    if a == NONE || b == NONE {
        return 0;
    }
    match b.abs_diff(a) {
        n @ 1..=4 => n as usize,
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

/// Returns the bit of the group that a relation is of: what a word has one of at most, or what closes it.
fn group(relation: u8) -> u8 {
    match Relation::ALL[usize::from(relation)].universal() {
        "nsubj" | "csubj" | "expl" => 1,
        "obj" | "ccomp" | "xcomp" => 2,
        "aux" | "cop" => 4,
        "mark" | "case" => 8,
        "det" | "nummod" => 16,
        "conj" | "cc" | "punct" => 32,
        _ => 0,
    }
}
