//! The closed inventories of Universal Dependencies for English: word classes, Penn tags, relations.
//!
//! Source: universaldependencies.org, version 2; the subtypes are those that the English treebanks EWT and GUM use.

use serde::{Deserialize, Serialize};

macro_rules! inventory {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "the names of the standard; its pages define them")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// All of them, in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Returns the name as treebanks write it.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// Returns the one of that name.
            pub fn named(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

inventory! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

inventory! {
    /// Penn Treebank tag: what the form of a word tells, as tense and number.
    Xpos {
        Add = "ADD", Afx = "AFX", Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", Gw = "GW", Hyph = "HYPH",
        In = "IN", Jj = "JJ", Jjr = "JJR", Jjs = "JJS", Ls = "LS", Md = "MD", Nfp = "NFP", Nn = "NN", Nnp = "NNP",
        Nnps = "NNPS", Nns = "NNS", Pdt = "PDT", Pos = "POS", Prp = "PRP", PrpPoss = "PRP$", Rb = "RB", Rbr = "RBR",
        Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO", Uh = "UH", Vb = "VB", Vbd = "VBD", Vbg = "VBG", Vbn = "VBN",
        Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT", Wp = "WP", WpPoss = "WP$", Wrb = "WRB", Comma = ",", Stop = ".",
        Colon = ":", Opening = "``", Closing = "''", LeftBracket = "-LRB-", RightBracket = "-RRB-", Dollar = "$",
    }
}

inventory! {
    /// Relation of a word to its head, with its subtype.
    Relation {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc",
        CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj",
        Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep", Det = "det",
        DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed",
        Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod",
        NmodDesc = "nmod:desc", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj",
        NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl",
        OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis",
        Punct = "punct", Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

impl Relation {
    /// Returns the relation without its subtype, as the standard names it: `nsubj` for `nsubj:pass`.
    pub fn universal(self) -> &'static str {
        let name = self.name();
        name.split(':').next().unwrap_or(name)
    }
}

/// When a verb form places what it tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tense {
    /// `came`
    Past,
    /// `comes`
    Present,
}

/// One or more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Number {
    /// `ship`, `comes`
    Singular,
    /// `ships`
    Plural,
}

/// What kind of form a verb stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VerbForm {
    /// `comes`, `came`, and modals
    Finite,
    /// `come`: infinitives and commands, which are written alike
    Base,
    /// `coming`
    Ing,
    /// `taken`
    PastParticiple,
}

impl Xpos {
    /// Returns the tense that the form alone tells.
    pub fn tense(self) -> Option<Tense> {
        match self {
            Xpos::Vbd => Some(Tense::Past),
            Xpos::Vbz | Xpos::Vbp => Some(Tense::Present),
            _ => None,
        }
    }

    /// Returns the number that the form alone tells; that of a verb only for `comes`.
    pub fn number(self) -> Option<Number> {
        match self {
            Xpos::Nn | Xpos::Nnp | Xpos::Vbz => Some(Number::Singular),
            Xpos::Nns | Xpos::Nnps => Some(Number::Plural),
            _ => None,
        }
    }

    /// Returns the form of a verb or auxiliary.
    pub fn verb_form(self) -> Option<VerbForm> {
        match self {
            Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md => Some(VerbForm::Finite),
            Xpos::Vb => Some(VerbForm::Base),
            Xpos::Vbg => Some(VerbForm::Ing),
            Xpos::Vbn => Some(VerbForm::PastParticiple),
            _ => None,
        }
    }
}
