"""Bylines: `By Ann Bell and Tom Roe, The Associated Press` to people."""

from __future__ import annotations

from functools import lru_cache

from newsclean.bylines.agencies import has_agency_word
from newsclean.bylines.cjk import read_cjk
from newsclean.bylines.credits import parse_credits
from newsclean.bylines.grammar import Reading, read_people
from newsclean.bylines.kinds import is_job
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.text import fold, has_cjk, is_cjk, plain
from newsclean.model import Person

MAX_BYLINE_CHARS = 130
MAX_JOB_WORDS = 8
_SMALL = frozenset("and of for the at in & und für der des et de du la en y e del di da og och".split())
_PENS = "✍✎✏🖊🖋\ufe0f "  # before a name
_DASHES = ("-", "–", "—")


def parse_byline(text: str) -> tuple[Person, ...]:
    """The people, agencies and desks that a byline names, in order; empty if it names nobody.

    Args:
        text: with or without a label ("By"); a credit line; entities and tags are resolved.

    >>> [p.name for p in parse_byline("BY ANN O'BRIEN and Tom Roe | Staff Writers")]
    ["Ann O'Brien", 'Tom Roe']
    """
    return parse_credits(text) or _read(text).people


def is_byline(text: str) -> bool:
    """Whether a line is nothing but a byline: all its words are labels, names, agencies, jobs, places and dates.

    Without a label it must be an agency, or a name with an agency or a date. A credit of pictures alone is none. A
    line judged so leaves the article's body, so doubt says no.

    >>> is_byline("By Ann Bell"), is_byline("By Monday the river had risen"), is_byline("Ann Bell")
    (True, False, False)
    """
    if len(text) > MAX_BYLINE_CHARS or text.lstrip()[:1] in _DASHES:  # "— Ann Bell": who is quoted
        return False
    if not _may_be_byline(text):
        return False
    reading = _read(text, sure=True)
    if not reading.people or not reading.complete:
        return False
    kinds = {p.kind for p in reading.people}
    if {p.role for p in reading.people} == {"photographer"} or not all(map(_is_sure, reading.people)):
        return False
    return reading.labelled or "agency" in kinds or (reading.dated and kinds == {"person"})


def rests_on_date(text: str) -> bool:
    """Whether a byline is one by the date behind its names alone: it has no label, and names no agency.

    >>> rests_on_date("Ann Bell, 3 May 2020"), rests_on_date("By Ann Bell, 3 May 2020")
    (True, False)
    """
    reading = _read(text, sure=True)
    return not reading.labelled and {p.kind for p in reading.people} == {"person"}


def is_job_line(text: str) -> bool:
    """Whether a line is nothing but a job, as it stands below a byline.

    >>> is_job_line("Senior Health Correspondent"), is_job_line("The editor")
    (True, False)
    """
    words = plain(text).split()
    if not 1 <= len(words) <= MAX_JOB_WORDS or len(text) > MAX_BYLINE_CHARS or text.rstrip()[-1:] in ".!?:":
        return False
    known = vocabulary()
    meant = all(not w[0].islower() or is_job([w]) or fold(w) in _SMALL for w in words)
    return meant and is_job(words) and fold(words[0]) not in known.never and not any("@" in w for w in words)


@lru_cache(maxsize=1024)
def _read(text: str, *, sure: bool = False) -> Reading:
    line = plain(text).lstrip(_PENS)
    return read_cjk(line) if has_cjk(line) else read_people(line, sure=sure)


def _may_be_byline(text: str) -> bool:
    """Whether a line has what the grammar would need, looked for in a ninth of the grammar's time.

    That is a label at its beginning or before a colon, an agency, a date, or Chinese, Japanese or Korean.
    """
    if ":" in text or "：" in text or "|" in text or any(map(str.isdigit, text)) or has_cjk(text):
        return True
    words = plain(text).replace("(", " ").replace("/", " ").split()
    return bool(words) and (fold(words[0]) in vocabulary().label_starts or has_agency_word(words))


def _is_sure(person: Person) -> bool:
    """A given name alone is too little to tell a byline by; "Royal Appointment" is none, nor "Order of the Council"."""
    words, known = person.printed.split(), vocabulary()
    if person.kind == "organization" and fold(words[0]) in known.doubtful and words[1:2] == ["of"]:
        return False
    if person.kind != "person" or is_cjk(person.name[0]):
        return True
    return len(words) > 1 and not any(fold(w) in known.doubtful - known.particles for w in words)
