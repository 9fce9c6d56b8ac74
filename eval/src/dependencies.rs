//! Checks the licence of every crate in the lock file and caps how many the shipped program brings in.

use crate::root;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Licences that may come in: permissive ones, and MPL-2.0, whose files stay under it (selectors, cssparser).
const ALLOWED: [&str; 13] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unlicense",
    "CC0-1.0",
    "BSL-1.0",
    "MPL-2.0",
    "MIT-0",
    "0BSD",
];

/// The most crates that the shipped program may be built from, itself and its parts included. 44 of them are those of the
/// local server: HTTP (hyper and what it needs) 12, tokio's 6, the protocol of language models (rmcp) the rest. 4 keep what was
/// read of reports (postcard; two of those four are not compiled): written by hand, forty types would be.
const CAP: usize = 230;

/// Prints what was found. Returns whether all licences are allowed and the cap holds.
pub(crate) fn run() -> Result<bool> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let out = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .context("cannot run cargo metadata")?;
    let metadata: Value = serde_json::from_slice(&out.stdout)
        .with_context(|| format!("cargo metadata: {}", String::from_utf8_lossy(&out.stderr)))?;
    let packages: BTreeMap<&str, &Value> =
        list(&metadata["packages"]).iter().filter_map(|p| Some((p["id"].as_str()?, p))).collect();
    let mut good = true;
    for package in packages.values() {
        let licence = package["license"].as_str().unwrap_or("");
        if !allowed(licence) {
            println!("licence not allowed: {} {} ({licence:?})", package["name"], package["version"]);
            good = false;
        }
    }
    let shipped = shipped(&metadata, &packages);
    println!("{} crates in the lock file, {} in the shipped program (cap {CAP})", packages.len(), shipped.len());
    Ok(good && shipped.len() <= CAP)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn allowed(licence: &str) -> bool {
    // Old crates write `MIT/Apache-2.0`.
    let expression = spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX);
    expression.is_ok_and(|e| e.evaluate(|r| r.license.id().is_some_and(|id| ALLOWED.contains(&id.name))))
}

/// Returns the ids of all crates that `annals` is built from: normal and build dependencies on any platform of the lock file.
fn shipped<'a>(metadata: &'a Value, packages: &BTreeMap<&'a str, &'a Value>) -> BTreeSet<&'a str> {
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"]["nodes"]).iter().filter_map(|n| Some((n["id"].as_str()?, n))).collect();
    let mut open: Vec<&str> =
        packages.iter().filter(|(_, p)| p["name"] == "annals" && p["source"].is_null()).map(|(id, _)| *id).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        for dep in list(&nodes[id]["deps"]) {
            let ships = list(&dep["dep_kinds"]).iter().any(|k| k["kind"] != "dev" && k["target"].is_null());
            if let (true, Some(next)) = (ships, dep["pkg"].as_str()) {
                open.push(next);
            }
        }
    }
    seen
}
