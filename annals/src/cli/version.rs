//! `annals --version`: which program this is; with `--verbose`, which lists and models it holds.

use super::output;
use anyhow::Result;

include!(concat!(env!("OUT_DIR"), "/lists.rs"));

/// Prints the version, and if asked each list's digest (BLAKE3, 16 digits), name, and source with licence.
pub(super) fn run(verbose: bool) -> Result<u8> {
    let mut out = format!("annals {}\n", env!("CARGO_PKG_VERSION"));
    if verbose {
        out.push_str("\nWord lists, gazetteers and models:\n");
        for (name, digest, source) in LISTS {
            out.push_str(&format!("{digest}  {name}\n                  {source}\n"));
        }
    }
    output::print(out.as_bytes())?;
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_names_its_source_and_licence() {
        const LICENCES: [&str; 6] = ["MIT OR Apache-2.0", "CC BY", "CC0", "Unicode License", "public domain", "MIT,"];
        let bad: Vec<&str> = LISTS
            .iter()
            .filter(|(_, _, source)| !LICENCES.iter().any(|l| source.contains(l)))
            .map(|(name, _, _)| *name)
            .collect();
        assert!(bad.is_empty(), "no “Source: … licence” or “Compiled for annals; …” at the front of {bad:?}");
    }

    #[test]
    fn a_list_from_elsewhere_says_how_to_make_it_again() {
        let bad: Vec<&str> = LISTS
            .iter()
            .filter(|(name, _, source)| source.starts_with("Source: ") && !name.contains("/model/"))
            .filter(|(_, _, source)| !source.contains("Rebuild: "))
            .map(|(name, _, _)| *name)
            .collect();
        assert!(bad.is_empty(), "no “Rebuild: …” at the front of {bad:?}");
    }
}
