"""Peers from PyPI, run for the benchmarks: peers.py fastwarc FILE | trafilatura LINES | htmldate LINES.

Each does what annals does in the same benchmark: FastWARC reads every answer's body; trafilatura extracts text and
metadata, htmldate the date, from the pages of a file of JSON Lines. Their start is part of the time, as is ours.
"""

import base64
import json
import logging
import sys


def pages(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            html = page["html"]
            yield page.get("url") or None, base64.b64decode(page["html_base64"]) if html is None else html


def fastwarc(path):
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    records = size = 0
    with open(path, "rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
            size += len(record.reader.read())
            records += 1
    print(records, size)


def trafilatura(path):
    from trafilatura import bare_extraction

    for url, html in pages(path):
        bare_extraction(html, url=url, with_metadata=True)


def htmldate(path):
    from htmldate import find_date

    for url, html in pages(path):
        try:
            find_date(html, url=url, original_date=True)
        except ValueError:
            pass


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    {"fastwarc": fastwarc, "trafilatura": trafilatura, "htmldate": htmldate}[sys.argv[1]](sys.argv[2])
