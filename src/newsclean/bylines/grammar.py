"""The grammar of bylines: chunks are put in order, freed of dates and addresses, and read one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newsclean.bylines.agencies import agency_of, has_agency_word
from newsclean.bylines.chunks import Chunk, chunks, label_at
from newsclean.bylines.kinds import (
    is_calendar_date,
    is_clock,
    is_date,
    is_date_word,
    is_job,
    is_organisation,
    is_place,
    is_stamp,
    is_weekday,
    is_year,
    may_hold_calendar_date,
)
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.names import is_name
from newsclean.bylines.people import Line
from newsclean.bylines.persons import read_leading_name, read_name
from newsclean.bylines.readers import READERS
from newsclean.bylines.text import fold
from newsclean.bylines.tokens import tokens_of
from newsclean.bylines.unknown import is_unknown_name
from newsclean.model import Person

MAX_CHARS = 1000  # a byline of thirty people; more is another text
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_HANDLE = re.compile(r"@\w{2,30}")
_ADDRESS = re.compile(r"(?:https?://|www\.).*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a byline says.

    Attributes:
        people: in order, each once.
        complete: every word is accounted for.
        labelled: a label stood before the first name.
        dated: a date stood behind a name.
    """

    people: tuple[Person, ...] = ()
    complete: bool = False
    labelled: bool = False
    dated: bool = False


def read_people(text: str, *, credit: bool = False, sure: bool = False) -> Reading:
    """What the plain text says as a byline, or as a credit line if `credit`.

    Args:
        text: from `plain`.
        credit: whether it is a credit line.
        sure: what is no byline to its last word, with a label, an agency or a date, is of no account, nor read to its
            end: seven of ten lines that may be bylines show in a quarter of the time that they are none.
    """
    tokens = tokens_of(text) if len(text) <= MAX_CHARS else []
    if not tokens or (sure and not _tells_of_people(tokens)):
        return Reading()
    line = Line(credit=credit, shouted=text.isupper())
    found = _rejoined(_inverted(chunks(tokens, credit=credit)))
    for chunk in found:
        line.at_end = chunk is found[-1]
        _read(line, chunk)
        if sure and not line.complete:
            return Reading()
    people = line.roll.unique()
    given_names = not line.labelled and all(p.kind == "person" and is_one_word(p.name) for p in people)
    if given_names and (len(people) > 1 or not line.complete):
        return Reading()  # "Nation and World", "Stand By Me": words, rather than names
    if line.photo and not line.labelled:
        people = tuple(replace(p, role="photographer") for p in people)
    return Reading(people, line.complete, line.labelled, line.dated)


def _tells_of_people(tokens: list[str]) -> bool:
    """Whether a line has a label, an agency or a date, one of which each byline has."""
    if has_agency_word(tokens) or may_hold_calendar_date(tokens):
        return True
    starts = vocabulary().label_starts
    return any(label_at(tokens, i, credit=False)[0] for i, token in enumerate(tokens) if fold(token) in starts)


def is_one_word(name: str) -> bool:
    """Whether a name has no space, in a script that writes them."""
    return " " not in name and name.isascii()


def _read(line: Line, chunk: Chunk) -> None:
    """Let the first reader that can understand the chunk record what it says."""
    if chunk.opens:
        line.labelled |= not line.roll.people
        line.roll.start_group()
    if line.said_by in {None, read_name} and not chunk.headed and is_unknown_name(chunk.words):
        line.said_by = read_name  # as it would be found in a tenth of the speed
        line.add(chunk.label, chunk.text, "person", chunk.text)
        return
    _cut_dates(line, chunk)
    _cut_contacts(line, chunk)
    if not chunk.words:
        return
    readers = () if chunk.headed else READERS  # an unknown word with a colon: "Kommentar:"
    line.said_by = next((reader for reader in readers if reader(line, chunk)), None)
    if not line.said_by:
        line.complete = False
        read_leading_name(line, chunk)


def _inverted(found: list[Chunk]) -> list[Chunk]:
    """`Bell, Ann; Roe, Tom` -> Ann Bell, Tom Roe: the order of library catalogues; other chunks as they are."""
    pairs = list(zip(found[::2], found[1::2], strict=False))
    if len(found) % 2 or not all(_is_inverted(last, first) for last, first in pairs):
        return found
    return [replace(first, words=first.words + last.words, before=last.before) for last, first in pairs]


def _is_inverted(last: Chunk, first: Chunk) -> bool:
    if last.label or first.before != "comma" or last.before in {"and", "comma"}:
        return False
    if len([w for w in last.words if fold(w) not in vocabulary().particles]) != 1:
        return False
    return len(first.words) <= 2 and is_name(first.text) and not any(_is_other(c) for c in (last, first))


def _is_other(chunk: Chunk) -> bool:
    """Whether the chunk is anything else than part of a name."""
    known = vocabulary()
    other = known.credentials | known.suffixes | known.placeholders | known.never
    words = chunk.words
    if is_place(chunk.text) or agency_of(chunk.text) or is_job(words) or is_organisation(words) or is_date(words):
        return True
    return any(fold(w) in other or not w[0].isalpha() for w in words)


def _rejoined(found: list[Chunk]) -> list[Chunk]:
    """`Health` and `Science Editor` -> the one job that they are."""
    done: list[Chunk] = []
    for chunk in found:
        last = done[-1] if done else None
        if last and chunk.before == "and" and is_job(chunk.words) and not last.opens and len(last.words) == 1:
            last.words += [chunk.joint, *chunk.words]
        else:
            done.append(chunk)
    return done


def _cut_dates(line: Line, chunk: Chunk) -> None:
    """Take a date off either end of the chunk, or the whole of it."""
    words = chunk.words
    if is_date(words) or (is_year(words) and line.in_date):
        line.in_date, chunk.words = True, []
        line.dated |= is_calendar_date(words) and (bool(line.roll.people) or chunk.before == "start")
        return
    head = next((i for i, w in enumerate(words) if not is_date_word(w)), 0)
    tail = len(words) - next((i for i, w in enumerate(reversed(words)) if not is_date_word(w)), 0)
    if is_calendar_date(words[tail:]):
        line.in_date = line.dated = True
        chunk.words = words[:tail]
    elif is_stamp(words[tail:]) or is_clock(words[tail:]) or is_weekday(words[tail:]):
        chunk.words = words[:tail]
    elif is_calendar_date(words[:head]) or (is_year(words[:head]) and line.in_date):
        line.in_date, chunk.words = True, words[head:]


def _cut_contacts(line: Line, chunk: Chunk) -> None:
    """Take addresses and handles out of the chunk; they belong to its name if one stands before them."""
    contacts = [w for w in chunk.words if "@" in w or _ADDRESS.fullmatch(w)]
    if not contacts:
        return
    behind_name = chunk.words[0] not in contacts
    chunk.words = [w for w in chunk.words if w not in contacts]
    if behind_name:
        _read(line, chunk)
        chunk.words = []
    for word in contacts:
        key = "email" if _EMAIL.fullmatch(word) else "handle" if _HANDLE.fullmatch(word) else ""
        if key:
            line.roll.contact(key, word)
        elif "@" in word:
            line.complete = False
