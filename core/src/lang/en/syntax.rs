//! The models of English that are learned: tagger and parser, dictionary forms. `model/README.md` has their provenance.

use super::entries;
use crate::reading::syntax::Xpos;
use crate::reading::syntax::lemmas::Lemmas;
use crate::reading::syntax::network::{File, Network};
use std::sync::LazyLock;

/// The tagger and parser.
pub static NETWORK: LazyLock<Network> = LazyLock::new(|| {
    // A test reads the file; it is part of the program.
    Network::read(&mut File(include_bytes!("model/syntax.bin"))).expect("model/syntax.bin is not of this layout")
});

/// Dictionary forms: those learned, then irregular verbs and plurals that the treebanks do not have.
pub static LEMMAS: LazyLock<Lemmas<'static>> = LazyLock::new(|| {
    let mut lemmas = Lemmas::read(include_str!("model/lemmas.tsv"));
    for line in entries(include_str!("irregular_verbs.txt")) {
        let mut forms = line.split(' ');
        if let (Some(base), Some(past), Some(participle)) = (forms.next(), forms.next(), forms.next()) {
            lemmas.add(Xpos::Vbd, past, base);
            lemmas.add(Xpos::Vbn, participle, base);
        }
    }
    for (plural, singular) in entries(include_str!("irregular_plurals.txt")).filter_map(|l| l.split_once(' ')) {
        lemmas.add(Xpos::Nns, plural, singular);
    }
    lemmas
});
