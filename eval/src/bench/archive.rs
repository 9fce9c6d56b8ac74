//! What an archive takes to fill and how fast it answers: reports a second until they can be searched for, until their marks
//! are read, and until they are in the stories; memory; the first thousand reports beside the last thousand; searches of an
//! open archive.

use super::{Taken, folder, measure, print};
use crate::corpus::{self, Dice};
use crate::{annals, shared};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Reports of the first and of the last run, which are compared.
const ENDS: usize = 1_000;
/// Questions of each kind, and their answers as they are asked for: the ten best.
const QUESTIONS: usize = 200;
/// A question that has every report read for its marks.
const ON_MARKS: &str = "has:quote";

/// Adds invented reports to an archive in three runs, each until they can be searched for and then until they are read;
/// then searches.
pub(crate) fn run(reports: usize) -> Result<bool> {
    if reports < 3 * ENDS {
        bail!("{} reports at least", 3 * ENDS);
    }
    let folder = folder()?;
    let archive = folder.join("archive");
    let inputs = corpus(reports, &folder)?;
    println!("an archive of {reports} reports, all cores:");
    let counts = [ENDS, reports - 2 * ENDS, ENDS];
    let names = ["the first", "the next", "the last"];
    let mut taken = Vec::new();
    for ((input, count), name) in inputs.iter().zip(counts).zip(names) {
        let mut add = Command::new(annals()?);
        let added = measure(add.arg("add").arg(&archive).arg(input).arg("--read-later").stdout(Stdio::null()))?;
        print(&format!("{name} {count} until searchable"), count, "reports", &added);
        let mut search = Command::new(annals()?);
        let read = measure(search.arg("search").arg(&archive).arg(ON_MARKS).stdout(Stdio::null()))?;
        print(&format!("{name} {count} read for their marks"), count, "reports", &read);
        let mut stories = Command::new(annals()?);
        let linked = measure(stories.arg("stories").arg(&archive).arg("--json").stdout(Stdio::null()))?;
        print(&format!("{name} {count} until in the stories"), count, "reports", &linked);
        taken.push([added, read]);
    }
    let cpu = |taken: &[Taken]| taken.iter().map(|t| t.cpu.as_secs_f64()).sum::<f64>().max(0.01);
    println!(
        "  the last {ENDS} took {:.2} times the CPU of the first until searchable, {:.2} times in all",
        cpu(&taken[2][..1]) / cpu(&taken[0][..1]),
        cpu(&taken[2]) / cpu(&taken[0])
    );
    println!(
        "  {} MB in the archive, {} of them the index",
        size(&archive)? >> 20,
        size(&archive.join("index"))? >> 20
    );
    search(&archive, &inputs[1])?;
    std::fs::remove_dir_all(&folder)?;
    Ok(true)
}

/// Writes invented reports in three files: the first thousand, the last thousand, and those between.
fn corpus(reports: usize, folder: &Path) -> Result<[PathBuf; 3]> {
    let all = folder.join("reports.jsonl");
    let maker = shared().join("bench/gen_corpus.py");
    if maker.exists() {
        let mut python = Command::new("python3");
        let made = python.arg(maker).arg(reports.to_string()).arg("11").arg(&all).status()?;
        anyhow::ensure!(made.success(), "the corpus could not be made: {made}");
    } else {
        println!("no corpus beside the project; reports of our own invention, in plainer words");
        let dir = folder.join("reports");
        corpus::write(reports, 400, &dir)?;
        let mut out = BufWriter::new(File::create(&all)?);
        for n in std::fs::read_dir(&dir)? {
            let text = std::fs::read_to_string(n?.path())?;
            let (title, body) = text.split_once('\n').unwrap_or(("", &text));
            writeln!(out, "{}", serde_json::json!({"title": title, "text": body, "date": "2031-05-06"}))?;
        }
        out.flush()?;
        std::fs::remove_dir_all(&dir)?;
    }
    let parts = ["first", "next", "last"].map(|name| folder.join(format!("{name}.jsonl")));
    let mut outs = Vec::new();
    for part in &parts {
        outs.push(BufWriter::new(File::create(part)?));
    }
    for (n, line) in BufReader::new(File::open(&all)?).lines().enumerate() {
        let part = usize::from(n >= ENDS) + usize::from(n >= reports - ENDS);
        writeln!(outs[part], "{}", line?)?;
    }
    outs.iter_mut().try_for_each(Write::flush)?;
    std::fs::remove_file(&all)?;
    Ok(parts)
}

