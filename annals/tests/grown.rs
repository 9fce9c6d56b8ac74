//! An archive that grows tells the stories that it would tell if nothing had been kept of it before.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

mod common;

use common::{annals, bundle, folder};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn stories(archive: &str) -> String {
    String::from_utf8(annals(&["stories", archive, "--json"], &[]).stdout).unwrap()
}

/// Checks that the stories are those of an archive of which nothing is kept, and returns them.
fn check_as_anew(archive: &str, when: &str) -> String {
    let told = stories(archive);
    let cache = Path::new(archive).join("cache");
    let aside = Path::new(archive).with_extension("aside");
    fs::rename(&cache, &aside).unwrap();
    assert_eq!(stories(archive), told, "{when}");
    fs::remove_dir_all(&cache).unwrap();
    fs::rename(&aside, &cache).unwrap();
    told
}

#[test]
fn what_was_kept_of_an_archive_changes_no_story() {
    let bundle = bundle("grown-bundle");
    let archive = folder("grown-store").join("archive");
    let (archive, cache) = (archive.to_str().unwrap(), archive.join("cache"));
    let add = |files: &[&str]| {
        let files: Vec<String> = files.iter().map(|f| bundle.join(f).to_string_lossy().into_owned()).collect();
        let mut args = vec!["add", archive];
        args.extend(files.iter().map(String::as_str));
        annals(&args, &[]);
    };
    // The copy before what it is a copy of, and the latest before the earliest.
    add(&["2-copy.html", "4-later.txt"]);
    let first = check_as_anew(archive, "of two reports");
    add(&["3-local.html", "5-undated.txt"]);
    check_as_anew(archive, "of four reports");
    let page = |n: usize| bundle.join(format!("choir-{n}.txt"));
    for n in 0..3 {
        let words =
            format!("The choir of Elsham will sing {n} new songs on Saturday, its conductor Piers Holloway said.");
        fs::write(page(n), format!("Songs in Elsham\n\nMarch {}, 2024\n\n{words} Tickets cost 12 crowns.\n", 9 - n))
            .unwrap();
    }
    add(&["1-wire.txt", "choir-0.txt", "choir-1.txt", "choir-2.txt"]);
    let all = check_as_anew(archive, "of all reports");
    assert_ne!(first, all);
    let ids: Vec<String> = all
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(ids.len() > 1, "{all}");
    annals(&["merge", archive, &ids[0], &ids[1]], &[]);
    assert_eq!(check_as_anew(archive, "after a merge").lines().count(), ids.len() - 1);
    annals(&["undo", archive, "1"], &[]);
    assert_eq!(stories(archive), all);
    for entry in fs::read_dir(&cache).unwrap() {
        // Whatever of it is damaged or gone is made again without a word.
        let file = entry.unwrap().path();
        let whole = fs::read(&file).unwrap();
        let most = &whole[..whole.len().saturating_sub(9)];
        for bytes in [&whole[..whole.len() / 2], &[most, &[0x5a; 9]].concat(), &[]] {
            fs::write(&file, bytes).unwrap();
            let _ = fs::remove_file(cache.join("links"));
            let out = annals(&["stories", archive, "--json"], &[]);
            assert_eq!(String::from_utf8_lossy(&out.stdout), all, "{}", file.display());
            assert!(out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
        }
    }
    // Who cannot write there does without.
    fs::remove_dir_all(&cache).unwrap();
    fs::write(&cache, "").unwrap();
    assert_eq!(stories(archive), all);
}

#[test]
fn what_another_version_made_otherwise_is_listed_once() {
    let bundle = bundle("rebuilt-bundle");
    let archive = folder("rebuilt-store").join("archive");
    let folder = archive.to_str().unwrap();
    annals(&["add", folder, &bundle.to_string_lossy()], &[]);
    let told = stories(folder);
    let rebuilt = || -> Value { serde_json::from_slice(&annals(&["rebuild", folder, "--json"], &[]).stdout).unwrap() };
    let first = rebuilt();
    assert!(first["before"].is_null() && first["otherwise"] == serde_json::json!([]), "{first}");
    // What this version made, as if another had put one report elsewhere and called it something else.
    let kept = annals_store::Archive::open(&archive).unwrap();
    let name = kept.kept("epoch-").pop().unwrap();
    let mut epoch: Value = serde_json::from_slice(&kept.cached(&name, "epoch-").unwrap()).unwrap();
    let last = epoch["reports"].as_array().unwrap().len() - 1;
    let id = epoch["reports"][last]["id"].as_str().unwrap().to_owned();
    epoch["reader"] = "0000000000000000".into();
    epoch["reports"][last]["id"] = "00000000000000000000000000000000".into();
    epoch["reports"].as_array_mut().unwrap().iter_mut().for_each(|r| r["story"] = 0.into());
    kept.keep("epoch-0000000000000000", "epoch-", &serde_json::to_vec(&epoch).unwrap()).unwrap();
    let second = rebuilt();
    assert_eq!(second["before"]["reader"], "0000000000000000");
    let otherwise = second["otherwise"].as_array().unwrap();
    let of = |o: &&Value| o["what"].as_array().unwrap().contains(&"has other words".into());
    assert_eq!(otherwise.iter().find(of).map(|o| &o["id"]), Some(&id.into()), "{second}");
    assert!(rebuilt()["before"].is_null());
    assert_eq!(stories(folder), told);
}

#[test]
fn what_was_kept_of_readings_changes_no_record() {
    let bundle = bundle("readings-bundle");
    let archive = folder("readings-store").join("archive");
    let (archive, cache) = (archive.to_str().unwrap(), archive.join("cache"));
    annals(&["add", archive, bundle.to_str().unwrap()], &[]);
    let kept = || {
        let names = fs::read_dir(&cache).unwrap().flatten().map(|file| file.file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("readings-")).collect::<Vec<String>>()
    };
    let readings = cache.join(&kept()[0]);
    let all = stories(archive);
    let id = serde_json::from_str::<Value>(all.lines().next().unwrap()).unwrap()["id"].as_str().unwrap().to_owned();
    let record = || String::from_utf8(annals(&["stories", archive, &id, "--json"], &[]).stdout).unwrap();
    let of_kept = record();
    assert!(of_kept.contains("\"statements\""), "{of_kept}");
    // Each sheet damaged in turn, as far as there are any; then none of them there.
    let bytes = fs::read(&readings).unwrap();
    for at in (bytes.len() / 3..bytes.len()).step_by(bytes.len() / 9) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        fs::write(&readings, &damaged).unwrap();
        assert_eq!(record(), of_kept, "byte {at}");
    }
    fs::remove_file(&readings).unwrap();
    assert_eq!(record(), of_kept);
    // They are made again with what is new.
    fs::write(
        bundle.join("new.txt"),
        "Ferry to Elsham\n\nMarch 12, 2024\n\nThe ferry to Elsham sails again, its owner said.\n",
    )
    .unwrap();
    annals(&["add", archive, bundle.to_str().unwrap()], &[]);
    assert!(kept().iter().any(|name| name.starts_with("readings-0-")), "{:?}", kept());
}
