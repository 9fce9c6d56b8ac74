#!/usr/bin/env python3
"""Checks an evidence pack made by annals: hashes, passages, texts, captures.

Run it in the unpacked folder: python3 check.py
Needs Python 3.8 or newer and nothing else. Exit status: 0 all holds, 1 something does not.
"""

import hashlib
import html
import json
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
# What file managers leave in folders that are looked at.
LEFT_BEHIND = {".DS_Store", "Thumbs.db", "desktop.ini"}
faults = []


def fault(words):
    faults.append(words)
    print("FAULT: " + words)


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def inside(name):
    """The path of a file of the pack; none for a name that leads out of it."""
    path = (FOLDER / name).resolve()
    return path if FOLDER in path.parents else None


def check_hashes():
    sums = (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = set()
    for line in sums:
        expected, _, name = line.partition("  ")
        path = inside(name)
        listed.add(name)
        if path is None or not path.is_file():
            fault(f"{name} is not there")
        elif sha256(path) != expected:
            fault(f"{name} is not as it was")
    found = (p for p in FOLDER.rglob("*") if p.is_file() and p.name not in LEFT_BEHIND)
    there = {p.relative_to(FOLDER).as_posix() for p in found}
    for name in sorted(there - listed - {"SHA256SUMS"}):
        fault(f"{name} is here, but SHA256SUMS does not name it")
    print(f"{len(listed)} files: hashes checked")
    return listed


def passages(value):
    """Every passage anywhere in the record: an object of a report, two positions and the words."""
    if isinstance(value, dict):
        if {"report", "start", "end", "exact"} <= value.keys():
            yield value
        for part in value.values():
            yield from passages(part)
    elif isinstance(value, list):
        for part in value:
            yield from passages(part)


def check_passages(record, texts):
    count = 0
    for passage in passages(record):
        count += 1
        text = texts.get(passage["report"])
        if text is None:
            fault(f"a passage names the report {passage['report']}, which the record has not")
        elif text[passage["start"] : passage["end"]] != passage["exact"]:
            fault(f"“{passage['exact'][:60]}” does not stand at {passage['start']} of {passage['report']}")
    print(f"{count} passages: each held against the text of its report")


def check_rows(record):
    """Rows of these tables are worth nothing without a passage."""
    for table in ("copies", "entities", "statements", "events", "figures", "differences"):
        for row in record[table]:
            if not row["evidence"]:
                fault(f"{table}: {row.get('id', 'a row')} has no passage")


def check_texts(texts):
    for report, text in texts.items():
        path = FOLDER / "texts" / f"{report}.txt"
        if not path.is_file() or path.read_bytes() != text.encode("utf-8"):
            fault(f"texts/{report}.txt is not the text of the record")
    print(f"{len(texts)} texts: each the same as in the record")


def bare(words):
    """Letters and digits alone: spacing, marks and kinds of quotation marks do not count."""
    return "".join(c for c in words.casefold() if c.isalnum())


def words_of(data):
    """The words of a document that is a page or a text; none of one that must be decoded first."""
    if b"\0" in data[:4096] or data[:4] in (b"%PDF", b"PK\3\4", b"\xd0\xcf\x11\xe0"):
        return None
    charset = re.search(rb"charset=[\"']?([A-Za-z0-9_-]+)", data[:4096])
    try:
        text = data.decode(charset.group(1).decode("ascii") if charset else "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = data.decode("utf-8", "replace")
    text = re.sub(r"(?is)<(script|style)\b.*?</\1>|<!--.*?-->|</?[a-z][^>]*>|<!\[CDATA\[|\]\]>", " ", html.unescape(text))
    return bare(html.unescape(text))


def check_captures(listed, texts):
    captures = json.loads((FOLDER / "captures.json").read_text(encoding="utf-8"))
    behind = {}
    for capture in captures:
        path = inside(capture["file"])
        if capture["file"] not in listed or path is None or not path.is_file():
            fault(f"{capture['file']} is not in the pack")
            continue
        if sha256(path) != capture["sha256"]:
            fault(f"{capture['file']} is not the document that captures.json names")
        for report in capture["reports"]:
            behind[report] = path
    for report in sorted(texts.keys() - behind.keys()):
        fault(f"no document is behind the report {report}")
    found, of, unread = 0, 0, 0
    for report, path in sorted(behind.items()):
        words = words_of(path.read_bytes())
        if words is None:
            unread += 1
            continue
        paragraphs = [bare(p) for p in texts.get(report, "").split("\n\n")]
        of += len(paragraphs)
        found += sum(p in words for p in paragraphs)
    print(f"{len(captures)} documents; {found} of {of} paragraphs of the texts stand in them word for word")
    if found < of:
        print("  (the others were put together from parts of a page, or spelt otherwise: compare them by eye)")
    if unread:
        print(f"  ({unread} documents are of a kind that this program cannot read, as PDF: compare them by eye)")


def main():
    # Consoles that cannot show every letter are no reason to stop.
    sys.stdout.reconfigure(errors="replace")
    listed = check_hashes()
    record = json.loads((FOLDER / "record.json").read_text(encoding="utf-8"))
    texts = {report["id"]: report["text"] for report in record["reports"]}
    check_texts(texts)
    check_rows(record)
    check_passages(record, texts)
    check_captures(listed, texts)
    print("All holds." if not faults else f"{len(faults)} faults.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
