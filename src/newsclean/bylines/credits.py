"""Agency credit lines: `(Reporting by A and B in SEOUL, C in Moscow; Editing by D)`, `AP writer X contributed`."""

from __future__ import annotations

from dataclasses import replace

from newsclean.bylines.agencies import agency_of
from newsclean.bylines.chunks import label_at
from newsclean.bylines.grammar import MAX_CHARS, read_people
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.text import fold, plain
from newsclean.model import Person

_SEEN_WORDS = 20  # more than the longest label and what must follow it
_MAX_PHRASE = 5  # words of "los periodistas de The Associated Press"


def parse_credits(text: str) -> tuple[Person, ...]:
    """The people that a credit line names, with roles and places; empty if it is not a credit line.

    A line in brackets may hold words that are not understood; any other must be understood to its last word.

    >>> [(p.name, p.role, p.location) for p in parse_credits("(Reporting by Ann Bell in SEOUL; Editing by Tom Roe)")]
    [('Ann Bell', 'reporter', 'Seoul'), ('Tom Roe', 'editor', None)]
    """
    line = plain(text).lstrip("_—–-* \n")
    if len(line) > MAX_CHARS:
        return ()
    return _clauses(line) or _contributed(line)


def _clauses(line: str) -> tuple[Person, ...]:
    inner = line.strip("()[] \n").rstrip(".")
    words = inner.replace(":", " : ").split(maxsplit=_SEEN_WORDS)
    label = label_at(words, 0, credit=True)[0] if words else None
    if not label or not (label.credit or label.role not in {"author", "photographer", None}):
        return ()
    reading = read_people(inner, credit=True)
    bracketed = line.startswith(("(", "[")) and line.endswith((")", "]"))
    sure = bracketed or (reading.complete and all(_is_sure(p) for p in reading.people))
    return reading.people if sure else ()


def _is_sure(person: Person) -> bool:
    """An agency, or two words of which one has a capital: "Edição de hoje esgotada" names nobody."""
    return person.kind == "agency" or (" " in person.name and person.printed != person.printed.lower())


def _contributed(line: str) -> tuple[Person, ...]:
    """`[agency] [writers] NAMES contributed [to this report] [from PLACE]`."""
    known, folded_line = vocabulary(), line.casefold()
    if not any(phrase[-1] in folded_line for phrase in known.contributed):
        return ()
    words = line.strip("()[] \n").rstrip(".").split()
    folded = [fold(w) for w in words]
    at, length = _find(folded, known.contributed)
    if not length:
        return ()
    agency, names = _without_writers(words[:at])
    rest = words[at + length :]
    while (n := _prefix(rest, known.to)) > 0:
        rest = rest[n:]
    if rest and rest[0][:1].isupper() and not line.isupper() and not agency_of(" ".join(rest)):
        return ()  # a name goes on there, not "from Phoenix"
    reading = read_people(" ".join([*names, *rest]))  # "from Phoenix" goes behind the names
    people = tuple(p for p in reading.people if p.kind == "person")
    if not reading.complete or not people or reading.labelled:
        return ()
    return tuple(replace(p, role="contributor", agency=agency or p.agency) for p in people)


def _find(folded: list[str], phrases: frozenset[tuple[str, ...]]) -> tuple[int, int]:
    """Where the first of the phrases stands, and its length; length 0 if there is none."""
    for i in range(1, len(folded)):
        for length in (2, 1):
            if tuple(folded[i : i + length]) in phrases and len(folded[i : i + length]) == length:
                return i, length
    return 0, 0


def _prefix(words: list[str], phrases: frozenset[tuple[str, ...]]) -> int:
    """How many of the first words are one of the phrases."""
    lengths = (n for n in range(min(_MAX_PHRASE, len(words)), 0, -1) if tuple(map(fold, words[:n])) in phrases)
    return next(lengths, 0)


def _without_writers(words: list[str]) -> tuple[str | None, list[str]]:
    """`Associated Press writers Dana Whitlock` -> AP, Dana Whitlock."""
    agency = None
    for _ in range(2):  # the agency stands before or behind "writers"
        n = next((n for n in range(min(4, len(words)), 0, -1) if agency_of(" ".join(words[:n]))), 0)
        agency = agency or (agency_of(" ".join(words[:n])) if n else None)
        words = words[n:]
        words = words[_prefix(words, vocabulary().writers) :]
    return agency, words
