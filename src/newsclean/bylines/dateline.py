"""Datelines: the opening of an agency story, `SEOUL, May 3 (Reuters) - `.

Every pattern is anchored at the start and bounded; what it calls place, date and agency is then checked as words.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from newsclean.bylines.agencies import agency_of
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.text import fold, plain
from newsclean.model import Dateline

MAX_CHARS = 160  # of the text are looked at; the longest dateline of the labelled pages has under 80
_SIGN = re.compile(r"[(（\[/]| [-–—]|[:—] |^[新中]")  # each dateline has one of these
_DASH = r"(?:\.?(?:--|[-–—])|[:=])"
_BRACKETED = re.compile(rf"([^()]{{2,70}})\(([^()]{{2,40}})\)[ .]{{0,2}}(?:{_DASH}(?= ))? ?")
_AGENCY_FIRST = re.compile(rf"\(([^()]{{2,40}})\) {{0,2}}{_DASH} ([^()–—-]{{2,50}}?) ?{_DASH} ")
_SLASHED = re.compile(r"([^()/]{2,70})[.,]? /([^/]{2,30})/[.\s]{1,2}")
_DASHED = re.compile(r"([^()/–—-]{2,60}) [-–—] ([^.()]{2,30})\. ")
_CAPITALS = re.compile(r"([^\W\d_][^:—–()]{3,59}?)(:| —| –| --| -) (?=[\"“«„]?[^\W\d_])")
_DAY = r"(?P<date>(?:\d{1,2}月)?\d{1,2}日)"
_REPORTER = r"(?:[\uac00-\ud7a3]{2,5}(?:·[\uac00-\ud7a3]{2,5}){0,3} ?(?:기자|특파원) ?= ?)?"
_CJK = (
    re.compile(rf"(?P<agency>新华社|新華社|中新社)(?P<place>[\u4e00-\u9fff]{{2,6}}?){_DAY}[电電] ?"),
    re.compile(rf"\[(?P<place>[^\]\d ]{{2,16}}) {_DAY} (?P<agency>[^\] ]{{2,12}})\] ?[-－]? ?"),
    re.compile(rf"[（(](?P<place>[^=()（）]{{2,16}})=(?P<agency>[^()（）]{{2,12}})[)）] ?{_REPORTER}"),
    re.compile(
        rf"[（(](?P<agency>中央社)(?:記者[\u4e00-\u9fff]{{2,4}}?)?(?P<place>[\u4e00-\u9fff]{{2}}){_DAY}[电電][)）] ?"
    ),
)
_SITE = re.compile(r", ?[\w-]{2,30}\.[a-z]{2,4}(?:\.[a-z]{2})?$")  # behind a place: "JAKARTA, HARBOUR.com"
_MAX_PLACE_WORDS = 6
_MIN_CAPITALS = 4  # "US: " and "EU – " are no datelines


def parse_dateline(text: str) -> Dateline | None:
    """The dateline that the text opens with, or None.

    Args:
        text: a paragraph, with or without what follows the dateline.

    >>> parse_dateline("SEOUL, May 3 (Reuters) - North Korea said")
    Dateline(location='SEOUL', date='May 3', agency='Reuters', printed='SEOUL, May 3 (Reuters) - ')
    >>> parse_dateline("US: The economy grew") is None
    True
    """
    head = plain(text[: 4 * MAX_CHARS])[:MAX_CHARS].replace("\n", " ")
    if not _SIGN.search(head):
        return None
    return next(filter(None, (shape(head) for shape in _SHAPES)), None)


def _bracketed(head: str) -> Dateline | None:
    """`SEOUL, May 3 (Reuters) - `, `Berlin (dpa/lni) - `, `NEW DELHI, May 3 (PTI) `."""
    found = _BRACKETED.match(head)
    agency = found and agency_of(found[2])
    if not found or not agency or (found[0].endswith(") ") and head[found.end() : found.end() + 1].islower()):
        return None  # "Bell (AP) is a village"
    return _dateline(found[1], agency, found[0])


def _agency_first(head: str) -> Dateline | None:
    """`(ANSA) - ROMA, 03 MAG - `."""
    found = _AGENCY_FIRST.match(head)
    agency = found and agency_of(found[1])
    return _dateline(found[2], agency, found[0]) if found and agency else None


def _slashed(head: str) -> Dateline | None:
    """`MOSCOW, September 3. /TASS/. `."""
    found = _SLASHED.match(head)
    agency = found and agency_of(found[2])
    return _dateline(found[1], agency, found[0]) if found and agency else None


def _dashed(head: str) -> Dateline | None:
    """`МОСКВА, 3 мая - РИА Новости. `."""
    found = _DASHED.match(head)
    agency = found and agency_of(found[2])
    return _dateline(found[1], agency, found[0]) if found and agency else None


def _capitals(head: str) -> Dateline | None:
    """`WASHINGTON — `; with a colon or a hyphen only a known place, as speakers and kickers stand there too."""
    found = _CAPITALS.match(head)
    if not found or not head[found.end() :].lstrip('"“«„')[:1].isupper():
        return None
    place, date = _split_date(found[1])
    city, _, region = place.partition(",")
    if city.upper() != city or sum(c.isupper() for c in city) < _MIN_CAPITALS:
        return None
    if any(fold(w) in vocabulary().kickers for w in city.split()):
        return None
    known = fold(city) in vocabulary().cities or (fold(region.strip()) in vocabulary().regions and bool(region))
    if (found[2] == ":" and fold(city) not in vocabulary().cities) or (found[2] == " -" and not (known or date)):
        return None
    return _dateline(found[1], None, found[0])


def _cjk(head: str) -> Dateline | None:
    for shape in _CJK:
        found = shape.match(head)
        agency = found and agency_of(found["agency"])
        if found and agency:
            return Dateline(found["place"], found.groupdict().get("date"), agency, found[0])
    return None


def _dateline(place_date: str, agency: str | None, printed: str) -> Dateline | None:
    place, date = _split_date(place_date.strip(" .,"))
    place = _SITE.sub("", place)
    return Dateline(place.strip(" .,"), date, agency, printed) if _is_place(place) else None


def _split_date(text: str) -> tuple[str, str | None]:
    """`LA CROSSE, Wis., May 3` -> place, date."""
    place, comma, last = text.rpartition(",")
    if comma and _is_date(last.split()):
        return place.strip(), last.strip(" .,")
    return text.strip(), None


def _is_date(words: list[str]) -> bool:
    known = vocabulary()
    numbered = any(w[0].isdigit() for w in words)
    return numbered and len(words) <= 4 and all(w[0].isdigit() or fold(w) in known.dates for w in words)


def _is_place(text: str) -> bool:
    """Capitalised words and particles, none of them a month; a country in square brackets may follow."""
    words = text.replace("[", " ").replace("]", " ").replace(",", " ").replace("/", " ").split()
    known = vocabulary()
    if fold(text.partition(",")[0]) in known.cities:  # Rio de Janeiro has a month in it
        return True
    if not 1 <= len(words) <= _MAX_PLACE_WORDS or not words[0][0].isalpha() or words[0][0].islower():
        return False
    return all(
        fold(w) not in known.months and not w[0].isdigit() and (not w[0].islower() or fold(w) in known.particles)
        for w in words
    )


_SHAPES: tuple[Callable[[str], Dateline | None], ...] = (_cjk, _agency_first, _bracketed, _slashed, _dashed, _capitals)
