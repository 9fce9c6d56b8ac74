//! Runs the drawing instructions of a page as far as they show text: letters with their places on the upright page.

use super::fonts::Font;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object};
use hayro_syntax::page::{Page, Resources};
use std::collections::BTreeMap;

/// A letter (or ligature) on the page.
///
/// Units: points; x runs right, y down, from the page's upper left corner as it is shown.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Its baseline.
    pub(super) y: f64,
    pub(super) size: f64,
    /// Which way it reads.
    pub(super) turn: Turn,
    /// Shown to nobody: the words under a scanned picture.
    pub(super) is_invisible: bool,
    /// Marked as no part of the text: running heads, page numbers.
    pub(super) is_artifact: bool,
}

/// The direction of a line, in quarters clockwise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Turn {
    Upright,
    Down,
    UpsideDown,
    Up,
    /// Aslant: stamps and watermarks.
    Aslant,
}

/// What is left to spend on a file.
pub(super) struct Budget {
    /// Drawing instructions.
    pub(super) instructions: usize,
    /// Letters.
    pub(super) letters: usize,
}

impl Budget {
    pub(super) fn is_spent(&self) -> bool {
        self.instructions == 0 || self.letters == 0
    }
}

type Matrix = [f64; 6];

/// Applies `inner` first, then `outer`.
fn then(inner: Matrix, outer: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = inner;
    let [p, q, r, s, t, u] = outer;
    [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}

/// The state that `q` saves.
#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<usize>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    is_invisible: bool,
}

/// A marked part of the page.
struct Marked {
    is_artifact: bool,
    /// What its letters stand for, until the first of them has it.
    actual: Option<String>,
    is_replaced: bool,
}

/// Forms inside forms beyond this depth are not drawn.
const DEEPEST: usize = 12;

/// States saved on one another; more come from broken files.
const MOST_STATES: usize = 256;

pub(super) struct Drawing<'f> {
    fonts: &'f mut Fonts,
    budget: &'f mut Budget,
    glyphs: Vec<Glyph>,
    state: State,
    saved: Vec<State>,
    line: Matrix,
    text: Matrix,
    marked: Vec<Marked>,
}

/// Fonts read so far, by how the file describes them.
#[derive(Default)]
pub(super) struct Fonts {
    known: BTreeMap<Vec<u8>, usize>,
    list: Vec<Font>,
    /// Letters that were shown, and those of which the font does not say what they are.
    pub(super) shown: usize,
    pub(super) unknown: usize,
}

impl Fonts {
    fn of(&mut self, dict: &Dict<'_>) -> usize {
        // Not by number: fonts may be described inside another object, several in one.
        if let Some(known) = self.known.get(dict.data()) {
            return *known;
        }
        self.list.push(Font::read(dict));
        self.known.insert(dict.data().to_vec(), self.list.len() - 1);
        self.list.len() - 1
    }
}

/// Returns the letters of a page in the order in which they are drawn.
pub(super) fn of_page(page: &Page<'_>, fonts: &mut Fonts, budget: &mut Budget) -> Vec<Glyph> {
    let state = State {
        page: page.initial_transform(true).as_coeffs(),
        font: None,
        size: 0.0,
        letter_space: 0.0,
        word_space: 0.0,
        stretch: 1.0,
        leading: 0.0,
        rise: 0.0,
        is_invisible: false,
    };
    const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let mut drawing = Drawing {
        fonts,
        budget,
        glyphs: Vec::new(),
        state,
        saved: Vec::new(),
        line: SAME,
        text: SAME,
        marked: Vec::new(),
    };
    if let Some(stream) = page.page_stream() {
        drawing.run(stream, page.resources(), 0);
    }
    drawing.glyphs
}

