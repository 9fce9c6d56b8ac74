"""Reads every export with programs that know nothing of annals: `read.py ANNALS INPUT…`. Exit status 1 if one is misread."""

import csv
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import bibtexparser
import jsonschema
import pyarrow
import pyarrow.csv
import pyarrow.parquet
import rdflib
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from followthemoney import model

HERE = Path(__file__).resolve().parent
SCHEMA = HERE / "../../../docs/record.schema.json"
# Hashtags of the core schema of HXL 1.1 that the exports use.
HASHTAGS = {"#meta", "#indicator", "#date", "#event", "#loc", "#status", "#description"}


def without_nulls(value):
    """Tables have a column where JSON may have no field."""
    if isinstance(value, dict):
        return {k: without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [without_nulls(v) for v in value]
    return value


def check_jsonl(folder, record):
    schema = json.loads(SCHEMA.read_text())
    for table, rows in record.items():
        lines = (folder / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == rows, table
    jsonschema.Draft202012Validator(schema).validate(record)
    return f"{len(record)} tables, their rows as docs/record.schema.json says"


def check_parquet(folder, record):
    for table, rows in record.items():
        read = pyarrow.parquet.read_table(folder / f"{table}.parquet").to_pylist()
        assert without_nulls(read) == without_nulls(rows), table
    return f"{len(record)} tables with the values of the record, nested as they are"


def guarded(words):
    """What the sheet holds in place of words that a spreadsheet would run."""
    start = words.lstrip()[:1]
    return "'" + words if words and (words[0] in "\t\r\n" or start in tuple("=+-@＝＋－＠")) else words


def check_csv(folder, record):
    for table, tagged in (("figures", True), ("events", True), ("statements", False), ("reports", False)):
        assert (folder / f"{table}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader((folder / f"{table}.csv").open(encoding="utf-8-sig", newline="")))
        if tagged:
            tags = [tag for tag in rows.pop(0).values() if tag]
            assert all(re.fullmatch(r"#[a-z]+(\+[a-z]+)*", t) and t.split("+")[0] in HASHTAGS for t in tags), tags
            assert len(set(tags)) == len(tags), "two columns are tagged alike"
        assert [r["id"] for r in rows] == [r["id"] for r in record[table]], table
        for row in rows:
            assert all(not re.match(r"[=+@\t\r\n]|-[^0-9]", cell) for cell in row.values()), row
    exact = [r["exact"] for r in csv.DictReader((folder / "passages.csv").open(encoding="utf-8-sig", newline=""))]
    words = [guarded(p["exact"]) for row in record["figures"] for p in row["evidence"]]
    assert set(words) <= set(exact)
    files = sorted(folder.glob("*.csv"))
    for file in files:
        options = pyarrow.csv.ParseOptions(newlines_in_values=True)
        pyarrow.csv.read_csv(file, parse_options=options)
    return f"{len(files)} sheets, no cell a formula, HXL tags of the core schema"


def check_sqlite(file, record):
    db = sqlite3.connect(file)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for table, rows in record.items():
        assert db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] == len(rows), table
    spans = db.execute(
        "SELECT r.text, p.start, p.\"end\", p.exact FROM passages p JOIN reports r ON r.id = p.report"
    ).fetchall()
    assert all(text[start:end] == exact for text, start, end, exact in spans)
    told = db.execute("SELECT label, status, place_name, quote, quote_outlet FROM events WHERE status = 'called_off'")
    wanted = [e["label"] for e in record["events"] if e["status"] == "called_off"]
    assert [row[0] for row in told] == wanted
    return f"{len(record)} tables and {len(spans)} passages, each joined to the words of its report"


def check_timeline(file, record):
    timeline = json.loads(file.read_text(encoding="utf-8"))
    schema = json.loads((HERE / "timelinejs.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(timeline)
    ids = [event["unique_id"] for event in timeline["events"]]
    assert ids and len(set(ids)) == len(ids)
    # TimelineJS would load what it takes a quotation for, as one with the word “spotify”.
    assert not any("media" in event for event in timeline["events"])
    told = [s for s in record["stories"] if len(s["reports"]) > 1] or record["stories"]
    assert len(ids) == sum(line["when"] is not None for s in told for line in s["timeline"])
    return f"{len(ids)} slides as the documentation of TimelineJS says"


# The terms of the W3C's context (www.w3.org/ns/anno.jsonld) that the export uses, so that no network is needed.
OA = "http://www.w3.org/ns/oa#"
CONTEXT = {
    "oa": OA,
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextualBody": "oa:TextualBody",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    **{m: f"oa:{m}" for m in ("describing", "identifying", "classifying", "tagging", "commenting")},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "scope": {"@id": "oa:hasScope", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    **{t: f"oa:{t}" for t in ("exact", "prefix", "suffix")},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "first": {"@id": "as:first", "@type": "@id"},
    "partOf": {"@id": "as:partOf", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
}


def keys(value):
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    for part in value if isinstance(value, list) else []:
        yield from keys(part)


def check_annotations(file, record):
    collection = json.loads(file.read_text(encoding="utf-8"))
    assert collection.pop("@context") == "http://www.w3.org/ns/anno.jsonld"
    assert set(keys(collection)) <= set(CONTEXT), "a term that the context does not know would be lost"
    assert collection["total"] == len(collection["first"]["items"])
    graph = rdflib.Graph().parse(data=json.dumps({"@context": CONTEXT, **collection}), format="json-ld")
    found = graph.query(
        f"""PREFIX oa: <{OA}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?text ?start ?end ?exact ?before ?after WHERE {{
            ?note oa:hasTarget ?target . ?target oa:hasSource ?source ; oa:hasSelector ?at, ?words .
            ?at a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
            ?words a oa:TextQuoteSelector ; oa:exact ?exact ; oa:prefix ?before ; oa:suffix ?after .
            ?source rdf:value ?text }}"""
    )
    count = 0
    for row in found:
        text, start, end, exact, before, after = (value.toPython() for value in row)
        assert text[start:end] == exact and text[:start].endswith(before) and text[end:].startswith(after), exact
        count += 1
    targets = sum(len(i["target"]) for i in collection["first"]["items"] if isinstance(i["target"], list))
    assert count == targets, (count, targets)
    return f"{collection['total']} annotations, {count} selectors that find their words in the text of their source"


def check_bibtex(file, record):
    library = bibtexparser.parse_string(file.read_text(encoding="utf-8"))
    assert not library.failed_blocks, library.failed_blocks
    assert len(library.entries) == len(record["reports"])
    for entry, report in zip(library.entries, record["reports"]):
        fields = {f.key: f.value for f in entry.fields}
        assert report["id"] in fields["note"]
        published = report["published"]
        if published and published["from"] == published["to"]:
            assert fields["year"] == published["from"][:4] and int(fields["day"]) == int(published["from"][8:])
        # Braces cannot stand in an address, nor in a field of BibTeX.
        url = report["url"] and report["url"].replace("{", "%7B").replace("}", "%7D")
        assert fields.get("url") == url
    return f"{len(library.entries)} entries, no key twice"


def check_csl(file, record):
    items = json.loads(file.read_text(encoding="utf-8"))
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    printed = [str(line) for line in bibliography.bibliography()]
    assert len(printed) == len(record["reports"])
    assert any(record["reports"][0]["title"] in line for line in printed)
    return f"{len(printed)} references printed"


def check_money(file, record):
    entities = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        proxy = model.get_proxy(data)
        assert data["id"] not in entities, data["id"]
        entities[data["id"]] = proxy
        # What the library would change or drop, it did not understand.
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value), (data["id"], prop.name, value)
        held = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert held == {name: sorted(values) for name, values in data["properties"].items()}, data["id"]
        proxy.schema.validate(data)
    for proxy in entities.values():
        assert not proxy.schema.abstract
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert entities[value].schema.is_a(prop.range), (proxy.id, prop.name, value)
    kinds = sorted({proxy.schema.name for proxy in entities.values()})
    called_off = [e for e in record["events"] if e["status"] == "called_off"]
    assert all(entities["annals-" + e["id"]].caption.startswith("[called off]") for e in called_off)
    return f"{len(entities)} entities ({', '.join(kinds)}), all links to what they may link to"


def check_pack(file, record):
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(file) as pack:
        assert pack.testzip() is None
        pack.extractall(folder)
        folder = Path(folder)
        assert json.loads((folder / "record.json").read_text(encoding="utf-8")) == record
        check = [sys.executable, folder / "check.py"]
        done = subprocess.run(check, capture_output=True, text=True)
        assert done.returncode == 0 and "All holds." in done.stdout, done.stdout
        if shutil.which("sha256sum"):
            subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=True)
        # One letter changed in a capture, and words that no report says, must be found.
        capture = next((folder / "captures").iterdir())
        capture.write_bytes(capture.read_bytes().replace(b"e", b"a", 1))
        record["events"][0]["evidence"][0]["start"] += 1
        (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
        (folder / "texts" / "added.txt").write_text("added")
        done = subprocess.run(check, capture_output=True, text=True)
        faults = [line for line in done.stdout.splitlines() if line.startswith("FAULT")]
        assert done.returncode == 1 and any(capture.name in f for f in faults), done.stdout
        assert any("does not stand at" in f for f in faults) and any("added.txt" in f for f in faults), done.stdout
    return "its own check holds, and finds what is changed, moved or added"


FORMATS = [
    ("jsonl", "jsonschema", check_jsonl),
    ("parquet", f"pyarrow {pyarrow.__version__}", check_parquet),
    ("csv", "csv, pyarrow", check_csv),
    ("sqlite", f"sqlite3 {sqlite3.sqlite_version}", check_sqlite),
    ("timelinejs", "jsonschema", check_timeline),
    ("annotations", f"rdflib {rdflib.__version__}", check_annotations),
    ("bibtex", f"bibtexparser {bibtexparser.__version__}", check_bibtex),
    ("csl", "citeproc-py", check_csl),
    ("ftm", "followthemoney", check_money),
    ("pack", "python3, sha256sum", check_pack),
]


def main(annals, inputs):
    with tempfile.TemporaryDirectory() as folder:
        record = json.loads(subprocess.run([annals, "export", *inputs], capture_output=True, check=True).stdout)
        for name, reader, check in FORMATS:
            out = Path(folder) / name
            command = [annals, "export", *inputs, "--format", name, "--out", out]
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
            print(f"{name:<12} {reader}: {check(out, json.loads(json.dumps(record)))}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
