//! Where bytes come from: files, folders, standard input.
//!
//! Names in the record do not depend on where the inputs lie on disk nor on the order in which they are named.

use annals_core::report::Source;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Folders inside folders beyond this depth are not entered.
const DEEPEST: usize = 64;

/// An input to read, and what to call it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Found {
    /// How the record names it: relative to the input that was named.
    pub source: Source,
    /// Where it is; none for standard input.
    pub file: Option<PathBuf>,
    /// What went wrong in finding it.
    pub failed: Option<String>,
}

/// A file with the argument that led to it.
struct Lead {
    argument: String,
    relative: String,
    file: Option<PathBuf>,
    failed: Option<String>,
}

/// Lists the files of the inputs (files, folders, `-`), sorted, each once; hidden files in folders are left out.
pub fn find(inputs: &[String]) -> Vec<Found> {
    let arguments: BTreeSet<&String> = inputs.iter().collect();
    let mut leads = Vec::new();
    for argument in arguments {
        list(argument, &mut leads);
    }
    let mut seen = BTreeSet::new();
    leads.retain(|l| match l.file.as_deref().and_then(|f| f.canonicalize().ok()) {
        Some(real) => seen.insert(real),
        None => true,
    });
    let names = names(&leads);
    let mut found: Vec<Found> = leads
        .into_iter()
        .zip(names)
        .map(|(l, path)| Found { source: Source { path, record: None }, file: l.file, failed: l.failed })
        .collect();
    found.sort();
    found
}

fn list(argument: &str, leads: &mut Vec<Lead>) {
    let lead = |relative: String, file, failed| Lead { argument: argument.to_owned(), relative, file, failed };
    if argument == "-" {
        leads.push(lead("-".to_owned(), None, None));
        return;
    }
    let path = Path::new(argument);
    match std::fs::metadata(path) {
        Err(error) => {
            leads.push(lead(last_component(path), Some(path.to_owned()), Some(format!("cannot be found: {error}"))))
        }
        Ok(meta) if meta.is_dir() => {
            let before = leads.len();
            folder(path, "", argument, &mut Vec::new(), leads);
            if leads.len() == before {
                leads.push(lead(last_component(path), None, Some("a folder without files".to_owned())));
            }
        }
        Ok(_) => leads.push(lead(last_component(path), Some(path.to_owned()), None)),
    }
}

/// Lists a folder; `above` holds the real paths of the folders on the way, so that a link back ends there.
fn folder(path: &Path, prefix: &str, argument: &str, above: &mut Vec<PathBuf>, leads: &mut Vec<Lead>) {
    let lead = |relative: String, file, failed| Lead { argument: argument.to_owned(), relative, file, failed };
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if above.contains(&real) || above.len() >= DEEPEST {
        return;
    }
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => {
            let name = if prefix.is_empty() { last_component(path) } else { prefix.trim_end_matches('/').to_owned() };
            leads.push(lead(name, Some(path.to_owned()), Some(format!("the folder cannot be read: {error}"))));
            return;
        }
    };
    above.push(real);
    let mut entries: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    entries.sort();
    for entry in entries {
        let name = last_component(&entry);
        if name.starts_with('.') {
            continue;
        }
        let relative = format!("{prefix}{name}");
        match std::fs::metadata(&entry) {
            Ok(meta) if meta.is_dir() => folder(&entry, &format!("{relative}/"), argument, above, leads),
            Ok(meta) if meta.is_file() => leads.push(lead(relative, Some(entry), None)),
            Ok(_) => leads.push(lead(relative, Some(entry), Some("neither a file nor a folder".to_owned()))),
            Err(error) => leads.push(lead(relative, Some(entry), Some(format!("cannot be found: {error}")))),
        }
    }
    above.pop();
}

fn last_component(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    name.or_else(|| path.canonicalize().ok()?.file_name().map(|n| n.to_string_lossy().into_owned()))
        .unwrap_or_else(|| path.display().to_string())
}

/// Names the files: as short as possible while no two are alike.
fn names(leads: &[Lead]) -> Vec<String> {
    let mut names: Vec<String> = leads.iter().map(|l| l.relative.clone()).collect();
    for attempt in 0..2 {
        let double = doubles(&names);
        for (name, lead) in names.iter_mut().zip(leads) {
            if double.contains(name) {
                let argument = Path::new(&lead.argument);
                let within = lead.relative != last_component(argument) || argument.is_dir();
                let prefix = if attempt == 0 {
                    last_component(argument)
                } else {
                    lead.argument.trim_end_matches('/').to_owned()
                };
                *name = if within {
                    format!("{prefix}/{}", lead.relative)
                } else if attempt == 0 {
                    lead.relative.clone()
                } else {
                    lead.argument.clone()
                };
            }
        }
    }
    names
}

fn doubles(names: &[String]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    names.iter().filter(|n| !seen.insert((*n).clone())).cloned().collect()
}
