//! TAR archives, streamed.

use super::{Input, Place, Trouble, Walk};
use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};
use std::rc::Rc;

/// Says whether a tape archive begins here: the first header's checksum holds (POSIX ustar and the older form).
pub(super) fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..512) else { return false };
    let field = String::from_utf8_lossy(&header[148..156]);
    let stated = u32::from_str_radix(field.trim_matches(['\0', ' ']), 8);
    let sum = header.iter().enumerate().map(|(n, b)| if (148..156).contains(&n) { 32 } else { u32::from(*b) });
    header[0] != 0 && stated.is_ok_and(|stated| stated == sum.sum::<u32>())
}

/// Most bytes of headers for one entry: its names, and what else is said of it. guess: a path has at most 4,096 bytes.
const LONGEST_HEAD: u64 = 1 << 20;

/// A stream that gives only so much: the reader of headers takes long names into memory, however long they are.
struct Rationed<'r> {
    stream: &'r mut dyn BufRead,
    left: Rc<Cell<u64>>,
}

impl Read for Rationed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.stream.read(buffer)?;
        let left = self.left.get().checked_sub(n as u64);
        self.left.set(left.ok_or_else(|| std::io::Error::other("a header of more than 1 MiB"))?);
        Ok(n)
    }
}

impl Walk<'_> {
    pub(super) fn tar(&mut self, stream: &mut dyn BufRead, place: Place) -> Result<(), Trouble> {
        self.is_container = true;
        let left = Rc::new(Cell::new(LONGEST_HEAD));
        let mut archive = ::tar::Archive::new(Rationed { stream, left: Rc::clone(&left) });
        for entry in archive.entries()? {
            let entry = match entry {
                Ok(entry) => entry,
                // Where the next entry would begin is unknown.
                Err(error) => return Err(Trouble::Lost(format!("the archive cannot be read on: {error}"))),
            };
            left.set(u64::MAX);
            let mut entry = BufReader::new(entry);
            self.entry(&mut entry, &place)?;
            // What is left of it is no header of the next.
            std::io::copy(&mut entry, &mut std::io::sink())?;
            left.set(LONGEST_HEAD);
        }
        Ok(())
    }

    fn entry<R: Read>(&mut self, entry: &mut BufReader<::tar::Entry<'_, R>>, place: &Place) -> Result<(), Trouble> {
        let name = String::from_utf8_lossy(&entry.get_ref().path_bytes()).into_owned();
        let kind = entry.get_ref().header().entry_type();
        if kind.is_dir() || kind.is_pax_global_extensions() {
            return Ok(());
        }
        if !(kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse()) {
            self.pass_over("links and special files")
        } else if super::zip::is_hidden(&name) {
            self.pass_over("hidden files")
        } else {
            self.part(Input::Stream(entry), place.within(&name))
        }
    }
}
