"""A printed text in, the date of publication in it out: one that a word such as "Updated" stands before is another."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsclean.dates import FIRST_YEAR, MACHINE, MAX_CHARS, MAX_LABEL_CHARS, NAMED, NUMERIC, fold, parse_date

MAX_LEAD = 60  # characters before a date that say what it is the date of


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as readers see it.

    Attributes:
        stamp: ISO 8601.
        of_change: the text says that it is the date of a later change, and gives no other.
    """

    stamp: str
    of_change: bool


def parse_published(
    text: str | None, *, month_before_day: bool = False, first_year: int = FIRST_YEAR
) -> PrintedDate | None:
    """The first date in a text that is not said to be that of a change, else the first; read as `parse_date` does.

    >>> parse_published("Updated: 9 May 2024 | Published: 3 May 2024")
    PrintedDate(stamp='2024-05-03', of_change=False)
    >>> parse_published("Last updated by the desk on 9 May 2024")
    PrintedDate(stamp='2024-05-09', of_change=True)
    """
    line = " ".join((text or "")[:MAX_CHARS].split())
    first = parse_date(line, month_before_day=month_before_day, first_year=first_year)
    if first is None or not says_change(line):
        return PrintedDate(first, of_change=False) if first else None
    end = 0
    for start, stop in spans(line):
        lead, end = line[end:start], stop
        stamp = parse_date(line[start:stop], month_before_day=month_before_day, first_year=first_year)
        if stamp and not says_change(lead[-MAX_LEAD:]):
            return PrintedDate(stamp, of_change=False)
    return PrintedDate(first, of_change=True)


def spans(line: str) -> list[tuple[int, int]]:
    """Where dates may stand in a line, in order; none overlaps another."""
    found = sorted(m.span() for pattern in (*MACHINE, *NAMED, NUMERIC) for m in pattern.finditer(line))
    apart: list[tuple[int, int]] = []
    for start, stop in found:
        if not apart or start >= apart[-1][1]:
            apart.append((start, stop))
    return apart


def says_change(text: str) -> bool:
    """Whether a text has a word for a later change in it.

    >>> says_change("Zuletzt geändert am"), says_change("수정"), says_change("Understanding dates")
    (True, True, False)
    """
    return bool(change_words().search(fold(text)))


def is_change_label(text: str) -> bool:
    """Whether a text may stand before a date on its own, and says that this is the date of a change.

    >>> is_change_label("Last updated:"), is_change_label("Updated 9 May")
    (True, False)
    """
    return len(text) <= MAX_LABEL_CHARS and not any(map(str.isdigit, text)) and says_change(text)


@cache
def change_words() -> re.Pattern[str]:
    """The words for a later change; those of scripts without spaces also within a word."""
    words = tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))["updated"]
    spaced = "|".join(re.escape(fold(w)) for w in words if w[0] < "\u0e00")
    others = "|".join(re.escape(fold(w)) for w in words if w[0] >= "\u0e00")
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|{others}")
