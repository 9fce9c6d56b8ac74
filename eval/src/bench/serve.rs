//! What the local server takes: how fast it answers over a grown archive, and what ten thousand callers cost who begin a
//! request and say no more.

use super::folder;
use crate::annals;
use crate::corpus::{self, Dice};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What the silent callers may cost, in MB, and requests timed of each kind.
const MOST_MB: u64 = 200;
const TIMES: usize = 200;

/// A server that ends with the measurement.
struct Server {
    child: Child,
    host: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn over(archive: &Path) -> Result<Server> {
        let mut serve = Command::new(annals()?);
        serve.arg("serve").arg(archive).args(["--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = serve.spawn()?;
        let mut url = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut url)?;
        let host = url.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Ok(Server { child, host })
    }

    /// Asks for a path. Returns the body and how long it took.
    fn get(&self, path: &str) -> Result<(String, Duration)> {
        let start = Instant::now();
        let mut stream = TcpStream::connect(&self.host)?;
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer);
        if !answer.starts_with("HTTP/1.1 200") {
            bail!("{path}: {}", answer.lines().next().unwrap_or("no answer"));
        }
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        Ok((body.to_owned(), start.elapsed()))
    }

    /// Returns the memory in use, in MB.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
        line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
    }

    /// Prints how long answers took: the middle one and the slowest but one in a hundred.
    fn time(&self, name: &str, path: &str) -> Result<()> {
        let (body, first) = self.get(path)?;
        let mut times: Vec<Duration> = (0..TIMES).map(|_| self.get(path).map(|(_, t)| t)).collect::<Result<_>>()?;
        times.sort();
        println!(
            "  {name}: p50 {:.1} ms, p99 {:.1} ms, the first {:.0} ms, {} kB",
            times[TIMES / 2].as_secs_f64() * 1000.0,
            times[TIMES * 99 / 100].as_secs_f64() * 1000.0,
            first.as_secs_f64() * 1000.0,
            body.len() / 1024
        );
        Ok(())
    }
}

/// What readers ask for: a kind of page, and how often of a hundred times.
const ASKED: [(&str, usize); 8] = [
    ("the first page", 15),
    ("a later page of stories", 10),
    ("a story", 35),
    ("a report", 20),
    ("a search", 10),
    ("stories by a word", 5),
    ("figures", 3),
    ("what is due", 2),
];

/// Serves an archive to so many readers at once while the reports of a file are added to it. Each asks for a page, looks at it
/// for as long as `pause` in the middle, and asks for the next; stories and reports are drawn at random from all.
pub(crate) fn load(archive: &Path, more: &Path, readers: usize, seconds: u64, pause: Duration) -> Result<bool> {
    let server = Server::over(archive)?;
    let stories = server.stories()?;
    println!(
        "annals serve over {} stories, {} MB; {readers} readers for {seconds} s, each looking {pause:?} at a page",
        stories.len(),
        server.memory()
    );
    // What all ask for is made ready behind the first answer.
    std::thread::sleep(Duration::from_secs(5));
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut times: Vec<(usize, Duration)> = Vec::new();
    let mut added = (0, String::new());
    std::thread::scope(|scope| -> Result<()> {
        let adding = scope.spawn(|| add_until(archive, more, until));
        let one = |n: usize| {
            let (server, stories) = (&server, &stories);
            scope.spawn(move || server.read_until(stories, 1 + n as u64, pause, until))
        };
        let all: Vec<_> = (0..readers).map(one).collect();
        for reader in all {
            times.extend(reader.join().map_err(|_| anyhow::anyhow!("a reader broke down"))??);
        }
        added = adding.join().map_err(|_| anyhow::anyhow!("adding broke down"))??;
        Ok(())
    })?;
    println!("  {} runs of `annals add` meanwhile; the last: {}", added.0, added.1);
    println!(
        "  {} pages, {:.0} a second, {} MB in the end:",
        times.len(),
        times.len() as f64 / seconds as f64,
        server.memory()
    );
    let mut is_fast = true;
    for (kind, (name, _)) in ASKED.iter().enumerate() {
        is_fast &= tell(name, times.iter().filter(|t| t.0 == kind).map(|t| t.1).collect()) < SOON;
    }
    is_fast &= tell("all", times.iter().map(|t| t.1).collect()) < SOON;
    Ok(is_fast)
}

/// What the slowest page but one in a hundred may take.
const SOON: Duration = Duration::from_millis(100);

/// Prints the middle time and the slowest but one in a hundred; returns that.
fn tell(name: &str, mut times: Vec<Duration>) -> Duration {
    times.sort();
    let at = |permille: usize| times.get(times.len() * permille / 1000).copied().unwrap_or_default();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let slowest = times.last().copied().unwrap_or_default();
    println!(
        "    {name}: {} times, p50 {:.1} ms, p99 {:.1} ms, the slowest {:.0} ms",
        times.len(),
        ms(at(500)),
        ms(at(990)),
        ms(slowest)
    );
    at(990)
}

