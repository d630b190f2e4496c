"""Which pages stand in front of an article instead of showing it: consent dialogues, checks for robots."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CUES_NEEDED = 2
MAX_CHARS = 6_000  # a wall has less text; only this much is searched


@dataclass(frozen=True, slots=True)
class Wall:
    """One kind of wall.

    Attributes:
        reason: a key of errors.REASONS.
        cues: patterns of what such pages say; two of them make one.
        hits: texts of such pages.
        misses: texts of articles that use the same words.
    """

    reason: str
    cues: tuple[re.Pattern[str], ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]

    def count(self, text: str) -> int:
        """How many of the cues the text has."""
        return sum(cue.search(text) is not None for cue in self.cues)


@cache
def walls() -> tuple[Wall, ...]:
    """The kinds of walls that are known."""
    tables = tomllib.loads((files(__package__) / "walls.toml").read_text("utf-8"))["wall"]
    return tuple(
        Wall(t["reason"], tuple(re.compile(c, re.IGNORECASE) for c in t["cues"]), tuple(t["hits"]), tuple(t["misses"]))
        for t in tables
    )


def wall_of(text: str) -> str | None:
    """The reason why a page with this little text is no article; None if it shows no wall.

    >>> wall_of("We and our 12 partners use cookies. Accept all. Manage preferences.")
    'consent_wall'
    """
    start = " ".join(text[:MAX_CHARS].split())
    return next((wall.reason for wall in walls() if wall.count(start) >= CUES_NEEDED), None)
