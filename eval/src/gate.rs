//! Scores bundles and evaluation sets and holds them against floors that only rise.
//!
//! The sets lie outside the project (`../shared`, or the folder that `ANNALS_SHARED` names); without them the gate says
//! so and passes.

use crate::{annals, root, shared, train};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A score with the best peer's, as the scorers print it.
struct Score {
    value: f64,
    peer: String,
}

/// Runs the gate. Returns whether every floor held.
pub(crate) fn run(args: &[&str]) -> Result<bool> {
    let raise = args.contains(&"--raise");
    let only = args.iter().position(|a| *a == "--only").and_then(|n| args.get(n + 1)).copied().unwrap_or("");
    let shared = shared();
    if !shared.join("contract/check_record.py").exists() {
        println!("NOT MEASURED: the evaluation sets are not there ({}).", shared.display());
        return Ok(true);
    }
    let binary = annals()?;
    let mut scores = bundles(&binary, &shared, only)?;
    scores.extend(sets(&binary, &shared, only)?);
    scores.extend(syntax(&shared, only)?);
    let file = root().join("eval/floors.tsv");
    let floors = read_floors(&file)?;
    let corpus = corpus_digest(&shared)?;
    let same_sets = fs::read_to_string(&file).unwrap_or_default().contains(&format!("# corpus {corpus}"));
    if !same_sets {
        println!("The sets have changed since the floors were measured: a metric that is gone is only named.");
    }
    let held = print(&scores, &floors, only, same_sets);
    if raise {
        write_floors(&file, &scores, &floors, &corpus)?;
        println!("raised floors written to {}", file.display());
        return Ok(true);
    }
    Ok(held)
}

/// Briefs each story bundle and counts the known facts that its record holds, in percent.
fn bundles(binary: &Path, shared: &Path, only: &str) -> Result<BTreeMap<String, Score>> {
    let mut folders = vec![shared.join("seeds")];
    let mut stories: Vec<PathBuf> = match fs::read_dir(shared.join("stories")) {
        Ok(entries) => entries.flatten().map(|e| e.path()).collect(),
        Err(_) => Vec::new(),
    };
    stories.sort();
    folders.extend(stories);
    folders.push(root().join("examples/water"));
    let mut scores = BTreeMap::new();
    for folder in folders.iter().filter(|f| f.join("facts.json").exists()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !format!("facts.{name}").contains(only) {
            continue;
        }
        let record = std::env::temp_dir().join(format!("annals-eval-{}-{name}.json", std::process::id()));
        let status = Command::new(binary)
            .arg("brief")
            .arg(folder.join("reports"))
            .arg("--json")
            .arg(&record)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if !status.success() {
            bail!("annals brief {} ended with {status}", folder.display());
        }
        let out = Command::new("python3")
            .arg(shared.join("contract/check_record.py"))
            .args([&record, &folder.join("facts.json")])
            .output()
            .context("cannot run python3, which the scorers need")?;
        fs::remove_file(&record)?;
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        let after = |key: &str| text.lines().find_map(|l| l.strip_prefix(key)).map(str::trim).unwrap_or("");
        let (held, asked) = after("facts:").split_once('/').context("check_record.py printed no facts")?;
        let (held, asked): (f64, f64) = (held.parse()?, asked.parse()?);
        let unsound: f64 = after("unsound rows:").parse()?;
        scores
            .insert(format!("facts.{name}"), Score { value: 100.0 * held / asked, peer: format!("{held} of {asked}") });
        scores.insert(
            format!("facts.{name}.sound"),
            Score { value: 100.0 - unsound, peer: "unsound rows lower it".into() },
        );
    }
    Ok(scores)
}

/// Runs the scorers of all sets: lines `name value  (peer …)`.
fn sets(binary: &Path, shared: &Path, only: &str) -> Result<BTreeMap<String, Score>> {
    let script = shared.join("eval/score/run_all.sh");
    let mut command = Command::new("sh");
    command.arg(&script).arg(binary);
    if !only.is_empty() {
        command.args(["--only", only]);
    }
    let out = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot run {}", script.display()))?;
    let mut scores = BTreeMap::new();
    for line in String::from_utf8_lossy(&out.stdout).lines() {
        let mut parts = line.splitn(3, ' ');
        let (Some(name), Some(value)) = (parts.next(), parts.next()) else { continue };
        let peer = parts.next().unwrap_or("").trim().trim_start_matches("(peer ").trim_end_matches(')').to_owned();
        if let Ok(value) = value.parse() {
            scores.insert(name.to_owned(), Score { value, peer });
        }
    }
    Ok(scores)
}