/// Adds the reports of a file, a thousand at a time, until a time has come. Returns how many runs that were, and what the last
/// said.
fn add_until(archive: &Path, more: &Path, until: Instant) -> Result<(usize, String)> {
    let lines: Vec<String> = std::fs::read_to_string(more)?.lines().map(str::to_owned).collect();
    let part = std::env::temp_dir().join(format!("annals-bench-{}.jsonl", std::process::id()));
    let (mut runs, mut said) = (0, String::new());
    for thousand in lines.chunks(1000) {
        if Instant::now() >= until {
            break;
        }
        std::fs::write(&part, thousand.join("\n"))?;
        let added = Command::new(annals()?).arg("add").arg(archive).arg(&part).output()?;
        said = String::from_utf8_lossy(&added.stdout).trim().to_owned();
        runs += 1;
    }
    std::fs::remove_file(&part)?;
    Ok((runs, said))
}

/// A story: the id of its first report, and its headline.
type Story = (String, String);

impl Server {
    /// Returns all stories.
    fn stories(&self) -> Result<Vec<Story>> {
        let mut all = Vec::new();
        loop {
            let page = all.len() / 100 + 1;
            let (body, _) = self.get(&format!("/api/v1/stories?per_page=100&page={page}"))?;
            let stories: serde_json::Value = serde_json::from_str(&body)?;
            let of_page = stories["stories"].as_array().cloned().unwrap_or_default();
            let text = |story: &serde_json::Value, name: &str| story[name].as_str().unwrap_or_default().to_owned();
            all.extend(of_page.iter().map(|story| (text(story, "id"), text(story, "title"))));
            if of_page.len() < 100 {
                return Ok(all);
            }
        }
    }

    /// Reads pages until a time has come. Returns how long each took to come, by its kind.
    fn read_until(
        &self,
        stories: &[Story],
        seed: u64,
        pause: Duration,
        until: Instant,
    ) -> Result<Vec<(usize, Duration)>> {
        let mut dice = Dice(seed);
        let mut times = Vec::new();
        while Instant::now() < until {
            let mut left = dice.below(100);
            let kind = ASKED
                .iter()
                .position(|(_, of)| {
                    left < *of || {
                        left -= of;
                        false
                    }
                })
                .unwrap_or(0);
            let (id, title) = &stories[dice.below(stories.len())];
            let words: Vec<&str> = title.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 4).collect();
            let word = if words.is_empty() { "talks" } else { words[dice.below(words.len())] };
            let path = match kind {
                0 => "/".to_owned(),
                1 => format!("/?page={}", 2 + dice.below((stories.len() / 20).clamp(1, 500))),
                2 => format!("/story/{id}"),
                3 => format!("/report/{id}"),
                4 => format!("/search?q={word}"),
                5 => format!("/?q={word}"),
                6 => "/figures".to_owned(),
                _ => "/due".to_owned(),
            };
            times.push((kind, self.get(&path)?.1));
            let most = 2 * pause.as_millis() as usize;
            std::thread::sleep(Duration::from_millis(if most == 0 { 0 } else { dice.below(most) as u64 }));
        }
        Ok(times)
    }
}

/// Serves an archive of invented reports, times its answers, then calls and says nothing `callers` times.
pub(crate) fn run(reports: usize, callers: usize) -> Result<bool> {
    let folder = folder()?;
    let (inputs, archive) = (folder.join("reports"), folder.join("archive"));
    corpus::write(reports, 400, &inputs)?;
    let added = Command::new(annals()?).arg("add").arg(&archive).arg(&inputs).stdout(Stdio::null()).status()?;
    if !added.success() {
        bail!("annals add ended with {added}");
    }
    let start = Instant::now();
    let server = Server::over(&archive)?;
    println!(
        "annals serve over {reports} reports, ready after {:.1} s, {} MB:",
        start.elapsed().as_secs_f64(),
        server.memory()
    );
    let (stories, _) = server.get("/api/v1/stories?per_page=1")?;
    let stories: serde_json::Value = serde_json::from_str(&stories)?;
    let id = stories["stories"][0]["id"].as_str().context("no story")?.to_owned();
    server.time("stories", "/api/v1/stories")?;
    server.time("a story's record", &format!("/api/v1/stories/{id}"))?;
    server.time("its timeline", &format!("/api/v1/stories/{id}/timeline"))?;
    server.time("search", "/api/v1/search?q=talks")?;
    server.time("the first page", "/")?;
    let before = server.memory();
    let mut silent = Vec::new();
    for _ in 0..callers {
        let Ok(mut stream) = TcpStream::connect(&server.host) else { break };
        // The server may have closed it already, to make room.
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: ");
        silent.push(stream);
    }
    println!(
        "  {} callers who begin a request and stop, {} MB more:",
        silent.len(),
        server.memory().saturating_sub(before)
    );
    if silent.len() < callers {
        println!("  no more sockets: raise `ulimit -n`");
    }
    server.time("stories meanwhile", "/api/v1/stories")?;
    let good = server.memory() - before.min(server.memory()) < MOST_MB;
    std::fs::remove_dir_all(&folder)?;
    Ok(good)
}
