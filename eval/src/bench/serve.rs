//! What the local server takes: how fast it answers over a grown archive, and what ten thousand callers cost who begin a
//! request and say no more.

use super::folder;
use crate::{annals, corpus};
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
