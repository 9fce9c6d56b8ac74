//! A draft held against the example bundle: planted errors are found, and no true sentence is called wrong.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

mod common;

use common::{annals, folder};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Sentences with an error, and the verdict that they deserve.
const WRONG: [(&str, &str, &str); 10] = [
    ("wrong figure", "By Wednesday evening 640 people had reported stomach illness.", "contradicted"),
    ("old toll", "In Marrowby 118 people have been taken ill.", "outdated"),
    ("altered quote", "“I want to know why they knew,” Mayor Ada Renholm said.", "contradicted"),
    ("wrong speaker", "“A hearing is not a favour. It is owed,” Mayor Ada Renholm said.", "contradicted"),
    ("wrong role", "Finance Minister Salka Brandt visited Marrowby on Saturday.", "contradicted"),
    (
        "an event that was called off",
        "A public hearing on the tap water of Marrowby is planned for Friday, 5 September.",
        "outdated",
    ),
    ("invented quote", "“The wells will be sealed for ever,” Corin Blaise said.", "nothing found"),
    ("unknown person", "Tobias Quill, a plumber, was arrested.", "nothing found"),
    (
        "wrong count",
        "The state laboratory found coli bacteria in 13 of 20 samples below the Fennel Lane pumping station.",
        "contradicted",
    ),
    ("a cut quote turned round", "“We have everything to fear from questions,” said Corin Blaise.", "contradicted"),
];

/// Sentences that the reports carry.
const RIGHT: [&str; 8] = [
    "By Wednesday evening, 3 September, 64 people had reported stomach illness, said Dr Ivo Castellan, director of the district health office.",
    "“A hearing is not a favour. It is owed,” Environment Minister Salka Brandt said.",
    "“We count patients, not telephone calls,” said Ivo Castellan.",
    "The state laboratory in Veld found coli bacteria in three of 20 samples.",
    "Tessaly Water called off a public hearing on the tap water of Marrowby.",
    "Corin Blaise promised to replace the pump at Fennel Lane by 30 September.",
    "Salka Brandt dismissed reports that soldiers would hand out water as nonsense.",
    "The company says that 95 people are ill, the health office of the district 162 for the same Saturday.",
];

/// Returns the sentences of a checked draft with their verdicts, and the exit status.
fn check(name: &str, draft: &str) -> (Vec<(String, String)>, Option<i32>) {
    let file = folder(name).join("draft.txt");
    fs::write(&file, draft).unwrap();
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/water/reports");
    let out = annals(&["check", "--json", file.to_str().unwrap(), reports.to_str().unwrap()], &[]);
    let checked: Value = serde_json::from_slice(&out.stdout).unwrap();
    let text = |v: &Value| v.as_str().unwrap_or("nothing to check").to_owned();
    let sentences = checked["sentences"].as_array().unwrap();
    (sentences.iter().map(|s| (text(&s["exact"]), text(&s["verdict"]))).collect(), out.status.code())
}

#[test]
fn planted_errors_are_caught() {
    let draft: Vec<&str> = WRONG.iter().map(|(_, words, _)| *words).collect();
    let (sentences, status) = check("check-wrong", &draft.join("\n\n"));
    assert_eq!(sentences.len(), WRONG.len(), "{sentences:?}");
    let caught = |((_, _, want), (_, got)): &(&(&str, &str, &str), &(String, String))| want == got;
    let missed: Vec<_> = WRONG.iter().zip(&sentences).filter(|pair| !caught(pair)).collect();
    assert!(missed.len() <= 1, "{missed:#?}");
    assert_eq!(status, Some(1));
}

#[test]
fn no_true_sentence_is_called_wrong() {
    let (sentences, status) = check("check-right", &RIGHT.join("\n\n"));
    let wrong: Vec<_> = sentences.iter().filter(|(_, v)| v == "contradicted" || v == "outdated").collect();
    // The first figure was true on its day, and the sentence says which.
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(sentences.iter().filter(|(_, v)| v == "supported").count() >= 6, "{sentences:#?}");
    assert_eq!(status, Some(0));
}

