//! How many words a second `read` takes on one core, part by part, with spaCy on the same texts in the same run.

use super::{folder, measure, peer, print};
use crate::{annals, corpus, train};
use annals_core::reading::{dates, events, figures, names, quotes, read, syntax, words};
use annals_core::text::Text;
use annals_core::when::When;
use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Stdio;

/// Words that every program is given, about; so many that its start hardly counts.
const ENOUGH: usize = 400_000;

/// Times each part and the whole on the development parts of the treebanks, or on invented reports where they are not there.
pub(crate) fn run(sets: &Path) -> Result<bool> {
    let mut texts = train::documents(sets)?;
    let folder = folder()?;
    if texts.is_empty() {
        println!("the treebanks are not in {}; invented reports instead", sets.display());
        texts = invented(&folder.join("reports"))?;
    }
    let count = |texts: &[Text]| texts.iter().map(|t| syntax::parse(t, &words::split(t)).nodes.len()).sum::<usize>();
    let once = count(&texts);
    println!("{} texts of {once} words (as Universal Dependencies count them), one core:", texts.len());
    parts(&texts, once)?;
    let lines = folder.join("texts.jsonl");
    let repeats = ENOUGH.div_ceil(once.max(1));
    let mut out = BufWriter::new(File::create(&lines)?);
    for n in 0..repeats {
        for (at, text) in texts.iter().enumerate() {
            writeln!(
                out,
                "{}",
                serde_json::json!({"id": format!("{n}-{at}"), "text": text.as_str(), "published": "2031-05-06"})
            )?;
        }
    }
    out.into_inner().context("texts.jsonl")?.flush()?;
    let all = once * repeats;
    println!("whole programs, their start included, {all} words:");
    for run in 1..=3 {
        let mut ours = std::process::Command::new(annals()?);
        ours.arg("read").env("RAYON_NUM_THREADS", "1").stdin(File::open(&lines)?).stdout(Stdio::null());
        print(&format!("annals read (all parts, JSON), run {run}"), all, "words", &measure(&mut ours)?);
    }
    for (name, label) in [("spacy-tokens", "spaCy, tokens alone"), ("spacy-parse", "spaCy, tagger and parser")] {
        if let Some(mut command) = peer(name) {
            command.env("OMP_NUM_THREADS", "1").env("OPENBLAS_NUM_THREADS", "1");
            print(label, all, "words", &measure(command.arg(&lines))?);
        }
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(true)
}

/// Prints words a second of CPU time for each part, given what the parts before it found; the mean of ten runs.
fn parts(texts: &[Text], count: usize) -> Result<()> {
    let day = "2031-05-06".parse().map(When::day).ok();
    let mut taken = [
        ("tokens and sentences", 0.0),
        ("tags and trees", 0.0),
        ("names", 0.0),
        ("times", 0.0),
        ("statements", 0.0),
        ("figures", 0.0),
        ("events", 0.0),
        ("the whole of read", 0.0),
    ];
    const RUNS: usize = 10;
    for _ in 0..RUNS {
        let readings = {
            let mut clock = Clock::start()?;
            let readings: Vec<_> = texts.iter().map(|t| read(t, day.as_ref())).collect();
            taken[7].1 += clock.lap()?;
            readings
        };
        let all = || texts.iter().zip(&readings);
        let mut clock = Clock::start()?;
        texts.iter().for_each(|t| drop(words::split(t)));
        taken[0].1 += clock.lap()?;
        all().for_each(|(t, r)| drop(syntax::parse(t, &r.words)));
        taken[1].1 += clock.lap()?;
        all().for_each(|(t, r)| drop(names::find(t, &r.words)));
        taken[2].1 += clock.lap()?;
        all().for_each(|(t, r)| drop(dates::find(t, &r.words, &r.syntax, day.as_ref())));
        taken[3].1 += clock.lap()?;
        all().for_each(|(t, r)| drop(quotes::find(t, &r.words, &r.syntax, &r.names, &r.times, day.as_ref())));
        taken[4].1 += clock.lap()?;
        all().for_each(|(t, r)| {
            drop(figures::find(t, &r.words, &r.syntax, &r.names, &r.times, &r.statements, day.as_ref()))
        });
        taken[5].1 += clock.lap()?;
        all().for_each(|(t, r)| {
            drop(events::find(t, &r.words, &r.syntax, &r.names, &r.times, &r.statements, day.as_ref()))
        });
        taken[6].1 += clock.lap()?;
    }
    for (part, seconds) in taken {
        println!("  {part:<24} {:>11.0} words/s", (count * RUNS) as f64 / seconds);
    }
    Ok(())
}

/// Laps of CPU time of this program.
pub(super) struct Clock(f64);

impl Clock {
    pub(super) fn start() -> Result<Clock> {
        Ok(Clock(cpu_seconds()?))
    }

    /// Returns the seconds since the start or the last lap.
    pub(super) fn lap(&mut self) -> Result<f64> {
        let now = cpu_seconds()?;
        let lap = now - self.0;
        self.0 = now;
        Ok(lap)
    }
}

/// Returns the time that this program has had a processor for, on Linux (proc(5)).
fn cpu_seconds() -> Result<f64> {
    // Giving the processor away brings the figure up to date.
    std::thread::yield_now();
    let line = std::fs::read_to_string("/proc/self/schedstat").context("cannot read the CPU time")?;
    let nanoseconds: f64 = line.split(' ').next().unwrap_or("").parse().context("cannot read the CPU time")?;
    Ok(nanoseconds / 1e9)
}

fn invented(dir: &Path) -> Result<Vec<Text>> {
    corpus::write(100, 400, dir)?;
    let mut files = std::fs::read_dir(dir)?.map(|f| Ok(f?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    files.iter().map(|f| Ok(Text::verbatim(&std::fs::read_to_string(f)?))).collect()
}