/// Scores tagger and parser, which no command of the program shows.
fn syntax(shared: &Path, only: &str) -> Result<BTreeMap<String, Score>> {
    if !(only.is_empty() || "syntax".contains(only) || only.contains("syntax")) {
        return Ok(BTreeMap::new());
    }
    let scores = train::scores(&shared.join("eval"))?;
    Ok(scores.into_iter().map(|(name, value)| (name, Score { value, peer: String::new() })).collect())
}

/// Says whether a higher value is worse: then the floor is a ceiling.
fn lower_is_better(name: &str) -> bool {
    name.ends_with("false_parents")
}

/// Prints the table; returns whether every floor held. On the same sets a metric that is gone is a broken floor too.
fn print(scores: &BTreeMap<String, Score>, floors: &BTreeMap<String, f64>, only: &str, same_sets: bool) -> bool {
    println!("{:<48} {:>7} {:>7}   peer", "metric", "annals", "floor");
    let mut held = true;
    for (name, score) in scores {
        let floor = floors.get(name);
        let broken = floor.is_some_and(|f| below(name, score.value, *f));
        held &= !broken;
        let floor = floor.map_or("-".to_owned(), |f| format!("{f:.2}"));
        println!(
            "{name:<48} {:>7.2} {floor:>7}   {}{}",
            score.value,
            score.peer,
            if broken { "   BELOW THE FLOOR" } else { "" }
        );
    }
    for name in floors.keys().filter(|n| n.contains(only) && !scores.contains_key(*n)) {
        println!("{name:<48}     n/a   MEASURED BEFORE, NOT NOW");
        held &= !same_sets;
    }
    println!("{}", if held { "every floor held" } else { "a floor was broken" });
    held
}

/// Scores are printed with two decimals, so half of the last one is no difference.
fn below(name: &str, value: f64, floor: f64) -> bool {
    if lower_is_better(name) { value > floor + 0.005 } else { value < floor - 0.005 }
}

fn read_floors(file: &Path) -> Result<BTreeMap<String, f64>> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let mut floors = BTreeMap::new();
    for line in text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
        let (name, floor) = line.split_once('\t').with_context(|| format!("{}: no tab in {line:?}", file.display()))?;
        floors.insert(name.to_owned(), floor.trim().parse().with_context(|| format!("{}: {line:?}", file.display()))?);
    }
    Ok(floors)
}

/// Writes each floor where it was or higher, never lower.
fn write_floors(
    file: &Path,
    scores: &BTreeMap<String, Score>,
    old: &BTreeMap<String, f64>,
    corpus: &str,
) -> Result<()> {
    let mut all = old.clone();
    for (name, score) in scores {
        // Two decimals, cut towards the easier side, so that the same run passes.
        let value = (score.value * 100.0).floor() / 100.0;
        let value = if lower_is_better(name) { (score.value * 100.0).ceil() / 100.0 } else { value };
        let floor = all.entry(name.clone()).or_insert(value);
        *floor = if lower_is_better(name) { floor.min(value) } else { floor.max(value) };
    }
    let mut out = String::from(
        "# Floors of `annals-eval gate`: metric, tab, percent. They only rise (false_parents: only fall); `gate --raise` writes them.\n",
    );
    writeln!(out, "# corpus {corpus}")?;
    // What a person wrote about a floor stays.
    let notes = fs::read_to_string(file).unwrap_or_default();
    for note in notes.lines().skip(1).filter(|l| l.starts_with('#') && !l.starts_with("# corpus ")) {
        writeln!(out, "{note}")?;
    }
    for (name, floor) in all {
        writeln!(out, "{name}\t{floor:.2}")?;
    }
    Ok(fs::write(file, out)?)
}

/// Returns a digest of the sets that the floors were measured on.
fn corpus_digest(shared: &Path) -> Result<String> {
    let mut files = Vec::new();
    for folder in ["seeds", "stories", "eval"] {
        walk(&shared.join(folder), &mut files)?;
    }
    files.sort();
    let mut hasher = blake3::Hasher::new();
    for file in files {
        hasher.update(file.strip_prefix(shared)?.to_string_lossy().as_bytes());
        hasher.update(&fs::read(&file)?);
    }
    Ok(hasher.finalize().to_hex()[..16].to_owned())
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if path.extension().is_none_or(|e| e != "pyc") {
            files.push(path);
        }
    }
    Ok(())
}
