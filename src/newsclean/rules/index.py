"""Which of many patterns a line can match at all: a few look-ups in the place of hundreds of patterns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from newsclean.rules.keys import Key, alike

T = TypeVar("T")


class Index(Generic[T]):
    """Things by the keys of their patterns.

    Args:
        entries: each thing with its keys, in the order in which `candidates` gives them.
    """

    def __init__(self, entries: Sequence[tuple[T, Iterable[Key]]]) -> None:
        self._things = tuple(thing for thing, _ in entries)
        self._keys = tuple((key, position) for position, (_, keys) in enumerate(entries) for key in keys)
        begins: dict[str, list[int]] = {}  # a text -> where in _keys those are that have it
        holds: dict[str, list[int]] = {}
        for i, (key, _) in enumerate(self._keys):
            by_piece = key.holds and not all(key.begins)
            for text in key.holds[0] if by_piece else key.begins:
                (holds if by_piece else begins).setdefault(text, []).append(i)
        self._begins, self._holds = begins, tuple(holds.items())
        self._lengths = tuple(sorted({len(text) for text in begins}))

    def candidates(self, line: str) -> list[T]:
        """The things whose patterns can match the line; all others can't."""
        line = alike(line)
        found = [self._begins[beginning] for n in self._lengths if (beginning := line[:n]) in self._begins]
        found += [places for piece, places in self._holds if piece in line]
        if not found:
            return []
        keys = [self._keys[i] for i in set().union(*found)]
        return [self._things[i] for i in sorted({position for key, position in keys if key.fits(line)})]
