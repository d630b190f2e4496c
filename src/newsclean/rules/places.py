"""What class words say of the place where a block stands: in an embedded tweet, a fact box, a promotion."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
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
    tables = tomllib.loads((files(__package__) / "places.toml").read_text("utf-8"))["place"]
    return tuple(
        Place(
            t["part"],
            re.compile(f"(?<![a-z])(?:{'|'.join(t['words'])})(?![a-z])"),
            tuple(t["hits"]),
            tuple(t["misses"]),
        )
        for t in tables
    )


@lru_cache(maxsize=8192)  # the elements around a block are those around its neighbours
def place_of(classes: str) -> str | None:
    """The part of the page that these class words speak of, the first that is known; None for most.

    >>> place_of("twitter-tweet"), place_of("promo-description"), place_of("article-body")
    ('tweets', 'asides', None)
    """
    return next((place.part for place in places() if place.pattern.search(classes)), None) if classes else None
