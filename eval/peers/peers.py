"""Peers from PyPI, run for the benchmarks: peers.py fastwarc FILE | trafilatura, htmldate, spacy-tokens, spacy-parse,
datasketch, rensa LINES.

Each does what annals does in the same benchmark: FastWARC reads every answer's body; trafilatura extracts text and
metadata, htmldate the date, from the pages of a file of JSON Lines; spaCy tokenises, or tags and parses, its texts;
datasketch and rensa look each report up among those before it. Their start is part of the time, as is ours.
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


def texts(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def spacy_tokens(path):
    import spacy

    print(sum(len(doc) for doc in spacy.blank("en").pipe(texts(path))))


def spacy_parse(path):
    """Tagger and parser over a shared convolution, spaCy's defaults for English; PyPI has no trained ones.

    Untrained: the arithmetic is the same whatever the weights are.
    """
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    shared = {"model": {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}}}
    nlp.add_pipe("tagger", config=shared)
    nlp.add_pipe("parser", config=shared)
    labels = RELATIONS.split()
    words = [f"w{n}" for n in range(len(labels) + 1)]
    doc = nlp.make_doc(" ".join(words))
    heads = [0] + [0] * len(labels)
    told = {"words": words, "heads": heads, "deps": ["ROOT", *labels], "tags": [f"T{n % 48}" for n in range(len(words))]}
    nlp.initialize(lambda: [Example.from_dict(doc, told)])
    print(sum(len(doc) for doc in nlp.pipe(texts(path))))


def near_duplicates(path, name, sign, look_up, insert):
    """Asks for each report which earlier ones are like it, and prints what part of the planted copies was found."""
    root, kinds = [], {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            report = json.loads(line)
            words = report["text"].lower().split()
            signature = sign({" ".join(words[n : n + 3]) for n in range(len(words) - 2)})
            of = report["dup_of"]
            root.append(number if of < 0 else root[of])
            found = look_up(signature)
            if of >= 0:
                edited = report["kind"] == "near" and report["edit"] >= 0.2
                kind = "20-30 % edited" if edited else report["kind"]
                kinds.setdefault(kind, []).append(any(root[n] == root[number] for n in found))
            insert(number, signature)
    told = ", ".join(f"{kind} {100 * sum(hits) / len(hits):.1f}" for kind, hits in sorted(kinds.items()))
    print(f"  {name} found of the copies, in %: {told}", flush=True)


def datasketch(path):
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)

    def sign(shingles):
        signature = MinHash(num_perm=128)
        signature.update_batch([shingle.encode() for shingle in shingles])
        return signature

    near_duplicates(path, "datasketch", sign, index.query, index.insert)


def rensa(path):
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)

    def sign(shingles):
        signature = RMinHash(num_perm=128, seed=42)
        signature.update(list(shingles))
        return signature

    near_duplicates(path, "rensa", sign, index.query, index.insert)


RELATIONS = (
    "acl advcl advmod amod appos aux aux:pass case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl "
    "fixed flat goeswith iobj list mark nmod nsubj nsubj:pass nummod obj obl orphan parataxis punct reparandum vocative xcomp"
)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    runs = {f.__name__.replace("_", "-"): f for f in [fastwarc, trafilatura, htmldate, spacy_tokens, spacy_parse, datasketch, rensa]}
    runs[sys.argv[1]](sys.argv[2])
