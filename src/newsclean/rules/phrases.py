"""A phrase of boilerplate: the patterns of its lines, and what such a line is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from newsclean.rules.keys import Key

Scope = Literal["line", "neighbour", "edge", "section", "caption", "credit", "correction"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression for a whole folded line, without regard to case.

    Attributes:
        text: the expression.
        keys: a line that it matches has what one of these asks for.
    """

    text: str
    keys: tuple[Key, ...]

    def matches(self, folded: str) -> bool:
        """Whether it matches a folded line."""
        return bool(compiled(self.text).fullmatch(folded))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a language's boilerplate.

    Attributes:
        id: what one would call it aloud; unique in its file.
        language: of the file that it is from; for a site's, its host.
        scope: what it says of a line that matches.
        patterns: a line matches if one of them does.
        hits: lines that it must match; unknown, and empty, where the file was not read itself (see `packed`).
        misses: lines that it must not match; likewise.
    """

    id: str
    language: str
    scope: Scope
    patterns: tuple[Pattern, ...]
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The name that changes carry: "en/share-buttons", "harbourpost.example/tip-line"."""
        return f"{self.language}/{self.id}"

    def proved_wrong(self, folded: Callable[[str], str]) -> str | None:
        """The first of its hits that it misses, or of its misses that it hits, in words."""
        for line in (*self.hits, *self.misses):
            matches = any(pattern.matches(folded(line)) for pattern in self.patterns)
            if matches != (line in self.hits):
                return f"{self.id} {'matches its miss' if matches else 'does not match its hit'} {line!r}"
        return None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, ready to match; compiled when the first line comes that it may match.

    To compile those of English takes 0.1 s, and a page needs a few of them.
    """
    return re.compile(pattern, re.IGNORECASE)
