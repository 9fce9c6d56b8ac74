//! Hostile inputs, one for each kind of trouble, made anew on every run: nothing large lies in the repository.
//!
//! The words in them are invented. The tests run each through the program; `annals-eval hostile DIR` writes them for
//! other uses, and `annals-eval seeds DIR` writes small ones from which the fuzzer begins.

mod feeds;
mod files;
mod json;
mod mail;
mod make;
mod markup;
mod office;
pub(crate) mod sound;
mod tar;
mod text;
mod warc;
mod zip;

/// One hostile input.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    /// What it is; the name of its file.
    pub(crate) name: &'static str,
    /// Makes its bytes.
    pub(crate) make: fn(&Size) -> Vec<u8>,
    /// What its rows of the ledger must say somewhere: the outcome, then words of the reason (`failed: larger than`).
    pub(crate) says: &'static str,
}

/// How large the inputs are.
pub(crate) struct Size {
    /// No count of things is greater.
    most: usize,
    /// Of words to be read in earnest there are so many times fewer.
    share: usize,
}

impl Size {
    /// The size at which trouble shows. A build that is not optimised reads slowly, so there are fewer words for it.
    pub(crate) const FULL: Size = Size { most: usize::MAX, share: if cfg!(debug_assertions) { 20 } else { 1 } };
    /// Small enough for a fuzzer to change every part.
    pub(crate) const SMALL: Size = Size { most: 12, share: 1 };

    /// Returns the count of things to put in, where `count` is wanted.
    pub(crate) fn of(&self, count: usize) -> usize {
        count.min(self.most)
    }

    /// Returns the count of words or lines to put in, where `count` is wanted.
    pub(crate) fn words(&self, count: usize) -> usize {
        self.of(count / self.share)
    }
}

/// Returns all hostile inputs.
pub(crate) fn cases() -> Vec<Case> {
    [
        text::CASES,
        markup::CASES,
        feeds::CASES,
        office::CASES,
        files::CASES,
        zip::CASES,
        tar::CASES,
        warc::CASES,
        mail::CASES,
        json::CASES,
    ]
    .concat()
}

/// An invented report.
const STORY: &str = "Quay closed at Sandholm\n\nSANDHOLM, May 6, 2031 - The quay at Sandholm was closed on Monday after two cranes collided, the port said, and nobody was hurt.\n\n“We heard it across the bay,” said Mara Quill, who runs the ferry office. She counted 14 ships outside the harbour on Tuesday.\n";

/// The report's paragraphs as a page shows them.
const BODY: &str = "<h1>Quay closed at Sandholm</h1><p>May 6, 2031</p><p>The quay at Sandholm was closed on Monday after two cranes collided, the port said, and nobody was hurt.</p><p>“We heard it across the bay,” said Mara Quill, who runs the ferry office. She counted 14 ships outside the harbour on Tuesday.</p>";

/// Returns a page with something odd in its head and in its body.
fn page(head: &str, body: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html lang=en><head><title>Quay closed at Sandholm</title>{head}</head><body><article>{BODY}{body}</article></body></html>").into_bytes()
}