/// Returns the operand as a number.
fn number(operands: &[Object<'_>], n: usize) -> f64 {
    let value = match operands.get(n) {
        Some(Object::Number(n)) => n.as_f64(),
        _ => 0.0,
    };
    if value.is_finite() { value } else { 0.0 }
}

fn matrix(operands: &[Object<'_>]) -> Matrix {
    std::array::from_fn(|n| number(operands, n))
}

impl Drawing<'_> {
    fn run(&mut self, stream: &[u8], resources: &Resources<'_>, depth: usize) {
        let mut instructions = UntypedIter::new(stream);
        while let Some(instruction) = instructions.next() {
            if self.budget.is_spent() {
                return;
            }
            self.budget.instructions -= 1;
            let operands: Vec<Object<'_>> = instruction.operands().cloned().collect();
            self.apply(instruction.operator, &operands, resources, depth);
        }
    }

    fn apply(&mut self, operator: &[u8], operands: &[Object<'_>], resources: &Resources<'_>, depth: usize) {
        match operator {
            b"q" if self.saved.len() < MOST_STATES => self.saved.push(self.state.clone()),
            b"Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            b"cm" => self.state.page = then(matrix(operands), self.state.page),
            b"BT" => {
                self.line = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
                self.text = self.line;
            }
            b"Tf" => self.set_font(operands, resources),
            b"Tc" => self.state.letter_space = number(operands, 0),
            b"Tw" => self.state.word_space = number(operands, 0),
            b"Tz" => self.state.stretch = number(operands, 0) / 100.0,
            b"TL" => self.state.leading = number(operands, 0),
            b"Ts" => self.state.rise = number(operands, 0),
            b"Tr" => self.state.is_invisible = number(operands, 0) == 3.0,
            b"Td" => self.next_line(number(operands, 0), number(operands, 1)),
            b"TD" => {
                self.state.leading = -number(operands, 1);
                self.next_line(number(operands, 0), number(operands, 1));
            }
            b"Tm" => {
                self.line = matrix(operands);
                self.text = self.line;
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" => self.show_first(operands),
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show_first(operands);
            }
            b"\"" => {
                self.state.word_space = number(operands, 0);
                self.state.letter_space = number(operands, 1);
                self.next_line(0.0, -self.state.leading);
                self.show_first(operands.get(2..).unwrap_or(&[]));
            }
            b"TJ" => {
                if let Some(Object::Array(pieces)) = operands.first() {
                    self.show_pieces(pieces);
                }
            }
            b"BMC" | b"BDC" => self.begin_marked(operands, resources),
            b"EMC" => {
                self.marked.pop();
            }
            b"Do" if depth < DEEPEST => self.draw_form(operands, resources, depth),
            _ => {}
        }
    }

    fn set_font(&mut self, operands: &[Object<'_>], resources: &Resources<'_>) {
        self.state.size = number(operands, 1);
        if let Some(Object::Name(name)) = operands.first() {
            self.state.font = resources.get_font(name).map(|dict| self.fonts.of(&dict));
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = then([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn begin_marked(&mut self, operands: &[Object<'_>], resources: &Resources<'_>) {
        if self.marked.len() >= MOST_STATES {
            return;
        }
        let tag = operands.first();
        let properties = match operands.get(1) {
            Some(Object::Dict(dict)) => Some(dict.clone()),
            Some(Object::Name(name)) => resources.properties.get::<Dict<'_>>(&**name),
            _ => None,
        };
        let actual = properties
            .and_then(|p| p.get::<hayro_syntax::object::String<'_>>("ActualText"))
            .map(|s| super::text_string(&s));
        let is_artifact = matches!(tag, Some(Object::Name(name)) if &**name == b"Artifact");
        let is_replaced = actual.is_some();
        self.marked.push(Marked { is_artifact, actual, is_replaced });
    }

    fn draw_form(&mut self, operands: &[Object<'_>], resources: &Resources<'_>, depth: usize) {
        let Some(Object::Name(name)) = operands.first() else { return };
        let Some(form) = resources.get_x_object(name) else { return };
        let dict = form.dict();
        if dict.get::<Name<'_>>("Subtype").as_deref() != Some(b"Form") {
            return;
        }
        let Ok(stream) = form.decoded_data() else { return };
        let state = self.state.clone();
        let (saved, marked) = (self.saved.len(), self.marked.len());
        if let Some(own) = dict.get::<[f64; 6]>("Matrix") {
            self.state.page = then(own, self.state.page);
        }
        match dict.get::<Dict<'_>>("Resources") {
            Some(own) => self.run(&stream, &Resources::new(own), depth + 1),
            None => self.run(&stream, resources, depth + 1),
        }
        self.saved.truncate(saved);
        self.marked.truncate(marked);
        self.state = state;
    }

    fn show_first(&mut self, operands: &[Object<'_>]) {
        if let Some(Object::String(codes)) = operands.first() {
            self.show(codes);
        }
    }

    fn show_pieces(&mut self, pieces: &Array<'_>) {
        for piece in pieces.iter::<Object<'_>>() {
            match piece {
                Object::String(codes) => self.show(&codes),
                Object::Number(n) => {
                    let back = n.as_f64() / 1000.0 * self.state.size * self.state.stretch;
                    self.advance(-back);
                }
                _ => {}
            }
        }
    }

    fn advance(&mut self, x: f64) {
        self.text = then([1.0, 0.0, 0.0, 1.0, x, 0.0], self.text);
    }

    fn show(&mut self, codes: &[u8]) {
        let Some(font) = self.state.font else { return };
        for letter in self.fonts.list[font].letters(codes) {
            if self.budget.letters == 0 {
                return;
            }
            self.budget.letters -= 1;
            self.fonts.shown += 1;
            let spacing = self.state.letter_space + if letter.is_space { self.state.word_space } else { 0.0 };
            let width = letter.width / 1000.0 * self.state.size * self.state.stretch;
            let text = letter.text.unwrap_or_else(|| {
                self.fonts.unknown += 1;
                "\u{fffd}".to_owned()
            });
            self.place(text, width);
            self.advance(width + spacing * self.state.stretch);
        }
    }

    /// Keeps a letter at the present place.
    fn place(&mut self, text: String, width: f64) {
        let text = match self.marked.iter_mut().rev().find(|m| m.is_replaced) {
            Some(marked) => marked.actual.take().unwrap_or_default(),
            None => text,
        };
        let raised = then([1.0, 0.0, 0.0, 1.0, 0.0, self.state.rise], self.text);
        let [a, b, c, d, e, f] = then(raised, self.state.page);
        let size = (c * c + d * d).sqrt() * self.state.size.abs();
        let along = (a * a + b * b).sqrt() * width;
        // Where the baseline runs, from the upper left corner.
        let (turn, x, y) = match () {
            () if a.abs() > 4.0 * b.abs() && a > 0.0 => (Turn::Upright, e, f),
            () if a.abs() > 4.0 * b.abs() => (Turn::UpsideDown, -e, -f),
            () if b.abs() > 4.0 * a.abs() && b > 0.0 => (Turn::Down, f, -e),
            () if b.abs() > 4.0 * a.abs() => (Turn::Up, -f, e),
            () => (Turn::Aslant, e, f),
        };
        // A mirrored or negative size still reads along its own line.
        let (x0, x1) = if along < 0.0 { (x + along, x) } else { (x, x + along) };
        if text.is_empty() || !(x0.is_finite() && x1.is_finite() && y.is_finite() && size.is_finite()) || size <= 0.0 {
            return;
        }
        self.glyphs.push(Glyph {
            text,
            x0,
            x1,
            y,
            size,
            turn,
            is_invisible: self.state.is_invisible,
            is_artifact: self.marked.iter().any(|m| m.is_artifact),
        });
    }
}
