//! ZIP archives. An office document, which is a ZIP inside, is left whole.

use super::limits::Bounded;
use super::{Input, Place, Trouble, Walk};
use ::zip::ZipArchive;
use ::zip::result::ZipError;
use std::io::{BufReader, Read, Seek, SeekFrom};

/// Says whether a path names what a system put there: `.DS_Store`, `__MACOSX/…`.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split(['/', '\\']).any(|part| (part.starts_with('.') && part != "." && part != "..") || part == "__MACOSX")
}

impl Walk<'_> {
    pub(super) fn zip<R: Read + Seek>(&mut self, file: R, place: Place) -> Result<(), Trouble> {
        let (file, stated) = stated_entries(file)?;
        let mut archive = match ZipArchive::new(file) {
            Ok(archive) => archive,
            Err(error) => return Err(Trouble::Lost(format!("a damaged ZIP archive: {error}"))),
        };
        if is_office(&archive) {
            let mut file = archive.into_inner();
            file.seek(SeekFrom::Start(0))?;
            let bytes = self.whole(&mut BufReader::new(file))?;
            return self.document(bytes, place, None);
        }
        self.is_container = true;
        let hidden = stated.unwrap_or(0).saturating_sub(archive.len());
        if hidden > 0 {
            let reason = format!("{hidden} of its entries bear a name that another bears, too: they were not read");
            self.lost_part(place.record.clone(), reason)?;
        }
        for n in 0..archive.len() {
            let (name, encrypted) = match archive.by_index_raw(n) {
                Ok(entry) if entry.is_dir() => continue,
                Ok(entry) => (String::from_utf8_lossy(entry.name_raw()).into_owned(), entry.encrypted()),
                Err(error) => {
                    self.lost_part(place.record.clone(), format!("entry {}: {error}", n + 1))?;
                    continue;
                }
            };
            let part = place.within(&name);
            if is_hidden(&name) {
                self.pass_over("hidden files")?;
                continue;
            }
            if encrypted {
                self.lost_part(part.record, "encrypted: unpack it with its password first".into())?;
                continue;
            }
            match archive.by_index(n) {
                Ok(entry) => {
                    let packed = entry.compressed_size();
                    let mut stream = Bounded::of(entry, packed, self.limits.ratio);
                    self.part(Input::Stream(&mut stream), part)?;
                }
                Err(ZipError::UnsupportedArchive(why)) => self.lost_part(part.record, format!("not read: {why}"))?,
                Err(error) => self.lost_part(part.record, format!("damaged: {error}"))?,
            }
        }
        Ok(())
    }
}

/// Returns how many entries the archive says it has, by the record at its end (APPNOTE 4.3.16); the reader keeps one
/// of those that share a name.
fn stated_entries<R: Read + Seek>(mut file: R) -> Result<(R, Option<usize>), Trouble> {
    const LONGEST: u64 = 22 + 65_535;
    let len = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(len.saturating_sub(LONGEST)))?;
    let mut end = Vec::new();
    (&mut file).take(LONGEST).read_to_end(&mut end)?;
    file.seek(SeekFrom::Start(0))?;
    let at = end.windows(4).rposition(|w| w == b"PK\x05\x06");
    let count = at.and_then(|at| Some(usize::from(u16::from_le_bytes([*end.get(at + 10)?, *end.get(at + 11)?]))));
    // All ones: the number stands in another record, of archives with more than 65,534 entries.
    Ok((file, count.filter(|n| *n < 0xffff)))
}

/// Says whether the archive is one document: Office Open XML, OpenDocument, EPUB.
fn is_office<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    let has = |name: &str| archive.index_for_name(name).is_some();
    has("[Content_Types].xml") || (has("mimetype") && (has("content.xml") || has("META-INF/container.xml")))
}
