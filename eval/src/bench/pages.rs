//! How fast pages are decoded, with Python's trafilatura and htmldate on the same pages in the same run.

use super::{folder, measure, peer, print};
use crate::{annals, root};
use anyhow::{Context, Result};
use std::fs::File;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// The sets of pages, beside the project.
const SETS: [&str; 4] = ["aeb.dev", "wcxb.dev", "trafilatura.dev", "htmldate.dev"];

/// Decodes all pages of the evaluation sets three times on one core. Says so where the sets are not there.
pub(crate) fn run() -> Result<bool> {
    let shared = root().join("../shared/eval/extraction");
    if !shared.exists() {
        println!("pages: not measured, the evaluation sets are not there ({})", shared.display());
        return Ok(true);
    }
    let folder = folder()?;
    let lines = folder.join("pages.jsonl");
    let mut out = File::create(&lines)?;
    let mut count = 0;
    for set in SETS {
        let file = shared.join(format!("{set}.jsonl.gz"));
        let packed = File::open(&file).with_context(|| file.display().to_string())?;
        let mut text = String::new();
        flate2::read::MultiGzDecoder::new(packed).read_to_string(&mut text)?;
        for line in text.lines() {
            let page: serde_json::Value = serde_json::from_str(line)?;
            let input = serde_json::json!({"id": page["id"], "url": page["url"], "html": page.get("html"), "html_base64": page.get("html_b64")});
            writeln!(out, "{input}")?;
            count += 1;
        }
    }
    println!("{count} pages of four sets, one core:");
    for run in 1..=3 {
        let mut decode = Command::new(annals()?);
        decode.arg("decode").env("RAYON_NUM_THREADS", "1").stdin(File::open(&lines)?).stdout(Stdio::null());
        print(&format!("annals decode, run {run}"), count, "pages", &measure(&mut decode)?);
        if run > 1 {
            continue;
        }
        for name in ["trafilatura", "htmldate"] {
            if let Some(mut command) = peer(name) {
                print(name, count, "pages", &measure(command.arg(&lines))?);
            }
        }
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(true)
}
