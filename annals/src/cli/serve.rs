//! `annals serve`: an archive in the browser, on this machine.

use super::output;
use crate::web::{self, Listen};
use anyhow::{Result, anyhow, bail};
use std::io::{ErrorKind, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Shows an archive in the browser, on this machine: its stories, each line with its passages, search, and what you decide.
///
/// It also answers programs (/api/v1, described by /api/v1/openapi.json), feed readers (a story's changes) and language
/// models (/mcp). Nothing is fetched from the network, and nobody but this machine can reach it. What is added to the
/// archive meanwhile is shown some seconds later. The address is printed; Ctrl-C ends it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  annals serve strike/ --open
  curl -s http://127.0.0.1:8640/api/v1/stories | jq '.stories[].title'

Exit status: 0 it was told to end; 2 the archive cannot be read or the port not be used.")]
pub(super) struct Args {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// The port; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 8640)]
    port: u16,
    /// Opens the browser.
    #[arg(long)]
    open: bool,
    /// Listens at another address than 127.0.0.1. Whoever reaches it reads the archive, and decides in it.
    #[arg(long, value_name = "ADDRESS")]
    bind: Option<IpAddr>,
    /// With --bind, a name under which others ask for this machine; may be given more than once.
    #[arg(long, value_name = "NAME", requires = "bind")]
    name: Vec<String>,
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let address = SocketAddr::new(args.bind.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)), args.port);
    let is_open = args.bind.is_some_and(|ip| !ip.is_loopback());
    if is_open && args.bind.is_some_and(|ip| ip.is_unspecified()) && args.name.is_empty() {
        bail!("with --bind {} say under which name others ask for this machine: --name desk.example", address.ip());
    }
    if is_open {
        warn(
            "everybody who reaches this address reads the archive and can decide in it, and what they send is not secret",
        );
    }
    let bound = args.bind.map(|ip| if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() });
    let listen = Listen { address, names: args.name.iter().cloned().chain(bound).collect() };
    web::serve(&args.archive, &listen, |address, token, lost| {
        let url = format!("http://{address}/");
        // Who started it may have gone away; it serves all the same.
        let _ = output::print(format!("{url}\n").as_bytes());
        warn(&format!("scripts that write give the header X-Annals-Token: {token}"));
        output::lost(&args.archive, lost);
        if args.open && !open(&url) {
            warn(&format!("no browser could be opened: open {url}"));
        }
    })
    .map_err(|error| explain(error, address))?;
    Ok(0)
}

fn warn(words: &str) {
    let _ = writeln!(std::io::stderr(), "annals: {words}");
}

/// Says what to do when the address cannot be listened at.
fn explain(error: anyhow::Error, address: SocketAddr) -> anyhow::Error {
    let port = address.port();
    match error.downcast_ref::<std::io::Error>().map(std::io::Error::kind) {
        Some(ErrorKind::AddrInUse) => {
            let by = holder(port).map(|by| format!(" by {by}")).unwrap_or_default();
            anyhow!("port {port} is taken{by}. Give another, or --port 0 for a free one")
        }
        Some(ErrorKind::PermissionDenied) => {
            anyhow!("port {port} needs rights that you do not have. Give one from 1024 on")
        }
        Some(ErrorKind::AddrNotAvailable) => anyhow!("{} is no address of this machine", address.ip()),
        _ => error,
    }
}

/// Returns the program that listens at a port, where the system lets tell it.
fn holder(port: u16) -> Option<String> {
    let sockets = ["/proc/net/tcp", "/proc/net/tcp6"].iter().filter_map(|file| std::fs::read_to_string(file).ok());
    let all: String = sockets.collect();
    // Local address, other address, state (0A: listening), …, inode.
    let listens = all.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let is_it = fields.get(1)?.ends_with(&format!(":{port:04X}")) && *fields.get(3)? == "0A";
        if is_it { fields.get(9).map(|inode| format!("socket:[{inode}]")) } else { None }
    })?;
    std::fs::read_dir("/proc").ok()?.flatten().find_map(|process| {
        let files = std::fs::read_dir(process.path().join("fd")).ok()?;
        let mut targets = files.flatten().filter_map(|file| std::fs::read_link(file.path()).ok());
        targets.any(|target| target.to_str() == Some(&listens)).then_some(())?;
        let name = std::fs::read_to_string(process.path().join("comm")).ok()?;
        Some(format!("{} (process {})", name.trim(), process.file_name().to_string_lossy()))
    })
}

/// Opens the browser. Returns whether one was found.
fn open(url: &str) -> bool {
    let openers: &[&[&str]] = match std::env::consts::OS {
        "macos" => &[&["open"]],
        "windows" => &[&["rundll32", "url.dll,FileProtocolHandler"]],
        _ => &[&["xdg-open"], &["gio", "open"]],
    };
    openers.iter().any(|opener| {
        let mut command = Command::new(opener[0]);
        command.args(&opener[1..]).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().is_ok()
    })
}
