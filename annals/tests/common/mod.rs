//! Runs the built program over invented inputs.

#![allow(dead_code, clippy::unwrap_used, clippy::print_stdout, reason = "tests; each file uses its part")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Returns an empty folder for one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs `annals` and checks that it did not panic.
pub(crate) fn annals(args: &[&str], env: &[(&str, &str)]) -> Output {
    let out = Command::new(env!("CARGO_BIN_EXE_annals")).args(args).envs(env.iter().copied()).output().unwrap();
    let errors = String::from_utf8_lossy(&out.stderr);
    assert!(!errors.contains("panicked") && out.status.code().is_some(), "annals {args:?}: {errors}");
    out
}

/// Returns the record of inputs and the bytes it was printed as.
pub(crate) fn record(inputs: &[&str], env: &[(&str, &str)]) -> (Value, Vec<u8>) {
    let mut args = vec!["brief", "--json", "-"];
    args.extend(inputs);
    let out = annals(&args, env);
    (serde_json::from_slice(&out.stdout).unwrap(), out.stdout)
}

/// Writes five invented reports of one story: a wire text, a credited copy, two local papers, one undated.
pub(crate) fn bundle(name: &str) -> PathBuf {
    let folder = folder(name);
    let wire = "Ferry crews at Tolm Sound walked out on Monday over rosters, and the company cancelled all 14 crossings.\n\n\
        “We asked for rest days and were given leaflets,” said Oda Brenn, who speaks for the crews.\n\n\
        Talks are planned for Thursday at the town hall. The company, Sound Lines, said that 60 of its 85 crew members took part.\n\n\
        The mayor, Per Aske, told reporters that buses would run until Friday.";
    let write = |file: &str, words: String| fs::write(folder.join(file), words).unwrap();
    write(
        "1-wire.txt",
        format!(
            "NORTH WIRE\n\nFerry crews walk out at Tolm Sound\n\nTOLM SOUND, March 4, 2024 (North Wire) - {wire}\n"
        ),
    );
    write(
        "2-copy.html",
        format!(
            "<!DOCTYPE html><html lang=en><head><title>Ferries stand still | Sound Post</title>\
             <meta property='og:site_name' content='Sound Post'></head><body><article><h1>Ferries stand still</h1>\
             <p>March 5, 2024</p><p>{}</p><p>(North Wire)</p></article></body></html>",
            wire.replace("\n\n", "</p><p>")
        ),
    );
    write(
        "3-local.html",
        "<!DOCTYPE html><html lang=en><head><title>Crews: 71 walked out</title>\
         <meta property='og:site_name' content='Tolm Mirror'><meta property='article:published_time' content='2024-03-05T08:00:00+01:00'>\
         </head><body><article><h1>Crews: 71 walked out</h1><p>Oda Brenn said on Tuesday that 71 crew members had walked out on Monday, \
         more than the company counts.</p><p>Sound Lines denied that it had offered a bonus to those who stayed.</p>\
         <p>The talks on Thursday will be led by Per Aske, the mayor. He promised a new roster by March 20.</p></article></body></html>"
            .into(),
    );
    write(
        "4-later.txt",
        "Harbour Gazette\nMarch 8, 2024\n\nFerry talks called off\n\nThe talks between Sound Lines and its crews, planned for \
         Thursday, were called off on Wednesday evening, the mayor’s office said.\n\n\
         “Nobody came with a pencil,” Per Aske said. Some 80 crew members were on strike by Thursday – café owners count them daily. 🚢\n"
            .into(),
    );
    write(
        "5-undated.txt",
        "A walk along the quay\n\nThe ferries lay in a row yesterday, a day after the talks were called off. Nobody sold a ticket.\n".into(),
    );
    folder
}

/// Returns the bundles to check beside the invented one, saying which are not there; `ANNALS_BUNDLES` may name more
/// folders, parted by colons.
pub(crate) fn other_bundles() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in
        ["examples", "../shared/seeds/reports", "../shared/stories/harbour/reports", "../shared/stories/bridge/reports"]
    {
        let path = root.join(folder);
        if path.is_dir() {
            found.push(path);
        } else {
            println!("not checked, because it is not there: {}", path.display());
        }
    }
    found
}
