#!/usr/bin/env python3
"""Draws statements at random for judging by reading: whose words, and are they unaltered?

usage: draw_statements.py ANNALS SHARED [--seed N] [--count N] [--show]

Compiles the briefs of the news documents of GUM (SHARED/eval/gum, fed as plain reports), of the story bundles in
SHARED/stories and of examples/water, puts their statements in the order of set, document and place, and draws from
them. Prints a row each: number, set, document, code points, kind, ground. --show adds speaker, content and passage, which
may be other people's text: look at it, do not keep it. docs/measurements/statements.md has the judgements.
"""
import gzip
import json
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def gum(shared, folder):
    for part in ("train", "dev"):
        with gzip.open(shared / f"eval/gum/{part}.jsonl.gz", "rt", encoding="utf8") as lines:
            for document in map(json.loads, lines):
                if document["genre"] == "news":
                    (folder / f"{document['id']}.txt").write_text(document["text"], encoding="utf8")


def record(annals, reports):
    return json.loads(subprocess.run([annals, "brief", reports, "--json", "-"], capture_output=True, check=True).stdout)


def rows(name, record):
    documents = {r["id"]: pathlib.Path(r["source"]["path"]).name for r in record["reports"]}
    texts = {r["id"]: r["text"] for r in record["reports"]}
    people = {e["id"]: e["name"] for e in record["entities"]}
    for s in record["statements"]:
        c = s["content"]
        yield {
            "set": name,
            "document": documents[s["report"]],
            "start": c["start"],
            "end": c["end"],
            "kind": s["kind"],
            "ground": s.get("ground") or "-",
            "speaker": people.get(s["speaker"]),
            "source": s["speaker_text"],
            "cue": s["cue"],
            "exact": c["exact"],
            "around": texts[s["report"]][max(0, c["start"] - 500) : c["end"] + 250],
        }


def main():
    words = sys.argv[1:]
    option = lambda name, default: int(words[words.index(name) + 1]) if name in words else default
    annals, shared = words[0], pathlib.Path(words[1])
    seed, count = option("--seed", 1), option("--count", 50)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        gum(shared, folder)
        sets = [("gum", folder), ("water", ROOT / "examples/water/reports")]
        sets += [(p.name, p / "reports") for p in sorted((shared / "stories").iterdir()) if (p / "reports").is_dir()]
        pool = [row for name, reports in sets for row in rows(name, record(annals, reports))]
    pool.sort(key=lambda r: (r["set"], r["document"], r["start"], r["end"]))
    print(f"# seed {seed}, {count} of {len(pool)} statements")
    for n, row in enumerate(random.Random(seed).sample(pool, count), 1):
        print(n, row["set"], row["document"], f"{row['start']}-{row['end']}", row["kind"], row["ground"], sep="\t")
        if "--show" in words:
            print(f"   WHO {row['speaker']} | SOURCE {row['source']} | CUE {row['cue']}\n   SAID {row['exact']}\n   TEXT {row['around']!r}")


main()
