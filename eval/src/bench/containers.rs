//! How fast web archives are opened, FastWARC beside it, and what memory a large one takes to decode.

use super::{folder, measure, peer, print};
use crate::{annals, corpus};
use annals_ingest::unpack::{Columns, Item, Limits, walk as unpack};
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// Writes an invented archive, opens it with us and with FastWARC, then decodes it.
pub(crate) fn run(records: usize) -> Result<bool> {
    let folder = folder()?;
    let (packed, plain) = (folder.join("news.warc.gz"), folder.join("news.warc"));
    write(records, &packed, &plain)?;
    let size = |file: &Path| std::fs::metadata(file).map(|m| m.len() >> 20);
    println!("{records} answers of a web archive, {} MB packed, {} MB plain, one core:", size(&packed)?, size(&plain)?);
    for run in 1..=3 {
        let mut open = Command::new(std::env::current_exe()?);
        let taken = measure(open.arg("walk").arg(&packed).stdout(Stdio::null()))?;
        print(&format!("annals opens, run {run}"), records, "records", &taken);
        if let Some(mut fastwarc) = peer("fastwarc") {
            print(&format!("FastWARC, run {run}"), records, "records", &measure(fastwarc.arg(&packed))?);
        }
    }
    let mut decode = Command::new(annals()?);
    let taken = measure(decode.arg("decode").arg(&plain).env("RAYON_NUM_THREADS", "1").stdout(Stdio::null()))?;
    print("annals decode, plain", records, "pages", &taken);
    std::fs::remove_dir_all(&folder)?;
    Ok(true)
}

/// Opens containers, reads every document to its end and prints how many there were.
pub(crate) fn walk(inputs: &[&str]) -> Result<bool> {
    let inputs: Vec<String> = inputs.iter().map(|i| (*i).to_owned()).collect();
    let (mut documents, mut bytes) = (0u64, 0u64);
    for found in annals_ingest::source::find(&inputs) {
        unpack(&found, &Limits::default(), &Columns::default(), &mut |item| {
            if let Item::Document(document) = item {
                documents += 1;
                bytes += document.bytes.len() as u64;
            }
            true
        });
    }
    println!("{documents} documents of {bytes} bytes");
    Ok(true)
}

/// Writes the same records packed, each in a gzip member of its own as crawlers do, and plain.
fn write(records: usize, packed: &Path, plain: &Path) -> Result<()> {
    let pages = corpus::pages(60);
    let file = |path: &Path| File::create(path).map(BufWriter::new).with_context(|| path.display().to_string());
    let (mut packed, mut plain) = (file(packed)?, file(plain)?);
    for n in 0..records {
        let page = &pages[n % pages.len()];
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{page}",
            page.len()
        );
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n:08}-0000-4000-8000-000000000000>\r\nWARC-Target-URI: https://quay.example/{n}\r\nWARC-Date: 2031-05-06T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
            answer.len()
        );
        plain.write_all(record.as_bytes())?;
        let mut member = GzEncoder::new(&mut packed, Compression::default());
        member.write_all(record.as_bytes())?;
        member.finish()?;
    }
    packed.flush()?;
    plain.flush()?;
    Ok(())
}
