"""A line of the text in, whether it is a byline of this article out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from newsclean.bylines import is_byline, is_name, parse_byline, parse_credits, rests_on_date
from newsclean.dates import parse_date
from newsclean.letters import squash
from newsclean.model import Metadata, Person

MAX_CHARS = 130
MAX_NAMES = 3
MAX_NAME_WORDS = 4
NEAR_DAYS = 2  # between the date of a byline and the page's: time zones, and print editions
WRITERS = frozenset({"author", "reporter"})
AND = "and|und|et|y|e|en|og|och"
BETWEEN_NAMES = re.compile(rf" ?[/,&] ?| (?:{AND}) ")


def is_articles_byline(line: str, metadata: Metadata, *, above: bool) -> bool:
    """Whether a line is a byline of this article; `above` its running text credit lines are, too."""
    if stands_as_byline(line):
        return not tells_other_day(line, metadata)
    return above and credits_authors(line, metadata)


def tells_other_day(line: str, metadata: Metadata) -> bool:
    """Whether a name without a label has another day than the page behind it: that of a concert, or of a birth."""
    own = [date.fromisoformat(s[:10]) for s in (metadata.date_published, metadata.date_modified) if s]
    readings = (parse_date(line, first_year=1, month_before_day=month_first) for month_first in (False, True))
    printed = {date.fromisoformat(s[:10]) for s in readings if s}
    if not own or not printed or not rests_on_date(line):
        return False
    return all(abs((day - of_page).days) > NEAR_DAYS for day in printed for of_page in own)


@lru_cache(maxsize=1024)  # asked again in each round
def stands_as_byline(line: str) -> bool:
    """Whether a line is a byline, and no credit line: those are the tail's, unless they stand above the text."""
    return len(line) <= MAX_CHARS and is_byline(line) and not parse_credits(line)


def credits_authors(line: str, metadata: Metadata) -> bool:
    """Whether a line is one that agencies write below the text, and names the article's authors: "Written by Ann Bell".

    It does if it says who wrote or reported. Of editors it does if the page names no person, or just these.
    """
    people = parse_credits(line) if len(line) <= MAX_CHARS and is_byline(line) else ()
    if any(p.role in WRITERS for p in people):
        return True
    known = squashed(p for p in metadata.authors if p.kind == "person")
    editors = squashed(p for p in people if p.role == "editor")
    return bool(editors) and (not known or editors <= known)


@lru_cache(maxsize=1024)
def is_names(line: str) -> bool:
    """Whether a line is one to three full names and nothing else.

    >>> is_names("ANN BELL/Tom Roe"), is_names("Buy Tickets Now Here Today"), is_names("Ann")
    (True, False, False)
    """
    parts = BETWEEN_NAMES.split(line)
    if len(line) > MAX_CHARS or len(parts) > MAX_NAMES:
        return False
    full = all(2 <= len(p.split()) <= MAX_NAME_WORDS and is_name(p) for p in parts)
    return full and [p.kind for p in parse_byline(line)] == ["person"] * len(parts)


def squashed(people: Iterable[Person]) -> set[str]:
    """Their names, as they are compared."""
    return {squash(p.name) for p in people}
