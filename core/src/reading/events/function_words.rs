//! Closed classes of words that verb groups and clauses are found by: adverbs, auxiliaries, determiners, prepositions.

use super::groups::Modal;

/// Says whether a word can stand between the parts of a verb group.
pub(super) fn is_adverb(w: &str) -> bool {
    matches!(
        w,
        "also"
            | "already"
            | "still"
            | "now"
            | "then"
            | "again"
            | "just"
            | "only"
            | "later"
            | "soon"
            | "twice"
            | "once"
            | "all"
            | "both"
            | "ever"
            | "even"
            | "so"
            | "far"
            | "yet"
            | "long"
            | "since"
            | "always"
            | "often"
            | "apparently"
            | "reportedly"
            | "first"
            | "at"
            | "least"
            | "thus"
            | "therefore"
    ) || (w.len() > 4
        && w.ends_with("ly")
        && !matches!(
            w,
            "family"
                | "supply"
                | "apply"
                | "reply"
                | "rally"
                | "assembly"
                | "italy"
                | "july"
                | "ally"
                | "rely"
                | "comply"
                | "anomaly"
                | "monopoly"
        ))
}

pub(super) fn is_not(w: &str) -> bool {
    matches!(w, "not" | "never" | "hardly" | "barely" | "n't" | "n’t")
}

pub(super) fn modal(w: &str) -> Option<Modal> {
    Some(match w {
        "will" | "shall" | "'ll" | "’ll" => Modal::Will,
        "would" => Modal::Would,
        "can" | "could" | "may" | "might" | "cannot" => Modal::May,
        "must" | "should" | "ought" => Modal::Must,
        _ => return None,
    })
}

pub(super) fn be(w: &str) -> Option<bool> {
    match w {
        "is" | "are" | "am" | "be" | "being" | "been" | "'re" | "’re" => Some(false),
        "was" | "were" => Some(true),
        _ => None,
    }
}

pub(super) fn have(w: &str) -> Option<bool> {
    match w {
        "has" | "have" | "having" | "'ve" | "’ve" => Some(false),
        "had" => Some(true),
        _ => None,
    }
}

pub(super) fn do_(w: &str) -> Option<bool> {
    match w {
        "do" | "does" => Some(false),
        "did" => Some(true),
        _ => None,
    }
}

/// Returns a word without its `n't`, and whether it had one.
pub(super) fn split_not(w: &str) -> (&str, bool) {
    match w {
        "won't" | "won’t" => return ("will", true),
        "can't" | "can’t" => return ("can", true),
        "cannot" => return ("can", true),
        _ => {}
    }
    let cut = w.strip_suffix("n't").or_else(|| w.strip_suffix("n’t"));
    cut.map_or((w, false), |w| (w, true))
}

/// Says whether a lower-cased word takes a noun behind it.
pub(super) fn is_determiner(w: &str) -> bool {
    matches!(
        w,
        "the"
            | "a"
            | "an"
            | "this"
            | "these"
            | "those"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
            | "no"
            | "any"
            | "some"
            | "each"
            | "every"
            | "another"
            | "such"
            | "what"
            | "whose"
            | "several"
            | "many"
            | "few"
            | "more"
            | "most"
            | "other"
            | "next"
            | "last"
            | "own"
            | "first"
            | "second"
            | "third"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "fresh"
            | "new"
            | "further"
            | "both"
            | "one"
    )
}

/// Says whether a lower-cased word is a preposition.
pub(super) fn is_preposition(w: &str) -> bool {
    matches!(
        w,
        "of" | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "with"
            | "about"
            | "over"
            | "into"
            | "onto"
            | "against"
            | "between"
            | "among"
            | "after"
            | "before"
            | "during"
            | "under"
            | "through"
            | "since"
            | "until"
            | "till"
            | "without"
            | "within"
            | "across"
            | "near"
            | "behind"
            | "beyond"
            | "toward"
            | "towards"
            | "upon"
            | "off"
            | "despite"
            | "amid"
            | "following"
            | "regarding"
            | "concerning"
            | "pending"
            | "via"
            | "per"
            | "outside"
            | "inside"
            | "ahead"
            | "like"
    )
}

/// Says whether a lower-cased word stands for a subject: `they`, `who`.
pub(super) fn is_subject_pronoun(w: &str) -> bool {
    matches!(
        w,
        "he" | "she"
            | "they"
            | "we"
            | "i"
            | "it"
            | "you"
            | "who"
            | "which"
            | "that"
            | "there"
            | "nobody"
            | "everybody"
            | "everyone"
            | "somebody"
            | "someone"
    )
}

/// Says whether a lower-cased word is a weekday or a month in full.
pub(super) fn is_month_or_weekday(w: &str) -> bool {
    matches!(
        w,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    )
}
