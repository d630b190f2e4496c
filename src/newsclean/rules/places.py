"""What class words say of the place where a block stands: in an embedded tweet, a fact box, a promotion."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Place:
    """One kind of place.

    Attributes:
        part: one of newsclean.parts.PARTS, or "asides" for what is never a part of an article.
        pattern: finds its words among the class words of a block and of the elements around it.
        hits: class words that it must find itself in.
        misses: class words that it must not.
    """

    part: str
    pattern: re.Pattern[str]
    hits: tuple[str, ...]
    misses: tuple[str, ...]


@cache
def places() -> tuple[Place, ...]:
    """The kinds of places that are known."""
    return read("place")


@cache
def signs() -> dict[str, Place]:
    """What class words tell of comments and asides that they are around, by name; no parts of an article."""
    return {sign.part: sign for sign in read("sign")}


def read(kind: str) -> tuple[Place, ...]:
    """The tables of one kind in the packaged file."""
    tables = tomllib.loads((files(__package__) / "places.toml").read_text("utf-8"))[kind]
    return tuple(
        Place(
            t["part"],
            re.compile(f"(?<![a-z])(?:{'|'.join(t['words'])})(?![a-z])"),
            tuple(t["hits"]),
            tuple(t["misses"]),
        )
        for t in tables
    )