/// Returns the bytes in a folder.
fn size(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        bytes += if entry.path().is_dir() { size(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(bytes)
}

/// Asks an archive that is there, of the reports in a file that it holds.
pub(crate) fn ask(archive: &Path, reports: &Path) -> Result<bool> {
    search(archive, reports)?;
    Ok(true)
}

/// Asks what people ask, of reports drawn at random, and prints how long the answers of one running program took.
fn search(archive: &Path, input: &Path) -> Result<()> {
    let texts = drawn(input)?;
    anyhow::ensure!(!texts.is_empty(), "{}: no reports", input.display());
    let mut dice = Dice(11);
    let mut asker = Asker::over(archive, &[])?;
    let mut counting = Asker::over(archive, &["--facets"])?;
    // The first answers bring files into memory.
    questions(&texts, &mut dice).iter().try_for_each(|(_, all)| asker.time(all).map(drop))?;
    let mut every = Vec::new();
    println!("  searches of one running program, the ten best of each, {QUESTIONS} questions of a kind:");
    for (kind, all) in questions(&texts, &mut dice) {
        let times = asker.time(&all)?;
        tell(kind, times.clone());
        every.extend(times);
    }
    tell("all of these", every);
    let common: Vec<String> = ["of the", "to the", "in the", "for a"].iter().map(|p| format!("\"{p}\"")).collect();
    tell("a phrase of two of the commonest words", asker.time(&common)?);
    let words: Vec<String> = questions(&texts, &mut dice).remove(0).1;
    counting.time(&words)?;
    tell("a word, all counted by outlet and month", counting.time(&words)?);
    let mut whole = Vec::new();
    for words in words.iter().take(50) {
        let start = Instant::now();
        Command::new(annals()?).arg("search").arg(archive).arg(words).stdout(Stdio::null()).status()?;
        whole.push(start.elapsed());
    }
    tell("`annals search` for a word, its start included", whole);
    Ok(())
}

fn tell(kind: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |permille: usize| times.get(times.len() * permille / 1000).map_or(0.0, |t| t.as_secs_f64() * 1000.0);
    println!("    {kind}: p50 {:.2} ms, p99 {:.2} ms, the slowest {:.2} ms", at(500), at(990), at(999));
}

/// A program that answers one question after the other.
struct Asker {
    child: std::process::Child,
    questions: std::process::ChildStdin,
    answers: BufReader<std::process::ChildStdout>,
}

impl Drop for Asker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Asker {
    fn over(archive: &Path, flags: &[&str]) -> Result<Asker> {
        let mut search = Command::new(annals()?);
        search.arg("search").arg(archive).arg("-").args(flags).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = search.spawn()?;
        let (questions, answers) = (child.stdin.take().context("no input")?, child.stdout.take().context("no output")?);
        Ok(Asker { child, questions, answers: BufReader::new(answers) })
    }

    /// Returns how long each answer took.
    fn time(&mut self, questions: &[String]) -> Result<Vec<Duration>> {
        let mut times = Vec::new();
        for question in questions {
            let start = Instant::now();
            writeln!(self.questions, "{question}")?;
            let mut answer = String::new();
            self.answers.read_line(&mut answer)?;
            times.push(start.elapsed());
            if !answer.starts_with('{') || answer.starts_with("{\"error\"") {
                bail!("{question}: {answer}");
            }
        }
        Ok(times)
    }
}

/// Returns texts of reports spread over a file.
fn drawn(input: &Path) -> Result<Vec<String>> {
    let lines = BufReader::new(File::open(input)?).lines();
    let mut texts = Vec::new();
    for line in lines.step_by(97).take(2_000) {
        let report: Value = serde_json::from_str(&line?)?;
        texts.extend(report["text"].as_str().map(str::to_owned));
    }
    Ok(texts)
}

/// Questions of each kind, made of words that reports hold.
fn questions(texts: &[String], dice: &mut Dice) -> Vec<(&'static str, Vec<String>)> {
    type Make = fn(&[&str], &mut Dice) -> Option<String>;
    const KINDS: [(&str, Make); 10] = [
        ("a word", |words, dice| any(words, dice).map(str::to_owned)),
        ("two words", |words, dice| Some(format!("{} {}", any(words, dice)?, any(words, dice)?))),
        ("a phrase of three words", |words, dice| phrase(words, dice, 3)),
        ("a beginning", |words, dice| Some(format!("{}*", any(words, dice)?.get(..5)?))),
        ("a name", |words, dice| Some(format!("person:\"{}\"", name(words, dice)?))),
        ("a name with a letter wrong", |words, dice| {
            let name = name(words, dice)?;
            let last = name.split(' ').next_back()?;
            Some(format!("person:{}{}", &last[..last.len() - 2], &last[last.len() - 1..]))
        }),
        ("the beginning of a name", |words, dice| Some(format!("person:{}*", name(words, dice)?.get(..5)?))),
        ("three days", |_, dice| {
            let day = 1 + dice.below(25);
            Some(format!("after:2026-03-{day:02} before:2026-03-{:02}", day + 2))
        }),
        ("a word within a week", |words, dice| {
            let day = 1 + dice.below(20);
            Some(format!("{} after:2026-03-{day:02} before:2026-03-{:02}", any(words, dice)?, day + 6))
        }),
        ("a word and a mark", |words, dice| {
            let mark = ["status:planned", "status:called_off", "has:quote", "-status:held"][dice.below(4)];
            Some(format!("{} {mark}", any(words, dice)?))
        }),
    ];
    let make = |make: Make, dice: &mut Dice| {
        let mut all = Vec::new();
        for _ in 0..50 * QUESTIONS {
            let words: Vec<&str> = texts[dice.below(texts.len())].split_whitespace().collect();
            if words.len() > 2 && all.len() < QUESTIONS {
                all.extend(make(&words, dice));
            }
        }
        all
    };
    KINDS.iter().map(|(kind, one)| (*kind, make(*one, dice))).collect()
}

/// Returns words of a text that stand side by side.
fn phrase(words: &[&str], dice: &mut Dice, length: usize) -> Option<String> {
    let from = dice.below(words.len() - 2);
    let words = words.get(from..from + length)?;
    words.iter().all(|w| w.chars().all(char::is_alphanumeric)).then(|| format!("\"{}\"", words.join(" ")))
}

/// Returns any word of a text: common ones as often as they stand in it.
fn any<'a>(words: &[&'a str], dice: &mut Dice) -> Option<&'a str> {
    let word = words[dice.below(words.len())].trim_matches(|c: char| !c.is_alphanumeric());
    (!word.is_empty() && word.is_ascii() && word.chars().all(char::is_alphanumeric)).then_some(word)
}

/// Returns two words side by side that are written with capitals, behind one that is not.
fn name(words: &[&str], dice: &mut Dice) -> Option<String> {
    let from = dice.below(words.len() - 2);
    let is_capital = |w: &str| w.len() > 4 && w.is_ascii() && w.starts_with(|c: char| c.is_ascii_uppercase());
    words[from..].windows(3).find_map(|w| {
        let plain = w[1..].iter().all(|w| is_capital(w) && w.chars().all(char::is_alphabetic));
        (plain && w[0].starts_with(char::is_lowercase)).then(|| format!("{} {}", w[1], w[2]))
    })
}
