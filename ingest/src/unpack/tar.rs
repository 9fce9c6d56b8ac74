//! TAR archives, streamed.

use super::{Input, Place, Trouble, Walk};
use std::io::{BufRead, BufReader};

/// Says whether a tape archive begins here: the first header's checksum holds (POSIX ustar and the older form).
pub(super) fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..512) else { return false };
    let field = String::from_utf8_lossy(&header[148..156]);
    let stated = u32::from_str_radix(field.trim_matches(['\0', ' ']), 8);
    let sum = header.iter().enumerate().map(|(n, b)| if (148..156).contains(&n) { 32 } else { u32::from(*b) });
    header[0] != 0 && stated.is_ok_and(|stated| stated == sum.sum::<u32>())
}

impl Walk<'_> {
    pub(super) fn tar(&mut self, stream: &mut dyn BufRead, place: Place) -> Result<(), Trouble> {
        self.is_container = true;
        let mut archive = ::tar::Archive::new(stream);
        for entry in archive.entries()? {
            let entry = match entry {
                Ok(entry) => entry,
                // Where the next entry would begin is unknown.
                Err(error) => return Err(Trouble::Lost(format!("the archive cannot be read on: {error}"))),
            };
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let kind = entry.header().entry_type();
            if kind.is_dir() || kind.is_pax_global_extensions() {
                continue;
            }
            if !(kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse()) {
                self.pass_over("links and special files");
            } else if super::zip::is_hidden(&name) {
                self.pass_over("hidden files");
            } else {
                let mut stream = BufReader::new(entry);
                self.part(Input::Stream(&mut stream), place.within(&name))?;
            }
        }
        Ok(())
    }
}
