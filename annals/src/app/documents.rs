//! The documents of an archive and the reports in them, made again from their bytes by the code that reads files, with the
//! frames of sites that were known when they came.

use annals_core::report::{Report, Source};
use annals_core::when::Day;
use annals_ingest::decode::{Capture, Row, Templates, decode};
use annals_ingest::unpack::Document;
use annals_store::{Addition, Archive, Part};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The documents of an archive. Threads may share them.
#[derive(Debug)]
pub(crate) struct Documents {
    archive: Mutex<Archive>,
    /// The frames that each run knew.
    templates: BTreeMap<i64, Arc<Templates>>,
}

impl Documents {
    /// Takes an archive.
    ///
    /// # Errors
    /// When it cannot be read, or the frames of a run cannot be used.
    pub(crate) fn of(archive: Archive) -> anyhow::Result<Documents> {
        let mut templates = BTreeMap::new();
        for Addition { id, templates: text, .. } in archive.additions()? {
            if let Some(text) = text {
                let read = Templates::from_json(&text)
                    .map_err(|why| anyhow::anyhow!("the templates of run {id} of the archive cannot be used: {why}"))?;
                templates.insert(id, Arc::new(read));
            }
        }
        Ok(Documents { archive: Mutex::new(archive), templates })
    }

    /// Returns the archive. A thread that panicked while it read left nothing half-done: reading changes nothing.
    pub(super) fn archive(&self) -> MutexGuard<'_, Archive> {
        self.archive.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the frames of sites that were known when a row was entered.
    pub(super) fn templates(&self, row: &annals_store::Row) -> Option<&Arc<Templates>> {
        self.templates.get(&row.addition)
    }

    /// Returns a row's document; none where no bytes are kept.
    ///
    /// # Errors
    /// In plain words, when its bytes are damaged.
    pub(super) fn document(&self, row: &annals_store::Row) -> Result<Option<Document>, String> {
        let bytes = self.archive().document(row).map_err(|e| e.to_string())?;
        bytes.map(|bytes| document(row, bytes)).transpose()
    }

    /// Returns the reports of a row's document.
    ///
    /// # Errors
    /// In plain words, when they cannot be made again.
    pub(super) fn reports(&self, row: &annals_store::Row) -> Result<Vec<Report>, String> {
        let document = self.document(row)?.ok_or("its bytes are not kept")?;
        self.decode(row, &document)
    }

    /// Returns the reports of a row whose document is at hand.
    ///
    /// # Errors
    /// In plain words, when they cannot be made again.
    pub(super) fn decode(&self, row: &annals_store::Row, document: &Document) -> Result<Vec<Report>, String> {
        let capture = Capture { templates: self.templates(row).map(AsRef::as_ref), ..document.capture() };
        match catch_unwind(AssertUnwindSafe(|| decode(&capture))) {
            Ok(made) => made.map_err(|refused| refused.reason),
            Err(_) => Err(super::intake::OUR_FAULT.to_owned()),
        }
    }

    /// Says whether a row's bytes are what they were when they came.
    pub(super) fn is_whole(&self, seq: i64) -> bool {
        let archive = self.archive();
        let row = archive.row(seq).ok().flatten();
        row.is_some_and(|row| archive.document(&row).is_ok_and(|bytes| bytes.is_some()))
    }

    /// Returns the ids of a row's reports.
    ///
    /// # Errors
    /// As [`Documents::reports`].
    pub(super) fn parts(&self, row: &annals_store::Row) -> Result<Vec<Part>, String> {
        Ok(self.reports(row)?.iter().map(part).collect())
    }

    /// Returns a report by its row and its place in the row's document.
    pub(super) fn report(&self, seq: i64, part: usize) -> Option<Report> {
        let row = self.archive().row(seq).ok().flatten()?;
        self.reports(&row).ok()?.into_iter().nth(part)
    }
}

/// Returns how an archive names a report.
pub(super) fn part(report: &Report) -> Part {
    Part { id: report.id.to_string(), page: report.page.to_string() }
}

/// What came with a document's bytes.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct About {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    captured: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<AboutRow>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct AboutRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
}

impl About {
    fn of(capture: &Capture<'_>) -> About {
        let row = capture.row.map(|row| AboutRow {
            title: row.title.clone(),
            date: row.date.clone(),
            authors: row.authors.clone(),
            outlet: row.outlet.clone(),
            language: row.language.clone(),
        });
        About {
            url: capture.url.map(str::to_owned),
            content_type: capture.content_type.map(str::to_owned),
            captured: capture.captured.map(|day| day.to_string()),
            row,
        }
    }
}

/// Returns what came with a document's bytes, as the archive keeps it.
pub(super) fn about(capture: &Capture<'_>) -> String {
    serde_json::to_string(&About::of(capture)).unwrap_or_default()
}

/// Builds the document that a row of the ledger tells of.
///
/// # Errors
/// In plain words, when what came with the bytes cannot be read.
pub(super) fn document(row: &annals_store::Row, bytes: Vec<u8>) -> Result<Document, String> {
    let source = Source { path: row.path.clone(), record: row.record.clone() };
    let about: About = serde_json::from_str(row.about.as_deref().unwrap_or("{}"))
        .map_err(|e| format!("what came with the bytes cannot be read: {e}"))?;
    let captured = about.captured.map(|day| day.parse::<Day>()).transpose();
    let row = about.row.map(|r| Row {
        title: r.title,
        date: r.date,
        authors: r.authors,
        outlet: r.outlet,
        language: r.language,
    });
    Ok(Document {
        bytes,
        source,
        url: about.url,
        content_type: about.content_type,
        captured: captured.map_err(|e| format!("the day of capture cannot be read: {e}"))?,
        row: row.map(Box::new),
    })
}