/// A planted draft of `eval/drafts`: (kind, verdict deserved or `true`, sentence).
fn planted(name: &str) -> Vec<(String, String, String)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../eval/drafts").join(name);
    let lines = fs::read_to_string(file).unwrap();
    let row = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        Some((fields.next()?, fields.next()?, fields.next()?))
    };
    lines.lines().filter(|l| !l.starts_with('#')).filter_map(row).collect()
}

#[test]
fn errors_of_ten_kinds_are_caught_and_paraphrases_are_not() {
    let (truths, errors): (Vec<_>, Vec<_>) = planted("water.tsv").into_iter().partition(|row| row.1 == "true");
    let text = |rows: &[(String, String, String)]| rows.iter().map(|r| r.2.as_str()).collect::<Vec<_>>().join("\n\n");
    let (found, _) = check("check-planted", &text(&errors));
    let missed: Vec<_> = errors.iter().zip(&found).filter(|(row, (_, verdict))| row.1 != *verdict).collect();
    assert!(found.len() == errors.len() && missed.len() <= 1, "{missed:#?}");
    let (found, _) = check("check-paraphrased", &text(&truths));
    let wrong: Vec<_> = found.iter().filter(|(_, v)| v == "contradicted" || v == "outdated").collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_opposite_of_what_reports_tell_is_never_supported() {
    let opposed = [
        "Corin Blaise said the company would not replace the pump at Fennel Lane by 30 September.",
        "The hearing on Friday was not called off.",
        "“We will … put our engineers in front of a crowd,” said Corin Blaise.",
    ];
    for (n, sentence) in opposed.iter().enumerate() {
        let (sentences, _) = check(&format!("check-opposed-{n}"), sentence);
        assert!(sentences.iter().all(|(_, v)| v != "supported"), "{sentences:?}");
    }
}

#[test]
fn what_a_draft_leaves_open_is_not_called_supported() {
    let (sentences, _) = check("check-open", "The town may call off the hearing on Tuesday.");
    assert!(sentences.iter().all(|(_, v)| v == "nothing to check"), "{sentences:?}");
}

#[test]
fn lines_broken_for_their_length_are_one_paragraph() {
    let broken = "Mayor Ada Renholm, who had read every word of it, spoke of it in the hall:\n“I have read every word of that notice … It does not contain the\nword sorry.”\n";
    let (sentences, _) = check("check-broken", broken);
    assert!(sentences.iter().any(|(words, v)| words.contains("the word sorry") && v == "supported"), "{sentences:?}");
}

#[test]
fn what_no_report_speaks_of_is_said_to_be_just_that() {
    let (sentences, status) =
        check("check-nothing", "The moon was full over the hills. A choir of 40 sang in Lower Dale.");
    assert!(sentences.iter().all(|(_, v)| v == "nothing found" || v == "nothing to check"), "{sentences:?}");
    assert_eq!(status, Some(0));
}

#[test]
fn a_draft_that_is_not_there_or_no_text_is_an_error() {
    let folder = folder("check-none");
    fs::write(folder.join("draft.bin"), [0u8, 1, 2, 3, 0, 255]).unwrap();
    fs::write(folder.join("1.txt"), "Fog\n\nThe fog lay on the sound.\n").unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    assert_eq!(annals(&["check", &path("draft.bin"), &path("1.txt")], &[]).status.code(), Some(2));
    assert_eq!(annals(&["check", &path("none.txt"), &path("1.txt")], &[]).status.code(), Some(2));
    // Nothing to hold it against is no clean bill.
    assert_eq!(annals(&["check", &path("1.txt"), &path("nowhere")], &[]).status.code(), Some(2));
    assert_eq!(annals(&["check", "-", "-"], &[]).status.code(), Some(2));
}
