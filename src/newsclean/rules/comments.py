"""What readers' comments are signed with: how long ago they were written, who says so."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Sign:
    """One kind of signature.

    Attributes:
        id: its name.
        anchors: what each line has that it is found in, case folded; looking for these takes a seventh of the time.
        pattern: finds it in a line.
        hits: lines in which it must be found.
        misses: lines in which it must not.
    """

    id: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]
    hits: tuple[str, ...]
    misses: tuple[str, ...]


@cache
def comment_signs() -> tuple[Sign, ...]:
    """The kinds of signatures that are known."""
    tables = tomllib.loads((files(__package__) / "comments.toml").read_text("utf-8"))["sign"]
    return tuple(
        Sign(
            t["id"],
            tuple(t["anchors"]),
            re.compile(rf"(?<![\w,.])(?:{'|'.join(t['words'])})(?!\w)", re.IGNORECASE),
            tuple(t["hits"]),
            tuple(t["misses"]),
        )
        for t in tables
    )


def may_be_signed(lines: str) -> bool:
    """Whether there may be a line among these that signs a comment."""
    folded = lines.casefold() + "\n"
    return any(anchor in folded for sign in comment_signs() for anchor in sign.anchors)


def unsigned(line: str) -> str | None:
    """What else a line that signs a comment says, the name for the most part; None for other lines.

    >>> unsigned("riverfan · 3 hours ago"), unsigned("3 hours ago"), unsigned("riverfan")
    ('riverfan · ', '', None)
    """
    for sign in comment_signs():
        if sign.pattern.search(line):
            return sign.pattern.sub("", line)
    return None
