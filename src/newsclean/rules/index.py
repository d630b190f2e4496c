"""Which of many patterns a line can match at all: a few look-ups in the place of hundreds of patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from newsclean.rules.keys import Keys, alike

T = TypeVar("T")
MAX_KNOWN_WORDS = 65_536
MAX_KNOWN_CHARS = 40  # of a word; longer ones are whole lines of scripts without spaces


class Index(Generic[T]):
    """Things by the keys of their patterns.

    Args:
        entries: each thing with its keys, in the order in which `candidates` gives them.
    """

    def __init__(self, entries: Sequence[tuple[T, Keys]]) -> None:
        self._things = tuple(thing for thing, _ in entries)
        self._begins = positions(keys.begins for _, keys in entries)
        self._lengths = tuple(sorted({len(text) for text in self._begins}))
        self._holds = positions(keys.holds for _, keys in entries)
        self._pieces_in = PiecesOfWords(self._holds)

    def candidates(self, line: str) -> list[T]:
        """The things whose patterns can match the line, which has single spaces; all others can't."""
        line = alike(line)
        begins = self._begins
        found = set().union(*[begins[line[:n]] for n in self._lengths if line[:n] in begins])
        for pieces in map(self._pieces_in.__getitem__, line.split()):
            for piece in pieces:
                if piece in line:
                    found |= self._holds[piece]
        return [self._things[i] for i in sorted(found)] if found else []


class PiecesOfWords(dict[str, tuple[str, ...]]):
    """For each word the pieces that a line with this word may hold; worked out when the word first comes.

    Words come again and again: to look up those of a line takes a third of a search for all the pieces.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        super().__init__()
        # of a piece's words, whole or cut at its ends, the longest; what is searched for
        self._parts = tuple((max(piece.split(), key=len, default=" "), piece) for piece in pieces)
        self._any_part = any_of({part for part, _ in self._parts})

    def __missing__(self, word: str) -> tuple[str, ...]:
        found: tuple[str, ...] = ()
        if self._any_part.search(word):
            found = tuple(piece for part, piece in self._parts if part in word)
        if len(word) <= MAX_KNOWN_CHARS:
            if len(self) >= MAX_KNOWN_WORDS:
                self.clear()
            self[word] = found
        return found


def any_of(texts: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds each of the texts; grouped by first letters, which takes half the time."""
    rests: dict[str, list[str]] = {}
    for text in texts:
        rests.setdefault(text[:1], []).append(re.escape(text[1:]))
    groups = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())
    return re.compile("|".join(groups) or r"(?!)")


def positions(keys: Iterable[frozenset[str]]) -> dict[str, set[int]]:
    """For each text the positions of the keys that have it."""
    found: dict[str, set[int]] = {}
    for i, texts in enumerate(keys):
        for text in texts:
            found.setdefault(text, set()).add(i)
    return found
