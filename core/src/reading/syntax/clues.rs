//! What the network sees of a word: its folded form, its ends and its shape, each as a key of 32 bits.
//!
//! Training and use call the same function, so a key means the same to both. Which keys have a row of numbers is the
//! model's business.

/// Kinds of clues; a word has one key of each.
pub const KINDS: usize = 8;

/// Characters of a word that are looked at; what is longer is an address or noise.
const LONGEST: usize = 40;

/// Returns the keys of a word: form, last 1, 2, 3 and 4 characters, first 1 and 3, shape.
pub fn keys(word: &str) -> [u32; KINDS] {
    let mut folded = ['\0'; LONGEST];
    let mut len = 0;
    for c in word.chars().take(LONGEST) {
        folded[len] = fold(c);
        len += 1;
    }
    let folded = &folded[..len];
    let end = |n: usize| &folded[len.saturating_sub(n)..];
    let front = |n: usize| &folded[..n.min(len)];
    [
        key(0, folded),
        key(1, end(1)),
        key(2, end(2)),
        key(3, end(3)),
        key(4, end(4)),
        key(5, front(1)),
        key(6, front(3)),
        shape(word),
    ]
}

/// Returns a character in lower case, digits as `0`, typographic quotes and dashes as typewriters have them.
fn fold(c: char) -> char {
    match c {
        'a'..='z' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        '0'..='9' => '0',
        '‘' | '’' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‐' | '‑' | '−' => '-',
        _ if c.is_ascii() => c,
        _ => {
            let mut lower = c.to_lowercase();
            lower.next().unwrap_or(c)
        }
    }
}

/// FNV-1a over characters, folded to 32 bits; frozen, as models hold its results.
fn key(kind: u32, chars: &[char]) -> u32 {
    let mut hash = start(kind);
    for &c in chars {
        hash = step(hash, c as u32);
    }
    finish(hash)
}

fn start(kind: u32) -> u64 {
    step(0xcbf2_9ce4_8422_2325, kind)
}

fn step(hash: u64, value: u32) -> u64 {
    (hash ^ u64::from(value)).wrapping_mul(0x0000_0100_0000_01b3)
}

fn finish(hash: u64) -> u32 {
    ((hash >> 32) ^ hash) as u32
}

/// Returns the key of the shape: capitals, small letters, digits and marks, runs cut at two, at most eight signs.
fn shape(word: &str) -> u32 {
    let mut hash = start(7);
    let (mut last, mut run, mut signs) = ('\0', 0, 0);
    for c in word.chars().take(LONGEST) {
        let sign = if c.is_lowercase() {
            'x'
        } else if c.is_uppercase() {
            'X'
        } else if c.is_numeric() {
            'd'
        } else if c.is_alphabetic() {
            'a'
        } else {
            fold(c)
        };
        run = if sign == last { run + 1 } else { 1 };
        last = sign;
        if run <= 2 && signs < 8 {
            hash = step(hash, sign as u32);
            signs += 1;
        }
    }
    finish(hash)
}
